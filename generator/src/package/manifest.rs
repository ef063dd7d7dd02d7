//! The manifest of a generated crate.
//!
//! In: the API and where the runtime is. Out: a `Cargo.toml` with one dependency (and that of dates with times, if it was
//! asked for), the features of it that the API needs switched on, and those that are its users' choice passed on.

use super::Package;
use crate::config::{DateTime, RuntimeSource, formats};
use crate::rust::needs;

/// Features of the runtime that users of a generated crate choose; the first is on by default.
const PASSED_ON: &[&str] = &[
    "rustls",
    "native-tls",
    "blocking",
    "replay",
    "http2",
    "gzip",
    "brotli",
    "deflate",
    "zstd",
    "socks",
    "system-proxy",
    "exact",
];

/// The text of the manifest.
pub(super) fn manifest(package: &Package<'_>) -> String {
    let runtime = match package.runtime {
        RuntimeSource::Version => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
        RuntimeSource::Path(path) => format!("path = {}", quoted(path)),
    };
    let mut text = format!(
        "# {}\n[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n",
        package.mark,
        quoted(package.name),
    );
    let description = quoted(&format!("A client of {}", package.api.name));
    text.extend([
        "description = ",
        &description,
        "\nautobins = false\n\n[features]\ndefault = [\"rustls\"]\n",
    ]);
    for feature in PASSED_ON {
        text.extend([feature, " = [\"letterpress-runtime/", feature, "\"]\n"]);
    }
    let needed = needed(package);
    text.extend([
        "\n[dependencies]\nletterpress-runtime = { ",
        &runtime,
        ", default-features = false",
        &needed,
        " }\n",
        dates(package.datetime),
    ]);
    text.extend(
        package
            .formats
            .dependencies()
            .filter(|line| *line != dates(package.datetime)),
    );
    text.extend([
        "\n[dev-dependencies]\nletterpress-runtime = { ",
        &runtime,
        ", default-features = false, features = [\"replay\"] }\n",
    ]);
    text
}

/// The features that the API's authentication and its dates need.
fn needed(package: &Package<'_>) -> String {
    let dates = (package.datetime == DateTime::Time).then_some("time");
    let features = needs::features(package.api).into_iter().chain(dates);
    let features: Vec<String> = features.map(quoted).collect();
    if features.is_empty() {
        return String::new();
    }
    format!(", features = [{}]", features.join(", "))
}

/// The crate whose type dates with times are of.
fn dates(datetime: DateTime) -> &'static str {
    match datetime {
        DateTime::Text | DateTime::Time => "",
        DateTime::Jiff => formats::JIFF,
        DateTime::Chrono => formats::CHRONO,
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{DateTime, Package, RuntimeSource, manifest};
    use crate::config::Formats;
    use crate::ir::Api;

    #[test]
    fn dates_bring_what_their_type_is_of() {
        let of = |datetime| {
            let package = Package {
                name: "x",
                api: &Api::default(),
                root: None,
                functions: &[],
                datetime,
                formats: &Formats::default(),
                runtime: &RuntimeSource::Version,
                mark: "",
            };
            let text = manifest(&package);
            assert!(toml::de::DeTable::parse(&text).is_ok(), "{text}");
            let has = |name: &str| text.contains(&format!("\n{name} = {{ version = "));
            let asks = text.contains("default-features = false, features = [\"time\"]");
            [has("letterpress-runtime"), has("jiff"), has("chrono"), asks]
        };
        assert_eq!(of(DateTime::Text), [true, false, false, false]);
        assert_eq!(of(DateTime::Jiff), [true, true, false, false]);
        assert_eq!(of(DateTime::Chrono), [true, false, true, false]);
        assert_eq!(of(DateTime::Time), [true, false, false, true]);
    }

    #[test]
    fn text_cannot_leave_its_string() {
        assert_eq!(super::quoted("a\"\n[b]\\"), r#""a\" [b]\\""#);
    }
}
