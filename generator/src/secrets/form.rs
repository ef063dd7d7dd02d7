//! Credentials by their form: tokens with a prefix of their maker's, JWTs, PEM blocks, what follows `Bearer`.

use std::ops::Range;

use super::looks;
use super::scan::{Found, boundary, is_word, word_end};

/// The label of an AWS access key id; where one is, its secret is not far.
pub(super) const AWS_KEY_ID: &str = "aws_access_key_id";

/// Prefixes, the least length of the whole, and what it is.
const PREFIXES: &[(&str, usize, &str)] = &[
    ("sk_live_", 16, "api_key"),
    ("sk_test_", 16, "api_key"),
    ("rk_live_", 16, "api_key"),
    ("rk_test_", 16, "api_key"),
    ("whsec_", 16, "webhook_secret"),
    ("ghp_", 24, "github_token"),
    ("gho_", 24, "github_token"),
    ("ghu_", 24, "github_token"),
    ("ghs_", 24, "github_token"),
    ("ghr_", 24, "github_token"),
    ("github_pat_", 30, "github_token"),
    ("glpat-", 20, "gitlab_token"),
    ("xoxa-", 16, "slack_token"),
    ("xoxb-", 16, "slack_token"),
    ("xoxp-", 16, "slack_token"),
    ("xoxr-", 16, "slack_token"),
    ("xoxs-", 16, "slack_token"),
    ("xapp-", 16, "slack_token"),
    ("AIza", 35, "api_key"),
    ("PMAK-", 30, "api_key"),
    ("sk-", 24, "api_key"),
    ("key-", 36, "api_key"),
    ("npm_", 36, "npm_token"),
    ("hf_", 30, "api_key"),
    ("shpat_", 30, "api_key"),
    ("dop_v1_", 40, "api_key"),
];

/// The least of these lengths: most words are shorter.
const SHORTEST: usize = 16;

/// As far as the end of a PEM block is looked for.
const LONGEST_BLOCK: usize = 16_384;

/// Whether a word that begins so and is so long may be anything: nearly all are short, and begin like none of those.
pub(super) fn may_be(first: u8, length: usize) -> bool {
    length >= SHORTEST || matches!(first, b'e' | b'-' | b'b' | b'B' | b'S' | b'y')
}

/// Looks at the form of one word, and at what belongs to it.
pub(super) fn of_word(text: &str, word: &Range<usize>) -> Option<Found> {
    let content = text.get(word.clone())?;
    if !may_be(*content.as_bytes().first()?, content.len()) {
        return None;
    }
    if content.starts_with("eyJ") {
        return jwt(text, word);
    }
    if content.starts_with("-----BEGIN") {
        return pem(text, word);
    }
    if content.eq_ignore_ascii_case("bearer") {
        return after_scheme(text, word, |token| {
            let digits = token.bytes().any(|byte| byte.is_ascii_digit());
            token.len() >= 20 || (token.len() >= 8 && digits)
        });
    }
    if content.eq_ignore_ascii_case("basic") {
        return after_scheme(text, word, is_basic);
    }
    if is_aws_key_id(content) {
        return Some(Found::new(word.clone(), AWS_KEY_ID));
    }
    if matches!(content, "SG" | "ya29") {
        return dotted(text, word);
    }
    if content.len() < SHORTEST {
        return None;
    }
    let (prefix, _, label) = PREFIXES
        .iter()
        .find(|(prefix, least, _)| content.starts_with(prefix) && content.len() >= *least)?;
    let made = content.get(prefix.len()..)?;
    let digit = made.bytes().any(|byte| byte.is_ascii_digit());
    let letter = made.bytes().any(|byte| byte.is_ascii_alphabetic());
    (digit && letter).then(|| Found::new(word.clone(), *label))
}

