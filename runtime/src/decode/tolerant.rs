//! The tolerant pass: the same text once more, every misfit noted and left out.
//!
//! In: JSON text that the strict pass refused. Out: a value and the list of what did not fit. It is a `serde`
//! deserializer over the parsed text that knows where it is, and what the type asks for: what has one obvious reading as
//! that is read (`12.0` and `"12"` for an integer, `1001` for a text, a lone value for a list of one). What fails inside a
//! member or an element is noted there, and the error that goes up says so ([`is_noted`]). Our own visitors then go on with
//! the next one; a type of somebody else's fails as a whole, and is what is left out. The whole body is never anything but
//! what its type is.

use super::Decode;
use super::drift::Drift;
use super::notes::{Misfit, NOTED, Notes, Step};
use super::numbers::{self, Whole};
use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer};
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// The name by which our objects are told from others; their list of fields is that of the keys they know.
pub(super) const OBJECT: &str = "$letterpress::object";

/// What `serde_json` asks for by this name is a text as it stands; only [`Number`](crate::Number) does.
const RAW: &str = "$serde_json::private::RawValue";

/// The name of our unions.
pub(super) const UNION: &str = "$letterpress::union";

/// The name of our unions that are to see more than the members of the whole.
pub(super) const UNION_WHOLE: &str = "$letterpress::union-whole";

/// What the sketch of a value begins with that stands where a list was due.
pub(super) const LONE: &str = " ";

/// The name of our objects of which some members must be there; their list of fields is of those.
pub(super) const REQUIRING: &str = "$letterpress::requiring";

/// Reads the text. There is no value where something that must be there did not fit, up to the whole; only what is no
/// JSON is an error.
pub(crate) fn from_str<T: Decode>(text: &str) -> Result<(Option<T>, Vec<Drift>), serde_json::Error> {
    let kept = numbers::keep(text);
    let value: Value = match serde_json::from_str(&kept.text) {
        Ok(value) => value,
        // What is wrong is said by its place in the text that came.
        Err(error) => return Err(serde_json::from_str::<Value>(text).err().unwrap_or(error)),
    };
    let notes = Notes::new(kept.mark);
    let node = Node {
        value: &value,
        notes: &notes,
        lone: false,
    };
    let decoded = match T::decode(node) {
        Ok(decoded) => Some(decoded),
        Err(misfit) => {
            notes.note(misfit, Some(&value));
            None
        }
    };
    Ok((decoded, notes.into_drift()))
}

/// Whether the cause of this error is noted, so that it can be passed over.
pub(super) fn is_noted(error: &impl fmt::Display) -> bool {
    error.to_string() == NOTED
}

/// The error whose cause is noted.
pub(super) fn noted<E: serde::de::Error>() -> E {
    E::custom(NOTED)
}

/// A value in the text.
#[derive(Clone, Copy)]
struct Node<'de, 'n> {
    value: &'de Value,
    notes: &'n Notes,
    /// It stands where a list of such values was due.
    lone: bool,
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

    /// The number that stands here, to its last digit.
    fn number(self) -> Option<Cow<'de, str>> {
        match self.value {
            Value::Number(number) => Some(number.to_string().into()),
            Value::String(text) => self.notes.number(text).map(Cow::Borrowed),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The number that stands here, or that a text here is; the whole body is of one kind only.
    fn readable_number(self) -> Option<Cow<'de, str>> {
        let text = self.value.as_str().filter(|_| !self.notes.is_at_root());
        self.number().or(text.map(Cow::Borrowed))
    }

    fn visit_whole<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.readable_number().as_deref().and_then(numbers::whole) {
            Some(Whole::Below(value)) => visitor.visit_i64(value),
            Some(Whole::Above(value)) => visitor.visit_u64(value),
            None => self.deserialize_any(visitor),
        }
    }

    fn visit_fraction<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let text = self.readable_number().filter(|_| self.value.is_string());
        match text.as_deref().and_then(numbers::fraction) {
            Some(value) => visitor.visit_f64(value),
            None => self.deserialize_any(visitor),
        }
    }

    /// A number and a truth value as a text are what stands there.
    fn visit_text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let text = match self.value {
            Value::Bool(value) => Some(if *value { "true" } else { "false" }.into()),
            _ => self.number(),
        };
        match text.filter(|_| !self.notes.is_at_root()) {
            Some(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Some(Cow::Owned(text)) => visitor.visit_string(text),
            None => self.deserialize_any(visitor),
        }
    }
}

