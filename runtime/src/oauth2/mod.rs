//! Tokens by OAuth 2.0: what an API's description says of its authorization server, and the grants that fetch tokens there.
//!
//! In: facts of generated code, and what a program holds: a client's id and secret, a refresh token, a code. Out: sources of tokens.
//! Token requests go through the transport of the client that needs the token, with none of its headers and credentials; no redirect is
//! followed, and no answer's body is shown.

mod device;
mod device_flow;
mod endpoint;
mod grant;
#[cfg(feature = "jwt")]
mod jwt_bearer;
#[cfg(feature = "oauth2-login")]
mod log_in;

pub use device::DeviceCode;
pub use endpoint::Tokens;
pub use grant::Grant;
#[cfg(feature = "oauth2-login")]
pub use log_in::LogIn;

/// What the papers of an API say of its authorization server; a constant of generated code, `OAUTH2`, which fetches tokens as they say:
///
/// ```
/// # use letterpress_runtime::{Api, Client, ClientBuilder, Credential, OAuth2};
/// const OAUTH2: OAuth2 = OAuth2::new("https://auth.example.com/token").scope("read");
///
/// # fn store(_: Option<&str>) {}
/// # fn client(builder: ClientBuilder) -> Result<Client, letterpress_runtime::AnyError> {
/// let grant = OAUTH2
///     .refresh_token("id", "secret", "the token that was stored")
///     .on_new_tokens(|tokens| store(tokens.refresh_token()));
/// builder.credential(Credential::bearer_from(grant)).build()
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OAuth2 {
    pub(crate) token_url: &'static str,
    pub(crate) refresh_url: Option<&'static str>,
    pub(crate) auth_url: Option<&'static str>,
    pub(crate) device_url: Option<&'static str>,
    pub(crate) scope: &'static str,
    pub(crate) in_body: bool,
    pub(crate) params: &'static [(&'static str, &'static str)],
}

impl OAuth2 {
    /// An authorization server whose tokens are fetched here. Variables of the collection are filled in by the client.
    pub const fn new(token_url: &'static str) -> Self {
        Self {
            token_url,
            refresh_url: None,
            auth_url: None,
            device_url: None,
            scope: "",
            in_body: false,
            params: &[],
        }
    }

    /// Where tokens are refreshed, if that is elsewhere.
    #[must_use]
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = Some(url);
        self
    }

    /// Where people log in.
    #[must_use]
    pub const fn auth_url(mut self, url: &'static str) -> Self {
        self.auth_url = Some(url);
        self
    }

    /// Where devices ask for codes.
    #[must_use]
    pub const fn device_url(mut self, url: &'static str) -> Self {
        self.device_url = Some(url);
        self
    }

    /// What tokens are asked for, in words between spaces.
    #[must_use]
    pub const fn scope(mut self, scope: &'static str) -> Self {
        self.scope = scope;
        self
    }

    /// Sends a client's id and secret in the body, not in a header.
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// What is sent with each token request beside.
    #[must_use]
    pub const fn params(mut self, params: &'static [(&'static str, &'static str)]) -> Self {
        self.params = params;
        self
    }

    /// Tokens for a program itself: by the grant of client credentials.
    pub fn client_credentials(&self, id: impl Into<String>, secret: impl Into<String>) -> Grant {
        Grant::new(self, id.into(), grant::Kind::Client).secret(secret)
    }

    /// Tokens by one to refresh with, which the answer may replace: see [`Grant::on_new_tokens`]. Clients without a secret give an empty
    /// one.
    pub fn refresh_token(
        &self,
        id: impl Into<String>,
        secret: impl Into<String>,
        token: impl Into<String>,
    ) -> Grant {
        Grant::new(self, id.into(), grant::Kind::Refresh)
            .secret(secret)
            .refreshing(token.into())
    }

    /// Tokens by a user's name and password. Clients without a secret give an empty one.
    pub fn password(
        &self,
        id: impl Into<String>,
        secret: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Grant {
        let (username, password) = (username.into(), password.into());
        Grant::new(self, id.into(), grant::Kind::Password { username, password }).secret(secret)
    }

    /// Tokens for a device without a browser: `show` is given the address to open elsewhere, and the code to enter there. It is asked when
    /// a call first needs a token, and waits for the user up to half an hour.
    pub fn device(&self, id: impl Into<String>, show: impl Fn(&DeviceCode) + Send + Sync + 'static) -> Grant {
        Grant::new(self, id.into(), grant::Kind::Device(Box::new(show)))
    }

    /// Tokens by an assertion that is signed for each request (RFC 7523): `algorithm` is `RS256` or another of JWT, `key` its secret or
    /// its private key in PEM, `claims` an object. `iat`, `exp` (five minutes) and `aud` (the token URL) are added where they are missing.
    #[cfg(feature = "jwt")]
    pub fn jwt_bearer(
        &self,
        algorithm: impl Into<String>,
        key: impl Into<String>,
        claims: serde_json::Value,
    ) -> Grant {
        let (algorithm, key) = (algorithm.into(), key.into());
        let signer = jwt_bearer::Signer {
            algorithm,
            key,
            claims,
        };
        Grant::new(self, String::new(), grant::Kind::Jwt(signer))
    }

    /// Tokens by a person who logs in with a browser: a code and PKCE. It begins with an address to open, see [`LogIn`].
    #[cfg(feature = "oauth2-login")]
    pub fn log_in(&self, id: impl Into<String>, redirect_uri: impl Into<String>) -> LogIn {
        LogIn::new(*self, id.into(), redirect_uri.into(), &log_in::Secrets)
    }
}
