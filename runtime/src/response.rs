//! Answers: with their typed body ([`Response`]), and before it is typed ([`Answer`]).
//!
//! In: status, headers and bytes. Out: what generated code asks to have made of them.

use crate::charset;
use crate::decode::{self, Decode, Drift};
use crate::decoded::{Decoded, decode_json, nothing, said};
use crate::error::{AnyError, Failure};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

/// Status and headers.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// `404 Not Found`
    pub(crate) fn line(&self) -> String {
        match self.status.canonical_reason() {
            Some(reason) => format!("{} {reason}", self.status.as_u16()),
            None => self.status.as_u16().to_string(),
        }
    }

    /// The `Content-Type`.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
    }

    /// The media type, without parameters.
    pub(crate) fn media_type(&self) -> Option<&str> {
        media_type(self.content_type()?)
    }
}

/// A header as a type that can be read from text.
pub(crate) fn header<H: FromStr>(headers: &HeaderMap, name: &str) -> Option<H> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn media_type(content_type: &str) -> Option<&str> {
    let media = content_type.split(';').next().map(str::trim);
    media.filter(|media| !media.is_empty())
}

/// Headers may set cookies.
impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line())
    }
}

/// An answer that was read to its end.
#[derive(Clone, Debug)]
pub(crate) struct RawParts {
    pub(crate) head: Head,
    pub(crate) body: Bytes,
    /// How often the call was sent.
    pub(crate) tries: u32,
}

/// A successful answer: the value of its body, and status, headers and the body as it came.
///
/// It derefs to the value.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    raw: Arc<RawParts>,
    drift: Vec<Drift>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, raw: Arc<RawParts>, drift: Vec<Drift>) -> Self {
        Self { value, raw, drift }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.raw.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.head.headers
    }

    /// How often the call was sent: more than once where it was tried again.
    pub fn tries(&self) -> u32 {
        self.raw.tries
    }

    /// A header as this type, by its name in any case: `answer.header::<i64>("x-ratelimit-remaining")`. `None` if there is none, or if it is
    /// nothing of the kind; of several the first. `headers()` has all of them as they came.
    pub fn header<H: FromStr>(&self, name: &str) -> Option<H> {
        header(self.headers(), name)
    }

    /// The body as it came.
    pub fn raw_body(&self) -> &Bytes {
        &self.raw.body
    }

    /// What in the answer did not fit the type that the collection's samples suggest, each with the value that came.
    /// Usually empty; what is listed is absent from the value. What has one obvious reading is read and not listed:
    /// `12.0` and `"12"` for an integer, `1001` for a text, a lone value for a list of one.
    pub fn drift(&self) -> &[Drift] {
        &self.drift
    }

    /// The value of the body.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value of the body.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with another value.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: map(self.value),
            raw: self.raw,
            drift: self.drift,
        }
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// Headers are not shown: they may set cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Response");
        debug.field("status", &self.raw.head).field("value", &self.value);
        if !self.drift.is_empty() {
            debug.field("drift", &self.drift);
        }
        debug.finish_non_exhaustive()
    }
}

/// A body that the collection shows no sample of; decode it yourself.
#[derive(Clone, Default)]
pub struct Body {
    bytes: Bytes,
    content_type: Option<HeaderValue>,
    /// The text, once somebody asked for it, where it is not what the bytes are.
    decoded: OnceLock<String>,
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes && self.content_type == other.content_type
    }
}

impl Eq for Body {}

impl Body {
    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The media type, without parameters.
    pub fn media_type(&self) -> Option<&str> {
        media_type(self.content_type()?)
    }

    fn content_type(&self) -> Option<&str> {
        self.content_type.as_ref()?.to_str().ok()
    }

