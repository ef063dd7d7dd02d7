//! A value such as a schema means, where what it is of is shown: its example, its default, or what its format looks like.
//!
//! In: a schema. Out: JSON, or nothing where its type alone says what would do. It does not say that the value fits.

use super::document::Document;
use super::view::View;
use crate::frontend::json::Value;

/// The longest value that is worth it.
const LONGEST: usize = 2_000;

/// How deep lists of lists are looked into.
const MOST_DEPTH: usize = 4;

/// A value of a schema.
pub(super) fn shown<'a>(document: &Document<'a>, view: &View<'a>) -> Option<String> {
    at_depth(document, view, 0)
}

fn at_depth<'a>(document: &Document<'a>, view: &View<'a>, depth: usize) -> Option<String> {
    // Null shows nothing.
    let said = [view.example, view.default].into_iter().flatten();
    let first = view.values.iter().flatten().next().copied();
    if let Some(said) = said.chain(first).find(|value| !value.is_null()) {
        return Some(said.to_string()).filter(|text| text.len() <= LONGEST);
    }
    match view.kind() {
        Some("string") => of_format(view.format).map(|text| Value::text(text).to_string()),
        Some("array") if depth < MOST_DEPTH && !view.is_tuple => {
            let item = View::of(document, view.items.as_ref()?);
            at_depth(document, &item, depth + 1).map(|item| format!("[{item}]"))
        }
        Some(_) | None => None,
    }
}

/// A text of a format.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-01-31T12:30:00Z",
        "date" => "2024-01-31",
        "time" => "12:30:00Z",
        "duration" => "PT1H",
        "uuid" => "7d1b1b5e-3f0c-4f6e-9a53-0d1c2b3a4f5e",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" => "/path",
        "email" | "idn-email" => "user@example.com",
        "byte" | "base64" => "AQID",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "decimal" | "int64" | "integer" => "1",
        _ => return None,
    })
}
