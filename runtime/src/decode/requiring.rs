//! Objects of which some members must be there.
//!
//! In: any `serde` map, read by the code that `received!` writes for them. Out: a value of which every required member came,
//! or an error: there is no default for what is missing. In the tolerant pass all members are read first, so that each
//! misfit is noted; then the object as a whole is the misfit of the place that holds it.

use super::object::{Key, Seed};
use super::{Decode, Plain, tolerant};
use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Reads an object by a visitor of its own; `required` are the keys whose absence is to be noted.
#[inline]
pub fn requiring<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    required: &'static [&'static str],
    visitor: V,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_struct(tolerant::REQUIRING, required, visitor)
}

/// A key, as its index in the table or as what it is.
struct KeyOrText(Key);

impl<'de> DeserializeSeed<'de> for KeyOrText {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeyOrText {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let index = self.0.visit_str::<E>(key)?;
        Ok(index.ok_or_else(|| key.to_owned()))
    }
}

/// The walk over the members of an object.
#[derive(Debug)]
pub struct Members {
    names: &'static [&'static str],
    expected: usize,
    /// Some member did not fit, and that is noted.
    noted: bool,
}

impl Members {
    /// A walk over members of these names.
    pub fn new(names: &'static [&'static str]) -> Self {
        Self {
            names,
            expected: 0,
            noted: false,
        }
    }

    /// The index of the next member that has one; others are passed over.
    pub fn next<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<usize>, A::Error> {
        loop {
            let key = Key {
                names: self.names,
                expected: self.expected,
            };
            match map.next_key_seed(key)? {
                None => return Ok(None),
                Some(Some(index)) => {
                    self.expected = index + 1;
                    return Ok(Some(index));
                }
                Some(None) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
    }

    /// The same, which keeps the others.
    pub fn next_or_keep<'de, T: Decode, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        others: &mut BTreeMap<String, T>,
    ) -> Result<Option<usize>, A::Error> {
        loop {
            let key = KeyOrText(Key {
                names: self.names,
                expected: self.expected,
            });
            let text = match map.next_key_seed(key)? {
                None => return Ok(None),
                Some(Ok(index)) => {
                    self.expected = index + 1;
                    return Ok(Some(index));
                }
                Some(Err(text)) => text,
            };
            let mut slot = None;
            self.read(&mut slot, map)?;
            others.extend(slot.map(|value| (text, value)));
        }
    }

    /// Reads the current member.
    pub fn read<'de, T: Decode, A: MapAccess<'de>>(
        &mut self,
        slot: &mut Option<T>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let read = map.next_value_seed(Seed(PhantomData));
        self.take(slot, read)
    }

    /// The same, of a type that is not made by letterpress.
    pub fn read_plain<'de, T: DeserializeOwned, A: MapAccess<'de>>(
        &mut self,
        slot: &mut Option<T>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let read = map.next_value_seed(Seed::<Plain<T>>(PhantomData));
        self.take(slot, read.map(|plain| plain.0))
    }

    fn take<T, E: Error>(&mut self, slot: &mut Option<T>, read: Result<T, E>) -> Result<(), E> {
        match read {
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(error) if tolerant::is_noted(&error) => {
                self.noted = true;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The value of a required member.
    pub fn due<T, E: Error>(&self, slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| {
            if self.noted {
                tolerant::noted()
            } else {
                E::missing_field(name)
            }
        })
    }
}