    /// The text, in the charset that its media type, its byte order mark or its XML declaration says, else in UTF-8.
    ///
    /// # Errors
    ///
    /// If it is not in that charset, or if that takes the feature `charset`.
    pub fn text(&self) -> Result<&str, AnyError> {
        if let Some(text) = self.decoded.get() {
            return Ok(text);
        }
        match charset::text(&self.bytes, self.content_type()) {
            Ok(Cow::Borrowed(text)) => Ok(text),
            Ok(Cow::Owned(text)) => Ok(self.decoded.get_or_init(|| text)),
            Err(why) => Err(AnyError::new(Failure::undecodable("the body", &why))),
        }
    }

    /// The value, if it is JSON of this type.
    ///
    /// # Errors
    ///
    /// If it is not.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, AnyError> {
        serde_json::from_str(self.text()?)
            .map_err(|why| AnyError::new(Failure::undecodable("the body", &said(&why))))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = self.media_type().unwrap_or("no media type");
        write!(f, "Body({} bytes, {media_type})", self.bytes.len())
    }
}

/// An answer whose body is not yet typed; generated code says what it is.
#[derive(Debug)]
pub struct Answer {
    pub(crate) raw: Arc<RawParts>,
    pub(crate) strict: bool,
}

impl Answer {
    /// The status.
    #[inline]
    pub fn status(&self) -> u16 {
        self.raw.head.status.as_u16()
    }

    /// JSON of one of our types.
    pub fn json<T: Decode>(self) -> Decoded<T> {
        match self.json_text() {
            Ok(text) => decode_json(&text, self.strict, self.raw.head.media_type()),
            Err(why) => Decoded::failed(why),
        }
    }

    /// JSON inside a JSON string.
    pub fn json_in_string<T: Decode>(self) -> Decoded<T> {
        match self.json_text() {
            Ok(text) => match decode::from_str::<String>(&text) {
                Ok(inner) => decode_json(
                    inner.trim_start_matches('\u{feff}').trim(),
                    self.strict,
                    self.raw.head.media_type(),
                ),
                // Some servers mend themselves: the same JSON, no longer in a string.
                Err(_) => decode_json(&text, self.strict, self.raw.head.media_type()),
            },
            Err(why) => Decoded::failed(why),
        }
    }

    /// JSON of any type of `serde`'s.
    pub fn json_as<T: DeserializeOwned>(self) -> Decoded<T> {
        self.json::<decode::Plain<T>>().map(|plain| plain.0)
    }

    /// Text, whatever it is, in the charset that it declares.
    pub fn text(self) -> Decoded<String> {
        match self.decoded_text() {
            Ok(text) => Decoded::of(text.into_owned()),
            Err(why) => Decoded::failed(why),
        }
    }

    /// Bytes.
    pub fn bytes(self) -> Decoded<Bytes> {
        Decoded::of(self.raw.body.clone())
    }

    /// Nothing; what there is nevertheless has drifted, and stays at hand.
    pub fn empty(self) -> Decoded<()> {
        nothing(&self.raw.body, self.strict)
    }

    /// A body that the collection does not show: a [`Body`], or a whole `Response<Body>`.
    pub fn body<B: From<Answer>>(self) -> Decoded<B> {
        Decoded::of(B::from(self))
    }

    fn decoded_text(&self) -> Result<Cow<'_, str>, String> {
        charset::text(&self.raw.body, self.raw.head.content_type())
    }

    fn json_text(&self) -> Result<Cow<'_, str>, String> {
        Ok(match self.decoded_text()? {
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Cow::Owned(text) => Cow::Owned(text),
        })
    }
}

impl From<Answer> for Body {
    fn from(answer: Answer) -> Self {
        Self::of(&answer.raw)
    }
}

impl From<Answer> for Response<Body> {
    fn from(answer: Answer) -> Self {
        Self::new(Body::of(&answer.raw), answer.raw, Vec::new())
    }
}

impl Body {
    fn of(raw: &RawParts) -> Self {
        Self {
            bytes: raw.body.clone(),
            content_type: raw.head.headers.get(http::header::CONTENT_TYPE).cloned(),
            decoded: OnceLock::new(),
        }
    }
}
