//! A request, ready to be sent: method, URL, header lines and body, to the byte.
//!
//! In: what [`super::build`] makes. Out: what a transport writes and what the cURL line shows. It holds no
//! file handles and no streams, only what to open; whoever sends it adds connection headers (`Host`, `Content-Length`).

use std::fmt;

use bytes::Bytes;

use crate::file::FilePart;

/// A request, ready to be sent.
#[derive(Debug)]
pub struct Parts {
    /// The method, upper case.
    pub method: String,
    /// The URL with exactly these characters, without user information and fragment: `https://host:port/path?query`.
    pub url: String,
    /// Header lines in order, in the spelling to send.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Body,
    /// The parts of a multipart body once more, for showing.
    pub form: Option<Vec<FormPart>>,
    /// Headers, lower case, that a transport would add by itself and must not.
    pub omitted_headers: &'static [&'static str],
    /// Secret texts in URL, headers or body, and the names to show instead.
    pub secrets: Vec<Secret>,
    /// What is not in the request because nobody set it.
    pub gaps: Vec<Gap>,
}

impl Parts {
    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        self.url.split_once("://").map_or("", |(scheme, _)| scheme)
    }

    /// Host and port as written: the value of `Host`.
    pub fn authority(&self) -> &str {
        let rest = self.after_scheme();
        rest.find('/').and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    /// Path and query: the request target.
    pub fn target(&self) -> &str {
        let rest = self.after_scheme();
        rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/")
    }

    /// Scheme, host and port, without user and password.
    pub(crate) fn origin(&self) -> String {
        let scheme = self.url.split_once("://").map_or("http", |(scheme, _)| scheme);
        let authority = self
            .after_scheme()
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        [scheme, "://", host].concat()
    }

    fn after_scheme(&self) -> &str {
        self.url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, rest)| rest)
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&Header> {
        self.headers.iter().find(|header| header.is(name))
    }

    /// The `Content-Length` to send: the body's length; for no body, zero where a method is expected to have one.
    /// `None` if there is none to send, or if the length is not known before the body is read.
    pub fn content_length(&self) -> Option<u64> {
        if self.omitted_headers.contains(&"content-length") {
            return None;
        }
        let bodyless = ["GET", "HEAD", "TRACE", "DELETE", "CONNECT", "OPTIONS"];
        match &self.body {
            Body::Empty if bodyless.contains(&self.method.as_str()) => None,
            Body::Empty => Some(0),
            Body::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Body::Pieces(pieces) => pieces.iter().map(Piece::len).sum(),
        }
    }
}

/// A header line.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// The name in the spelling to send.
    pub name: String,
    /// The value; Latin-1, not UTF-8.
    pub value: Vec<u8>,
    /// Where it comes from.
    pub source: HeaderSource,
}

impl Header {
    /// Whether this is its name, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value as text, byte by character.
    pub fn text(&self) -> String {
        self.value.iter().map(|&byte| char::from(byte)).collect()
    }
}

/// Never shows the value of a header that proves who calls.
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source {
            HeaderSource::Auth | HeaderSource::Url => write!(f, "{}: …", self.name),
            HeaderSource::Item | HeaderSource::Given | HeaderSource::Body | HeaderSource::Caller => {
                write!(f, "{}: {}", self.name, self.text())
            }
        }
    }
}

/// Where a header comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderSource {
    /// The collection's item.
    Item,
    /// The collection's item, with a value that a caller or the client's user gave.
    Given,
    /// The caller, beside the item's.
    Caller,
    /// The authentication.
    Auth,
    /// The body's kind.
    Body,
    /// User information in the URL.
    Url,
}

/// A text that must not be shown, and its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// The name to show, like that of an environment variable: `BEARER_TOKEN`.
    pub name: String,
    /// The text.
    pub text: String,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.name)
    }
}

/// What the collection has in a request, and this one has not, because nobody set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A header or query entry, for want of a variable.
    Entry {
        /// Its name.
        name: String,
        /// The variable.
        variable: String,
        /// The method of the client's builder that sets it, if it is the client's.
        setter: Option<&'static str>,
    },
    /// The credential of the request's scheme.
    Credential {
        /// The method of the client's builder that sets it.
        method: &'static str,
    },
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry {
                name,
                variable,
                setter: None,
            } => write!(
                f,
                "`{name}` was left out, as the variable `{variable}` is not set"
            ),
            Self::Entry {
                name,
                variable,
                setter: Some(setter),
            } => write!(
                f,
                "`{name}` was left out, as the client was built without `{setter}`, the variable `{variable}`"
            ),
            Self::Credential { method } => write!(f, "the client was built without `{method}`"),
        }
    }
}

/// The body of a request.
#[derive(Debug, Default)]
pub enum Body {
    /// None.
    #[default]
    Empty,
    /// Bytes.
    Bytes(Bytes),
    /// Bytes and files, one after the other.
    Pieces(Vec<Piece>),
}

impl Body {
    /// Whether a stream that can be read once is part of it, and was read.
    pub(crate) fn is_spent(&self) -> bool {
        match self {
            Self::Empty | Self::Bytes(_) => false,
            Self::Pieces(pieces) => pieces.iter().any(|piece| match piece {
                Piece::Bytes(_) => false,
                Piece::File(file) => file.is_spent(),
            }),
        }
    }
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct FormPart {
    /// The name.
    pub name: String,
    /// The content.
    pub content: FormContent,
    /// The file name.
    pub file_name: Option<String>,
    /// The media type.
    pub content_type: Option<String>,
}

/// The content of a part.
#[derive(Clone, Debug)]
pub enum FormContent {
    /// Text.
    Text(String),
    /// A file, by its path or name.
    File(String),
}

/// A piece of a body.
#[derive(Debug)]
pub enum Piece {
    /// Bytes.
    Bytes(Bytes),
    /// The content of a file.
    File(FilePart),
}

impl Piece {
    /// Its length, where it is known before reading.
    pub fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::File(file) => file.len(),
        }
    }

    /// Whether it is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}
