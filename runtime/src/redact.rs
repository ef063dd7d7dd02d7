//! Finds secrets in what is shown: errors, cURL lines.
//!
//! In: a text and the secrets of a request. Out: the text with `…` for each of them, also where it stands
//! percent-encoded, wholly or in part, as it does in an URL, or escaped, as it does in JSON.

use crate::wire::Secret;

/// A secret this short could be part of any word, and a text without its words says nothing.
const SHORT: usize = 4;

/// The text without the secrets.
pub(crate) fn redacted(text: String, secrets: &[Secret]) -> String {
    let secrets = secrets.iter().filter(|secret| secret.text.len() >= SHORT);
    secrets.fold(text, |text, secret| {
        let text = if is_escaped(&secret.text) {
            without(text, &in_json(&secret.text))
        } else {
            text
        };
        without(text, &secret.text)
    })
}

/// Whether a text stands in JSON otherwise than by itself.
fn is_escaped(text: &str) -> bool {
    text.bytes()
        .any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\'))
}

/// The text as it stands between the quotes of JSON.
pub(crate) fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.unwrap_or_default().to_owned()
}

fn without(text: String, secret: &str) -> String {
    let next = |from: usize| {
        let starts = text.get(from..).unwrap_or_default().char_indices();
        let mut found = starts.filter_map(|(at, _)| {
            let length = length_at(text.get(from + at..)?, secret)?;
            Some(from + at..from + at + length)
        });
        found.next()
    };
    // Most texts hold none, and this is asked for every call.
    let Some(mut found) = next(0) else {
        return text;
    };
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        shown.push_str(text.get(from..found.start).unwrap_or_default());
        shown.push('…');
        from = found.end;
        match next(from) {
            Some(another) => found = another,
            None => break,
        }
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

/// How many bytes the secret takes at the start of the text; `None` if it is not there.
pub(crate) fn length_at(text: &str, secret: &str) -> Option<usize> {
    let mut length = 0;
    for byte in secret.as_bytes() {
        let rest = text.as_bytes().get(length..)?;
        length += match rest {
            [first, ..] if first == byte => 1,
            [b'%', high, low, ..] if decoded(*high, *low) == Some(*byte) => 3,
            [b'+', ..] if *byte == b' ' => 1,
            _ => return None,
        };
    }
    Some(length)
}

fn decoded(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, secret: &str, shown: &str) {
        let secret = Secret {
            name: "S".to_owned(),
            text: secret.to_owned(),
        };
        assert_eq!(redacted(text.to_owned(), &[secret]), shown);
    }

    #[test]
    fn secrets_are_found_however_they_are_encoded() {
        check("GET /a%2Fb%2fc+d/a/b/c d?", "a/b/c d", "GET /…/…?");
        check("x=%C3%A9t%C3%A9! été", "été!", "x=… été");
        check("%7", "%777", "%7");
        check(r#"{"a": "b\"c\nd"}"#, "b\"c\nd", r#"{"a": "…"}"#);
        check("aaaaa", "aaaa", "…a");
        check("an API", "API", "an API");
    }
}
