//! The tokens of one call: those that it takes are there before it is sent, and one that a server refuses is fetched anew.
//!
//! In: the sends of a call. Out: its slots, filled; nothing else of a call is known here. A source is asked in a task of its own where
//! there is a runtime to run it, so that a call that is dropped leaves it alone.

use crate::client::Client;
use crate::error::Failure;
use crate::outcome::WasSent;
use crate::response::Head;
use crate::sends::Sends;
use crate::tokens::{Answer, Asked, Asking, Held, Refused, Source, TokenSource, Waiting};
use crate::transport::Payload;
use crate::wire::Mode;
use http::{StatusCode, header};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

impl Sends<'_> {
    /// Sees to it that the next request has the tokens that it takes.
    pub(crate) async fn provide(&mut self) -> Result<(), Box<Failure>> {
        let now = self.draft.client.inner().clock.now();
        for slot in self.tokens.iter_mut().flat_map(|tokens| &mut tokens.slots) {
            slot.look(now);
        }
        while self.slots().iter().any(|slot| slot.held.is_none()) {
            // Which of them it takes is not known before it is made.
            self.parts()?;
            let is_absent = |index: &&usize| {
                let slot = self.slots().get(**index);
                slot.is_some_and(|slot| slot.held.is_none())
            };
            let Some(index) = self.resend.asked.iter().find(is_absent).copied() else {
                return Ok(());
            };
            let held = self.fetch(index, now).await?;
            let slots = self.tokens.as_mut().map(|tokens| &mut tokens.slots);
            if let Some(slot) = slots.and_then(|slots| slots.get_mut(index)) {
                slot.held = held;
            }
        }
        Ok(())
    }

    /// The token of a source, from wherever it is.
    async fn fetch(&mut self, index: usize, now: Duration) -> Result<Option<Arc<Held>>, Box<Failure>> {
        let Some(slot) = self.slots().get(index) else {
            return Ok(None);
        };
        let (client, source) = (&self.draft.client, Arc::clone(&slot.source));
        let waiting = match source.ask(now, |give| asked(give, client, &source)) {
            Answer::Ready(held) => return Ok(Some(held)),
            Answer::Refused(refused) => return Err(self.without_token(refused)),
            Answer::Wait(waiting, is_new, good) => {
                let runs = spawn(&waiting, is_new);
                match good {
                    // It is fetched before it is needed: nobody has to wait for that.
                    Some(held) if runs => return Ok(Some(held)),
                    Some(_) | None => waiting,
                }
            }
        };
        match self.watch.meanwhile(waiting).await {
            Ok(Ok(held)) => Ok(Some(held)),
            Ok(Err(refused)) => Err(self.without_token(refused)),
            Err(error) => {
                let mut failure = Failure::transport(self.spec.name, error);
                failure.message.push_str(", in which its token did not come");
                failure.sent = WasSent::No;
                Err(self.after_refusal(failure))
            }
        }
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is large, and only ever an error"
    )]
    fn without_token(&mut self, refused: Refused) -> Box<Failure> {
        self.after_refusal(Failure::token(self.spec.name, refused))
    }

    /// The same, of a call that may have been sent before.
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is large, and only ever an error"
    )]
    fn after_refusal(&mut self, mut failure: Box<Failure>) -> Box<Failure> {
        // The send that is not made is none.
        self.tries -= 1;
        let refused = self.tokens.as_mut().and_then(|tokens| tokens.refused.take());
        if let Some(head) = refused {
            failure.answer_with(head);
        } else if self.came_through {
            failure.sent = WasSent::Maybe;
        }
        failure
    }

    /// Whether an answer refuses a token and the call is sent once more, with another. What it is not sent again with, the next call
    /// does without, too.
    pub(crate) fn doubts_token(&mut self, response: &http::Response<Payload>) -> bool {
        if self.resend.asked.is_empty() || !is_refusal(response) || self.is_elsewhere() {
            return false;
        }
        let inner = self.draft.client.inner();
        let now = inner.clock.now();
        let asked = self
            .resend
            .asked
            .iter()
            .filter_map(|index| self.slots().get(*index));
        let held = asked.filter_map(|slot| Some((&slot.source, slot.held.as_ref()?)));
        let renewed = held.filter(|(source, held)| source.refused(held, now)).count();
        let is_first = self
            .tokens
            .as_ref()
            .is_some_and(|tokens| tokens.refused.is_none());
        let may = is_first
            && self.draft.mode == Mode::Normal
            && self.draft.limits.retry.allows(self.tries)
            && !inner.transport.is_final();
        if renewed == 0 || !may || self.is_spent() {
            return false;
        }
        let (status, headers) = (response.status(), response.headers().clone());
        self.starts_again((status, &headers));
        if let Some(tokens) = &mut self.tokens {
            tokens.refused = Some(Head { status, headers });
        }
        true
    }
}

/// Whether a server says that a token is not good, or no longer.
fn is_refusal(response: &http::Response<Payload>) -> bool {
    let says = || {
        let asked = response.headers().get_all(header::WWW_AUTHENTICATE);
        asked.iter().any(|value| {
            let text = String::from_utf8_lossy(value.as_bytes());
            text.contains("invalid_token")
        })
    };
    match response.status() {
        StatusCode::UNAUTHORIZED => true,
        StatusCode::FORBIDDEN => says(),
        _ => false,
    }
}

/// Asks a source, in a time that is not for ever.
fn asked(give: Arc<dyn TokenSource>, client: &Client, source: &Arc<Source>) -> Asked {
    let clock = Arc::clone(&client.inner().clock);
    let client = client.without(source);
    Box::pin(async move {
        let asking = match client {
            Ok(client) => Asking::new(Arc::new(client)),
            Err(error) => return (Err(error.into()), clock.now()),
        };
        let mut token = pin!(give.token(&asking));
        let (longest, mut timer) = (give.longest(), None);
        let result = poll_fn(|cx| match token.as_mut().poll(cx) {
            Poll::Ready(result) => Poll::Ready(result),
            Poll::Pending => {
                let timer = timer.get_or_insert_with(|| clock.sleep(longest));
                let up = timer.as_mut().poll(cx);
                up.map(|()| Err(format!("its source gave none within {longest:?}").into()))
            }
        });
        let result = result.await;
        (result, clock.now())
    })
}

/// Has a fetch go on by itself, if it has just begun; whether it does.
fn spawn(waiting: &Waiting, is_new: bool) -> bool {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return false;
    };
    if is_new {
        drop(runtime.spawn(waiting.another()));
    }
    true
}
