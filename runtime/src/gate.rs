//! How many sends of a client there may be at once, and how many in a time.
//!
//! In: the sends of all calls of a client. Out: each, when its turn has come. A client without such a limit has no gate.

use crate::wire::Clock;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The limits of a client, which copies of it share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate {
    places: Option<Arc<Semaphore>>,
    rate: Option<Arc<Rate>>,
}

/// So many in a time, any of which may come at once.
#[derive(Debug)]
struct Rate {
    /// What each takes of the time.
    interval: Duration,
    /// How far ahead of its time one may be.
    ahead: Duration,
    /// When the next one is due by the interval.
    due: Mutex<Duration>,
}

impl Gate {
    pub(crate) fn set_places(&mut self, most: usize) {
        let places = most.clamp(1, Semaphore::MAX_PERMITS);
        self.places = Some(Arc::new(Semaphore::new(places)));
    }

    pub(crate) fn set_rate(&mut self, most: u32, per: Duration) {
        let most = most.max(1);
        let interval = per / most;
        self.rate = Some(Arc::new(Rate {
            interval,
            ahead: interval * (most - 1),
            due: Mutex::default(),
        }));
    }

    pub(crate) fn is_open(&self) -> bool {
        self.places.is_none() && self.rate.is_none()
    }

    /// Waits for a turn; what it gives is kept for as long as the send takes.
    pub(crate) async fn pass(&self, clock: &dyn Clock) -> Option<OwnedSemaphorePermit> {
        let permit = match &self.places {
            // It is never closed.
            Some(places) => Arc::clone(places).acquire_owned().await.ok(),
            None => None,
        };
        let wait = self.rate.as_ref().map(|rate| rate.wait(clock.now()));
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            clock.sleep(wait).await;
        }
        permit
    }
}

impl Rate {
    /// Takes the next turn, and says how far it is away.
    fn wait(&self, now: Duration) -> Duration {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (*due).max(now);
        *due = turn.saturating_add(self.interval);
        turn.saturating_sub(self.ahead).saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_come_at_once_and_the_others_in_their_time() {
        let mut gate = Gate::default();
        gate.set_rate(2, Duration::from_secs(1));
        let rate = gate.rate.unwrap();
        let waits = |now: u64, count: usize| -> Vec<u128> {
            (0..count)
                .map(|_| rate.wait(Duration::from_millis(now)).as_millis())
                .collect()
        };
        assert_eq!(waits(10_000, 5), [0, 0, 500, 1_000, 1_500]);
        // What was promised counts on.
        assert_eq!(waits(11_500, 2), [500, 1_000]);
        assert_eq!(waits(60_000, 3), [0, 0, 500]);
    }
}
