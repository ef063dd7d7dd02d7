//! Answers from the collection's saved responses, without the API: in process, or on a port of this machine.
//!
//! In: the examples that the generator wrote beside a client, and requests. Out: a saved response, its variables filled in,
//! or `404` with the reason why none fits. A client of the same collection says which operation it calls, and is answered
//! with what was saved of that; any other request is answered as Postman's mock servers would. What was saved of another
//! address than its item's answers at both. A [`Replay`] is a [`Transport`]; [`Replay::serve`] makes a server of it, for any client in any
//! language.

mod block_on;
mod bodies;
mod calls;
mod example;
mod explain;
mod fault;
mod faults;
mod matching;
mod multipart;
mod paths;
mod saved_answer;
mod server;
mod variables;

pub use block_on::example;
pub use fault::Fault;
pub use faults::Faults;
pub use server::{Exchange, Limits, Server};

/// Reads a request off bytes as the server does: for fuzzing.
#[doc(hidden)]
pub mod parsing {
    pub use super::server::{Head, Refused, parse};
}

use crate::transport::{Called, Payload, Sent, Timeout, Transport, TransportError};
use example::Contents;
use fault::{Script, Struck};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use matching::Asked;
use saved_answer::Answer;
use std::sync::Arc;
use variables::Variables;

/// Saved responses that answer requests.
///
/// It is cheap to clone.
#[derive(Clone, Debug)]
pub struct Replay {
    contents: Arc<Contents>,
    given: Vec<(String, String)>,
    faults: Arc<Faults>,
    script: Arc<Script>,
    limits: Limits,
}

/// Examples that cannot be read.
#[derive(Debug)]
pub struct ReplayError(String);

impl std::fmt::Display for ReplayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the saved responses cannot be read: {}", self.0)
    }
}

impl std::error::Error for ReplayError {}

impl Replay {
    /// Reads the examples that the generator wrote.
    ///
    /// # Errors
    ///
    /// If they are not in its format.
    pub fn from_json(text: &str) -> Result<Self, ReplayError> {
        let contents = example::read(text).map_err(ReplayError)?;
        Ok(Self::of(contents))
    }

    /// The examples beside a generated client, which the generator wrote in one go with it.
    #[doc(hidden)]
    pub fn generated(text: &'static str) -> Self {
        Self::from_json(text).unwrap_or_else(|_| Self::of(Contents::default()))
    }

    fn of(contents: Contents) -> Self {
        Self {
            contents: Arc::new(contents),
            given: Vec::new(),
            faults: Arc::default(),
            script: Arc::default(),
            limits: Limits::default(),
        }
    }

    /// Says what a `{{variable}}` in saved responses stands for, and in the requests that they are compared with. Otherwise
    /// it is what the client that asks was given, or what the collection and its first environment say; dynamic ones such
    /// as `{{$guid}}` are made afresh. One that nobody gives a value is a value of the type that is expected there.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.given.push((name.into(), value.into()));
        self
    }

    /// Says what many variables stand for, such as those of one of the client's environments.
    #[must_use]
    pub fn variables(mut self, values: &[(&str, &str)]) -> Self {
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.given.extend(values);
        self
    }

    /// Answers late, or with errors, as often as this says.
    #[must_use]
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = Arc::new(faults);
        self
    }

    /// Lets the next request fail so, and with more of these those after it, in their order; the saved responses answer what comes
    /// then. A test of a program's own retries is
    /// `zoom::replay().fault(Fault::status(StatusCode::SERVICE_UNAVAILABLE).times(2))`, with a [`TestClock`](crate::testing::TestClock) for
    /// the waits in between.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        Arc::make_mut(&mut self.script).add(&fault);
        self
    }

    /// How many saved responses there are.
    pub fn len(&self) -> usize {
        self.contents.examples.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.contents.examples.is_empty()
    }

    /// Whether the item of this name answers a request.
    fn is_of(&self, asked: &Asked<'_>, called: Option<&Called>, name: &str) -> bool {
        let (_, item, _) = self.answer(asked, called);
        // The item's name ends its path through folders.
        let item = item.as_deref().and_then(|item| item.rsplit(" > ").next());
        item.is_some_and(|item| fault::is_same(name, item))
    }

    /// The answer to a request, and the item that it was saved of or else why there is none.
    fn answer(&self, asked: &Asked<'_>, called: Option<&Called>) -> (Answer, Option<String>, Option<String>) {
        let variables = Variables {
            given: &self.given,
            called,
            saved: &self.contents.variables,
        };
        match matching::find(&self.contents.examples, asked, &variables) {
            Ok(example) => (
                example.answer.answer(&variables),
                Some(example.item.clone()),
                None,
            ),
            Err(why) => (unmatched(asked, &why), None, Some(why)),
        }
    }
}

