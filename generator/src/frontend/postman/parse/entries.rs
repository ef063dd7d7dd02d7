//! Lists of named values, in each of the forms that the format knows for them.

use crate::frontend::json::Value;

use super::super::js;
use super::super::model::{Entry, Json};
use super::{description, elements, join};

/// Variables: of the collection, of an environment, of an address. Entries without a key are kept.
pub(in super::super) fn parse_variables<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<Entry<'a>> {
    elements(list, pointer)
        .into_iter()
        .filter(|(value, _)| value.is_object())
        .map(|(value, at)| parse_variable(value, at))
        .collect()
}

/// One that is marked as secret is so, whatever its type.
fn parse_variable<'a>(value: &'a Value<'a>, pointer: String) -> Entry<'a> {
    let entry = parse_entry(value, pointer);
    let marked = value.get("secret").is_some_and(js::truthy);
    // Environments say the one, collections the other.
    let is_off = value.get("enabled").is_some_and(|enabled| !js::truthy(enabled));
    Entry {
        ty: marked.then_some("secret").or(entry.ty),
        disabled: entry.disabled || is_off,
        ..entry
    }
}

/// Path variables: like variables, but older ones have their names under `id`.
pub(in super::super) fn parse_path_variables<'a>(
    list: Option<&'a Value<'a>>,
    pointer: &str,
) -> Vec<Entry<'a>> {
    let mut variables = parse_variables(list, pointer);
    let items = list.and_then(Value::as_array).into_iter().flatten();
    for (variable, item) in variables.iter_mut().zip(items.filter(|item| item.is_object())) {
        if !variable.key.as_deref().is_some_and(js::truthy) {
            variable.key = item.get("id").map(Json::Found);
        }
    }
    variables
}

/// Headers: a list of objects or lines, one text of lines, or a map.
pub(super) fn parse_headers<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<Entry<'a>> {
    match list {
        Some(Value::String(text)) => header_lines(text)
            .map(|(key, value)| text_entry(key, Some(value), pointer.to_owned()))
            .collect(),
        Some(Value::Object(members)) => members
            .iter()
            .filter_map(|(key, value)| match value {
                Value::String(_) => Some(map_entry(key, value, join(pointer, key))),
                other => header(other, join(pointer, key)),
            })
            .collect(),
        Some(Value::Array(items)) => {
            let items = items.iter().enumerate();
            items
                .filter_map(|(index, item)| header(item, format!("{pointer}/{index}")))
                .collect()
        }
        Some(_) | None => Vec::new(),
    }
}

fn header<'a>(item: &'a Value<'a>, pointer: String) -> Option<Entry<'a>> {
    match item {
        Value::Object(_) => Some(parse_entry(item, pointer)),
        Value::String(line) => {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            Some(text_entry(key.trim(), Some(value.trim()), pointer))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// Header lines of one text: `Name: value`, the name without spaces.
fn header_lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        // The last colon that follows no space ends the name, as Postman's greedy pattern has it.
        let name = line.split(char::is_whitespace).next().unwrap_or_default();
        let colon = name.rfind(':').filter(|colon| *colon > 0)?;
        Some((line.get(..colon)?, line.get(colon + 1..)?.trim()))
    })
}

/// Query entries: a list of objects or texts, one text, or a map.
pub(super) fn parse_query<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<Entry<'a>> {
    match list {
        Some(Value::Object(members)) if !members.is_empty() => members
            .iter()
            .map(|(key, value)| map_entry(key, value, join(pointer, key)))
            .collect(),
        Some(_) | None => parse_urlencoded(list, pointer),
    }
}

/// Entries of a urlencoded body: a list of objects or texts, one text, or one object.
pub(super) fn parse_urlencoded<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<Entry<'a>> {
    match list.filter(|list| js::truthy(list)) {
        Some(Value::String(text)) => split_query(text)
            .into_iter()
            .map(|(key, value)| text_entry(key, value, pointer.to_owned()))
            .collect(),
        list => properties(list, pointer)
            .into_iter()
            .map(|(item, pointer)| query_entry(item, pointer))
            .collect(),
    }
}

/// What Postman makes properties of: each element of a list but `null`, or whatever stands in the list's place.
pub(super) fn properties<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<(&'a Value<'a>, String)> {
    match list.filter(|list| js::truthy(list)) {
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .filter(|(_, item)| !item.is_null())
            .map(|(index, item)| (item, format!("{pointer}/{index}")))
            .collect(),
        Some(one) => vec![(one, pointer.to_owned())],
        None => Vec::new(),
    }
}

/// An element that is neither object nor text is an entry that says nothing.
fn query_entry<'a>(item: &'a Value<'a>, pointer: String) -> Entry<'a> {
    match item {
        Value::String(text) => {
            let (key, value) = split_pair(text);
            text_entry(key, value, pointer)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            parse_entry(item, pointer)
        }
    }
}

/// Splits a query at `&` and each entry at its first `=`; tokens (`{{a&b}}`) are never split.
pub(in super::super) fn split_query(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut pairs = Vec::new();
    let mut rest = text;
    loop {
        let end = super::super::url_text::find_outside_tokens(rest, &['&']);
        pairs.push(split_pair(
            rest.get(..end.unwrap_or(rest.len())).unwrap_or_default(),
        ));
        match end.and_then(|end| rest.get(end + 1..)) {
            Some(after) => rest = after,
            None => return pairs,
        }
    }
}

fn split_pair(text: &str) -> (&str, Option<&str>) {
    match super::super::url_text::find_outside_tokens(text, &['=']) {
        Some(equals) => (
            text.get(..equals).unwrap_or_default(),
            Some(text.get(equals + 1..).unwrap_or_default()),
        ),
        None => (text, None),
    }
}

/// Parameters of an authentication: a list of objects, or a map.
pub(super) fn parse_params<'a>(list: Option<&'a Value<'a>>, pointer: &str) -> Vec<Entry<'a>> {
    match list {
        Some(Value::Object(members)) => members
            .iter()
            .map(|(key, value)| map_entry(key, value, join(pointer, key)))
            .collect(),
        Some(Value::Array(_)) => parse_variables(list, pointer),
        Some(_) | None => Vec::new(),
    }
}

/// An entry that is an object with `key` and `value`.
pub(super) fn parse_entry<'a>(value: &'a Value<'a>, pointer: String) -> Entry<'a> {
    Entry {
        key: value.get("key").map(Json::Found),
        value: value.get("value").map(Json::Found),
        disabled: value.get("disabled").is_some_and(js::truthy),
        ty: value.get("type").and_then(Value::as_str),
        description: description(value),
        pointer,
    }
}

fn text_entry<'a>(key: &'a str, value: Option<&'a str>, pointer: String) -> Entry<'a> {
    Entry {
        pointer,
        key: Some(text_json(key)),
        // A text that has no `=` is an entry whose value is null.
        value: Some(value.map_or(Json::Made(Value::Null), text_json)),
        disabled: false,
        ty: None,
        description: "",
    }
}

fn map_entry<'a>(key: &'a str, value: &'a Value<'a>, pointer: String) -> Entry<'a> {
    Entry {
        pointer,
        key: Some(text_json(key)),
        value: Some(Json::Found(value)),
        disabled: false,
        ty: None,
        description: "",
    }
}

fn text_json(text: &str) -> Json<'_> {
    Json::Made(Value::text(text))
}
