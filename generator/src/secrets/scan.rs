//! Finds credentials in text by their form, or by the name that stands before them.
//!
//! In: any text. Out: byte ranges, in order, none overlapping, each with a name for what it is. One pass from left to
//! right: at each word its form is looked at, at each `=`, `:` and `>` the name before and the value behind. Every look
//! ahead is bounded, so the time is linear whatever the text holds.

use std::ops::Range;

use super::names::Sensitivity;
use super::{command, form, hook, looks, pair, table};
use crate::ir::template;

/// A credential in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub range: Range<usize>,
    /// What it is, as a name in snake case: `api_key`.
    pub label: String,
    /// As what it stands there: what takes its place must be able to stand there too.
    pub stands: Stands,
}

/// As what a credential stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// As text.
    Text,
    /// As a number of JSON.
    Number,
    /// As the content of an element of XML.
    Element,
}

impl Found {
    pub(super) fn new(range: Range<usize>, label: impl Into<String>) -> Self {
        Self {
            range,
            label: label.into(),
            stands: Stands::Text,
        }
    }
}

/// Something that stands where a credential does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Candidate {
    /// The credential itself.
    Literal(Found),
    /// Text with variables, which hold it as sure as this.
    Variables(Range<usize>, Sensitivity),
}

/// All credentials in a text.
pub fn find(text: &str) -> Vec<Found> {
    scan(text).0
}

/// The names of the variables that stand in a text where a literal would be a credential, and how sure it is of that.
pub fn variables(text: &str) -> Vec<(&str, Sensitivity)> {
    if !text.contains("{{") {
        return Vec::new();
    }
    let mut ranges = scan(text).1;
    ranges.extend(
        pair::userinfo_of_address(text).and_then(|candidate| match candidate {
            Candidate::Literal(_) => None,
            Candidate::Variables(range, sure) => Some((range, sure)),
        }),
    );
    let texts = ranges
        .into_iter()
        .filter_map(|(range, sure)| Some((text.get(range)?, sure)));
    texts
        .flat_map(|(text, sure)| template::variables(text).map(move |name| (name, sure)))
        .collect()
}

/// All credentials in an address, which may lack its scheme.
pub fn find_in_address(text: &str) -> Vec<Found> {
    let mut found = find(text);
    let whole = match pair::userinfo_of_address(text) {
        Some(Candidate::Literal(whole)) => Some(whole),
        Some(Candidate::Variables(..)) | None => None,
    };
    let path = (!text.contains("://"))
        .then(|| hook::in_address(text, 0))
        .flatten();
    for whole in whole.into_iter().chain(path) {
        // What was found inside of it is part of it.
        found.retain(|inner| inner.range.end <= whole.range.start || whole.range.end <= inner.range.start);
        found.push(whole);
    }
    found.sort_by_key(|finding| finding.range.start);
    found
}

/// Credentials of a text, and the ranges of variables that stand where one would.
fn scan(text: &str) -> (Vec<Found>, Vec<(Range<usize>, Sensitivity)>) {
    let bytes = text.as_bytes();
    let (mut found, mut open): (Vec<Found>, Vec<_>) = (Vec::new(), Vec::new());
    let mut at = 0;
    // The word before, if nothing but a space or a quote is between it and here.
    let mut before: Option<Range<usize>> = None;
    // The name of the list of JSON that this is in, if that promises credentials.
    let mut list: Option<&str> = None;
    while let Some(byte) = bytes.get(at) {
        // Most of a text is words with blanks between them.
        if *byte == b' ' {
            at += 1;
            continue;
        }
        let candidate = if is_word(*byte) {
            let word = at..word_end(bytes, at);
            let finding = form::may_be(*byte, word.len())
                .then(|| of_word(text, &word, before.clone()))
                .flatten();
            before = Some(word.clone());
            at = word.end;
            finding.map(Candidate::Literal)
        } else {
            list = match byte {
                b'[' => pair::list_of_credentials(text, at),
                b']' | b'{' => None,
                _ => list,
            };
            let candidate = match byte {
                b'[' | b',' => list
                    .and_then(|name| pair::at_element(text, at, name))
                    .map(Candidate::Literal),
                b'=' | b':' => pair::at_separator(text, at),
                b'>' => {
                    pair::at_tag_end(text, at).or_else(|| table::at_cell(text, at).map(Candidate::Literal))
                }
                b'|' => table::at_bar(text, at).map(Candidate::Literal),
                _ => None,
            };
            if !b" \"'`".contains(byte) {
                before = None;
            }
            at += 1;
            candidate
        };
        match candidate {
            Some(Candidate::Literal(finding)) => {
                at = at.max(finding.range.end);
                before = None;
                found.push(finding);
            }
            Some(Candidate::Variables(range, sure)) => {
                // What is quoted may be JSON with credentials of its own.
                if bytes.get(range.end).is_none_or(|end| !b"\"'`\\".contains(end)) {
                    at = at.max(range.end);
                }
                open.push((range, sure));
            }
            None => {}
        }
    }
    if found.iter().any(|finding| finding.label == form::AWS_KEY_ID) {
        form::add_aws_secrets(text, &mut found);
    }
    (found, open)
}

fn of_word(text: &str, word: &Range<usize>, before: Option<Range<usize>>) -> Option<Found> {
    let flag = text.as_bytes().get(word.start) == Some(&b'-');
    form::of_word(text, word)
        .or_else(|| flag.then(|| command::at_flag(text, word)).flatten())
        .or_else(|| named_in_prose(text, word, before))
}

