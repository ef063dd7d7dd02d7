//! OpenAPI descriptions: 2.0 (Swagger), 3.0, 3.1 and 3.2.
//!
//! In: the JSON of a description. Out: the neutral model, in which operations, parameters, bodies, answers and types are declared.
//! The way is document → operations by tag → types of what they send and answer. Nothing is fatal but a document without a
//! single operation: what is not understood becomes the nearest usable thing and a finding.

mod address;
mod answers;
mod body;
mod examples;
mod forms;
mod given;
mod hidden;
mod oauth2;
mod offer;
mod operations;
mod params;
mod security;
mod servers;
mod streams;
mod styles;
mod tags;
mod webhooks;

use std::collections::BTreeMap;

use super::Source;
use super::json::Value;
use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::frontend::schema::Schemas;
use crate::frontend::schema::document::{Document, Version};
use crate::ir::{Api, Credential, Docs, Folder, Place, SchemeUse};

/// Whether a document says that it is a description.
pub(super) fn is_description(document: &Value<'_>) -> bool {
    let is_version = |name: &str| {
        matches!(document.get(name), Some(Value::String(_) | Value::Number(_)))
            && document.get("item").is_none()
    };
    is_version("openapi") || is_version("swagger")
}

/// Whether a text says in a line of its own that it is a description, as YAML does.
pub(super) fn is_yaml(text: &str) -> bool {
    let says = |line: &str| {
        ["openapi:", "swagger:"]
            .into_iter()
            .any(|key| line.starts_with(key))
    };
    text.lines().take(200).any(says)
}

/// The files that a text refers to, as it writes them.
pub(super) fn references(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, key) in text.match_indices("$ref") {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let Some(rest) = rest.strip_prefix(':').map(str::trim_start) else {
            continue;
        };
        let quote = rest.chars().next().filter(|char| matches!(char, '"' | '\''));
        let line = rest.lines().next().unwrap_or_default();
        let candidates = match quote {
            Some(quote) => vec![
                rest.get(1..)
                    .and_then(|rest| rest.split(quote).next())
                    .unwrap_or_default(),
            ],
            // In braces of YAML it ends with them, elsewhere they may be of the name: only what exists is read.
            None => vec![
                line,
                line.trim_end().trim_end_matches(['}', ']', ' ']),
                line.split([',', '}', ' ']).next().unwrap_or_default(),
            ],
        };
        for candidate in candidates {
            let file = candidate.split('#').next().unwrap_or_default().trim();
            if !file.is_empty() && !file.contains("://") && !found.iter().any(|known| known == file) {
                found.push(file.to_owned());
            }
        }
    }
    found
}

