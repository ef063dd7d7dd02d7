//! HTTP/1.1 requests out of bytes: a pure function, so that it can be tested with any.
//!
//! In: bytes of a client that may be anything, as many as came so far. Out: a request, the wish for more, or why it is
//! refused. What could be read in two ways (two lengths, a length beside chunks) is refused, as another server might read it
//! the other way.

use super::limits::Limits;
use bytes::BytesMut;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The most headers.
const MOST_HEADERS: usize = 100;
/// How much of a body is kept for a comparison.
const KEPT: usize = 1024 * 1024;
/// The longest line between chunks.
const LONGEST_LINE: usize = 256;
/// How much may come behind the last chunk.
const LONGEST_TRAILERS: usize = 8 * 1024;

/// The head of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The method, as it was sent.
    pub method: String,
    /// The target, as it was sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// Whether the connection can be used again.
    pub keeps_alive: bool,
    /// Whether the client waits to be told to send the body.
    pub(super) expects_continue: bool,
    pub(super) length: Length,
}

/// How the end of a body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Known(u64),
    Chunked,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The status to answer with.
    pub status: u16,
    /// Why, for the client and the log.
    pub why: &'static str,
}

impl Refused {
    pub(super) const fn new(status: u16, why: &'static str) -> Self {
        Self { status, why }
    }
}

/// The request at the start of these bytes, its body and how many bytes it takes; `None` if more are needed.
///
/// # Errors
///
/// If it is no request, or more than is taken.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Option<(Head, Vec<u8>, usize)>, Refused> {
    let Some((head, length)) = parse_head(bytes, limits)? else {
        return Ok(None);
    };
    let mut rest = BytesMut::from(bytes.get(length..).unwrap_or_default());
    let mut body = BodyReader::new(head.length, limits);
    if !body.take(&mut rest)? {
        return Ok(None);
    }
    Ok(Some((head, body.into_kept(), bytes.len() - rest.len())))
}

/// The head at the start of these bytes and its length; `None` if it is not complete.
pub(super) fn parse_head(bytes: &[u8], limits: &Limits) -> Result<Option<(Head, usize)>, Refused> {
    const TOO_LONG: Refused = Refused::new(431, "the head is too long");
    let mut lines = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut lines);
    let length = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) if length <= limits.head => length,
        Ok(httparse::Status::Partial) if bytes.len() <= limits.head => return Ok(None),
        Ok(_) => return Err(TOO_LONG),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(Refused::new(431, "there are too many headers"));
        }
        Err(httparse::Error::Version) if is_other_version(bytes) => {
            return Err(Refused::new(505, "only HTTP/1.1 and HTTP/1.0 are spoken here"));
        }
        Err(_) => return Err(Refused::new(400, "this is not an HTTP/1.1 request")),
    };
    let mut headers = HeaderMap::new();
    for line in request.headers.iter() {
        let name = HeaderName::from_bytes(line.name.as_bytes());
        let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(line.value)) else {
            return Err(Refused::new(400, "a header cannot be read"));
        };
        headers.append(name, value);
    }
    let is_newest = request.version == Some(1);
    let hosts = headers.get_all(header::HOST).iter().count();
    if hosts > 1 || (is_newest && hosts == 0) {
        return Err(Refused::new(400, "HTTP/1.1 takes one header `Host`"));
    }
    let says = |token| has_token(&headers, &header::CONNECTION, token);
    let keeps_alive = if is_newest {
        !says("close")
    } else {
        says("keep-alive")
    };
    let head = Head {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        keeps_alive,
        expects_continue: expects_continue(&headers, is_newest)?,
        length: body_length(&headers, is_newest, limits)?,
        headers,
    };
    Ok(Some((head, length)))
}

/// Whether the first line names a version of HTTP that is not known here.
fn is_other_version(bytes: &[u8]) -> bool {
    let third = bytes.split(|byte| *byte == b' ').nth(2).unwrap_or_default();
    third.starts_with(b"HTTP/") && !third.starts_with(b"HTTP/1.")
}

/// Whether a header that is a list holds this word.
fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let values = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .any(|word| word.trim().eq_ignore_ascii_case(token))
}

/// HTTP/1.0 knows no such thing, and its clients do not wait.
fn expects_continue(headers: &HeaderMap, is_newest: bool) -> Result<bool, Refused> {
    match headers.get(header::EXPECT) {
        None => Ok(false),
        Some(_) if !is_newest => Ok(false),
        Some(value) if value.as_bytes().eq_ignore_ascii_case(b"100-continue") => Ok(true),
        Some(_) => Err(Refused::new(417, "nothing can be expected but 100-continue")),
    }
}

fn body_length(headers: &HeaderMap, is_newest: bool, limits: &Limits) -> Result<Length, Refused> {
    let mut encodings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter();
    let Some(encoding) = encodings.next() else {
        let Some(first) = lengths.next() else {
            return Ok(Length::Known(0));
        };
        if lengths.any(|other| other != first) {
            return Err(Refused::new(400, "the body has two lengths"));
        }
        return known_length(first.as_bytes(), limits);
    };
    if lengths.next().is_some() {
        return Err(Refused::new(400, "the body has a length and is in chunks"));
    }
    if !is_newest {
        return Err(Refused::new(400, "HTTP/1.0 knows no chunks"));
    }
    if encodings.next().is_some() || !encoding.as_bytes().eq_ignore_ascii_case(b"chunked") {
        return Err(Refused::new(
            501,
            "only chunks are known as an encoding of the transfer",
        ));
    }
    Ok(Length::Chunked)
}

