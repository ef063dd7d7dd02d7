//! What an item answers: a paragraph for each status, with the first sample that has a body.
//!
//! In: the saved outcomes and what was made of them. Out: the sections for results and errors. Samples are bounded,
//! free of credentials, and folded if they are long.

use serde_json::Value;

use super::clean::{code, code_block, escaped, one_line, paragraph};
use super::json;
use super::params::label;
use super::section::section;
use super::titles::{reason, titles};
use crate::ir::{AnswerHeader, Operation, Outcome, Shown, Type};
use crate::rust::doc_lines::DocLines;
use crate::rust::tree::{Failure, Output};
use crate::secrets;

/// How many lines of a sample are shown.
const SAMPLE_LINES: usize = 40;
/// From how many lines on a sample is folded.
const FOLDED_LINES: usize = 14;
/// How long a line of a sample may be.
const LINE_LENGTH: usize = 160;

/// The section for results, if any was saved.
pub(super) fn results(operation: &Operation, output: &Output, lines: &mut DocLines) {
    if operation.results.is_empty() {
        return;
    }
    section("Results", lines);
    let mut shown = Known::default();
    for (at, result) in operation.results.iter().enumerate() {
        let label = match output {
            Output::One(decoded) => label(&decoded.ty),
            Output::Several(statuses) => {
                let variant = statuses.variants.get(at).map(|variant| &variant.ident);
                variant.map_or_else(String::new, |variant| {
                    format!("[`{0}::{variant}`]", statuses.ident)
                })
            }
        };
        outcome(operation, result, &label, &mut shown, lines);
    }
}

/// The section for errors, if any was saved; what goes wrong with every call is said where all calls are explained.
pub(super) fn errors(operation: &Operation, failure: &Failure, lines: &mut DocLines) {
    let statuses = match failure {
        Failure::Unexpected => return,
        Failure::Known(statuses) => statuses,
    };
    section("Errors", lines);
    let mut shown = Known::default();
    for (error, variant) in operation.errors.iter().zip(&statuses.variants) {
        let label = format!("[`{}::{}`]", statuses.ident, variant.ident);
        outcome(operation, error, &label, &mut shown, lines);
    }
}

/// What a section shows already.
#[derive(Default)]
struct Known<'a> {
    bodies: Vec<&'a str>,
    headers: Vec<&'a AnswerHeader>,
}

/// A status with its samples: their titles, and the body of the first that has one, unless it is among those that are
/// shown already: APIs answer many errors alike.
fn outcome<'a>(
    operation: &Operation,
    outcome: &'a Outcome,
    label: &str,
    shown: &mut Known<'a>,
    lines: &mut DocLines,
) {
    let reason = reason(outcome);
    let status = format!("{} {}", outcome.status, escaped(reason));
    let titles = titles(outcome, reason, &operation.name);
    let said = one_line(&outcome.docs.text);
    let titles = match (titles.is_empty(), said.is_empty()) {
        (false, _) => format!(": {}", titles.join("; ")),
        (true, false) => format!(": {said}"),
        (true, true) => String::new(),
    };
    if lines.last().is_some_and(|last| !last.is_empty()) {
        lines.push(String::new());
    }
    let sample = outcome
        .samples
        .iter()
        .find(|sample| !sample.body.trim().is_empty());
    let shown_as = sample.map_or(Shown::Saved, |sample| sample.shown);
    let is_error = operation.errors.iter().any(|error| std::ptr::eq(error, outcome));
    let body = sample.map_or("", |sample| sample.body.trim());
    // Of what is made for an error, or has no members, the type says as much.
    let says_nothing = shown_as == Shown::Made && (is_error || !body.starts_with(['{', '[']));
    let body = if says_nothing { "" } else { body };
    let again = if shown.bodies.contains(&body) {
        " (with an answer shown above)"
    } else {
        ""
    };
    lines.extend(paragraph(&format!(
        "**{}** → {label}{titles}{again}",
        status.trim()
    )));
    headers(outcome, shown, lines);
    if body.is_empty() || shown.bodies.contains(&body) {
        return;
    }
    shown.bodies.push(body);
    let media_type = sample.and_then(|sample| sample.media_type.as_deref());
    let (language, text, total) = shown_body(body, media_type);
    let block = code_block(language, &text);
    lines.push(String::new());
    let what = match shown_as {
        Shown::Saved => "A saved answer",
        Shown::Example => "An example",
        Shown::Made => "Made of the schema",
    };
    if total > FOLDED_LINES {
        folded(&format!("{what} ({total} lines)"), block, lines);
    } else {
        if shown_as == Shown::Made {
            lines.extend([format!("{what}:"), String::new()]);
        }
        lines.extend(block);
    }
}

/// The headers that are declared: how each is read, and what is said of it.
fn headers<'a>(outcome: &'a Outcome, shown: &mut Known<'a>, lines: &mut DocLines) {
    let new = outcome
        .headers
        .iter()
        .filter(|header| !shown.headers.contains(header));
    let new: Vec<&AnswerHeader> = new.collect();
    if new.is_empty() {
        return;
    }
    lines.extend([String::new(), "Its headers:".to_owned(), String::new()]);
    shown.headers.extend(&new);
    for header in new {
        let ty = match header.ty {
            Type::I64 => "i64",
            Type::F64 => "f64",
            Type::Bool => "bool",
            Type::Value | Type::U64 | Type::Number | Type::String | Type::List(_) | Type::Map(_) => "String",
            Type::Nullable(_) | Type::Named(_) | Type::File | Type::FileOrText | Type::External(_) => {
                "String"
            }
        };
        let read = code(&format!("header::<{ty}>({:?})", header.name.to_ascii_lowercase()));
        let said = one_line(&header.docs.text);
        let said = if said.is_empty() {
            said
        } else {
            format!(": {said}")
        };
        lines.push(format!("- {read}{said}"));
    }
}

/// A body as it is shown: its language, its bounded text, and how many lines it has in all.
fn shown_body(body: &str, media_type: Option<&str>) -> (&'static str, String, usize) {
    let body = secrets::redact(body);
    let is_json = |text: &str| serde_json::from_str::<Value>(text).ok();
    let (language, text) = match is_json(&body) {
        Some(value) => ("json", json::pretty(&value)),
        None if media_type.is_some_and(|media| media.contains("xml")) => ("xml", body.into_owned()),
        None if media_type.is_some_and(|media| media.contains("html")) => ("html", body.into_owned()),
        None => ("text", body.into_owned()),
    };
    let total = text.lines().count();
    (language, bounded(&text, SAMPLE_LINES), total)
}

/// The first lines of a text, each of bounded length.
pub(super) fn bounded(text: &str, most: usize) -> String {
    let mut lines: Vec<String> = text.lines().take(most).map(bounded_line).collect();
    if text.lines().nth(most).is_some() {
        lines.push("…".to_owned());
    }
    lines.join("\n")
}

fn bounded_line(line: &str) -> String {
    match line.char_indices().nth(LINE_LENGTH) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

pub(super) fn folded(title: &str, inner: DocLines, lines: &mut DocLines) {
    lines.extend([
        "<details>".to_owned(),
        format!("<summary>{title}</summary>"),
        String::new(),
    ]);
    lines.extend(inner);
    lines.extend([String::new(), "</details>".to_owned()]);
}
