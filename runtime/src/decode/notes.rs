//! What the tolerant pass writes down: where it is, what did not fit there, and what came.
//!
//! In: steps down the text, and misfits. Out: the list of [`Drift`]s.

use super::drift::Drift;
use super::numbers;
use serde::de::{self, Expected, Unexpected};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt::{self, Write as _};

/// What the error says whose cause is noted already. No other error says this.
pub(super) const NOTED: &str = "$letterpress::noted";

/// An answer in which everything differs need not be listed to its end.
const MOST_NOTES: usize = 1_000;

/// Where the pass is, and what it came across.
#[derive(Default)]
pub(super) struct Notes {
    /// What the texts begin with that are numbers.
    pub(super) mark: String,
    path: RefCell<Vec<Step>>,
    drift: RefCell<Vec<Drift>>,
}

pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl Notes {
    pub(super) fn new(mark: String) -> Self {
        Self {
            mark,
            ..Self::default()
        }
    }

    pub(super) fn into_drift(self) -> Vec<Drift> {
        self.drift.into_inner()
    }

    /// Whether the pass is at the whole body.
    pub(super) fn is_at_root(&self) -> bool {
        self.path.borrow().is_empty()
    }

    /// The number that stands behind the mark of a text.
    pub(super) fn number<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.strip_prefix(&self.mark)
    }

    /// How much is noted, to go back to.
    pub(super) fn len(&self) -> usize {
        self.drift.borrow().len()
    }

    /// Forgets what was noted since.
    pub(super) fn back_to(&self, length: usize) {
        self.drift.borrow_mut().truncate(length);
    }

    /// Reads what is at `step`; if that fails, it is noted here.
    pub(super) fn at<T>(
        &self,
        step: Step,
        value: Option<&Value>,
        read: impl FnOnce() -> Result<T, Misfit>,
    ) -> Result<T, Misfit> {
        self.path.borrow_mut().push(step);
        let result = read().map_err(|misfit| {
            self.note(misfit, value);
            Misfit::Noted
        });
        self.path.borrow_mut().pop();
        result
    }

    /// Notes that this value did not fit here.
    pub(super) fn note(&self, misfit: Misfit, value: Option<&Value>) {
        let mut drift = self.drift.borrow_mut();
        if let Misfit::Fresh(expected) = misfit
            && drift.len() < MOST_NOTES
        {
            drift.push(Drift {
                path: self.path(),
                expected,
                found: value.map_or_else(|| "nothing".to_owned(), |value| self.found(value)),
                value: value.map(|value| self.came(value)),
            });
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.path.borrow().iter() {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Index(index) => write!(path, "[{index}]"),
                Step::Key(key) if !is_plain(key) => write!(path, "[{key:?}]"),
                Step::Key(key) if path.is_empty() => write!(path, "{key}"),
                Step::Key(key) => write!(path, ".{key}"),
            };
        }
        path
    }
}

impl Notes {
    /// What stands in the text, bounded.
    fn found(&self, value: &Value) -> String {
        const MOST_CHARS: usize = 60;
        match value {
            Value::Array(list) => format!("a list of {}", list.len()),
            Value::Object(_) => "an object".to_owned(),
            Value::String(text) => match self.number(text) {
                Some(number) => cut(number, MOST_CHARS),
                None if text.chars().nth(MOST_CHARS).is_some() => {
                    format!("{:?}…", text.chars().take(MOST_CHARS).collect::<String>())
                }
                None => value.to_string(),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }

    /// The kind of a value as JSON, and its members as far as they are no lists and objects.
    pub(super) fn sketch(&self, value: &Value) -> String {
        let scalar = |value: &Value| match value {
            Value::String(text) => match self.number(text) {
                Some(number) => number.to_owned(),
                None => value.to_string(),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) => "[]".to_owned(),
            Value::Object(_) => "{}".to_owned(),
        };
        let Value::Object(map) = value else {
            return scalar(value);
        };
        let member =
            |(key, value): (&String, &Value)| format!("{}:{}", Value::from(key.as_str()), scalar(value));
        format!("{{{}}}", map.iter().map(member).collect::<Vec<_>>().join(","))
    }

    /// The value as it came, without marks.
    pub(super) fn came(&self, value: &Value) -> Value {
        match value {
            Value::Array(list) => list.iter().map(|item| self.came(item)).collect(),
            Value::Object(map) => {
                let members = map.iter().map(|(key, value)| (key.clone(), self.came(value)));
                Value::Object(members.collect())
            }
            Value::String(text) => match self.number(text) {
                Some(number) => held(number),
                None => value.clone(),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

/// A number, or its digits where none of 64 bits is the same.
fn held(number: &str) -> Value {
    let same = |held: &serde_json::Number| {
        // Zeros at the end and the spelling of an exponent are no digits.
        let float = held.as_f64().filter(|_| held.is_f64());
        float.is_none_or(|float| numbers::is_exactly(number, float))
    };
    let held = number.parse::<serde_json::Number>().ok().filter(same);
    held.map_or_else(|| Value::from(number), Value::Number)
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}

/// Why a value does not fit.
#[derive(Debug)]
pub(super) enum Misfit {
    /// It is noted where it is.
    Noted,
    /// What was expected.
    Fresh(String),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Noted => f.write_str(NOTED),
            Self::Fresh(expected) => write!(f, "expected {expected}"),
        }
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        if message == NOTED {
            Self::Noted
        } else {
            Self::Fresh(message)
        }
    }

    fn invalid_type(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Fresh(in_words(&expected.to_string()))
    }

    fn invalid_value(_found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Fresh(in_words(&expected.to_string()))
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Fresh(format!("a member `{name}`"))
    }
}

/// `serde` names Rust's types; who reads about an answer thinks in JSON's.
fn in_words(expected: &str) -> String {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => "an integer".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "any valid JSON value" => "a number of 64 bits".to_owned(),
        other => other.to_owned(),
    }
}
