//! Zoom API
pub mod users;

/// What the collection says of the API as a whole.
const API: ::letterpress_runtime::Api = ::letterpress_runtime::Api::new("Zoom API")
    .variables(&[("baseUrl", Some("https://api.zoom.us/v2"))])
    .secrets(&["apiKey"]);

::letterpress_runtime::client!("0.1", API);

impl ClientBuilder {
    /// Scheme, host and base path. Default: `https://api.zoom.us/v2`.
    #[inline]
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        self.variable("baseUrl", base_url)
    }

    /// A bearer token.
    #[inline]
    pub fn bearer_token(self, token: impl Into<String>) -> Self {
        self.credential(::letterpress_runtime::Credential::bearer(token))
    }
}

impl Client {
    /// The folder `users`.
    #[inline]
    pub fn users(&self) -> users::Users<'_> {
        users::Users(self.inner())
    }
}
