//! One v1 request into a v2.1 item.

use serde_json::{Map, Value, json};

use super::{auth, behavior, body, copy, disable, response, scripts, url};
use crate::frontend::postman::js;

/// Converts a request and its saved answers.
pub(in crate::frontend::postman) fn convert_item(value: &Value) -> Value {
    let mut item = Map::new();
    let name = value.get("name").filter(|name| js::truthy(name)).cloned();
    item.insert("name".to_owned(), name.unwrap_or_else(|| json!("")));
    behavior(value, &mut item);
    scripts(value, &mut item);
    item.insert("request".to_owned(), convert(value));
    item.insert("response".to_owned(), Value::Array(response::convert(value)));
    Value::Object(item)
}

/// Converts a request without what belongs to its item.
pub(super) fn convert(value: &Value) -> Value {
    let mut request = Map::new();
    if let Some(auth) = auth::convert(value) {
        request.insert("auth".to_owned(), auth);
    }
    copy(value, "method", &mut request, "method");
    request.insert("header".to_owned(), Value::Array(headers(value)));
    if let Some(body) = body::convert(value) {
        request.insert("body".to_owned(), body);
    }
    if let Some(url) = url::convert(value) {
        request.insert("url".to_owned(), url);
    }
    copy(value, "description", &mut request, "description");
    Value::Object(request)
}

/// `headerData` first, then the lines of `headers` whose names are not in it.
fn headers(value: &Value) -> Vec<Value> {
    if let Some(Value::Array(headers)) = value.get("headers") {
        return headers.clone();
    }
    let data = value
        .get("headerData")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut headers: Vec<Value> = data.iter().filter_map(Value::as_object).map(header).collect();
    let known: Vec<String> = headers
        .iter()
        .filter_map(|header| Some(js::to_string(header.get("key")?)))
        .collect();
    let lines = value.get("headers").and_then(Value::as_str).unwrap_or_default();
    headers.extend(
        header_lines(lines)
            .filter(|(key, _, _)| !known.contains(key))
            .map(|(key, value, disabled)| {
                let mut header = Map::new();
                header.insert("key".to_owned(), Value::String(key));
                header.insert("value".to_owned(), Value::String(value));
                if disabled {
                    header.insert("disabled".to_owned(), Value::Bool(true));
                }
                Value::Object(header)
            }),
    );
    headers
}

fn header(from: &Map<String, Value>) -> Value {
    let mut header = from.clone();
    let commented = header
        .get("key")
        .and_then(Value::as_str)
        .and_then(|key| key.strip_prefix("//"));
    let commented = commented.map(|key| key.trim().to_owned());
    disable(&mut header);
    if let Some(key) = commented {
        header.insert("key".to_owned(), Value::String(key));
        header.insert("disabled".to_owned(), Value::Bool(true));
    }
    Value::Object(header)
}

/// Lines of the form `Name: value`; `//Name: value` is switched off.
fn header_lines(text: &str) -> impl Iterator<Item = (String, String, bool)> {
    text.split('\n').filter_map(|line| {
        let (rest, disabled) = match line.strip_prefix("//") {
            Some(rest) => (rest.trim_start(), true),
            None => (line, false),
        };
        let word = rest.split(char::is_whitespace).next().unwrap_or_default();
        let colon = word.rfind(':').filter(|colon| *colon > 0)?;
        let key = rest.get(..colon)?.trim().to_owned();
        Some((key, rest.get(colon + 1..)?.trim().to_owned(), disabled))
    })
}
