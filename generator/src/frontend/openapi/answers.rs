//! Answers: by status, by range, and for all others; each with the type of its body.
//!
//! In: `responses`. Out: results and errors, the more special first. Where no success is named, what is said of all statuses is said
//! of successes too.

use super::body::is_json;
use crate::diag::Code;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::frontend::schema::{Schemas, Site};
use crate::ir::{BodyType, Docs, Operation, Outcome, Role, Status, Type};

/// Statuses whose answers have no body.
const EMPTY: &[u16] = &[204, 205, 304];

/// Lowers the answers of an operation; their types come later.
pub(super) fn lower<'a>(document: &Document<'a>, operation: &mut Operation, at: &At<'a>) {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (key, answer) in responses(document, at) {
        let Some(status) = status(key) else {
            if !key.starts_with("x-") {
                let message = format!("`{key}` is no status; leaving the answer out");
                document.warn(
                    Code::UnknownStatus,
                    &answer.pointer,
                    message,
                    "statuses are `200`, `4XX` or `default`",
                );
            }
            continue;
        };
        let answer = document.resolve(answer);
        outcomes.push(Outcome {
            status,
            docs: Docs::new(answer.text("description").unwrap_or_default()),
            body: BodyType::Unknown,
            declared: None,
            samples: Vec::new(),
        });
    }
    outcomes.sort_by_key(|outcome| outcome.status);
    outcomes.dedup_by_key(|outcome| outcome.status);
    let (results, errors): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| match outcome.status {
            Status::Exact(status) => (200..300).contains(&status),
            Status::Range(digit) => digit == 2,
            Status::Rest => false,
        });
    let rest = errors
        .last()
        .filter(|outcome| outcome.status == Status::Rest)
        .cloned();
    operation.results = results;
    operation.errors = errors;
    if operation.results.is_empty() {
        operation.results.extend(rest);
    }
}

/// The answers, which may be kept elsewhere as a whole.
fn responses<'a>(document: &Document<'a>, at: &At<'a>) -> Vec<(&'a str, At<'a>)> {
    let responses = at.get("responses").map(|responses| document.resolve(responses));
    responses.map(|responses| responses.members()).unwrap_or_default()
}

fn status(key: &str) -> Option<Status> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some(Status::Rest);
    }
    if let Some(digit) = key
        .get(..1)
        .filter(|_| key.len() == 3 && key[1..].eq_ignore_ascii_case("xx"))
    {
        return digit
            .parse()
            .ok()
            .filter(|digit| (1..=5).contains(digit))
            .map(Status::Range);
    }
    key.parse()
        .ok()
        .filter(|status| (100..600).contains(status))
        .map(Status::Exact)
}

/// Gives answers their types.
pub(super) fn type_all<'a>(
    operation: &mut Operation,
    schemas: &mut Schemas<'a, '_>,
    at: &At<'a>,
    site: &dyn Fn(String, Role) -> Site,
) {
    let answers: Vec<(Status, At<'a>)> = responses(schemas.document, at)
        .into_iter()
        .filter_map(|(key, at)| Some((status(key)?, at)))
        .collect();
    let name = operation.name.clone();
    let is_head = operation.method == "HEAD";
    let results = operation
        .results
        .iter_mut()
        .map(|outcome| (outcome, Role::Result as fn(Status) -> Role));
    let errors = operation
        .errors
        .iter_mut()
        .map(|outcome| (outcome, Role::Error as fn(Status) -> Role));
    for (outcome, role) in results.chain(errors) {
        let Some((_, at)) = answers.iter().find(|(status, _)| *status == outcome.status) else {
            continue;
        };
        let is_empty = is_head || matches!(outcome.status, Status::Exact(status) if EMPTY.contains(&status));
        outcome.body = if is_empty {
            BodyType::Empty
        } else {
            let at = schemas.document.resolve(at.clone());
            body(schemas, &at, &site(name.clone(), role(outcome.status)))
        };
    }
}

/// What the body of an answer is: JSON if it can be, else what the first media type is.
fn body<'a>(schemas: &mut Schemas<'a, '_>, at: &At<'a>, site: &Site) -> BodyType {
    let document = schemas.document;
    let content = media_types(document, at);
    let json = content.iter().find(|(media, _)| is_json(media));
    let any = content.iter().find(|(media, schema)| {
        let kind = schema
            .as_ref()
            .and_then(|schema| View::of(document, schema).kind());
        *media == "*/*" && matches!(kind, Some("object" | "array"))
    });
    if let Some((_, schema)) = json.or(any) {
        let ty = schema
            .as_ref()
            .map_or(Type::Value, |schema| schemas.typed(schema, site).element());
        schemas.types.mark(&ty, |def| &mut def.received);
        return BodyType::Json(ty);
    }
    match content.first() {
        // What is not said to be empty may be anything.
        None => BodyType::Unknown,
        Some((media, _)) if media.starts_with("text/") || media.ends_with("xml") => BodyType::Text,
        Some((media, _)) if media.contains("yaml") || media.ends_with("/jwt") => BodyType::Text,
        Some((media, _)) if *media == "*/*" => BodyType::Unknown,
        Some(_) => BodyType::Bytes,
    }
}

/// The media types of an answer, each with its schema.
fn media_types<'a>(document: &Document<'a>, at: &At<'a>) -> Vec<(&'a str, Option<At<'a>>)> {
    if document.version != Version::V2 {
        let content = at
            .get("content")
            .map(|content| content.members())
            .unwrap_or_default();
        return content
            .into_iter()
            .map(|(media, at)| (media, at.get("schema")))
            .collect();
    }
    let Some(schema) = at.get("schema") else {
        return Vec::new();
    };
    if schema.text("type") == Some("file") {
        return vec![("application/octet-stream", None)];
    }
    let produces = document.top().texts("produces");
    let other = produces
        .iter()
        .find(|media| is_json(media))
        .or(produces.first())
        .copied();
    vec![(other.unwrap_or("application/json"), Some(schema))]
}
