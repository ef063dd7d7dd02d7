//! Sends wait for their turn.
//!
//! In: a call of a client that holds its calls back. Out: the same, when its turn has come.

use crate::error::Failure;
use crate::outcome::WasSent;
use crate::sends::Sends;

impl Sends<'_> {
    /// Waits for a turn, if there is one to wait for.
    pub(crate) async fn take_turn(&mut self) -> Result<(), Box<Failure>> {
        let client = self.draft.client.inner();
        if client.gate.is_open() || self.aside.as_ref().is_none_or(|aside| aside.had_turn) {
            return Ok(());
        }
        let turn = self.watch.meanwhile(client.gate.pass(&*client.clock)).await;
        let place = turn.map_err(|error| {
            let mut failure = Failure::transport(self.spec.name, error).after(self.tries - 1);
            // Nothing of this try was sent.
            failure.sent = if self.came_through {
                WasSent::Maybe
            } else {
                WasSent::No
            };
            failure
        })?;
        if let Some(aside) = &mut self.aside {
            aside.place = place;
            aside.had_turn = true;
        }
        Ok(())
    }

    /// Gives the place to another one.
    pub(crate) fn leave(&mut self) {
        if let Some(aside) = &mut self.aside {
            aside.place = None;
            aside.had_turn = false;
        }
    }
}
