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
pub(super) use url::convert as address;

use crate::frontend::json::{Map, Value};

use super::js;
use crate::diag::Sink;

/// A converted collection.
pub(super) struct Converted<'a> {
    /// The v2.1 collection.
    pub collection: Value<'a>,
    /// For folders and items: their pointer in it, and their pointer in the source.
    pub origins: Vec<(String, String)>,
}

/// Converts a v1 collection that stands at `pointer`.
pub(super) fn convert<'a>(value: &'a Value<'a>, pointer: &str, file: &str, sink: &mut Sink) -> Converted<'a> {
    let tree = tree::convert(value, pointer, file, sink);
    let mut collection = Map::new();
    let mut info = Map::new();
    copy(value, "name", &mut info, "name");
    copy(value, "description", &mut info, "description");
    collection.insert("info", Value::Object(info));
    collection.insert("item", Value::Array(tree.items));
    // At the level of the collection `noauth` becomes none.
    if let Some(auth) =
        auth::convert(value).filter(|auth| auth.get("type").and_then(Value::as_str) != Some("noauth"))
    {
        collection.insert("auth", auth);
    }
    let variables = variables(value);
    if !variables.is_empty() {
        collection.insert("variable", Value::Array(variables));
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

fn variables<'a>(value: &Value<'a>) -> Vec<Value<'a>> {
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

fn variable<'a>(from: &Value<'a>) -> Value<'a> {
    let mut into = Map::new();
    let key = ["key", "id"]
        .into_iter()
        .find_map(|name| from.get(name).filter(|key| js::truthy(key)));
    into.insert("key", key.cloned().unwrap_or_default());
    for name in ["value", "disabled", "description"] {
        copy(from, name, &mut into, name);
    }
    match from.get("type").and_then(Value::as_str) {
        Some("text") => into.insert("type", Value::text("string")),
        Some(other) => into.insert("type", Value::text(other.to_owned())),
        None => {}
    }
    Value::Object(into)
}

/// Scripts that run before a request: those of `events`, else the older `preRequestScript`.
fn scripts<'a>(from: &Value<'a>, into: &mut Map<'a>) {
    let events = ["events", "event"].into_iter().find_map(|name| from.get(name));
    if let Some(events) = events.filter(|events| events.is_array()) {
        into.insert("event", events.clone());
    } else if let Some(script) = from.get("preRequestScript").filter(|script| js::truthy(script)) {
        let event = Value::object([
            ("listen", Value::text("prerequest")),
            ("script", Value::object([("exec", script.clone())])),
        ]);
        into.insert("event", Value::Array(vec![event]));
    }
}

fn behavior<'a>(from: &Value<'a>, into: &mut Map<'a>) {
    let name = "protocolProfileBehavior";
    if from
        .get(name)
        .and_then(Value::as_object)
        .is_some_and(|behavior| !behavior.is_empty())
    {
        copy(from, name, into, name);
    }
}

fn copy<'a>(from: &Value<'a>, name: &str, into: &mut Map<'a>, as_name: &'static str) {
    if let Some(value) = from.get(name) {
        into.insert(as_name, value.clone());
    }
}

/// lodash's `isEmpty`: what is neither text, list nor object is empty as well.
fn is_empty(value: Option<&Value<'_>>) -> bool {
    match value {
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(members)) => members.is_empty(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => true,
    }
}

/// `enabled: false` becomes `disabled: true`.
fn disable(entry: &mut Map<'_>) {
    if entry.remove("enabled") == Some(Value::Bool(false)) {
        entry.insert("disabled", Value::Bool(true));
    }
}
