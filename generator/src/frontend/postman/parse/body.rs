//! Request bodies.

use crate::frontend::json::Value;

use super::super::js;
use super::super::model::{Body, Json, Mode, Part};
use super::{entries, join};

/// Parses a body; `None` for what Postman takes as no body.
pub(super) fn parse_body<'a>(body: Option<&'a Value<'a>>, pointer: &str) -> Option<Body<'a>> {
    let body = body.filter(|body| js::truthy(body))?;
    if body.is_string() {
        // A body that is plain text is raw.
        let (pointer, mode) = (pointer.to_owned(), Mode::Raw(Some(body)));
        return Some(Body {
            pointer,
            disabled: false,
            language: None,
            mode,
        });
    }
    let mode = body
        .get("mode")
        .filter(|mode| js::truthy(mode))
        .map(js::to_string)?;
    let mode = match mode.to_lowercase().as_str() {
        "urlencoded" => Mode::UrlEncoded(entries::parse_urlencoded(
            body.get("urlencoded"),
            &join(pointer, "urlencoded"),
        )),
        "formdata" => Mode::FormData(parse_parts(body.get("formdata"), &join(pointer, "formdata"))),
        "file" => Mode::File(body.get("file")),
        "graphql" => Mode::GraphQl(body.get("graphql").and_then(Value::as_object)),
        // A mode that is not known is raw.
        _ => Mode::Raw(body.get("raw")),
    };
    Some(Body {
        pointer: pointer.to_owned(),
        disabled: body.get("disabled").is_some_and(js::truthy),
        language: body.pointer("/options/raw/language").and_then(Value::as_str),
        mode,
    })
}

fn parse_parts<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<Part<'a>> {
    // A text has no form that could be read.
    entries::properties(list.filter(|list| !list.is_string()), pointer)
        .into_iter()
        .map(|(value, at)| Part {
            entry: entries::parse_entry(value, at),
            src: value.get("src"),
            content_type: value.get("contentType").and_then(Value::as_str),
            file_name: value
                .get("fileName")
                .filter(|name| name.is_string())
                .map(Json::Found),
        })
        .collect()
}
