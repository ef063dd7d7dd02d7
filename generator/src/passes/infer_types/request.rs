//! The types of request bodies.
//!
//! In: a body as saved. Out: the type of the value that a caller passes in its place. A raw body is JSON if it reads as JSON as
//! Postman resolves it, and nothing says that it is something else; a body that is one `{{variable}}` stays text.

use super::{Cx, form, origin};
use crate::diag::Code;
use crate::infer::depth::{MAX_DEPTH, is_too_deep};
use crate::infer::graphql::declared;
use crate::infer::json::Reading;
use crate::infer::shape::Kind;
use crate::infer::{Direction, Json, Shape, read};
use crate::ir::{Body, GraphQl, GraphQlVariables, Language, Operation, Origin, Raw, RawContent, Role, Type};

/// Types the body of an operation.
pub(super) fn infer_body(cx: &mut Cx<'_>, operation: &mut Operation) {
    if operation.drops_body {
        return;
    }
    if let (Some(ty), Body::Raw(raw)) = (&operation.declared_body, &mut operation.body) {
        raw.content = RawContent::Json(ty.clone());
        return;
    }
    let origin = origin(operation, Role::Body);
    let declared = content_type(operation);
    match &mut operation.body {
        Body::None | Body::File { .. } => {}
        Body::Raw(raw) => infer_raw(cx, raw, declared.as_deref(), &origin),
        Body::UrlEncoded { fields, ty } | Body::FormData { fields, ty } => {
            *ty = form::infer_form(cx, fields, &origin);
        }
        Body::GraphQl(graphql) => infer_variables(cx, graphql, &origin),
    }
}

/// The enabled `Content-Type` header, lower case.
fn content_type(operation: &Operation) -> Option<String> {
    let is_it = |key: Option<&str>| key.is_some_and(|key| key.trim().eq_ignore_ascii_case("content-type"));
    let header = operation
        .headers
        .iter()
        .find(|header| is_it(header.key.as_deref()) && !header.disabled)?;
    header.value.as_deref().map(str::to_ascii_lowercase)
}

fn infer_raw(cx: &mut Cx<'_>, raw: &mut Raw, declared: Option<&str>, origin: &Origin) {
    let said = said(raw.language, declared);
    let reading = match said {
        Said::Other => None,
        Said::Json | Said::Nothing => read(&raw.text),
    };
    raw.content = match (said, reading) {
        (Said::Json, Some(Reading { json, .. })) => {
            RawContent::Json(cx.type_of([&json], origin, Direction::Sent))
        }
        (Said::Nothing, Some(Reading { json, .. })) if json.is_composite() => {
            RawContent::Json(cx.type_of([&json], origin, Direction::Sent))
        }
        (Said::Json | Said::Nothing | Said::Other, _) => RawContent::Text,
    };
    let text = raw.text.trim();
    let meant = matches!(said, Said::Json) && text.starts_with(['{', '[']) && !text.starts_with("{{");
    if meant && matches!(raw.content, RawContent::Text) {
        let (code, message, help) = if is_too_deep(text) {
            let message = format!("the body is nested more than {MAX_DEPTH} levels deep; it is sent as text");
            (
                Code::TooDeep,
                message,
                "save one that is less deep to have a type for it",
            )
        } else {
            let message = "the body is said to be JSON, but is not; it is sent as text".to_owned();
            (
                Code::BodyNotJson,
                message,
                "fix the saved body, or set its language",
            )
        };
        cx.sink.warn(code, &cx.place, message, help);
    }
}

/// What is said of a raw body.
#[derive(Clone, Copy)]
enum Said {
    Json,
    Other,
    Nothing,
}

fn said(language: Language, declared: Option<&str>) -> Said {
    if declared.is_some_and(|declared| declared.contains("json") && !declared.contains("ndjson")) {
        return Said::Json;
    }
    let other = declared.is_some_and(|declared| {
        [
            "xml",
            "html",
            "javascript",
            "csv",
            "yaml",
            "graphql",
            "ndjson",
            "octet-stream",
        ]
        .iter()
        .any(|word| declared.contains(word))
    });
    match language {
        Language::Json => Said::Json,
        Language::Xml | Language::Html | Language::JavaScript => Said::Other,
        Language::Text if other => Said::Other,
        Language::Text => Said::Nothing,
    }
}

/// The variables are what the document declares and the saved ones show; what is shown wins, unless it tells nothing.
fn infer_variables(cx: &mut Cx<'_>, graphql: &mut GraphQl, origin: &Origin) {
    let mut clock = 0;
    let mut shape = match &graphql.variables {
        GraphQlVariables::Text(text) => match read(text) {
            Some(reading) => Shape::of(&reading.json, &mut clock),
            // What is saved is no JSON, and is not sent in place of the caller's.
            None => {
                graphql.ty = Some(Type::Value);
                return;
            }
        },
        GraphQlVariables::None => Shape::of(&Json::Object(Vec::new()), &mut clock),
    };
    let document = graphql.query.as_deref().unwrap_or_default();
    if let Kind::Object(object) = &mut shape.kind {
        for (name, declared) in declared(document, graphql.operation_name.as_deref()) {
            clock += 1;
            object.declare(name, declared, clock);
        }
    }
    let ty = cx.type_of_shape(shape, origin, Direction::Sent);
    graphql.ty = matches!(ty, Type::Named(_)).then_some(ty);
}
