//! The saved responses of an API as data, for the runtime's `replay`.
//!
//! In: the neutral model. Out: JSON text, an example to a line, whose members `runtime/src/replay/example.rs` reads.
//! Compiled in only where somebody asks for it, so it costs a generated crate nothing. Credentials are removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_core::Serialize;

use super::asked::of_operation;
use crate::infer::json::served::{Served, served};
use crate::ir::{
    Api, BodyType, Operation, OperationId, Outcome, Sample, SavedBody, Status, Type, Types, Variable,
    VariableKind, template,
};
use crate::secrets;

/// The file's name.
pub const FILE: &str = "replay.json";

/// What the file is made of.
pub struct Contents<'a> {
    /// The API, typed.
    pub api: &'a Api,
    /// The path of each operation's type in the client, as its calls tell it too.
    pub paths: &'a BTreeMap<OperationId, String>,
    /// What its first line says.
    pub mark: &'a str,
    /// Whether literal credentials stay in it.
    pub keep_credentials: bool,
}

/// The text of the file.
pub fn text(contents: &Contents<'_>) -> String {
    let api = contents.api;
    let mut text = format!("{{\"note\": {}, \"examples\": [", json(contents.mark));
    let mut named = BTreeSet::new();
    let mut separator = "\n";
    api.root.visit_from_top(&mut |operation| {
        for outcome in operation.results.iter().chain(&operation.errors) {
            for sample in &outcome.samples {
                text.push_str(separator);
                example(&mut text, &mut named, contents, operation, outcome, sample);
                separator = ",\n";
            }
        }
    });
    text.push_str("\n]");
    separator = ", \"variables\": [\n";
    let variables = variables(api, named);
    for variable in &variables {
        text.push_str(separator);
        text.push_str(&json(variable));
        separator = ",\n";
    }
    text.push_str(if variables.is_empty() { "}\n" } else { "\n]}\n" });
    text
}

/// The variables of these names, and those that they name in turn: with the collection's values, else those of the first
/// environment that has one.
fn variables(api: &Api, named: BTreeSet<String>) -> Vec<(&str, &str)> {
    let mut open: Vec<String> = named.into_iter().collect();
    let mut used = BTreeMap::new();
    while let Some(name) = open.pop() {
        let found = api.variables.iter().position(|variable| variable.name == name);
        if let Some(index) = found
            && let Some(variable) = api.variables.get(index)
            && let Some(value) = value(api, variable)
            && used.insert(index, (variable.name.as_str(), value)).is_none()
        {
            open.extend(template::variables(value).map(str::to_owned));
        }
    }
    used.into_values().collect()
}

fn value<'a>(api: &'a Api, variable: &'a Variable) -> Option<&'a str> {
    if variable.kind == VariableKind::Secret {
        return None;
    }
    let of_environment = || {
        let values = api
            .environments
            .iter()
            .flat_map(|environment| &environment.values);
        let mut named = values.filter(|(name, _)| *name == variable.name);
        named.next().map(|(_, value)| value.as_str())
    };
    variable.default.as_deref().or_else(of_environment)
}

