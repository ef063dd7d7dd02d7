//! How a request proves who calls: the schemes of Postman, each in a file of its own.
//!
//! In: a finished request but for its proof, the scheme's parameters (the collection's, overlaid by the client's
//! [`Credential`]), the clock and chance. Out: the header, query entry or body entry that the scheme adds, and
//! for schemes that answer a challenge, what to send the second time ([`Handshake`]).

// Each scheme uses a part of what is here for all of them; with all schemes everything is used.
#![cfg_attr(
    not(all(
        feature = "asap",
        feature = "awsv4",
        feature = "digest",
        feature = "edgegrid",
        feature = "hawk",
        feature = "ntlm",
        feature = "oauth1"
    )),
    allow(dead_code, reason = "used by the schemes of features that are off")
)]

pub mod credential;
pub mod handshake;

mod api_key;
#[cfg(feature = "asap")]
mod asap;
#[cfg(feature = "awsv4")]
mod aws_v4;
mod basic;
mod bearer;
#[cfg(feature = "digest")]
mod digest;
#[cfg(feature = "edgegrid")]
mod edge_grid;
#[cfg(feature = "hashes")]
mod hash;
#[cfg(feature = "hawk")]
mod hawk;
#[cfg(feature = "jwt")]
mod jwt;
#[cfg(any(feature = "jwt", feature = "oauth1"))]
mod keys;
#[cfg(feature = "ntlm")]
mod ntlm;
#[cfg(feature = "oauth1")]
mod oauth1;
mod oauth2;
mod params;

pub use credential::Credential;
pub use handshake::Handshake;

use crate::{
    spec::{AuthKind, Spec},
    wire::{Address, BuildError, Built, Gap, Header, HeaderSource, Mode, Resolver, Settings},
};
use params::Params;

/// A request that is finished but for its proof.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    /// The method.
    pub(crate) method: &'a str,
    /// The URL.
    pub(crate) address: Address,
    /// Header lines so far.
    pub(crate) headers: Vec<Header>,
    /// The body; a pruned one is signed, but not sent.
    pub(crate) body: Built,
    /// Whether the URL is sent as it is written.
    pub(crate) raw_url: bool,
}

impl Draft<'_> {
    /// Removes headers of this name, but for those that the caller gave for this call.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers
            .retain(|header| header.source == HeaderSource::Caller || !header.is(name));
    }

    /// Adds a header line; the value must be Latin-1 without control characters.
    pub(crate) fn add_header(&mut self, name: &str, value: &str) -> Result<(), BuildError> {
        self.headers.push(Header {
            name: name.to_owned(),
            value: crate::wire::header_bytes(name, value)?,
            source: HeaderSource::Auth,
        });
        Ok(())
    }

    /// Replaces `Authorization`.
    pub(crate) fn authorize(&mut self, value: &str) -> Result<(), BuildError> {
        self.remove_header("authorization");
        self.add_header("Authorization", value)
    }
}

/// What a scheme works with.
pub(crate) struct Cx<'a> {
    /// The scheme's parameters.
    pub(crate) params: Params,
    /// Clock and chance.
    pub(crate) settings: &'a Settings<'a>,
    /// What the server asked for so far.
    pub(crate) handshake: &'a Handshake,
    /// What of the collection's own values is sent.
    pub(crate) mode: Mode,
}

impl Cx<'_> {
    /// What cannot be signed is sent without, as in Postman, if it is the saved call; else it is an error.
    pub(crate) fn refuse(&self, scheme: &'static str, why: &str) -> Result<(), BuildError> {
        match self.mode {
            Mode::Saved => Ok(()),
            Mode::Normal => Err(missing(scheme, why)),
        }
    }
}

fn missing(scheme: &'static str, why: &str) -> BuildError {
    let why = why.to_owned();
    BuildError::Auth { scheme, why }
}

/// The method of a generated client's builder for the scheme.
fn setter(kind: AuthKind) -> &'static str {
    match kind {
        // No token is fetched, so that of OAuth 2 is given like any other.
        AuthKind::Bearer | AuthKind::OAuth2 => "bearer_token",
        AuthKind::Basic => "basic_auth",
        AuthKind::ApiKey => "api_key",
        AuthKind::OAuth1 => "oauth1",
        AuthKind::Digest => "digest",
        AuthKind::Hawk => "hawk",
        AuthKind::AwsV4 => "aws_v4",
        AuthKind::EdgeGrid => "edge_grid",
        AuthKind::Jwt => "jwt_secret",
        AuthKind::Asap => "asap",
        AuthKind::Ntlm => "ntlm",
    }
}

