//! Server-sent events of a call.
//!
//! In: the body of an answer, and the call that it answers. Out: events as they come; where the caller wants it and asking twice does
//! no harm, the stream is asked for again when it breaks off.

use super::lines::too_long;
use super::open::{Opened, open};
use super::parser::Parser;
use crate::call::Draft;
use crate::error::{AnyError, Failure, Unexpected};
use crate::response::Answer;
use crate::spec::Spec;
use crate::transport::Payload;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The longest wait before a stream is asked for again.
const LONGEST: Duration = Duration::from_secs(30);

/// The events of an answer, one after the other.
#[must_use = "nothing is read until `next` is awaited"]
pub struct Events {
    draft: Arc<Draft>,
    spec: &'static Spec,
    request: String,
    body: Option<Payload>,
    parser: Parser,
    done: Option<String>,
    reconnects: bool,
    /// How often in a row it could not be asked for again.
    failed: u32,
    last_id: String,
    is_over: bool,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    name: String,
    data: String,
    id: String,
}

impl Event {
    /// What kind of event it is: `message`, if the server does not say.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its data as text.
    pub fn data(&self) -> &str {
        &self.data
    }

    /// Its id, or that of the last event before it which had one; empty if there was none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The value of its data, if that is JSON of this type.
    ///
    /// # Errors
    ///
    /// If it is not; the events after it can be read all the same.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, AnyError> {
        serde_json::from_str(&self.data)
            .map_err(|why| AnyError::new(Failure::undecodable("an event", &why.to_string())))
    }
}

impl Events {
    pub(super) fn new(opened: Opened, draft: Arc<Draft>, spec: &'static Spec) -> Self {
        Self {
            draft,
            spec,
            request: opened.request,
            body: Some(opened.body),
            parser: Parser::new(),
            done: None,
            reconnects: false,
            failed: 0,
            last_id: String::new(),
            is_over: opened.is_over,
        }
    }

    /// Ends at an event whose data is this, which is not given: `events.until("[DONE]")`.
    pub fn until(mut self, data: impl Into<String>) -> Self {
        self.done = Some(data.into());
        self
    }

    /// Asks for the stream again when it ends or breaks off, from the last event on that had an id: after 3 seconds, or as long as the
    /// server says, and twice as long each time that fails, up to 30. Each failure is an error of [`next`](Self::next), behind
    /// which it goes on. It ends with the answer 204, with an answer that is an error or no stream of events, or when it is dropped.
    ///
    /// Calls that may not be made twice, like those of `POST`, do not: for them the stream just ends.
    pub fn reconnect(mut self) -> Self {
        self.reconnects = self.spec.method == "GET";
        self
    }

    /// Waits for the next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, if nothing comes for as long as `idle_timeout` says (comments count), or if an event is longer than
    /// 16 MiB or a line of it than 1 MiB. Without [`reconnect`](Self::reconnect) there are no events after that.
    pub async fn next(&mut self) -> Option<Result<Event, AnyError>> {
        while !self.is_over {
            let Some(body) = &mut self.body else {
                if let Err(error) = self.again().await {
                    return Some(Err(error));
                }
                continue;
            };
            match self.parser.next() {
                Ok(None) => {}
                Ok(Some(said)) => {
                    self.last_id.clone_from(&said.id);
                    if self.done.as_ref() == Some(&said.data) {
                        self.is_over = true;
                        return None;
                    }
                    let (name, data, id) = (said.name, said.data, said.id);
                    return Some(Ok(Event { name, data, id }));
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(too_long(&self.request, error.0)));
                }
            }
            match body.chunk().await {
                Ok(Some(bytes)) => {
                    self.failed = 0;
                    self.parser.push(&bytes);
                }
                Ok(None) => self.end(),
                Err(_) if self.reconnects => self.end(),
                Err(error) => {
                    self.end();
                    return Some(Err(error.of(&self.request).into()));
                }
            }
        }
        None
    }

    fn end(&mut self) {
        self.body = None;
        self.parser.again();
        self.is_over = !self.reconnects;
    }

    /// Asks for the stream once more.
    async fn again(&mut self) -> Result<(), AnyError> {
        let wait = self.parser.retry.unwrap_or(Duration::from_secs(3));
        let wait = wait
            .saturating_mul(1 << self.failed.min(10))
            .min(LONGEST.max(wait));
        let clock = Arc::clone(&self.draft.client.inner().clock);
        clock.sleep(wait).await;
        let mut draft = (*self.draft).clone();
        if !self.last_id.is_empty() {
            draft
                .values
                .headers
                .retain(|(name, _)| !name.eq_ignore_ascii_case("last-event-id"));
            let id = ("Last-Event-ID".to_owned(), self.last_id.clone());
            draft.values.headers.push(id);
        }
        match open(Arc::new(draft), self.spec).await {
            Ok(Ok(opened)) => {
                self.is_over = opened.is_over;
                self.body = Some(opened.body);
                Ok(())
            }
            // The server says no.
            Ok(Err(answered)) => {
                self.is_over = true;
                Err(answered.fail(Answer::body::<Unexpected>).into())
            }
            Err(failure) => {
                self.is_over = !matches!(failure.kind, crate::error::Kind::Transport(_));
                self.failed += 1;
                Err(AnyError::new(failure))
            }
        }
    }

    #[cfg(feature = "blocking")]
    pub(super) fn client(&self) -> crate::client::Client {
        self.draft.client.clone()
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(…)")
    }
}
