//! Credentials that were recognised somewhere in a collection, to be recognised everywhere in it.
//!
//! In: values, as a first walk over the document finds them. Out: where they are in any text, together with what the
//! text itself tells to be a credential. A value that could as well be ordinary text is not taken in. One pass over
//! the text, whatever the number of values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::scan::{Found, Stands, find, find_in_address};
use super::{REMOVED, hook, looks, paths, replace};

/// A value of this length is taken out inside of words too: `bot123456:ABC…`.
const LONG: usize = 16;

/// The beginning of a value by which it is looked up.
type Start = [u8; 4];

/// The known credentials of a collection.
#[derive(Clone, Debug, Default)]
pub struct Known {
    by_start: BTreeMap<Start, Vec<Value>>,
    /// A bit for the first two bytes of each value: nearly all of a text is passed by with one look.
    pairs: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    text: String,
    label: String,
}

impl Known {
    /// Takes in a value that stands somewhere as a credential of this label, unless it tells nothing.
    pub fn add(&mut self, value: &str, label: &str) {
        let value = looks::without_scheme(value).trim_matches(['"', '\'']);
        if !looks::is_telling(value) {
            return;
        }
        for text in spellings(value) {
            self.add_text(text, label);
        }
    }

    fn add_text(&mut self, text: String, label: &str) {
        let Some(start) = start_of(text.as_bytes()) else {
            return;
        };
        let values = self.by_start.entry(start).or_default();
        if values.iter().any(|known| known.text == text) {
            return;
        }
        let label = label.to_owned();
        values.push(Value { text, label });
        // Of two that begin alike, the longer one is meant where both are.
        values.sort_by_key(|known| std::cmp::Reverse(known.text.len()));
        if self.pairs.is_empty() {
            self.pairs = vec![0; 1 << 10];
        }
        let (word, bit) = place_of(start[0], start[1]);
        if let Some(word) = self.pairs.get_mut(word) {
            *word |= bit;
        }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.by_start.is_empty()
    }

    /// All credentials in a text: known ones, and those that the text itself tells to be some.
    pub fn find(&self, text: &str) -> Vec<Found> {
        merged(find(text), self.known_in(text))
    }

    /// All credentials in an address, which may lack its scheme.
    pub fn find_in_address(&self, text: &str) -> Vec<Found> {
        merged(find_in_address(text), self.known_in(text))
    }

    /// All credentials in a path, of an address on this host.
    pub fn find_in_path(&self, host: &str, path: &str) -> Vec<Found> {
        merged(self.find(path), hook::in_path(host, path).into_iter().collect())
    }

