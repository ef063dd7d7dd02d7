//! Answers: by status, by range, and for all others; each with the type of its body.
//!
//! In: `responses`. Out: results and errors, the more special first. Where no success is named, what is said of all statuses is said
//! of successes too.

use super::body::is_json;
use super::streams;
use crate::diag::Code;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::frontend::schema::{Schemas, Site, documented};
use crate::ir::{AnswerHeader, BodyType, Docs, Operation, Outcome, Role, Status, Type};

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
            headers: headers(document, &answer),
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

/// The headers of an answer; what its body is says the body.
fn headers<'a>(document: &Document<'a>, answer: &At<'a>) -> Vec<AnswerHeader> {
    let declared = answer.get("headers").map(|headers| document.resolve(headers));
    let declared = declared.iter().flat_map(At::members);
    let declared = declared.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let header = |(name, at): (&'a str, At<'a>)| {
        let at = document.resolve(at);
        let schema = at.get("schema").unwrap_or_else(|| at.clone());
        let ty = match View::of(document, &schema).kind() {
            _ if at.value.get("content").is_some() => Type::String,
            Some("integer") => Type::I64,
            Some("number") => Type::F64,
            Some("boolean") => Type::Bool,
            Some(_) | None => Type::String,
        };
        let text = at.text("description").or_else(|| schema.text("description"));
        AnswerHeader {
            name: name.to_owned(),
            ty,
            docs: documented(text.unwrap_or_default(), at.flag("deprecated")),
        }
    };
    declared.map(header).collect()
}

/// The answers, which may be kept elsewhere as a whole.
pub(super) fn responses<'a>(document: &Document<'a>, at: &At<'a>) -> Vec<(&'a str, At<'a>)> {
    let responses = at.get("responses").map(|responses| document.resolve(responses));
    responses.map(|responses| responses.members()).unwrap_or_default()
}

pub(super) fn status(key: &str) -> Option<Status> {
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
    operation_at: &At<'a>,
    site: &dyn Fn(String, Role) -> Site,
) {
    let answers: Vec<(Status, At<'a>)> = responses(schemas.document, operation_at)
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
            let answer = schemas.document.resolve(at.clone());
            let site = site(name.clone(), role(outcome.status));
            body(schemas, operation_at, &answer, &site)
        };
    }
    for (status, at) in &answers {
        let is_success = !matches!(status, Status::Exact(status) if !(200..300).contains(status));
        if is_success && operation.method != "HEAD" {
            let answer = schemas.document.resolve(at.clone());
            let main = main(schemas.document, operation_at, &answer);
            let main = main.filter(|(_, is_json)| *is_json).map(|(media, _)| media.name);
            streams::type_all(schemas, operation, &answer, main);
        }
    }
}

/// What the body of an answer is: JSON if it can be, else what the first media type is.
fn body<'a>(schemas: &mut Schemas<'a, '_>, operation: &At<'a>, at: &At<'a>, site: &Site) -> BodyType {
    let document = schemas.document;
    let Some((media, is_json)) = main(document, operation, at) else {
        // What is not said to be empty may be anything.
        return BodyType::Unknown;
    };
    if is_json {
        let ty = media
            .schema
            .as_ref()
            .map_or(Type::Value, |schema| schemas.typed(schema, site).element());
        schemas.types.mark(&ty, |def| &mut def.received);
        return BodyType::Json(ty);
    }
    match media.name {
        media if is_text(media) => BodyType::Text,
        "*/*" => BodyType::Unknown,
        _ => BodyType::Bytes,
    }
}

/// Whether a media type that is no JSON is text.
fn is_text(media: &str) -> bool {
    media.starts_with("text/") || media.ends_with("xml") || media.contains("yaml") || media.ends_with("/jwt")
}

/// What is answered in one media type.
pub(super) struct Media<'a> {
    pub(super) name: &'a str,
    pub(super) schema: Option<At<'a>>,
    /// Where examples of it are.
    pub(super) at: Option<At<'a>>,
}

/// The media type that an answer is read as, and whether that is JSON.
pub(super) fn main<'a>(
    document: &Document<'a>,
    operation: &At<'a>,
    at: &At<'a>,
) -> Option<(Media<'a>, bool)> {
    let content = media_types(document, operation, at);
    let is_any = |media: &Media<'a>| {
        let schema = media.schema.as_ref();
        let kind = schema.and_then(|schema| View::of(document, schema).kind());
        media.name == "*/*" && matches!(kind, Some("object" | "array"))
    };
    let json = content.iter().position(|media| is_json(media.name));
    let json = json.or_else(|| content.iter().position(is_any));
    let media = content.into_iter().nth(json.unwrap_or_default())?;
    Some((media, json.is_some()))
}

/// The media types of an answer, each with its schema.
fn media_types<'a>(document: &Document<'a>, operation: &At<'a>, at: &At<'a>) -> Vec<Media<'a>> {
    if document.version != Version::V2 {
        let content = at
            .get("content")
            .map(|content| content.members())
            .unwrap_or_default();
        let media = |(name, at): (&'a str, At<'a>)| Media {
            name,
            schema: at.get("schema"),
            at: Some(at),
        };
        return content.into_iter().map(media).collect();
    }
    let Some(schema) = at.get("schema") else {
        return Vec::new();
    };
    let of = |name: &'a str, schema: Option<At<'a>>| Media {
        name,
        schema,
        at: Some(at.clone()),
    };
    if schema.text("type") == Some("file") {
        return vec![of("application/octet-stream", None)];
    }
    // An operation's own word counts, even an empty one.
    let says = if operation.value.get("produces").is_some() {
        operation.clone()
    } else {
        document.top()
    };
    let produces = says.texts("produces");
    let json = produces.iter().find(|media| is_json(media));
    // What is listed is for all statuses alike: an object among archives or texts is JSON, as errors are.
    let is_object = || View::of(document, &schema).kind() == Some("object");
    let is_other = |media: &&&str| (!is_text(media) || **media == "text/plain") && is_object();
    let json = json.copied().or_else(|| {
        let other = produces.first().filter(is_other);
        other.map(|_| "application/json")
    });
    let media = json.or(produces.first().copied()).unwrap_or("application/json");
    vec![of(media, Some(schema))]
}
