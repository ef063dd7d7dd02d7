//! A request into an item of v2.1.
//!
//! In: a node of the kind `http-request` or `graphql-request`. Out: the members of the item. Parameters of the address are
//! written twice, in it and in a list: of those in the list the list is right, and the others come before them.

use super::value::{copy, schema, text};
use super::{Cx, Node, common, entries};
use crate::frontend::json::{Map, Value};
use crate::frontend::postman::{js, parse, url_text, v1};

/// Methods whose bodies v2.1 only sends where a switch says so.
const PRUNED: &[&str] = &["GET", "COPY", "HEAD", "PURGE", "UNLOCK"];

/// Fills an item.
pub(super) fn convert<'a>(cx: &mut Cx<'_>, node: &Node<'a>, pointer: &str, item: &mut Map<'a>) {
    common(cx, node, pointer, item);
    let at = format!("{pointer}/request");
    let (mut request, schemas) = plain(&node.value);
    for Declared { of, own, text } in schemas {
        cx.declare(node, format!("{at}{of}"), &own, &text);
    }
    copy(&node.value, "description", &mut request);
    if let Some(auth) = item.remove("auth") {
        request.insert("auth", auth);
    }
    places(cx, node, &at, "");
    let mut behavior = behavior(&node.value);
    // v3 has no switch for it: who writes a body where there is none by habit wants it to be sent.
    let method = request.get("method").and_then(Value::as_str).unwrap_or_default();
    if node.value.get("body").is_some_and(says_something)
        && PRUNED.contains(&method.to_ascii_uppercase().as_str())
    {
        behavior.insert("disableBodyPruning", Value::Bool(true));
    }
    if !behavior.is_empty() {
        item.insert("protocolProfileBehavior", Value::Object(behavior));
    }
    item.insert("request", Value::Object(request));
}

/// Where the parts of a request come from that stands at `own` of a node.
pub(super) fn places(cx: &mut Cx<'_>, node: &Node<'_>, at: &str, own: &str) {
    for (new, old) in [
        ("", ""),
        ("/auth", "/auth"),
        ("/header", "/headers"),
        ("/url", "/url"),
        ("/url/query", "/queryParams"),
        ("/url/variable", "/pathVariables"),
        ("/body", "/body"),
        ("/body/raw", "/body/content"),
        ("/body/formdata", "/body/content"),
        ("/body/urlencoded", "/body/content"),
        ("/body/graphql", "/body/content"),
        ("/body/file", "/body/content"),
    ] {
        cx.origins
            .add(&format!("{at}{new}"), node, &format!("{own}{old}"));
    }
}

/// A schema of a part of a request.
pub(super) struct Declared {
    /// Where the part is in the request of v2.1.
    of: String,
    /// Where the schema is in that of v3.
    own: String,
    text: String,
}

/// Method, address, headers and body, and what is declared of them.
pub(super) fn plain<'a>(value: &Value<'a>) -> (Map<'a>, Vec<Declared>) {
    let mut declared = Vec::new();
    let is_graphql = value.get("$kind").and_then(Value::as_str) == Some("graphql-request");
    let mut request = Map::new();
    let method = text(value.get("method"));
    request.insert(
        "method",
        Value::text(match method.as_str() {
            "" if is_graphql => "POST".to_owned(),
            "" => "GET".to_owned(),
            _ => method,
        }),
    );
    let mut headers = entries::list(value.get("headers"));
    declare(&mut headers, "/header", "/headers", 0, &mut declared);
    request.insert("header", Value::Array(headers));
    let body = if is_graphql {
        Some(graphql(value))
    } else {
        value.get("body").and_then(body)
    };
    if let Some(body) = body {
        request.insert("body", body);
    }
    if let Some(text) = schema(value.pointer("/body/$type")) {
        declared.push(Declared {
            of: "/body".to_owned(),
            own: "/body/$type".to_owned(),
            text,
        });
    }
    if let Some(url) = url(value, &mut declared) {
        request.insert("url", url);
    }
    (request, declared)
}

