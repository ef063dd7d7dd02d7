//! Saved answers.

use crate::frontend::json::Value;

use super::Entry;

/// A saved answer.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Response<'a> {
    /// Where it is.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: &'a str,
    /// The status, in any form.
    pub code: Option<&'a Value<'a>>,
    /// The reason phrase, or any text that was put there.
    pub status: Option<&'a Value<'a>>,
    /// Its headers.
    pub headers: Vec<Entry<'a>>,
    /// Its body.
    pub body: Option<&'a Value<'a>>,
    /// The request that it was saved of.
    pub request: Option<&'a Value<'a>>,
    /// The language that Postman shows the body in.
    pub preview_language: Option<&'a str>,
}
