//! What few calls have: a turn to wait for, and somebody who hears of their tries.
//!
//! In: a client. Out: nothing for one without hooks and limits; else room for what is known of the try that is made.

use crate::gate::Gate;
use crate::hooks::Hooks;
use crate::told;
use crate::wire::Clock;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// What is known of a try beside what every call has.
pub(crate) struct Aside {
    /// When it began, if anybody hears of it.
    pub(crate) began: Option<Duration>,
    /// Whether it has had its turn.
    pub(crate) had_turn: bool,
    /// The place among those that are sent at once.
    pub(crate) place: Option<OwnedSemaphorePermit>,
}

impl Aside {
    pub(crate) fn of(hooks: &Hooks, gate: &Gate, clock: &dyn Clock) -> Option<Box<Self>> {
        let began = told::began(hooks, clock);
        let is_needed = began.is_some() || !gate.is_open();
        let aside = || Self {
            began,
            had_turn: false,
            place: None,
        };
        is_needed.then(|| Box::new(aside()))
    }
}
