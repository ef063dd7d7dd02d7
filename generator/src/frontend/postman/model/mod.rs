//! Postman's format as it is: nothing invented, nothing lost that a later stage may need.
//!
//! In: what `parse` found in the JSON, borrowed from it. Out: what `lower` makes the neutral model of.
//! Where the format allows several forms of one thing (a header list, string or map), the model has one;
//! where a member may hold any JSON, the model keeps the JSON. Each element knows its pointer.

pub(super) mod auth;
pub(super) mod body;
pub(super) mod request;
pub(super) mod response;
pub(super) mod tree;

pub(super) use auth::Auth;
pub(super) use body::{Body, Mode, Part};
pub(super) use request::{Request, Url, UrlParts};
pub(super) use response::Response;
pub(super) use tree::{Collection, Folder, Item, Node};

use std::ops::Deref;

use crate::frontend::json::Value;

/// A JSON value of the document, or one made from another form (a header line, a query string).
#[derive(Clone, Debug)]
pub(super) enum Json<'a> {
    /// As it stands in the document.
    Found(&'a Value<'a>),
    /// Made from another form.
    Made(Value<'a>),
}

impl<'a> Deref for Json<'a> {
    type Target = Value<'a>;

    fn deref(&self) -> &Value<'a> {
        match self {
            Json::Found(value) => value,
            Json::Made(value) => value,
        }
    }
}

/// A named value: a header, a query entry, a form entry, a variable, a parameter of an authentication.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// Where it is.
    pub pointer: String,
    /// Its name; `None` if the member is missing.
    pub key: Option<Json<'a>>,
    /// Its value; `None` if the member is missing.
    pub value: Option<Json<'a>>,
    /// Whether it is switched off.
    pub disabled: bool,
    /// Its declared type (of variables and form entries).
    pub ty: Option<&'a str>,
    /// Its description.
    pub description: &'a str,
}
