//! The words of a script: names, numbers, texts and marks.
//!
//! In: JavaScript. Out: its words, without comments and spaces. It knows no grammar: whether a `/` begins a regular expression is told by
//! what stands before it.

use std::borrow::Cow;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word<'t> {
    /// A name, or a word of the language.
    Name(&'t str),
    /// A number as it is written.
    Number(&'t str),
    /// What stands between quotes.
    Text(Cow<'t, str>),
    /// What stands between back quotes and has something to fill in.
    Template(&'t str),
    /// A regular expression.
    Other,
    /// Anything else.
    Mark(char),
}

/// Splits a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        let taken = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            let (word, taken) = word(rest, first, words.last());
            words.push(word);
            taken
        };
        at += taken;
    }
    words
}

/// The word that begins here, and how long it is.
fn word<'t>(rest: &'t str, first: char, before: Option<&Word<'_>>) -> (Word<'t>, usize) {
    let up_to = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let piece = |end: usize| rest.get(..end).unwrap_or_default();
    if is_part_of_name(first) && !first.is_ascii_digit() {
        let end = up_to(is_part_of_name);
        return (Word::Name(piece(end)), end);
    }
    if first.is_ascii_digit() {
        let end = up_to(|c| c.is_ascii_alphanumeric() || "._".contains(c));
        return (Word::Number(piece(end)), end);
    }
    if ['"', '\'', '`'].contains(&first) {
        return quoted(rest, first);
    }
    if first == '/'
        && begins_expression(before)
        && let Some(end) = regex(rest)
    {
        return (Word::Other, end);
    }
    (Word::Mark(first), first.len_utf8())
}

fn is_part_of_name(character: char) -> bool {
    character.is_alphanumeric() || "_$".contains(character)
}

fn begins_expression(before: Option<&Word<'_>>) -> bool {
    match before {
        None | Some(Word::Name("return")) => true,
        Some(Word::Mark(mark)) => !")]}".contains(*mark),
        Some(Word::Name(_) | Word::Number(_) | Word::Text(_) | Word::Template(_) | Word::Other) => false,
    }
}

fn regex(rest: &str) -> Option<usize> {
    let mut is_escaped = false;
    let mut in_class = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn quoted(rest: &str, quote: char) -> (Word<'_>, usize) {
    let mut is_escaped = false;
    let mut text = String::new();
    let mut has_escapes = false;
    for (at, character) in rest.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
            text.push(match character {
                'n' => '\n',
                't' => '\t',
                other => other,
            });
        } else if character == '\\' {
            is_escaped = true;
            has_escapes = true;
        } else if character == quote || (character == '\n' && quote != '`') {
            // A text that nobody closed ends with its line.
            let inner = rest.get(1..at).unwrap_or_default();
            let word = match () {
                () if quote == '`' && inner.contains("${") => Word::Template(inner),
                () if has_escapes => Word::Text(text.into()),
                () => Word::Text(inner.into()),
            };
            return (word, at + 1);
        } else {
            text.push(character);
        }
    }
    (Word::Other, rest.len())
}
