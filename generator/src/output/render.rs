//! Formats tokens: one file per job, on as many threads as there are processors.
//!
//! In: a function that drafts a file, and the jobs to call it for. Out: [`File`]s in the jobs' order,
//! whatever the threads did.

use proc_macro2::TokenStream;

use super::parallel::in_parallel;
use super::{File, layout};

/// A file in the making.
#[derive(Debug)]
pub enum Draft {
    /// Rust, still to be formatted.
    Rust(Parts),
    /// A text that is finished.
    Text(File),
}

/// What a Rust file is made of. Tokens stay on the thread they were made on.
#[derive(Debug)]
pub struct Parts {
    /// Path from the output directory.
    pub path: String,
    /// A digest of all that it is made of.
    pub digest: u64,
    /// The comment on the first line.
    pub mark: String,
    /// Lines of `//!`, each with its leading space.
    pub docs: Vec<String>,
    /// Lints to allow for the whole file.
    pub lints: &'static [&'static str],
    /// What stands between blank lines.
    pub chunks: Vec<Part>,
    /// Stands for the end of a line in the text of a `doc` attribute.
    pub line_break: char,
}

/// Tokens that stand between blank lines.
#[derive(Debug)]
pub struct Part {
    /// One or several items.
    pub tokens: TokenStream,
    /// Where lines stand apart within: the line before, the line after.
    pub apart: fn(&str, &str) -> bool,
}

/// A file for each job.
pub fn files<J: Sync>(jobs: &[J], draft: impl Fn(&J) -> Draft + Sync) -> Vec<File> {
    in_parallel(jobs, |job| match draft(job) {
        Draft::Rust(parts) => file(parts),
        Draft::Text(file) => file,
    })
}

/// A module to be declared: its name, and the path of its file where rustc would not find it by the name.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The name, with `r#` if it needs that.
    pub name: String,
    /// The path.
    pub path: Option<String>,
    /// Whether its items are to be found where it is declared, instead of the module.
    pub inline: bool,
}

/// The file that declares modules, for `include!`: it has no inner attributes, which would not survive that.
pub fn index(modules: &[Declared], mark: &str, lints: &[&str]) -> String {
    let mut text = format!("// {mark}\n");
    for module in modules {
        text.push('\n');
        allow(&mut text, "#[", lints);
        if let Some(path) = &module.path {
            text.extend(["#[path = \"", path, "\"]\n"]);
        }
        if module.inline {
            text.extend(["mod ", &module.name, ";\n"]);
            text.extend(["#[doc(inline)]\npub use ", &module.name, "::*;\n"]);
        } else {
            text.extend(["pub mod ", &module.name, ";\n"]);
        }
    }
    text
}

fn allow(text: &mut String, open: &str, lints: &[&str]) {
    text.extend([open, "allow(\n    ", &lints.join(",\n    "), "\n)]\n"]);
}

fn file(parts: Parts) -> File {
    let mut text = format!("// {}\n", parts.mark);
    for line in &parts.docs {
        text.extend(["//!", line.trim_end(), "\n"]);
    }
    if !parts.lints.is_empty() {
        text.push('\n');
        allow(&mut text, "#![", parts.lints);
    }
    for part in parts.chunks {
        text.push('\n');
        format(&mut text, part, parts.line_break);
    }
    File::made_of(parts.path, text, parts.digest)
}

/// Formats a part.
fn format(text: &mut String, part: Part, line_break: char) {
    let formatted = layout::items(part.tokens, line_break);
    let mut lines = formatted.lines().peekable();
    while let Some(line) = lines.next() {
        push_line(text, line, line_break);
        if lines.peek().is_some_and(|next| (part.apart)(line, next)) {
            text.push('\n');
        }
    }
}

/// A line, or the several lines of a comment that stand in one.
fn push_line(text: &mut String, line: &str, line_break: char) {
    let (first, more) = line
        .split_once(line_break)
        .map_or((line, None), |(first, more)| (first, Some(more)));
    text.extend([first.trim_end(), "\n"]);
    let indent = first
        .find("///")
        .and_then(|end| first.get(..end))
        .unwrap_or_default();
    for line in more.into_iter().flat_map(|more| more.split(line_break)) {
        let comment = format!("{indent}///{line}");
        text.extend([comment.trim_end(), "\n"]);
    }
}
