//! What a program hears of the sends of its calls, and what it adds to them.
//!
//! In: hooks of a client. Out: for each send a look at the request before it is signed, and after each try what came of it. A client
//! without hooks pays for none: no clock is read, and nothing is written down.

use crate::decode::DriftReport;
use crate::failure::Failure;
use crate::spec::Spec;
use crate::wire::Values;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What adds to requests.
pub(crate) type OnRequest = Arc<dyn Fn(&mut Outgoing<'_>) + Send + Sync>;
/// What hears of drift.
pub(crate) type OnDrift = Arc<dyn Fn(&DriftReport<'_>) + Send + Sync>;
/// What hears of tries.
pub(crate) type OnTry = Arc<dyn Fn(&Try<'_>) + Send + Sync>;

/// The hooks of a client.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) request: Option<OnRequest>,
    pub(crate) tried: Option<OnTry>,
    pub(crate) drift: Option<OnDrift>,
}

impl Hooks {
    /// The values of a call with what the hook adds to them, if there is one.
    pub(crate) fn laid_over(&self, values: &Values, spec: &Spec, number: u32) -> Option<Values> {
        let hook = self.request.as_ref()?;
        let mut outgoing = Outgoing {
            spec,
            number,
            headers: Vec::new(),
        };
        hook(&mut outgoing);
        let mut values = values.clone();
        for (name, value) in outgoing.headers {
            values
                .headers
                .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
            values.headers.push((name, value));
        }
        Some(values)
    }
}

/// A request that is about to be made, before it is signed; see [`on_request`](crate::ClientBuilder::on_request).
pub struct Outgoing<'a> {
    spec: &'a Spec,
    number: u32,
    headers: Vec<(String, String)>,
}

impl<'a> Outgoing<'a> {
    /// The name of the operation, as the collection has it.
    pub fn operation(&self) -> &'a str {
        self.spec.name
    }

    /// The method.
    pub fn method(&self) -> &'a str {
        self.spec.method
    }

    /// The address as the collection has it, `{{variables}}` and all.
    pub fn template(&self) -> &'a str {
        self.spec.url
    }

    /// Which try it is, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Sends a header, in place of the collection's and the call's of that name. Like theirs it is signed, and goes to no other origin
    /// than the call.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.headers.push((name.into(), value.into()));
    }
}

/// Headers may hold what is secret.
impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("operation", &self.spec.name)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// What came of one try of a call; see [`on_try`](crate::ClientBuilder::on_try).
pub struct Try<'a> {
    spec: &'a Spec,
    number: u32,
    outcome: Result<(StatusCode, &'a HeaderMap), &'a Failure>,
    took: Duration,
    next_in: Option<Duration>,
}

impl<'a> Try<'a> {
    pub(crate) fn new(
        spec: &'a Spec,
        number: u32,
        outcome: Result<(StatusCode, &'a HeaderMap), &'a Failure>,
        took: Duration,
        next_in: Option<Duration>,
    ) -> Self {
        Self {
            spec,
            number,
            outcome,
            took,
            next_in,
        }
    }

    /// The name of the operation, as the collection has it.
    pub fn operation(&self) -> &'a str {
        self.spec.name
    }

    /// The method.
    pub fn method(&self) -> &'a str {
        self.spec.method
    }

    /// The address as the collection has it, `{{variables}}` and all: one text for all calls of the operation, for metrics.
    pub fn template(&self) -> &'a str {
        self.spec.url
    }

    /// Which try it was, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The status, if it was answered.
    pub fn status(&self) -> Option<StatusCode> {
        match self.outcome {
            Ok((status, _)) => Some(status),
            Err(failure) => failure.answer.as_ref().map(|answer| answer.head.status),
        }
    }

    /// The headers of the answer.
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        match self.outcome {
            Ok((_, headers)) => Some(headers),
            Err(failure) => failure.answer.as_ref().map(|answer| &answer.head.headers),
        }
    }

    /// What went wrong, if no whole answer came; it holds no secret.
    pub fn error(&self) -> Option<impl fmt::Display + use<'a>> {
        self.outcome.err()
    }

    /// How long it took, redirects included: up to the end of the answer's body, or with `send_raw` to its beginning.
    pub fn took(&self) -> Duration {
        self.took
    }

    /// How long the call waits before it is sent again; `None` if this try was the last.
    pub fn next_in(&self) -> Option<Duration> {
        self.next_in
    }
}

impl fmt::Debug for Try<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Try")
            .field("operation", &self.spec.name)
            .field("number", &self.number)
            .field("status", &self.status())
            .field("took", &self.took)
            .field("next_in", &self.next_in)
            .finish_non_exhaustive()
    }
}