/// What is answered if no example fits; the shape of the body is that of Postman's mock servers.
fn unmatched(asked: &Asked<'_>, why: &str) -> Answer {
    let message = format!("no saved response for {} {}: {why}", asked.method, asked.path);
    let body = serde_json::json!({"error": {"name": "mockRequestNotFoundError", "message": message}});
    Answer {
        status: StatusCode::NOT_FOUND,
        reason: String::new(),
        headers: json_header(),
        body: body.to_string().into(),
    }
}

fn json_header() -> HeaderMap {
    HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))])
}

impl Transport for Replay {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(self.exchange(request))
    }

    /// Unless it fails on purpose.
    fn is_final(&self) -> bool {
        !self.faults.strike_at_all() && !self.script.is_written()
    }
}

impl Replay {
    /// The operation that is called, if these responses are told apart by operation.
    fn operation(&self, called: Option<&Called>) -> Option<String> {
        let mut examples = self.contents.examples.iter();
        let known = examples.any(|example| example.operation.is_some());
        called
            .filter(|_| known)
            .map(|called| called.operation().replace("r#", ""))
    }

    async fn exchange(&self, request: http::Request<Payload>) -> Result<Response<Payload>, TransportError> {
        let (parts, body) = request.into_parts();
        // A real server reads the body too; a file that cannot be opened must fail here as it does there.
        let body = body.collect().await?;
        let limit = parts.extensions.get::<Timeout>().copied();
        let called = parts.extensions.get::<Called>();
        let asked = Asked {
            operation: self.operation(called),
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            body: &body,
        };
        let fault = match limit {
            None => self.faults.strike().await,
            Some(Timeout(limit)) if !self.faults.is_late(limit) => self.faults.strike().await,
            Some(Timeout(limit)) => {
                tokio::time::sleep(limit).await;
                return Err(TransportError::timeout("the saved response came too late"));
            }
        };
        let saved = || fault.unwrap_or_else(|| self.answer(&asked, called).0);
        let mut is_cut = false;
        let is_called = |name: &str| {
            let operation = called.map_or("", Called::operation);
            let last = operation.rsplit("::").next().unwrap_or_default();
            fault::is_same(name, last) || self.is_of(&asked, called, name)
        };
        let answer = match self.script.next(is_called) {
            None => saved(),
            Some(Struck::Answer(answer)) => answer,
            Some(Struck::Refused) => {
                return Err(TransportError::connect("the connection was refused on purpose"));
            }
            Some(Struck::Broken) => {
                return Err(TransportError::other("the connection was broken on purpose"));
            }
            Some(Struck::CutOff) => {
                is_cut = true;
                saved()
            }
            Some(Struck::Late(by)) => {
                match called.and_then(Called::clock) {
                    Some(clock) => clock.sleep(by).await,
                    None => tokio::time::sleep(by).await,
                }
                saved()
            }
        };
        let mut response = Response::new(if is_cut {
            fault::cut_off(&answer.body)
        } else {
            Payload::bytes(answer.body)
        });
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        Ok(response)
    }
}
