//! Answers that were saved of an operation.

use std::fmt;

use super::{Docs, Place, Template, Type};

/// Which statuses an answer is for; the more special ones come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// This one.
    Exact(u16),
    /// All that begin with this digit: `4XX`.
    Range(u8),
    /// All others.
    Rest,
}

impl From<u16> for Status {
    fn from(status: u16) -> Self {
        Self::Exact(status)
    }
}

/// As descriptions have it: `404`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(status) => write!(f, "{status}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Rest => f.write_str("default"),
        }
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is answered with one status, or with one of several.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// HTTP status.
    pub status: Status,
    /// What is said about it.
    pub docs: Docs,
    /// What their bodies are.
    pub body: BodyType,
    /// The type of JSON that is declared for them, whatever samples show.
    pub declared: Option<Type>,
    /// The saved answers, in document order.
    pub samples: Vec<Sample>,
    /// The headers that are declared for them.
    pub headers: Vec<AnswerHeader>,
}

/// A header that is declared for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerHeader {
    /// Its name.
    pub name: String,
    /// Its type: a number, a truth value, or text for all else.
    pub ty: Type,
    /// What is said about it.
    pub docs: Docs,
}

/// What the body of an answer is decoded into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyType {
    /// Always empty: `()`.
    Empty,
    /// JSON of this type.
    Json(Type),
    /// JSON inside a JSON string, of this type.
    JsonInString(Type),
    /// Text of another media type.
    Text,
    /// Bytes of another media type (image, archive …).
    Bytes,
    /// Not known: left to the caller.
    Unknown,
}

/// One saved answer.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What it is known by among all saved answers of the API: what a replay is asked for by `x-mock-response-id`.
    pub id: String,
    /// Its name, as written (often HTML or Markdown).
    pub name: String,
    /// The reason phrase it was saved with.
    pub reason: String,
    /// Headers, secrets removed.
    pub headers: Vec<(String, String)>,
    /// The body as saved, secrets *not* removed: type from it, never print it without redaction.
    pub body: String,
    /// The media type: from its `Content-Type`, else from the collection's preview language.
    pub media_type: Option<String>,
    /// A description, where the format has one.
    pub docs: Docs,
    /// Where it comes from.
    pub shown: Shown,
    /// The request that it was saved of; `None` if it is the operation's own as it stands.
    pub request: Option<Box<SavedRequest>>,
    /// Where it is.
    pub place: Place,
}

/// Where a value comes from that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// It was saved as it came.
    #[default]
    Saved,
    /// The API's author gives it as an example.
    Example,
    /// Nobody: it is made of what its schema says.
    Made,
}

/// The request that an answer was saved of: what it was asked with, credentials removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedRequest {
    /// HTTP method, upper case.
    pub method: String,
    /// Everything before the query.
    pub base: Template,
    /// Path variables and their values.
    pub path_variables: Vec<(String, String)>,
    /// Query entries that were sent.
    pub query: Vec<(String, String)>,
    /// Headers that were sent.
    pub headers: Vec<(String, String)>,
    /// What was sent after the headers.
    pub body: SavedBody,
}

/// The body that an answer was asked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SavedBody {
    /// Nothing, or nothing that was kept.
    #[default]
    None,
    /// Text.
    Text(String),
    /// `application/x-www-form-urlencoded`, by name and value.
    UrlEncoded(Vec<(String, String)>),
    /// `multipart/form-data`, by name and value; files have none.
    FormData(Vec<(String, Option<String>)>),
    /// A GraphQL query.
    GraphQl {
        /// The query document.
        query: String,
        /// The operation's name, where it is given beside the document.
        operation_name: Option<String>,
        /// The variables, as JSON text; empty for none.
        variables: String,
    },
    /// A file of the collection's author, which nobody else has.
    File,
}
