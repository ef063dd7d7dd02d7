//! The page of a module: what a folder holds, and for the root how one gets a client.
//!
//! In: a finished module. Out: the sections below its description: quick start, settings, credentials, environments,
//! and an index of folders and functions by their first words.

use super::clean::{code, list_item};
use super::request::request;
use super::section::{first_paragraph, section};
use crate::rust::doc_lines::DocLines;
use crate::rust::name::Ident;
use crate::rust::tree::{Call, Child, Client, Face, Module, Shown};

/// The sections of a module's page. `root` is the path of the root module, if it is known; `near` its name in its crate;
/// `base_variable` is what addresses begin with.
pub(super) fn sections(
    module: &Module,
    root: Option<&str>,
    near: Option<&str>,
    base_variable: Option<&str>,
) -> DocLines {
    let mut lines = Vec::new();
    let face = match &module.face {
        Face::Client(client) => {
            client_sections(client, (root, near), &mut lines);
            "Client"
        }
        Face::Handle(handle) => handle.ident.as_str(),
    };
    index(module, face, base_variable, &mut lines);
    lines
}

/// Puts what one needs to start before the details of a long description: they come last, under a heading.
pub(super) fn with_sections(mut docs: DocLines, sections: DocLines) -> DocLines {
    let details = split_details(&mut docs);
    docs.extend(sections);
    if !details.is_empty() {
        section("Description", &mut docs);
        docs.extend(details);
    }
    docs
}

/// From how many lines on a description has details that can wait.
const LONG: usize = 40;

/// Takes the details off a long description: everything after its first paragraph. A title stands before it.
pub(crate) fn split_details(docs: &mut DocLines) -> DocLines {
    if docs.len() <= LONG || !docs.get(1).is_some_and(String::is_empty) {
        return Vec::new();
    }
    let description = docs.get(2..).unwrap_or_default();
    let first = if first_paragraph(description).is_empty() {
        0
    } else {
        description.iter().take_while(|line| !line.is_empty()).count()
    };
    let mut details = docs.split_off(2 + first);
    let blank = details.iter().take_while(|line| line.is_empty()).count();
    details.drain(..blank);
    while docs.last().is_some_and(String::is_empty) {
        docs.pop();
    }
    details
}

fn client_sections(client: &Client, root: (Option<&str>, Option<&str>), lines: &mut DocLines) {
    section("Quick start", lines);
    quick_start(client, root, lines);
    let settings = client
        .settings
        .iter()
        .filter(|setting| setting.shown != Shown::Hidden)
        .map(|setting| (&setting.ident, &setting.docs));
    list("Settings", "ClientBuilder", settings, lines);
    other_hosts(
        &client.origins,
        client
            .settings
            .iter()
            .any(|setting| setting.shown != Shown::Hidden),
        lines,
    );
    let credentials = client
        .credentials
        .iter()
        .map(|credential| (&credential.ident, &credential.docs))
        .chain(client.tokens.iter().map(|method| (&method.ident, &method.docs)));
    list("Credentials", "ClientBuilder", credentials, lines);
    let environments = client
        .environments
        .iter()
        .map(|environment| (&environment.ident, &environment.docs));
    list("Environments", "Environment", environments, lines);
}

/// How calls are sent elsewhere whose address is no setting.
fn other_hosts(origins: &[String], has_settings: bool, lines: &mut DocLines) {
    if origins.is_empty() {
        return;
    }
    if !has_settings {
        section("Settings", lines);
    }
    let shown: Vec<String> = origins
        .iter()
        .take(MOST_ORIGINS)
        .map(|origin| code(origin))
        .collect();
    let more = if origins.len() > MOST_ORIGINS { ", …" } else { "" };
    let line = format!(
        "[`base_url_of`](ClientBuilder::base_url_of): Sends calls of fixed addresses elsewhere: {}{more}.",
        shown.join(", ")
    );
    lines.extend(list_item(&line));
}

/// How many addresses are shown.
const MOST_ORIGINS: usize = 4;

/// A client is made and a call of it, which is compiled if it is known where the client is found.
fn quick_start(client: &Client, (root, near): (Option<&str>, Option<&str>), lines: &mut DocLines) {
    lines.push(if root.is_some() { "```no_run" } else { "```ignore" }.to_owned());
    if let Some(path) = root.or(near) {
        lines.push(format!("use {path}::Client;"));
        lines.extend(first_names(client, path));
        lines.push(String::new());
    }
    if let Some(root) = root {
        lines.extend([format!("# async fn run() -> Result<(), {root}::rt::AnyError> {{")]);
    }
    lines.extend(first_steps(client));
    if root.is_some() {
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    }
    lines.extend(["```".to_owned(), String::new(), SHARED.to_owned()]);
}

