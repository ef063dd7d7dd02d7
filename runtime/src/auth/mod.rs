//! How a request proves who calls: the schemes of Postman, each in a file of its own.
//!
//! In: a finished request but for its proof, the scheme's parameters (the collection's, overlaid by the client's
//! [`Credential`]), the clock and chance. Out: the header, query entry or body entry that the scheme adds, and
//! for schemes that answer a challenge, what to send the second time ([`Handshake`]).

pub mod credential;
pub mod handshake;

mod api_key;
mod basic;
mod bearer;
mod oauth2;
mod params;

pub use credential::Credential;
pub use handshake::Handshake;

use crate::{
    spec::{AuthKind, Spec},
    wire::{Address, BuildError, Built, Header, HeaderSource, Mode, Resolver, Settings},
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
    /// Removes headers of this name.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers.retain(|header| !header.is(name));
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
    let cx = Cx {
        params: Params::resolve(&auth, settings, mode, resolver)?,
        settings,
        handshake,
    };
    match auth.kind {
        AuthKind::Bearer => bearer::apply(&cx, draft),
        AuthKind::Basic => basic::apply(&cx, draft, mode),
        AuthKind::ApiKey => api_key::apply(&cx, draft),
        AuthKind::OAuth2 => oauth2::apply(&cx, draft),
        AuthKind::OAuth1
        | AuthKind::Digest
        | AuthKind::Hawk
        | AuthKind::AwsV4
        | AuthKind::EdgeGrid
        | AuthKind::Jwt
        | AuthKind::Asap
        | AuthKind::Ntlm => Ok(()),
    }
}
