//! Percent-encoding: Postman's sets for the collection's text, stricter ones for what a caller gave.
//!
//! In: text. Out: ASCII. Postman's sets never encode `%`, so text that is encoded already stays as it is; a given `%`
//! is data and becomes `%25`.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What Postman encodes in a path.
pub(crate) const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// What Postman encodes in a query.
pub(crate) const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'\'')
    .add(b'<')
    .add(b'>');

/// What is encoded of a given value in a path: all that could end or change the segment, too.
pub(crate) const GIVEN_PATH: &AsciiSet = &PATH.add(b'/').add(b'\\').add(b'%').add(b';');

/// What is encoded of a given name in a query.
pub(crate) const GIVEN_QUERY_KEY: &AsciiSet = &GIVEN_QUERY_VALUE.add(b'=');

/// What is encoded of a given value in a query: all that could end it, `+`, which many servers read as a space, and what RFC 3986 has
/// in no query, since some servers refuse it.
pub(crate) const GIVEN_QUERY_VALUE: &AsciiSet = &QUERY
    .add(b'&')
    .add(b'%')
    .add(b'+')
    .add(b';')
    .add(b'\\')
    .add(b'{')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'|')
    .add(b'^')
    .add(b'`');

/// What is encoded by RFC 3986 of anything that is data: all but letters, digits and `-._~`.
pub(crate) const DATA: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The text with the characters of a set encoded.
pub(crate) fn encode(text: &str, set: &'static AsciiSet) -> String {
    Cow::from(utf8_percent_encode(text, set)).into_owned()
}
