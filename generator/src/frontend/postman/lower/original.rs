//! The request that an answer was saved of.
//!
//! In: the `originalRequest` of a saved answer, in whatever form. Out: what it was asked with, as texts; credentials
//! are left out. Nothing is reported: it only tells answers apart, and nothing is sent of it.

use crate::frontend::json::Value;

use super::super::{js, url_text};
use super::entries::text_of;
use crate::ir::{SavedBody, SavedRequest};
use crate::secrets::{self, Known};

/// Lowers an original request, without what is `known` if credentials are to be left out; `None` if there is none.
pub(super) fn lower(request: Option<&Value<'_>>, known: Option<&Known>) -> Option<Box<SavedRequest>> {
    let request = request?;
    let (method, url) = match request {
        Value::String(_) => ("GET".to_owned(), request),
        Value::Object(members) => (text_of(members.get("method")), members.get("url")?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => return None,
    };
    let mut saved = SavedRequest {
        method: method.to_uppercase(),
        ..SavedRequest::default()
    };
    if saved.method.is_empty() {
        "GET".clone_into(&mut saved.method);
    }
    match url {
        Value::String(text) => lower_text(text, &mut saved),
        Value::Object(_) => lower_parts(url, &mut saved),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => return None,
    }
    saved.headers = entries(request.get("header"), "key");
    saved.body = body(request.get("body"));
    if let Some(known) = known {
        redact(&mut saved, known);
    }
    Some(Box::new(saved))
}

fn lower_text(text: &str, saved: &mut SavedRequest) {
    let halves = url_text::halve(text);
    halves.base.clone_into(&mut saved.base);
    for entry in halves
        .query
        .unwrap_or_default()
        .split('&')
        .filter(|entry| !entry.is_empty())
    {
        let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
        saved.query.push((name.to_owned(), value.to_owned()));
    }
}

fn lower_parts(url: &Value<'_>, saved: &mut SavedRequest) {
    let joined = |key: &str, separator: &str| match url.get(key) {
        Some(Value::Array(parts)) => js::join(parts, separator),
        other => text_of(other),
    };
    let protocol = joined("protocol", "");
    if !protocol.is_empty() {
        saved.base = format!("{}://", protocol.trim_end_matches("://"));
    }
    saved.base.push_str(&joined("host", "."));
    let path = joined("path", "/");
    if !path.is_empty() {
        saved.base.push('/');
        saved.base.push_str(path.strip_prefix('/').unwrap_or(&path));
    }
    saved.query = entries(url.get("query"), "key");
    saved.path_variables = entries(url.get("variable"), "key");
    if saved.path_variables.iter().all(|(name, _)| name.is_empty()) {
        saved.path_variables = entries(url.get("variable"), "id");
    }
}

/// Enabled entries of a list, by name and value.
fn entries(list: Option<&Value<'_>>, key: &str) -> Vec<(String, String)> {
    let entries = enabled(list).map(|entry| (text_of(entry.get(key)), text_of(entry.get("value"))));
    let mut entries: Vec<_> = entries.collect();
    // There is one for each saved answer.
    entries.shrink_to_fit();
    entries
}

fn enabled<'a>(list: Option<&'a Value<'a>>) -> impl Iterator<Item = &'a Value<'a>> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter(|entry| !entry.get("disabled").is_some_and(js::truthy))
}

/// The body in its mode; one that says none is text.
fn body(body: Option<&Value<'_>>) -> SavedBody {
    let Some(body) = body.filter(|body| !body.get("disabled").is_some_and(js::truthy)) else {
        return SavedBody::None;
    };
    match body.get("mode").and_then(Value::as_str).unwrap_or_default() {
        "urlencoded" => SavedBody::UrlEncoded(entries(body.get("urlencoded"), "key")),
        "formdata" => SavedBody::FormData(enabled(body.get("formdata")).map(part).collect()),
        "graphql" => {
            let text = |name: &str| text_of(body.get("graphql").and_then(|graphql| graphql.get(name)));
            SavedBody::GraphQl {
                query: text("query"),
                operation_name: Some(text("operationName")).filter(|name| !name.is_empty()),
                variables: text("variables"),
            }
        }
        "file" => SavedBody::File,
        _ => match text_of(body.get("raw")) {
            text if text.is_empty() => SavedBody::None,
            text => SavedBody::Text(text),
        },
    }
}

fn part(entry: &Value<'_>) -> (String, Option<String>) {
    let is_file = entry.get("type").and_then(Value::as_str) == Some("file");
    let value = (!is_file).then(|| text_of(entry.get("value")));
    (text_of(entry.get("key")), value)
}

