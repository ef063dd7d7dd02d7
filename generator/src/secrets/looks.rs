//! What a value looks like: a placeholder, a word, something made by a machine.
//!
//! In: a value. Out: what it looks like, which with its name decides whether it is a credential, and alone whether it
//! is known again where nothing says what it is.

/// Whether a value stands for a credential without being one: empty, `<token>`, `string`, `YOUR_API_KEY`, `***`.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let lower = value.to_ascii_lowercase();
    let enclosed = [('<', '>'), ('[', ']'), ('{', '}'), ('%', '%')]
        .iter()
        .any(|(open, close)| value.starts_with(*open) && value.ends_with(*close));
    let escaped = lower.starts_with("&lt;") && lower.ends_with("&gt;");
    let one_character = value.chars().all(|character| "*.x-_X0•…".contains(character));
    let of_shell = value.starts_with('$');
    enclosed || escaped || of_shell || one_character || is_placeholder_word(&lower)
}

fn is_placeholder_word(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "access_token",
        "api_key",
        "apikey",
        "basic",
        "bearer",
        "changeme",
        "false",
        "nil",
        "none",
        "null",
        "optional",
        "password",
        "required",
        "secret",
        "string",
        "text",
        "token",
        "true",
        "undefined",
    ];
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let mine = words
        .clone()
        .any(|word| matches!(word, "your" | "my" | "insert" | "enter" | "replace"));
    let named = words.clone().count() > 1 && mine && !looks_random(lower);
    WORDS.contains(&lower) || named || (lower.starts_with("your") && !looks_random(lower))
}

/// How long a value is at least that looks made by a machine.
pub(super) const SHORTEST_RANDOM: usize = 16;

/// Whether a value looks made by a machine: long, of one piece, letters and digits mixed. Dates and the paths of
/// files are not.
pub fn looks_random(value: &str) -> bool {
    if value.len() < SHORTEST_RANDOM {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let mixed = digits >= 2 && letters >= 2 && !value.contains(char::is_whitespace);
    mixed && !is_path(value) && !is_date(value)
}

/// `images/2024/07/cat.png`.
fn is_path(value: &str) -> bool {
    let end = value.rsplit('/').next().unwrap_or_default();
    let extension = end.rsplit_once('.').map(|(_, extension)| extension);
    value.contains('/') && extension.is_some_and(|extension| matches!(extension.len(), 1..=5))
}

/// `2024-07-01T12:00:00Z`.
fn is_date(value: &str) -> bool {
    let date = value.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        date.get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    digits(0..4) && date.get(4) == Some(&b'-') && digits(5..7) && date.get(7) == Some(&b'-') && digits(8..10)
}

/// Letters and digits mixed, of a password's length.
pub(super) fn looks_chosen(value: &str) -> bool {
    let has = |wanted: fn(&u8) -> bool| value.bytes().any(|byte| wanted(&byte));
    value.len() >= 6 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// Whether a value could be the name of a thing as well: a word, a short number, an address on a blockchain.
pub(super) fn is_name_of_thing(value: &str) -> bool {
    let word = value.len() < 16 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
    let number = value.len() < 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    let hex = value.strip_prefix("0x").filter(|hex| hex.len() == 40);
    word || number || hex.is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a value is a UUID: `5d1f9b2e-0a1b-4c3d-8e9f-001122334455`.
pub fn is_uuid(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let hex = |part: &&str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    lengths == [8, 4, 4, 4, 12] && parts.iter().all(hex)
}

/// Whether a value that was a credential somewhere can be nothing else elsewhere. What people or tools write in many
/// places (`admin`, `Password123`, `123456`, a date, an address) tells nothing; what nobody writes twice by chance does.
pub(super) fn is_telling(value: &str) -> bool {
    const SHORTEST: usize = 8;
    const LONG: usize = 20;
    if value.len() < SHORTEST || value.contains("://") || is_placeholder(value) || is_date(value) {
        return false;
    }
    if value.contains("PRIVATE KEY") {
        return true;
    }
    if value.contains(char::is_whitespace) || is_of_known_words(value) {
        return false;
    }
    let distinct = value.bytes().collect::<std::collections::BTreeSet<_>>().len();
    // A letter beside a digit, a capital behind a small letter: often in what is made, seldom in what is named.
    let changes = value
        .as_bytes()
        .windows(2)
        .filter(|pair| matches!(pair, [first, second] if changes(*first, *second)));
    let made = changes.count() * 5 >= value.len() && distinct >= 6;
    made || value.len() >= LONG && distinct >= 8
}

fn changes(first: u8, second: u8) -> bool {
    first.is_ascii_alphabetic() != second.is_ascii_alphabetic()
        && first.is_ascii_alphanumeric()
        && second.is_ascii_alphanumeric()
        || first.is_ascii_lowercase() && second.is_ascii_uppercase()
}

/// Words that examples of credentials are made of.
const EXAMPLES: &str = "abc access account admin api app auth basic bearer cafe change client code credential demo dev dummy \
    email example fake foo bar goes grant guest hello here id io is jwt key live local login me my name \
    new of old passwd password pass postman private prod public qwerty refresh root sample sandbox secret \
    session some staging string super test the this token type user value welcome with world xyz your";

/// Whether a value is made of words that examples of credentials are made of, and of numbers: `test-token-123`.
fn is_of_known_words(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let word = EXAMPLES
            .split(' ')
            .filter(|word| rest.starts_with(*word))
            .max_by_key(|word| word.len());
        let length = match word {
            Some(word) => word.len(),
            None if !first.is_ascii_alphabetic() => first.len_utf8(),
            None => return false,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    true
}

/// What follows the scheme in the value of a header: `abc` of `Bearer abc`.
pub(super) fn without_scheme(value: &str) -> &str {
    let value = value.trim();
    let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
    let known = ["basic", "bearer", "token", "apikey", "jwt", "oauth", "digest"];
    if known.contains(&scheme.to_ascii_lowercase().as_str()) {
        rest
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_credentials() {
        for value in [
            "",
            "<token>",
            "&lt;token&gt;",
            "{{token}}",
            "string",
            "YOUR_API_KEY",
            "your-token-here",
            "***",
            "xxxx",
            "[API key]",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["hunter2", "s3cr3t", "correct-horse", "AKIAIOSFODNN7EXAMPLE", "my"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn only_what_nobody_writes_by_chance_is_known_again() {
        for value in [
            "admin",
            "test",
            "password",
            "123456",
            "123456789",
            "Password123",
            "test-token-2024",
            "my_access_token_123456",
            "2024-07-01T12:00:00Z",
            "https://a.io/x8Kq2Zt6Lw93",
            "{{token}}",
            "application/json",
            "the quick brown fox 12",
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert!(!is_telling(value), "{value}");
        }
        for value in [
            "Zt8mQ4sameWX2pL9vK7rT",
            "8f14e45fceea167a5a36dedd4bea2543",
            "5d1f9b2e-0a1b-4c3d-8e9f-001122334455",
            "correct-horse-battery-staple",
            "x8Kq2Zt6",
            "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        ] {
            assert!(is_telling(value), "{value}");
        }
    }

    #[test]
    fn dates_and_paths_are_not_made_by_machines() {
        for value in [
            "2024-07-01T12:00:00Z",
            "images/2024/07/cat-12.png",
            "short1",
            "a sentence of 12 words",
        ] {
            assert!(!looks_random(value), "{value}");
        }
        assert!(looks_random("8f14e45fceea167a5a36"));
    }
}
