//! Credentials by the name before them: `"password": "…"`, `api_key=…`, `<token>…</token>`, `https://user:…@host`.

use super::names::{self, Sensitivity};
use super::scan::{Candidate, Found, Stands, boundary};
use super::{hook, looks};
use crate::ir::template;

/// As far as a value is looked for.
const LONGEST_VALUE: usize = 16_384;

/// As far as a name is looked for.
const LONGEST_NAME: usize = 64;

/// Looks at the name before the `=` or `:` at this offset, and at the value behind it.
pub(super) fn at_separator(text: &str, at: usize) -> Option<Candidate> {
    let rest = text.get(at..)?;
    if rest.starts_with("://") {
        return userinfo(text, at + 3).or_else(|| hook::in_address(text, at + 3).map(Candidate::Literal));
    }
    if rest.starts_with("==") || rest.starts_with("=>") {
        return None;
    }
    let name = name_before(text, at)?;
    let in_form = rest.starts_with('=');
    if in_form && name == "name" {
        return part(text, at + 1);
    }
    let name = match name {
        "value" if !in_form => name_beside(text, at).unwrap_or(name),
        name => name,
    };
    let sensitivity = if in_form {
        names::of_name(name)
    } else {
        names::of_member(name)
    };
    if sensitivity == Sensitivity::None {
        return None;
    }
    let value = if in_form {
        value_of_form(text, at + 1)
    } else {
        value_of_member(text, at + 1)
    }?;
    let literal = text.get(value.start..value.end)?;
    if looks::is_placeholder(literal) && !template::has_variables(literal) || literal.contains("://") {
        return None;
    }
    let sure = value.quoted || in_form;
    if template::has_variables(literal) {
        return sure.then_some(Candidate::Variables(value.start..value.end, sensitivity));
    }
    if is_json_number(text, at, literal) {
        let secret = sensitivity == Sensitivity::Strong && literal.len() >= least_digits(name);
        return secret.then(|| {
            Candidate::Literal(Found {
                stands: Stands::Number,
                ..Found::new(value.start..value.end, names::label(name))
            })
        });
    }
    let secret = match (sensitivity, sure && !value.apart) {
        (Sensitivity::None, _) => false,
        (Sensitivity::Weak, _) => is_random(literal, in_form),
        (Sensitivity::Strong, true) => is_literal(text, at, name, literal),
        // In prose anything may follow a colon.
        (Sensitivity::Strong, false) => looks::looks_chosen(literal),
    };
    secret.then(|| Candidate::Literal(Found::new(value.start..value.end, names::label(name))))
}

/// What the member before says that a `value` is called: `{"key": "password", "value": "…"}`.
fn name_beside(text: &str, at: usize) -> Option<&str> {
    const AROUND: [char; 7] = [' ', '\n', '\r', '\t', '"', '\'', '\\'];
    let before = text.get(boundary(text, at.saturating_sub(LONGEST_NAME * 3))..at)?;
    let before = before.trim_end_matches(AROUND).strip_suffix("value")?;
    let before = before.trim_end_matches(AROUND).strip_suffix(',')?;
    let (before, name) = before.trim_end_matches(AROUND).rsplit_once('"')?;
    let key = before
        .trim_end_matches(AROUND)
        .strip_suffix(':')?
        .trim_end_matches(AROUND);
    (key.ends_with("\"key") || key.ends_with("\"name")).then_some(name)
}

/// The name before the `[` at this offset, if a list called so holds credentials: `"tokens": ["…"]`.
pub(super) fn list_of_credentials(text: &str, at: usize) -> Option<&str> {
    let from = boundary(text, at.saturating_sub(LONGEST_NAME * 2));
    let before = text.get(from..at)?.trim_end().strip_suffix(':')?;
    let name = name_before(text, from + before.len())?;
    let one = name.strip_suffix('s').unwrap_or(name);
    let holds = [name, one]
        .iter()
        .any(|name| names::of_member(name) == Sensitivity::Strong);
    holds.then_some(name)
}

