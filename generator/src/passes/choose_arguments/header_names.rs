//! What the name of a header, and a saved value under it, say of who decides about it.
//!
//! In: a name, or a value. Out: rows of tables. Names are those of HTTP (RFC 9110 and the registry of fields) and the
//! words that APIs make theirs of; no vendor's name stands here.

/// What a header is for, by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Makes repeating a call harmless: a fresh value for each call.
    Idempotency,
    /// Says who calls, when, from where or which call it is, or is a condition or a part of this call.
    Call,
    /// Says something of the message itself, which the sender of it knows best.
    Transport,
    /// Says how the API is spoken to: the same whoever calls.
    Protocol,
    /// Probably says who calls or what it is about: not where all operations say the same.
    Caller,
    /// Not known.
    Other,
}

/// Whole names in lower case.
const NAMES: &[(Purpose, &[&str])] = &[
    (
        Purpose::Transport,
        &[
            "connection",
            "content-length",
            "keep-alive",
            "transfer-encoding",
            "postman-token",
        ],
    ),
    (
        Purpose::Call,
        &[
            "baggage",
            "content-md5",
            "content-digest",
            "cookie",
            "date",
            "digest",
            "etag",
            "forwarded",
            "from",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "last-modified",
            "origin",
            "range",
            "referer",
            "repr-digest",
            "signature",
            "signature-input",
            "traceparent",
            "tracestate",
            "user-agent",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-real-ip",
        ],
    ),
    (
        Purpose::Protocol,
        &[
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-type",
            "depth",
            "expect",
            "overwrite",
            "pragma",
            "prefer",
            "soapaction",
            "te",
            "upgrade",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-requested-with",
        ],
    ),
];

/// Words of names, in order of preference.
const WORDS: &[(Purpose, &[&str])] = &[
    (
        Purpose::Idempotency,
        &["idempotency", "idempotent", "idempotence"],
    ),
    (
        Purpose::Call,
        &[
            "correlation",
            "nonce",
            "request-id",
            "requestid",
            "signature",
            "sign",
            "sig",
            "timestamp",
            "trace",
            "traceid",
            "span",
            "transaction",
            "checksum",
            "sha256",
            "md5",
            "hmac",
            "digest",
            "date",
        ],
    ),
    (
        Purpose::Protocol,
        &[
            "version",
            "versions",
            "action",
            "operation",
            "schema",
            "profile",
            "format",
            "target",
        ],
    ),
    (
        Purpose::Caller,
        &[
            "account",
            "customer",
            "device",
            "email",
            "fingerprint",
            "guid",
            "host",
            "id",
            "ids",
            "ip",
            "login",
            "member",
            "merchant",
            "name",
            "number",
            "organization",
            "session",
            "tenant",
            "time",
            "user",
            "username",
            "uuid",
            "workspace",
        ],
    ),
];

/// What a header of this name is for.
pub(super) fn purpose(name: &str) -> Purpose {
    let name = name.trim().to_ascii_lowercase();
    let whole = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    if let Some((purpose, _)) = whole {
        return *purpose;
    }
    let words: Vec<&str> = name
        .split(|character: char| !character.is_ascii_alphanumeric())
        .collect();
    let says = |word: &&str| match word.split_once('-') {
        Some((first, second)) => words.windows(2).any(|pair| pair == [first, second]),
        None => words.contains(word),
    };
    let by_word = WORDS.iter().find(|(_, known)| known.iter().any(says));
    by_word.map_or(Purpose::Other, |(purpose, _)| *purpose)
}

/// Words that tools write where a value belongs: the beginnings of a well-known filler text.
const FILLER: &[&str] = &[
    "adipisicing",
    "aliqua",
    "aliquip",
    "amet",
    "anim",
    "aute",
    "cillum",
    "commodo",
    "consectetur",
    "consequat",
    "culpa",
    "cupidatat",
    "deserunt",
    "dolor",
    "dolore",
    "duis",
    "eiusmod",
    "elit",
    "enim",
    "esse",
    "est",
    "eu",
    "excepteur",
    "exercitation",
    "fugiat",
    "incididunt",
    "ipsum",
    "irure",
    "labore",
    "laboris",
    "laborum",
    "lorem",
    "magna",
    "minim",
    "mollit",
    "nisi",
    "nostrud",
    "nulla",
    "occaecat",
    "officia",
    "pariatur",
    "proident",
    "qui",
    "quis",
    "reprehenderit",
    "sed",
    "sint",
    "sit",
    "sunt",
    "tempor",
    "ullamco",
    "ut",
    "velit",
    "veniam",
    "voluptate",
];

/// Whether a text is the filler that tools make samples of: all of its words are.
pub(super) fn is_filler(value: &str) -> bool {
    let mut words = value
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    let short = ["ad", "ea", "ex", "et", "id", "in", "do", "non", "cum"];
    let is_one = |word: &str| {
        let word = word.to_ascii_lowercase();
        FILLER.contains(&word.as_str()) || short.contains(&word.as_str())
    };
    let any = words
        .clone()
        .any(|word| FILLER.contains(&word.to_ascii_lowercase().as_str()));
    words.peek().is_some() && any && words.all(is_one)
}

/// Whether a value is a plain word of a protocol, as `no-check`, `true` or `return=minimal` are: nothing in it tells one
/// caller or call from another.
pub(super) fn is_plain(value: &str) -> bool {
    const LONGEST: usize = 40;
    const MOST_DIGITS: usize = 4;
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.=;,/*+ ".contains(character);
    let runs = value.split(|character: char| !character.is_ascii_digit());
    value.len() <= LONGEST
        && !value.is_empty()
        && value.chars().all(is_plain)
        && runs.map(str::len).max().unwrap_or(0) <= MOST_DIGITS
        && value.split(' ').count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_header_is_for() {
        for (name, expected) in [
            ("Idempotency-Key", Purpose::Idempotency),
            ("X-Idempotent-Id", Purpose::Idempotency),
            ("X-Request-ID", Purpose::Call),
            ("x-correlation-id", Purpose::Call),
            ("If-Match", Purpose::Call),
            ("X-Api-Signature", Purpose::Call),
            ("X-Date", Purpose::Call),
            ("Content-Length", Purpose::Transport),
            ("Accept", Purpose::Protocol),
            ("X-Api-Version", Purpose::Protocol),
            ("SOAPAction", Purpose::Protocol),
            ("X-User-Id", Purpose::Caller),
            ("X-Tenant", Purpose::Caller),
            ("X-Feature", Purpose::Other),
        ] {
            assert_eq!(purpose(name), expected, "{name}");
        }
    }

    #[test]
    fn filler_is_told_from_words() {
        for filler in ["Lorem nisi", "consectetur dolor in", "ut"] {
            assert!(is_filler(filler), "{filler}");
        }
        for other in ["no-check", "in", "est. 1990", "", "in id", "true"] {
            assert!(!is_filler(other), "{other}");
        }
    }

    #[test]
    fn plain_values_name_nobody() {
        for plain in ["no-check", "1", "2.0", "return=minimal", "application/json"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in [
            "",
            "ada@example.com",
            "12345678",
            "2024-01-01T00:00:00Z",
            "a b c",
            "{x}",
        ] {
            assert!(!is_plain(other), "{other}");
        }
    }
}
