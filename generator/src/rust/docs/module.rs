//! The page of a module: what a folder holds, and for the root how one gets a client.
//!
//! In: a finished module. Out: the sections below its description: quick start, settings, credentials, environments,
//! and an index of folders and functions by their first words.

use super::example::Root;
use crate::rust::name::Ident;
use crate::rust::tree::{Child, Client, DocLines, Face, Module};

/// The sections of a module's page.
pub(super) fn sections(module: &Module, root: Root<'_>) -> DocLines {
    let mut lines = Vec::new();
    let face = match &module.face {
        Face::Client(client) => {
            client_sections(client, root, &mut lines);
            "Client"
        }
        Face::Handle(handle) => handle.ident.as_str(),
    };
    index(module, face, &mut lines);
    lines
}

/// The first paragraph of some lines as one line; empty if they begin with something else.
pub(super) fn first_paragraph(lines: &[String]) -> String {
    let paragraph: Vec<&str> = lines
        .iter()
        .take_while(|line| !line.is_empty())
        .map(|line| line.strip_suffix('\\').unwrap_or(line))
        .collect();
    let is_text = paragraph.first().is_some_and(|first| {
        !(first.starts_with(['#', '|', '>'])
            || first.starts_with("```")
            || first.starts_with("- ")
            || *first == "---")
    });
    if is_text {
        paragraph.join(" ")
    } else {
        String::new()
    }
}

fn client_sections(client: &Client, root: Root<'_>, lines: &mut DocLines) {
    section("Quick start", lines);
    quick_start(client, root, lines);
    let settings = client
        .settings
        .iter()
        .map(|setting| (&setting.ident, &setting.docs));
    list("Settings", "ClientBuilder", settings, lines);
    let credentials = client
        .credentials
        .iter()
        .map(|credential| (&credential.ident, &credential.docs));
    list("Credentials", "ClientBuilder", credentials, lines);
    let environments = client
        .environments
        .iter()
        .map(|environment| (&environment.ident, &environment.docs));
    list("Environments", "Environment", environments, lines);
}

fn quick_start(client: &Client, root: Root<'_>, lines: &mut DocLines) {
    match root.path {
        Some(path) => lines.extend([
            "```no_run".to_owned(),
            format!("use {path}::Client;"),
            String::new(),
            "# fn main() -> Result<(), letterpress_runtime::AnyError> {".to_owned(),
        ]),
        None => lines.push("```ignore".to_owned()),
    }
    lines.push("let client = Client::builder()".to_owned());
    if let Some(credential) = client.credentials.first() {
        let args: Vec<String> = credential.args.iter().map(|arg| format!("\"<{arg}>\"")).collect();
        lines.push(format!("    .{}({})", credential.ident, args.join(", ")));
    }
    let unset = |variable: &str| {
        client
            .variables
            .iter()
            .any(|(name, default)| name == variable && default.is_none())
    };
    for setting in client
        .settings
        .iter()
        .filter(|setting| unset(&setting.variable))
        .take(MOST_SETTINGS)
    {
        lines.push(format!("    .{}(\"…\")", setting.ident));
    }
    lines.push("    .build()?;".to_owned());
    if root.path.is_some() {
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    }
    lines.push("```".to_owned());
}

/// How many settings the quick start shows.
const MOST_SETTINGS: usize = 4;

fn index(module: &Module, face: &str, lines: &mut DocLines) {
    if !module.children.is_empty() {
        section("Folders", lines);
        lines.extend(module.children.iter().flat_map(folder));
    }
    let calls = module.calls.iter().map(|call| (&call.function, &call.docs));
    list("Functions", face, calls, lines);
}

fn folder(child: &Child) -> Vec<String> {
    let name = &child.ident;
    let link = format!("[`{name}`](mod@{})", name.as_str());
    item(&link, &child.handle.function_docs)
}

/// A section with an item for each of these, linked to its place below `parent`.
fn list<'a>(
    title: &str,
    parent: &str,
    entries: impl Iterator<Item = (&'a Ident, &'a DocLines)>,
    lines: &mut DocLines,
) {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return;
    }
    section(title, lines);
    for (name, docs) in entries {
        let link = format!("[`{name}`]({parent}::{})", name.as_str());
        lines.extend(item(&link, docs));
    }
}

fn item(link: &str, docs: &DocLines) -> Vec<String> {
    let about = first_paragraph(docs);
    let line = if about.is_empty() {
        link.to_owned()
    } else {
        format!("{link}: {about}")
    };
    super::clean::list_item(&line)
}

fn section(title: &str, lines: &mut DocLines) {
    lines.extend([String::new(), format!("# {title}"), String::new()]);
}
