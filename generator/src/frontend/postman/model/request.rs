//! Requests and their addresses.

use crate::frontend::json::Value;

use super::{Auth, Body, Entry};

/// A request.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Request<'a> {
    /// Where it is.
    pub pointer: String,
    /// Its method; `None` if missing.
    pub method: Option<&'a Value<'a>>,
    /// Its address.
    pub url: Url<'a>,
    /// Its headers, disabled ones too.
    pub headers: Vec<Entry<'a>>,
    /// Its body; `None` if it has none.
    pub body: Option<Body<'a>>,
    /// Its own authentication.
    pub auth: Option<Auth<'a>>,
    /// Its description.
    pub description: &'a str,
}

/// An address in one of its forms.
#[derive(Debug)]
pub(in crate::frontend::postman) enum Url<'a> {
    /// Missing, null or empty: Postman refuses to send such a request.
    Missing,
    /// Text.
    Text {
        /// The text.
        text: &'a str,
        /// Where it is.
        pointer: String,
    },
    /// Parts.
    Parts(Box<UrlParts<'a>>),
}

/// An address in parts. `raw` is left out on purpose: Postman never reads it.
#[derive(Debug)]
pub(in crate::frontend::postman) struct UrlParts<'a> {
    /// Where it is.
    pub pointer: String,
    /// Scheme.
    pub protocol: Option<&'a Value<'a>>,
    /// User and password.
    pub auth: Option<&'a Value<'a>>,
    /// Host: text, or its labels.
    pub host: Option<&'a Value<'a>>,
    /// Port: text or number.
    pub port: Option<&'a Value<'a>>,
    /// Path: text, or its segments.
    pub path: Option<&'a Value<'a>>,
    /// Query entries, disabled ones too.
    pub query: Vec<Entry<'a>>,
    /// Values of path variables.
    pub variables: Vec<Entry<'a>>,
}
