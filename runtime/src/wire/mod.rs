//! Makes the request that Postman would send of a [`Spec`] and of what a caller gave.
//!
//! In: the collection's text (trusted: put together and substituted textually, as Postman does) and the caller's
//! values (data: encoded or escaped for the place they land in, or refused, and never read for `{{variables}}`).
//! Out: [`Parts`], which say method, URL, header lines and body to the byte. Nothing is sent here, no file is read,
//! and nothing is known of the answer but what a challenge asks for ([`Handshake`]).

pub mod error;
pub mod parts;
pub mod settings;
pub mod values;

pub use error::BuildError;
pub use parts::{Body, Header, HeaderSource, Parts, Piece};
pub use settings::{Clock, Entropy, Settings, SystemClock, SystemEntropy};
pub use values::{FormEntry, FormValue, GivenBody, Slot, Values};

use crate::{auth::Handshake, spec::Spec};

/// What of the collection's own values is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What the caller gave, and entries that are sent always.
    Normal,
    /// Everything as the collection saved it, but for what the caller gave.
    Saved,
}

/// Makes the request.
///
/// # Errors
///
/// If it cannot be sent, or could not be sent without turning a given value into something else than data.
pub fn build(
    _spec: &Spec,
    _values: &Values,
    _settings: &Settings<'_>,
    _mode: Mode,
    _handshake: &Handshake,
) -> Result<Parts, BuildError> {
    Err(BuildError::EmptyUrl)
}
