//! What makes a crate of a generated module: its manifest, a README, and what git should ignore.
//!
//! In: the tree and the API it was made of. Out: files with our mark in a comment on their first line.

use super::{File, mark};
use crate::config::RuntimeSource;
use crate::ir::{Api, AuthKind};
use crate::rust::tree::{Face, Module};

/// The files beside `src`; `name` is the crate's, made of the module's if nobody chose it.
pub fn files(
    root: &Module,
    api: &Api,
    runtime: &RuntimeSource,
    name: Option<&str>,
    source: &str,
) -> Vec<File> {
    let name = name.map_or_else(|| package_name(root), str::to_owned);
    vec![
        File::new(".gitignore", format!("# {}\n/target\n", mark(source))),
        File::new("Cargo.toml", manifest(&name, api, runtime, source)),
        File::new("README.md", readme(&name, root, api, source)),
    ]
}

/// A name that cargo takes: ASCII letters, digits and hyphens.
fn package_name(root: &Module) -> String {
    let name = root.ident.as_str().replace('_', "-");
    let usable = name.is_ascii() && name.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = if usable { name } else { "generated".to_owned() };
    format!("{name}-client")
}

fn manifest(name: &str, api: &Api, runtime: &RuntimeSource, source: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let place = match runtime {
        RuntimeSource::Version => format!("version = \"{version}\""),
        RuntimeSource::Path(path) => format!("path = {}", quoted(path)),
    };
    let mut features: Vec<_> = api
        .credentials
        .iter()
        .filter_map(|credential| feature(credential.kind))
        .collect();
    features.sort_unstable();
    features.dedup();
    let needed: String = features
        .iter()
        .map(|feature| format!("\"{feature}\""))
        .collect::<Vec<_>>()
        .join(", ");
    let needed = if needed.is_empty() {
        String::new()
    } else {
        format!(", features = [{needed}]")
    };
    let passed: String = PASSED_ON
        .iter()
        .map(|feature| format!("{feature} = [\"letterpress-runtime/{feature}\"]\n"))
        .collect();
    format!(
        "# {mark}\n\
         [package]\nname = {name}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\
         description = {description}\nautobins = false\n\n\
         [features]\ndefault = [\"rustls\"]\n{passed}\n\
         [dependencies]\nletterpress-runtime = {{ {place}, default-features = false{needed} }}\n",
        mark = mark(source),
        name = quoted(name),
        description = quoted(&format!("A client of {}", api.name)),
    )
}

/// Features of the runtime that users of a generated crate choose.
const PASSED_ON: &[&str] = &["blocking", "rustls"];

/// The feature of the runtime that a scheme needs.
fn feature(kind: AuthKind) -> Option<&'static str> {
    match kind {
        AuthKind::Bearer | AuthKind::Basic | AuthKind::ApiKey | AuthKind::OAuth2 => None,
        AuthKind::OAuth1 => Some("oauth1"),
        AuthKind::Digest => Some("digest"),
        AuthKind::Hawk => Some("hawk"),
        AuthKind::AwsV4 => Some("awsv4"),
        AuthKind::EdgeGrid => Some("edgegrid"),
        AuthKind::Jwt => Some("jwt"),
        AuthKind::Asap => Some("asap"),
        AuthKind::Ntlm => Some("ntlm"),
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

fn readme(name: &str, root: &Module, api: &Api, source: &str) -> String {
    let krate = name.replace('-', "_");
    let mut text = format!("<!-- {} -->\n", mark(&source.replace("--", "- -")));
    text.push_str(&format!("# {name}\n\n"));
    for line in &root.docs {
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(&format!(
        "\n## Quick start\n\n```rust\nlet client = {krate}::Client::builder()\n{}    .build()?;\n```\n",
        settings(root, api)
    ));
    text.push_str("\n## Functions\n\n| function | item |\n|---|---|\n");
    functions(root, "client", &mut text);
    text
}

/// The builder calls that a client cannot do without.
fn settings(root: &Module, api: &Api) -> String {
    let Face::Client(client) = &root.face else {
        return String::new();
    };
    let mut text = String::new();
    for credential in client.credentials.iter().take(1) {
        let args: Vec<_> = credential.args.iter().map(|arg| format!("\"<{arg}>\"")).collect();
        text.push_str(&format!("    .{}({})\n", credential.ident, args.join(", ")));
    }
    for setting in &client.settings {
        let default = api.settings.iter().find(|found| found.name == setting.variable);
        if default.is_some_and(|found| found.default.is_none()) {
            text.push_str(&format!("    .{}(\"…\")\n", setting.ident));
        }
    }
    text
}

fn functions(module: &Module, path: &str, text: &mut String) {
    for call in &module.calls {
        let args: Vec<_> = call.args.iter().map(|arg| arg.ident.to_string()).collect();
        let summary = call.docs.first().map_or("", String::as_str).replace('|', "\\|");
        text.push_str(&format!(
            "| `{path}.{}({})` | {summary} |\n",
            call.function,
            args.join(", ")
        ));
    }
    for child in &module.modules {
        if let Face::Handle(handle) = &child.face {
            functions(child, &format!("{path}.{}()", handle.function), text);
        }
    }
}
