//! Objects with known keys: one visitor for all of them, driven by the table that `received!` writes.
//!
//! In: any `serde` map. Out: a value of the generated type. Keys nobody knows are passed over, keys that are missing
//! leave the field at its default. A field that does not fit ends the strict pass; in the tolerant one it has been
//! noted already by the time its error arrives here, and the visitor goes on with the next key. Objects of which some
//! member must be there have no default to start from: they are read by `requiring`.

use super::members::{Read, Walk};
use super::{Decode, tolerant};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A type that is an object with known keys, or a union; `received!` and `union!` implement it.
///
/// How it is read stands in its [`Deserialize`], with its keys: constants would cost every user's compiler more.
pub trait Object: for<'de> Deserialize<'de> {
    /// Hands a walk the field at `index`, of this value and of another. A type of which some member must be there is not
    /// walked: without a default there is no other value to walk along.
    #[inline]
    fn field<W: Walk>(&self, other: &mut Self, index: usize, walk: W) -> W::Out {
        let _ = (other, index);
        walk.end()
    }

    /// See [`Decode::never_null`].
    #[inline]
    fn never_null() -> Option<&'static str> {
        None
    }
}

impl<T: Object> Object for Box<T> {
    #[inline]
    fn field<W: Walk>(&self, other: &mut Self, index: usize, walk: W) -> W::Out {
        (**self).field(other, index, walk)
    }

    #[inline]
    fn never_null() -> Option<&'static str> {
        T::never_null()
    }
}

impl<T: Object> Decode for T {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer)
    }

    fn never_null() -> Option<&'static str> {
        <T as Object>::never_null()
    }
}

/// Reads an object with these keys, in the order in which they are expected; generated `Deserialize` impls are a call
/// of this.
#[inline]
pub fn object<'de, T: Object + Default, D: Deserializer<'de>>(
    deserializer: D,
    names: &'static [&'static str],
) -> Result<T, D::Error> {
    let visitor = ObjectVisitor {
        names,
        object: PhantomData,
    };
    // The tolerant pass looks the names up; JSON's strict one ignores them.
    deserializer.deserialize_struct(tolerant::OBJECT, names, visitor)
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
    object: PhantomData<T>,
}

impl<'de, T: Object + Default> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        // Only asked for its fields' types: the optimizer does not make it.
        let blank = T::default();
        let mut value = T::default();
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
            if let Err(error) = blank.field(&mut value, index, Read::new(&mut map))
                && !tolerant::is_noted(&error)
            {
                return Err(error);
            }
        }
        Ok(value)
    }
}

/// A key, as its index in the table; `None` for one that the table lacks.
pub(super) struct Key {
    pub(super) names: &'static [&'static str],
    /// Answers mostly keep the order of the samples: this one is tried first.
    pub(super) expected: usize,
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
    let key = key.as_bytes();
    let is_at = |at: usize| names.get(at).is_some_and(|name| same(name.as_bytes(), key));
    if is_at(expected) {
        return Some(expected);
    }
    // An answer that goes from back to front has the one before the last that was read.
    let back = expected.wrapping_sub(2);
    if is_at(back) {
        return Some(back);
    }
    // Of others, most leave keys out, so those behind come first.
    let (before, after) = names.split_at(expected.min(names.len()));
    let found = after.iter().position(|name| same(name.as_bytes(), key));
    let found = found.map(|at| at + before.len());
    found.or_else(|| before.iter().position(|name| same(name.as_bytes(), key)))
}

/// Whether two names are the same, without a call for those of usual length: their ends, which overlap in the middle.
#[inline]
fn same(name: &[u8], key: &[u8]) -> bool {
    if name.len() != key.len() {
        return false;
    }
    match name.len() {
        0..4 => name.iter().eq(key),
        4..8 => name.first_chunk::<4>() == key.first_chunk() && name.last_chunk::<4>() == key.last_chunk(),
        8..=16 => name.first_chunk::<8>() == key.first_chunk() && name.last_chunk::<8>() == key.last_chunk(),
        _ => name == key,
    }
}

#[cfg(test)]
mod tests {
    use super::position;

    /// Looks keys up one after the other, as an object is read.
    fn found(names: &[&str], keys: &[&str]) -> Vec<Option<usize>> {
        let mut expected = 0;
        let look = |key: &&str| {
            let found = position(names, expected, key);
            expected = found.map_or(expected, |at| at + 1);
            found
        };
        keys.iter().map(look).collect()
    }

    #[test]
    fn every_key_is_found_in_every_order() {
        let names: Vec<String> = (0..40)
            .map(|at| "abcdefghij".repeat(1 + at % 3)[at % 10..].to_owned() + &at.to_string())
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut keys: Vec<(usize, &str)> = names.iter().copied().enumerate().collect();
        for order in 0..5 {
            match order {
                0 => {}
                1 => keys.reverse(),
                2 => keys.sort_by_key(|(_, key)| key.bytes().rev().collect::<Vec<_>>()),
                3 => keys.retain(|(at, _)| at % 3 == 0),
                _ => keys.sort_unstable(),
            }
            let texts: Vec<&str> = keys.iter().map(|(_, key)| *key).collect();
            let expected: Vec<_> = keys.iter().map(|(at, _)| Some(*at)).collect();
            assert_eq!(found(&names, &texts), expected);
        }
    }

    #[test]
    fn keys_that_are_nearly_the_same_are_told_apart() {
        let names = [
            "",
            "a",
            "ab",
            "abc",
            "abcd",
            "abXcd",
            "created_at",
            "created_by",
            "a_name_of_more_than_16_bytes",
        ];
        for (at, name) in names.iter().enumerate() {
            for expected in 0..=names.len() {
                assert_eq!(position(&names, expected, name), Some(at));
                for (place, _) in name.char_indices() {
                    let mut other = (*name).to_owned();
                    other.replace_range(place..=place, "Z");
                    assert_eq!(position(&names, expected, &other), None, "{other}");
                }
            }
        }
        assert_eq!(position(&[], 0, "a"), None);
    }
}
