//! Which names promise a secret value.
//!
//! In: the name of a header, a query or form entry, a JSON member, a variable. Out: how sure it is that a literal
//! value under it is a credential.

/// How sure a name makes it that its value is a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitivity {
    /// Not at all.
    None,
    /// A credential if the value looks made by a machine (`key`, `sig`, `session`).
    Weak,
    /// A credential unless the value is a placeholder (`password`, `access_token`, `Authorization`).
    Strong,
}

/// Endings of names, without case and separators, whose values are credentials.
const STRONG: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "apikey",
    "appkey",
    "appsecret",
    "authkey",
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "encryptionkey",
    "jwt",
    "masterkey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "signingkey",
    "subscriptionkey",
    "token",
];

/// Endings of names that look like the above and are none: a cursor is no credential.
const HARMLESS: &[&str] = &[
    "continuationtoken",
    "cursortoken",
    "idempotencykey",
    "lastkey",
    "nextkey",
    "nexttoken",
    "pagetoken",
    "paginationtoken",
    "postmantoken",
    "publickey",
    "startingtoken",
    "startkey",
    "synctoken",
];

/// Whole names, without case and separators, whose values are credentials if they look like it.
const WEAK: &[&str] = &[
    "auth",
    "bearer",
    "code",
    "hash",
    "otp",
    "pin",
    "session",
    "sid",
    "sig",
    "signature",
    "userkey",
    "xamzcredential",
    "xamzsignature",
];

/// How sure this name makes it that its value is a credential.
pub fn of_name(name: &str) -> Sensitivity {
    if name.len() > 100 {
        return Sensitivity::None;
    }
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    if HARMLESS.iter().any(|ending| name.ends_with(ending)) {
        return Sensitivity::None;
    }
    if name == "pass" || STRONG.iter().any(|ending| name.ends_with(ending)) {
        return Sensitivity::Strong;
    }
    if WEAK.contains(&name.as_str()) || name.ends_with("key") || name.ends_with("sessionid") {
        return Sensitivity::Weak;
    }
    Sensitivity::None
}

/// Whether a value stands for a credential without being one: empty, `<token>`, `string`, `YOUR_API_KEY`, `***`.
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let lower = value.to_ascii_lowercase();
    let enclosed = [('<', '>'), ('[', ']'), ('{', '}'), ('%', '%')]
        .iter()
        .any(|(open, close)| value.starts_with(*open) && value.ends_with(*close));
    let one_character = value.chars().all(|character| "*.x-_X0•…".contains(character));
    let of_shell = value.starts_with('$');
    enclosed || of_shell || one_character || is_placeholder_word(&lower)
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

/// Whether a value looks made by a machine: long, of one piece, letters and digits mixed.
pub fn looks_random(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    value.len() >= 16 && digits >= 2 && letters >= 2 && !value.contains(char::is_whitespace)
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

/// A name in snake case: `X-Api-Key`, `apiKey` → `x_api_key`, `api_key`.
pub fn label(name: &str) -> String {
    let mut snake = String::new();
    let mut after_lower = false;
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            if after_lower && character.is_ascii_uppercase() {
                snake.push('_');
            }
            snake.push(character.to_ascii_lowercase());
        } else if !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        after_lower = character.is_ascii_lowercase() || character.is_ascii_digit();
    }
    let snake = snake.trim_matches('_');
    if snake.is_empty() {
        "credential".to_owned()
    } else {
        snake.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for name in [
            "Authorization",
            "x-api-key",
            "accessToken",
            "client_secret",
            "AWS_ACCESS_KEY_ID",
            "X-Auth-Token",
        ] {
            assert_eq!(of_name(name), Sensitivity::Strong, "{name}");
        }
        for name in [
            "tokenUrl",
            "nextPageToken",
            "Idempotency-Key",
            "max_tokens",
            "password_policy",
            "passenger",
        ] {
            assert_eq!(of_name(name), Sensitivity::None, "{name}");
        }
        assert_eq!(of_name("key"), Sensitivity::Weak);
    }

    #[test]
    fn placeholders_are_no_credentials() {
        for value in [
            "",
            "<token>",
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
}
