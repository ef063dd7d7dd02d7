//! Whether a literal under a name would be a credential.
//!
//! In: a name and where it stands. Out: a verdict. The rules are words of the names and none of the generator's, so that
//! both would have to be wrong in the same way; where people could argue, nothing is claimed.

/// What a text is, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A credential.
    Credential,
    /// Anything else.
    Ordinary,
    /// People could argue.
    Open,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// In a header, a query, a form, a list of variables.
    Entry,
    /// In a body.
    Body,
}

/// What pages, pushes and forms are told apart by.
const HARMLESS: &[&str] = &[
    "csrf",
    "xsrf",
    "page",
    "next",
    "continuation",
    "cursor",
    "sync",
    "pagination",
    "idempotency",
    "public",
    "skip",
    "delta",
    "resume",
    "cancel",
    "verification",
    "postman",
    "start",
    "starting",
];

/// Endings of names, without separators, whose values are credentials.
const ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "authorization",
    "cookie",
    "subscriptionkey",
    "signingkey",
    "encryptionkey",
    "authkey",
    "appkey",
];

/// Last words of names of which some are.
const ARGUABLE: &[&str] = &[
    "key",
    "keys",
    "auth",
    "authentication",
    "session",
    "sid",
    "sig",
    "signature",
    "code",
    "otp",
    "pin",
    "pass",
    "credential",
    "credentials",
    "jwt",
    "bearer",
    "jsessionid",
    "phpsessid",
    "passcode",
    "webhook",
    "hook",
];

/// The verdict on what stands under a name.
pub(super) fn judge(name: &str, site: Site) -> Verdict {
    let words = words(name);
    let squeezed = words.concat();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let last = words.last().map(String::as_str).unwrap_or_default();
    // A token of a request may be one that keeps it from being made twice.
    if name.contains("{{") || squeezed.ends_with("requesttoken") {
        return Verdict::Open;
    }
    if has(HARMLESS) {
        return if last == "token" || last == "key" {
            Verdict::Ordinary
        } else {
            Verdict::Open
        };
    }
    if ENDINGS.iter().any(|ending| squeezed.ends_with(ending)) {
        return Verdict::Credential;
    }
    let sure = ["key", "auth", "authentication"];
    if site == Site::Entry
        && sure.contains(&last)
        && !has(&["sort", "primary", "partition", "object", "cache", "last"])
    {
        return Verdict::Credential;
    }
    if ARGUABLE.contains(&last) || squeezed.ends_with("accesskeyid") || squeezed.ends_with("key") {
        return Verdict::Open;
    }
    Verdict::Ordinary
}

/// Whether a parameter of a scheme of Postman's is secret.
pub(super) fn is_secret_parameter(scheme: &str, name: &str) -> bool {
    let names: &[&str] = match scheme {
        "bearer" => &["token"],
        "basic" | "digest" | "ntlm" => &["password"],
        "apikey" => &["value"],
        "oauth2" => &["accessToken", "clientSecret", "password"],
        "oauth1" => &["consumerSecret", "token", "tokenSecret", "privateKey"],
        "hawk" => &["authKey"],
        "awsv4" => &["accessKey", "secretKey", "sessionToken"],
        "edgegrid" => &["accessToken", "clientToken", "clientSecret"],
        "jwt" => &["secret", "privateKey"],
        "asap" => &["privateKey"],
        _ => &[],
    };
    names.contains(&name)
}

/// The words of a name: `X-Api-Key`, `apiKey`, `APIKey` are `api`, `key`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let characters: Vec<char> = name.chars().collect();
    let mut word = String::new();
    for (index, character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| characters.get(index));
        let next = characters.get(index + 1);
        let hump = character.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
                || before.is_some_and(|before| before.is_uppercase())
                    && next.is_some_and(|next| next.is_lowercase()));
        if !character.is_alphanumeric() || hump {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_of_words() {
        for (name, verdict) in [
            ("X-Api-Key", Verdict::Credential),
            ("accessToken", Verdict::Credential),
            ("DBPassword", Verdict::Credential),
            ("nextPageToken", Verdict::Ordinary),
            ("tokenType", Verdict::Ordinary),
            ("sessionId", Verdict::Ordinary),
            ("signature", Verdict::Open),
            ("title", Verdict::Ordinary),
        ] {
            assert_eq!(judge(name, Site::Entry), verdict, "{name}");
        }
        assert_eq!(judge("key", Site::Body), Verdict::Open);
    }
}
