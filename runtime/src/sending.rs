//! The future of a call.
//!
//! In: an exchange that knows nothing of types. Out: the response or the error of one operation, read once the answer is
//! there.

use crate::answered::Answered;
use crate::error::{Error, Failure};
use crate::operation::Operation;
use crate::response::Response;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A call that is being sent.
#[must_use = "a call is sent when this is awaited"]
pub struct Sending<O> {
    inner: Pin<Box<dyn Future<Output = Result<Answered, Box<Failure>>> + Send>>,
    operation: PhantomData<fn() -> O>,
}

impl<O> Sending<O> {
    pub(crate) fn new(
        exchange: impl Future<Output = Result<Answered, Box<Failure>>> + Send + 'static,
    ) -> Self {
        Self {
            inner: Box::pin(exchange),
            operation: PhantomData,
        }
    }
}

impl<O: Operation> Future for Sending<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(self.inner.as_mut().poll(cx)) {
            Ok(answered) if answered.is_success() => answered.finish(O::output),
            Ok(answered) => Err(answered.fail(O::error)),
            Err(failure) => Err(Error::new(failure, None)),
        })
    }
}

impl<O> fmt::Debug for Sending<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending(…)")
    }
}
