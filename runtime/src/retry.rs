//! When a call is sent again, and how long it waits before that.
//!
//! In: what came of a send. Out: nothing, or a time to wait. Only what cannot do harm is sent again: what nobody received, what was
//! refused before anything was done, and, of calls that may be made twice, what may have been done. A client that has failed too
//! often for its successes stops sending again.

use crate::failure::{Failure, Kind};
use crate::transport::TransportErrorKind;
use crate::wire::Entropy;
use http::{HeaderMap, StatusCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often a call is sent at most, and how long it waits in between.
///
/// By default a call is sent three times at most. It is sent again if there was no connection, and after 425 and 429. Calls that may be
/// made twice are also sent again after 408, 500, 502, 503 and 504, and if the connection breaks or a try takes too long: those of GET,
/// HEAD, OPTIONS, TRACE, PUT and DELETE, those that send an idempotency key, and those that say so by
/// [`idempotent`](crate::Call::idempotent). What a server says of the time to wait is obeyed, in any of its spellings, up to 60 seconds;
/// else a call waits between 0.1 and 20 seconds, longer each time. `Type::saved` is sent once, as Postman sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    tries: u32,
    longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            tries: 3,
            longest: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// Sends once, whatever comes of it.
    pub const fn none() -> Self {
        Self::tries(1)
    }

    /// Sends as often as this at most, the first time included; 0 is once, too.
    pub const fn tries(tries: u32) -> Self {
        Self {
            tries,
            longest: Duration::from_secs(60),
        }
    }

    /// Waits no longer than this because a server says so: a longer wait is an error at once, with
    /// [`retry_after`](crate::Error::retry_after). 60 seconds by default.
    #[must_use]
    pub const fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest = longest;
        self
    }
}

/// What may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    Never,
    /// What may be made twice.
    IfIdempotent,
    Always,
}

/// Whether something that failed in sending may be sent again.
pub(crate) fn of_failure(failure: &Failure) -> Again {
    let Kind::Transport(kind) = failure.kind else {
        return Again::Never;
    };
    match kind {
        // A certificate that is wrong is so the next time, too, and so is a server that speaks something else.
        TransportErrorKind::Connect if failure.message.contains("certificate") => Again::Never,
        TransportErrorKind::Other if is_no_http(&failure.message) => Again::Never,
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Again::Always,
        TransportErrorKind::Timeout
        | TransportErrorKind::IdleTimeout
        | TransportErrorKind::TryTimeout
        | TransportErrorKind::Other => Again::IfIdempotent,
        TransportErrorKind::CallTimeout | TransportErrorKind::Unsent => Again::Never,
    }
}

/// Whether what came is no HTTP, in the words of `hyper` and of `httparse`.
fn is_no_http(message: &str) -> bool {
    message.contains("invalid HTTP version") || message.contains("invalid HTTP status")
}

/// Whether what was answered so may be sent again; `own` are statuses that mean so for this API.
pub(crate) fn of_answer(status: StatusCode, headers: &HeaderMap, own: &[u16]) -> Again {
    let by_status = match status.as_u16() {
        425 | 429 => Again::Always,
        408 | 500 | 502 | 503 | 504 => Again::IfIdempotent,
        own_status if own.contains(&own_status) => Again::IfIdempotent,
        _ => Again::Never,
    };
    let word = ["x-should-retry", "stripe-should-retry"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok());
    match (word, by_status) {
        (Some("false"), _) => Again::Never,
        (Some("true"), Again::Never) => Again::IfIdempotent,
        (Some(_) | None, by_status) => by_status,
    }
}

/// Methods that may be used twice (RFC 9110, 9.2.2).
pub(crate) fn is_idempotent(method: &str) -> bool {
    ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].contains(&method)
}

/// Whether a header of this name is a key by which a server knows a call that it has answered.
pub(crate) fn is_key(name: &str) -> bool {
    name.to_ascii_lowercase().contains("idempoten")
}

/// Whether an answer says that too much was asked for.
pub(crate) fn is_throttled(status: Option<StatusCode>) -> bool {
    matches!(status.map(|status| status.as_u16()), Some(429 | 503))
}

/// How long the `n`th wait is if nobody says, from 0: half of it is chance.
pub(crate) fn backoff(n: u32, throttled: bool, entropy: &dyn Entropy) -> Duration {
    const LONGEST: u64 = 20_000;
    let base: u64 = if throttled { 1_000 } else { 200 };
    let whole = base.saturating_mul(1 << n.min(16)).min(LONGEST);
    let half = whole / 2;
    Duration::from_millis(half + entropy.next_u64() % (half + 1))
}

/// A wait that a server asks for, and up to a tenth more, so that not all come back at once.
pub(crate) fn spread(wait: Duration, entropy: &dyn Entropy) -> Duration {
    let tenth = u64::try_from(wait.as_millis() / 10).unwrap_or(u64::MAX - 1);
    wait + Duration::from_millis(entropy.next_u64() % (tenth + 1))
}

impl Retry {
    /// Whether there may be another send after so many.
    pub(crate) fn allows(self, tries: u32) -> bool {
        tries < self.tries
    }

    /// Whether a server may ask for such a wait.
    pub(crate) fn waits(self, wait: Duration) -> bool {
        wait <= self.longest
    }
}

/// What a client may spend on sends that failed: it is filled by those that did not.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;

    /// What a send costs; one that the server refused for there being too many costs less.
    fn cost(throttled: bool) -> u32 {
        if throttled { 5 } else { 14 }
    }

    /// Pays for another send, if there is enough.
    pub(crate) fn pay(&self, throttled: bool) -> bool {
        let cost = Self::cost(throttled);
        let pay = |left: u32| left.checked_sub(cost);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// A call succeeded.
    pub(crate) fn earn(&self) {
        if self.0.load(Ordering::Relaxed) < Self::FULL {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Most;

    impl Entropy for Most {
        fn next_u64(&self) -> u64 {
            u64::MAX
        }
    }

    #[test]
    fn a_budget_ends_and_is_filled_by_successes() {
        for (throttled, sends) in [(false, 35), (true, 100)] {
            let budget = Budget::default();
            assert_eq!((0..200).filter(|_| budget.pay(throttled)).count(), sends);
            (0..14).for_each(|_| budget.earn());
            assert!(budget.pay(throttled));
            (0..2_000).for_each(|_| budget.earn());
            assert!(budget.0.load(Ordering::Relaxed) <= Budget::FULL);
        }
    }

    #[test]
    fn waits_grow_to_a_limit() {
        for (n, throttled, low, high) in [
            (0, false, 100, 200),
            (1, false, 200, 400),
            (9, false, 10_000, 20_000),
            (u32::MAX, true, 10_000, 20_000),
            (0, true, 500, 1_000),
        ] {
            let wait = backoff(n, throttled, &Most).as_millis();
            assert!((low..=high).contains(&wait), "{n} {wait}");
        }
        let wait = spread(Duration::from_secs(10), &Most);
        assert!((10_000..=11_000).contains(&wait.as_millis()));
    }
}
