//! What the author of a description offers to send: a media type with its schema.

use crate::frontend::schema::document::{At, Document};

/// What a media type is sent as, the preferred first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Json,
    Multipart,
    UrlEncoded,
    Text,
    Bytes,
}

/// The media type of a body, and its schema.
pub(super) struct Offer<'a> {
    pub(super) kind: Kind,
    pub(super) media: String,
    /// None where any is.
    pub(super) schema: Option<At<'a>>,
    /// Where examples of it are.
    pub(super) at: Option<At<'a>>,
    /// How the parts of a form are sent.
    pub(super) encoding: Option<At<'a>>,
    pub(super) required: bool,
}

/// The path that an operation is of.
pub(super) fn item<'a>(document: &Document<'a>, at: &At<'a>) -> At<'a> {
    let (above, _) = at.pointer.rsplit_once('/').unwrap_or_default();
    document.at_pointer(above).unwrap_or_else(|| document.top())
}
