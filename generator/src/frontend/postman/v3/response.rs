//! An example into a saved answer of v2.1.
//!
//! In: a node of the kind `http-example`. Out: the answer, with the request that it is of unless that says nothing.

use super::value::{schema, text};
use super::{Cx, Node, entries, request};
use crate::frontend::json::{Map, Value};

/// Converts an example that stands at `pointer` of the new collection.
pub(super) fn convert<'a>(cx: &mut Cx<'_>, node: &Node<'a>, pointer: &str) -> Value<'a> {
    let mut answer = Map::new();
    answer.insert("name", Value::text(node.name()));
    cx.origins.add(pointer, node, "");
    if let Some(original) = node
        .value
        .get("request")
        .filter(|request| !text(request.get("url")).is_empty())
    {
        answer.insert("originalRequest", Value::Object(request::plain(original).0));
        request::places(cx, node, &format!("{pointer}/originalRequest"), "/request");
    }
    let Some(response) = node.value.get("response") else {
        return Value::Object(answer);
    };
    let status = text(response.get("statusText"));
    if !status.is_empty() {
        answer.insert("status", Value::text(status));
    }
    if let Some(code) = response.get("statusCode") {
        let code = text(Some(code));
        answer.insert(
            "code",
            code.trim()
                .parse::<u64>()
                .map_or_else(|_| Value::text(code.clone()), |code| Value::Number(code.into())),
        );
    }
    let body = response.get("body");
    if let Some(schema) = schema(body.and_then(|body| body.get("$type"))) {
        cx.declare(node, pointer.to_owned(), "/response/body/$type", &schema);
    }
    let kind = text(body.and_then(|body| body.get("type")));
    if !kind.is_empty() {
        answer.insert("_postman_previewlanguage", Value::text(kind));
    }
    answer.insert("header", Value::Array(entries::list(response.get("headers"))));
    let content = body
        .and_then(|body| body.get("content"))
        .filter(|content| !content.is_null());
    if let Some(content) = content {
        answer.insert("body", Value::text(text(Some(content))));
    }
    for (new, own) in [
        ("/header", "/response/headers"),
        ("/body", "/response/body/content"),
        ("/code", "/response/statusCode"),
    ] {
        cx.origins.add(&format!("{pointer}{new}"), node, own);
    }
    Value::Object(answer)
}
