//! A body in either direction: nothing, bytes, files that are opened when their turn comes, or any stream of bytes.
//!
//! In: what the wire room made, or what a transport received. Out: an [`http_body::Body`]. However large a file is,
//! only one chunk of it is in memory.

use super::TransportError;
use crate::error::BoxError;
use crate::file::{FilePart, FileReader};
use crate::wire;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

type BoxBody = Pin<Box<dyn Body<Data = Bytes, Error = BoxError> + Send>>;

/// A body, sent or received.
#[derive(Default)]
pub struct Payload {
    inner: Inner,
    /// Is set whenever a chunk of it is taken.
    moved: Option<Arc<AtomicBool>>,
}

/// A body in memory up to this size is taken at once, and nobody watches.
const SMALL: usize = 256 << 10;

/// A larger one that is watched is taken in chunks.
const CHUNK: usize = 64 << 10;

#[derive(Default)]
enum Inner {
    #[default]
    Empty,
    Bytes(Bytes),
    Pieces(Pieces),
    /// The mutex is never locked; it makes a stream `Sync`, which transports want.
    Stream(Mutex<BoxBody>),
}

impl Payload {
    /// No body.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let inner = if bytes.is_empty() {
            Inner::Empty
        } else {
            Inner::Bytes(bytes)
        };
        Self { inner, moved: None }
    }

    /// A stream of bytes.
    pub fn stream<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self {
            inner: Inner::Stream(Mutex::new(Box::pin(Boxed(Box::pin(body))))),
            moved: None,
        }
    }

    /// The bytes, if they are all at hand.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.inner {
            Inner::Empty => Some(&[]),
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Pieces(_) | Inner::Stream(_) => None,
        }
    }

    /// The bytes, if they are all at hand and not more than this.
    pub(crate) fn into_bytes(self, most: u64) -> Result<Bytes, Self> {
        let fits = |bytes: &Bytes| u64::try_from(bytes.len()).is_ok_and(|length| length <= most);
        match self.inner {
            Inner::Empty => Ok(Bytes::new()),
            Inner::Bytes(bytes) if fits(&bytes) => Ok(bytes),
            inner => Err(Self {
                inner,
                moved: self.moved,
            }),
        }
    }

    /// A flag that is set whenever a chunk is taken, if there will be many.
    pub(crate) fn watched(&mut self) -> Option<Arc<AtomicBool>> {
        if self.as_bytes().is_some_and(|bytes| bytes.len() <= SMALL) {
            return None;
        }
        Some(Arc::clone(self.moved.get_or_insert_default()))
    }

    /// Whether it is to be taken in chunks.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_watched(&self) -> bool {
        self.moved.is_some()
    }

    /// Waits for the next chunk; `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            let frame = poll_fn(|cx| Pin::new(&mut *self).poll_frame(cx)).await;
            match frame {
                None => return Ok(None),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
                Some(Err(error)) => return Err(of_body(error)),
            }
        }
    }

    /// Waits for all of it.
    pub async fn collect(mut self) -> Result<Bytes, TransportError> {
        if let Inner::Bytes(bytes) = self.inner {
            return Ok(bytes);
        }
        let Some(first) = self.chunk().await? else {
            return Ok(Bytes::new());
        };
        let Some(second) = self.chunk().await? else {
            return Ok(first);
        };
        let mut all = Vec::with_capacity(first.len() + second.len());
        all.extend_from_slice(&first);
        all.extend_from_slice(&second);
        while let Some(chunk) = self.chunk().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.into())
    }
}

/// A transport's own errors keep what they say; the rest broke off while streaming.
fn of_body(error: BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::other(error),
    }
}

impl From<wire::Body> for Payload {
    fn from(body: wire::Body) -> Self {
        match body {
            wire::Body::Empty => Self::empty(),
            wire::Body::Bytes(bytes) => Self::bytes(bytes),
            wire::Body::Pieces(pieces) => Self {
                inner: Inner::Pieces(Pieces::new(pieces)),
                moved: None,
            },
        }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(self.poll_inner(cx));
        if let Some(moved) = &self.moved {
            moved.store(true, Ordering::Relaxed);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.inner, Inner::Empty)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Empty => SizeHint::with_exact(0),
            Inner::Bytes(bytes) => SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            Inner::Pieces(pieces) => pieces.length.map_or_else(SizeHint::default, SizeHint::with_exact),
            Inner::Stream(stream) => stream
                .lock()
                .map_or_else(|_| SizeHint::default(), |stream| stream.size_hint()),
        }
    }
}

impl Payload {
    fn poll_inner(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.inner {
            Inner::Empty => Poll::Ready(None),
            Inner::Bytes(bytes) if self.moved.is_some() && bytes.len() > CHUNK => {
                Poll::Ready(Some(Ok(Frame::data(bytes.split_to(CHUNK)))))
            }
            Inner::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.inner = Inner::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Inner::Pieces(pieces) => {
                let next = ready!(pieces.poll_next(cx));
                Poll::Ready(next.map(|read| read.map(Frame::data).map_err(BoxError::from)))
            }
            Inner::Stream(stream) => match stream.get_mut() {
                Ok(stream) => stream.as_mut().poll_frame(cx),
                Err(_) => Poll::Ready(Some(Err("the body's stream is broken".into()))),
            },
        }
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner {
            Inner::Empty => f.write_str("Payload(empty)"),
            Inner::Bytes(bytes) => write!(f, "Payload({} bytes)", bytes.len()),
            Inner::Pieces(_) | Inner::Stream(_) => f.write_str("Payload(stream)"),
        }
    }
}

/// A stream whose errors are boxed.
struct Boxed<B>(Pin<Box<B>>);

impl<B> Body for Boxed<B>
where
    B: Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_frame(cx).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// Bytes and files, one after the other.
struct Pieces {
    rest: VecDeque<wire::Piece>,
    open: Option<FileReader>,
    length: Option<u64>,
}

impl Pieces {
    fn new(pieces: Vec<wire::Piece>) -> Self {
        Self {
            length: pieces.iter().map(wire::Piece::len).sum(),
            rest: pieces.into(),
            open: None,
        }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<std::io::Result<Bytes>>> {
        loop {
            if let Some(reader) = &mut self.open {
                match ready!(reader.poll_chunk(cx)) {
                    Ok(None) => self.open = None,
                    Ok(Some(chunk)) => return Poll::Ready(Some(Ok(chunk))),
                    Err(error) => {
                        self.open = None;
                        self.rest.clear();
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
            match self.rest.pop_front() {
                None => return Poll::Ready(None),
                Some(wire::Piece::Bytes(bytes)) if bytes.is_empty() => {}
                Some(wire::Piece::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(wire::Piece::File(file)) => self.open = Some(FilePart::open(&file)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_large_bodies_are_watched_and_move_in_chunks() {
        let mut small = Payload::bytes(vec![0; SMALL]);
        assert!(small.watched().is_none());
        assert_eq!(small.chunk().await.unwrap().unwrap().len(), SMALL);

        let mut large = Payload::bytes(vec![0; SMALL + 1]);
        let moved = large.watched().unwrap();
        assert_eq!(large.size_hint().exact(), Some(262_145));
        let mut sizes = Vec::new();
        while let Some(chunk) = large.chunk().await.unwrap() {
            assert!(moved.swap(false, Ordering::Relaxed));
            sizes.push(chunk.len());
        }
        assert_eq!(sizes, [CHUNK, CHUNK, CHUNK, CHUNK, 1]);
    }
}
