//! What Postman makes of a variable's value, by its declared type.
//!
//! In: an entry of a variable list. Out: the text that replaces `{{name}}`, or the text that replaces `:name`.

use std::collections::BTreeMap;

use crate::frontend::json::Value;

use super::js;
use super::model::Entry;

/// The name of a variable; older path variables have theirs under `id`, which `parse` leaves to this place.
pub(super) fn name(entry: &Entry<'_>) -> Option<String> {
    let key = entry.key.as_deref().filter(|key| js::truthy(key))?;
    Some(js::to_string(key))
}

/// Of each name the last entry that counts, in document order.
pub(super) fn last_of_each<'e, 'a>(
    entries: impl Iterator<Item = &'e Entry<'a>>,
) -> Vec<(String, &'e Entry<'a>)>
where
    'a: 'e,
{
    let named: Vec<_> = entries.filter_map(|entry| Some((name(entry)?, entry))).collect();
    let last: BTreeMap<String, usize> = named
        .iter()
        .enumerate()
        .map(|(index, (name, _))| (name.clone(), index))
        .collect();
    let named = named.into_iter().enumerate();
    named
        .filter(|(index, (name, _))| last.get(name) == Some(index))
        .map(|(_, entry)| entry)
        .collect()
}

/// The text that stands for the variable in a template.
pub(super) fn text(entry: &Entry<'_>) -> String {
    let value = entry.value.as_deref();
    match (declared(entry), value) {
        (Declared::Any | Declared::List | Declared::Object, None) => String::new(),
        (Declared::Any | Declared::String, Some(value)) => js::to_string(value),
        (Declared::String, None) => "undefined".to_owned(),
        (Declared::Boolean, value) => value.is_some_and(js::truthy).to_string(),
        (Declared::Number, None) => "NaN".to_owned(),
        (Declared::Number, Some(value)) => js::cast_number(value),
        (Declared::List, Some(value)) => match reparsed(value) {
            Some(Value::Array(items)) => js::join(&items, ","),
            Some(_) | None => String::new(),
        },
        (Declared::Object, Some(value)) => match reparsed(value) {
            Some(object @ Value::Object(_)) => js::to_string(&object),
            Some(_) | None => String::new(),
        },
    }
}

/// The value of a path variable: only text that is not empty counts, after the cast to the declared type.
pub(super) fn path_text(entry: &Entry<'_>) -> Option<String> {
    let text = match (declared(entry), entry.value.as_deref()?) {
        (Declared::Any, Value::String(text)) => text.clone().into_owned(),
        (Declared::String, value) => js::to_string(value),
        (Declared::Any | Declared::Boolean | Declared::Number | Declared::List | Declared::Object, _) => {
            return None;
        }
    };
    Some(text).filter(|text| !text.is_empty())
}

#[derive(Clone, Copy)]
enum Declared {
    Any,
    String,
    Boolean,
    Number,
    List,
    Object,
}

fn declared(entry: &Entry<'_>) -> Declared {
    match entry.ty.unwrap_or_default().to_lowercase().as_str() {
        "string" => Declared::String,
        "boolean" => Declared::Boolean,
        "number" => Declared::Number,
        "array" => Declared::List,
        "object" => Declared::Object,
        // `any`, and every type that Postman does not know (`text`, `secret`, `default`).
        _ => Declared::Any,
    }
}

fn reparsed<'v>(value: &'v Value<'v>) -> Option<Value<'v>> {
    match value {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Some(value.clone())
        }
    }
}
