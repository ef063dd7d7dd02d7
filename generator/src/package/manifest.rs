//! The manifest of a generated crate.
//!
//! In: the API and where the runtime is. Out: a `Cargo.toml` with one dependency, the features of it that the API's
//! authentication needs switched on, and those that are its users' choice passed on.

use super::Package;
use crate::config::RuntimeSource;
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
        " }\n\n[dev-dependencies]\nletterpress-runtime = { ",
        &runtime,
        ", default-features = false, features = [\"replay\"] }\n",
    ]);
    text
}

/// The features that the API's authentication needs.
fn needed(package: &Package<'_>) -> String {
    let features: Vec<String> = needs::features(package.api).into_iter().map(quoted).collect();
    if features.is_empty() {
        return String::new();
    }
    format!(", features = [{}]", features.join(", "))
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
    #[test]
    fn text_cannot_leave_its_string() {
        assert_eq!(super::quoted("a\"\n[b]\\"), r#""a\" [b]\\""#);
    }
}
