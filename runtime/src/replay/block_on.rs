//! Runs the future of a documentation's example: on this thread, without a runtime.
//!
//! In: a future that needs no timer and no socket, since saved responses answer it. Out: a panic if it fails, which is
//! what makes an example a test.

use crate::error::AnyError;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Wakes a parked thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs an example.
///
/// # Panics
///
/// If it fails.
pub fn example(future: impl Future<Output = Result<(), AnyError>>) {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(Ok(())) => return,
            #[expect(clippy::panic, reason = "this is how an example fails")]
            Poll::Ready(Err(error)) => panic!("{error}"),
            Poll::Pending => thread::park(),
        }
    }
}
