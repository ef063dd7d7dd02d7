//! Takes back variables that nothing would fill, or that something else fills: those of a body that a caller gives.
//!
//! In: operations whose bodies are typed. Out: the same without parameters for `{{variables}}` that only stand in the
//! saved text of such a body, as that text is not sent then, and without the one that is all of a body of text, as the
//! body's own setter says the same. A saved call still resolves them from the settings.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Body, GraphQlVariables, Operation, Param, ParamPlace, Presence, RawContent, template};

/// The pass.
pub fn spare_variables(api: &mut Api, _config: &Config, _sink: &mut Sink) {
    api.root.visit_mut(&mut spare_in_operation);
}

fn spare_in_operation(operation: &mut Operation) {
    let Some(replaced) = replaced_text(&operation.body) else {
        return;
    };
    let mut spare: BTreeSet<String> = template::variables(replaced).map(str::to_owned).collect();
    for text in other_texts(operation) {
        template::variables(text).for_each(|name| _ = spare.remove(name));
    }
    operation.params.retain(|param| !is_spare(param, &spare));
}

fn is_spare(param: &Param, spare: &BTreeSet<String>) -> bool {
    match (&param.place, param.presence) {
        (ParamPlace::Variable(name), Presence::Optional) => spare.contains(name),
        (ParamPlace::Variable(_), Presence::Required)
        | (ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_), _) => false,
    }
}

/// The part of a saved body in whose place a value is sent.
fn replaced_text(body: &Body) -> Option<&str> {
    match body {
        Body::Raw(raw) => match raw.content {
            RawContent::Json(_) => Some(&raw.text),
            RawContent::Text => body.is_one_variable().then_some(&raw.text),
        },
        Body::GraphQl(graphql) => match (&graphql.variables, &graphql.ty) {
            (GraphQlVariables::Text(text), Some(_)) => Some(text),
            (GraphQlVariables::Text(_), None) | (GraphQlVariables::None, _) => None,
        },
        Body::None | Body::UrlEncoded { .. } | Body::FormData { .. } | Body::File { .. } => None,
    }
}

/// Every other text of the operation that is sent.
fn other_texts(operation: &Operation) -> Vec<&str> {
    let mut texts = vec![operation.url.base.as_str()];
    for entry in operation.url.query.iter().chain(&operation.headers) {
        texts.extend(entry.key.as_deref());
    }
    if let Body::GraphQl(graphql) = &operation.body {
        texts.extend(graphql.query.as_deref());
        texts.extend(graphql.operation_name.as_deref());
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::{self, Source};

    #[test]
    fn a_body_that_is_a_variable_has_one_setter() {
        let names = |body: &str, path: &str| -> Vec<String> {
            let text = format!(
                r#"{{"name": "x", "request": {{"method": "POST", "url": "https://a.io/{path}",
                "body": {{"mode": "raw", "raw": "{body}"}}}}}}"#
            );
            let (config, mut sink) = (Config::default(), Sink::default());
            let mut api = frontend::read(&Source::new("x.json", text), &config, &mut sink).unwrap();
            spare_variables(&mut api, &config, &mut sink);
            let params = api.root.operations().next().unwrap().params.iter();
            params.map(|param| param.name.clone()).collect()
        };
        assert!(names(" {{body}} ", "").is_empty());
        assert_eq!(names("x {{body}}", ""), ["body"]);
        assert_eq!(names("{{a}}{{b}}", ""), ["a", "b"]);
        assert_eq!(names("{{body}}", "{{body}}"), ["body"]);
    }

    #[test]
    fn only_variables_of_a_typed_body_go() {
        let text = r#"{"name": "x", "request": {"method": "POST", "url": "https://a.io/{{id}}?{{key}}=1",
            "body": {"mode": "raw", "raw": "{\"a\": \"{{id}}\", \"b\": {{b}}, \"{{key}}\": 1}"}}}"#;
        let (config, mut sink) = (Config::default(), Sink::default());
        let mut api = frontend::read(&Source::new("x.json", text), &config, &mut sink).unwrap();
        let names = |api: &Api| -> Vec<String> {
            let operation = api.root.operations().next().unwrap();
            operation.params.iter().map(|param| param.name.clone()).collect()
        };
        spare_variables(&mut api, &config, &mut sink);
        assert_eq!(names(&api), ["id", "{{key}}", "key", "b"]);
        api.root.visit_mut(&mut |operation| {
            let Body::Raw(raw) = &mut operation.body else {
                unreachable!()
            };
            raw.content = RawContent::Json(crate::ir::Type::Value);
        });
        spare_variables(&mut api, &config, &mut sink);
        assert_eq!(names(&api), ["id", "{{key}}", "key"]);
    }
}
