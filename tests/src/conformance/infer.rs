//! Stage `infer`: how good the types are that samples give.
//!
//! In: collections. Out: three figures. **Leave-one-out**: of every item and status with two or more JSON samples, types come
//! from all but one, and the one left out is decoded. **Self**: every saved JSON answer and every raw JSON body decodes into its
//! own type without drift, and is written back as the same JSON. **Specificity**: how many leaf fields are not of type `Value`,
//! and how many saved JSON answers have a type. A collection fails if a sample of its own does not fit.

use std::path::Path;

use letterpress::config::Config;
use letterpress::diag::{Code, Sink};
use letterpress::frontend;
use letterpress::infer::accepts::{Decoded, decode, same};
use letterpress::infer::{Json, read};
use letterpress::ir::{
    Api, Body, BodyType, Folder, Operation, Outcome, RawContent, Sample, StructField, Type, TypeKind, Types,
};
use letterpress::passes;
use letterpress::passes::infer_types::saved_json;

use super::infer_figures::Figures;
use super::{Failure, Options, Report, parallel};
use crate::inputs;

/// Runs the stage.
pub fn run(options: &Options) -> Report {
    let mut report = Report {
        stage: "infer",
        collections: options.collections.len(),
        ..Report::default()
    };
    let mut sum = Figures::default();
    let measured = parallel::map(&options.collections, |path| read_and_measure(path));
    for (path, outcome) in options.collections.iter().zip(measured) {
        let collection = inputs::file_name(path);
        match outcome.and_then(|measured| measured) {
            Ok((items, figures)) => {
                report.items += items;
                let reason = figures.failure();
                report
                    .failures
                    .extend(reason.map(|reason| Failure { collection, reason }));
                sum.add(figures);
            }
            Err(reason) => report.failures.push(Failure { collection, reason }),
        }
    }
    sum.tell(&mut report);
    report
}

fn read_and_measure(path: &Path) -> Result<(usize, Figures), String> {
    let source = inputs::source(path)?;
    let mut sink = Sink::default();
    let Some(api) = frontend::read(&source, &Config::default(), &mut sink) else {
        // A collection without items has no samples either, and none that could fail.
        let found = sink.into_diagnostics();
        let empty = found.iter().any(|found| found.code == Code::EmptyCollection);
        return if empty {
            Ok((0, Figures::default()))
        } else {
            Err("is no collection".to_owned())
        };
    };
    let mut items = 0;
    api.root.visit(&mut |_| items += 1);
    Ok((items, measure(&api)))
}

/// Measures one collection, as a front end lowered it: before any pass.
pub fn measure(api: &Api) -> Figures {
    let mut figures = Figures::default();
    let mut typed = api.clone();
    infer(&mut typed);
    measure_leaves(&typed, &mut figures);
    typed.root.visit(&mut |operation| {
        for outcome in operation.results.iter().chain(&operation.errors) {
            measure_answers(&typed.types, outcome, &mut figures);
        }
        measure_body(&typed.types, operation, &mut figures);
    });
    api.root.visit(&mut |operation| {
        for outcome in operation.results.iter().chain(&operation.errors) {
            leave_one_out(operation, outcome, &mut figures);
        }
    });
    figures
}

fn infer(api: &mut Api) {
    passes::run(api, &Config::default(), &mut Sink::default());
}

fn measure_answers(types: &Types, outcome: &Outcome, figures: &mut Figures) {
    for sample in &outcome.samples {
        let Some(json) = saved_json(sample) else {
            continue;
        };
        let name = place(sample);
        figures.typed.count(outcome.body != BodyType::Unknown);
        match &outcome.body {
            BodyType::Unknown => figures
                .offenders
                .push(("untyped", format!("{name}: saved as JSON and as something else"))),
            body => {
                let reason = misfit(types, body, &json);
                figures.answers.count(reason.is_none());
                let offender = reason.map(|reason| ("self", format!("{name}: {reason}")));
                figures.offenders.extend(offender);
            }
        }
    }
}

fn measure_body(types: &Types, operation: &Operation, figures: &mut Figures) {
    let Body::Raw(raw) = &operation.body else {
        return;
    };
    let RawContent::Json(ty) = &raw.content else {
        return;
    };
    let Some(reading) = read(&raw.text) else {
        return;
    };
    let reason = round_trip(types, ty, &reading.json);
    figures.bodies.count(reason.is_none());
    let name = format!("{}{}", operation.place.file, operation.place.at);
    let offender = reason.map(|reason| ("body", format!("{name}: {reason}")));
    figures.offenders.extend(offender);
}

fn measure_leaves(api: &Api, figures: &mut Figures) {
    for (_, def) in api.types.iter() {
        let TypeKind::Struct(fields) = &def.kind else {
            continue;
        };
        for field in fields {
            let Some(specific) = is_specific(field) else {
                continue;
            };
            figures.leaves.count(specific);
            if !specific {
                let reason = vague_because(field);
                *figures.vague.entry((reason, api.place.file.clone())).or_default() += 1;
            }
        }
    }
}

