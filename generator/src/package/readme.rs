//! The README of a generated crate: what the API is, how to start, its functions by folder.
//!
//! In: the modules. Out: Markdown. Everything in it was cleaned for rustdoc already.

use std::fmt::Write as _;

use super::Package;
use crate::rust::comments;
use crate::rust::tree::{Face, Module};

/// The text of the README.
pub(super) fn readme(package: &Package<'_>) -> String {
    // Two hyphens would end the comment.
    let mut text = format!(
        "<!-- {} -->\n# {}\n\n",
        package.mark.replace("--", "- -"),
        package.name
    );
    for line in comments::crate_page(package.api) {
        text.extend([&line, "\n"]);
    }
    let krate = package.name.replace('-', "_");
    text.extend([
        "\n## Quick start\n\n```rust\nlet client = ",
        &krate,
        "::Client::builder()\n",
    ]);
    package
        .modules
        .iter()
        .for_each(|module| builder_calls(&mut text, package, module));
    text.push_str("    .build()?;\n```\n\n## Functions\n\n| function | item |\n|---|---|\n");
    package
        .modules
        .iter()
        .for_each(|module| functions(&mut text, module));
    text
}

/// The builder calls that a client cannot do without.
fn builder_calls(text: &mut String, package: &Package<'_>, module: &Module) {
    let Face::Client(client) = &module.face else {
        return;
    };
    if let Some(credential) = client.credentials.first() {
        let args: Vec<_> = credential.args.iter().map(|arg| format!("\"<{arg}>\"")).collect();
        let _ = writeln!(text, "    .{}({})", credential.ident, args.join(", "));
    }
    for setting in &client.settings {
        let found = package
            .api
            .settings
            .iter()
            .find(|found| found.name == setting.variable);
        if found.is_some_and(|found| found.default.is_none()) {
            let _ = writeln!(text, "    .{}(\"…\")", setting.ident);
        }
    }
}

fn functions(text: &mut String, module: &Module) {
    let mut path = "client".to_owned();
    for function in &module.access {
        let _ = write!(path, ".{function}()");
    }
    for call in &module.calls {
        let args: Vec<_> = call.args.iter().map(|arg| arg.ident.to_string()).collect();
        let summary = call.docs.first().map_or("", String::as_str).replace('|', "\\|");
        let _ = writeln!(
            text,
            "| `{path}.{}({})` | {summary} |",
            call.function,
            args.join(", ")
        );
    }
}
