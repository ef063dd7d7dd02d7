//! The item as it stands in the collection, for documentation: pretty-printed, credentials removed.
//!
//! In: the item's JSON. Out: JSON text in which every credential is `[removed]`.

use serde_json::{Map, Value};

use crate::secrets;

/// The item's text.
pub(super) fn lower(item: &Value, keep_credentials: bool) -> String {
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    if keep_credentials {
        return pretty(item);
    }
    let mut item = item.clone();
    clean(&mut item, "");
    pretty(&item)
}

/// Cleans a value that stands under a name.
fn clean(value: &mut Value, name: &str) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
        Value::String(text) => {
            if secrets::is_credential(name, text) {
                secrets::REMOVED.clone_into(text);
            } else if let std::borrow::Cow::Owned(redacted) = secrets::redact(text) {
                *text = redacted;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, name)),
        Value::Object(members) => clean_members(members, name),
    }
}

/// An object with `key` and `value` is a named value; the parameters of an authentication are all its secrets.
fn clean_members(members: &mut Map<String, Value>, _name: &str) {
    let key = members.get("key").and_then(Value::as_str).map(str::to_owned);
    for (member, value) in members.iter_mut() {
        match (&key, member.as_str()) {
            (Some(key), "value") => clean(value, key),
            (_, "auth") => clean_auth(value),
            _ => clean(value, member),
        }
    }
}

fn clean_auth(auth: &mut Value) {
    let Some(scheme) = auth.get("type").and_then(Value::as_str).map(str::to_owned) else {
        return clean(auth, "");
    };
    let Some(members) = auth.as_object_mut() else {
        return;
    };
    for (name, params) in members.iter_mut().filter(|(name, _)| *name != "type") {
        let kind = super::auth::kind(name).or_else(|| super::auth::kind(&scheme));
        let hidden = |param: &str| kind.is_some_and(|kind| super::auth::is_credential(kind, param));
        match params {
            Value::Array(list) => list.iter_mut().for_each(|param| {
                let key = param
                    .get("key")
                    .and_then(Value::as_str)
                    .map(str::to_owned)
                    .unwrap_or_default();
                match param.get_mut("value") {
                    Some(value) if hidden(&key) => hide(value),
                    Some(value) => clean(value, &key),
                    None => {}
                }
            }),
            Value::Object(map) => map.iter_mut().for_each(|(key, value)| {
                if hidden(key) {
                    hide(value)
                } else {
                    clean(value, key)
                }
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn hide(value: &mut Value) {
    let harmless = value.as_str().is_some_and(secrets::is_placeholder);
    if !harmless && !value.is_null() {
        *value = Value::String(secrets::REMOVED.to_owned());
    }
}