/// Takes the schemas of entries; the first `before` of them are of no list.
fn declare(entries: &mut [Value<'_>], of: &str, own: &str, before: usize, declared: &mut Vec<Declared>) {
    for (index, text) in entries::take_schemas(entries) {
        declared.push(Declared {
            of: format!("{of}/{index}"),
            own: format!("{own}/{}/$type", index.saturating_sub(before)),
            text,
        });
    }
}

fn url<'a>(value: &Value<'a>, declared: &mut Vec<Declared>) -> Option<Value<'a>> {
    let url = text(value.get("url"));
    let listed = entries::list(value.get("queryParams"));
    let count = listed.len();
    if url.is_empty() && listed.is_empty() {
        return None;
    }
    let mut query = if listed.is_empty() {
        Vec::new()
    } else {
        all_query(&url, listed)
    };
    let before = query.len().saturating_sub(count);
    declare(&mut query, "/url/query", "/queryParams", before, declared);
    let mut variables = entries::list(value.get("pathVariables"));
    declare(&mut variables, "/url/variable", "/pathVariables", 0, declared);
    let address = Value::object([
        ("url", Value::text(url)),
        ("queryParams", Value::Array(query)),
        ("pathVariableData", Value::Array(variables)),
    ]);
    v1::address(&address)
}

/// What the address says that the list does not, and the list.
fn all_query<'a>(url: &str, listed: Vec<Value<'a>>) -> Vec<Value<'a>> {
    let key = |entry: &Value<'_>| text(entry.get("key"));
    let known: Vec<String> = listed.iter().map(key).collect();
    let written = url_text::halve(url)
        .query
        .map(parse::split_query)
        .unwrap_or_default();
    let written = written.into_iter().filter(|(key, value)| {
        let says_nothing = key.is_empty() && value.is_none();
        !says_nothing && known.iter().all(|known| known != key)
    });
    let only_written = written.map(|(key, value)| {
        let value = value.map_or(Value::Null, |value| Value::text(value.to_owned()));
        Value::object([("key", Value::text(key.to_owned())), ("value", value)])
    });
    only_written.chain(listed).collect()
}

/// The language of a raw body, by its type.
fn language(kind: &str) -> Option<&'static str> {
    match kind {
        "json" => Some("json"),
        "xml" => Some("xml"),
        "html" => Some("html"),
        "javascript" => Some("javascript"),
        _ => None,
    }
}

fn body<'a>(body: &Value<'a>) -> Option<Value<'a>> {
    let kind = text(body.get("type"));
    let content = body.get("content").cloned().unwrap_or_default();
    let (mode, member, content) = match kind.as_str() {
        "none" | "" => return None,
        "urlencoded" => (
            "urlencoded",
            "urlencoded",
            Value::Array(entries::list(Some(&content))),
        ),
        "formdata" => (
            "formdata",
            "formdata",
            Value::Array(entries::list(Some(&content))),
        ),
        "file" => ("file", "file", content),
        "graphql" => ("graphql", "graphql", with_variables(content)),
        _ => ("raw", "raw", Value::text(text(Some(&content)))),
    };
    let mut converted = Map::new();
    converted.insert("mode", Value::text(mode));
    converted.insert(member, content);
    if let Some(language) = language(&kind) {
        let raw = Value::object([("language", Value::text(language))]);
        converted.insert("options", Value::object([("raw", raw)]));
    }
    Some(Value::Object(converted))
}

fn says_something(body: &Value<'_>) -> bool {
    match body.get("content") {
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(entries)) => !entries.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => false,
    }
}

/// What the request is sent with, whether there are any or not.
fn with_variables(content: Value<'_>) -> Value<'_> {
    let Value::Object(mut members) = content else {
        return content;
    };
    if members.get("variables").is_none() {
        members.insert("variables", Value::Null);
    }
    Value::Object(members)
}

fn graphql<'a>(value: &Value<'a>) -> Value<'a> {
    let mut content = Map::new();
    for name in ["query", "variables", "operationName"] {
        copy(value, name, &mut content);
    }
    Value::object([
        ("mode", Value::text("graphql")),
        ("graphql", with_variables(Value::Object(content))),
    ])
}

/// `settings` as v2.1's `protocolProfileBehavior`, whose headers are switches.
fn behavior<'a>(value: &Value<'a>) -> Map<'a> {
    let settings = value.get("settings").and_then(Value::as_object);
    let mut behavior = settings.cloned().unwrap_or_default();
    if let Some(Value::Array(omitted)) = behavior.remove("disabledSystemHeaders") {
        let switches = omitted
            .iter()
            .map(|name| (js::to_string(name).into(), Value::Bool(true)));
        behavior.insert("disabledSystemHeaders", Value::Object(switches.collect()));
    }
    behavior
}
