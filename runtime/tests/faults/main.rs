//! What a call makes of networks and servers that fail: every row for `GET` and for `POST`, over both transports.
//! Nothing hangs, nothing leaks, and every error tells how far the call came.

#![expect(clippy::unwrap_used, reason = "a test")]

mod breaks;
mod calls;
mod limits;
mod redirects;
mod server;
mod table;
