//! Saved answers.

use crate::frontend::json::Value;

use super::super::model::Response;
use super::{Parser, description, either, elements, entries, join, text};

/// Parses the saved answers of an item.
pub(super) fn parse_responses<'a>(
    parser: &mut Parser<'_>,
    list: Option<&'a Value<'a>>,
    pointer: &str,
) -> Vec<Response<'a>> {
    let mut responses = Vec::new();
    for (value, at) in elements(list, pointer) {
        if value.is_object() {
            responses.push(parse_response(value, at));
        } else {
            parser.skipped(&at, "saved response");
        }
    }
    responses
}

fn parse_response<'a>(value: &'a Value<'a>, pointer: String) -> Response<'a> {
    let (headers, headers_key) = either(value, "header", "headers");
    Response {
        name: text(value.get("name")),
        description: description(value),
        code: value.get("code"),
        status: value.get("status"),
        headers: entries::parse_headers(headers, &join(&pointer, headers_key)),
        body: value.get("body"),
        request: value.get("originalRequest"),
        preview_language: value.get("_postman_previewlanguage").and_then(Value::as_str),
        pointer,
    }
}
