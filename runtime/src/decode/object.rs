//! Objects with known keys: one visitor for all of them, driven by the table that `received!` writes.
//!
//! In: any `serde` map. Out: a value of the generated type. Keys nobody knows are passed over, keys that are missing
//! leave the field at its default. A field that does not fit ends the strict pass; in the tolerant one it has been
//! noted already by the time its error arrives here, and the visitor goes on with the next key.

use super::members::{Read, Walk};
use super::{Decode, tolerant};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A type that is an object with known keys; `received!` implements it.
///
/// How it is read stands in its [`Deserialize`], with its keys: constants would cost every user's compiler more.
pub trait Object: Default + for<'de> Deserialize<'de> {
    /// Hands a walk the field at `index`, of this value and of another.
    fn field<W: Walk>(&self, other: &mut Self, index: usize, walk: W) -> W::Out;
}

impl<T: Object> Object for Box<T> {
    #[inline]
    fn field<W: Walk>(&self, other: &mut Self, index: usize, walk: W) -> W::Out {
        (**self).field(other, index, walk)
    }
}

impl<T: Object> Decode for T {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }

    fn absent() -> Option<Self> {
        Some(T::default())
    }
}

/// Reads an object with these keys, in the order in which they are expected; generated `Deserialize` impls are a call
/// of this or of [`object_requiring`].
#[inline]
pub fn object<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static [&'static str],
) -> Result<T, D::Error> {
    object_requiring(deserializer, names, &[])
}

/// Reads an object with these keys, of which some must be there.
#[inline]
pub fn object_requiring<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static [&'static str],
    required: &'static [&'static str],
) -> Result<T, D::Error> {
    let visitor = ObjectVisitor {
        names,
        required,
        object: PhantomData,
    };
    // The tolerant pass reads the list of names as those whose absence is to be noted; JSON's strict one ignores it.
    deserializer.deserialize_struct(tolerant::OBJECT, required, visitor)
}

/// Reads the value of the current key into a field.
#[inline]
pub(super) fn member<'de, T: Decode, A: MapAccess<'de>>(field: &mut T, map: &mut A) -> Result<(), A::Error> {
    *field = map.next_value_seed(Seed(PhantomData))?;
    Ok(())
}

/// [`Decode`] as the seed that `serde`'s accesses ask for.
pub(crate) struct Seed<T>(pub(crate) PhantomData<T>);

impl<'de, T: Decode> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

struct ObjectVisitor<T> {
    names: &'static [&'static str],
    required: &'static [&'static str],
    object: PhantomData<T>,
}

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        // Only asked for its fields' types: the optimizer does not make it.
        let blank = T::default();
        let mut value = T::default();
        let mut seen = Seen::new(self.required);
        let mut expected = 0;
        while let Some(found) = map.next_key_seed(Key {
            names: self.names,
            expected,
        })? {
            let Some(index) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            expected = index + 1;
            seen.note(self.names, index);
            if let Err(error) = blank.field(&mut value, index, Read::new(&mut map))
                && !tolerant::is_noted(&error)
            {
                return Err(error);
            }
        }
        match seen.missing() {
            Some(name) => Err(A::Error::missing_field(name)),
            None => Ok(value),
        }
    }
}

/// Which of the required keys were there; costs nothing where none is.
struct Seen {
    required: &'static [&'static str],
    seen: Vec<bool>,
}

impl Seen {
    #[inline]
    fn new(required: &'static [&'static str]) -> Self {
        Self {
            required,
            seen: vec![false; required.len()],
        }
    }

    #[inline]
    fn note(&mut self, names: &[&str], index: usize) {
        if self.required.is_empty() {
            return;
        }
        let name = names.get(index);
        if let Some(at) = self.required.iter().position(|required| Some(required) == name)
            && let Some(seen) = self.seen.get_mut(at)
        {
            *seen = true;
        }
    }

    #[inline]
    fn missing(&self) -> Option<&'static str> {
        let at = self.seen.iter().position(|seen| !seen)?;
        self.required.get(at).copied()
    }
}

/// A key, as its index in the table; `None` for one that the table lacks.
struct Key {
    names: &'static [&'static str],
    /// Answers mostly keep the order of the samples: this one is tried first.
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(position(self.names, self.expected, key))
    }
}

/// Not generic, so that it is compiled once and for all.
fn position(names: &[&str], expected: usize, key: &str) -> Option<usize> {
    if names.get(expected).is_some_and(|name| *name == key) {
        return Some(expected);
    }
    let later = expected.saturating_add(1).min(names.len());
    let (before, after) = names.split_at(later);
    let found = after.iter().position(|name| *name == key).map(|at| at + later);
    found.or_else(|| before.iter().position(|name| *name == key))
}
