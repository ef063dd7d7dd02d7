//! The timers of a call: all of them together, each started only if there is something to wait for.
//!
//! In: limits, a clock, and futures that may never end. Out: what they give, or which time was up. A call that is
//! answered at once reads no clock.

use crate::limits::Limits;
use crate::transport::{Payload, TransportError, TransportErrorKind};
use crate::wire::{Clock, Sleep};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Watches over one call.
pub(crate) struct Watch<'a> {
    clock: &'a dyn Clock,
    limits: &'a Limits,
    whole: Option<Sleep>,
    per_try: Option<Sleep>,
    idle: Option<Idle>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(clock: &'a dyn Clock, limits: &'a Limits) -> Self {
        Self {
            clock,
            limits,
            whole: None,
            per_try: None,
            idle: limits.idle.map(Idle::new),
        }
    }

    /// Starts a send, whose body this is.
    pub(crate) fn start(&mut self, body: &mut Payload) {
        self.per_try = None;
        if let Some(idle) = &mut self.idle {
            *idle = Idle::new(idle.limit);
            idle.sent = body.watched();
        }
    }

    /// Waits for a future, as long as there is time.
    pub(crate) async fn within<F: Future>(&mut self, future: F) -> Result<F::Output, TransportError> {
        let mut future = pin!(future);
        poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(output) => {
                self.idle.iter_mut().for_each(Idle::note);
                Poll::Ready(Ok(output))
            }
            Poll::Pending => self.poll_up(cx).map(Err),
        })
        .await
    }

    /// Reads what nobody wants to read, for the connection can be used again then, and some schemes authenticate the
    /// connection; a server that has too much to say loses it.
    pub(crate) async fn drain(&mut self, mut body: Payload) -> Result<(), TransportError> {
        let mut rest = 64_usize << 10;
        while let Ok(Some(chunk)) = self.within(body.chunk()).await? {
            rest = rest.saturating_sub(chunk.len());
            if rest == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Waits before the next send, as long as the whole call may take.
    pub(crate) async fn rest(&mut self, wait: Duration) -> Result<(), TransportError> {
        let waiting = self.clock.sleep(wait);
        self.meanwhile(waiting).await
    }

    /// Waits for what is no send, as long as the whole call may take.
    pub(crate) async fn meanwhile<F: Future>(&mut self, future: F) -> Result<F::Output, TransportError> {
        self.per_try = None;
        let mut future = pin!(future);
        poll_fn(|cx| match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Ok(output)),
            Poll::Pending => self.poll_whole(cx).map(Err),
        })
        .await
    }

    fn poll_whole(&mut self, cx: &mut Context<'_>) -> Poll<TransportError> {
        let Some(limit) = self.limits.whole else {
            return Poll::Pending;
        };
        let timer = self.whole.get_or_insert_with(|| self.clock.sleep(limit));
        ready!(timer.as_mut().poll(cx));
        let why = format!("it took longer than {limit:?} (`timeout`)");
        Poll::Ready(TransportError::new(TransportErrorKind::CallTimeout, why))
    }

    /// The guard of a body that is read by somebody else, who has all the time between its chunks.
    pub(crate) fn into_guard(self, clock: Arc<dyn Clock>, body: Payload) -> Payload {
        match self.idle {
            Some(idle) if body.as_bytes().is_none() => Payload::stream(Guarded { body, clock, idle }),
            Some(_) | None => body,
        }
    }

    fn poll_up(&mut self, cx: &mut Context<'_>) -> Poll<TransportError> {
        let Self { clock, limits, .. } = *self;
        let bounds = [
            (
                limits.whole,
                &mut self.whole,
                TransportErrorKind::CallTimeout,
                "timeout",
            ),
            (
                limits.per_try,
                &mut self.per_try,
                TransportErrorKind::TryTimeout,
                "try_timeout",
            ),
        ];
        for (limit, timer, kind, setter) in bounds {
            let Some(limit) = limit else { continue };
            let timer = timer.get_or_insert_with(|| clock.sleep(limit));
            if timer.as_mut().poll(cx).is_ready() {
                let why = format!("it took longer than {limit:?} (`{setter}`)");
                return Poll::Ready(TransportError::new(kind, why));
            }
        }
        match &mut self.idle {
            Some(idle) => idle.poll_up(clock, cx),
            None => Poll::Pending,
        }
    }
}

/// Looks so often whether anything came or went: the time is up at most one part late, and no byte costs a look at a
/// clock.
const PARTS: u32 = 8;

/// The time without a byte.
struct Idle {
    limit: Duration,
    timer: Option<Sleep>,
    /// Parts in a row without a byte.
    silent: u32,
    came: bool,
    /// Whether something was sent since the last look.
    sent: Option<Arc<AtomicBool>>,
}

impl Idle {
    fn new(limit: Duration) -> Self {
        Self {
            limit,
            timer: None,
            silent: 0,
            came: false,
            sent: None,
        }
    }

    fn note(&mut self) {
        self.came = true;
    }

    fn poll_up(&mut self, clock: &dyn Clock, cx: &mut Context<'_>) -> Poll<TransportError> {
        loop {
            let timer = self.timer.get_or_insert_with(|| clock.sleep(self.limit / PARTS));
            ready!(timer.as_mut().poll(cx));
            self.timer = None;
            let sent = self
                .sent
                .as_ref()
                .is_some_and(|sent| sent.swap(false, Ordering::Relaxed));
            let came = std::mem::take(&mut self.came);
            self.silent = if sent || came { 0 } else { self.silent + 1 };
            if self.silent >= PARTS {
                let why = format!(
                    "nothing was sent or received for {:?} (`idle_timeout`)",
                    self.limit
                );
                return Poll::Ready(TransportError::new(TransportErrorKind::IdleTimeout, why));
            }
        }
    }
}

/// A body that must not be silent for too long.
struct Guarded {
    body: Payload,
    clock: Arc<dyn Clock>,
    idle: Idle,
}

impl Body for Guarded {
    type Data = Bytes;
    type Error = crate::error::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        match Pin::new(&mut this.body).poll_frame(cx) {
            Poll::Ready(frame) => {
                this.idle.note();
                Poll::Ready(frame)
            }
            Poll::Pending => {
                let error = ready!(this.idle.poll_up(&*this.clock, cx));
                Poll::Ready(Some(Err(error.into())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
