//! The words of a sample: what stands between its brackets and quotes.
//!
//! In: the text from some place on. Out: how long the comment, `{{variable}}`, or bare word is that starts there. It knows no
//! structure: brackets and strings are the reader's.

/// Length of a comment, an ellipsis or odd white space at the start of a text; `None` without one.
pub(super) fn lenient_space(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find(['\n', '\r']).unwrap_or(text.len()));
    }
    if let Some(comment) = text.strip_prefix("/*") {
        return comment.find("*/").map(|end| end + 4);
    }
    if text.starts_with("...") {
        return Some(text.len() - text.trim_start_matches('.').len());
    }
    let first = text.chars().next()?;
    let odd = first == '…' || first == '\u{feff}' || first == '\u{200b}' || first.is_whitespace();
    odd.then_some(first.len_utf8())
}

/// Length of the `{{name}}` that a text starts with.
pub(super) fn variable(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("{{")?;
    let end = inner.find(['{', '}', '\n', '"'])?;
    inner.get(end..)?.starts_with("}}").then_some(end + 4)
}

/// The run of characters that stands for one value outside quotes.
pub(super) fn bare_word(text: &str) -> Option<&str> {
    let mut end = 0;
    loop {
        let rest = text.get(end..)?;
        let length = match rest.chars().next() {
            Some('{') => variable(rest)?,
            Some('<') => {
                rest.find(['>', '\n', '"'])
                    .filter(|at| rest[*at..].starts_with('>'))?
                    + 1
            }
            Some('/') if !rest.starts_with("//") && !rest.starts_with("/*") => 1,
            Some(char) if ends_word(char) => 0,
            Some(char) => char.len_utf8(),
            None => 0,
        };
        if length == 0 {
            return text.get(..end).filter(|word| !word.is_empty());
        }
        end += length;
    }
}

fn ends_word(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            ',' | ':' | ']' | '}' | '[' | '"' | '\'' | '/' | '(' | ')' | ';' | '='
        )
}

/// A JSON number; `-0` is a float, as `serde_json` reads it.
pub(super) fn number(word: &str) -> Option<serde_json::Number> {
    let starts = word.starts_with(|char: char| char == '-' || char.is_ascii_digit());
    starts.then(|| word.parse().ok())?
}
