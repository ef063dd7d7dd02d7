//! What authors show: examples of answers and of bodies.
//!
//! In: an operation whose types are known. Out: a sample for each example of the media type that is read, and the example of the body.
//! Whether they are what they are examples of is for a pass to say.

use super::answers::{main, responses, status};
use super::body;
use crate::frontend::json::Value;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::ir::{BodyType, Docs, Operation, Outcome, Sample, Shown};

/// The longest example that is kept.
const LONGEST: usize = 100_000;

/// An example.
struct Example<'a> {
    /// What tells it from others.
    key: &'a str,
    name: &'a str,
    text: &'a str,
    at: At<'a>,
}

/// Adds what is shown of an operation.
pub(super) fn show(document: &Document<'_>, operation: &mut Operation) {
    let Some(own) = document.at(&operation.place) else {
        return;
    };
    let answers: Vec<_> = responses(document, &own)
        .into_iter()
        .filter_map(|(key, at)| Some((status(key)?, document.resolve(at))))
        .collect();
    let (place, called) = (operation.place.clone(), operation.name.clone());
    for outcome in operation.results.iter_mut().chain(&mut operation.errors) {
        let answer = answers.iter().find(|(status, _)| *status == outcome.status);
        let Some((_, at)) = answer else { continue };
        let headers = headers(document, at);
        outcome.samples = samples(document, (&own, at), outcome, (&called, &headers));
        for sample in &mut outcome.samples {
            sample.place.breadcrumb = place.breadcrumb.clone();
        }
    }
    let shown = body::media(document, &own).and_then(|(media, schema)| {
        let found = examples(document, &media, schema.as_ref());
        let first = found.into_iter().find(|example| !example.at.value.is_null())?;
        Some(text(document, &first.at, schema.as_ref()))
    });
    operation.example = shown
        .filter(|text| text.len() <= LONGEST)
        .map(|text| (text, Shown::Example));
}

fn samples<'a>(
    document: &Document<'a>,
    (operation, at): (&At<'a>, &At<'a>),
    outcome: &Outcome,
    (called, headers): (&str, &[(String, String)]),
) -> Vec<Sample> {
    let is_shown = match outcome.body {
        BodyType::Json(_) | BodyType::JsonInString(_) | BodyType::Text => true,
        BodyType::Empty | BodyType::Bytes | BodyType::Unknown => false,
    };
    let Some((media, is_json)) = main(document, operation, at).filter(|_| is_shown) else {
        return Vec::new();
    };
    let Some(own) = &media.at else { return Vec::new() };
    let found = if document.version == Version::V2 {
        of_answer(own, media.name)
    } else {
        examples(document, own, media.schema.as_ref())
    };
    let sample = |example: Example<'a>| Sample {
        id: id(&format!("{called} {} {}", outcome.status, example.key)),
        name: example.name.to_owned(),
        reason: String::new(),
        headers: headers.to_vec(),
        body: match (&outcome.body, example.at.value) {
            (BodyType::Text, Value::String(text)) => text.to_string(),
            _ => text(document, &example.at, media.schema.as_ref()),
        },
        media_type: Some(concrete(media.name, is_json)),
        docs: Docs::new(example.text),
        shown: Shown::Example,
        request: None,
        place: document.place(&example.at.pointer, &[]),
    };
    let samples = found.into_iter().map(sample);
    samples.filter(|sample| sample.body.len() <= LONGEST).collect()
}

/// Swagger 2.0 has an example for each media type.
fn of_answer<'a>(at: &At<'a>, media: &str) -> Vec<Example<'a>> {
    let shown: Vec<_> = at.get("examples").iter().flat_map(At::members).collect();
    let is_own = |name: &str| name == media || body::is_json(name) && body::is_json(media);
    let mut own = shown.into_iter().filter(|(name, _)| is_own(name));
    let example = |(_, at): (&str, At<'a>)| Example {
        key: "example",
        name: "",
        text: "",
        at,
    };
    own.next().map(example).into_iter().collect()
}

/// The examples of a media type or a parameter; where there are none, the one of its schema.
fn examples<'a>(document: &Document<'a>, at: &At<'a>, schema: Option<&At<'a>>) -> Vec<Example<'a>> {
    let mut found = Vec::new();
    for (name, at) in at.get("examples").iter().flat_map(At::members) {
        let at = document.resolve(at);
        let value = at.get("dataValue").or_else(|| at.get("value"));
        found.extend(value.map(|value| Example {
            key: name,
            name: at.text("summary").unwrap_or(name),
            text: at.text("description").unwrap_or_default(),
            at: value,
        }));
    }
    let plain = |at: At<'a>| Example {
        key: "example",
        name: "",
        text: "",
        at,
    };
    if found.is_empty() {
        found.extend(at.get("example").map(plain));
    }
    if found.is_empty()
        && let Some(schema) = schema
        && let Some(value) = View::of(document, schema).example
    {
        let pointer = schema.pointer.clone();
        found.push(plain(At { value, pointer }));
    }
    found
}

/// The text of an example; of an object that is written as a text, that text.
fn text<'a>(document: &Document<'a>, at: &At<'a>, schema: Option<&At<'a>>) -> String {
    let kind = || schema.and_then(|schema| View::of(document, schema).kind());
    match at.value {
        Value::String(text) if matches!(kind(), Some("object" | "array")) => {
            let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
            if is_json {
                text.to_string()
            } else {
                at.value.to_string()
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => at.value.to_string(),
        Value::Array(_) | Value::Object(_) => at.value.to_string(),
    }
}

/// The headers of an answer of which a value is shown.
fn headers<'a>(document: &Document<'a>, at: &At<'a>) -> Vec<(String, String)> {
    let declared = at.get("headers").iter().flat_map(At::members).collect::<Vec<_>>();
    let value = |(name, at): (&str, At<'a>)| {
        let at = document.resolve(at);
        let schema = at.get("schema").unwrap_or_else(|| at.clone());
        let found = examples(document, &at, Some(&schema));
        let shown = found.first().map(|example| example.at.value)?;
        let text = match shown {
            Value::String(text) => text.to_string(),
            Value::Bool(_) | Value::Number(_) => shown.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        let is_own = name.eq_ignore_ascii_case("content-type");
        (!is_own).then(|| (name.to_owned(), text))
    };
    declared.into_iter().filter_map(value).collect()
}

fn concrete(media: &str, is_json: bool) -> String {
    if is_json && media.contains('*') {
        return "application/json".to_owned();
    }
    media.to_owned()
}

/// What an answer is asked for by, in a header: ASCII, without spaces around it.
fn id(text: &str) -> String {
    let escaped = text.trim().chars().map(|char| {
        if char.is_ascii_graphic() || char == ' ' {
            char.to_string()
        } else {
            char.escape_unicode().to_string()
        }
    });
    escaped.collect()
}