    /// A text with every credential in it replaced by `[removed]`, every one that is a number by `0`, and paths on the
    /// author's machine cut to the name of the file.
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        without(text, &self.find(text))
    }

    /// The same for an address.
    pub fn redact_address<'t>(&self, text: &'t str) -> Cow<'t, str> {
        without(text, &self.find_in_address(text))
    }

    /// A text of ours with every known value in it replaced: in it, names of credentials are nothing but names.
    pub fn redact_ours<'t>(&self, text: &'t str) -> Cow<'t, str> {
        without(text, &self.known_in(text))
    }

    fn known_in(&self, text: &str) -> Vec<Found> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while !self.pairs.is_empty() && at + 4 <= bytes.len() {
            match self.known_at(text, at) {
                Some(known) => {
                    let end = at + known.text.len();
                    found.push(Found::new(at..end, known.label.as_str()));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn known_at(&self, text: &str, at: usize) -> Option<&Value> {
        let rest = text.as_bytes().get(at..)?;
        let &[first, second, ..] = rest else {
            return None;
        };
        let (word, bit) = place_of(first, second);
        if self.pairs.get(word)? & bit == 0 {
            return None;
        }
        let values = self.by_start.get(&start_of(rest)?)?;
        values.iter().find(|known| {
            rest.starts_with(known.text.as_bytes())
                && (known.text.len() >= LONG || stands_alone(text, at, at + known.text.len()))
        })
    }
}

fn start_of(bytes: &[u8]) -> Option<Start> {
    bytes.first_chunk().copied()
}

/// Where the bit of two bytes is: they are hashed into 16 bits by being put side by side.
fn place_of(first: u8, second: u8) -> (usize, u64) {
    let number = usize::from(first) << 8 | usize::from(second);
    (number >> 6, 1 << (number & 63))
}

/// Whether no letter or digit goes on before or after a range.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let goes_on = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    !goes_on(start.checked_sub(1)) && !goes_on(Some(end))
}

/// A value as it is, as it stands in JSON, and as it stands in an address.
fn spellings(value: &str) -> Vec<String> {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    let in_json = quoted
        .trim_start_matches('"')
        .strip_suffix('"')
        .unwrap_or_default();
    let encoded = |plain: &dyn Fn(u8) -> bool| -> String {
        let bytes = value.bytes();
        bytes
            .map(|byte| {
                if plain(byte) {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    let strict = encoded(&|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    let mut spellings = vec![value.to_owned()];
    for other in [in_json.to_owned(), strict.to_lowercase_escapes(), strict] {
        if other.len() >= value.len() && !spellings.contains(&other) {
            spellings.push(other);
        }
    }
    spellings
}

/// Percent escapes in small letters, which some tools write.
trait LowercaseEscapes {
    fn to_lowercase_escapes(&self) -> String;
}

impl LowercaseEscapes for String {
    fn to_lowercase_escapes(&self) -> String {
        let mut escape = 0_u8;
        let lower = self.chars().map(|character| {
            escape = if character == '%' { 2 } else { escape };
            if escape > 0 && character != '%' {
                escape -= 1;
                character.to_ascii_lowercase()
            } else {
                character
            }
        });
        lower.collect()
    }
}

/// Findings of two kinds as one list, in order, none overlapping.
fn merged(mut found: Vec<Found>, more: Vec<Found>) -> Vec<Found> {
    if more.is_empty() {
        return found;
    }
    found.extend(more);
    found.sort_by_key(|finding| (finding.range.start, std::cmp::Reverse(finding.range.end)));
    let mut apart: Vec<Found> = Vec::new();
    for finding in found {
        match apart.last_mut() {
            Some(last) if finding.range.start < last.range.end => {
                last.range.end = last.range.end.max(finding.range.end);
            }
            Some(_) | None => apart.push(finding),
        }
    }
    apart
}

fn without<'t>(text: &'t str, found: &[Found]) -> Cow<'t, str> {
    let text = if found.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(replace(text, found, |finding| match finding.stands {
            Stands::Number => "0".to_owned(),
            Stands::Text | Stands::Element => REMOVED.to_owned(),
        }))
    };
    match paths::shortened(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(short) => Cow::Owned(short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_found_wherever_it_is() {
        let mut known = Known::default();
        known.add("Bearer Zt8mQ4sameWX2pL9vK7rT", "token");
        known.add("x8Kq2Zt6", "password");
        known.add("a/b+Lw93Vb47Gh51Tr==", "secret");
        for (text, clean) in [
            ("it is Zt8mQ4sameWX2pL9vK7rT.", "it is [removed]."),
            ("/botZt8mQ4sameWX2pL9vK7rT/getMe", "/bot[removed]/getMe"),
            ("x8Kq2Zt6", "[removed]"),
            ("x8Kq2Zt67 and ax8Kq2Zt6", "x8Kq2Zt67 and ax8Kq2Zt6"),
            ("?s=a%2Fb%2BLw93Vb47Gh51Tr%3D%3D&x", "?s=[removed]&x"),
            ("?s=a%2fb%2bLw93Vb47Gh51Tr%3d%3d&x", "?s=[removed]&x"),
            ("Zt8mQ4sameWX2pL9vK7r", "Zt8mQ4sameWX2pL9vK7r"),
            ("token=Zt8mQ4sameWX2pL9vK7rT", "token=[removed]"),
        ] {
            assert_eq!(known.redact(text), clean);
        }
    }

    #[test]
    fn common_values_blank_out_nothing() {
        let mut known = Known::default();
        for value in [
            "admin",
            "test",
            "password",
            "123456",
            "Password123",
            "string",
            "2024-01-01",
        ] {
            known.add(value, "password");
        }
        assert!(known.is_empty());
        let text = "the admin tests 123456 things, Password123";
        assert_eq!(known.redact(text), text);
    }
}