/// Reads a description; `None` if it has no operation, which is reported as an error.
pub(super) fn read(root: &Value<'_>, source: &Source, config: &Config, sink: &mut Sink) -> Option<Api> {
    let version = version(root, &source.file, sink);
    // What cannot be read is as if it were not there.
    let scratch = &mut Sink::default();
    let texts: Vec<_> = source
        .parts
        .iter()
        .map(|(file, bytes)| {
            (
                file,
                super::text::decode_bytes(bytes, &Place::of_file(file), scratch),
            )
        })
        .collect();
    let parts = texts
        .iter()
        .filter_map(|(file, text)| Some(((*file).clone(), super::parse(text, file, scratch)?)));
    let parts: BTreeMap<String, Value<'_>> = parts.collect();
    for file in parts.keys() {
        super::keep_map(file, sink);
    }
    let document = Document::new(root, &parts, version, &source.file, sink);
    let info = document.top().get("info");
    let text = |name: &str| info.as_ref().and_then(|info| info.text(name)).unwrap_or_default();
    let name = if text("title").trim().is_empty() {
        "API"
    } else {
        text("title")
    };
    let docs = Docs::new(text("description"));
    let mut servers = servers::Servers::of(&document, config.keep_credentials);
    let mut secured = security::Schemes::of(&document);
    let mut root = Folder {
        name: name.to_owned(),
        docs: docs.clone(),
        place: document.place("", &[]),
        children: operations::tree(&document, &mut servers, &mut secured),
        ..Folder::default()
    };
    if root.is_empty() {
        drop(document);
        let help = "a description has its operations under `paths`";
        let place = Place::of_file(&source.file);
        sink.error(
            Code::EmptyCollection,
            &place,
            "the description has no operations",
            help,
        );
        return None;
    }
    // Types say of which operation they are by its number.
    root.number();
    let mut schemas = Schemas::new(&document, config.formats.with(config.datetime));
    root.visit_mut(&mut |operation| operations::type_operation(operation, &mut schemas));
    webhooks::type_all(&document, &mut schemas);
    let types = schemas.finish();
    root.visit_mut(&mut |operation| examples::show(&document, operation));
    let mut variables = servers.variables;
    variables.extend(secured.variables);
    let mut api = Api {
        name: name.to_owned(),
        docs,
        place: document.place("", &[]),
        is_declared: true,
        variables,
        environments: servers.environments,
        credentials: credentials(&root),
        oauth2: secured.oauth2,
        root,
        types,
        ..Api::default()
    };
    if !config.keep_credentials {
        let known = hidden::hide(&mut api, &document, servers.known);
        drop(document);
        sink.keep_known(known);
    }
    Some(api)
}

/// The version that a description says it is of; one that is not known is read as the newest that is.
fn version(root: &Value<'_>, file: &str, sink: &mut Sink) -> Version {
    let said = root.get("openapi").or_else(|| root.get("swagger"));
    let text = said.map(|said| said.as_str().map_or_else(|| said.to_string(), str::to_owned));
    let text = text.unwrap_or_default();
    let known = match text.split('.').collect::<Vec<_>>().as_slice() {
        ["2", ..] => Some(Version::V2),
        ["3", "0", ..] => Some(Version::V30),
        ["3", "1" | "2", ..] => Some(Version::V31),
        _ => None,
    };
    known.unwrap_or_else(|| {
        let message = format!("version {text} is not known; reading it as 3.2");
        let help = "descriptions of 2.0, 3.0, 3.1 and 3.2 are read";
        sink.warn(Code::Version, &Place::of_file(file), message, help);
        Version::V31
    })
}

/// One credential per scheme that the client holds one of, in order of first use.
fn credentials(root: &Folder) -> Vec<Credential> {
    let mut credentials: Vec<Credential> = Vec::new();
    for SchemeUse {
        scheme,
        place,
        params,
    } in root.schemes()
    {
        let is_variable = params.iter().any(|(_, value)| value.contains("{{"));
        if !is_variable && credentials.iter().all(|known| known.scheme != *scheme) {
            credentials.push(Credential {
                scheme,
                place: place.clone(),
            });
        }
    }
    credentials
}

#[cfg(test)]
mod tests {
    #[test]
    fn files_are_found_however_they_are_written() {
        for (text, file) in [
            (r#"{"$ref": "a.json#/x"}"#, "a.json"),
            ("$ref: 'b c.yaml'", "b c.yaml"),
            ("x: {$ref: c.yaml, y: 1}", "c.yaml"),
            ("x: {$ref: d_{id}.yaml}", "d_{id}.yaml"),
            ("  $ref: paths/e_{id}.yaml\n  y: 1", "paths/e_{id}.yaml"),
            ("$ref: f,g.yaml#/z", "f,g.yaml"),
        ] {
            let found = super::references(text);
            assert!(found.iter().any(|found| found == file), "{text}: {found:?}");
        }
        for text in [r##"{"$ref": "#/a"}"##, "$ref: https://a.io/b.yaml", "$ref"] {
            assert!(super::references(text).is_empty(), "{text}");
        }
    }
}
