//! How an operation proves who calls it.

use super::{Place, Template};

/// A scheme of authentication; the parameters it knows are those of `postman-wire.md` §8.
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

/// The authentication of one operation, inheritance already resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthUse {
    /// The scheme.
    pub kind: AuthKind,
    /// The scheme's parameters by name, in document order, the last of equal names only.
    /// A literal secret has been removed; `{{variables}}` stay.
    pub params: Vec<(String, Template)>,
    /// Where it was written (the item, or the folder or collection it is inherited from).
    pub place: Place,
}

/// A kind of credential that a client can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The scheme it is for.
    pub kind: AuthKind,
    /// Where the scheme is first used.
    pub place: Place,
}
