//! What else an answer may be: a stream of events or lines, or JSON of another media type.
//!
//! In: the content of an answer. Out: a type for each, as received ones that no function answers with, and a sentence for the page of
//! the operation. Whoever asks for it reads it with that type.

use super::body::is_json;
use crate::frontend::schema::document::At;
use crate::frontend::schema::{Schemas, Site};
use crate::ir::{Operation, Type};

/// Media types of lines, each of which is JSON.
const LINES: &[&str] = &[
    "application/jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/ndjson",
    "application/x-ndjson",
    "application/json-seq",
    "application/geo+json-seq",
    "application/stream+json",
];

/// What an answer is in one media type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Events,
    Lines,
    Json,
}

/// Types what an answer is beside the media type that is read.
pub(super) fn type_all<'a>(
    schemas: &mut Schemas<'a, '_>,
    operation: &mut Operation,
    answer: &At<'a>,
    main: Option<&str>,
) {
    let content = answer.get("content").map(|content| content.members());
    for (media, at) in content.unwrap_or_default() {
        let Some(kind) = kind(media) else { continue };
        if kind == Kind::Json && main == Some(media) {
            continue;
        }
        let ty = schema(&at, kind).map(|schema| {
            let what = match kind {
                Kind::Events => "event".to_owned(),
                Kind::Lines => "line".to_owned(),
                Kind::Json => format!("as {}", media.rsplit('/').next().unwrap_or(media)),
            };
            let site = Site::declared(&format!("{} {what}", operation.name));
            schemas.typed(&schema, &site).ty
        });
        if let Some(ty) = &ty {
            schemas.types.mark(ty, |def| &mut def.received);
            describe(schemas, ty, kind, media, &operation.name);
        }
        let said = match kind {
            Kind::Events => "It answers a stream of events where these are asked for: `.events()`.",
            Kind::Lines => "It answers a stream of lines of JSON where these are asked for: `.lines()`.",
            Kind::Json => continue,
        };
        operation.docs.also(said);
    }
}

fn kind(media: &str) -> Option<Kind> {
    let bare = media.split(';').next().unwrap_or_default().trim();
    if bare.eq_ignore_ascii_case("text/event-stream") {
        Some(Kind::Events)
    } else if LINES.iter().any(|line| bare.eq_ignore_ascii_case(line)) {
        Some(Kind::Lines)
    } else {
        is_json(bare).then_some(Kind::Json)
    }
}

/// The schema of one event's data, of one line, or of the whole.
fn schema<'a>(at: &At<'a>, kind: Kind) -> Option<At<'a>> {
    let item = at.get("itemSchema");
    let Some(item) = item.filter(|_| kind != Kind::Json) else {
        let whole = at.get("schema")?;
        // By the specification a schema is that of all lines together.
        let items = whole.get("items").filter(|_| kind == Kind::Lines);
        return Some(items.unwrap_or(whole));
    };
    let data = item.get("properties").and_then(|members| members.get("data"));
    match (kind, data.and_then(|data| data.get("contentSchema"))) {
        (Kind::Events, Some(data)) => Some(data),
        // It says of events what all have, and nothing of their data.
        (Kind::Events, None)
            if item
                .get("properties")
                .is_some_and(|all| all.get("data").is_some()) =>
        {
            None
        }
        _ => Some(item),
    }
}

/// Says at a type how it is come by.
fn describe(schemas: &mut Schemas<'_, '_>, ty: &Type, kind: Kind, media: &str, operation: &str) {
    let Type::Named(id) = ty else { return };
    let said = match kind {
        Kind::Events => format!(
            "The data of an event of `{operation}`: `event.json()` reads it of what `.events()` gives."
        ),
        Kind::Lines => format!("A line of `{operation}`: `line.json()` reads it of what `.lines()` gives."),
        Kind::Json => {
            format!(
                "What `{operation}` answers as `{media}`: `.header(\"accept\", \"{media}\").send_as()` reads it."
            )
        }
    };
    schemas.types.get_mut(*id).docs.also(&said);
}
