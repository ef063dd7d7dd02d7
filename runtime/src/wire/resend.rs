//! What the sends of one call have in common, and what makes one differ from the one before.
//!
//! In: what was made up for the first send, what the server asked for, where it led. Out: for the next send, the same
//! dynamic variables and the same boundary; signatures and nonces are made anew. What is for the first origin alone
//! stays there: see [`may_cross`].

use super::{Address, Body, BuildError, Built, Header, HeaderSource, Piece, Secret, headers};
use crate::auth::Handshake;
use crate::file::FileSource;
use crate::promised::promises_secret;
use crate::redact;
use crate::redirect::Hop;

/// The state of one call between its sends.
#[derive(Debug, Default)]
pub(crate) struct Resend {
    /// What the server asked for.
    pub(crate) handshake: Handshake,
    /// What was made up so far.
    pub(super) made: Made,
    /// Which tokens of sources the request holds, or would, were they there.
    pub(crate) asked: Box<[usize]>,
    /// Where it led.
    pub(crate) onward: Option<Box<Onward>>,
}

impl Resend {
    /// Starts as at first, but with what was made up then.
    pub(crate) fn again(&mut self) {
        self.handshake = Handshake::default();
        self.onward = None;
    }
}

/// Values of dynamic variables, in the order in which the request asks for them.
#[derive(Debug, Default)]
pub(crate) struct Made {
    values: Vec<(String, String)>,
    at: usize,
}

impl Made {
    /// Starts at the first again.
    pub(super) fn rewind(&mut self) {
        self.at = 0;
    }

    /// The next value of this name: the one that was made for the first send, else a new one.
    pub(super) fn next(&mut self, name: &str, make: impl FnOnce() -> Option<String>) -> Option<String> {
        let rest = self.values.get(self.at..).unwrap_or_default();
        if let Some(found) = rest.iter().position(|(other, _)| other == name) {
            self.at += found + 1;
            return self.values.get(self.at - 1).map(|(_, value)| value.clone());
        }
        let value = make()?;
        self.values.push((name.to_owned(), value.clone()));
        self.at = self.values.len();
        Some(value)
    }
}

/// A redirect that is followed.
#[derive(Debug)]
pub(crate) struct Onward {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) keeps_body: bool,
    /// Whether the origin that credentials were given for was left, now or before.
    pub(crate) is_elsewhere: bool,
    /// The page that led here, to name it.
    pub(crate) referer: Option<String>,
    /// An `Authorization` that the collection's author wants to be sent wherever it leads.
    pub(crate) authorization: Option<Vec<u8>>,
}

impl Onward {
    pub(crate) fn to(hop: Hop, was: Option<&Self>) -> Self {
        Self {
            is_elsewhere: hop.crosses || was.is_some_and(|was| was.is_elsewhere),
            keeps_body: hop.keeps_body && was.is_none_or(|was| was.keeps_body),
            method: hop.method,
            url: hop.url,
            referer: None,
            authorization: None,
        }
    }

    /// Another URL of the same origin, for the same request.
    pub(crate) fn within(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            keeps_body: true,
            is_elsewhere: false,
            referer: None,
            authorization: None,
        }
    }

    /// The address that it leads to, in place of the request's own.
    pub(super) fn address(&self, own: Address) -> Result<Address, BuildError> {
        let mut address = Address::read(&self.url)?;
        if !self.is_elsewhere {
            address.user_info = own.user_info;
        }
        Ok(address)
    }

    /// Takes the body out, with all that is said of it.
    pub(super) fn prune(&self, headers: &mut Vec<Header>, body: &mut Built) {
        if self.keeps_body {
            return;
        }
        *body = Built::default();
        headers.retain(|header| !of_body(header));
    }

    /// The last changes of the header lines.
    pub(super) fn finish(&self, headers: &mut Vec<Header>, secrets: &[Secret]) {
        // What was written for the first host would name the wrong one here.
        headers.retain(|header| !header.is("host"));
        if self.is_elsewhere {
            headers.retain(|header| may_cross(header, secrets));
        }
        if let Some(value) = &self.authorization
            && !headers::has(headers, "authorization")
        {
            headers.push(line("Authorization", value.clone(), HeaderSource::Auth));
        }
        if let Some(referer) = &self.referer {
            headers.retain(|header| !header.is("referer"));
            headers.push(line("Referer", referer.clone().into_bytes(), HeaderSource::Item));
        }
    }
}

fn line(name: &str, value: Vec<u8>, source: HeaderSource) -> Header {
    Header {
        name: name.to_owned(),
        value,
        source,
    }
}

/// Whether a header speaks of the body.
fn of_body(header: &Header) -> bool {
    header
        .name
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("content-"))
        || header.is("transfer-encoding")
        || header.is("expect")
}

/// Headers of HTTP's own that say what is asked for, and not who asks.
const HARMLESS: &[&str] = &[
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "content-encoding",
    "content-language",
    "content-type",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "pragma",
    "range",
    "user-agent",
];

/// Whether a header may be sent to another origin than the one it was given for. What the collection itself says may,
/// unless its name or its value is a secret's. Of what a user gave, only what HTTP itself knows to be harmless: nobody
/// here can tell an `X-Tenant` from a key.
fn may_cross(header: &Header, secrets: &[Secret]) -> bool {
    let is_harmless = HARMLESS.iter().any(|name| header.is(name));
    let is_allowed = match header.source {
        HeaderSource::Auth | HeaderSource::Url => false,
        HeaderSource::Caller | HeaderSource::Given => is_harmless,
        HeaderSource::Item | HeaderSource::Body => is_harmless || !sounds_secret(&header.name),
    };
    is_allowed && !shows(&header.value, secrets)
}

/// Whether a header's name sounds as if its value said who asks.
pub(crate) fn sounds_secret(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "auth",
        "cookie",
        "credential",
        "key",
        "passw",
        "secret",
        "session",
        "signature",
        "token",
    ];
    let lower = name.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word)) || promises_secret(name)
}

/// Whether one of these secrets stands in a text, in any encoding that we know.
pub(crate) fn shows(text: &[u8], secrets: &[Secret]) -> bool {
    if secrets.is_empty() {
        return false;
    }
    let text = String::from_utf8_lossy(text);
    let stands = |secret: &str| {
        let mut starts = text.char_indices();
        starts.any(|(start, _)| {
            text.get(start..)
                .is_some_and(|rest| redact::length_at(rest, secret).is_some())
        })
    };
    secrets.iter().any(|secret| {
        !secret.text.is_empty() && (stands(&secret.text) || stands(&redact::in_json(&secret.text)))
    })
}

/// Whether a body shows one of these secrets. Files in memory are looked at; those of the file system are what somebody chose to send,
/// and a stream is gone.
pub(crate) fn body_shows(body: &Body, secrets: &[Secret]) -> bool {
    match body {
        Body::Empty => false,
        Body::Bytes(bytes) => shows(bytes, secrets),
        Body::Pieces(pieces) => pieces.iter().any(|piece| match piece {
            Piece::Bytes(bytes) => shows(bytes, secrets),
            Piece::File(part) => match part.source() {
                FileSource::Bytes(bytes) => shows(bytes, secrets),
                FileSource::Path(_) | FileSource::Reader(_) => false,
            },
        }),
    }
}
