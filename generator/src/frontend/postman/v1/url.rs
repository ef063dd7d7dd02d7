//! The address of a v1 request: text, with query entries and path variables beside it.

use crate::frontend::json::{Map, Value};

use crate::frontend::postman::{js, parse, url_text};

/// Converts the address; `None` if there is none.
pub(in crate::frontend::postman) fn convert<'a>(request: &Value<'a>) -> Option<Value<'a>> {
    let text = match request.get("url")? {
        Value::Null => return None,
        Value::String(text) => text.clone().into_owned(),
        // Not of this format, but what it means is plain.
        object @ Value::Object(_) => return Some(object.clone()),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_)) => js::to_string(other),
    };
    let mut parts = parts(&text);
    let entries = query(request);
    if !entries.is_empty() {
        parts.insert("query", Value::Array(entries));
    }
    let variables = path_variables(request);
    if !variables.is_empty() {
        parts.insert("variable", Value::Array(variables));
    }
    Some(Value::Object(parts))
}

/// `queryParams`, if there are any, replace what the text says.
fn query<'a>(request: &Value<'a>) -> Vec<Value<'a>> {
    let list = parse::elements(request.get("queryParams"), "");
    list.into_iter()
        .filter_map(|(entry, _)| entry.as_object())
        .map(query_entry)
        .collect()
}

fn query_entry<'a>(from: &Map<'a>) -> Value<'a> {
    let mut entry = from.clone();
    super::disable(&mut entry);
    if let Some(equals) = entry.remove("equals") {
        let value = entry.get("value").cloned().unwrap_or_default();
        let value = match js::truthy(&equals) {
            true if value.is_null() && entry.get("value").is_some() => Value::text(""),
            false if !js::truthy(&value) => Value::Null,
            true | false => value,
        };
        entry.insert("value", value);
    }
    Value::Object(entry)
}

/// `pathVariableData` wins over the map `pathVariables`.
fn path_variables<'a>(request: &Value<'a>) -> Vec<Value<'a>> {
    let mut variables = Vec::new();
    for (variable, _) in parse::elements(request.get("pathVariableData"), "") {
        if let Some(variable) = variable.as_object() {
            let mut variable = variable.clone();
            variable.remove("id");
            variables.push(Value::Object(variable));
        }
    }
    let map = request.get("pathVariables").and_then(Value::as_object);
    for (key, value) in map.into_iter().flat_map(Map::iter) {
        if !variables
            .iter()
            .any(|variable| variable.get("key").and_then(Value::as_str) == Some(key))
        {
            variables.push(Value::object([
                ("key", Value::text(key.to_owned())),
                ("value", value.clone()),
            ]));
        }
    }
    variables
}

/// The parts of an address that is text.
fn parts<'a>(text: &str) -> Map<'a> {
    let text = text.trim_start();
    let mut parts = Map::new();
    parts.insert("raw", own(text));
    let halves = url_text::halve(text);
    let base = halves.base.replace('\\', "/");
    let base = base.as_str();
    let (protocol, rest) = match base.split_once("://") {
        Some((protocol, rest)) => (Some(protocol), rest),
        None => (None, base),
    };
    if let Some(protocol) = protocol {
        parts.insert("protocol", own(protocol));
    }
    let slash = url_text::find_outside_tokens(rest, &['/']);
    let (authority, path) = match slash {
        Some(slash) => (rest.get(..slash).unwrap_or_default(), rest.get(slash + 1..)),
        None => (rest, None),
    };
    insert_authority(authority, &mut parts);
    if let Some(path) = path {
        let segments = split(path, '/');
        parts.insert("path", texts(&segments));
        let variables = segments
            .iter()
            .filter_map(|segment| segment.strip_prefix(':'))
            .filter(|name| !name.is_empty());
        let variables: Vec<Value<'_>> = variables
            .map(|name| Value::object([("key", own(name))]))
            .collect();
        if !variables.is_empty() {
            parts.insert("variable", Value::Array(variables));
        }
    }
    if let Some(query) = halves.query {
        parts.insert("query", Value::Array(query_of_text(query)));
    }
    parts
}

fn insert_authority(authority: &str, parts: &mut Map<'_>) {
    let at = url_text::rfind_outside_tokens(authority, '@');
    let (auth, authority) = match at {
        Some(at) => (authority.get(..at), authority.get(at + 1..).unwrap_or_default()),
        None => (None, authority),
    };
    if let Some(auth) = auth {
        let auth = match url_text::find_outside_tokens(auth, &[':']) {
            Some(colon) => Value::object([
                ("user", own(auth.get(..colon).unwrap_or_default())),
                ("password", own(auth.get(colon + 1..).unwrap_or_default())),
            ]),
            None => Value::object([("user", own(auth))]),
        };
        parts.insert("auth", auth);
    }
    let colon = url_text::rfind_outside_tokens(authority, ':');
    let port = colon
        .and_then(|colon| authority.get(colon + 1..))
        .filter(|port| !port.contains(']'));
    let host = match (port, colon) {
        (Some(port), Some(colon)) => {
            parts.insert("port", own(port));
            authority.get(..colon).unwrap_or_default()
        }
        (Some(_) | None, _) => authority,
    };
    if !host.is_empty() {
        parts.insert("host", texts(&split(host, '.')));
    }
}

fn query_of_text<'a>(query: &str) -> Vec<Value<'a>> {
    let pairs = parse::split_query(query).into_iter();
    pairs
        .map(|(key, value)| match (key, value) {
            ("", None) => Value::object([("key", Value::Null), ("value", Value::Null)]),
            (key, value) => Value::object([("key", own(key)), ("value", value.map_or(Value::Null, own))]),
        })
        .collect()
}

fn split(text: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(found) = url_text::find_outside_tokens(rest, &[separator]) {
        pieces.push(rest.get(..found).unwrap_or_default());
        rest = rest.get(found + 1..).unwrap_or_default();
    }
    pieces.push(rest);
    pieces
}

/// A text of our own, as the address is put together anew.
fn own(text: &str) -> Value<'static> {
    Value::text(text.to_owned())
}

fn texts(texts: &[&str]) -> Value<'static> {
    Value::Array(texts.iter().map(|text| own(text)).collect())
}
