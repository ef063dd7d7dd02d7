//! What is shown of operations that are declared: the examples that are what they should be, and values that are made where there are none.
//!
//! In: types, and examples as their authors wrote them. Out: samples that are read as their type without a misfit; an answer without one
//! has a value that is made of its type, and says so. An example that is none is reported, and left out.

mod make;

use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::infer::accepts::{Misfit, decode};
use crate::infer::read;
use crate::ir::{
    Api, Body, BodyType, Docs, Operation, Outcome, Place, RawContent, Sample, Shown, Type, Types,
};

/// What answers are called that are made.
const MADE: &str = "made of the schema";

/// Sorts examples out, and makes those that are missing.
pub fn examples(api: &mut Api, _: &Config, sink: &mut Sink) {
    let types = &api.types;
    api.root.visit_mut(&mut |operation| {
        let (place, name) = (operation.place.clone(), operation.name.clone());
        for outcome in operation.results.iter_mut().chain(&mut operation.errors) {
            if let Some(ty) = json_type(&outcome.body) {
                outcome
                    .samples
                    .retain(|sample| fits(types, ty, &sample.body, &sample.place, sink));
            }
            if outcome.samples.is_empty() {
                let id = format!("{} {}", name.trim(), outcome.status);
                outcome.samples.extend(made(types, outcome, &place, &id));
            }
        }
        operation.example = example_of_body(types, operation, sink);
    });
}

fn json_type(body: &BodyType) -> Option<&Type> {
    match body {
        BodyType::Json(ty) => Some(ty),
        BodyType::JsonInString(_) | BodyType::Empty | BodyType::Text => None,
        BodyType::Bytes | BodyType::Unknown => None,
    }
}

/// Whether an example is what it should be, else it is reported.
fn fits(types: &Types, ty: &Type, text: &str, place: &Place, sink: &mut Sink) -> bool {
    let misfit = match read(text) {
        None => Some("it is no JSON".to_owned()),
        Some(reading) => decode(types, ty, &reading.json).drift.first().map(told),
    };
    let Some(misfit) = misfit else { return true };
    let message = format!("the example does not fit its schema: {misfit}; leaving it out");
    sink.warn(
        Code::Example,
        place,
        message,
        "correct one of them; the type is the schema's",
    );
    false
}

fn told(misfit: &Misfit) -> String {
    let Misfit {
        path,
        expected,
        found,
    } = misfit;
    let at = if path.is_empty() {
        String::new()
    } else {
        format!("`{path}` is ")
    };
    format!("{at}{found} where {expected} is declared")
}

/// An answer that nobody shows.
fn made(types: &Types, outcome: &Outcome, place: &Place, id: &str) -> Option<Sample> {
    let (body, media_type) = match &outcome.body {
        // What is not said to have a body may have none.
        BodyType::Empty | BodyType::Unknown => (String::new(), None),
        BodyType::Json(ty) => (make::made(types, ty)?, Some("application/json".to_owned())),
        BodyType::Text => ("text".to_owned(), Some("text/plain".to_owned())),
        BodyType::JsonInString(_) | BodyType::Bytes => return None,
    };
    Some(Sample {
        // It is asked for in a header.
        id: id.chars().flat_map(char::escape_default).collect(),
        name: MADE.to_owned(),
        reason: String::new(),
        headers: Vec::new(),
        body,
        media_type,
        docs: Docs::default(),
        shown: Shown::Made,
        request: None,
        place: place.clone(),
    })
}

/// The example of a body, or one that is made.
fn example_of_body(types: &Types, operation: &Operation, sink: &mut Sink) -> Option<(String, Shown)> {
    let ty = match &operation.body {
        Body::Raw(raw) => match &raw.content {
            RawContent::Json(ty) => ty,
            RawContent::Text => return operation.example.clone(),
        },
        Body::UrlEncoded { ty, .. } | Body::FormData { ty, .. } => ty.as_ref()?,
        Body::None | Body::File { .. } | Body::GraphQl(_) => return None,
    };
    let is_form = !matches!(operation.body, Body::Raw(_));
    let own = operation.example.clone().filter(|(text, _)| {
        if is_form {
            // What is in a form is read in another way.
            return read(text).is_some_and(|reading| reading.json.is_composite());
        }
        fits(types, ty, text, &operation.place, sink)
    });
    own.or_else(|| Some((make::made(types, ty)?, Shown::Made)))
}
