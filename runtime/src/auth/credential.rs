//! A credential of a client: what its user gives once, and every call of that scheme uses.
//!
//! In: secrets, by the names that Postman has for a scheme's parameters. Out: an overlay over a request's own
//! parameters. Never shown.

use std::fmt;

use crate::spec::AuthKind;

/// A credential for one scheme.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    kind: AuthKind,
    params: Vec<(&'static str, String)>,
}

impl Credential {
    /// A credential of any scheme, by Postman's parameter names.
    pub fn new(kind: AuthKind) -> Self {
        Self {
            kind,
            params: Vec::new(),
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
