//! Streams for code that is not asynchronous.
//!
//! In: a call. Out: its events or lines as iterators, which wait on this thread.

use super::events::{Event, Events};
use super::lines::{Line, Lines};
use crate::blocking::Blocking;
use crate::call::Call;
use crate::error::{AnyError, Error, Failure};
use crate::operation::Operation;

impl<This: Operation> Call<This> {
    /// Sends the call and waits on this thread for its events; what can be said of them is said before:
    /// `call.events_blocking(|events| events.until("[DONE]"))`.
    ///
    /// # Errors
    ///
    /// Like `events`, and if this thread runs asynchronous code.
    pub fn events_blocking(
        &self,
        set: impl FnOnce(Events) -> Events,
    ) -> Result<Blocking<Events>, Error<This::Error>> {
        let events = self.wait(self.events())?;
        Ok(Blocking(set(events)))
    }

    /// Sends the call and waits on this thread for its lines.
    ///
    /// # Errors
    ///
    /// Like `lines`, and if this thread runs asynchronous code.
    pub fn lines_blocking(&self) -> Result<Blocking<Lines>, Error<This::Error>> {
        self.wait(self.lines()).map(Blocking)
    }

    fn wait<T>(
        &self,
        opening: impl Future<Output = Result<T, Error<This::Error>>>,
    ) -> Result<T, Error<This::Error>> {
        let driver = &self.draft.client.inner().blocking;
        driver
            .run(opening)
            .unwrap_or_else(|why| Err(Error::new(Failure::build(This::SPEC.name, why), None)))
    }
}

impl Iterator for Blocking<Events> {
    type Item = Result<Event, AnyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let client = self.0.client();
        match client.inner().blocking.run(self.0.next()) {
            Ok(next) => next,
            Err(why) => Some(Err(AnyError::new(Failure::build("an event", why)))),
        }
    }
}

impl Iterator for Blocking<Lines> {
    type Item = Result<Line, AnyError>;

    fn next(&mut self) -> Option<Self::Item> {
        let client = self.0.client.clone();
        match client.inner().blocking.run(self.0.next()) {
            Ok(next) => next,
            Err(why) => Some(Err(AnyError::new(Failure::build("a line", why)))),
        }
    }
}
