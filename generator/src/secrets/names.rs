//! Which names promise a secret value.
//!
//! In: the name of a header, a query or form entry, a JSON member, a variable. Out: how sure it is that a literal
//! value under it is a credential. Names are judged by the words in them, never by whose API they are of.

use std::borrow::Cow;

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

/// Words that names may end in. Nearly all names end in none, and their last two letters tell it: to compare each name with
/// each word was a twentieth of all work on a large collection.
struct Endings {
    words: &'static [&'static str],
    /// For each last letter, a bit for each letter that stands before it.
    last_two: [u32; 26],
}

impl Endings {
    const fn new(words: &'static [&'static str]) -> Self {
        let mut last_two = [0; 26];
        let mut at = 0;
        while at < words.len() {
            if let [.., before, last] = words[at].as_bytes() {
                last_two[(*last - b'a') as usize] |= 1 << (*before - b'a');
            }
            at += 1;
        }
        Self { words, last_two }
    }

    fn end(&self, name: &str) -> bool {
        let [.., before @ b'a'..=b'z', last @ b'a'..=b'z'] = name.as_bytes() else {
            return false;
        };
        let known = self.last_two.get(usize::from(last - b'a'));
        known.is_some_and(|known| known & 1 << (before - b'a') != 0)
            && self.words.iter().any(|word| name.ends_with(word))
    }
}

/// Endings of names, without case and separators, whose values are credentials.
const STRONG: Endings = Endings::new(&[
    "accesskey",
    "accesskeyid",
    "accountkey",
    "apikey",
    "appkey",
    "applicationkey",
    "authkey",
    "authorization",
    "cookie",
    "credential",
    "credentials",
    "encryptionkey",
    "hmackey",
    "jwt",
    "kennwort",
    "masterkey",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "privatekey",
    "pwd",
    "secret",
    "secretkey",
    "securitykey",
    "senha",
    "sharedkey",
    "signingkey",
    "subscriptionkey",
    "token",
]);

/// Endings of names that look like the above and are none: a cursor is no credential, nor is what keeps a call from
/// being made twice, or by another page.
const HARMLESS: Endings = Endings::new(&[
    "cachekey",
    "cancellationtoken",
    "canceltoken",
    "changetoken",
    "clientrequesttoken",
    "continuationtoken",
    "csrf",
    "csrftoken",
    "cursortoken",
    "deltatoken",
    "idempotencykey",
    "lastkey",
    "nextkey",
    "nexttoken",
    "objectkey",
    "pagetoken",
    "paginationtoken",
    "partitionkey",
    "postmantoken",
    "primarykey",
    "publickey",
    "requestverificationtoken",
    "resumetoken",
    "skiptoken",
    "sortkey",
    "startingtoken",
    "startkey",
    "synctoken",
    "xsrf",
    "xsrftoken",
]);

/// Whole names, without case and separators, whose values are credentials if they look like it.
const WEAK: &[&str] = &[
    "auth",
    "authentication",
    "bearer",
    "jsessionid",
    "otp",
    "phpsessid",
    "pin",
    "session",
    "userkey",
    "xamzcredential",
    "xauth",
    "xauthentication",
];

/// The same, for entries of headers, queries and forms only: a member of JSON that is called so tells one thing from
/// others.
const WEAK_ENTRIES: &[&str] = &["code", "sid", "sig"];

/// Endings of names of entries, in the same manner.
const WEAK_ENDINGS: Endings = Endings::new(&["auth", "authentication", "key", "signature"]);

/// What a key in JSON must be called to be one that opens anything.
const WEAK_KEYS: Endings = Endings::new(&[
    "adminkey",
    "clientkey",
    "consumerkey",
    "developerkey",
    "integrationkey",
    "licensekey",
    "merchantkey",
    "partnerkey",
    "serverkey",
    "servicekey",
    "sessionkey",
    "userkey",
]);

/// Names that are as often those of things: `"token": "USDC"`.
const OF_THINGS: &[&str] = &["authorization", "credential", "credentials", "token"];

/// How sure this name of a header, a query or form entry, or a variable makes it that its value is a credential.
pub fn of_name(name: &str) -> Sensitivity {
    let Some(name) = squeezed(name) else {
        return Sensitivity::None;
    };
    match of_squeezed(&name) {
        Sensitivity::None
            if WEAK_ENTRIES.contains(&&*name) || WEAK_ENDINGS.end(&name) && !HARMLESS.end(&name) =>
        {
            Sensitivity::Weak
        }
        known => known,
    }
}

/// The same for the name of a member of JSON, of an element, of a thing in prose.
pub(super) fn of_member(name: &str) -> Sensitivity {
    let Some(name) = squeezed(name) else {
        return Sensitivity::None;
    };
    match of_squeezed(&name) {
        Sensitivity::None if name == "key" || WEAK_KEYS.end(&name) => Sensitivity::Weak,
        known => known,
    }
}

/// Whether values under this name, which promises a credential, may be names of things.
pub(super) fn is_of_things(name: &str) -> bool {
    squeezed(name).is_some_and(|name| OF_THINGS.contains(&&*name))
}

/// Whether a password is chosen by people: then it may be any word.
pub(super) fn is_chosen(name: &str) -> bool {
    const CHOSEN: &[&str] = &[
        "password",
        "passwd",
        "pwd",
        "pass",
        "passphrase",
        "passcode",
        "passwort",
        "kennwort",
        "senha",
    ];
    squeezed(name).is_some_and(|name| CHOSEN.iter().any(|ending| name.ends_with(ending)))
}

fn of_squeezed(name: &str) -> Sensitivity {
    if HARMLESS.end(name) {
        Sensitivity::None
    } else if name == "pass" || STRONG.end(name) {
        Sensitivity::Strong
    } else if WEAK.contains(&name) {
        Sensitivity::Weak
    } else {
        Sensitivity::None
    }
}

/// A name without case and separators; `None` if it is too long for one.
fn squeezed(name: &str) -> Option<Cow<'_, str>> {
    const LONGEST: usize = 100;
    if name.len() > LONGEST {
        return None;
    }
    let is_squeezed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    if name.bytes().all(is_squeezed) {
        return Some(Cow::Borrowed(name));
    }
    let characters = name.chars().filter(char::is_ascii_alphanumeric);
    Some(
        characters
            .map(|character| character.to_ascii_lowercase())
            .collect(),
    )
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
            "Api-Token",
            "Ocp-Apim-Subscription-Key",
            "X-Shopify-Access-Token",
            "DD-APPLICATION-KEY",
        ] {
            assert_eq!(of_name(name), Sensitivity::Strong, "{name}");
        }
        for name in ["key", "X-Auth", "Authentication", "X-Acme-Key", "X-Hub-Signature"] {
            assert_eq!(of_name(name), Sensitivity::Weak, "{name}");
        }
        for name in [
            "tokenUrl",
            "nextPageToken",
            "Idempotency-Key",
            "max_tokens",
            "password_policy",
            "passenger",
            "sessionId",
            "tokenId",
            "keyId",
            "publicKey",
            "csrf",
            "X-CSRF-Token",
        ] {
            assert_eq!(of_name(name), Sensitivity::None, "{name}");
        }
        for name in ["issueKey", "s3_key", "sid", "signature", "hash", "code"] {
            assert_eq!(of_member(name), Sensitivity::None, "{name}");
        }
    }
}
