//! The schemes of authentication, each a row of one table: what the runtime knows of one beside how it proves who calls.
//!
//! In: a scheme. Out: its row. A new scheme is a variant of [`AuthKind`], a row here and a function in a file of its own;
//! the generator has a row for it too (`ir/schemes.rs`), and a test compares the two tables.

use super::{Cx, Draft, api_key, basic, bearer, handshake, oauth2};
use crate::spec::{AuthKind, AuthSpec};
use crate::wire::BuildError;

/// Adds the proof to a request.
pub(crate) type Apply = fn(&Cx<'_>, &mut Draft<'_>) -> Result<(), BuildError>;

/// What of the challenges in an answer is to be answered, in this round.
pub(crate) type Challenge = for<'a> fn(&AuthSpec, &[&'a str], usize) -> Option<&'a str>;

/// A row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Scheme {
    /// Its name in messages.
    pub(crate) title: &'static str,
    /// The method of a generated client's builder that takes its credential.
    pub(crate) method: &'static str,
    /// The parameters that say who calls.
    pub(crate) credential: &'static [&'static str],
    /// The parameter that is a token of the bearer: a credential of one such scheme is one of the others.
    pub(crate) token: Option<&'static str>,
    /// The feature that it needs.
    pub(crate) feature: Option<&'static str>,
    /// Adds the proof; `None` if the feature is off.
    pub(crate) apply: Option<Apply>,
    /// Reads challenges, for schemes that answer one.
    pub(crate) challenge: Option<Challenge>,
}

impl Scheme {
    const fn new(title: &'static str, method: &'static str, credential: &'static [&'static str]) -> Self {
        Self {
            title,
            method,
            credential,
            token: None,
            feature: None,
            apply: None,
            challenge: None,
        }
    }

    const fn by(mut self, apply: Apply) -> Self {
        self.apply = Some(apply);
        self
    }

    const fn by_feature(mut self, (feature, apply): (&'static str, Option<Apply>)) -> Self {
        self.feature = Some(feature);
        self.apply = apply;
        self
    }

    const fn token(mut self, param: &'static str) -> Self {
        self.token = Some(param);
        self
    }

    const fn challenge(mut self, challenge: Challenge) -> Self {
        self.challenge = Some(challenge);
        self
    }
}

/// A feature, and a function that there is only with it.
macro_rules! feature {
    ($feature:literal, $apply:path) => {{
        #[cfg(feature = $feature)]
        const APPLY: Option<Apply> = Some($apply);
        #[cfg(not(feature = $feature))]
        const APPLY: Option<Apply> = None;
        ($feature, APPLY)
    }};
}

const PASSWORD: &[&str] = &["username", "password"];

const BEARER: Scheme = Scheme::new("bearer", "bearer_token", &["token"])
    .token("token")
    .by(bearer::apply);
const BASIC: Scheme = Scheme::new("basic", "basic_auth", PASSWORD).by(basic::apply);
const API_KEY: Scheme = Scheme::new("API key", "api_key", &["value"]).by(api_key::apply);
// A token of OAuth 2 is one of the bearer, wherever it comes from.
const OAUTH2: Scheme = Scheme::new("OAuth 2", "bearer_token", &["accessToken"])
    .token("accessToken")
    .by(oauth2::apply);
const OAUTH1: Scheme = Scheme::new(
    "OAuth 1",
    "oauth1",
    &["consumerKey", "consumerSecret", "privateKey"],
)
.by_feature(feature!("oauth1", super::oauth1::apply));
const DIGEST: Scheme = Scheme::new("digest", "digest", PASSWORD)
    .by_feature(feature!("digest", super::digest::apply))
    .challenge(handshake::digest);
const HAWK: Scheme =
    Scheme::new("Hawk", "hawk", &["authId", "authKey"]).by_feature(feature!("hawk", super::hawk::apply));
const AWS_V4: Scheme = Scheme::new("AWS Signature", "aws_v4", &["accessKey", "secretKey"])
    .by_feature(feature!("awsv4", super::aws_v4::apply));
const EDGE_GRID: Scheme = Scheme::new(
    "EdgeGrid",
    "edge_grid",
    &["accessToken", "clientToken", "clientSecret"],
)
.by_feature(feature!("edgegrid", super::edge_grid::apply));
const JWT: Scheme = Scheme::new("JWT", "jwt_secret", &["secret", "privateKey"])
    .by_feature(feature!("jwt", super::jwt::apply));
const ASAP: Scheme =
    Scheme::new("ASAP", "asap", &["privateKey"]).by_feature(feature!("asap", super::asap::apply));
const NTLM: Scheme = Scheme::new("NTLM", "ntlm", PASSWORD)
    .by_feature(feature!("ntlm", super::ntlm::apply))
    .challenge(handshake::ntlm);

impl AuthKind {
    /// The scheme's row.
    pub(crate) const fn scheme(self) -> &'static Scheme {
        match self {
            Self::Bearer => &BEARER,
            Self::Basic => &BASIC,
            Self::ApiKey => &API_KEY,
            Self::OAuth2 => &OAUTH2,
            Self::OAuth1 => &OAUTH1,
            Self::Digest => &DIGEST,
            Self::Hawk => &HAWK,
            Self::AwsV4 => &AWS_V4,
            Self::EdgeGrid => &EDGE_GRID,
            Self::Jwt => &JWT,
            Self::Asap => &ASAP,
            Self::Ntlm => &NTLM,
        }
    }

    /// The method of a generated client's builder that takes the scheme's credential.
    pub const fn method(self) -> &'static str {
        self.scheme().method
    }

    /// The feature of this crate that the scheme needs; `None` if it is always there.
    pub const fn feature(self) -> Option<&'static str> {
        self.scheme().feature
    }
}
