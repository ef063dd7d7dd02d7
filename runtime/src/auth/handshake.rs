//! What a server asked for in the answers to one call: the state of schemes that answer a challenge.
//!
//! In: status and `WWW-Authenticate` of each answer. Out: whether to build and send the request again, and for the
//! scheme, what was asked. A call starts with `Handshake::default()`.

use crate::spec::{AuthKind, Spec};

/// The state of a challenge and its answer, for one call.
#[derive(Clone, Debug, Default)]
pub struct Handshake {
    challenges: Vec<String>,
}

impl Handshake {
    /// Reads an answer; whether the request must be built and sent again.
    pub fn answered<'a>(
        &mut self,
        spec: &Spec,
        status: u16,
        www_authenticate: impl IntoIterator<Item = &'a str>,
    ) -> bool {
        let Some(kind) = spec.auth.map(|auth| auth.kind) else {
            return false;
        };
        if status != 401 && status != 403 {
            return false;
        }
        let (rounds, wanted) = match kind {
            AuthKind::Digest => (1, "digest "),
            AuthKind::Ntlm => (2, "ntlm"),
            _ => return false,
        };
        if self.challenges.len() >= rounds {
            return false;
        }
        let is_wanted = |challenge: &&str| challenge.to_ascii_lowercase().contains(wanted);
        match www_authenticate.into_iter().find(is_wanted) {
            Some(challenge) => {
                self.challenges.push(challenge.to_owned());
                true
            }
            None => false,
        }
    }

    /// The challenges so far, the first first.
    pub(crate) fn challenges(&self) -> &[String] {
        &self.challenges
    }
}
