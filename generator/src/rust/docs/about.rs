//! Short descriptions in their place: behind what they describe, or before what is said further.
//!
//! In: what somebody wrote, clean already. Out: the same as part of a sentence or a paragraph of ours. It looks at how
//! the text begins and ends, and never at what it means, but for the one word that says that a value must be given.

use super::clean::paragraph;
use super::section::first_paragraph;
use crate::rust::doc_lines::DocLines;

/// How many words say too little to stand alone: `optional`, `string`, `End time`.
const NOTE_WORDS: usize = 2;
/// What a description of something that must be given begins with; types and arguments say so themselves.
const REQUIRED: &str = "(Required)";

/// A description behind what it describes: `` `to[0]`: Who gets it. ``
pub(crate) fn about(what: &str, lines: &DocLines) -> DocLines {
    let end = lines.iter().take_while(|line| !line.is_empty()).count();
    let (first, rest) = lines.split_at(end);
    let text = first_paragraph(lines);
    let is_text = !text.is_empty() && !is_numbered(&text) && !first.iter().any(|line| line.ends_with('\\'));
    let mut about = if is_text {
        let text = if is_note(lines) { stopped(&text) } else { text };
        paragraph(&format!("{what}: {text}"))
    } else {
        vec![format!("{what}:"), String::new()]
    };
    about.extend(if is_text { rest } else { lines.as_slice() }.iter().cloned());
    about
}

/// Whether a description is no more than a word or two, and no sentence.
pub(crate) fn is_note(lines: &[String]) -> bool {
    match lines {
        [line] if !line.is_empty() => {
            let is_text = !line.starts_with(['#', '|', '>', '-', '`']);
            is_text && line.split(' ').count() <= NOTE_WORDS && stopped(line) != *line
        }
        [] | [_] | [_, _, ..] => false,
    }
}

/// A text that ends as a sentence does, so that another can follow.
pub(super) fn stopped(text: &str) -> String {
    let end = text
        .trim_end()
        .trim_end_matches(['*', '_', '"', '\'', ')', '”', '’']);
    if end.ends_with(['.', '!', '?', ':', ';', '…']) {
        text.to_owned()
    } else {
        format!("{}.", text.trim_end_matches(','))
    }
}

/// A description without the word that says that the value must be given.
pub(crate) fn without_required(text: &str) -> &str {
    match text.strip_prefix(REQUIRED) {
        Some(rest) => rest.trim_start(),
        None if text.trim_end_matches('.').eq_ignore_ascii_case("required") => "",
        None => text,
    }
}

/// Whether a value is no value, but says what belongs in its place: `<uuid>`, or the bare name of a type.
pub(super) fn is_placeholder(value: &str) -> bool {
    const TYPES: &[&str] = &[
        "array",
        "bool",
        "boolean",
        "date-time",
        "double",
        "float",
        "int",
        "integer",
        "number",
        "object",
        "string",
    ];
    let value = value.trim();
    let within = value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    within.is_some_and(|within| !within.contains(['<', '>'])) || TYPES.contains(&value)
}

/// Whether a line is the first of an ordered list.
fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}

#[cfg(test)]
mod tests {
    use super::{about, is_note, is_placeholder, stopped, without_required};
    use crate::rust::docs::clean_inner;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(about("`k`", &clean_inner(text)), expected, "{text}");
    }

    #[test]
    fn descriptions_stand_behind_what_they_describe() {
        check("optional", &["`k`: optional."]);
        check("Who gets it", &["`k`: Who gets it"]);
        check("Payee.", &["`k`: Payee."]);
        check("Who gets it.\n\nAnd why.", &["`k`: Who gets it.", "", "And why."]);
        check("- a\n- b", &["`k`:", "", "- a", "- b"]);
        check("1. a\n2. b", &["`k`:", "", "1. a", "2. b"]);
        check("a\\\nb", &["`k`:", "", "a\\", "b"]);
        let long = "word ".repeat(40);
        assert!(
            about("`k`", &clean_inner(&long))
                .iter()
                .all(|line| line.len() <= 100)
        );
    }

    #[test]
    fn notes_say_too_little_to_stand_alone() {
        let notes = |text: &str| is_note(&clean_inner(text));
        assert!(notes("optional") && notes("End time") && notes("sometimes, required"));
        assert!(!notes("") && !notes("Which page.") && !notes("The end time") && !notes("`a`\n\nb"));
    }

    #[test]
    fn sentences_end() {
        for (text, expected) in [
            ("2 chars", "2 chars."),
            ("2 chars,", "2 chars."),
            ("Two.", "Two."),
            ("**Two.**", "**Two.**"),
            ("Two (or three)", "Two (or three)."),
            ("(Two.)", "(Two.)"),
            ("Two …", "Two …"),
            ("One of:", "One of:"),
            ("`a.`", "`a.`."),
        ] {
            assert_eq!(stopped(text), expected);
        }
    }

    #[test]
    fn what_types_say_is_not_said_again() {
        for (text, expected) in [
            ("(Required) Who.", "Who."),
            ("(Required)", ""),
            ("(Required)Who.", "Who."),
            ("Required", ""),
            ("Required by law", "Required by law"),
        ] {
            assert_eq!(without_required(text), expected);
        }
    }

    #[test]
    fn placeholders_are_no_values() {
        for value in ["string", "<string>", "<your id>", "integer"] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["strings", "zak", "1", "<b>x</b>", "String", ""] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
