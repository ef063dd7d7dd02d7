//! One fetch that many wait for.
//!
//! In: a future that fetches a token. Out: futures that all give what it gave. Whoever is polled drives it; one that is dropped takes
//! nothing along, so that no cancelled call can burn a token that may be used once.

use super::held::Held;
use crate::error::BoxError;
use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Why there is no token: one error for all that wait.
#[derive(Clone)]
pub(crate) struct Refused(Arc<BoxError>);

impl Refused {
    pub(crate) fn new(error: impl Into<BoxError>) -> Self {
        Self(Arc::new(error.into()))
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// It is followed by what the source's own error is of, and says itself what that is.
impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// What comes of a fetch.
pub(super) type Fetched = Result<Arc<Held>, Refused>;

/// What fetches.
pub(super) type Fetch = Pin<Box<dyn Future<Output = Fetched> + Send>>;

/// A fetch that is under way.
pub(super) struct Flight {
    state: Mutex<State>,
    wakers: Arc<Wakers>,
}

enum State {
    Flying(Fetch),
    Landed(Fetched),
}

impl Flight {
    pub(super) fn new(fetch: Fetch) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::Flying(fetch)),
            wakers: Arc::default(),
        })
    }

    fn poll(&self, cx: &Context<'_>) -> Poll<Fetched> {
        let Some(_entered) = Entered::enter(self) else {
            return Poll::Ready(Err(Refused::new("its source waits for the token that it gives")));
        };
        // Before the fetch is polled: what it wakes is woken, whoever it was polled by.
        self.wakers.add(cx.waker());
        let mut state = unpoisoned(self.state.lock());
        let fetch = match &mut *state {
            State::Landed(fetched) => return Poll::Ready(fetched.clone()),
            State::Flying(fetch) => fetch,
        };
        let waker = Waker::from(Arc::clone(&self.wakers));
        let polled = catch_unwind(AssertUnwindSafe(|| {
            fetch.as_mut().poll(&mut Context::from_waker(&waker))
        }));
        let fetched = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(fetched)) => fetched,
            Err(_) => Err(Refused::new("its source panicked")),
        };
        *state = State::Landed(fetched.clone());
        drop(state);
        self.wakers.wake_by_ref();
        Poll::Ready(fetched)
    }
}

/// Somebody who waits for a fetch.
pub(crate) struct Waiting(pub(super) Arc<Flight>);

impl Waiting {
    /// Another who waits.
    pub(crate) fn another(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl Future for Waiting {
    type Output = Fetched;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Fetched> {
        self.0.poll(cx)
    }
}

/// All who wait: the fetch wakes them, and one of them polls it.
#[derive(Default)]
struct Wakers(Mutex<Vec<Waker>>);

impl Wakers {
    fn add(&self, waker: &Waker) {
        let mut wakers = unpoisoned(self.0.lock());
        if !wakers.iter().any(|other| other.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }
}

impl Wake for Wakers {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let wakers = std::mem::take(&mut *unpoisoned(self.0.lock()));
        wakers.into_iter().for_each(Waker::wake);
    }
}

thread_local! {
    /// The fetches that this thread is polling.
    static POLLED: RefCell<Vec<*const Flight>> = const { RefCell::new(Vec::new()) };
}

/// That this thread polls a fetch: one that polls itself would wait for itself for ever.
struct Entered(*const Flight);

impl Entered {
    fn enter(flight: &Flight) -> Option<Self> {
        let flight = std::ptr::from_ref(flight);
        POLLED.with_borrow_mut(|polled| {
            (!polled.contains(&flight)).then(|| {
                polled.push(flight);
                Self(flight)
            })
        })
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        POLLED.with_borrow_mut(|polled| polled.retain(|other| *other != self.0));
    }
}

/// What panics while it is polled has panicked before it changed anything here.
fn unpoisoned<'a, T>(lock: Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>>) -> MutexGuard<'a, T> {
    lock.unwrap_or_else(PoisonError::into_inner)
}
