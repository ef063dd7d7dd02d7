//! One parameter, and the value that its author shows.
//!
//! In: where it is declared, and what it fills. Out: a parameter of the operation, which is text until it is typed.

use crate::frontend::json::Value;
use crate::frontend::schema::document::{At, Document};
use crate::frontend::schema::documented;
use crate::ir::{Operation, Param, ParamPlace, Presence, Type};

/// Adds a parameter; its type is found later, by the place of its declaration.
pub(super) fn add(
    document: &Document<'_>,
    operation: &mut Operation,
    name: &str,
    place: ParamPlace,
    declared: Option<&At<'_>>,
    presence: Presence,
) {
    let text = declared.and_then(|at| at.text("description")).unwrap_or_default();
    let deprecated = declared.is_some_and(|at| at.flag("deprecated"));
    let pointer = declared
        .map_or(operation.place.at.token(), |at| at.pointer.as_str())
        .to_owned();
    let breadcrumb = operation.place.breadcrumb.clone();
    operation.params.push(Param {
        name: name.to_owned(),
        place,
        presence,
        many: false,
        style: None,
        ty: Type::String,
        is_declared: false,
        default: None,
        saved: declared.and_then(example),
        docs: documented(text, deprecated && presence == Presence::Required),
        deprecated,
        source: crate::ir::Place {
            breadcrumb,
            ..document.place(&pointer, &[])
        },
    });
}

/// A value that the author shows.
pub(super) fn example(at: &At<'_>) -> Option<String> {
    let examples = at.get("examples").and_then(|at| at.members().into_iter().next());
    let shown = examples.and_then(|(_, at)| at.value.get("value").cloned());
    let schema = at.value.get("schema").and_then(|schema| schema.get("example"));
    let shown = shown.or_else(|| at.value.get("example").or(schema).cloned())?;
    match &shown {
        Value::String(text) => Some(text.to_string()),
        Value::Bool(_) | Value::Number(_) => Some(shown.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
