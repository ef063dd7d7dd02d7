//! Why a call did not succeed.
//!
//! In: a refusal to build, a failure of the transport, an answer that is an error or cannot be read. Out: one opaque
//! error with predicates, typed by the API's own error ([`Error`]) or not ([`AnyError`]). Texts are bounded, and what
//! a client keeps secret is not in them.

use crate::decode::Drift;
pub(crate) use crate::failure::{Failure, Kind};
use crate::outcome::{TimedOut, WasSent};
use crate::problem::Problem;
use crate::response::{Answer, Body, Response};
use crate::retry_after::retry_after;
use crate::transport::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// Any error that can be sent between threads.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call did not succeed; `E` is what the API answers instead of a success.
pub struct Error<E>(Box<Inner<E>>);

struct Inner<E> {
    failure: Box<Failure>,
    api: Option<E>,
}

impl<E> Error<E> {
    pub(crate) fn new(failure: Box<Failure>, api: Option<E>) -> Self {
        Self(Box::new(Inner { failure, api }))
    }

    /// The API's own error, if it answered with one.
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()
    }

    /// The API's own error, if it answered with one.
    ///
    /// # Errors
    ///
    /// This error, if it is of another kind.
    pub fn into_api(self) -> Result<E, Self> {
        let Inner { failure, api } = *self.0;
        api.ok_or_else(|| Self::new(failure, None))
    }
}

/// Why a call did not succeed, whatever the API's own error type is. Every [`Error`] becomes one with `?`.
pub struct AnyError(Box<Inner<BoxError>>);

impl AnyError {
    pub(crate) fn new(failure: Box<Failure>) -> Self {
        Self(Box::new(Inner { failure, api: None }))
    }

    /// The API's own error, if it answered with one of this type.
    pub fn api<E: StdError + 'static>(&self) -> Option<&E> {
        self.0.api.as_ref()?.downcast_ref()
    }
}

impl<E: StdError + Send + Sync + 'static> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        let Inner { failure, api } = *error.0;
        Self(Box::new(Inner {
            failure,
            api: api.map(BoxError::from),
        }))
    }
}

impl From<TransportError> for AnyError {
    fn from(error: TransportError) -> Self {
        let request = error.request().unwrap_or("the answer's body").to_owned();
        let mut failure = Failure::transport(&request, error);
        failure.sent = WasSent::Answered;
        Self::new(failure)
    }
}

/// For what is done beside the calls, like serving saved responses: it is an error of no call, so no predicate holds.
impl From<std::io::Error> for AnyError {
    fn from(error: std::io::Error) -> Self {
        let mut failure = Failure::new(Kind::Io, "", error.to_string());
        failure.source = Some(error.into());
        Self::new(failure)
    }
}

