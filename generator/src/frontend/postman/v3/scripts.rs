//! Scripts, which v3 lists by when they run.
//!
//! In: an element. Out: v2.1's events.

use crate::frontend::json::Value;

/// The events; a script of another protocol is none.
pub(super) fn events<'a>(value: &Value<'a>) -> Vec<Value<'a>> {
    let scripts = value.get("scripts").and_then(Value::as_array);
    scripts.into_iter().flatten().filter_map(event).collect()
}

fn event<'a>(script: &Value<'a>) -> Option<Value<'a>> {
    let kind = script.get("type").and_then(Value::as_str)?;
    let kind = kind.rsplit(':').next().unwrap_or(kind);
    let listen = match kind {
        "beforeRequest" | "beforeQuery" => "prerequest",
        "afterResponse" => "test",
        _ => return None,
    };
    let code = script.get("code").cloned().unwrap_or_default();
    Some(Value::object([
        ("listen", Value::text(listen)),
        ("script", Value::object([("exec", code)])),
    ]))
}
