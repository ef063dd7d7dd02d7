//! Shows diagnostics to people: `file:line:column`, message, source line, help.
//!
//! In: a located finding. Out: plain text; nothing from a collection can move the cursor or colour the terminal.

use std::fmt::Write as _;

use super::{Diagnostic, Position, Severity};

/// A finding on one line.
pub fn line(found: &Diagnostic) -> String {
    let mut text = found.place.file.clone();
    match found.position {
        Some(Position { line, column }) => {
            let _ = write!(text, ":{line}:{column}");
        }
        None if !found.place.pointer.is_empty() => {
            let _ = write!(text, ": {}", found.place.pointer);
        }
        None => {}
    }
    let severity = match found.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let _ = write!(text, ": {severity}[{}]: {}", found.code.as_str(), found.message);
    if !found.place.breadcrumb.is_empty() {
        let _ = write!(text, " ({})", found.place.breadcrumb.join(" > "));
    }
    plain(&text)
}

/// A finding with its source line and help.
pub fn full(found: &Diagnostic) -> String {
    let mut text = line(found);
    if let (Some(position), Some(source)) = (found.position, &found.source_line) {
        let gutter = position.line.to_string();
        let caret = " ".repeat(position.column.saturating_sub(1));
        let blank = " ".repeat(gutter.len());
        let source = plain(source);
        let _ = write!(text, "\n{blank} |\n{gutter} | {source}\n{blank} | {caret}^");
    }
    if let Some(help) = &found.help {
        let _ = write!(text, "\n  help: {help}");
    }
    text
}

/// Control characters become spaces, one for one, so that columns stay true.
fn plain(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Sink};
    use crate::ir::Place;

    #[test]
    fn a_finding_shows_its_line_and_the_way_out() {
        let mut sink = Sink::default();
        let place = Place {
            file: "users.json".into(),
            pointer: "/item/0/request".into(),
            breadcrumb: vec!["Users".into(), "Create\u{1b}".into()],
        };
        sink.warn(
            Code::EmptyUrl,
            &place,
            "the request has no address",
            "give it one",
        );
        sink.keep_text("users.json", "{\"item\": [\n\t{\"request\": {}}\n]}".into());
        let found = sink.into_diagnostics();
        assert_eq!(
            full(&found[0]),
            "users.json:2:14: warning[PM0104]: the request has no address (Users > Create )\n  \
             |\n2 |  {\"request\": {}}\n  |              ^\n  help: give it one"
        );
    }
}