/// `the token 4f9d8e7c6b5a4938`: a random word after a word that promises one.
fn named_in_prose(text: &str, word: &Range<usize>, before: Option<Range<usize>>) -> Option<Found> {
    const PROMISING: &[&str] = &["token", "key", "secret", "password"];
    if word.len() < looks::SHORTEST_RANDOM {
        return None;
    }
    let before = text.get(before?)?;
    let label = PROMISING
        .iter()
        .find(|promising| before.eq_ignore_ascii_case(promising))?;
    let random = looks::looks_random(text.get(word.clone()).unwrap_or_default());
    random.then(|| Found::new(word.clone(), *label))
}

/// The nearest character boundary at or before an offset.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

pub(super) fn is_word(byte: u8) -> bool {
    /// Each byte is asked several times, which took a third of a scan without a table.
    const WORD: [bool; 256] = {
        let mut word = [false; 256];
        let mut byte = 0_u8;
        while byte < 128 {
            word[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
            byte += 1;
        }
        word
    };
    WORD.get(usize::from(byte)).is_some_and(|is_word| *is_word)
}

pub(super) fn word_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| is_word(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::super::{Known, redact};
    use super::variables;

    #[test]
    fn credentials_are_found_in_all_kinds_of_text() {
        for (text, clean) in [
            ("use eyJhbGciOi.eyJzdWIiOiIx.c2ln now", "use [removed] now"),
            (
                "Authorization: Bearer abcdef0123456789",
                "Authorization: Bearer [removed]",
            ),
            (
                "`Authorization: Basic dXNlcjpwYXNz`",
                "`Authorization: Basic [removed]`",
            ),
            (
                r#"{"password" : "hunter2", "user": "me"}"#,
                r#"{"password" : "[removed]", "user": "me"}"#,
            ),
            (
                r#"[{"key": "password", "value": "hunter2"}, {"name": "note", "value": "hunter2"}]"#,
                r#"[{"key": "password", "value": "[removed]"}, {"name": "note", "value": "hunter2"}]"#,
            ),
            (
                r#"{"tokens": ["q6Zt8Kq2Lw93", "Vb47Gh51Tr0a"], "ids": ["q6Zt8Kq2Lw94"]}"#,
                r#"{"tokens": ["[removed]", "[removed]"], "ids": ["q6Zt8Kq2Lw94"]}"#,
            ),
            (
                r#"{"a": "{\"token\":\"x\\ny\", \"b\": 1}"}"#,
                r#"{"a": "{\"token\":\"[removed]\", \"b\": 1}"}"#,
            ),
            (
                "https://a.b/c?api_key=s3cr3t&x=1",
                "https://a.b/c?api_key=[removed]&x=1",
            ),
            ("https://user:s3cr3t@host/x", "https://user:[removed]@host/x"),
            (
                "AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
                "[removed] and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1",
            ),
            (
                "AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "[removed], [removed]",
            ),
            ("a sk_live_4eC39HqLyjWDarjtT1zdp7dc b", "a [removed] b"),
            ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[removed]"),
            ("xoxb-123456789012-abcdefGHIJKL", "[removed]"),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nx",
                "[removed]\nx",
            ),
            (
                "the API key `8f14e45fceea167a5a36dedd4bea2543` is old",
                "the API key `[removed]` is old",
            ),
            (
                "API key: 8f14e45fceea167a5a36dedd4bea2543.",
                "API key: [removed].",
            ),
            (
                "<wsse:Password Type=\"x\">hunter2</wsse:Password>",
                "<wsse:Password Type=\"x\">[removed]</wsse:Password>",
            ),
            ("user[password]=hunter2", "user[password]=[removed]"),
            (
                r#"{"password": 482913, "pin": 1, "apiKey":123456789, "x": "{\"pwd\": 4711}"}"#,
                r#"{"password": 0, "pin": 1, "apiKey":0, "x": "{\"pwd\": 0}"}"#,
            ),
            (
                "Authorization: Basic dXNlcjpwYXNzMQ",
                "Authorization: Basic [removed]",
            ),
        ] {
            assert_eq!(redact(text), clean);
        }
    }

    #[test]
    fn what_is_no_credential_stays() {
        for text in [
            "Bearer authentication uses a bearer token: see https://a.b/token?x=1",
            "Basic authentication is described below",
            r#"{"token": "string", "nextPageToken": "CAUQAA", "tokenType": "Bearer", "x": "{{token}}"}"#,
            "password=<password>&token={{token}}&client_secret=YOUR_CLIENT_SECRET",
            "https://{{user}}:{{password}}@host/a:b@c",
            "the key is: required; token: the token of the user",
            "<password>{{password}}</password><token></token><b>Token</b>: required a -> b",
            "time: 12:30:45, id=5d1f9b2e-0a1b-4c3d-8e9f-001122334455",
            "curl -H 'Authorization: Bearer $TOKEN' -u user:password",
            r#"{"max_token": 4096, "password": 0, "password_length": 123456, "nextKey": "0x8b1a9953c4611296a827abf8c47804d7"}"#,
            "the password: 123456 characters at most",
            r#"{"authorization": ["AddMembers", "read:all"], "tokens": ["USDC"]}"#,
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn long_hostile_text_is_scanned_in_linear_time() {
        for piece in [
            "token:\"",
            "-----BEGIN PRIVATE KEY-----",
            "://a:b",
            "password=",
            "eyJeyJeyJ.",
            "\\\"key\\\":\\\"",
            "{{password={{",
            "|token|x8Kq2Zt6",
            "curl -u ",
            "<td>token<td>",
            "name=\"password\" form-data;",
            "/Users/a/Desktop/",
            "file:///",
        ] {
            let text = piece.repeat(20_000);
            assert!(!redact(&text).is_empty());
            assert!(!Known::default().redact(&text).is_empty());
            assert!(variables(&text).len() < text.len());
        }
    }
}