/// Hands over a number as it is written, in the narrowest type that holds it.
fn visit_number<'de, V: Visitor<'de>>(number: &str, visitor: V) -> Result<V::Value, Misfit> {
    let whole = number.parse().map(Whole::Above).ok();
    match whole.or_else(|| number.parse().map(Whole::Below).ok()) {
        Some(Whole::Above(value)) => visitor.visit_u64(value),
        Some(Whole::Below(value)) => visitor.visit_i64(value),
        None => match numbers::fraction(number) {
            Some(value) => visitor.visit_f64(value),
            None => Err(Misfit::invalid_type(Unexpected::Other("a number"), &visitor)),
        },
    }
}

/// Hands requests for a kind of number on.
macro_rules! read_as {
    ($read:ident: $($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            self.$read(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Node<'de, '_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => visit_number(&number.to_string(), visitor),
            Value::String(text) => match self.notes.number(text) {
                Some(number) => visit_number(number, visitor),
                None => visitor.visit_borrowed_str(text),
            },
            Value::Array(list) => visitor.visit_seq(Elements {
                elements: list.iter().enumerate(),
                notes: self.notes,
            }),
            Value::Object(map) => self.visit_map(map, &[], visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value.as_str().filter(|_| !self.notes.is_at_root()) {
            Some("true") => visitor.visit_bool(true),
            Some("false") => visitor.visit_bool(false),
            Some(_) | None => self.deserialize_any(visitor),
        }
    }

    read_as!(visit_whole: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64);
    read_as!(visit_whole: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    read_as!(visit_fraction: deserialize_f32 deserialize_f64);
    read_as!(visit_text: deserialize_str deserialize_string);

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_none(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                visitor.visit_some(self)
            }
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let is_lone = match self.value {
            Value::Null | Value::Array(_) => false,
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                !self.lone && !self.notes.is_at_root()
            }
        };
        if is_lone {
            visitor.visit_seq(Lone(Some(Self { lone: true, ..self })))
        } else {
            self.deserialize_any(visitor)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            // Any object could be taken for one without a member; in the place of a list it must have one.
            Value::Object(map)
                if name == OBJECT && self.lone && !fields.iter().any(|name| map.contains_key(*name)) =>
            {
                Err(Misfit::Fresh("an object with known members".to_owned()))
            }
            Value::Object(map) if name == REQUIRING => self.visit_map(map, fields, visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if name == UNION || name == UNION_WHOLE {
            let lone = if self.lone { LONE } else { "" };
            let sketch = if name == UNION {
                self.notes.sketch(self.value)
            } else {
                self.notes.came(self.value).to_string()
            };
            let sketch = format!("{lone}{sketch}");
            return visitor.visit_map(MapDeserializer::new(std::iter::once((sketch, self))));
        }
        if name != RAW {
            return visitor.visit_newtype_struct(self);
        }
        match self.readable_number() {
            Some(number) => visitor.visit_map(MapDeserializer::new(std::iter::once((RAW, number)))),
            None => Err(Misfit::Fresh("a number".to_owned())),
        }
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
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct map identifier
    }
}

impl<'de> IntoDeserializer<'de, Misfit> for Node<'de, '_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A value in the place of a list, as the only element.
struct Lone<'de, 'n>(Option<Node<'de, 'n>>);

impl<'de> SeqAccess<'de> for Lone<'de, '_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(node) = self.0.take() else {
            return Ok(None);
        };
        let before = node.notes.len();
        match seed.deserialize(node) {
            Ok(element) => Ok(Some(element)),
            // It is no element either, so a list is what is missed.
            Err(_) => {
                node.notes.back_to(before);
                Err(Misfit::Fresh("a list".to_owned()))
            }
        }
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
            lone: false,
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
        // What a missing value should have been, it says itself when it is shown a null; if it takes that, it is missing all
        // the same.
        let node = Node {
            value: value.unwrap_or(&Value::Null),
            notes: self.notes,
            lone: false,
        };
        let missing = || Misfit::Fresh("a value".to_owned());
        self.notes.at(Step::Key(key.to_owned()), value, || {
            let read = seed.deserialize(node)?;
            value.map(|_| read).ok_or_else(missing)
        })
    }
}