/// What the first steps name of the client that is found there, beside the client itself.
pub(crate) fn first_names(client: &Client, path: &str) -> Vec<String> {
    let Some(start) = &client.start else {
        return Vec::new();
    };
    let uses = start.uses.iter().map(|ty| format!("use {path}::{ty};"));
    let shares = start.lines.iter().any(|line| line.contains("rt::json!("));
    uses.chain(shares.then(|| format!("use {path}::rt;"))).collect()
}

/// Where types are that are not of this client alone.
const SHARED: &str =
    "What all clients share is in [`rt`]: `rt::AnyError`, `rt::Response`, `rt::FilePart` and so on.";

/// Statements that make a client and the call that shows best how one starts.
pub(crate) fn first_steps(client: &Client) -> Vec<String> {
    let mut lines = vec!["let client = Client::builder()".to_owned()];
    let credential = client.credentials.first();
    if let Some(credential) = credential.filter(|credential| credential.shown == Shown::First) {
        let args: Vec<String> = credential.args.iter().map(|arg| format!("\"<{arg}>\"")).collect();
        lines.push(format!("    .{}({})", credential.ident, args.join(", ")));
    }
    let unset = |variable: &str| {
        let mut variables = client.variables.iter();
        variables.any(|(name, default)| name == variable && default.is_none())
    };
    let settings = client.settings.iter();
    let settings = settings.filter(|setting| setting.shown == Shown::First && unset(&setting.variable));
    let settings = settings.take(MOST_SETTINGS);
    lines.extend(settings.map(|setting| format!("    .{}(\"…\")", setting.ident)));
    lines.push("    .build()?;".to_owned());
    if let Some(start) = &client.start {
        lines.push(String::new());
        lines.extend(start.lines.iter().cloned());
    }
    lines
}

/// How many settings are shown.
const MOST_SETTINGS: usize = 4;

fn index(module: &Module, face: &str, base_variable: Option<&str>, lines: &mut DocLines) {
    if !module.children.is_empty() {
        section("Folders", lines);
        lines.extend(module.children.iter().flat_map(folder));
    }
    if !module.calls.is_empty() {
        section("Functions", lines);
        let function = |call| function(call, face, base_variable);
        lines.extend(module.calls.iter().flat_map(function));
    }
}

fn folder(child: &Child) -> Vec<String> {
    let name = &child.ident;
    let functions = match child.functions {
        1 => "1 function".to_owned(),
        number => format!("{number} functions"),
    };
    let mut line = format!("[`{name}`](mod@{}): {functions}", name.as_str());
    let about = first_paragraph(&child.handle.function_docs);
    // Where the author said nothing, the folder's name would only be repeated.
    if child.handle.function_docs != child.handle.docs && !about.is_empty() {
        line += &format!(". {about}");
    }
    list_item(&line)
}

/// A function with its request; its title too, unless that is the function's name in other letters.
fn function(call: &Call, face: &str, base_variable: Option<&str>) -> Vec<String> {
    let name = &call.function;
    let request = request(&call.spec.method, &call.spec.url, base_variable);
    let mut line = format!("[`{name}`]({face}::{}): {request}", name.as_str());
    let title = first_paragraph(&call.docs);
    let numbered = name.as_str().rsplit_once('_');
    let numbered = numbered.filter(|(_, number)| number.parse::<u32>().is_ok());
    let own = numbered.map_or(name.as_str(), |(name, _)| name);
    let says_more = ![letters(name.as_str()), letters(own)].contains(&letters(&title));
    if says_more && !title.is_empty() && !call.spec.name.is_empty() {
        line += &format!(", {title}");
    }
    list_item(&line)
}

/// What two spellings of a name have in common.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
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
    list_item(&line)
}

#[cfg(test)]
mod tests {
    use super::{LONG, with_sections};

    fn page(description: &[&str], long: bool) -> Vec<String> {
        let mut docs = vec!["Title".to_owned(), String::new()];
        docs.extend(description.iter().map(|line| (*line).to_owned()));
        docs.extend(std::iter::repeat_n(
            "More.".to_owned(),
            if long { LONG } else { 0 },
        ));
        let mut page = with_sections(docs, vec![String::new(), "# Functions".to_owned()]);
        page.dedup();
        page
    }

    #[test]
    fn details_of_a_long_description_come_last() {
        let about = ["What it is,", "in two lines.", "", "## How"];
        assert_eq!(
            page(&about, false),
            [
                "Title",
                "",
                "What it is,",
                "in two lines.",
                "",
                "## How",
                "",
                "# Functions"
            ]
        );
        let sections = ["", "# Functions", "", "# Description", ""];
        let expected = [
            &["Title", "", "What it is,", "in two lines."],
            &sections[..],
            &["## How", "More."],
        ];
        assert_eq!(page(&about, true), expected.concat());
        let expected = [&["Title"], &sections[..], &["| a table |", "", "More."]];
        assert_eq!(page(&["| a table |", ""], true), expected.concat());
    }
}
