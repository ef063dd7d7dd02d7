//! How much one client may ask of the server, and for how long.
//!
//! In: what its owner sets. Out: bounds that every connection is held to. They bound memory and time; none is a promise of
//! speed.

use std::time::Duration;

/// Bounds of a server; the defaults are for tests and demonstrations on one machine.
///
/// ```
/// use letterpress_runtime::replay::Limits;
/// use std::time::Duration;
///
/// let limits = Limits::default().connections(16).idle(Duration::from_secs(5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub(super) connections: usize,
    pub(super) head: usize,
    pub(super) body: u64,
    pub(super) idle: Duration,
    pub(super) request: Duration,
}

impl Default for Limits {
    /// 1,024 connections, heads of 64 KiB, bodies of 64 MiB, 60 seconds between requests, 30 for each.
    fn default() -> Self {
        Self {
            connections: 1024,
            head: 64 * 1024,
            body: 64 * 1024 * 1024,
            idle: Duration::from_secs(60),
            request: Duration::from_secs(30),
        }
    }
}

impl Limits {
    /// How many connections there are at once; one more is answered with `503` and closed.
    #[must_use]
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections;
        self
    }

    /// How long the head of a request is in bytes, its first line included; a longer one is answered with `431`.
    #[must_use]
    pub fn head(mut self, bytes: usize) -> Self {
        self.head = bytes;
        self
    }

    /// How long the body of a request is in bytes; a longer one is answered with `413`. Only the first MiB of it is kept:
    /// longer bodies are read, but the same as no saved one.
    #[must_use]
    pub fn body(mut self, bytes: u64) -> Self {
        self.body = bytes;
        self
    }

    /// How long a connection may be without a request before it is closed.
    #[must_use]
    pub fn idle(mut self, idle: Duration) -> Self {
        self.idle = idle;
        self
    }

    /// How long a request may take from its first byte to its last (else `408`), and a client to take each piece of an
    /// answer.
    #[must_use]
    pub fn request(mut self, request: Duration) -> Self {
        self.request = request;
        self
    }
}