fn known_length(text: &[u8], limits: &Limits) -> Result<Length, Refused> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return Err(Refused::new(400, "the length of the body is no number"));
    }
    // Digits that are no `u64` are a number all the same.
    let length = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    match length {
        Some(length) if length <= limits.body => Ok(Length::Known(length)),
        Some(_) | None => Err(TOO_LARGE),
    }
}

const TOO_LARGE: Refused = Refused::new(413, "the body is too long");

/// Takes a body off a buffer, piece by piece.
pub(super) struct BodyReader {
    state: State,
    kept: Vec<u8>,
    /// How much came so far.
    length: u64,
    longest: u64,
    trailers: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// So much of a body without chunks.
    Plain(u64),
    /// The line that says how long a chunk is.
    Size,
    /// So much of a chunk.
    Chunk(u64),
    /// The end of the line behind a chunk.
    ChunkEnd,
    /// Lines behind the last chunk.
    Trailers,
    Done,
}

impl BodyReader {
    pub(super) fn new(length: Length, limits: &Limits) -> Self {
        Self {
            state: match length {
                Length::Known(0) => State::Done,
                Length::Known(length) => State::Plain(length),
                Length::Chunked => State::Size,
            },
            kept: Vec::new(),
            length: 0,
            longest: limits.body,
            trailers: 0,
        }
    }

    /// Whether nothing is to come.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// The body, or its beginning.
    pub(super) fn into_kept(self) -> Vec<u8> {
        self.kept
    }

    /// Takes what it can off the buffer; whether the body is complete.
    pub(super) fn take(&mut self, buffer: &mut BytesMut) -> Result<bool, Refused> {
        loop {
            self.state = match self.state {
                State::Done => return Ok(true),
                State::Plain(left) | State::Chunk(left) => {
                    let Some(left) = self.piece(buffer, left) else {
                        return Ok(false);
                    };
                    match self.state {
                        State::Plain(_) if left == 0 => State::Done,
                        State::Plain(_) => State::Plain(left),
                        _ if left == 0 => State::ChunkEnd,
                        _ => State::Chunk(left),
                    }
                }
                State::Size => {
                    let Some(line) = line(buffer)? else {
                        return Ok(false);
                    };
                    match chunk_size(&line)? {
                        0 => State::Trailers,
                        size if size > self.longest - self.length => return Err(TOO_LARGE),
                        size => State::Chunk(size),
                    }
                }
                State::ChunkEnd => match line(buffer)? {
                    None => return Ok(false),
                    Some(line) if line.is_empty() => State::Size,
                    Some(_) => return Err(Refused::new(400, "a chunk is longer than it says")),
                },
                State::Trailers => match line(buffer)? {
                    None => return Ok(false),
                    Some(line) if line.is_empty() => State::Done,
                    Some(line) => {
                        self.trailers += line.len() + 2;
                        if self.trailers > LONGEST_TRAILERS {
                            return Err(Refused::new(431, "the trailers are too long"));
                        }
                        State::Trailers
                    }
                },
            };
        }
    }

    /// Takes at most so much; what is left then, or `None` if nothing is there.
    fn piece(&mut self, buffer: &mut BytesMut, left: u64) -> Option<u64> {
        if buffer.is_empty() {
            return None;
        }
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let taken = buffer.split_to(count);
        let room = KEPT.saturating_sub(self.kept.len());
        self.kept
            .extend_from_slice(taken.get(..count.min(room)).unwrap_or_default());
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.length = self.length.saturating_add(count);
        Some(left.saturating_sub(count))
    }
}

/// A line without its end, if it is there.
fn line(buffer: &mut BytesMut) -> Result<Option<Vec<u8>>, Refused> {
    let found = buffer.iter().take(LONGEST_LINE).position(|byte| *byte == b'\n');
    let Some(end) = found else {
        return if buffer.len() < LONGEST_LINE {
            Ok(None)
        } else {
            Err(Refused::new(400, "a line between chunks is too long"))
        };
    };
    let line = buffer.split_to(end + 1);
    let line = line.strip_suffix(b"\n").unwrap_or(&line);
    Ok(Some(line.strip_suffix(b"\r").unwrap_or(line).to_vec()))
}

fn chunk_size(line: &[u8]) -> Result<u64, Refused> {
    let digits = line
        .split(|byte| *byte == b';')
        .next()
        .unwrap_or_default()
        .trim_ascii_end();
    let text = std::str::from_utf8(digits).unwrap_or_default();
    let is_hex = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex {
        return Err(Refused::new(400, "a chunk has no size"));
    }
    u64::from_str_radix(text, 16).map_err(|_| TOO_LARGE)
}

#[cfg(test)]
mod tests;
