//! Hooks and limits of a client, as its builder takes them.
//!
//! In: what a program wants to hear, to add, and to hold back. Out: the builder with it.

use crate::client::ClientBuilder;
use crate::decode::DriftReport;
use crate::hooks::{Outgoing, Try};
use std::sync::Arc;
use std::time::Duration;

/// Hooks of all calls.
impl ClientBuilder {
    /// Sees every request before it is made and signed, each send of a call anew, and may give it headers:
    /// `.on_request(|request| request.header("traceparent", current()))`.
    #[must_use]
    pub fn on_request(mut self, hook: impl Fn(&mut Outgoing<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.request = Some(Arc::new(hook));
        self
    }

    /// Hears what came of each try of a call, and whether it is sent again: for logs and metrics. It is called before the wait, and on the
    /// way of the call: what takes long belongs elsewhere.
    #[must_use]
    pub fn on_try(mut self, hook: impl Fn(&Try<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.tried = Some(Arc::new(hook));
        self
    }

    /// Hears of every answer that does not fit its type, a success or an error, before the call returns, in place of the event
    /// of `tracing` that tells of it else: level `warn`, target `letterpress_runtime`, with the operation's name, the status
    /// and the paths, and the values at level `trace` alone. A client without a hook and without the feature `tracing` says
    /// it by [`Response::drift`](crate::Response::drift) only.
    #[must_use]
    pub fn on_drift(mut self, hook: impl Fn(&DriftReport<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.drift = Some(Arc::new(hook));
        self
    }
}

/// Limits of all calls together.
impl ClientBuilder {
    /// Sends no more than this at once, all calls of this client and its copies together; others wait, and `timeout` counts that. A call
    /// that waits to be sent again takes no place, and one of `send_raw`, `events` or `lines` only until its answer begins. 0 is 1.
    #[must_use]
    pub fn max_concurrent(mut self, most: usize) -> Self {
        self.gate.set_places(most);
        self
    }

    /// Sends no more than so many in so much time, all calls of this client and its copies together: as many may go at once, and then
    /// one for each part of the time. Others wait, and `timeout` counts that. 0 is 1.
    #[must_use]
    pub fn rate_limit(mut self, most: u32, per: Duration) -> Self {
        self.gate.set_rate(most, per);
        self
    }
}
