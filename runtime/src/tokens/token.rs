//! What a source gives, and what one is.
//!
//! In: nothing. Out: the types that a program meets that fetches its tokens itself. No value is ever shown.

use crate::error::BoxError;
use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// A token of the bearer, or whatever else says who calls, and how long it is good for.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    pub(crate) text: String,
    pub(crate) expires_in: Option<Duration>,
}

impl Token {
    /// A token that is good until a server refuses it.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            expires_in: None,
        }
    }

    /// Says how long it is good for, from when it was asked for: it is fetched anew a tenth of that before, but no less than 10
    /// seconds and no more than 5 minutes. Zero says nothing.
    #[must_use]
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = (!time.is_zero()).then_some(time);
        self
    }
}

/// Shows no value.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// What [`TokenSource::token`] gives.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send + 'a>>;

/// Fetches tokens. It is asked by one call at a time, whichever needs one first; the others wait for the same token.
///
/// Closures that give a future are sources, asynchronous ones too: `|| async { Ok(Token::new(read().await?)) }`. What a source says
/// of an error becomes part of the call's error, so it should hold nothing secret. A source that gives nothing within a minute has
/// failed.
pub trait TokenSource: Send + Sync + 'static {
    /// Fetches a token. It is not dropped when the call is that needs it.
    fn token<'a>(&'a self, asking: &'a Asking) -> TokenFuture<'a>;

    /// How long that may take: a minute by default.
    fn longest(&self) -> Duration {
        Duration::from_secs(60)
    }
}

impl<F, G> TokenSource for F
where
    F: Fn() -> G + Send + Sync + 'static,
    G: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    fn token<'a>(&'a self, _asking: &'a Asking) -> TokenFuture<'a> {
        Box::pin(self())
    }
}

/// Who asks a source for a token; see [`client`](Self::client).
pub struct Asking {
    /// A client, which is made of what is made of sources.
    pub(super) client: Arc<dyn Any + Send + Sync>,
}

impl Asking {
    pub(crate) fn new(client: Arc<dyn Any + Send + Sync>) -> Self {
        Self { client }
    }
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asking(…)")
    }
}
