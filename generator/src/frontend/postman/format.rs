//! Tells the formats apart.
//!
//! In: a JSON document. Out: which part of it is a collection or an item, and of which format. What is something
//! else is named in the error, as far as it shows.

use super::json::Value;

use crate::diag::{Code, Sink};
use crate::ir::Place;

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
    let place = Place {
        file: file.to_owned(),
        ..Place::default()
    };
    let wrapped = document.get("collection").filter(|inner| inner.is_object());
    let (value, pointer) = match wrapped {
        Some(inner) if format_of(document).is_none() => (inner, "/collection"),
        Some(_) | None => (document, ""),
    };
    let pointer = pointer.to_owned();
    let Some(format) = format_of(value) else {
        let (message, help) = name_other(value);
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
            pointer: "/info/schema".to_owned(),
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

/// What a document is that is no collection.
fn name_other(value: &Value<'_>) -> (String, &'static str) {
    let has = |name: &str| value.get(name).is_some();
    let export = "export a collection from Postman as v2.1";
    let convert = "import it into Postman and export the collection as v2.1";
    let scope = value.get("_postman_variable_scope").and_then(Value::as_str);
    if let Some(error) = value
        .get("error")
        .filter(|error| error.is_object() || error.is_string())
    {
        let text = error.get("message").or(Some(error)).and_then(Value::as_str);
        let said = text.map(|text| format!(" (`{}`)", text.chars().take(100).collect::<String>()));
        let message = format!(
            "this is no Postman collection, but an error that a server answered with{}",
            said.unwrap_or_default()
        );
        return (
            message,
            "download it again with what the server asks for, or export the collection from Postman",
        );
    }
    let (what, help) = if scope == Some("globals") {
        (
            "Postman's global variables",
            "call it `NAME.postman_globals.json`, put it beside a collection, and press that",
        )
    } else if has("values") && has("name") {
        (
            "a Postman environment",
            "call it `NAME.postman_environment.json`, put it beside a collection, and press that",
        )
    } else if has("openapi") || has("swagger") {
        ("an OpenAPI description", convert)
    } else if has("_type") || has("__export_format") {
        ("an Insomnia export", convert)
    } else if has("log") {
        ("a HAR file", convert)
    } else if has("collections") {
        (
            "a dump of several collections",
            "export each collection by itself",
        )
    } else if value.is_array() {
        (
            "a list",
            "a collection is one object: write each into a file of its own",
        )
    } else if value.is_object() {
        ("a JSON object without items", export)
    } else {
        ("not even a JSON object", export)
    };
    (format!("this is no Postman collection, but {what}"), help)
}