fn redact(saved: &mut SavedRequest, known: &Known) {
    for list in [&mut saved.path_variables, &mut saved.query, &mut saved.headers] {
        list.retain(|(name, value)| !secrets::is_credential(name, value));
        for (name, value) in list {
            *name = known.redact(name).into_owned();
            *value = known.redact(value).into_owned();
        }
    }
    saved.base = known.redact_address(&saved.base).into_owned();
    redact_body(&mut saved.body, known);
}

/// What is removed of a body leaves a trace, as whatever is sent in its place is the same request.
fn redact_body(body: &mut SavedBody, known: &Known) {
    let free = |name: &str, value: &mut String| {
        *value = if secrets::is_credential(name, value) {
            secrets::REMOVED.to_owned()
        } else {
            known.redact(value).into_owned()
        };
    };
    match body {
        SavedBody::None | SavedBody::File => {}
        SavedBody::Text(text) => free("", text),
        SavedBody::UrlEncoded(fields) => fields.iter_mut().for_each(|(name, value)| free(name, value)),
        SavedBody::FormData(fields) => {
            for (name, value) in fields {
                if let Some(value) = value {
                    free(name, value);
                }
            }
        }
        SavedBody::GraphQl { query, variables, .. } => {
            free("", query);
            free("", variables);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SavedBody, body, lower, redact_body};
    use crate::frontend::json::json;
    use crate::secrets::Known;

    #[test]
    fn parts_and_text_come_to_the_same() {
        let parts = lower(
            Some(&json!({
                "method": "post",
                "header": [{"key": "X-Page", "value": 1}, {"key": "Off", "value": "x", "disabled": true}],
                "body": {"mode": "raw", "raw": "{}"},
                "url": {
                    "protocol": "https", "host": ["a", "io"], "path": ["users", ":id"],
                    "query": [{"key": "q", "value": "1"}], "variable": [{"key": "id", "value": "7"}]
                }
            })),
            None,
        )
        .expect("an object is a request");
        assert_eq!(
            (parts.method.as_str(), parts.base.as_str()),
            ("POST", "https://a.io/users/:id")
        );
        assert_eq!(parts.query, [("q".to_owned(), "1".to_owned())]);
        assert_eq!(parts.path_variables, [("id".to_owned(), "7".to_owned())]);
        assert_eq!(parts.headers, [("X-Page".to_owned(), "1".to_owned())]);
        assert_eq!(parts.body, SavedBody::Text("{}".to_owned()));

        let text = lower(Some(&json!("https://a.io/users/:id?q=1")), None).expect("text is a request");
        assert_eq!(
            (text.method.as_str(), &text.base, &text.query),
            ("GET", &parts.base, &parts.query)
        );
        assert_eq!(lower(Some(&json!({"method": "GET"})), None), None);
        assert_eq!(lower(None, None), None);
    }

    #[test]
    fn bodies_are_of_the_kind_that_was_sent() {
        let of = |value| body(Some(&value));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            of(json!({"mode": "urlencoded", "urlencoded": [
                {"key": "a", "value": "1"}, {"key": "off", "value": "1", "disabled": true}]})),
            SavedBody::UrlEncoded(vec![pair("a", "1")])
        );
        assert_eq!(
            of(json!({"mode": "formdata", "formdata": [
                {"key": "a", "value": "1", "type": "text"}, {"key": "f", "type": "file", "src": "/x"}]})),
            SavedBody::FormData(vec![
                ("a".to_owned(), Some("1".to_owned())),
                ("f".to_owned(), None)
            ])
        );
        assert_eq!(
            of(json!({"mode": "graphql", "graphql": {"query": "{ a }", "variables": "{}"}})),
            SavedBody::GraphQl {
                query: "{ a }".to_owned(),
                operation_name: None,
                variables: "{}".to_owned()
            }
        );
        assert_eq!(
            of(json!({"mode": "file", "file": {"src": "/x"}})),
            SavedBody::File
        );
        assert_eq!(
            of(json!({"mode": "raw", "raw": "x", "disabled": true})),
            SavedBody::None
        );
        let mut form = SavedBody::UrlEncoded(vec![pair("password", "hunter2!X"), pair("a", "1")]);
        redact_body(&mut form, &Known::default());
        assert_eq!(
            form,
            SavedBody::UrlEncoded(vec![pair("password", "[removed]"), pair("a", "1")])
        );
    }
}
