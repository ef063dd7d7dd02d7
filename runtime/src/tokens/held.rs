//! One token that a source gave, and when it is good.
//!
//! In: the time. Out: whether it is good, and for how long that will be so.

use std::time::Duration;

/// A token that is at hand.
pub(crate) struct Held {
    pub(super) text: String,
    /// Which one of its source it is.
    pub(super) number: u64,
    pub(super) renew_at: Option<Duration>,
    pub(super) expires_at: Option<Duration>,
}

impl Held {
    pub(super) fn expects(&self, now: Duration) -> bool {
        self.renew_at.is_none_or(|at| now < at)
    }

    pub(super) fn is_valid(&self, now: Duration) -> bool {
        self.expires_at.is_none_or(|at| now < at)
    }
}
