//! The body of an answer, read from its connection as it comes.
//!
//! In: a connection whose answer's head was read, and what came with it. Out: chunks, until the end that the head
//! announced; an end before that is an error.

use crate::transport::TransportError;
use bytes::{Buf, Bytes, BytesMut};
use http_body::{Body, Frame};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection, with or without TLS.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A body that is being received.
pub(super) struct Received {
    stream: Box<dyn Stream>,
    buffer: BytesMut,
    rest: Rest,
}

/// What is still to come.
enum Rest {
    /// So many bytes.
    Length(u64),
    /// The size of a chunk.
    Size,
    /// So many bytes of a chunk.
    Chunk(u64),
    /// The end of a chunk's line.
    ChunkEnd,
    /// Everything until the connection ends.
    All,
}

/// More than any size of a chunk takes, its extensions included.
const LONGEST_SIZE: usize = 16 << 10;

impl Received {
    /// Reads what these headers announce.
    pub(super) fn new(stream: Box<dyn Stream>, buffer: &[u8], headers: &http::HeaderMap) -> Self {
        let text = |name: http::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let is_chunked = text(http::header::TRANSFER_ENCODING)
            .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
        let length = text(http::header::CONTENT_LENGTH).and_then(|length| length.trim().parse().ok());
        let rest = match length {
            _ if is_chunked => Rest::Size,
            Some(length) => Rest::Length(length),
            None => Rest::All,
        };
        Self {
            stream,
            buffer: BytesMut::from(buffer),
            rest,
        }
    }

    /// Reads some more; whether there was any.
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, TransportError>> {
        let mut room = [0; 16 << 10];
        let mut read = ReadBuf::new(&mut room);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut read)).map_err(TransportError::other)?;
        self.buffer.extend_from_slice(read.filled());
        Poll::Ready(Ok(!read.filled().is_empty()))
    }

    /// What there is of so many bytes, and how many are left then.
    fn take(&mut self, most: u64) -> (Bytes, u64) {
        let most_here = usize::try_from(most).unwrap_or(usize::MAX).min(self.buffer.len());
        let bytes = self.buffer.split_to(most_here).freeze();
        let left = most.saturating_sub(u64::try_from(most_here).unwrap_or(u64::MAX));
        (bytes, left)
    }

    /// The next chunk that is there already; `None` if there is more to be read first.
    fn next(&mut self) -> Result<Option<Next>, TransportError> {
        let malformed = || TransportError::other("the answer's body is not chunked as it should be");
        match self.rest {
            Rest::Length(0) => Ok(Some(Next::End)),
            Rest::Length(_) | Rest::Chunk(_) | Rest::All if self.buffer.is_empty() => Ok(None),
            Rest::Length(most) => {
                let (bytes, left) = self.take(most);
                self.rest = Rest::Length(left);
                Ok(Some(Next::Bytes(bytes)))
            }
            Rest::Chunk(most) => {
                let (bytes, left) = self.take(most);
                self.rest = if left == 0 {
                    Rest::ChunkEnd
                } else {
                    Rest::Chunk(left)
                };
                Ok(Some(Next::Bytes(bytes)))
            }
            Rest::All => Ok(Some(Next::Bytes(self.take(u64::MAX).0))),
            Rest::ChunkEnd if self.buffer.len() < 2 => Ok(None),
            Rest::ChunkEnd => {
                self.buffer.advance(2);
                self.rest = Rest::Size;
                self.next()
            }
            Rest::Size => match httparse::parse_chunk_size(&self.buffer) {
                Ok(httparse::Status::Complete((_, 0))) => Ok(Some(Next::End)),
                Ok(httparse::Status::Complete((start, size))) => {
                    self.buffer.advance(start);
                    self.rest = Rest::Chunk(size);
                    self.next()
                }
                Ok(httparse::Status::Partial) if self.buffer.len() < LONGEST_SIZE => Ok(None),
                Ok(httparse::Status::Partial) | Err(_) => Err(malformed()),
            },
        }
    }
}

enum Next {
    Bytes(Bytes),
    End,
}

impl Body for Received {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        loop {
            match self.next()? {
                Some(Next::End) => return Poll::Ready(None),
                Some(Next::Bytes(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                None => {}
            }
            if !ready!(self.poll_more(cx))? {
                if matches!(self.rest, Rest::All) {
                    return Poll::Ready(None);
                }
                let why = "the connection was closed before the answer's body ended";
                return Poll::Ready(Some(Err(TransportError::other(why))));
            }
        }
    }

    fn size_hint(&self) -> http_body::SizeHint {
        match self.rest {
            Rest::Length(length) => http_body::SizeHint::with_exact(length),
            Rest::Size | Rest::Chunk(_) | Rest::ChunkEnd | Rest::All => http_body::SizeHint::default(),
        }
    }
}
