//! One v1 request into a v2.1 item.

use crate::frontend::json::{Map, Value};

use super::{auth, behavior, body, copy, disable, response, scripts, url};
use crate::frontend::postman::js;

/// Converts a request and its saved answers.
pub(in crate::frontend::postman) fn convert_item<'a>(value: &Value<'a>) -> Value<'a> {
    let mut item = Map::new();
    let name = value.get("name").filter(|name| js::truthy(name)).cloned();
    item.insert("name", name.unwrap_or_else(|| Value::text("")));
    behavior(value, &mut item);
    scripts(value, &mut item);
    item.insert("request", convert(value));
    item.insert("response", Value::Array(response::convert(value)));
    Value::Object(item)
}

/// Converts a request without what belongs to its item.
pub(super) fn convert<'a>(value: &Value<'a>) -> Value<'a> {
    let mut request = Map::new();
    if let Some(auth) = auth::convert(value) {
        request.insert("auth", auth);
    }
    copy(value, "method", &mut request, "method");
    request.insert("header", Value::Array(headers(value)));
    if let Some(body) = body::convert(value) {
        request.insert("body", body);
    }
    if let Some(url) = url::convert(value) {
        request.insert("url", url);
    }
    copy(value, "description", &mut request, "description");
    Value::Object(request)
}

/// `headerData` first, then the lines of `headers` whose names are not in it.
fn headers<'a>(value: &Value<'a>) -> Vec<Value<'a>> {
    if let Some(Value::Array(headers)) = value.get("headers") {
        return headers.clone();
    }
    let data = value
        .get("headerData")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut headers: Vec<Value<'_>> = data.iter().filter_map(Value::as_object).map(header).collect();
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
                header.insert("key", Value::text(key));
                header.insert("value", Value::text(value));
                if disabled {
                    header.insert("disabled", Value::Bool(true));
                }
                Value::Object(header)
            }),
    );
    headers
}

fn header<'a>(from: &Map<'a>) -> Value<'a> {
    let mut header = from.clone();
    let commented = header
        .get("key")
        .and_then(Value::as_str)
        .and_then(|key| key.strip_prefix("//"));
    let commented = commented.map(|key| key.trim().to_owned());
    disable(&mut header);
    if let Some(key) = commented {
        header.insert("key", Value::text(key));
        header.insert("disabled", Value::Bool(true));
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
