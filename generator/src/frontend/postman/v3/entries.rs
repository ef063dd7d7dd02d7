//! Lists of named values, which v3 writes as lists or as maps.
//!
//! In: either. Out: a list of v2.1's entries.

use super::value::schema;
use crate::frontend::json::Value;

/// The entries in their order; a map has one for each of its members.
pub(super) fn list<'a>(value: Option<&Value<'a>>) -> Vec<Value<'a>> {
    match value {
        Some(Value::Array(entries)) => entries
            .iter()
            .filter(|entry| entry.is_object())
            .cloned()
            .collect(),
        Some(Value::Object(members)) => members
            .iter()
            .map(|(key, value)| {
                Value::object([("key", Value::text(key.to_owned())), ("value", value.clone())])
            })
            .collect(),
        Some(_) | None => Vec::new(),
    }
}

/// Takes the schemas out of entries, each with the number of its entry; v2.1 has none.
pub(super) fn take_schemas(entries: &mut [Value<'_>]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, entry) in entries.iter_mut().enumerate() {
        let Value::Object(members) = entry else { continue };
        let taken = members.remove("$type");
        found.extend(schema(taken.as_ref()).map(|text| (index, text)));
    }
    found
}