/// Looks at the element of such a list behind this offset. Lists hold names of permissions too, so that only what is
/// made by somebody or something counts.
pub(super) fn at_element(text: &str, at: usize, name: &str) -> Option<Found> {
    let rest = text.get(at + 1..boundary(text, at + 1 + LONGEST_NAME))?;
    let blanks = rest.len() - rest.trim_start().len();
    let value = quoted(text, at + 1 + blanks)?;
    let literal = text.get(value.start..value.end)?;
    let secret = looks::is_telling(literal)
        && looks::looks_chosen(literal)
        && !template::has_variables(literal)
        && !looks::is_name_of_thing(literal);
    secret.then(|| Found::new(value.start..value.end, names::label(name)))
}

/// Whether a value looks made by a machine; in JSON a UUID tells one thing from others.
fn is_random(literal: &str, in_form: bool) -> bool {
    looks::looks_random(literal) && (in_form || !looks::is_uuid(literal))
}

/// Whether a value that is quoted or in a form is a credential, under a name that promises one.
fn is_literal(text: &str, at: usize, name: &str, literal: &str) -> bool {
    // Outside of JSON it may be code: `token = "get(x)"`.
    let before = text.get(..at).unwrap_or_default().trim_end();
    let in_json = before.ends_with('"') && text.get(at..).is_some_and(|rest| rest.starts_with(':'));
    let code = !in_json && literal.contains(['(', '{']);
    let thing = names::is_of_things(name) && looks::is_name_of_thing(looks::without_scheme(literal));
    !code && !thing && !looks::is_placeholder(looks::without_scheme(literal))
}

/// Looks at the element whose start tag ends at this offset: `<password>…</password>`.
pub(super) fn at_tag_end(text: &str, at: usize) -> Option<Candidate> {
    let rest = bounded(text, at + 1)?;
    // Most tags are followed by another, or by blanks.
    let length = rest.find('<').filter(|length| *length > 0)?;
    let before = text.get(boundary(text, at.saturating_sub(LONGEST_NAME * 4))..at)?;
    let tag = before.get(before.rfind('<')? + 1..)?;
    let name = tag.split(char::is_whitespace).next()?.rsplit(':').next()?;
    let value = rest.get(..length)?.trim();
    if tag.starts_with('/') || tag.ends_with('/') || value.contains("://") {
        return None;
    }
    let sensitivity = names::of_member(name);
    let range = at + 1..at + 1 + length;
    if template::has_variables(value) {
        let holds = sensitivity != Sensitivity::None;
        return holds.then_some(Candidate::Variables(range, sensitivity));
    }
    let secret = match sensitivity {
        Sensitivity::None => false,
        Sensitivity::Weak => is_random(value, false),
        Sensitivity::Strong => {
            let thing = names::is_of_things(name) && looks::is_name_of_thing(value);
            !looks::is_placeholder(value) && !thing
        }
    };
    secret.then(|| {
        Candidate::Literal(Found {
            stands: Stands::Element,
            ..Found::new(range, names::label(name))
        })
    })
}

/// Looks at a part of a multipart body, whose name stands behind this offset.
fn part(text: &str, at: usize) -> Option<Candidate> {
    let before = text.get(boundary(text, at.saturating_sub(LONGEST_NAME))..at)?;
    let of_form = before
        .rsplit('\n')
        .next()?
        .to_ascii_lowercase()
        .contains("form-data");
    let name = quoted(text, at).filter(|_| of_form)?;
    let strong = names::of_name(text.get(name.start..name.end)?) == Sensitivity::Strong;
    let rest = bounded(text, name.end).filter(|_| strong)?;
    let (blank, length) = [("\r\n\r\n", 4), ("\n\n", 2)]
        .into_iter()
        .find_map(|(blank, length)| Some((rest.find(blank)?, length)))?;
    let start = name.end + blank + length;
    let value = bounded(text, start)?;
    let end = value
        .find("\r\n--")
        .or_else(|| value.find("\n--"))
        .unwrap_or(value.len());
    let literal = value.get(..end)?;
    let range = start..start + end;
    if literal.trim().is_empty() || looks::is_placeholder(literal) && !template::has_variables(literal) {
        None
    } else if template::has_variables(literal) {
        Some(Candidate::Variables(range, Sensitivity::Strong))
    } else {
        let label = names::label(text.get(name.start..name.end)?);
        Some(Candidate::Literal(Found::new(range, label)))
    }
}

