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
mod schemes;

pub use credential::Credential;
pub use handshake::Handshake;
#[cfg(feature = "oauth2-login")]
pub(crate) use hash::Hash;
#[cfg(feature = "jwt")]
pub(crate) use jwt::signed as sign_jwt;

use crate::{
    spec::{AuthSpec, Otherwise, Security, Spec},
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

/// Remembers that nobody said who calls, unless the caller gave the header that would.
fn note_gap(auth: &AuthSpec, params: &Params, resolver: &mut Resolver<'_>, draft: &Draft<'_>) {
    let is_given = |header: &Header| header.source == HeaderSource::Caller && header.is(params.text("key"));
    if params.lacks(auth.kind) && !draft.headers.iter().any(is_given) {
        let method = auth.kind.method();
        resolver.add_gap(Gap::Credential { method });
    }
}

/// Remembers what must not be shown of the credentials that this request is sent without, of every alternative.
pub(crate) fn note_secrets(
    spec: &Spec,
    settings: &Settings<'_>,
    mode: Mode,
    resolver: &mut Resolver<'_>,
) -> Result<(), BuildError> {
    for auth in spec.security.schemes() {
        Params::resolve(auth, settings, mode, resolver)?;
    }
    Ok(())
}

/// Adds the proof that the request asks for, if there is what it takes.
pub(crate) fn apply(
    spec: &Spec,
    settings: &Settings<'_>,
    mode: Mode,
    handshake: &Handshake,
    resolver: &mut Resolver<'_>,
    draft: &mut Draft<'_>,
) -> Result<(), BuildError> {
    for auth in chosen(&spec.security, settings, mode, handshake, resolver)? {
        let params = Params::resolve(auth, settings, mode, resolver)?;
        note_gap(auth, &params, resolver, draft);
        let cx = Cx {
            params,
            settings,
            handshake,
            mode,
        };
        let scheme = auth.kind.scheme();
        let feature = || {
            format!(
                "enable the feature `{}` of letterpress-runtime",
                auth.kind.feature().unwrap_or_default()
            )
        };
        let apply = scheme.apply.ok_or_else(|| missing(scheme.title, &feature()))?;
        apply(&cx, draft)?;
    }
    Ok(())
}

/// The schemes that this request is proved by: of several alternatives the first whose credentials there are (of one
/// that the server asked for, if there is), else none if that is accepted, else the first, which is then sent without.
fn chosen<'s>(
    security: &'s Security,
    settings: &Settings<'_>,
    mode: Mode,
    handshake: &Handshake,
    resolver: &Resolver<'_>,
) -> Result<&'s [AuthSpec], BuildError> {
    let (sets, otherwise) = match security {
        Security::None => return Ok(&[]),
        Security::One(auth) => return Ok(std::slice::from_ref(auth)),
        Security::Any(sets, otherwise) => (*sets, *otherwise),
    };
    let mut usable = Vec::new();
    for set in sets {
        if is_usable(set, settings, mode, resolver)? {
            usable.push(*set);
        }
    }
    let is_asked_for = |set: &&&[AuthSpec]| set.iter().any(|auth| handshake.is_of(auth.kind));
    let usable = usable.iter().find(is_asked_for).or(usable.first());
    Ok(match (usable, otherwise) {
        (Some(set), _) => set,
        (None, Otherwise::Anonymous) => &[],
        (None, Otherwise::Refused) => sets.first().copied().unwrap_or_default(),
    })
}

/// Whether there is a credential for each of these schemes. What is made up to see that is not part of the request.
fn is_usable(
    set: &[AuthSpec],
    settings: &Settings<'_>,
    mode: Mode,
    resolver: &Resolver<'_>,
) -> Result<bool, BuildError> {
    for auth in set {
        let params = Params::resolve(auth, settings, mode, &mut resolver.aside())?;
        if params.lacks(auth.kind) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
