//! Which authentication a request takes, as constants in generated code.
//!
//! In: schemes, their parameters, and the sets of them of which any is enough. Out: what [`crate::auth`] looks up the
//! client's credentials by.

/// Which authentication a request takes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Security {
    /// None.
    None,
    /// This one.
    One(AuthSpec),
    /// Any of these sets, of which the first comes first; what becomes of calls without any.
    Any(&'static [&'static [AuthSpec]], Otherwise),
}

impl Security {
    /// Every scheme of every set.
    pub(crate) fn schemes(&self) -> impl Iterator<Item = &AuthSpec> {
        let (one, sets) = match self {
            Self::None => (None, [].as_slice()),
            Self::One(auth) => (Some(auth), [].as_slice()),
            Self::Any(sets, _) => (None, *sets),
        };
        one.into_iter().chain(sets.iter().copied().flatten())
    }
}

/// What becomes of calls that prove nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// They are answered like others.
    Anonymous,
    /// They are refused.
    Refused,
}

/// One scheme of the authentication of a request.
#[derive(Clone, Copy, Debug)]
pub struct AuthSpec {
    /// The scheme.
    pub kind: AuthKind,
    /// The scheme's parameters.
    pub params: &'static [(&'static str, &'static str)],
}

impl AuthSpec {
    /// A scheme and its parameters.
    pub const fn new(kind: AuthKind, params: &'static [(&'static str, &'static str)]) -> Self {
        Self { kind, params }
    }
}

/// A scheme of authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the name of its scheme")]
pub enum AuthKind {
    Bearer,
    Basic,
    ApiKey,
    OAuth2,
    OAuth1,
    Digest,
    Hawk,
    AwsV4,
    EdgeGrid,
    Jwt,
    Asap,
    Ntlm,
}

impl AuthKind {
    /// All schemes.
    pub const ALL: [Self; 12] = [
        Self::Bearer,
        Self::Basic,
        Self::ApiKey,
        Self::OAuth2,
        Self::OAuth1,
        Self::Digest,
        Self::Hawk,
        Self::AwsV4,
        Self::EdgeGrid,
        Self::Jwt,
        Self::Asap,
        Self::Ntlm,
    ];
}
