//! Time that passes when nobody is waited for.
//!
//! In: sleeps of one task. Out: they end in the order in which they are due, at once; the clock says then what it would have
//! said. A look at a sleep does not end it as long as others come or go, so that all that the task waits for is known before the nearest is due.

use crate::wire::{Clock, Sleep};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A clock for tests, whose time passes as soon as a call waits for nothing else: for `clock(…)` of a client's builder, over answers in
/// memory like those of `replay()`. Waits between tries, timeouts and late answers take no time and come in their order. Over a
/// network, where a call waits for something that this clock does not know, every timeout is up at once.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: Duration,
    start: Duration,
    /// Who sleeps, until when.
    sleepers: Vec<(u64, Duration, Waker)>,
    next: u64,
    /// How often a sleep came or went.
    changes: u64,
}

/// So many looks in a row must find nothing new: what one sleep sets going may take a few of them to come to rest itself.
const CALM: u32 = 4;

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl TestClock {
    /// A clock that says 2023-11-14T22:13:20Z.
    pub fn new() -> Self {
        Self::at(Duration::from_secs(1_700_000_000))
    }

    /// A clock that says this time after the start of 1970.
    pub fn at(now: Duration) -> Self {
        Self(Arc::new(Mutex::new(State {
            now,
            start: now,
            sleepers: Vec::new(),
            next: 0,
            changes: 0,
        })))
    }

    /// The time that has passed.
    pub fn elapsed(&self) -> Duration {
        let state = self.state();
        state.now.saturating_sub(state.start)
    }

    /// Lets time pass.
    pub fn advance(&self, time: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(time);
        state.wake();
    }

    /// A test that panics leaves no half a state behind.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wake(&self) {
        self.sleepers.iter().for_each(|(_, _, waker)| waker.wake_by_ref());
    }
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.state().now
    }

    fn sleep(&self, time: Duration) -> Sleep {
        let until = self.now().saturating_add(time);
        Box::pin(Sleeping {
            clock: self.clone(),
            until,
            number: None,
            seen: 0,
            calm: 0,
        })
    }
}

struct Sleeping {
    clock: TestClock,
    until: Duration,
    /// By which it is known, once it was looked at.
    number: Option<u64>,
    /// How often others had come or gone at the last look.
    seen: u64,
    calm: u32,
}

impl Future for Sleeping {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let until = self.until;
        let clock = self.clock.clone();
        let mut state = clock.state();
        if state.now >= until {
            return Poll::Ready(());
        }
        let Some(number) = self.number else {
            let number = state.next;
            state.next += 1;
            state.changes += 1;
            state.sleepers.push((number, until, cx.waker().clone()));
            self.number = Some(number);
            cx.waker().wake_by_ref();
            return Poll::Pending;
        };
        for sleeper in state.sleepers.iter_mut().filter(|sleeper| sleeper.0 == number) {
            sleeper.2.clone_from(cx.waker());
        }
        let is_nearest = state.sleepers.iter().all(|(_, other, _)| *other >= until);
        self.calm = if self.seen == state.changes {
            self.calm + 1
        } else {
            0
        };
        self.seen = state.changes;
        if is_nearest && self.calm < CALM {
            cx.waker().wake_by_ref();
        } else if is_nearest {
            state.now = until;
            state.changes += 1;
            state.wake();
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// Nobody waits for it any more: the next one may be due.
impl Drop for Sleeping {
    fn drop(&mut self) {
        let mut state = self.clock.state();
        state
            .sleepers
            .retain(|(number, _, _)| Some(*number) != self.number);
        state.changes += 1;
        state.wake();
    }
}
