//! The tokens of one call, from one send to the next.
//!
//! In: the places of a client's tokens. Out: the same with what is in them, and the answer that refused one.

use super::Slot;
use crate::response::Head;

/// The tokens of the client's sources that a call is sent with.
pub(crate) struct Carried {
    pub(crate) slots: Vec<Slot>,
    /// The answer that refused one of them.
    pub(crate) refused: Option<Head>,
}

impl Carried {
    /// What a call carries; nothing if its client has no sources.
    pub(crate) fn of(slots: &[Slot]) -> Option<Box<Self>> {
        let carried = || Self {
            slots: slots.to_vec(),
            refused: None,
        };
        (!slots.is_empty()).then(|| Box::new(carried()))
    }

    /// The places.
    pub(crate) fn slots(carried: Option<&Self>) -> &[Slot] {
        carried.map_or(&[], |carried| &carried.slots)
    }
}
