//! Environment files beside the collection: named sets of values.
//!
//! In: the files' bytes. Out: [`Environment`]s without their secrets. A file that is no environment is reported, and
//! takes nothing from the collection.

pub(super) use crate::frontend::beside::Scope;
use crate::frontend::beside::{scope_of, stem};
use crate::frontend::json::{JsonMap, Value, explain};

use super::super::model::Entry;
use super::super::parse;
use super::super::variable;
use super::Cx;
use super::settings;
use crate::diag::{Code, Given, Position};
use crate::ir::{Environment, Locator, Place, Template, VariableKind, template};
use crate::secrets;

/// A file that is an environment.
pub(super) struct EnvironmentFile<'a> {
    /// The file's name.
    pub name: String,
    /// The environment's name.
    pub environment: String,
    /// Where its variables are in force.
    pub scope: Scope,
    /// Its variables, disabled ones too.
    pub entries: Vec<Entry<'a>>,
}

/// Parses the environment files; those that cannot be read are reported.
pub(super) fn read(cx: &mut Cx<'_>, files: &[(String, Vec<u8>)]) -> Vec<(String, Value<'static>)> {
    let mut documents = Vec::new();
    for (name, bytes) in files {
        let place = Place::of_file(name);
        let text = crate::frontend::text::decode_bytes(bytes, &place, cx.sink);
        if crate::frontend::is_yaml(&text, name) {
            let document = crate::frontend::part(&text, name, cx.sink);
            documents.extend(document.map(|document| (name.clone(), document.into_owned())));
            crate::frontend::keep_map(name, cx.sink);
            cx.sink.keep_text(name, text.into_owned());
            continue;
        }
        match serde_json::from_str::<Value<'_>>(&text) {
            Ok(document) => documents.push((name.clone(), document.into_owned())),
            Err(error) => {
                let description = error.to_string();
                let what = description.split(" at line ").next().unwrap_or_default();
                let (message, help) = explain(&text, what, error.line());
                report(cx, name, &message, help);
                cx.sink.set_position(Position {
                    line: error.line().max(1),
                    column: error.column().max(1),
                });
            }
        }
        cx.sink.keep_map(name, JsonMap::default());
        cx.sink.keep_text(name, text.into_owned());
    }
    documents
}

/// Finds the variables in environments; what is something else is reported.
pub(super) fn parse<'a>(cx: &mut Cx<'_>, documents: &'a [(String, Value<'a>)]) -> Vec<EnvironmentFile<'a>> {
    let mut files = Vec::new();
    for (name, document) in documents {
        match parse_document(name, document) {
            Some(file) => files.push(file),
            None if document.get("item").is_some() || document.get("requests").is_some() => {
                let message = "this is no Postman environment, but a collection; it is not pressed";
                report(
                    cx,
                    name,
                    message,
                    "give it a name that ends in `.postman_collection.json`",
                );
            }
            None => report(
                cx,
                name,
                "this is no Postman environment: it has no list of values",
                EXPORT,
            ),
        }
    }
    files
}

const EXPORT: &str = "export the environment from Postman again, or remove the file";

fn report(cx: &mut Cx<'_>, file: &str, message: &str, help: &str) {
    let place = Place::of_file(file);
    cx.sink.warn(Code::Environment, &place, message, help);
}

fn parse_document<'a>(name: &str, document: &'a Value<'a>) -> Option<EnvironmentFile<'a>> {
    let (value, pointer) = match document.get("environment") {
        Some(inner) if document.get("values").is_none() => (inner, "/environment"),
        Some(_) | None => (document, ""),
    };
    let values = value.get("values").filter(|values| values.is_array())?;
    let stem = stem(name);
    let own = parse::text(value.get("name"));
    let globals = match value.get("_postman_variable_scope").and_then(Value::as_str) {
        Some(scope) => scope == "globals",
        None => scope_of(name) == Some(Scope::Globals),
    };
    Some(EnvironmentFile {
        name: name.to_owned(),
        environment: if own.trim().is_empty() {
            stem.to_owned()
        } else {
            own
        },
        scope: if globals {
            Scope::Globals
        } else {
            Scope::Environment
        },
        entries: parse::parse_variables(Some(values), &format!("{pointer}/values")),
    })
}

/// Lowers the environments; what they define is among the settings already.
pub(super) fn lower(cx: &mut Cx<'_>, files: &[EnvironmentFile<'_>]) -> Vec<Environment> {
    let chosen = files.iter().filter(|file| file.scope == Scope::Environment);
    chosen.map(|file| lower_file(cx, file)).collect()
}

fn lower_file(cx: &mut Cx<'_>, file: &EnvironmentFile<'_>) -> Environment {
    let mut values: Vec<(String, Template)> = Vec::new();
    for (name, entry) in variable::last_of_each(file.entries.iter().filter(|entry| !entry.disabled)) {
        let secret =
            cx.settings.kind(&name) == Some(VariableKind::Secret) || settings::holds_secret(cx, &name, entry);
        if let Some(text) = kept(cx, file, &name, entry, secret) {
            values.push((name, text));
        }
    }
    Environment {
        name: cx.shown(&file.environment),
        values,
        place: place(file, ""),
    }
}

/// The value of a variable if it may be kept: a literal credential is given when the program runs.
pub(super) fn kept(
    cx: &mut Cx<'_>,
    file: &EnvironmentFile<'_>,
    name: &str,
    entry: &Entry<'_>,
    secret: bool,
) -> Option<Template> {
    let text = variable::text(entry);
    let literal = secret && !template::has_variables(&text);
    if cx.keep_credentials || !literal && cx.gathered.known.find(&text).is_empty() {
        return Some(if cx.keep_credentials {
            text
        } else {
            cx.shown(&text)
        });
    }
    if !secrets::is_placeholder(&text) {
        let message = format!("the variable `{name}` holds a literal credential, which is taken out");
        let help = "no generated code holds it";
        let place = place(file, &entry.pointer);
        cx.sink.warn(Code::Credential, &place, message, help);
        cx.sink.set_given(Given::Variable(name.to_owned()));
    }
    None
}

/// A place in a file of variables.
pub(super) fn place(file: &EnvironmentFile<'_>, pointer: &str) -> Place {
    Place {
        file: file.name.clone(),
        at: Locator::new(pointer),
        ..Place::default()
    }
}
