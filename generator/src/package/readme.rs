//! The README of a generated crate: what the API is, how to start, what a client is given, its functions by folder.
//!
//! In: the modules. Out: Markdown. Everything in it was cleaned for rustdoc already; its links lead nowhere else, as
//! nobody knows where the documentation of the crate will be.

use super::Package;
use crate::ir::VariableKind;
use crate::rust::comments;
use crate::rust::doc_lines::DocLines;
use crate::rust::docs::{first_names, first_paragraph, first_steps, split_details};
use crate::rust::tree::{Client, Face, Module, Shown};

/// The text of the README.
pub(super) fn readme(package: &Package<'_>) -> String {
    // Two hyphens would end the comment.
    let mark = package.mark.replace("--", "- -");
    let mut lines = vec![
        format!("<!-- {mark} -->"),
        format!("# {}", package.name),
        String::new(),
    ];
    let mut about = comments::crate_page(package.api);
    let details = split_details(&mut about);
    lines.extend(about);
    if let Some(Face::Client(client)) = package.root.map(|root| &root.face) {
        quick_start(package, client, &mut lines);
        settings(client, &mut lines);
        tests(package, client, &mut lines);
    }
    section("Functions", &mut lines);
    lines.push("`cargo doc --open` shows each as a page of its own.".to_owned());
    lines.extend(package.functions.iter().flatten().cloned());
    if !details.is_empty() {
        section("Description", &mut lines);
        lines.extend(lowered(details));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A description with its headings a level lower, below that of its section.
fn lowered(lines: DocLines) -> impl Iterator<Item = String> {
    let mut in_code = false;
    lines.into_iter().map(move |line| {
        in_code ^= line.starts_with("```");
        let heading = !in_code && line.starts_with("##") && !line.starts_with("######");
        if heading { format!("#{line}") } else { line }
    })
}

fn section(title: &str, lines: &mut DocLines) {
    lines.extend([String::new(), format!("## {title}"), String::new()]);
}

fn quick_start(package: &Package<'_>, client: &Client, lines: &mut DocLines) {
    section("Quick start", lines);
    let krate = package.name.replace('-', "_");
    lines.extend(["```rust".to_owned(), format!("use {krate}::Client;")]);
    lines.extend(first_names(client, &krate));
    lines.push(String::new());
    lines.extend(first_steps(client));
    lines.extend([
        "```".to_owned(),
        String::new(),
        "A call is a future that runs on tokio; with the feature `blocking`, `.send_blocking()` waits for the answer".to_owned(),
        "on the current thread instead. What all clients share is in `rt`: `rt::AnyError`, `rt::Response`, `rt::FilePart`.".to_owned(),
    ]);
}

/// What the builder takes: credentials, settings with their defaults, environments.
fn settings(client: &Client, lines: &mut DocLines) {
    let credentials = client.credentials.iter().map(|credential| {
        let args: Vec<_> = credential.args.iter().map(ToString::to_string).collect();
        let call = format!("`.{}({})`", credential.ident, args.join(", "));
        [call, first_paragraph(&credential.docs)]
    });
    table(
        "Credentials",
        ["method of the builder", "what it is"],
        credentials,
        lines,
    );
    let settings = client
        .settings
        .iter()
        .filter(|setting| setting.shown != Shown::Hidden);
    let settings = settings.map(|setting| {
        let default = setting
            .docs
            .iter()
            .rfind(|line| line.starts_with(comments::DEFAULT));
        let about = first_paragraph(&setting.docs);
        let about = match default {
            Some(default) if *default != about => format!("{about} {default}"),
            Some(_) | None => about,
        };
        [format!("`.{}(…)`", setting.ident), about]
    });
    let origins = client.origins.iter().take(1).map(|origin| {
        let call = format!("`.base_url_of(\"{origin}\", …)`");
        [call, "Sends calls of a fixed address elsewhere.".to_owned()]
    });
    table(
        "Settings",
        ["method of the builder", "what it is"],
        settings.chain(origins),
        lines,
    );
    let environments = client.environments.iter().map(|environment| {
        let call = format!("`.environment(Environment::{})`", environment.ident);
        [call, first_paragraph(&environment.docs)]
    });
    table(
        "Environments",
        ["method of the builder", "what it is"],
        environments,
        lines,
    );
}

/// How one tests without the API, if there is anything to answer with.
fn tests(package: &Package<'_>, client: &Client, lines: &mut DocLines) {
    if !client.replay {
        return;
    }
    section("Tests without the API", lines);
    let answers = if client.source == "description" {
        "examples, and values made of its schemas where there are none,"
    } else {
        "saved responses"
    };
    let krate = package.name.replace('-', "_");
    // A client is refused without, whoever answers it.
    let needed = client
        .settings
        .iter()
        .filter(|setting| client.required.contains(&setting.variable));
    let is_base = |name: &str| {
        let mut variables = package.api.variables.iter();
        variables.any(|variable| variable.name == name && variable.kind == VariableKind::BaseUrl)
    };
    let needed = needed.map(|setting| {
        let value = if is_base(&setting.variable) {
            "https://localhost"
        } else {
            "any"
        };
        format!(".{}(\"{value}\")", setting.ident)
    });
    let needed: String = needed.collect();
    lines.extend([
        format!(
            "With the feature `replay`, the {}'s {answers} answer; the header `x-mock-response-code` or",
            client.source
        ),
        "`x-mock-response-name` chooses one:".to_owned(),
        String::new(),
        "```rust".to_owned(),
        format!("let client = Client::builder().transport({krate}::replay()){needed}.build()?;"),
        "```".to_owned(),
    ]);
}

/// A section with a table, unless it would be empty.
fn table<const N: usize>(
    title: &str,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
    lines: &mut DocLines,
) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    if !title.is_empty() {
        section(title, lines);
    }
    lines.push(format!("| {} |", head.join(" | ")));
    lines.push(format!("|{}", "---|".repeat(N)));
    lines.extend(rows.map(|row| format!("| {} |", row.map(|cell| cell.replace('|', "\\|")).join(" | "))));
}

/// The functions of a module, below its name.
pub fn functions(module: &Module) -> DocLines {
    let mut lines = Vec::new();
    if module.calls.is_empty() {
        return lines;
    }
    let access: Vec<String> = module
        .access
        .iter()
        .map(|function| format!(".{function}()"))
        .collect();
    let access = access.concat();
    let place = match &module.face {
        Face::Client(_) => None,
        Face::Handle(_) => module.docs.first(),
    };
    let about = place.map(|place| format!("### {place}")).into_iter();
    lines.push(String::new());
    lines.extend(about.flat_map(|place| [place, String::new()]));
    let rows = module.calls.iter().map(|call| {
        let args: Vec<_> = call.args.iter().map(|arg| arg.ident.to_string()).collect();
        let function = format!("`client{access}.{}({})`", call.function, args.join(", "));
        [function, first_paragraph(&call.docs)]
    });
    table("", ["function", "item"], rows, &mut lines);
    lines
}