/// Adds what looks like the secret half of an AWS pair: forty characters, of all kinds.
pub(super) fn add_aws_secrets(text: &str, found: &mut Vec<Found>) {
    let belongs = |character: char| character.is_ascii_alphanumeric() || "/+".contains(character);
    let mut at = 0;
    for piece in text.split(|character| !belongs(character)) {
        let range = at..at + piece.len();
        let has = |wanted: fn(&u8) -> bool| piece.bytes().any(|byte| wanted(&byte));
        let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
        let new = || {
            found
                .iter()
                .all(|other| other.range.end <= range.start || range.end <= other.range.start)
        };
        if piece.len() == 40 && mixed && new() {
            found.push(Found::new(range.clone(), "aws_secret_access_key"));
        }
        at = range.end
            + text
                .get(range.end..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
    }
    found.sort_by_key(|finding| finding.range.start);
}

fn is_aws_key_id(word: &str) -> bool {
    let known = ["AKIA", "ASIA"].iter().any(|prefix| word.starts_with(prefix));
    known
        && word.len() == 20
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Up to five parts joined by dots (encrypted ones have as many), of which the first begins as encoded JSON does.
fn jwt(text: &str, word: &Range<usize>) -> Option<Found> {
    let end = dotted_end(text.as_bytes(), word.end, 4);
    (word.len() >= 8 && end >= word.end + 5).then(|| Found::new(word.start..end, "jwt"))
}

fn dotted(text: &str, word: &Range<usize>) -> Option<Found> {
    let end = dotted_end(text.as_bytes(), word.end, 2);
    (end >= word.end + 17).then(|| Found::new(word.start..end, "api_key"))
}

fn dotted_end(bytes: &[u8], start: usize, parts: usize) -> usize {
    let mut end = start;
    for _ in 0..parts {
        let part = word_end(bytes, end + 1);
        if bytes.get(end) != Some(&b'.') || part == end + 1 {
            break;
        }
        end = part;
    }
    end
}

fn pem(text: &str, word: &Range<usize>) -> Option<Found> {
    const END: &str = "-----END";
    const DASHES: &str = "-----";
    let limit = boundary(text, word.start + LONGEST_BLOCK);
    let block = text.get(word.start..limit)?;
    let title_end = block.get(DASHES.len()..)?.find(DASHES)? + DASHES.len();
    // PGP calls its own a block.
    if !block
        .get(..title_end)?
        .trim_end_matches(" BLOCK")
        .ends_with("PRIVATE KEY")
    {
        return None;
    }
    let end = match block.find(END) {
        Some(end) => {
            let after = end + END.len();
            let close = block.get(after..)?.find(DASHES);
            close.map_or(block.len(), |close| after + close + DASHES.len())
        }
        // A cut block ends with the string it is in.
        None => block.find('"').unwrap_or(block.len()),
    };
    Some(Found::new(word.start..word.start + end, "private_key"))
}

/// The token behind `Bearer` or `Basic`.
fn after_scheme(text: &str, word: &Range<usize>, is_secret: impl Fn(&str) -> bool) -> Option<Found> {
    let bytes = text.as_bytes();
    if bytes.get(word.end) != Some(&b' ') {
        return None;
    }
    let start = word.end + 1;
    let rest = bytes.get(start..)?;
    let length = rest
        .iter()
        .take_while(|byte| is_word(**byte) || b"._~+/=".contains(byte))
        .count();
    let token = text.get(start..start + length)?;
    let token = token.trim_end_matches('.');
    let secret = is_secret(token) && !looks::is_placeholder(token);
    secret.then(|| Found::new(start..start + token.len(), "authorization_token"))
}

/// Whether a word is `user:password` in base64.
pub(super) fn is_basic(word: &str) -> bool {
    let Some(decoded) = decode_base64(word) else {
        return false;
    };
    let text = decoded.iter().all(|byte| (0x20..0x7F).contains(byte));
    word.len() >= 8 && text && decoded.contains(&b':')
}

/// The password of a value that is `user:password` in base64, with the scheme before it or not.
pub fn basic_password(value: &str) -> Option<String> {
    let word = value
        .trim()
        .rsplit(' ')
        .next()
        .filter(|word| word.len() >= 12 && is_basic(word))?;
    let decoded = String::from_utf8(decode_base64(word)?).ok()?;
    decoded.split_once(':').map(|(_, password)| password.to_owned())
}

fn decode_base64(word: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in word.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push(u8::try_from(bits >> held & 0xFF).unwrap_or_default());
        }
    }
    Some(decoded)
}
