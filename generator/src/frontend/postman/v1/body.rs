//! The body of a v1 request.

use crate::frontend::json::{Map, Value};

use super::is_empty;
use crate::frontend::postman::js;

/// Names of the modes: in v1, and in v2.1.
const MODES: &[(&str, &str)] = &[
    ("binary", "file"),
    ("graphql", "graphql"),
    ("params", "formdata"),
    ("raw", "raw"),
    ("urlencoded", "urlencoded"),
];

/// Converts the body; `None` if there is none.
pub(super) fn convert<'a>(request: &Value<'a>) -> Option<Value<'a>> {
    let declared = request.get("dataMode").and_then(Value::as_str);
    let declared = declared
        .and_then(|mode| MODES.iter().find(|(name, _)| *name == mode))
        .map(|(_, name)| *name);
    let nothing = ["data", "rawModeData", "graphqlModeData"]
        .iter()
        .all(|name| is_empty(request.get(name)));
    if (declared.is_none() && nothing) || request.get("dataMode") == Some(&Value::Null) {
        return None;
    }
    let raw = raw_data(request);
    let graphql = graphql_data(request);
    let list = ["data", "rawModeData"]
        .into_iter()
        .filter_map(|name| request.get(name))
        .find(|data| js::truthy(data));
    let has_raw = raw.is_some_and(|raw| !raw.is_empty());
    let mode = declared.unwrap_or_else(|| match list {
        Some(Value::Array(_)) if !has_raw => "formdata",
        Some(_) | None if !has_raw && graphql.is_some() => "graphql",
        Some(_) | None => "raw",
    });
    let mut body = Map::new();
    body.insert("mode", Value::text(mode));
    let content = match mode {
        "raw" => {
            let text = raw
                .filter(|raw| !raw.is_empty())
                .or_else(|| request.get("data").and_then(Value::as_str));
            Some(Value::text(text.unwrap_or_default().to_owned()))
        }
        "graphql" => graphql.cloned(),
        "file" => Some(Value::object([(
            "src",
            raw.map_or(Value::Null, |raw| Value::text(raw.to_owned())),
        )])),
        _ => Some(Value::Array(list.map(form_entries).unwrap_or_default())),
    };
    if let Some(content) = content {
        body.insert(mode.to_owned(), content);
    }
    if let Some(options) = options(request) {
        body.insert("options", options);
    }
    if request.get("dataDisabled").is_some_and(js::truthy) {
        body.insert("disabled", Value::Bool(true));
    }
    Some(Value::Object(body))
}

/// Text, or a list of one text.
fn raw_data<'v>(request: &'v Value<'_>) -> Option<&'v str> {
    match request.get("rawModeData")? {
        Value::String(text) => Some(text),
        Value::Array(items) => match items.as_slice() {
            [Value::String(text)] => Some(text),
            _ => None,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

fn graphql_data<'v, 'a>(request: &'v Value<'a>) -> Option<&'v Value<'a>> {
    let own = request
        .get("graphqlModeData")
        .filter(|data| !is_empty(Some(data)));
    let data = request.get("data").filter(|data| !is_empty(Some(data)));
    let by_option = request.pointer("/dataOptions/graphql").and(data);
    own.or(by_option)
}

fn form_entries<'a>(list: &Value<'a>) -> Vec<Value<'a>> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let entries = list.iter().filter_map(Value::as_object);
    entries
        .filter(|entry| entry.get("key").is_some_and(|key| !key.is_null()))
        .map(form_entry)
        .collect()
}

fn form_entry<'a>(from: &Map<'a>) -> Value<'a> {
    let mut entry = from.clone();
    let truthy = |name: &str| from.get(name).is_some_and(js::truthy);
    if from.get("type").is_some_and(|ty| ty.as_str() == Some("file")) && !truthy("src") && truthy("value") {
        let value = entry.remove("value").unwrap_or_default();
        let src = if value.is_string() || value.is_array() {
            value
        } else {
            Value::Null
        };
        entry.insert("src", src);
    }
    super::disable(&mut entry);
    Value::Object(entry)
}

fn options<'a>(request: &Value<'a>) -> Option<Value<'a>> {
    let options = request.get("dataOptions")?;
    let mut converted = Map::new();
    for (old, new) in MODES {
        if let Some(option) = options.get(old).filter(|option| !is_empty(Some(option))) {
            converted.insert(*new, option.clone());
        }
    }
    (!converted.is_empty()).then_some(Value::Object(converted))
}
