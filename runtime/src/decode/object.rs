//! Objects with known keys: one visitor for all of them, driven by the table that `received!` writes.
//!
//! In: any `serde` map. Out: a value of the generated type. Keys nobody knows are passed over, keys that are missing
//! leave the field at its default. A field that does not fit ends the strict pass; in the tolerant one it has been
//! noted already by the time its error arrives here, and the visitor goes on with the next key.

use super::{Decode, tolerant};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A type that is an object with known keys; `received!` implements it.
pub trait Object: Default {
    /// The keys, in the order in which they are expected.
    const NAMES: &'static [&'static str];

    /// The keys that must be there.
    const REQUIRED: &'static [&'static str] = &[];

    /// Reads the value of the key at `index` into its field.
    fn set<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error>;
}

impl<T: Object> Object for Box<T> {
    const NAMES: &'static [&'static str] = T::NAMES;
    const REQUIRED: &'static [&'static str] = T::REQUIRED;

    #[inline]
    fn set<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        (**self).set(index, map)
    }
}

impl<T: Object> Decode for T {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer)
    }

    fn absent() -> Option<Self> {
        Some(T::default())
    }
}

/// Reads an object; generated `Deserialize` impls are a call of this.
#[inline]
pub fn object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // The tolerant pass reads the list of names as those whose absence is to be noted; JSON's strict one ignores it.
    deserializer.deserialize_struct(tolerant::OBJECT, T::REQUIRED, ObjectVisitor(PhantomData))
}

/// Reads the value of the current key into a field.
#[inline]
pub fn member<'de, T: Decode, A: MapAccess<'de>>(field: &mut T, map: &mut A) -> Result<(), A::Error> {
    *field = map.next_value_seed(Seed(PhantomData))?;
    Ok(())
}

/// Reads the value of the current key into a field of a type that is not made by letterpress.
#[inline]
pub fn plain<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    field: &mut T,
    map: &mut A,
) -> Result<(), A::Error> {
    *field = map.next_value()?;
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

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut value = T::default();
        let mut seen = Seen::new(T::REQUIRED);
        let mut expected = 0;
        while let Some(found) = map.next_key_seed(Key {
            names: T::NAMES,
            expected,
        })? {
            let Some(index) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            expected = index + 1;
            seen.note(T::NAMES, index);
            if let Err(error) = value.set(index, &mut map)
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
