//! Errors in the form of RFC 9457, `application/problem+json`.
//!
//! In: an answer. Out: its members, or nothing if it is of another media type or no JSON object.

use crate::charset;
use crate::response::RawParts;
use serde_json::{Map, Value};

/// What an API says of its error in the form of RFC 9457. Members of another type than they should be are ignored, as the
/// RFC asks for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// A URI that names the kind of problem; `about:blank` if it says no more than the status.
    pub kind: String,
    /// A short text about the kind of problem.
    pub title: Option<String>,
    /// The status, as the one who made the answer knew it.
    pub status: Option<u16>,
    /// A text about this occurrence of the problem.
    pub detail: Option<String>,
    /// A URI that names this occurrence of the problem.
    pub instance: Option<String>,
    /// All other members.
    pub extensions: Map<String, Value>,
}

impl Problem {
    pub(crate) fn read(raw: &RawParts) -> Option<Self> {
        let media_type = raw.head.media_type()?;
        if !media_type.eq_ignore_ascii_case("application/problem+json") {
            return None;
        }
        let body = charset::text(&raw.body, raw.head.content_type()).ok()?;
        let mut members: Map<String, Value> =
            serde_json::from_str(body.trim_start_matches('\u{feff}')).ok()?;
        let mut text = |name: &str| match members.shift_remove(name) {
            Some(Value::String(text)) => Some(text),
            Some(_) | None => None,
        };
        let (kind, title) = (text("type"), text("title"));
        let (detail, instance) = (text("detail"), text("instance"));
        let status = members.shift_remove("status");
        Some(Self {
            kind: kind.unwrap_or_else(|| "about:blank".to_owned()),
            title,
            status: status.and_then(|status| u16::try_from(status.as_u64()?).ok()),
            detail,
            instance,
            extensions: members,
        })
    }
}