/// Whether a whole number stands behind this colon and a name in quotes before it.
fn is_json_number(text: &str, colon: usize, literal: &str) -> bool {
    let before = text.get(..colon).unwrap_or_default();
    let digits = !literal.is_empty() && literal.bytes().all(|byte| byte.is_ascii_digit());
    digits && text.get(colon..).is_some_and(|rest| rest.starts_with(':')) && before.trim_end().ends_with('"')
}

/// How long a number must be to be a credential: under a name that may stand for a count, longer than counts are.
fn least_digits(name: &str) -> usize {
    if names::is_chosen(name) { 4 } else { 8 }
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
    /// Whether blanks stand before it where a form has none: `key = value`.
    apart: bool,
}

/// The value behind `=`: quoted, or up to what ends it in a form, an URL or a command.
fn value_of_form(text: &str, at: usize) -> Option<Value> {
    let rest = text.get(at..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if blanks > 2 {
        return None;
    }
    if let Some(quoted) = quoted(text, at + blanks) {
        return Some(quoted);
    }
    let value = run(text, at + blanks, |character| {
        character.is_whitespace() || "&\"'`<>;,)]}|#\\".contains(character)
    })?;
    Some(Value {
        apart: blanks > 0,
        ..value
    })
}

/// The value behind `:`: quoted, or one word.
fn value_of_member(text: &str, at: usize) -> Option<Value> {
    let rest = text.get(at..)?;
    // In Markdown the name may be bold, its colon too.
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '*']).len();
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

/// Text up to what ends it, which does not count within a variable.
fn run(text: &str, at: usize, ends: impl Fn(char) -> bool) -> Option<Value> {
    let rest = bounded(text, at)?;
    let mut length = 0;
    while let Some(tail) = rest.get(length..) {
        let plain = tail
            .find(|character| ends(character) || character == '{')
            .unwrap_or(tail.len());
        length += plain;
        let Some(token) = tail.get(plain..).filter(|tail| tail.starts_with('{')) else {
            break;
        };
        // A brace of its own is of code, which is no credential however it goes on.
        let Some(variable) = length_of_variable(token) else {
            length += 1;
            break;
        };
        length += variable;
    }
    (length > 0).then_some(Value {
        start: at,
        end: at + length,
        quoted: false,
        apart: false,
    })
}

/// How long the `{{variable}}` is that a text begins with.
fn length_of_variable(text: &str) -> Option<usize> {
    let inner = text.get(2..boundary(text, LONGEST_NAME * 2))?;
    let name = inner.find(['{', '}']).filter(|_| text.starts_with("{{"))?;
    inner.get(name..)?.starts_with("}}").then_some(name + 4)
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
                apart: false,
            });
        }
        from = end + quote.len();
    }
}

fn bounded(text: &str, at: usize) -> Option<&str> {
    let end = boundary(text, at + LONGEST_VALUE);
    text.get(at..end)
}

/// The password of `user:password@host`, whose authority begins at this offset.
fn userinfo(text: &str, at: usize) -> Option<Candidate> {
    let rest = bounded(text, at)?;
    let ends = |character: char| match character {
        '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '\\' | ')' | '`' => true,
        character => character.is_whitespace(),
    };
    let authority = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    let info = authority.get(..authority.rfind('@')?)?;
    let colon = info.find(':')?;
    let password = info.get(colon + 1..)?;
    let range = at + colon + 1..at + info.len();
    if template::has_variables(password) {
        return Some(Candidate::Variables(range, Sensitivity::Strong));
    }
    let secret = !looks::is_placeholder(password);
    secret.then(|| Candidate::Literal(Found::new(range, "url_password")))
}

/// The same of a text that is an address as a whole, with or without its scheme.
pub(super) fn userinfo_of_address(text: &str) -> Option<Candidate> {
    let start = text.find("://").map_or(0, |colon| colon + 3);
    userinfo(text, start)
}
