//! v1 collections into v2.1, by the rules of Postman's own converter.
//!
//! In: the JSON of a v1 collection, or of one of its requests. Out: the JSON of the v2.1 collection or item, and
//! where its elements come from. Ids are not carried over, nor scripts that run after a request. Rules that would lose
//! a request without a word are reported.

mod auth;
mod body;
mod request;
mod response;
mod tree;
mod url;

pub(super) use request::convert_item;

use serde_json::{Map, Value, json};

use super::js;
use crate::diag::Sink;

/// A converted collection.
pub(super) struct Converted {
    /// The v2.1 collection.
    pub collection: Value,
    /// For folders and items: their pointer in it, and their pointer in the source.
    pub origins: Vec<(String, String)>,
}

/// Converts a v1 collection that stands at `pointer`.
pub(super) fn convert(value: &Value, pointer: &str, file: &str, sink: &mut Sink) -> Converted {
    let tree = tree::convert(value, pointer, file, sink);
    let mut collection = Map::new();
    let mut info = Map::new();
    copy(value, "name", &mut info, "name");
    copy(value, "description", &mut info, "description");
    collection.insert("info".to_owned(), Value::Object(info));
    collection.insert("item".to_owned(), Value::Array(tree.items));
    // At the level of the collection `noauth` becomes none.
    if let Some(auth) = auth::convert(value).filter(|auth| auth["type"] != "noauth") {
        collection.insert("auth".to_owned(), auth);
    }
    let variables = variables(value);
    if !variables.is_empty() {
        collection.insert("variable".to_owned(), Value::Array(variables));
    }
    behavior(value, &mut collection);
    scripts(value, &mut collection);
    let mut origins = tree.origins;
    for (new, old) in [("/variable", "/variables"), ("/info", "")] {
        origins.push((format!("{pointer}{new}"), format!("{pointer}{old}")));
    }
    Converted {
        collection: Value::Object(collection),
        origins,
    }
}

fn variables(value: &Value) -> Vec<Value> {
    let list = ["variables", "variable"]
        .into_iter()
        .find_map(|name| value.get(name).filter(|list| js::truthy(list)));
    let list = list
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .filter(|variable| variable.is_object())
        .map(variable)
        .collect()
}

fn variable(from: &Value) -> Value {
    let mut into = Map::new();
    let key = ["key", "id"]
        .into_iter()
        .find_map(|name| from.get(name).filter(|key| js::truthy(key)));
    into.insert("key".to_owned(), key.cloned().unwrap_or_default());
    for name in ["value", "disabled", "description"] {
        copy(from, name, &mut into, name);
    }
    match from.get("type").and_then(Value::as_str) {
        Some("text") => _ = into.insert("type".to_owned(), json!("string")),
        Some(other) => _ = into.insert("type".to_owned(), json!(other)),
        None => {}
    }
    Value::Object(into)
}

/// Scripts that run before a request: those of `events`, else the older `preRequestScript`.
fn scripts(from: &Value, into: &mut Map<String, Value>) {
    let events = ["events", "event"].into_iter().find_map(|name| from.get(name));
    if let Some(events) = events.filter(|events| events.is_array()) {
        into.insert("event".to_owned(), events.clone());
    } else if let Some(script) = from.get("preRequestScript").filter(|script| js::truthy(script)) {
        let event = json!({"listen": "prerequest", "script": {"exec": script}});
        into.insert("event".to_owned(), json!([event]));
    }
}

fn behavior(from: &Value, into: &mut Map<String, Value>) {
    let name = "protocolProfileBehavior";
    if from
        .get(name)
        .and_then(Value::as_object)
        .is_some_and(|behavior| !behavior.is_empty())
    {
        copy(from, name, into, name);
    }
}

fn copy(from: &Value, name: &str, into: &mut Map<String, Value>, as_name: &str) {
    if let Some(value) = from.get(name) {
        into.insert(as_name.to_owned(), value.clone());
    }
}

/// lodash's `isEmpty`: what is neither text, list nor object is empty as well.
fn is_empty(value: Option<&Value>) -> bool {
    match value {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(members)) => members.is_empty(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => true,
    }
}

/// `enabled: false` becomes `disabled: true`.
fn disable(entry: &mut Map<String, Value>) {
    if entry.shift_remove("enabled") == Some(Value::Bool(false)) {
        entry.insert("disabled".to_owned(), Value::Bool(true));
    }
}
