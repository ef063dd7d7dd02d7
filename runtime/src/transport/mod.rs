//! The socket that a client's requests go into: one object-safe trait over `http`'s types.
//!
//! In: a finished [`http::Request`]. Out: an [`http::Response`] whose body is still streaming. What is between, a
//! connection pool, `tower` layers or saved answers, is not known to the rest of the crate.

mod called;
#[cfg(feature = "exact")]
mod exact;
mod payload;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "rustls")]
mod tls;

#[cfg(feature = "exact")]
pub use self::exact::Exact;
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
pub use called::Called;
pub use payload::Payload;

use crate::error::BoxError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// What [`Transport::send`] gives.
pub type Sent<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Payload>, TransportError>> + Send + 'a>>;

/// Sends requests.
///
/// Implemented by [`Reqwest`] (the default), for `Arc`s of transports, and easily for anything else that speaks
/// `http`'s types, `tower` services included. What `http`'s types cannot say is in the request's extensions:
/// [`Timeout`], which every transport should honour, [`ExactHeaders`] and [`ExactUrl`], which most cannot, and [`Called`],
/// which says what the request is for.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request; resolves when the head of the answer is there.
    fn send(&self, request: http::Request<Payload>) -> Sent<'_>;

    /// Whether it follows redirects by itself, or leaves them for another reason: then nobody else does. `false` by
    /// default: a client follows for its transport, and knows which headers are for which origin.
    fn follows_redirects(&self) -> bool {
        false
    }

    /// Whether what comes of a send is final, as that of saved answers is: a call is then never sent again. `false` by default.
    fn is_final(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        (**self).send(request)
    }

    fn follows_redirects(&self) -> bool {
        (**self).follows_redirects()
    }

    fn is_final(&self) -> bool {
        (**self).is_final()
    }
}

/// The time that a request may take, its answer's body included; an extension of requests that are made to be sent by
/// somebody else, like [`Call::request`](crate::Call::request). A client minds the time by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// The header lines in their order and spelling, neither of which `http::HeaderMap` keeps; an extension of the
/// request. The values are the same as in the map.
#[derive(Clone, Debug, Default)]
pub struct ExactHeaders {
    /// Name and value of each line.
    pub lines: Vec<(String, http::HeaderValue)>,
    /// Headers, lower case, that a transport adds by itself and here must not.
    pub omitted: &'static [&'static str],
}

/// The URL with exactly the characters that Postman would send, some of which an [`http::Uri`] cannot hold and most
/// clients would change; an extension of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct ExactUrl(pub String);

/// An URL may hold a key.
impl fmt::Debug for ExactUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExactUrl(…)")
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    /// Method, origin and path, where the error is of a body that is read beside its call.
    request: Option<Box<str>>,
}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made.
    Connect,
    /// No connection was made in time.
    ConnectTimeout,
    /// The transport's own time was up.
    Timeout,
    /// Nothing was sent or received for too long.
    IdleTimeout,
    /// The time for one send was up.
    TryTimeout,
    /// The time for the whole call was up.
    CallTimeout,
    /// Nothing was sent, for another reason.
    Unsent,
    /// Anything else.
    Other,
}

impl TransportError {
    pub(crate) fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: source.into(),
            request: None,
        }
    }

    /// A failure to connect.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::Connect, source)
    }

    /// A connection that was not made in time.
    pub fn connect_timeout(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::ConnectTimeout, source)
    }

    /// A timeout.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::Timeout, source)
    }

    /// Nothing was sent, for another reason than that there is no connection.
    pub fn unsent(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::Unsent, source)
    }

    /// Any other failure: the request may have been received.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::Other, source)
    }

    /// The same, of the answer to this request.
    pub(crate) fn of(mut self, request: &str) -> Self {
        self.request = Some(request.into());
        self
    }

    pub(crate) fn request(&self) -> Option<&str> {
        self.request.as_deref()
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.request {
            Some(request) => write!(f, "the answer's body from {request}: {}", self.source),
            None => self.source.fmt(f),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.source()
    }
}

/// What a client is given if this build has no transport of its own.
#[cfg(not(feature = "reqwest"))]
#[derive(Debug)]
pub(crate) struct NoTransport;

#[cfg(not(feature = "reqwest"))]
impl Transport for NoTransport {
    fn send(&self, _request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(std::future::ready(Err(TransportError::unsent(
            "no transport: enable a feature like `rustls`, or give the client one with `transport(…)`",
        ))))
    }
}
