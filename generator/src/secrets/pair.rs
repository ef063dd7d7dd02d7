//! Credentials by the name before them: `"password": "…"`, `api_key=…`, `<token>…</token>`, `https://user:…@host`.

use super::names::{self, Sensitivity};
use super::scan::{Found, boundary};
use crate::ir::template;

/// As far as a value is looked for.
const LONGEST_VALUE: usize = 16_384;

/// As far as a name is looked for.
const LONGEST_NAME: usize = 64;

/// Looks at the name before the `=` or `:` at this offset, and at the value behind it.
pub(super) fn at_separator(text: &str, at: usize) -> Option<Found> {
    let rest = text.get(at..)?;
    if rest.starts_with("://") {
        return userinfo(text, at + 3);
    }
    if rest.starts_with("==") || rest.starts_with("=>") {
        return None;
    }
    let name = name_before(text, at)?;
    let sensitivity = names::of_name(name);
    if sensitivity == Sensitivity::None {
        return None;
    }
    let value = if rest.starts_with('=') {
        value_of_form(text, at + 1)
    } else {
        value_of_member(text, at + 1)
    }?;
    let literal = text.get(value.start..value.end)?;
    if names::is_placeholder(literal) || template::has_variables(literal) || literal.contains("://") {
        return None;
    }
    if is_json_number(text, at, literal) {
        let secret = sensitivity == Sensitivity::Strong && literal.len() >= least_digits(name);
        return secret.then(|| Found {
            is_number: true,
            ..Found::new(value.start..value.end, names::label(name))
        });
    }
    let secret = match (sensitivity, value.quoted || rest.starts_with('=')) {
        (Sensitivity::None, _) => false,
        (Sensitivity::Weak, _) => names::looks_random(literal),
        (Sensitivity::Strong, true) => {
            !literal.contains(['(', '{']) && !names::is_placeholder(names::without_scheme(literal))
        }
        // In prose anything may follow a colon.
        (Sensitivity::Strong, false) => looks_chosen(literal),
    };
    secret.then(|| Found::new(value.start..value.end, names::label(name)))
}

/// Looks at the element whose start tag ends at this offset: `<password>…</password>`.
pub(super) fn at_tag_end(text: &str, at: usize) -> Option<Found> {
    let rest = bounded(text, at + 1)?;
    // Most tags are followed by another, or by blanks.
    let length = rest.find('<').filter(|length| *length > 0)?;
    let before = text.get(boundary(text, at.saturating_sub(LONGEST_NAME * 4))..at)?;
    let tag = before.get(before.rfind('<')? + 1..)?;
    let name = tag.split(char::is_whitespace).next()?.rsplit(':').next()?;
    let value = rest.get(..length)?.trim();
    let secret = !tag.starts_with('/')
        && !tag.ends_with('/')
        && match names::of_name(name) {
            Sensitivity::None => false,
            Sensitivity::Weak => names::looks_random(value),
            Sensitivity::Strong => !names::is_placeholder(value),
        };
    let open = template::has_variables(value) || value.contains("://");
    (secret && !open).then(|| Found::new(at + 1..at + 1 + length, names::label(name)))
}

/// Whether a whole number stands behind this colon and a name in quotes before it.
fn is_json_number(text: &str, colon: usize, literal: &str) -> bool {
    let before = text.get(..colon).unwrap_or_default();
    let digits = !literal.is_empty() && literal.bytes().all(|byte| byte.is_ascii_digit());
    digits && text.get(colon..).is_some_and(|rest| rest.starts_with(':')) && before.trim_end().ends_with('"')
}

/// How long a number must be to be a credential: under a name that may stand for a count, longer than counts are.
fn least_digits(name: &str) -> usize {
    let name = name.to_ascii_lowercase();
    let chosen = ["password", "passwd", "pwd", "pass", "passphrase"];
    if chosen.iter().any(|ending| name.ends_with(ending)) {
        4
    } else {
        8
    }
}

/// Letters and digits mixed, of a password's length.
fn looks_chosen(value: &str) -> bool {
    let has = |wanted: fn(&u8) -> bool| value.bytes().any(|byte| wanted(&byte));
    value.len() >= 6 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// The name that ends before an offset, whatever closes it.
fn name_before(text: &str, at: usize) -> Option<&str> {
    let from = boundary(text, at.saturating_sub(LONGEST_NAME + 8));
    let before = text.get(from..at)?;
    let before = before.trim_end_matches([' ', '"', '\'', '`', '\\', ']', '*']);
    let start =
        before.rfind(|character: char| !character.is_ascii_alphanumeric() && !"_-.".contains(character));
    let start = start.map_or(0, |start| {
        start
            + before
                .get(start..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8)
    });
    before.get(start..).filter(|name| !name.is_empty())
}

struct Value {
    start: usize,
    end: usize,
    quoted: bool,
}

/// The value behind `=`: quoted, or up to what ends it in a form, an URL or a command.
fn value_of_form(text: &str, at: usize) -> Option<Value> {
    if let Some(quoted) = quoted(text, at) {
        return Some(quoted);
    }
    run(text, at, |character| {
        character.is_whitespace() || "&\"'`<>;,)]}|#\\".contains(character)
    })
}

/// The value behind `:`: quoted, or one word.
fn value_of_member(text: &str, at: usize) -> Option<Value> {
    let rest = text.get(at..)?;
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if spaces > 8 {
        return None;
    }
    if let Some(quoted) = quoted(text, at + spaces) {
        return Some(quoted);
    }
    let mut value = run(text, at + spaces, |character| {
        character.is_whitespace() || "\"'`<>;,)]}|\\".contains(character)
    })?;
    // A sentence's end is none of it.
    if text
        .get(value.start..value.end)
        .is_some_and(|word| word.ends_with('.'))
    {
        value.end -= 1;
    }
    Some(value)
}

fn run(text: &str, at: usize, ends: impl Fn(char) -> bool) -> Option<Value> {
    let rest = bounded(text, at)?;
    let length = rest.find(ends).unwrap_or(rest.len());
    (length > 0).then_some(Value {
        start: at,
        end: at + length,
        quoted: false,
    })
}

/// A quoted value: in `"…"`, `'…'`, `` `…` ``, or in `\"…\"` where JSON stands in a JSON string.
fn quoted(text: &str, at: usize) -> Option<Value> {
    let rest = bounded(text, at)?;
    let quote = ["\\\"", "\"", "'", "`"]
        .into_iter()
        .find(|quote| rest.starts_with(quote))?;
    let start = at + quote.len();
    let inner = rest.get(quote.len()..)?;
    let mut from = 0;
    loop {
        let end = from + inner.get(from..)?.find(quote)?;
        let before = inner.get(..end)?;
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes % 2 == 0 {
            return Some(Value {
                start,
                end: start + end,
                quoted: true,
            });
        }
        from = end + quote.len();
    }
}

fn bounded(text: &str, at: usize) -> Option<&str> {
    let end = boundary(text, at + LONGEST_VALUE);
    text.get(at..end)
}

/// The password of `user:password@host`.
fn userinfo(text: &str, at: usize) -> Option<Found> {
    let rest = bounded(text, at)?;
    let ends = |character: char| character.is_whitespace() || "/?#\"'<>\\)`".contains(character);
    let authority = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    let info = authority.get(..authority.rfind('@')?)?;
    let colon = info.find(':')?;
    let password = info.get(colon + 1..)?;
    let harmless = names::is_placeholder(password) || template::has_variables(password);
    (!harmless).then(|| Found::new(at + colon + 1..at + info.len(), "url_password"))
}
