//! The grants: what is sent for a token, and what for the next.
//!
//! In: what a program holds. Out: a source of tokens. A token to refresh with replaces what a user gave as soon as there is one, is told
//! of, and is used by one fetch at a time.

use super::OAuth2;
use super::device::DeviceCode;
use super::endpoint::{self, Identity, Refusal, Tokens, Word};
use crate::error::BoxError;
use crate::tokens::{Asking, Final, Token, TokenFuture, TokenSource};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Fetches tokens from an authorization server; a [`TokenSource`] for
/// [`Credential::bearer_from`](crate::Credential::bearer_from) and a generated builder's `bearer_token_from`.
///
/// An error names the address and the code that it answered with. After `invalid_grant` it is asked no more: a token to refresh with that
/// is used up, or a password that is wrong, does not become right.
pub struct Grant {
    token_url: Word,
    refresh_url: Option<Word>,
    pub(super) device_url: Option<Word>,
    pub(super) id: String,
    secret: String,
    pub(super) scope: Word,
    params: Vec<(String, Word)>,
    in_body: bool,
    kind: Kind,
    on_new: Option<OnNew>,
    refresh: Mutex<Option<String>>,
}

type OnNew = Box<dyn Fn(&Tokens) + Send + Sync>;

/// What the first token is fetched by.
pub(super) enum Kind {
    Client,
    Refresh,
    Password {
        username: String,
        password: String,
    },
    #[cfg(feature = "oauth2-login")]
    Code {
        code: String,
        verifier: String,
        redirect_uri: String,
    },
    Device(Box<dyn Fn(&DeviceCode) + Send + Sync>),
    #[cfg(feature = "jwt")]
    Jwt(super::jwt_bearer::Signer),
}

impl Grant {
    pub(super) fn new(facts: &OAuth2, id: String, kind: Kind) -> Self {
        Self {
            token_url: Word::Papers(facts.token_url),
            refresh_url: facts.refresh_url.map(Word::Papers),
            device_url: facts.device_url.map(Word::Papers),
            id,
            secret: String::new(),
            scope: Word::Papers(facts.scope),
            params: (facts.params.iter())
                .map(|(name, value)| ((*name).to_owned(), Word::Papers(value)))
                .collect(),
            in_body: facts.in_body,
            kind,
            on_new: None,
            refresh: Mutex::default(),
        }
    }

