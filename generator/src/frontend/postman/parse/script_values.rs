//! What expressions of a script stand for: parts of the answer, texts, or what is not understood.
//!
//! In: values. Out: members of them, values that are joined, and what is stored of them.

use crate::ir::{AnswerPart, PartPlace, Step, Store};

/// What an expression stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Answer(AnswerPart),
    /// All headers of the answer.
    Headers,
    /// A header as an object with a `value`.
    Header(String),
    /// A text, or another constant as it is written.
    Literal(String),
    Unknown,
}

impl Value {
    pub(super) fn answer(place: PartPlace) -> Self {
        Self::Answer(AnswerPart {
            before: String::new(),
            place,
        })
    }

    pub(super) fn header(name: &str) -> Self {
        Self::answer(PartPlace::Header(name.to_owned()))
    }
}

/// A member of a value.
pub(super) fn step(value: Value, step: Step) -> Value {
    match (value, step) {
        (Value::Answer(mut part), step) if part.before.is_empty() => match &mut part.place {
            PartPlace::Member(path) => {
                // How many there are is no part of it.
                if matches!(&step, Step::Key(key) if key == "length") {
                    return Value::Unknown;
                }
                path.push(step);
                Value::Answer(part)
            }
            PartPlace::Text | PartPlace::Header(_) => Value::Unknown,
        },
        (Value::Headers, Step::Key(name)) => Value::header(&name),
        (Value::Header(name), Step::Key(key)) if key == "value" => Value::header(&name),
        (
            Value::Answer(_) | Value::Headers | Value::Header(_) | Value::Literal(_) | Value::Unknown,
            Step::Key(_) | Step::Index(_),
        ) => Value::Unknown,
    }
}

/// Two texts, one behind the other: a part of an answer may have a text before it.
pub(super) fn joined(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Literal(one), Value::Literal(other)) => Value::Literal(one + &other),
        (Value::Literal(text), Value::Answer(part)) => Value::Answer(AnswerPart {
            before: text + &part.before,
            place: part.place,
        }),
        (Value::Answer(part), Value::Literal(text)) if text.is_empty() => Value::Answer(part),
        (
            Value::Answer(_) | Value::Headers | Value::Header(_) | Value::Literal(_) | Value::Unknown,
            Value::Answer(_) | Value::Headers | Value::Header(_) | Value::Literal(_) | Value::Unknown,
        ) => Value::Unknown,
    }
}

/// Takes a store in: what is understood counts, unless it is so twice in two ways.
pub(super) fn add(stores: &mut Vec<Store>, variable: String, value: Value) {
    let part = match value {
        Value::Literal(_) => return,
        Value::Answer(part) => Some(part),
        Value::Headers | Value::Header(_) | Value::Unknown => None,
    };
    match stores.iter_mut().find(|known| known.variable == variable) {
        None => stores.push(Store {
            variable,
            is_ambiguous: false,
            part,
        }),
        Some(known) => match (&known.part, part) {
            (Some(one), Some(other)) if *one != other => {
                known.part = None;
                known.is_ambiguous = true;
            }
            (None, Some(part)) if !known.is_ambiguous => known.part = Some(part),
            (Some(_) | None, _) => {}
        },
    }
}
