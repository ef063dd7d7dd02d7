//! A credential of a client: what its user gives once, and every call of that scheme uses.
//!
//! In: secrets, by the names that Postman has for a scheme's parameters. Out: an overlay over a request's own
//! parameters. Never shown.

use std::fmt;
use std::sync::Arc;

use crate::spec::AuthKind;
use crate::tokens::{Source, TokenSource};

/// A credential for one scheme.
#[derive(Clone)]
pub struct Credential {
    kind: AuthKind,
    params: Vec<(&'static str, String)>,
    /// Where its token comes from, if it is not among the parameters.
    source: Option<Arc<Source>>,
}

/// Sources are the same if they keep the same token.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        let source = match (&self.source, &other.source) {
            (None, None) => true,
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (Some(_), None) | (None, Some(_)) => false,
        };
        self.kind == other.kind && self.params == other.params && source
    }
}

impl Eq for Credential {}

impl Credential {
    /// A credential of any scheme, by Postman's parameter names.
    pub fn new(kind: AuthKind) -> Self {
        Self {
            kind,
            params: Vec::new(),
            source: None,
        }
    }

    /// Sets a parameter of the scheme.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.retain(|(other, _)| *other != name);
        self.params.push((name, value.into()));
        self
    }

    /// A bearer token.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::new(AuthKind::Bearer).param("token", token)
    }

    /// A bearer token that is fetched when it is needed, kept as long as it is good, and shared by all clients with this credential:
    /// of a closure, or of another [`TokenSource`].
    pub fn bearer_from(source: impl TokenSource) -> Self {
        Self {
            source: Some(Source::new(source)),
            ..Self::new(AuthKind::Bearer)
        }
    }

    /// User name and password.
    pub fn basic(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(AuthKind::Basic)
            .param("username", username)
            .param("password", password)
    }

    /// An API key; the collection says where it goes.
    pub fn api_key(value: impl Into<String>) -> Self {
        Self::new(AuthKind::ApiKey).param("value", value)
    }

    /// An OAuth 2 access token.
    pub fn oauth2(access_token: impl Into<String>) -> Self {
        Self::new(AuthKind::OAuth2).param("accessToken", access_token)
    }

    /// OAuth 1: consumer key and secret; add `token` and `tokenSecret` with [`Credential::param`].
    pub fn oauth1(consumer_key: impl Into<String>, consumer_secret: impl Into<String>) -> Self {
        Self::new(AuthKind::OAuth1)
            .param("consumerKey", consumer_key)
            .param("consumerSecret", consumer_secret)
    }

    /// Digest: user name and password.
    pub fn digest(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(AuthKind::Digest)
            .param("username", username)
            .param("password", password)
    }

    /// Hawk: identifier and key.
    pub fn hawk(id: impl Into<String>, key: impl Into<String>) -> Self {
        Self::new(AuthKind::Hawk)
            .param("authId", id)
            .param("authKey", key)
    }

    /// AWS Signature 4: access key and secret key; add `sessionToken`, `region`, `service` with [`Credential::param`].
    pub fn aws_v4(access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::new(AuthKind::AwsV4)
            .param("accessKey", access_key)
            .param("secretKey", secret_key)
    }

    /// Akamai `EdgeGrid`: access token, client token and client secret.
    pub fn edge_grid(
        access_token: impl Into<String>,
        client_token: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self::new(AuthKind::EdgeGrid)
            .param("accessToken", access_token)
            .param("clientToken", client_token)
            .param("clientSecret", client_secret)
    }

    /// JWT signed with a shared secret (HS256, HS384, HS512).
    pub fn jwt_secret(secret: impl Into<String>) -> Self {
        Self::new(AuthKind::Jwt).param("secret", secret)
    }

    /// JWT signed with a private key in PEM.
    pub fn jwt_private_key(private_key: impl Into<String>) -> Self {
        Self::new(AuthKind::Jwt).param("privateKey", private_key)
    }

    /// ASAP: a private key in PEM.
    pub fn asap(private_key: impl Into<String>) -> Self {
        Self::new(AuthKind::Asap).param("privateKey", private_key)
    }

    /// NTLM: user name (`DOMAIN\user` names a domain too) and password.
    pub fn ntlm(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self::new(AuthKind::Ntlm)
            .param("username", username)
            .param("password", password)
    }

    /// The scheme it is for.
    pub fn kind(&self) -> AuthKind {
        self.kind
    }

    /// Where its token comes from.
    pub(crate) fn source(&self) -> Option<&Arc<Source>> {
        self.source.as_ref()
    }

    /// What it says of a parameter of this scheme.
    pub(crate) fn get(&self, kind: AuthKind, name: &str) -> Option<&str> {
        self.params(kind)
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    }

    /// The parameters that it gives to a scheme. A token of the bearer is one to every scheme that takes such.
    pub(crate) fn params(&self, kind: AuthKind) -> impl Iterator<Item = (&'static str, &str)> {
        let is_own = self.kind == kind;
        let (own, other) = (self.kind.scheme().token, kind.scheme().token);
        self.params.iter().filter_map(move |(name, value)| {
            let name = if is_own {
                Some(*name)
            } else {
                other.filter(|_| own == Some(*name))
            };
            Some((name?, value.as_str()))
        })
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({:?}, …)", self.kind)
    }
}
