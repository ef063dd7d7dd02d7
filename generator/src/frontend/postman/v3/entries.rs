//! Lists of named values, which v3 writes as lists or as maps.
//!
//! In: either. Out: a list of v2.1's entries.

use crate::frontend::json::{Map, Value};

/// Members of entries that v2.1 does not have.
const OWN: &[&str] = &["$type"];

/// The entries in their order; a map has one for each of its members.
pub(super) fn list<'a>(value: Option<&Value<'a>>) -> Vec<Value<'a>> {
    match value {
        Some(Value::Array(entries)) => entries.iter().filter_map(Value::as_object).map(entry).collect(),
        Some(Value::Object(members)) => members
            .iter()
            .map(|(key, value)| {
                Value::object([("key", Value::text(key.to_owned())), ("value", value.clone())])
            })
            .collect(),
        Some(_) | None => Vec::new(),
    }
}

fn entry<'a>(from: &Map<'a>) -> Value<'a> {
    let mut entry = from.clone();
    for own in OWN {
        entry.remove(own);
    }
    Value::Object(entry)
}
