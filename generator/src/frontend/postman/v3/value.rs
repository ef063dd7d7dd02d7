//! Reading values of v3 files.
//!
//! In: values. Out: texts and members.

use crate::frontend::json::{Map, Value};
use crate::frontend::postman::js;

/// A text, whatever it is written as.
pub(super) fn text(value: Option<&Value<'_>>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        // Where a text is due, what is none is meant as the JSON that it looks like.
        Some(value @ (Value::Array(_) | Value::Object(_))) => value.to_string(),
        Some(value) => js::to_string(value),
    }
}

/// Takes over a member that says something.
pub(super) fn copy<'a>(from: &Value<'a>, name: &'static str, into: &mut Map<'a>) {
    if let Some(value) = from.get(name).filter(|value| !value.is_null()) {
        into.insert(name, value.clone());
    }
}

/// A schema, which is written as text, and meant where it is written as itself.
pub(super) fn schema(value: Option<&Value<'_>>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone().into_owned()),
        value @ Value::Object(_) => Some(value.to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}
