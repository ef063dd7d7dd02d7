//! The folder `users` › `{user Id}` › `token`.

/// Functions of the folder `token`.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a>(pub(super) &'a ::letterpress_runtime::Client);

impl Token<'_> {
    /// Get a user token.
    #[inline]
    pub fn get_a_user_token(self, user_id: impl ::core::fmt::Display) -> GetAUserToken {
        GetAUserToken(::letterpress_runtime::Call::new(self.0).path(0, user_id))
    }
}

/// The call of [`Token::get_a_user_token`].
#[must_use = "a call does nothing until it is awaited"]
pub struct GetAUserToken(::letterpress_runtime::Call<Self>);

impl GetAUserToken {
    /// User token types.
    #[inline]
    pub fn r#type(self, r#type: impl Into<GetAUserTokenType>) -> Self {
        Self(self.0.set_query(0, r#type.into()))
    }

    /// Seconds.
    #[inline]
    pub fn ttl(self, ttl: i64) -> Self {
        Self(self.0.set_query(1, ttl))
    }
}

::letterpress_runtime::operation!(GetAUserToken, super::super::Client);

impl ::letterpress_runtime::Operation for GetAUserToken {
    type Output = GetAUserTokenResponse;
    type Error = GetAUserTokenError;

    const SPEC: ::letterpress_runtime::Spec =
        ::letterpress_runtime::Spec::new("GET", "{{baseUrl}}/users/:userId/token")
            .name("Get a user token")
            .path(&[("userId", Some("quis officia in reprehenderit"))])
            .query(&[
                ::letterpress_runtime::Entry::saved("type", "zak"),
                ::letterpress_runtime::Entry::saved("ttl", "68423085"),
            ])
            .auth(::letterpress_runtime::AuthKind::OAuth2, &[]);

    #[inline]
    fn output(answer: ::letterpress_runtime::Answer) -> ::letterpress_runtime::Decoded<Self::Output> {
        answer.json()
    }

    #[inline]
    fn error(answer: ::letterpress_runtime::Answer) -> ::letterpress_runtime::Decoded<Self::Error> {
        match answer.status() {
            404 => answer.empty().map(Self::Error::NotFound),
            _ => answer.body().map(Self::Error::Unexpected),
        }
    }
}

::letterpress_runtime::open_enum! {
    /// User token types.
    pub enum GetAUserTokenType {
        /// Used for starting meetings with the client SDK.
        Token = "token",
        /// Used for generating the start meeting URL.
        Zak = "zak",
    }
}

/// 200: Token returned.
#[derive(Default)]
#[non_exhaustive]
pub struct GetAUserTokenResponse {
    /// The token.
    pub token: ::core::option::Option<::std::string::String>,
}

::letterpress_runtime::received!(GetAUserTokenResponse { 0 token "token" });

/// What the API answers instead of a success.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum GetAUserTokenError {
    /// 404 Not Found.
    NotFound(()),
    /// Any status that the collection does not show.
    Unexpected(::letterpress_runtime::Response<::letterpress_runtime::Body>),
}

::letterpress_runtime::api_error!(GetAUserTokenError);
