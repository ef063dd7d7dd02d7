//! Shows diagnostics to people: `file:line:column`, message, source line, help.
//!
//! In: a located finding. Out: plain text; nothing from a collection can move the cursor or colour the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Code, Diagnostic, Position, Severity};

/// Warnings of one code in one file that an overview shows.
const MANY: usize = 10;

/// What an overview shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown<'a> {
    /// A finding.
    Finding(&'a Diagnostic),
    /// That there are more warnings of one code in one file.
    More {
        /// How many.
        number: usize,
        /// Their code.
        code: Code,
        /// Their file.
        file: &'a str,
    },
}

impl Shown<'_> {
    /// On one line, with the way out.
    pub fn line(self) -> String {
        match self {
            Self::Finding(found) => match &found.help {
                Some(help) => format!("{}; help: {}", line(found), plain(help)),
                None => line(found),
            },
            Self::More { number, code, file } => format!(
                "{}: {number} more {}; `letterpress inspect` lists them",
                plain(file),
                code.as_str()
            ),
        }
    }

    /// With the source line and help, where there are such.
    pub fn full(self) -> String {
        match self {
            Self::Finding(found) => full(found),
            Self::More { .. } => self.line(),
        }
    }
}

/// What to show of many findings: warnings first, since people look at the end of a long output; every error; of
/// warnings with one code in one file the first ten, and how many more there are.
pub fn overview(diagnostics: &[Diagnostic]) -> Vec<Shown<'_>> {
    let mut shown = Vec::new();
    let mut more: BTreeMap<(&str, Code), usize> = BTreeMap::new();
    for found in diagnostics {
        if found.severity == Severity::Warning {
            let number = more.entry((&found.place.file, found.code)).or_default();
            *number += 1;
            if *number <= MANY {
                shown.push(Shown::Finding(found));
            }
        }
    }
    shown.extend(more.into_iter().filter_map(|((file, code), number)| {
        let number = number.checked_sub(MANY).filter(|number| *number > 0)?;
        Some(Shown::More { number, code, file })
    }));
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    shown.extend(diagnostics.iter().filter(is_error).map(Shown::Finding));
    shown
}

/// A finding as one line of JSON: `code`, `severity`, `message`, `help`, `file`, `line` and `column` from 1, and `path`, the names of the
/// folders and the item that it is about. What is not known is null.
pub fn json(found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    serde_json::json!({
        "code": found.code.as_str(),
        "severity": severity,
        "message": found.message,
        "help": found.help,
        "file": found.place.file,
        "line": found.position.map(|position| position.line),
        "column": found.position.map(|position| position.column),
        "path": &*found.place.breadcrumb,
    })
    .to_string()
}

/// A finding on one line.
pub fn line(found: &Diagnostic) -> String {
    let mut text = found.place.file.clone();
    match found.position {
        Some(Position { line, column }) => {
            let _ = write!(text, ":{line}:{column}");
        }
        None if !found.place.at.is_whole() => {
            let _ = write!(text, ": {}", found.place.at);
        }
        None => {}
    }
    let severity = match found.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    // What is wrong with the builder of a build script stands in no file.
    let after = if text.is_empty() { "" } else { ": " };
    let _ = write!(
        text,
        "{after}{severity}[{}]: {}",
        found.code.as_str(),
        found.message
    );
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
    use crate::diag::SourceMap;
    use crate::diag::{Code, Sink};
    use crate::ir::{Locator, Place};

    /// A map that finds every place where the text has its first empty object.
    #[derive(Debug)]
    struct Empty;

    impl SourceMap for Empty {
        fn offsets(&self, text: &str, wanted: &[&Locator]) -> Vec<Option<usize>> {
            wanted.iter().map(|_| text.find("{}")).collect()
        }

        fn is_within(&self, part: &Locator, whole: &Locator) -> bool {
            part == whole
        }
    }

    #[test]
    fn an_overview_ends_with_the_errors_and_counts_what_repeats() {
        let place = Place::of_file("a.json");
        let mut sink = Sink::default();
        sink.error(Code::Setting, &place, "wrong", "");
        for _ in 0..13 {
            sink.warn(Code::EmptyUrl, &place, "no address", "");
        }
        let found = sink.into_diagnostics();
        let shown: Vec<String> = overview(&found).into_iter().map(Shown::line).collect();
        assert_eq!(shown.len(), 12);
        assert_eq!(shown[9], "a.json: warning[PM0104]: no address");
        assert_eq!(
            shown[10],
            "a.json: 3 more PM0104; `letterpress inspect` lists them"
        );
        assert_eq!(shown[11], "a.json: error[PM0007]: wrong");
    }

    #[test]
    fn a_finding_shows_its_line_and_the_way_out() {
        let mut sink = Sink::default();
        let place = Place {
            file: "users.json".into(),
            at: Locator::new("request of the second line"),
            breadcrumb: ["Users".into(), "Create\u{1b}".into()].into(),
            nth: 0,
        };
        sink.warn(
            Code::EmptyUrl,
            &place,
            "the request has no address",
            "give it one",
        );
        sink.keep_map("users.json", Empty);
        sink.keep_text("users.json", "{\"item\": [\n\t{\"request\": {}}\n]}".into());
        let found = sink.into_diagnostics();
        assert_eq!(
            full(&found[0]),
            "users.json:2:14: warning[PM0104]: the request has no address (Users > Create )\n  \
             |\n2 |  {\"request\": {}}\n  |              ^\n  help: give it one"
        );
    }
}
