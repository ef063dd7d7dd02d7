//! A source and the token that it gave last: when it is good, when it is fetched anew, and what becomes of one that is refused.
//!
//! In: the time, and what came of a fetch. Out: a token, or a fetch to wait for. It reads no clock and sends nothing.

use super::flight::{Flight, Refused, Waiting};
use super::held::Held;
use super::token::{Token, TokenSource};
use crate::error::BoxError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

/// So long a source that failed is not asked for a token that is not needed yet.
const PAUSE: Duration = Duration::from_secs(10);

/// So long no token is fetched because one is refused, once the last that was fetched for that was refused, too.
const FUTILE: Duration = Duration::from_secs(60);

/// A source, and what it gave.
pub(crate) struct Source {
    give: Arc<dyn TokenSource>,
    state: RwLock<State>,
}

#[derive(Default)]
struct State {
    held: Option<Arc<Held>>,
    flight: Option<Arc<Flight>>,
    /// How many there were.
    number: u64,
    /// How long the last was good that said so.
    lifetime: Option<Duration>,
    /// Which one was refused.
    doubted: Option<u64>,
    /// Which one was fetched because one was refused.
    renewed: Option<u64>,
    pause: Duration,
    futile: Duration,
    /// Why there will be none any more.
    ended: Option<Refused>,
}

impl State {
    /// The token at hand, if no server has refused it.
    fn good(&self, now: Duration) -> Option<&Arc<Held>> {
        let held = self.held.as_ref()?;
        (self.doubted != Some(held.number) && held.is_valid(now)).then_some(held)
    }
}

/// What a source answers at once.
pub(crate) enum Answer {
    /// A token.
    Ready(Arc<Held>),
    /// A fetch, whether it has just begun, and the token that is good until then.
    Wait(Waiting, bool, Option<Arc<Held>>),
    /// That there will be none.
    Refused(Refused),
}

/// What asks a source, and the time when that is done.
pub(crate) type Asked = Pin<Box<dyn Future<Output = (Result<Token, BoxError>, Duration)> + Send>>;

impl Source {
    pub(crate) fn new(give: impl TokenSource) -> Arc<Self> {
        Arc::new(Self {
            give: Arc::new(give),
            state: RwLock::default(),
        })
    }

    /// The token at hand, if it is good for some time.
    pub(crate) fn ready(&self, now: Duration) -> Option<Arc<Held>> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.good(now).filter(|held| held.expects(now)).cloned()
    }

    /// A token, or who fetches it: `ask` begins to, if nobody has.
    pub(crate) fn ask(
        self: &Arc<Self>,
        now: Duration,
        ask: impl FnOnce(Arc<dyn TokenSource>) -> Asked,
    ) -> Answer {
        let mut state = self.write();
        let good = state.good(now).cloned();
        if let Some(held) = good.as_ref().filter(|held| {
            let rests = state.flight.is_none() && now < state.pause;
            held.expects(now) || rests || state.ended.is_some()
        }) {
            return Answer::Ready(Arc::clone(held));
        }
        if let Some(ended) = &state.ended {
            return Answer::Refused(ended.clone());
        }
        if let Some(flight) = &state.flight {
            return Answer::Wait(Waiting(Arc::clone(flight)), false, good);
        }
        let asked = ask(Arc::clone(&self.give));
        // Weak, as the source holds what holds this.
        let source = Arc::downgrade(self);
        let flight = Flight::new(Box::pin(async move {
            let (result, after) = asked.await;
            match source.upgrade() {
                Some(source) => source.settle(result, now, after),
                None => Err(Refused::new("its client is gone")),
            }
        }));
        state.flight = Some(Arc::clone(&flight));
        Answer::Wait(Waiting(flight), true, good)
    }

    /// Takes what came of a fetch that began `before`.
    fn settle(
        &self,
        result: Result<Token, BoxError>,
        before: Duration,
        after: Duration,
    ) -> Result<Arc<Held>, Refused> {
        let mut state = self.write();
        state.flight = None;
        let result = result.and_then(|token| match token.text.as_str() {
            "" => Err("its source gave an empty one".into()),
            _ => Ok(token),
        });
        let doubted = state.doubted.take();
        match result {
            Ok(token) => {
                state.number += 1;
                state.lifetime = token.expires_in.or(state.lifetime);
                state.renewed = doubted.map(|_| state.number);
                let expires = |early: Duration| {
                    let lifetime = state.lifetime?;
                    Some(before.saturating_add(lifetime.saturating_sub(early)))
                };
                let held = Arc::new(Held {
                    text: token.text,
                    number: state.number,
                    renew_at: expires(state.lifetime.map(early).unwrap_or_default()),
                    expires_at: expires(Duration::ZERO),
                });
                state.held = Some(Arc::clone(&held));
                Ok(held)
            }
            Err(error) => {
                let is_final = error.downcast_ref::<Final>().is_some();
                let refused = Refused::new(error);
                state.pause = after.saturating_add(PAUSE);
                if is_final {
                    state.ended = Some(refused.clone());
                }
                Err(refused)
            }
        }
    }

    /// Hears that a server refused a token; whether there may be another.
    pub(crate) fn refused(&self, held: &Held, now: Duration) -> bool {
        let mut state = self.write();
        let is_last = state.held.as_ref().is_some_and(|last| last.number == held.number);
        if !is_last || state.doubted == Some(held.number) {
            return true;
        }
        if state.renewed == Some(held.number) {
            state.renewed = None;
            state.futile = now.saturating_add(FUTILE);
        }
        if now < state.futile || now < state.pause || state.ended.is_some() {
            return false;
        }
        state.doubted = Some(held.number);
        true
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source(…)")
    }
}

/// How long before its end a token is fetched anew; a short one lives half its life.
fn early(lifetime: Duration) -> Duration {
    let tenth = (lifetime / 10).clamp(Duration::from_secs(10), Duration::from_secs(300));
    tenth.min(lifetime / 2)
}

/// An error after which asking again does harm: a grant that is used up, a password that is wrong.
#[derive(Debug)]
pub(crate) struct Final(pub(crate) String);

impl fmt::Display for Final {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Final {}
