//! Reads templates: text in which `{{name}}` stands for a variable's value.
//!
//! In: any text of a collection. Out: the names in it, as the substitution will look them up. A token is
//! `{{`, characters that are no braces, `}}`; so `{{{x}}}` holds `x`, and `{{a{{b}}}}` holds `b` first.
//! It refuses to know what any variable's value is.

use std::ops::Range;

/// The tokens of a template, as byte ranges that include the braces, in order, none overlapping.
pub fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let token = next_token(text, from)?;
        from = token.end;
        Some(token)
    })
}

/// The names that a template's tokens hold, in order, repeated ones too, empty ones left out.
pub fn variables(text: &str) -> impl Iterator<Item = &str> {
    tokens(text)
        .filter_map(|token| text.get(token.start + 2..token.end - 2))
        .filter(|name| !name.is_empty())
}

/// The same without dynamic ones: names of variables that somebody gives.
pub fn given(text: &str) -> impl Iterator<Item = &str> {
    variables(text).filter(|name| !is_dynamic(name))
}

/// Whether a template holds any token at all.
pub fn has_variables(text: &str) -> bool {
    variables(text).next().is_some()
}

/// What is left of a template when its tokens are taken out.
pub fn literal(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for token in tokens(text) {
        rest.push_str(text.get(from..token.start).unwrap_or_default());
        from = token.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}

/// Whether the name is one of those that are made afresh for each call: `$guid`, `$randomCity`.
pub fn is_dynamic(name: &str) -> bool {
    name.starts_with('$')
}

fn next_token(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        // One brace is found faster than two, and most texts have none.
        let open = at + text.get(at..)?.find('{')?;
        if bytes.get(open + 1) != Some(&b'{') {
            at = open + 1;
            continue;
        }
        // Of several opening braces the last two count: nothing between the pairs may be a brace.
        let inner = open
            + bytes
                .get(open..)?
                .iter()
                .take_while(|byte| **byte == b'{')
                .count();
        let close = inner + text.get(inner..)?.find(['{', '}'])?;
        if bytes.get(close) == Some(&b'}') && bytes.get(close + 1) == Some(&b'}') {
            return Some(inner - 2..close + 2);
        }
        at = close;
        if bytes.get(close) == Some(&b'}') {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_the_substitution_finds_them() {
        for (text, names) in [
            ("plain", &[][..]),
            ("{{a}}/{{ b }}", &["a", " b "]),
            ("{{{x}}}", &["x"]),
            ("{{a{{b}}}}", &["b"]),
            ("{{}}", &[]),
            ("{{open", &[]),
            ("{{a} {{b}}", &["b"]),
            ("{ {a}} {{é&=}}", &["é&="]),
            ("{{a}}}}{{{{b}}", &["a", "b"]),
        ] {
            assert_eq!(variables(text).collect::<Vec<_>>(), names, "{text}");
        }
        assert_eq!(literal("x{{a}}y{{b}}"), "xy");
    }
}
