//! What goes wrong with single requests, in the order in which it was asked for.
//!
//! In: a script. Out: for each request its fault, until there is none left; the saved responses answer then.

use super::saved_answer::Answer;
use crate::transport::Payload;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use http_body::{Body, Frame};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// What goes wrong with a request, for [`Replay::fault`](super::Replay::fault).
#[derive(Clone, Debug)]
pub struct Fault {
    kind: Kind,
    times: usize,
    of: Option<String>,
}

#[derive(Clone, Debug)]
enum Kind {
    Refused,
    Broken,
    /// After this much of the body.
    CutOff,
    Late(Duration),
    Status(StatusCode, Vec<(HeaderName, HeaderValue)>),
}

impl Fault {
    const fn new(kind: Kind) -> Self {
        Self {
            kind,
            times: 1,
            of: None,
        }
    }

    /// There is no connection. A served replay closes the one that there is.
    pub const fn refused() -> Self {
        Self::new(Kind::Refused)
    }

    /// The connection breaks before the answer: nobody can know whether the request was done.
    pub const fn broken() -> Self {
        Self::new(Kind::Broken)
    }

    /// The saved answer begins, and breaks off in its body.
    pub const fn cut_off() -> Self {
        Self::new(Kind::CutOff)
    }

    /// The saved answer comes this much later, by the client's own clock if it is one for tests.
    pub const fn late(by: Duration) -> Self {
        Self::new(Kind::Late(by))
    }

    /// This status comes in place of the saved answer.
    pub const fn status(status: StatusCode) -> Self {
        Self::new(Kind::Status(status, Vec::new()))
    }

    /// Gives the answer of [`status`](Self::status) a header: `.header("Retry-After", "2")`. One that HTTP does not know
    /// as such is left out, and of other faults there is no answer to have it.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Kind::Status(_, headers), Ok(name), Ok(value)) = (&mut self.kind, name.parse(), value.parse())
        {
            headers.push((name, value));
        }
        self
    }

    /// For so many requests, one after the other.
    #[must_use]
    pub const fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// For requests of one operation only, by its name in the collection or that of its function: others pass, a log-in before it
    /// for instance. A fault of an operation that is not called never comes.
    #[must_use]
    pub fn of(mut self, operation: impl Into<String>) -> Self {
        self.of = Some(operation.into());
        self
    }
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub(super) enum Struck {
    Refused,
    Broken,
    CutOff,
    Late(Duration),
    Answer(Answer),
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub(super) struct Script {
    rest: Mutex<VecDeque<(Option<String>, Kind)>>,
    /// Whether there ever were any.
    is_written: bool,
}

impl Script {
    pub(super) fn add(&mut self, fault: &Fault) {
        self.is_written = true;
        let rest = self.rest.get_mut().unwrap_or_else(PoisonError::into_inner);
        rest.extend(std::iter::repeat_n(
            (fault.of.clone(), fault.kind.clone()),
            fault.times,
        ));
    }

    pub(super) fn is_written(&self) -> bool {
        self.is_written
    }

    /// The next one that is for all requests, or for one that is called so.
    pub(super) fn next(&self, is_called: impl Fn(&str) -> bool) -> Option<Struck> {
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_next = |(of, _): &(Option<String>, Kind)| of.as_deref().is_none_or(&is_called);
        let at = rest.iter().position(is_next)?;
        Some(match rest.remove(at)?.1 {
            Kind::Refused => Struck::Refused,
            Kind::Broken => Struck::Broken,
            Kind::CutOff => Struck::CutOff,
            Kind::Late(by) => Struck::Late(by),
            Kind::Status(status, headers) => {
                let mut answer = Answer {
                    status,
                    reason: String::new(),
                    headers: HeaderMap::from_iter([(
                        header::CONTENT_TYPE,
                        HeaderValue::from_static("application/json"),
                    )]),
                    body: "{}".into(),
                };
                answer.headers.extend(headers);
                Struck::Answer(answer)
            }
        })
    }
}

/// Whether two names are of one operation, however words are parted: `Get a user token` is `get_a_user_token`.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// For copies of a replay that go their own ways.
impl Clone for Script {
    fn clone(&self) -> Self {
        let rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        Self {
            rest: Mutex::new(rest.clone()),
            is_written: self.is_written,
        }
    }
}

/// The first half of a body, and an error.
pub(super) fn cut_off(body: &Bytes) -> Payload {
    let half = body.slice(..body.len() / 2);
    Payload::stream(Cut(Some(half).filter(|half| !half.is_empty())))
}

struct Cut(Option<Bytes>);

impl Body for Cut {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(match self.0.take() {
            Some(bytes) => Ok(Frame::data(bytes)),
            None => Err(std::io::Error::other("the body was cut off on purpose")),
        }))
    }
}
