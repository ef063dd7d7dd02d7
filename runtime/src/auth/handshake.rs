//! What a server asked for in the answers to one call: the state of schemes that answer a challenge.
//!
//! In: status and `WWW-Authenticate` of each answer. Out: whether to build and send the request again, and for the
//! scheme, what was asked. A call starts with `Handshake::default()`.

use crate::spec::{AuthKind, AuthSpec, Spec};

/// The state of a challenge and its answer, for one call.
#[derive(Clone, Debug, Default)]
pub struct Handshake {
    /// The scheme that the server asked for.
    kind: Option<AuthKind>,
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
        if status != 401 && status != 403 {
            return false;
        }
        let asked: Vec<&str> = www_authenticate.into_iter().collect();
        for auth in spec.security.schemes() {
            let is_on = !has(auth, "disableRetryRequest") && self.kind.is_none_or(|kind| kind == auth.kind);
            let challenge = auth.kind.scheme().challenge.filter(|_| is_on);
            if let Some(challenge) = challenge.and_then(|read| read(auth, &asked, self.challenges.len())) {
                self.kind = Some(auth.kind);
                self.challenges.push(challenge.to_owned());
                return true;
            }
        }
        false
    }

    /// Whether the server asked for this scheme.
    pub(crate) fn is_of(&self, kind: AuthKind) -> bool {
        self.kind == Some(kind)
    }

    /// The challenges so far, the first first.
    pub(crate) fn challenges(&self) -> &[String] {
        &self.challenges
    }
}

/// Whether the collection says something of a parameter.
fn has(auth: &AuthSpec, name: &str) -> bool {
    let found = auth.params.iter().find(|(other, _)| *other == name);
    found.is_some_and(|(_, value)| !value.is_empty())
}

/// The challenge of the collection's algorithm, else the first; one is answered. None where the collection names all that it asks for.
pub(super) fn digest<'a>(auth: &AuthSpec, asked: &[&'a str], round: usize) -> Option<&'a str> {
    if round > 0 {
        return None;
    }
    let lower = |challenge: &str| challenge.to_ascii_lowercase();
    let mut challenges = asked
        .iter()
        .copied()
        .filter(|challenge| lower(challenge).contains("digest "));
    let wanted = auth.params.iter().find(|(name, _)| *name == "algorithm");
    let wanted = wanted.map_or_else(String::new, |(_, algorithm)| lower(algorithm));
    let is_wanted = |challenge: &&str| match lower(challenge) {
        text if text.contains("algorithm=") => text.contains(&format!("algorithm={wanted}")),
        _ => wanted == "md5",
    };
    let challenge = challenges
        .clone()
        .find(|challenge| !wanted.is_empty() && is_wanted(challenge));
    let challenge = challenge.or_else(|| challenges.next())?;
    let text = lower(challenge);
    let asks = |name: &str| text.contains(&format!("{name}=\""));
    let is_known = |name: &&str| has(auth, name);
    let mut needed = vec!["nonce", "realm"];
    needed.extend(["opaque", "qop"].iter().copied().filter(|name| asks(name)));
    if asks("qop") || has(auth, "qop") {
        needed.extend(["clientNonce", "nonceCount"]);
    }
    (!needed.iter().all(is_known)).then_some(challenge)
}

/// First that the server speaks NTLM, then its challenge; no third.
pub(super) fn ntlm<'a>(_: &AuthSpec, asked: &[&'a str], round: usize) -> Option<&'a str> {
    match round {
        0 => asked.iter().copied().find(|challenge| {
            let lower = challenge.to_ascii_lowercase();
            lower.contains("ntlm") || lower == "negotiate"
        }),
        1 => asked
            .iter()
            .copied()
            .find(|challenge| challenge.starts_with("NTLM ")),
        _ => None,
    }
}