/// The predicates that both errors have.
macro_rules! predicates {
    () => {
        /// The status of the answer, if there was one.
        pub fn status(&self) -> Option<StatusCode> {
            self.0
                .failure
                .answer
                .as_ref()
                .map(|answer| answer.head.status)
        }

        /// The headers of the answer, if there was one.
        pub fn headers(&self) -> Option<&HeaderMap> {
            self.0
                .failure
                .answer
                .as_ref()
                .map(|answer| &answer.head.headers)
        }

        /// A header of the answer as this type, by its name in any case: `error.header::<u64>("retry-after")`. `None` if there is none,
        /// or if it is nothing of the kind.
        pub fn header<H: std::str::FromStr>(&self, name: &str) -> Option<H> {
            crate::response::header(self.headers()?, name)
        }

        /// The body of the answer as it came, if there was one and it was read: of an error, its first MiB.
        pub fn body(&self) -> Option<&Bytes> {
            let answer = self.0.failure.answer.as_ref();
            answer
                .filter(|_| matches!(self.0.failure.kind, Kind::Api | Kind::Decode))
                .map(|answer| &answer.body)
        }

        /// What an API that keeps to RFC 9457 says of its error, if it answered with one: a body of
        /// `application/problem+json`. It is read when this is called.
        pub fn problem(&self) -> Option<Problem> {
            Problem::read(self.0.failure.answer.as_ref()?)
        }

        /// Whether the request was sent, as far as anybody can know here: whether what it asks for may have been done.
        pub fn was_sent(&self) -> WasSent {
            self.0.failure.sent
        }

        /// How often the call was sent: more than once where it was tried again, 0 if it could not be made.
        pub fn tries(&self) -> u32 {
            self.0.failure.tries
        }

        /// How long the server asks to be left alone, if it says so: by `Retry-After` in any of its forms, or by the limit that a 429 names.
        pub fn retry_after(&self) -> Option<Duration> {
            let answer = self.0.failure.answer.as_ref()?;
            retry_after(answer.head.status.as_u16(), &answer.head.headers)
        }

        /// What in the answer did not fit its type; see [`Response::drift`].
        pub fn drift(&self) -> &[Drift] {
            &self.0.failure.drift
        }

        /// Whether the API answered with an error.
        pub fn is_api(&self) -> bool {
            matches!(self.0.failure.kind, Kind::Api)
        }

        /// Whether the request was refused before anything was sent.
        pub fn is_build(&self) -> bool {
            matches!(self.0.failure.kind, Kind::Build)
        }

        /// Whether the call's token could not be had from its source: nothing was sent then, or, after an answer that
        /// [`status`](Self::status) tells of, not sent again.
        pub fn is_token(&self) -> bool {
            matches!(self.0.failure.kind, Kind::Token)
        }

        /// Whether there is no whole answer: no connection, a timeout, a broken one. [`status`](Self::status) tells
        /// whether its beginning came.
        pub fn is_transport(&self) -> bool {
            matches!(self.0.failure.kind, Kind::Transport(_))
        }

        /// Whether no connection was made.
        pub fn is_connect(&self) -> bool {
            matches!(
                self.0.failure.kind,
                Kind::Transport(TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout)
            )
        }

        /// Whether a time was up; [`timed_out`](Self::timed_out) tells which.
        pub fn is_timeout(&self) -> bool {
            self.timed_out().is_some()
        }

        /// Which time was up.
        pub fn timed_out(&self) -> Option<TimedOut> {
            self.0.failure.kind.timed_out()
        }

        /// Whether the answer's body is larger than what is read of it: `body_limit`, or 1 MiB of an error.
        pub fn is_too_large(&self) -> bool {
            self.0.failure.kind == Kind::TooLarge || self.0.failure.is_cut
        }

        /// Whether the answer is a redirect that is not followed: there were too many, or it leads where nothing of
        /// this call should go.
        pub fn is_redirect(&self) -> bool {
            self.0.failure.kind == Kind::Redirect
        }

        /// Whether a list does not go on as it should: the server leads to a page that was read before, to another host, or
        /// nowhere although it says that there is more.
        pub fn is_paging(&self) -> bool {
            self.0.failure.kind == Kind::Paging
        }

        /// Whether the answer's body could not be read as its type.
        pub fn is_decode(&self) -> bool {
            matches!(self.0.failure.kind, Kind::Decode)
        }
    };
}

impl<E> Error<E> {
    predicates!();
}

impl AnyError {
    predicates!();
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.failure.fmt(f)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.failure.fmt(f)
    }
}

/// Says what [`Display`](fmt::Display) says: headers and bodies may hold what is secret.
impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}: {})", self.0.failure.kind, self.0.failure)
    }
}

/// Says what [`Display`](fmt::Display) says: headers and bodies may hold what is secret.
impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyError({:?}: {})", self.0.failure.kind, self.0.failure)
    }
}

impl<E> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.failure.source()
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.failure.source()
    }
}

/// What an API answers where the collection shows no error at all.
#[derive(Clone, Debug)]
pub struct Unexpected(pub Response<Body>);

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status())
    }
}

impl StdError for Unexpected {}

impl From<Answer> for Unexpected {
    fn from(answer: Answer) -> Self {
        Self(Response::from(answer))
    }
}
