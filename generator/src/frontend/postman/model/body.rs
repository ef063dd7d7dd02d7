//! Request bodies.

use crate::frontend::json::{Map, Value};

use super::{Entry, Json};

/// A request body that has a mode.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Body<'a> {
    /// Where it is.
    pub pointer: String,
    /// Whether it is switched off.
    pub disabled: bool,
    /// The language that is set for raw text.
    pub language: Option<&'a str>,
    /// What it holds.
    pub mode: Mode<'a>,
}

/// What a body holds, for the mode in force; others may be filled too, and are ignored by Postman.
#[derive(Debug)]
pub(in crate::frontend::postman) enum Mode<'a> {
    /// Text.
    Raw(Option<&'a Value<'a>>),
    /// A form in the manner of a query.
    UrlEncoded(Vec<Entry<'a>>),
    /// A form in parts.
    FormData(Vec<Part<'a>>),
    /// A file's content: its path, or an object that holds `src` or `content`.
    File(Option<&'a Value<'a>>),
    /// A GraphQL request; `None` if the member is no object.
    GraphQl(Option<&'a Map<'a>>),
}

/// A part of a form.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Part<'a> {
    /// Name, value and type (`text`, `file`).
    pub entry: Entry<'a>,
    /// Paths of files.
    pub src: Option<&'a Value<'a>>,
    /// Its media type.
    pub content_type: Option<&'a str>,
    /// The file name to send.
    pub file_name: Option<Json<'a>>,
}
