//! HTTP/1.1 on one connection: heads and bodies in, answers out.
//!
//! In: bytes of a client that may be anything. Out: [`Head`]s and bodies, or why not; answers as bytes. Sizes are
//! bounded: a longer head is refused, and a longer body is read but not kept.

use crate::replay::Answer;
use bytes::BytesMut;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest head, in bytes.
const LONGEST_HEAD: usize = 256 * 1024;
/// The most headers.
const MOST_HEADERS: usize = 256;
/// How much of a body is kept for a comparison.
const LONGEST_BODY: usize = 16 * 1024 * 1024;

/// A connection with what was read too far.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: BytesMut,
}

/// The head of a request.
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) keeps_alive: bool,
    length: Length,
}

/// How the end of a body is known.
#[derive(Clone, Copy)]
enum Length {
    Known(u64),
    Chunked,
}

/// Why a request was not read.
pub(super) enum ReadError {
    /// The connection broke.
    Io,
    /// It is no HTTP, or more than is taken.
    Malformed(&'static str),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Io
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        // Answers are written in one go; waiting for more would only delay them.
        let _ = stream.set_nodelay(true);
        Self {
            stream,
            buffer: BytesMut::new(),
        }
    }

    /// Waits for the next head; `None` if the client is done.
    pub(super) async fn read_head(&mut self) -> Result<Option<Head>, ReadError> {
        loop {
            if let Some((head, length)) = parse(&self.buffer)? {
                let _ = self.buffer.split_to(length);
                return Ok(Some(head));
            }
            if self.buffer.len() > LONGEST_HEAD {
                return Err(ReadError::Malformed("the head is too long"));
            }
            if self.fill().await? == 0 {
                return if self.buffer.is_empty() {
                    Ok(None)
                } else {
                    Err(ReadError::Io)
                };
            }
        }
    }

    /// Reads the body to its end; keeps it if asked to.
    pub(super) async fn read_body(&mut self, head: &Head, keep: bool) -> Result<Vec<u8>, ReadError> {
        let expects = head.headers.get(header::EXPECT);
        if expects.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue")) {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        let mut body = Vec::new();
        match head.length {
            Length::Known(length) => self.take(length, keep, &mut body).await?,
            Length::Chunked => self.take_chunks(keep, &mut body).await?,
        }
        Ok(body)
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
        let bodiless = status.is_informational() || matches!(status.as_u16(), 204 | 304);
        if !bodiless {
            out.extend_from_slice(format!("content-length: {}\r\n", answer.body.len()).as_bytes());
        }
        let connection = if keep_alive { "keep-alive" } else { "close" };
        out.extend_from_slice(format!("connection: {connection}\r\n\r\n").as_bytes());
        if !bodiless && !head_only {
            out.extend_from_slice(&answer.body);
        }
        self.stream.write_all(&out).await?;
        self.stream.flush().await
    }

    async fn fill(&mut self) -> io::Result<usize> {
        self.buffer.reserve(8 * 1024);
        self.stream.read_buf(&mut self.buffer).await
    }

    async fn take(&mut self, length: u64, keep: bool, body: &mut Vec<u8>) -> Result<(), ReadError> {
        let mut left = length;
        while left > 0 {
            if self.buffer.is_empty() && self.fill().await? == 0 {
                return Err(ReadError::Io);
            }
            let count = usize::try_from(left).unwrap_or(usize::MAX).min(self.buffer.len());
            let taken = self.buffer.split_to(count);
            if keep && body.len() + count <= LONGEST_BODY {
                body.extend_from_slice(&taken);
            }
            left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        }
        Ok(())
    }

    async fn take_chunks(&mut self, keep: bool, body: &mut Vec<u8>) -> Result<(), ReadError> {
        loop {
            let line = self.line().await?;
            let size = line.split(';').next().unwrap_or_default().trim();
            let size =
                u64::from_str_radix(size, 16).map_err(|_| ReadError::Malformed("a chunk has no size"))?;
            if size == 0 {
                break;
            }
            self.take(size, keep, body).await?;
            if !self.line().await?.is_empty() {
                return Err(ReadError::Malformed("a chunk is longer than it says"));
            }
        }
        // Trailers, until an empty line.
        while !self.line().await?.is_empty() {}
        Ok(())
    }

    /// A line of at most some thousand bytes, without its end.
    async fn line(&mut self) -> Result<String, ReadError> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line = self.buffer.split_to(end + 1);
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.buffer.len() > 4096 {
                return Err(ReadError::Malformed("a line between chunks is too long"));
            }
            if self.fill().await? == 0 {
                return Err(ReadError::Io);
            }
        }
    }
}

/// The head at the start of these bytes and its length, if it is complete.
fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, ReadError> {
    let mut lines = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut lines);
    let length = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(ReadError::Malformed("there are too many headers"));
        }
        Err(_) => return Err(ReadError::Malformed("this is not an HTTP/1.1 request")),
    };
    let mut headers = HeaderMap::new();
    for line in request.headers.iter() {
        let name = HeaderName::from_bytes(line.name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(line.value)) {
            headers.append(name, value);
        }
    }
    let says = |name, token: &str| {
        let value = headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok());
        value.is_some_and(|value| value.to_ascii_lowercase().contains(token))
    };
    let keeps_alive = if request.version == Some(1) {
        !says(header::CONNECTION, "close")
    } else {
        says(header::CONNECTION, "keep-alive")
    };
    let length_header = headers
        .get(header::CONTENT_LENGTH)
        .map(|value| value.to_str().unwrap_or_default());
    let body_length = match length_header {
        _ if says(header::TRANSFER_ENCODING, "chunked") => Length::Chunked,
        None => Length::Known(0),
        Some(text) => match text.trim().parse() {
            Ok(length) => Length::Known(length),
            Err(_) => return Err(ReadError::Malformed("the length of the body is no number")),
        },
    };
    let method = request.method.unwrap_or_default().to_owned();
    let target = request.path.unwrap_or_default().to_owned();
    Ok(Some((
        Head {
            method,
            target,
            headers,
            keeps_alive,
            length: body_length,
        },
        length,
    )))
}
