//! Tells the formats apart.
//!
//! In: a JSON document. Out: which part of it is a collection or an item, and of which format. What is something
//! else is named in the error ([`other`]); exports of other tools that look like a collection are asked for first.

use super::other;
use crate::frontend::json::Value;

use crate::diag::{Code, Sink};
use crate::ir::{Locator, Place};

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A v2 collection, or a folder of one.
    Collection,
    /// An item of a v2 collection.
    Item,
    /// A v1 collection.
    V1Collection,
    /// A request of a v1 collection.
    V1Request,
    /// A v3 collection, or a folder of one, as one JSON.
    V3Collection,
}

/// The part of a document that is read.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// Its format.
    pub format: Format,
    /// The part.
    pub value: &'a Value<'a>,
    /// Where it is.
    pub pointer: String,
}

/// Finds what the document holds; `None` if that is no collection, which is reported as an error.
pub(super) fn detect<'a>(document: &'a Value<'a>, file: &str, sink: &mut Sink) -> Option<Found<'a>> {
    let place = Place::of_file(file);
    let wrapped = ["/collection", "/data/collection"]
        .into_iter()
        .find_map(|pointer| {
            let inner = document.pointer(pointer).filter(|inner| inner.is_object());
            inner.map(|inner| (inner, pointer))
        });
    let (value, pointer) = match wrapped {
        Some(found) if format_of(document).is_none() => found,
        Some(_) | None => (document, ""),
    };
    let pointer = pointer.to_owned();
    let format = format_of(value).filter(|_| other::tool(value).is_none());
    let Some(format) = format else {
        let (message, help) = other::name(value);
        sink.error(Code::NotACollection, &place, message, help);
        return None;
    };
    check_schema(value, &place, sink);
    Some(Found {
        format,
        value,
        pointer,
    })
}

fn format_of(value: &Value<'_>) -> Option<Format> {
    let has = |name: &str| value.get(name).is_some();
    let list = |name: &str| {
        value
            .get(name)
            .is_some_and(|list| list.is_array() || list.is_object())
    };
    if value.get("$kind").and_then(Value::as_str) == Some("collection") && list("items") {
        return Some(Format::V3Collection);
    }
    if list("requests") && !has("item") {
        return Some(Format::V1Collection);
    }
    if list("item") || (list("items") && !has("request")) || (has("info") && has("item")) {
        return Some(Format::Collection);
    }
    if list("request") || value.get("request").is_some_and(Value::is_string) {
        return Some(Format::Item);
    }
    let v1_only = [
        "headers",
        "headerData",
        "dataMode",
        "rawModeData",
        "currentHelper",
        "collectionId",
        "queryParams",
    ];
    if has("url") && v1_only.iter().any(|name| has(name)) {
        return Some(Format::V1Request);
    }
    let has_schema = value.pointer("/info/schema").is_some();
    has_schema.then_some(Format::Collection)
}

fn check_schema(value: &Value<'_>, place: &Place, sink: &mut Sink) {
    let Some(schema) = value.pointer("/info/schema").filter(|schema| !schema.is_null()) else {
        return;
    };
    let version = schema
        .as_str()
        .and_then(|schema| schema.split("/collection/v").nth(1));
    if !version.is_some_and(|version| ["1.", "2.", "2/"].iter().any(|known| version.starts_with(known))) {
        let place = Place {
            at: Locator::new("/info/schema"),
            ..place.clone()
        };
        let message = format!("the schema {schema} is not known; reading the collection as v2.1");
        sink.warn(
            Code::UnknownSchema,
            &place,
            message,
            "export the collection as v2.1",
        );
    }
}
