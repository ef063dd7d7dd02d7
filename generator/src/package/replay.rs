//! The saved responses of an API as data, for the runtime's `replay`.
//!
//! In: the neutral model. Out: JSON text, an example to a line, whose members `runtime/src/replay/example.rs` reads.
//! Compiled in only where somebody asks for it, so it costs a generated crate nothing. Credentials are removed.

use std::fmt::Write;

use serde_core::Serialize;

use crate::ir::{Api, Operation, Sample, SavedRequest};
use crate::secrets;

/// The file's name.
pub const FILE: &str = "replay.json";

/// The text of the file; `mark` goes into its first line.
pub fn text(api: &Api, mark: &str, keep_credentials: bool) -> String {
    let mut text = format!("{{\"note\": {}, \"examples\": [", json(mark));
    let mut separator = "\n";
    api.root.visit_from_top(&mut |operation| {
        for outcome in operation.results.iter().chain(&operation.errors) {
            for sample in &outcome.samples {
                text.push_str(separator);
                example(&mut text, operation, sample, outcome.status, keep_credentials);
                separator = ",\n";
            }
        }
    });
    text.push_str("\n]}\n");
    text
}

fn example(text: &mut String, operation: &Operation, sample: &Sample, status: u16, keep_credentials: bool) {
    let own;
    let request = match sample.request.as_deref() {
        Some(request) => request,
        None => {
            own = of_operation(operation);
            &own
        }
    };
    let body = if keep_credentials {
        sample.body.clone()
    } else {
        secrets::redact(&sample.body).into_owned()
    };
    let mut open = '{';
    let mut member = |name: &str, json: String| {
        // Writing into memory cannot fail.
        _ = write!(text, "{open}\"{name}\":{json}");
        open = ',';
    };
    member("item", json(&operation.name));
    member("name", json(&sample.name));
    member("id", json(&sample.id));
    member("method", json(&request.method));
    member("url", json(&request.base));
    member("path", json(&request.path_variables));
    member("query", json(&request.query));
    member("request_headers", json(&request.headers));
    member("request_body", json(&request.body));
    member("status", json(&status));
    member("reason", json(&sample.reason));
    member("headers", json(&headers(sample)));
    member("body", json(&body));
    if request.method != operation.method || request.base != operation.url.base {
        // The item was changed after the answer was saved; it still is the answer of the item.
        let own = of_operation(operation);
        let (method, url, path) = (json(&own.method), json(&own.base), json(&own.path_variables));
        let own = format!("{{\"method\":{method},\"url\":{url},\"path\":{path}}}");
        member("item_request", own);
    }
    text.push('}');
}

/// Texts, numbers and lists of them always have a JSON form.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The saved headers; the media type is added if only Postman's own record has it.
fn headers(sample: &Sample) -> Vec<(String, String)> {
    let mut headers = sample.headers.clone();
    let has_type = headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if let (false, Some(media_type)) = (has_type || sample.body.is_empty(), &sample.media_type) {
        headers.push(("Content-Type".to_owned(), media_type.clone()));
    }
    headers
}

/// The operation's own request.
fn of_operation(operation: &Operation) -> SavedRequest {
    let variables = operation.url.path_variables.iter();
    let query = operation.url.query.iter();
    SavedRequest {
        method: operation.method.clone(),
        base: operation.url.base.clone(),
        path_variables: variables
            .map(|variable| (variable.name.clone(), variable.saved.clone().unwrap_or_default()))
            .collect(),
        query: query
            .filter(|entry| entry.sent != crate::ir::Sent::WhenSet)
            .map(|entry| {
                (
                    entry.key.clone().unwrap_or_default(),
                    entry.value.clone().unwrap_or_default(),
                )
            })
            .collect(),
        headers: Vec::new(),
        body: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::config::Config;
    use crate::diag::Sink;
    use crate::frontend::{self, Source};

    #[test]
    fn the_request_of_the_item_is_noted_where_an_answer_was_saved_of_another() {
        let text = r#"{"name": "x", "request": {"method": "PUT", "url": "{{a}}/new/:id"}, "response": [
            {"code": 200, "originalRequest": {"method": "POST", "url": "{{a}}/old"}},
            {"code": 201, "originalRequest": {"method": "PUT", "url": "{{a}}/new/:id"}},
            {"code": 202}]}"#;
        let (config, mut sink) = (Config::default(), Sink::default());
        let api = frontend::read(&Source::new("x.json", text), &config, &mut sink).unwrap();
        let written: Value = serde_json::from_str(&super::text(&api, "", false)).unwrap();
        let members = |member: &str| -> Vec<Value> {
            let examples = written["examples"].as_array().unwrap();
            examples.iter().map(|example| example[member].clone()).collect()
        };
        assert_eq!(members("method"), ["POST", "PUT", "PUT"]);
        let own = json!({"method": "PUT", "url": "{{a}}/new/:id", "path": [["id", ""]]});
        assert_eq!(members("item_request"), [own, Value::Null, Value::Null]);
    }
}