    /// The client's secret, of clients that have one.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = secret.into();
        self
    }

    /// Fetches tokens from another address.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Word::Given(url.into());
        self.refresh_url = None;
        self
    }

    /// Asks for tokens that may do this, in words between spaces.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Word::Given(scope.into());
        self
    }

    /// Sends an entry with each token request: `audience`, `resource`.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.params.retain(|(other, _)| *other != name);
        self.params.push((name, Word::Given(value.into())));
        self
    }

    /// Sends the client's id and secret in the body, not in a header, or the other way round.
    #[must_use]
    pub fn in_body(mut self, in_body: bool) -> Self {
        self.in_body = in_body;
        self
    }

    /// Hears of all tokens that come, before they are used. Servers may replace the token to refresh with each time, and the one of before
    /// is good no longer: who wants to go on after the program ends has to store it here.
    #[must_use]
    pub fn on_new_tokens(mut self, hook: impl Fn(&Tokens) + Send + Sync + 'static) -> Self {
        self.on_new = Some(Box::new(hook));
        self
    }

    pub(super) fn refreshing(self, token: String) -> Self {
        self.set_refresh(Some(token));
        self
    }

    fn set_refresh(&self, token: Option<String>) {
        *self.refresh.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }

    fn refresh(&self) -> Option<String> {
        let token = self.refresh.lock().unwrap_or_else(PoisonError::into_inner);
        token.clone()
    }

    pub(super) fn identity(&self) -> Identity<'_> {
        Identity {
            id: &self.id,
            secret: &self.secret,
            in_body: self.in_body,
        }
    }

    async fn fetch(&self, asking: &Asking) -> Result<Token, BoxError> {
        let before = self.refresh();
        let tokens = match &before {
            Some(token) => match self.renew(asking, token).await {
                Err(error) if is_used_up(&error) && self.starts_again() => {
                    self.set_refresh(None);
                    self.first(asking).await?
                }
                other => other?,
            },
            None => self.first(asking).await?,
        };
        let mut tokens = tokens;
        match &self.kind {
            // RFC 6749 (4.4.3) has none here, and id and secret do as well.
            Kind::Client => tokens.refresh = None,
            _ => {
                tokens.refresh = tokens.refresh.or_else(|| self.refresh());
                self.set_refresh(tokens.refresh.clone());
            }
        }
        if let Some(hook) = &self.on_new {
            hook(&tokens);
        }
        Ok(tokens.token())
    }

    /// Whether the first token can be fetched more than once.
    fn starts_again(&self) -> bool {
        match &self.kind {
            Kind::Client | Kind::Password { .. } => true,
            #[cfg(feature = "jwt")]
            Kind::Jwt(_) => true,
            Kind::Refresh | Kind::Device(_) => false,
            #[cfg(feature = "oauth2-login")]
            Kind::Code { .. } => false,
        }
    }

    async fn renew(&self, asking: &Asking, token: &str) -> Result<Tokens, BoxError> {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
        // What the papers ask for is what there is already.
        if let Word::Given(scope) = &self.scope
            && !scope.is_empty()
        {
            form.push(("scope", scope));
        }
        let url = self.refresh_url.as_ref().unwrap_or(&self.token_url);
        self.ask(asking, url, &form, false).await
    }

    async fn first(&self, asking: &Asking) -> Result<Tokens, BoxError> {
        let mut form = Vec::new();
        let scope = self.scope.fill(asking.client())?;
        #[cfg(feature = "jwt")]
        let assertion;
        let is_idempotent = match &self.kind {
            Kind::Client => {
                form.push(("grant_type", "client_credentials"));
                true
            }
            Kind::Password { username, password } => {
                form.extend([
                    ("grant_type", "password"),
                    ("username", username),
                    ("password", password),
                ]);
                true
            }
            #[cfg(feature = "jwt")]
            Kind::Jwt(signer) => {
                let url = endpoint::address(asking.client(), &self.token_url)?;
                assertion = signer.sign(asking.client(), &url)?;
                let kind = "urn:ietf:params:oauth:grant-type:jwt-bearer";
                form.extend([("grant_type", kind), ("assertion", &assertion)]);
                true
            }
            #[cfg(feature = "oauth2-login")]
            Kind::Code {
                code,
                verifier,
                redirect_uri,
            } => {
                form.extend([
                    ("grant_type", "authorization_code"),
                    ("code", code),
                    ("redirect_uri", redirect_uri),
                    ("code_verifier", verifier),
                ]);
                return self.ask(asking, &self.token_url, &form, false).await;
            }
            Kind::Device(show) => return self.by_device(asking, show).await,
            Kind::Refresh => return Err(Final("there is no token to refresh with".to_owned()).into()),
        };
        if !scope.is_empty() {
            form.push(("scope", &scope));
        }
        self.ask(asking, &self.token_url, &form, is_idempotent).await
    }

    /// One token request.
    pub(super) async fn ask(
        &self,
        asking: &Asking,
        url: &Word,
        form: &[(&str, &str)],
        is_idempotent: bool,
    ) -> Result<Tokens, BoxError> {
        let url = endpoint::address(asking.client(), url)?;
        let mut form = owned(form);
        for (name, value) in &self.params {
            form.push((name.clone(), value.fill(asking.client())?));
        }
        let members = endpoint::ask(asking, &url, &self.identity(), form, is_idempotent).await;
        endpoint::tokens(&url, &members?)
    }

    pub(super) fn token_endpoint(&self) -> &Word {
        &self.token_url
    }
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn is_used_up(error: &BoxError) -> bool {
    error
        .downcast_ref::<Refusal>()
        .is_some_and(|refusal| refusal.code == "invalid_grant")
}

impl TokenSource for Grant {
    fn token<'a>(&'a self, asking: &'a Asking) -> TokenFuture<'a> {
        Box::pin(async move {
            let fetched = self.fetch(asking).await;
            fetched.map_err(|error| {
                if is_used_up(&error) {
                    Final(error.to_string()).into()
                } else {
                    error
                }
            })
        })
    }

    fn longest(&self) -> Duration {
        match self.kind {
            Kind::Device(_) => Duration::from_secs(1800),
            _ => Duration::from_secs(60),
        }
    }
}

/// Shows nothing that was given.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("token_url", &self.token_url)
            .finish_non_exhaustive()
    }
}
