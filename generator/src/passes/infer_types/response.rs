//! What the answers of a status are decoded into.
//!
//! In: all saved answers of one status. Out: its [`BodyType`]: JSON of the type that fits all of them, text, bytes, nothing, or
//! unknown where they are of several kinds. A saved body is JSON if its media type says so and it reads as such, or if it is an
//! object or a list, whatever the media type says of text.

use super::Cx;
use crate::diag::Code;
use crate::infer::accepts::{Misfit, decode};
use crate::infer::depth::{MAX_DEPTH, is_too_deep};
use crate::infer::{Direction, Json, read};
use crate::ir::{BodyType, Origin, Outcome, Sample, Type};

/// Sets the body type of an outcome from its samples.
pub(super) fn infer_outcome(cx: &mut Cx<'_>, outcome: &mut Outcome, origin: &Origin) {
    let contents: Vec<Content> = outcome.samples.iter().map(content).collect();
    for (sample, content) in outcome.samples.iter().zip(&contents) {
        if matches!(content, Content::Broken) {
            let (code, message, help) = if is_too_deep(&sample.body) {
                let message =
                    format!("the saved answer is nested more than {MAX_DEPTH} levels deep; it has no type");
                (
                    Code::TooDeep,
                    message,
                    "save one that is less deep to have a type for it",
                )
            } else {
                let message = "the saved answer is said to be JSON, but is not".to_owned();
                (
                    Code::SampleNotJson,
                    message,
                    "save a valid answer, or set its Content-Type",
                )
            };
            cx.sink.warn(code, &sample.place, message, help);
        }
    }
    outcome.body = match &outcome.declared {
        Some(ty) => {
            report_misfits(cx, ty, outcome, &contents);
            BodyType::Json(ty.clone())
        }
        None => body_type(cx, &contents, origin),
    };
}

/// Says which saved answers are not what is declared: the declaration is taken.
fn report_misfits(cx: &mut Cx<'_>, ty: &Type, outcome: &Outcome, contents: &[Content]) {
    for (sample, content) in outcome.samples.iter().zip(contents) {
        let Content::Json(json) = content else { continue };
        if let Some(misfit) = decode(cx.types, ty, json).drift.into_iter().next() {
            let Misfit {
                path,
                expected,
                found,
            } = misfit;
            let at = if path.is_empty() {
                "as a whole".to_owned()
            } else {
                format!("at `{path}`")
            };
            let message = format!(
                "the saved answer does not fit its schema {at}: {found} where {expected} is declared"
            );
            let help = "correct one of them; the type is the schema's";
            cx.sink.warn(Code::Schema, &sample.place, message, help);
        }
    }
}

/// What a saved body is.
enum Content {
    Empty,
    Json(Json),
    /// JSON by its media type, but not by its text.
    Broken,
    Text,
    Bytes,
}

fn body_type(cx: &mut Cx<'_>, contents: &[Content], origin: &Origin) -> BodyType {
    let json: Vec<&Json> = contents.iter().filter_map(Content::json).collect();
    let text = contents.iter().any(|content| matches!(content, Content::Text));
    let bytes = contents.iter().any(|content| matches!(content, Content::Bytes));
    let broken = contents.iter().any(|content| matches!(content, Content::Broken));
    match (json.is_empty(), text, bytes) {
        (true, _, true) => BodyType::Bytes,
        (true, true, false) => BodyType::Text,
        (true, false, false) if broken => BodyType::Unknown,
        (true, false, false) => BodyType::Empty,
        (false, false, false) => json_type(cx, &json, origin),
        (false, _, _) => BodyType::Unknown,
    }
}

fn json_type(cx: &mut Cx<'_>, samples: &[&Json], origin: &Origin) -> BodyType {
    if let Some(held) = held_in_strings(samples) {
        return BodyType::JsonInString(cx.type_of(&held, origin, Direction::Received));
    }
    BodyType::Json(cx.type_of(samples.iter().copied(), origin, Direction::Received))
}

/// The JSON that JSON strings hold, if all samples are such strings.
fn held_in_strings(samples: &[&Json]) -> Option<Vec<Json>> {
    let held = |sample: &&Json| match sample {
        Json::String(text) => read(text)
            .filter(|held| held.json.is_composite())
            .map(|held| held.json),
        Json::Null
        | Json::Bool(_)
        | Json::Number(_)
        | Json::Array(_)
        | Json::Object(_)
        | Json::Placeholder(_)
        | Json::Unknown => None,
    };
    samples.iter().map(held).collect()
}

impl Content {
    fn json(&self) -> Option<&Json> {
        match self {
            Self::Json(json) => Some(json),
            Self::Empty | Self::Broken | Self::Text | Self::Bytes => None,
        }
    }
}

fn content(sample: &Sample) -> Content {
    if sample.body.trim().is_empty() {
        return Content::Empty;
    }
    let media = Media::of(sample.media_type.as_deref());
    let json = media.reads(&sample.body);
    match (json, media) {
        (Some(json), _) => Content::Json(json),
        (None, Media::Json) => Content::Broken,
        (None, Media::Bytes) => Content::Bytes,
        (None, Media::Text | Media::Markup | Media::Unknown) if is_garbled(&sample.body) => Content::Bytes,
        (None, Media::Text | Media::Markup | Media::Unknown) => Content::Text,
    }
}

/// The JSON that a saved answer holds, if it is to be taken for JSON.
pub fn saved_json(sample: &Sample) -> Option<Json> {
    Media::of(sample.media_type.as_deref()).reads(&sample.body)
}

/// Bytes that were saved as if they were text.
fn is_garbled(text: &str) -> bool {
    text.contains('\0') || text.chars().take(500).filter(|char| *char == '\u{fffd}').count() > 3
}

/// What a media type says of a body.
#[derive(Clone, Copy)]
enum Media {
    /// JSON.
    Json,
    /// Text of which nothing more is known; servers say this of JSON too.
    Text,
    /// A language of its own, which is never JSON.
    Markup,
    /// No text, or nothing known; servers say this of JSON too.
    Bytes,
    /// Nothing is said.
    Unknown,
}

impl Media {
    fn of(media_type: Option<&str>) -> Self {
        let essence = media_type.and_then(|media_type| media_type.split(';').next());
        let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| essence.contains(word));
        if has(&["ndjson", "jsonl", "json-seq", "jsonlines", "json-lines"]) {
            Self::Markup
        } else if has(&["json"]) {
            Self::Json
        } else if has(&[
            "xml",
            "yaml",
            "csv",
            "event-stream",
            "css",
            "markdown",
            "sql",
            "graphql",
        ]) {
            Self::Markup
        } else if essence.starts_with("text")
            || has(&["html", "javascript", "urlencoded", "plain", "auto", "raw"])
        {
            Self::Text
        } else if essence.is_empty() {
            Self::Unknown
        } else {
            Self::Bytes
        }
    }

    /// Reads a body that the media type does not forbid to be JSON: what is not declared as such must be an object or a list.
    fn reads(self, body: &str) -> Option<Json> {
        let json = match self {
            Self::Markup => return None,
            Self::Json | Self::Text | Self::Bytes | Self::Unknown => read(body)?.json,
        };
        match self {
            Self::Json => Some(json),
            Self::Text | Self::Markup | Self::Bytes | Self::Unknown => Some(json).filter(Json::is_composite),
        }
    }
}
