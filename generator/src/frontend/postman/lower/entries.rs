//! Headers and query entries: their texts as Postman makes them, freed of credentials.
//!
//! In: entries of the model. Out: entries of the neutral one. When an entry is sent, and what a caller can set, is
//! decided by a pass.

use crate::frontend::json::Value;

use super::super::{js, model};
use super::Cx;
use super::vault::{self, Subject};
use crate::diag::Code;
use crate::ir::{Entry, Sent};

/// The text of a member that should hold some; empty if it is missing or null.
pub(super) fn text_of(value: Option<&Value<'_>>) -> String {
    value
        .filter(|value| !value.is_null())
        .map(js::to_string)
        .unwrap_or_default()
}

/// Lowers headers; those that are never sent, as they have no name, are left out.
pub(super) fn lower_headers(cx: &mut Cx<'_>, headers: &[model::Entry<'_>]) -> Vec<Entry> {
    let mut lowered = Vec::new();
    for header in headers {
        let Some(key) = header
            .key
            .as_deref()
            .filter(|key| js::truthy(key))
            .map(js::to_string)
        else {
            continue;
        };
        // Names of HTTP/2's own, which Postman drops.
        if key.starts_with(':') {
            continue;
        }
        report_odd(cx, header, "header", &key);
        // A list is a header for each of its elements.
        let values = match header.value.as_deref() {
            Some(Value::Array(items)) => items.iter().map(js::to_string).collect(),
            other => vec![other.map(js::to_string).unwrap_or_default()],
        };
        for value in values {
            lowered.push(entry(cx, header, "the header", Some(key.clone()), Some(value)));
        }
    }
    lowered
}

/// Lowers query entries: a value that is no text is dropped, as Postman does.
pub(super) fn lower_query(cx: &mut Cx<'_>, query: &[model::Entry<'_>]) -> Vec<Entry> {
    let mut lowered = Vec::new();
    for written in query {
        let key = written
            .key
            .as_deref()
            .and_then(Value::as_str)
            .filter(|key| !key.is_empty());
        let value = written.value.as_deref().and_then(Value::as_str);
        if written
            .value
            .as_deref()
            .is_some_and(|value| !value.is_null() && !value.is_string())
        {
            let message = format!(
                "the value of query entry `{}` is no text; Postman sends the entry without it",
                key.unwrap_or_default()
            );
            cx.warn(
                Code::OddValue,
                &written.pointer,
                message,
                "write the value as text",
            );
        }
        let (key, value) = (key.map(str::to_owned), value.map(str::to_owned));
        lowered.push(entry(cx, written, "the query entry", key, value));
    }
    lowered
}

fn entry(
    cx: &mut Cx<'_>,
    from: &model::Entry<'_>,
    kind: &str,
    key: Option<String>,
    value: Option<String>,
) -> Entry {
    let name = key.as_deref().unwrap_or_default();
    let subject = Subject {
        kind,
        name,
        pointer: &from.pointer,
    };
    let free_key = key.clone().map(|key| vault::text(cx, key, subject));
    let value = value.map(|value| {
        if from.disabled {
            vault::unsent(cx, value, subject)
        } else {
            vault::named(cx, value, subject)
        }
    });
    Entry {
        called: None,
        key: free_key,
        value,
        disabled: from.disabled,
        sent: if from.disabled { Sent::WhenSet } else { Sent::Saved },
        joined: None,
        docs: cx.docs(from.description),
        place: cx.place(&from.pointer),
    }
}

fn report_odd(cx: &mut Cx<'_>, entry: &model::Entry<'_>, kind: &str, key: &str) {
    if entry
        .value
        .as_deref()
        .is_some_and(|value| value.is_object() || value.is_array())
    {
        let message = format!("the value of {kind} `{key}` is no text; it is sent as Postman does");
        cx.warn(Code::OddValue, &entry.pointer, message, "write the value as text");
    }
}
