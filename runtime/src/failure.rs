//! What went wrong with a call, whatever API it is of.
//!
//! In: a refusal to build, a failure of the transport, an answer. Out: the part of an error that is compiled once. Its
//! texts are bounded, name the method, the host and the path, and hold nothing that a client keeps secret.

use crate::decode::Drift;
use crate::error::BoxError;
use crate::outcome::WasSent;
use crate::response::{Head, RawParts};
use crate::transport::{TransportError, TransportErrorKind};
use crate::wire::{BuildError, Gap};
use bytes::Bytes;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

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
    pub(crate) sent: WasSent,
    /// Whether there is more of the answer's body than was read.
    pub(crate) is_cut: bool,
    /// How often the call was sent.
    pub(crate) tries: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Api,
    Build,
    Transport(TransportErrorKind),
    /// Its body is larger than the limit.
    TooLarge,
    /// A redirect that is not followed.
    Redirect,
    Decode,
    /// There is no token to send it with.
    Token,
    /// A list that leads in circles, or elsewhere.
    Paging,
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

    /// A request that is not sent for want of a token, or not sent again.
    pub(crate) fn token(name: &str, error: impl StdError + Send + Sync + 'static) -> Box<Self> {
        let why = format!("its token could not be had: {}", chain(&error));
        let mut failure = Self::new(Kind::Token, heading(name), why);
        failure.source = Some(error.into());
        failure
    }

    pub(crate) fn transport(request: &str, error: TransportError) -> Box<Self> {
        let mut failure = Self::new(Kind::Transport(error.kind()), request, chain(&error));
        failure.source = Some(error.into_source());
        failure
    }

    /// An answer whose body is too large.
    pub(crate) fn too_large(request: &str, head: Head, limit: u64) -> Box<Self> {
        let why = format!("its body is larger than {limit} bytes (`body_limit`)");
        let mut failure = Self::new(Kind::TooLarge, request, why);
        failure.answer_with(head);
        failure
    }

    /// A redirect that is not followed.
    pub(crate) fn redirect(request: &str, head: Head, why: String) -> Box<Self> {
        let mut failure = Self::new(Kind::Redirect, request, why);
        failure.answer_with(head);
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
            sent: kind.sent(),
            is_cut: false,
            tries: u32::from(kind.sent() != WasSent::No),
        })
    }

    /// The same, after so many tries.
    pub(crate) fn after(mut self: Box<Self>, tries: u32) -> Box<Self> {
        if !matches!(self.kind, Kind::Build | Kind::Io) {
            self.tries = tries;
        }
        self
    }

    pub(crate) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().and_then(|source| source.source())
    }

    /// Tells of an answer whose body is not all there.
    pub(crate) fn answer_with(&mut self, head: Head) {
        let body = Bytes::new();
        let tries = self.tries;
        self.answer = Some(Arc::new(RawParts { head, body, tries }));
        self.sent = WasSent::Answered;
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
            (Kind::Build, _) | (Kind::Token, None) => write!(f, "{request} was not sent: {message}"),
            (kind, None) if kind.timed_out().is_some() => {
                write!(f, "no answer in time from {request}: {message}")
            }
            (Kind::Transport(_), None) => write!(f, "no answer from {request}: {message}"),
            (_, None) => write!(f, "{request}: {message}"),
            (_, Some(answer)) if message.is_empty() => write!(f, "{} from {request}", answer.head.line()),
            (_, Some(answer)) => write!(f, "{} from {request}: {message}", answer.head.line()),
        }?;
        if self.is_cut {
            f.write_str(" (of a longer body)")?;
        }
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
