//! HTTP/1.1 on one connection: requests in, answers out, each within its time.
//!
//! In: bytes of a client that may be anything, at any pace. Out: heads and bodies, or why not; answers as bytes. Nothing
//! waits longer than the limits say, and no more is held than they allow.

use super::limits::Limits;
use super::request::{BodyReader, Head, Refused, parse_head};
use crate::replay::saved_answer::Answer;
use bytes::BytesMut;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

/// How much of an answer is written at once.
const PIECE: usize = 64 * 1024;
/// How long, and how much, is still read of a client that is not listened to any more: closing at once would take the
/// answer back that is on its way.
const LINGER: (Duration, usize) = (Duration::from_secs(1), 1024 * 1024);

/// A connection with what was read too far.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: BytesMut,
    limits: Limits,
    /// When the request must be there.
    deadline: Instant,
}

/// Why a request was not read.
pub(super) enum ReadError {
    /// The connection broke, or nothing came.
    Gone,
    /// It is no HTTP, or more than is taken.
    Refused(Refused),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

impl From<Refused> for ReadError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream, limits: Limits) -> Self {
        // Answers are written in one go; waiting for more would only delay them.
        let _ = stream.set_nodelay(true);
        Self {
            stream,
            buffer: BytesMut::new(),
            limits,
            deadline: Instant::now(),
        }
    }

    /// Waits for the next head.
    pub(super) async fn read_head(&mut self) -> Result<Head, ReadError> {
        if self.buffer.is_empty() {
            let idle = timeout(self.limits.idle, read_more(&mut self.stream, &mut self.buffer));
            if !matches!(idle.await, Ok(Ok(count)) if count > 0) {
                return Err(ReadError::Gone);
            }
        }
        self.deadline = Instant::now() + self.limits.request;
        // Reading it anew with every byte would take the square of its length.
        let (mut worth, mut read) = (0, 0);
        loop {
            if self.buffer.len() >= worth || ends(&self.buffer, read) {
                if let Some((head, length)) = parse_head(&self.buffer, &self.limits)? {
                    let _ = self.buffer.split_to(length);
                    return Ok(head);
                }
                worth = self.buffer.len() * 2;
            }
            read = self.buffer.len();
            self.fill().await?;
        }
    }

    /// Reads the body to its end; gives back as much as is kept.
    pub(super) async fn read_body(&mut self, head: &Head) -> Result<Vec<u8>, ReadError> {
        let mut body = BodyReader::new(head.length, &self.limits);
        if head.expects_continue && !body.is_done() && self.buffer.is_empty() {
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        while !body.take(&mut self.buffer)? {
            self.fill().await?;
        }
        Ok(body.into_kept())
    }

    /// Writes an answer.
    pub(super) async fn write(
        &mut self,
        answer: &Answer,
        head_only: bool,
        keep_alive: bool,
    ) -> io::Result<()> {
        let status = answer.status;
        let reason = match answer.reason.as_str() {
            reason if reason.is_empty() || !reason.bytes().all(|byte| (b' '..=b'~').contains(&byte)) => {
                status.canonical_reason().unwrap_or_default()
            }
            reason => reason,
        };
        let mut out = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
        for (name, value) in &answer.headers {
            out.extend_from_slice(name.as_str().as_bytes());
            out.extend_from_slice(b": ");
            out.extend_from_slice(value.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
        // These never have a body, and must not say how long it is.
        let bodiless = matches!(status.as_u16(), 204 | 304);
        if !bodiless {
            out.extend_from_slice(format!("content-length: {}\r\n", answer.body.len()).as_bytes());
        }
        let connection = if keep_alive { "keep-alive" } else { "close" };
        out.extend_from_slice(format!("connection: {connection}\r\n\r\n").as_bytes());
        if !bodiless && !head_only {
            out.extend_from_slice(&answer.body);
        }
        self.send(&out).await
    }

    /// Ends it so that the last answer arrives, whatever the client still sends.
    pub(super) async fn close(mut self) {
        let (time, most) = LINGER;
        let drain = async {
            self.stream.shutdown().await?;
            let mut left = most;
            let mut unread = [0; 8 * 1024];
            while left > 0 {
                match self.stream.read(&mut unread).await? {
                    0 => break,
                    count => left = left.saturating_sub(count),
                }
            }
            io::Result::Ok(())
        };
        // If it breaks, it is closed all the same.
        let _ = timeout(time, drain).await;
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            let written = timeout(self.limits.request, self.stream.write_all(piece));
            written.await.map_err(|_| io::ErrorKind::TimedOut)??;
        }
        self.stream.flush().await
    }

    /// Reads more of a request that has begun.
    async fn fill(&mut self) -> Result<(), ReadError> {
        const LATE: Refused = Refused::new(408, "the request did not come in time");
        match timeout_at(self.deadline, read_more(&mut self.stream, &mut self.buffer)).await {
            Err(_) => Err(LATE.into()),
            Ok(Ok(0)) => Err(ReadError::Gone),
            Ok(count) => count.map(|_| ()).map_err(ReadError::from),
        }
    }
}

async fn read_more(stream: &mut TcpStream, buffer: &mut BytesMut) -> io::Result<usize> {
    buffer.reserve(8 * 1024);
    stream.read_buf(buffer).await
}

/// Whether a head may end behind this place.
fn ends(bytes: &[u8], from: usize) -> bool {
    let new = bytes.get(from.saturating_sub(3)..).unwrap_or_default();
    new.windows(2).any(|pair| pair == b"\n\n" || pair == b"\n\r")
}
