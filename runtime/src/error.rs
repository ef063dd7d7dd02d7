//! Why a call did not succeed.
//!
//! In: a refusal to build, a failure of the transport, an answer that is an error or cannot be read. Out: one opaque
//! error with predicates, typed by the API's own error ([`Error`]) or not ([`AnyError`]). Texts are bounded, and what
//! a client keeps secret is not in them.

use crate::decode::Drift;
use crate::response::{Answer, Body, RawParts, Response};
use crate::transport::{TransportError, TransportErrorKind};
use crate::wire::{BuildError, Gap};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

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
        Self::new(Failure::transport("the answer's body", error))
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

        /// The body of the answer as it came, if there was one.
        pub fn body(&self) -> Option<&Bytes> {
            self.0.failure.answer.as_ref().map(|answer| &answer.body)
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

        /// Whether there is no whole answer: no connection, a timeout, a broken one.
        pub fn is_transport(&self) -> bool {
            matches!(self.0.failure.kind, Kind::Transport(_))
        }

        /// Whether no connection was made.
        pub fn is_connect(&self) -> bool {
            matches!(
                self.0.failure.kind,
                Kind::Transport(TransportErrorKind::Connect)
            )
        }

        /// Whether the time was up.
        pub fn is_timeout(&self) -> bool {
            matches!(
                self.0.failure.kind,
                Kind::Transport(TransportErrorKind::Timeout)
            )
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

/// The part of an error that does not depend on the API.
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    /// Method and path, secrets replaced: `GET /users/me/token`.
    pub(crate) request: String,
    pub(crate) answer: Option<Arc<RawParts>>,
    /// What went wrong, secrets replaced.
    pub(crate) message: String,
    pub(crate) drift: Vec<Drift>,
    /// What was not in the request, where that may be why.
    pub(crate) gaps: Vec<Gap>,
    pub(crate) source: Option<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Api,
    Build,
    Transport(TransportErrorKind),
    Decode,
    /// No call at all.
    Io,
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "a failure is large, and only ever an error"
)]
impl Failure {
    /// A request that is not sent.
    pub(crate) fn build(name: &str, why: impl fmt::Display) -> Box<Self> {
        Self::new(Kind::Build, heading(name), why.to_string())
    }

    pub(crate) fn refused(name: &str, error: BuildError) -> Box<Self> {
        let mut failure = Self::build(name, &error);
        failure.source = Some(error.into());
        failure
    }

    pub(crate) fn transport(request: &str, error: TransportError) -> Box<Self> {
        let mut failure = Self::new(Kind::Transport(error.kind()), request, chain(&error));
        failure.source = Some(error.into_source());
        failure
    }

    /// A body that is not what it was asked to be.
    pub(crate) fn undecodable(what: &str, why: &str) -> Box<Self> {
        Self::new(Kind::Decode, what, why.to_owned())
    }

    pub(crate) fn new(kind: Kind, request: &str, message: String) -> Box<Self> {
        Box::new(Self {
            kind,
            request: request.to_owned(),
            answer: None,
            message,
            drift: Vec::new(),
            gaps: Vec::new(),
            source: None,
        })
    }

    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().and_then(|source| source.source())
    }
}

/// The beginning of an item's name, which some authors write whole paragraphs as.
fn heading(name: &str) -> &str {
    const LONG: usize = 80;
    let line = name.trim().lines().next().unwrap_or_default().trim_end();
    if line.len() <= LONG {
        return line;
    }
    // What is shorter ends with an abbreviation, or a number.
    let mut ends = line.match_indices(". ").map(|(end, _)| end);
    let end = ends
        .find(|end| *end >= LONG / 8)
        .filter(|end| *end <= LONG)
        .or_else(|| {
            line.match_indices(' ')
                .map(|(at, _)| at)
                .take_while(|at| *at <= LONG)
                .last()
        });
    end.and_then(|end| line.get(..end)).unwrap_or(line)
}

/// An error and its causes; transports tend to say only in the last what happened.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, message, .. } = self;
        match (self.kind, &self.answer) {
            (Kind::Io, _) => f.write_str(message),
            (Kind::Build, _) => write!(f, "{request} was not sent: {message}"),
            (Kind::Transport(TransportErrorKind::Timeout), None) => {
                write!(f, "no answer in time from {request}: {message}")
            }
            (Kind::Transport(_), None) => write!(f, "no answer from {request}: {message}"),
            (_, None) => write!(f, "{request}: {message}"),
            (_, Some(answer)) if message.is_empty() => write!(f, "{} from {request}", answer.head.line()),
            (_, Some(answer)) => write!(f, "{} from {request}: {message}", answer.head.line()),
        }?;
        self.gaps.iter().try_for_each(|gap| write!(f, " ({gap})"))
    }
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn names_that_are_paragraphs_are_said_by_their_beginning() {
        let long = "It needs a token of the account that the order is of, and it may take some time.";
        for (name, said) in [
            ("Get v1. Users", "Get v1. Users"),
            (" Create an order \n\nIt is checked first.", "Create an order"),
            (&format!("1. Create an order. {long}"), "1. Create an order"),
            (
                &format!("{long} Really."),
                "It needs a token of the account that the order is of, and it may take some time",
            ),
            (&"ü".repeat(90), &"ü".repeat(90)),
            (
                &long.replace('.', " "),
                "It needs a token of the account that the order is of, and it may take some time",
            ),
        ] {
            assert_eq!(heading(name), said);
        }
    }
}
