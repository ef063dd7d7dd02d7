//! The tolerant pass: the same text once more, every misfit noted and left out.
//!
//! In: JSON text that the strict pass refused. Out: a value and the list of what did not fit. It is a `serde`
//! deserializer over the parsed text that knows where it is: what fails inside a member or an element is noted there,
//! and the error that goes up says so ([`is_noted`]). Our own visitors then go on with the next one; a type of
//! somebody else's fails as a whole, and is what is left out.

use super::Decode;
use super::drift::Drift;
use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{self, DeserializeSeed, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt::{self, Write as _};

/// The name by which our objects are told from others; their list of fields is of those that must be there.
pub(super) const OBJECT: &str = "$letterpress::object";

/// What the error says whose cause is noted already. No other error says this.
const NOTED: &str = "$letterpress::noted";

/// An answer in which everything differs need not be listed to its end.
const MOST_NOTES: usize = 1_000;

/// Reads the text; only what is no JSON, or has no value at all for the type, is an error.
pub(crate) fn from_str<T: Decode>(text: &str) -> Result<(Option<T>, Vec<Drift>), serde_json::Error> {
    let value: Value = serde_json::from_str(text)?;
    let notes = Notes::default();
    let decoded = match T::decode(Node {
        value: &value,
        notes: &notes,
    }) {
        Ok(decoded) => Some(decoded),
        Err(misfit) => {
            notes.note(misfit, &found(&value));
            T::absent()
        }
    };
    Ok((decoded, notes.drift.into_inner()))
}

/// Whether the cause of this error is noted, so that it can be passed over.
pub(super) fn is_noted(error: &impl fmt::Display) -> bool {
    error.to_string() == NOTED
}

/// Where the pass is, and what it came across.
#[derive(Default)]
struct Notes {
    path: RefCell<Vec<Step>>,
    drift: RefCell<Vec<Drift>>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl Notes {
    /// Reads what is at `step`; if that fails, it is noted here.
    fn at<T>(
        &self,
        step: Step,
        value: Option<&Value>,
        read: impl FnOnce() -> Result<T, Misfit>,
    ) -> Result<T, Misfit> {
        self.path.borrow_mut().push(step);
        let result = read().map_err(|misfit| {
            self.note(misfit, &value.map_or_else(|| "nothing".to_owned(), found));
            Misfit::Noted
        });
        self.path.borrow_mut().pop();
        result
    }

    fn note(&self, misfit: Misfit, found: &str) {
        let mut drift = self.drift.borrow_mut();
        if let Misfit::Fresh(expected) = misfit
            && drift.len() < MOST_NOTES
        {
            drift.push(Drift {
                path: self.path(),
                expected,
                found: found.to_owned(),
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

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}

/// What stands in the text, bounded.
fn found(value: &Value) -> String {
    const MOST_CHARS: usize = 60;
    match value {
        Value::Array(list) => format!("a list of {}", list.len()),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) if text.chars().nth(MOST_CHARS).is_some() => {
            format!("{:?}…", text.chars().take(MOST_CHARS).collect::<String>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// Why a value does not fit.
#[derive(Debug)]
enum Misfit {
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
        Self::Fresh(message.to_string())
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
        other => other.to_owned(),
    }
}

/// A value in the text.
#[derive(Clone, Copy)]
struct Node<'de, 'n> {
    value: &'de Value,
    notes: &'n Notes,
}

impl<'de, 'n> Node<'de, 'n> {
    fn visit_map<V: Visitor<'de>>(
        self,
        map: &'de serde_json::Map<String, Value>,
        required: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_map(self.entries(map, required))
    }

    fn entries(
        self,
        map: &'de serde_json::Map<String, Value>,
        required: &'static [&'static str],
    ) -> Entries<'de, 'n> {
        let missing = required
            .iter()
            .copied()
            .filter(|name| !map.contains_key(*name))
            .collect();
        Entries {
            present: map.iter(),
            missing,
            current: None,
            notes: self.notes,
        }
    }
}

impl<'de> Deserializer<'de> for Node<'de, '_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => {
                if let Some(value) = number.as_u64() {
                    visitor.visit_u64(value)
                } else if let Some(value) = number.as_i64() {
                    visitor.visit_i64(value)
                } else {
                    visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
                }
            }
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(list) => visitor.visit_seq(Elements {
                elements: list.iter().enumerate(),
                notes: self.notes,
            }),
            Value::Object(map) => self.visit_map(map, &[], visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_none(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                visitor.visit_some(self)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Object(map) if name == OBJECT => self.visit_map(map, fields, visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            Value::String(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            Value::Object(map) => visitor.visit_enum(MapAccessDeserializer::new(self.entries(map, &[]))),
            _ => Err(Misfit::Fresh("a variant of an enum".to_owned())),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// The elements of a list.
struct Elements<'de, 'n> {
    elements: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
    notes: &'n Notes,
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some((index, value)) = self.elements.next() else {
            return Ok(None);
        };
        let node = Node {
            value,
            notes: self.notes,
        };
        self.notes
            .at(Step::Index(index), Some(value), || seed.deserialize(node))
            .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }
}

/// The members of an object; after them, those that are missing and should not be.
struct Entries<'de, 'n> {
    present: serde_json::map::Iter<'de>,
    missing: Vec<&'static str>,
    current: Option<(&'de str, Option<&'de Value>)>,
    notes: &'n Notes,
}

impl<'de> MapAccess<'de> for Entries<'de, '_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let entry = self
            .present
            .next()
            .map(|(key, value)| (key.as_str(), Some(value)));
        self.current = entry.or_else(|| self.missing.pop().map(|name| (name, None)));
        let Some((key, _)) = self.current else {
            return Ok(None);
        };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let Some((key, value)) = self.current.take() else {
            return Err(Misfit::Fresh("a key before its value".to_owned()));
        };
        // What a missing value should have been, it says itself when it is shown a null.
        let node = Node {
            value: value.unwrap_or(&Value::Null),
            notes: self.notes,
        };
        self.notes
            .at(Step::Key(key.to_owned()), value, || seed.deserialize(node))
    }
}