/// Remembers that nobody said who calls, unless the caller gave the header that would.
fn note_gap(kind: AuthKind, params: &Params, resolver: &mut Resolver<'_>, draft: &Draft<'_>) {
    let is_given = |header: &Header| header.source == HeaderSource::Caller && header.is(params.text("key"));
    if params.lacks(kind) && !draft.headers.iter().any(is_given) {
        let method = setter(kind);
        resolver.add_gap(Gap::Credential { method });
    }
}

/// Remembers what must not be shown of a credential that this request is sent without.
pub(crate) fn note_secrets(
    spec: &Spec,
    settings: &Settings<'_>,
    mode: Mode,
    resolver: &mut Resolver<'_>,
) -> Result<(), BuildError> {
    match spec.auth {
        Some(auth) => Params::resolve(&auth, settings, mode, resolver).map(drop),
        None => Ok(()),
    }
}

/// Adds the proof that the request's scheme asks for, if there is what it takes.
pub(crate) fn apply(
    spec: &Spec,
    settings: &Settings<'_>,
    mode: Mode,
    handshake: &Handshake,
    resolver: &mut Resolver<'_>,
    draft: &mut Draft<'_>,
) -> Result<(), BuildError> {
    let Some(auth) = spec.auth else { return Ok(()) };
    let params = Params::resolve(&auth, settings, mode, resolver)?;
    note_gap(auth.kind, &params, resolver, draft);
    let cx = Cx {
        params,
        settings,
        handshake,
        mode,
    };
    match auth.kind {
        AuthKind::Bearer => bearer::apply(&cx, draft),
        AuthKind::Basic => basic::apply(&cx, draft),
        AuthKind::ApiKey => api_key::apply(&cx, draft),
        AuthKind::OAuth2 => oauth2::apply(&cx, draft),
        #[cfg(feature = "oauth1")]
        AuthKind::OAuth1 => oauth1::apply(&cx, draft),
        #[cfg(not(feature = "oauth1"))]
        AuthKind::OAuth1 => Err(missing(
            "OAuth 1",
            "enable the feature `oauth1` of letterpress-runtime",
        )),
        #[cfg(feature = "digest")]
        AuthKind::Digest => digest::apply(&cx, draft),
        #[cfg(not(feature = "digest"))]
        AuthKind::Digest => Err(missing(
            "digest",
            "enable the feature `digest` of letterpress-runtime",
        )),
        #[cfg(feature = "hawk")]
        AuthKind::Hawk => hawk::apply(&cx, draft),
        #[cfg(not(feature = "hawk"))]
        AuthKind::Hawk => Err(missing(
            "Hawk",
            "enable the feature `hawk` of letterpress-runtime",
        )),
        #[cfg(feature = "awsv4")]
        AuthKind::AwsV4 => aws_v4::apply(&cx, draft),
        #[cfg(not(feature = "awsv4"))]
        AuthKind::AwsV4 => Err(missing(
            "AWS Signature",
            "enable the feature `awsv4` of letterpress-runtime",
        )),
        #[cfg(feature = "edgegrid")]
        AuthKind::EdgeGrid => edge_grid::apply(&cx, draft),
        #[cfg(not(feature = "edgegrid"))]
        AuthKind::EdgeGrid => Err(missing(
            "EdgeGrid",
            "enable the feature `edgegrid` of letterpress-runtime",
        )),
        #[cfg(feature = "jwt")]
        AuthKind::Jwt => jwt::apply(&cx, draft),
        #[cfg(not(feature = "jwt"))]
        AuthKind::Jwt => Err(missing("JWT", "enable the feature `jwt` of letterpress-runtime")),
        #[cfg(feature = "asap")]
        AuthKind::Asap => asap::apply(&cx, draft),
        #[cfg(not(feature = "asap"))]
        AuthKind::Asap => Err(missing(
            "ASAP",
            "enable the feature `asap` of letterpress-runtime",
        )),
        #[cfg(feature = "ntlm")]
        AuthKind::Ntlm => ntlm::apply(&cx, draft),
        #[cfg(not(feature = "ntlm"))]
        AuthKind::Ntlm => Err(missing(
            "NTLM",
            "enable the feature `ntlm` of letterpress-runtime",
        )),
    }
}