/// Why no better type exists for a leaf field, as far as its type tells.
fn vague_because(field: &StructField) -> &'static str {
    let evidence = &field.evidence;
    match &field.ty {
        Type::List(_) => "all saved lists are empty, or hold values of several kinds",
        Type::Map(_) => "all saved objects are empty, or hold values of several kinds",
        _ if evidence.seen > 0 && evidence.null == evidence.seen => "null in every sample",
        _ => "a variable outside quotes in every sample, or values of several kinds",
    }
}

/// Whether a leaf field's type says something; `None` if the field is no leaf.
fn is_specific(field: &StructField) -> Option<bool> {
    let mut ty = &field.ty;
    while let Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
        ty = inner;
    }
    match ty {
        Type::Named(_) => None,
        other => Some(*other != Type::Value),
    }
}

/// Types an outcome by all samples but one, and decodes that one; for each.
fn leave_one_out(operation: &Operation, outcome: &Outcome, figures: &mut Figures) {
    let json: Vec<&Sample> = outcome
        .samples
        .iter()
        .filter(|sample| saved_json(sample).is_some())
        .collect();
    if json.len() < 2 {
        return;
    }
    for (left_out, sample) in json.iter().enumerate() {
        let others = json.iter().enumerate().filter(|(at, _)| *at != left_out);
        let others: Vec<Sample> = others.map(|(_, sample)| (*sample).clone()).collect();
        let (types, body) = typed_by(operation, outcome, others);
        let Some(json) = saved_json(sample) else {
            continue;
        };
        let decoded = decoded(&types, &body, &json);
        figures.decoded.count(decoded.value.is_some());
        figures.clean.count(decoded.drift.is_empty());
        if let Some(reason) = first_drift(&decoded) {
            figures
                .offenders
                .push(("leave-one-out", format!("{}: {reason}", place(sample))));
        }
    }
}

/// The types that these samples alone give.
fn typed_by(operation: &Operation, outcome: &Outcome, samples: Vec<Sample>) -> (Types, BodyType) {
    let outcome = Outcome {
        samples,
        ..outcome.clone()
    };
    let operation = Operation {
        results: vec![outcome],
        errors: Vec::new(),
        params: Vec::new(),
        body: Body::None,
        ..operation.clone()
    };
    let mut api = Api {
        root: Folder::of(vec![operation.into()]),
        ..Api::default()
    };
    infer(&mut api);
    let operation = api.root.operations().next();
    let outcome = operation.and_then(|operation| operation.results.last());
    let body = outcome.map_or(BodyType::Unknown, |outcome| outcome.body.clone());
    (api.types, body)
}

fn place(sample: &Sample) -> String {
    format!("{}{}", sample.place.file, sample.place.at)
}

fn decoded(types: &Types, body: &BodyType, json: &Json) -> Decoded {
    match (body, json) {
        (BodyType::Json(ty), json) => decode(types, ty, json),
        (BodyType::JsonInString(ty), Json::String(text)) => match read(text) {
            Some(held) => decode(types, ty, &held.json),
            None => Decoded {
                value: None,
                drift: Vec::new(),
            },
        },
        (BodyType::JsonInString(_) | BodyType::Empty, _) => Decoded {
            value: None,
            drift: Vec::new(),
        },
        (BodyType::Text | BodyType::Bytes | BodyType::Unknown, json) => Decoded {
            value: Some(json.clone()),
            drift: Vec::new(),
        },
    }
}

/// Why an answer does not fit its type, if it does not.
fn misfit(types: &Types, body: &BodyType, json: &Json) -> Option<String> {
    match (body, json) {
        (BodyType::Json(ty), json) => round_trip(types, ty, json),
        (BodyType::JsonInString(ty), Json::String(text)) => match read(text) {
            Some(held) => round_trip(types, ty, &held.json),
            None => Some("the string holds no JSON".to_owned()),
        },
        (BodyType::JsonInString(_) | BodyType::Empty | BodyType::Text | BodyType::Bytes, _) => {
            Some(format!("JSON, but typed as {body:?}"))
        }
        (BodyType::Unknown, _) => None,
    }
}

fn round_trip(types: &Types, ty: &Type, json: &Json) -> Option<String> {
    let decoded = decode(types, ty, json);
    let drift = first_drift(&decoded);
    drift.or_else(|| match decoded.value {
        Some(back) if same(json, &back) => None,
        _ => Some("is not written back as it was".to_owned()),
    })
}

fn first_drift(decoded: &Decoded) -> Option<String> {
    let first = decoded.drift.first()?;
    let more = decoded.drift.len() - 1;
    let (path, expected, found) = (&first.path, first.expected, first.found);
    Some(format!(
        "{path}: expected {expected}, found {found} (and {more} more)"
    ))
}