/// An example, and the variables that it names but for those of its address.
fn example(
    text: &mut String,
    named: &mut BTreeSet<String>,
    contents: &Contents<'_>,
    operation: &Operation,
    outcome: &Outcome,
    sample: &Sample,
) {
    let own;
    let request = match sample.request.as_deref() {
        Some(request) => request,
        None => {
            own = of_operation(operation);
            &own
        }
    };
    let Served {
        text: body,
        stand_ins,
    } = body(contents, outcome, sample);
    let mut open = '{';
    let mut member = |name: &str, json: String| {
        if ["query", "request_headers", "request_body", "headers", "body"].contains(&name) {
            named.extend(template::variables(&json).map(str::to_owned));
        }
        // Writing into memory cannot fail.
        _ = write!(text, "{open}\"{name}\":{json}");
        open = ',';
    };
    if let Some(path) = contents.paths.get(&operation.id) {
        member("operation", json(path));
    }
    member("item", json(&operation.name));
    member("name", json(&sample.name));
    member("id", json(&sample.id));
    member("method", json(&request.method));
    member("url", json(&request.base));
    member("path", json(&request.path_variables));
    member("query", json(&request.query));
    member("request_headers", json(&request.headers));
    member("request_body", request_body(&request.body));
    let is_result = operation
        .results
        .iter()
        .any(|result| std::ptr::eq(result, outcome));
    member("status", status(outcome.status, is_result));
    member("reason", json(&sample.reason));
    member("headers", json(&headers(sample)));
    member("body", json(&body));
    if !stand_ins.is_empty() {
        member("stand_ins", json(&stand_ins));
    }
    if request.method != operation.method || request.base != operation.url.base {
        // The item was changed after the answer was saved; it still is the answer of the item.
        let own = of_operation(operation);
        let (method, url, path) = (json(&own.method), json(&own.base), json(&own.path_variables));
        let own = format!("{{\"method\":{method},\"url\":{url},\"path\":{path}}}");
        member("item_request", own);
    }
    text.push('}');
}

/// What is answered: JSON is proper JSON, whatever the sample looks like.
fn body(contents: &Contents<'_>, outcome: &Outcome, sample: &Sample) -> Served {
    let text = if contents.keep_credentials {
        sample.body.clone()
    } else {
        secrets::redact(&sample.body).into_owned()
    };
    let types = &contents.api.types;
    let typed = match &outcome.body {
        BodyType::Json(ty) => served(&text, ty, types),
        BodyType::JsonInString(ty) => in_string(&text, ty, types),
        BodyType::Empty | BodyType::Text | BodyType::Bytes | BodyType::Unknown => None,
    };
    typed.unwrap_or(Served {
        text,
        stand_ins: Vec::new(),
    })
}

/// JSON in a JSON string; variables in it are text.
fn in_string(text: &str, ty: &Type, types: &Types) -> Option<Served> {
    let inner: String = serde_json::from_str(text).ok()?;
    let Served { text, stand_ins } = served(&inner, ty, types)?;
    stand_ins.is_empty().then(|| Served {
        text: json(&text),
        stand_ins,
    })
}

/// A request's body: text is text, all other kinds are an object of that name.
fn request_body(body: &SavedBody) -> String {
    match body {
        SavedBody::None => json(""),
        SavedBody::Text(text) => json(text),
        SavedBody::UrlEncoded(fields) => format!("{{\"urlencoded\":{}}}", json(fields)),
        SavedBody::FormData(parts) => format!("{{\"formdata\":{}}}", json(parts)),
        SavedBody::GraphQl {
            query,
            operation_name,
            variables,
        } => {
            let members = [json(query), json(operation_name), json(variables)];
            format!("{{\"graphql\":[{}]}}", members.join(","))
        }
        SavedBody::File => "{\"file\":true}".to_owned(),
    }
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

/// The status that an example is answered with: for an answer of several, the usual one of them.
fn status(status: Status, is_result: bool) -> String {
    match status {
        Status::Exact(status) => status.to_string(),
        Status::Range(digit) => format!("{digit}00"),
        Status::Rest if is_result => "200".to_owned(),
        Status::Rest => "500".to_owned(),
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
        let contents = super::Contents {
            api: &api,
            paths: &super::BTreeMap::new(),
            mark: "",
            keep_credentials: false,
        };
        let written: Value = serde_json::from_str(&super::text(&contents)).unwrap();
        let members = |member: &str| -> Vec<Value> {
            let examples = written["examples"].as_array().unwrap();
            examples.iter().map(|example| example[member].clone()).collect()
        };
        assert_eq!(members("method"), ["POST", "PUT", "PUT"]);
        let own = json!({"method": "PUT", "url": "{{a}}/new/:id", "path": [["id", ""]]});
        assert_eq!(members("item_request"), [own, Value::Null, Value::Null]);
    }
}
