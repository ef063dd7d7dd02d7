//! What ends a call that would go on: how long it may take, how large its answer may be, how often it may be sent on or again.
//!
//! In: what the user of a client set for all calls or for one. Out: numbers for the loop that sends.

use crate::call::Call;
use crate::client::ClientBuilder;
use crate::operation::{Operation, Wrap};
use crate::redirect;
use crate::retry::Retry;
use crate::spec::{Redirects, Sent};
use std::sync::Arc;
use std::time::Duration;

/// An error's body is read as far as this; it is there to be shown.
pub(crate) const MOST_OF_AN_ERROR: u64 = 1 << 20;

/// The limits of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The whole call.
    pub(crate) whole: Option<Duration>,
    /// Each send.
    pub(crate) per_try: Option<Duration>,
    /// Without a byte in either direction.
    pub(crate) idle: Option<Duration>,
    /// Bytes of a decoded body.
    pub(crate) body: u64,
    pub(crate) redirects: Most,
    pub(crate) retry: Retry,
    /// Whether the caller says that the call may be made twice.
    pub(crate) idempotent: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            whole: None,
            per_try: None,
            idle: Some(Duration::from_secs(120)),
            body: 64 << 20,
            redirects: Most::Default,
            retry: Retry::default(),
            idempotent: false,
        }
    }
}

/// So many redirects at most, and who says so.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Most {
    Default,
    Client(u32),
    Call(u32),
}

impl Most {
    /// What counts for a call of an item. A call is asked first; a client may only narrow what the item says.
    pub(crate) fn of(self, item: Redirects) -> u32 {
        match (self, item.most) {
            (Self::Call(most), _) | (Self::Client(most), None) => most,
            (Self::Client(most), Some(of_item)) => most.min(of_item),
            (Self::Default, Some(of_item)) => of_item,
            (Self::Default, None) => redirect::MOST,
        }
    }
}

/// Limits of all calls.
impl ClientBuilder {
    /// Bounds the time of every call: redirects, answered challenges and the answer's body included; of `send_raw`, the
    /// time to the head. None by default. The error is `is_timeout()`, [`TimedOut::Call`](crate::TimedOut::Call).
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.whole = Some(timeout);
        self
    }

    /// Bounds the time of every single send of a call, the answer's body included. None by default. The error is
    /// `is_timeout()`, [`TimedOut::Try`](crate::TimedOut::Try).
    #[must_use]
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.limits.per_try = Some(timeout);
        self
    }

    /// Bounds the time without a byte, sent or received, in any call; it may take an eighth longer. 120 seconds by
    /// default. The error is `is_timeout()`, [`TimedOut::Idle`](crate::TimedOut::Idle).
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.limits.idle = Some(timeout);
        self
    }

    /// Waits for ever for a server that says nothing.
    #[must_use]
    pub fn no_idle_timeout(mut self) -> Self {
        self.limits.idle = None;
        self
    }

    /// Bounds the time until there is a connection: finding the host and TLS included. 10 seconds by default. The error
    /// is `is_connect()` and `is_timeout()`, [`TimedOut::Connect`](crate::TimedOut::Connect). A transport of one's own
    /// has its own time; with one, this is an error of [`build`](Self::build).
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect = Some(timeout);
        self
    }

    /// Bounds the bytes of a successful answer's body, after decompression. 64 MiB by default; `send_raw` has no limit.
    /// The error is `is_too_large()`. Bodies of errors are read as far as this, and never further than 1 MiB.
    #[must_use]
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Follows no more redirects than this, nor more than an item of the collection says; 10 by default. With 0 a redirect
    /// is an answer like any other; else one too many is an error, `is_redirect()`.
    #[must_use]
    pub fn max_redirects(mut self, most: u32) -> Self {
        self.limits.redirects = Most::Client(most);
        self
    }
}

/// Limits of one call. The call itself stays as it is.
impl<This: Wrap> Call<This> {
    /// Bounds the time of this call: redirects, answered challenges and the answer's body included; with `send_raw`, the
    /// time to the head. The error is `is_timeout()`, [`TimedOut::Call`](crate::TimedOut::Call).
    #[inline]
    pub fn timeout(&self, timeout: Duration) -> This {
        This::wrap(self.clone().set_timeout(timeout))
    }

    /// Bounds the time of each single send of this call, the answer's body included. The error is `is_timeout()`,
    /// [`TimedOut::Try`](crate::TimedOut::Try).
    pub fn try_timeout(&self, timeout: Duration) -> This {
        This::wrap(self.limited(|limits| limits.per_try = Some(timeout)))
    }

    /// Bounds the time without a byte, sent or received; it may take an eighth longer. 120 seconds, if the client does
    /// not say. The error is `is_timeout()`, [`TimedOut::Idle`](crate::TimedOut::Idle).
    pub fn idle_timeout(&self, timeout: Duration) -> This {
        This::wrap(self.limited(|limits| limits.idle = Some(timeout)))
    }

    /// Waits for ever for a server that says nothing.
    pub fn no_idle_timeout(&self) -> This {
        This::wrap(self.limited(|limits| limits.idle = None))
    }

    /// Bounds the bytes of a successful answer's body, after decompression. 64 MiB, if the client does not say;
    /// `send_raw` has no limit. The error is `is_too_large()`.
    pub fn body_limit(&self, bytes: u64) -> This {
        This::wrap(self.limited(|limits| limits.body = bytes))
    }

    /// Follows no more redirects than this, whatever the client or the collection says. With 0 a redirect is an answer like
    /// any other; else one too many is an error, `is_redirect()`.
    pub fn max_redirects(&self, most: u32) -> This {
        This::wrap(self.limited(|limits| limits.redirects = Most::Call(most)))
    }
}

/// Retries of all calls.
impl ClientBuilder {
    /// Says when calls are sent again, and how often; `Retry::none()` sends each exactly once. See [`Retry`] for the default.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.limits.retry = retry;
        self
    }
}

/// Retries of one call. The call itself stays as it is.
impl<This: Wrap> Call<This> {
    /// Says how often this call is sent at most.
    pub fn retry(&self, retry: Retry) -> This {
        This::wrap(self.limited(|limits| limits.retry = retry))
    }

    /// Says that this call may be made twice without harm: it is then sent again where it is not known whether it was done.
    pub fn idempotent(&self) -> This {
        This::wrap(self.limited(|limits| limits.idempotent = true))
    }
}

impl<This: Wrap + Operation> Call<This> {
    /// Sends this key, the same in all sends of this call, by which the server knows a call that it has answered: it may then be sent
    /// again where it is not known whether it was done. The header is the one that the API has for it, or else `Idempotency-Key`.
    pub fn idempotency_key(&self, key: impl Into<String>) -> This {
        let mut headers = This::SPEC.headers.iter();
        let own = headers
            .find(|entry| entry.sent == Sent::Fresh)
            .and_then(|entry| entry.key);
        This::wrap(self.clone().add_header(own.unwrap_or("Idempotency-Key"), key))
    }
}

impl<O> Call<O> {
    pub(crate) fn limits(&mut self) -> &mut Limits {
        &mut Arc::make_mut(&mut self.draft).limits
    }

    pub(crate) fn limited(&self, set: impl FnOnce(&mut Limits)) -> Self {
        let mut call = self.clone();
        set(call.limits());
        call
    }
}
