//! What a server asked for in the answers to one call: the state of schemes that answer a challenge.
//!
//! In: status and `WWW-Authenticate` of each answer. Out: whether to build and send the request again, and for the
//! scheme, what was asked. A call starts with `Handshake::default()`.

use crate::spec::Spec;

/// The state of a challenge and its answer, for one call.
#[derive(Clone, Debug, Default)]
pub struct Handshake {
    challenges: Vec<String>,
}

impl Handshake {
    /// Reads an answer; whether the request must be built and sent again.
    pub fn answered<'a>(
        &mut self,
        _spec: &Spec,
        _status: u16,
        _www_authenticate: impl IntoIterator<Item = &'a str>,
    ) -> bool {
        false
    }
}
