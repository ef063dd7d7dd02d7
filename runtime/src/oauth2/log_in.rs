//! Logging in with a browser: an address to open, and the code that comes back (RFC 6749, 4.1, with PKCE, RFC 7636).
//!
//! In: facts, a client's id, an address that the browser is sent back to. Out: first the address to open, then a grant. Nothing is sent
//! here, and no browser is opened: the code is exchanged when a call first needs a token.

use super::OAuth2;
use super::endpoint::form_entries;
use super::grant::{Grant, Kind};
use crate::auth::Hash;
use crate::error::{AnyError, Failure};
use crate::wire::encode::{DATA, encode};
use crate::wire::{Entropy, SystemEntropy};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;

/// Somebody who logs in.
///
/// ```
/// # use letterpress_runtime::{AnyError, OAuth2, oauth2::Grant};
/// # const OAUTH2: OAuth2 = OAuth2::new("https://a.io/token").auth_url("https://a.io/authorize");
/// # fn open(_: &str) {}
/// # fn query_of_the_request_to_that_address() -> String { String::new() }
/// # fn log_in() -> Result<Grant, AnyError> {
/// let login = OAUTH2.log_in("id", "http://127.0.0.1:8976/callback");
/// open(&login.url()?);
/// let grant = login.finish(&query_of_the_request_to_that_address())?;
/// # Ok(grant)
/// # }
/// ```
pub struct LogIn {
    facts: OAuth2,
    auth_url: String,
    id: String,
    secret: String,
    redirect_uri: String,
    scope: String,
    params: Vec<(String, String)>,
    state: String,
    verifier: String,
}

/// The operating system's randomness: what proves that a code is for this program must not be guessed.
#[derive(Debug)]
pub(super) struct Secrets;

impl Entropy for Secrets {
    fn next_u64(&self) -> u64 {
        // Where there is none, the standard library has none either, and stops the program.
        getrandom::u64().unwrap_or_else(|_| SystemEntropy.next_u64())
    }
}

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl LogIn {
    pub(super) fn new(facts: OAuth2, id: String, redirect_uri: String, entropy: &dyn Entropy) -> Self {
        Self {
            facts,
            auth_url: facts.auth_url.unwrap_or_default().to_owned(),
            id,
            secret: String::new(),
            redirect_uri,
            scope: facts.scope.to_owned(),
            params: Vec::new(),
            state: entropy.nonce(32, ALPHABET),
            verifier: entropy.nonce(64, ALPHABET),
        }
    }

    /// The client's secret, of clients that have one.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = secret.into();
        self
    }

    /// Lets people log in at another address.
    #[must_use]
    pub fn auth_url(mut self, url: impl Into<String>) -> Self {
        self.auth_url = url.into();
        self
    }

    /// Asks for tokens that may do this, in words between spaces.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Adds an entry to the address to open: `prompt`, `audience`.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// The address to open.
    ///
    /// # Errors
    ///
    /// If nobody said where people log in, or only with variables in it.
    pub fn url(&self) -> Result<String, AnyError> {
        if self.auth_url.is_empty() || self.auth_url.contains("{{") {
            let why = format!(
                "`{}` is no address to open: give it with `auth_url`",
                self.auth_url
            );
            return Err(refused(&why));
        }
        let challenge = URL_SAFE_NO_PAD.encode(Hash::Sha256.of(self.verifier.as_bytes()));
        let mut url = self.auth_url.clone();
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", &self.redirect_uri),
            ("state", &self.state),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        if !self.scope.is_empty() {
            pairs.push(("scope", &self.scope));
        }
        pairs.extend(
            self.params
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        for (name, value) in pairs {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{}={}", encode(name, DATA), encode(value, DATA)));
        }
        Ok(url)
    }

    /// The grant of the code that came back: the query of the address that the browser was sent to, or the whole address.
    ///
    /// # Errors
    ///
    /// If the server refused, if this is not the answer to this login (`state`), or if there is no code in it.
    pub fn finish(self, query: &str) -> Result<Grant, AnyError> {
        let query = query.split('#').next().unwrap_or_default();
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        let entries: Vec<(String, String)> = form_entries(query).collect();
        let entry = |name: &str| {
            let found = entries.iter().find(|(other, _)| other == name);
            found.map(|(_, value)| value.as_str())
        };
        if entry("state") != Some(&self.state) {
            return Err(refused("its `state` is not that of this login"));
        }
        if let Some(error) = entry("error") {
            let error: String = error.chars().filter(char::is_ascii_graphic).take(60).collect();
            return Err(refused(&format!("the server answered {error}")));
        }
        let Some(code) = entry("code").filter(|code| !code.is_empty()) else {
            return Err(refused("there is no `code` in what came back"));
        };
        let kind = Kind::Code {
            code: code.to_owned(),
            verifier: self.verifier,
            redirect_uri: self.redirect_uri,
        };
        Ok(Grant::new(&self.facts, self.id, kind).secret(self.secret))
    }
}

fn refused(why: &str) -> AnyError {
    AnyError::new(Failure::build("The login", why))
}

/// Shows nothing that was given or made up.
impl fmt::Debug for LogIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogIn")
            .field("auth_url", &self.auth_url)
            .finish_non_exhaustive()
    }
}
