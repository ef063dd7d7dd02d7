//! [`Decode`] for what generated types are made of: scalars, options, lists, maps.
//!
//! Lists and maps have visitors of their own (not `serde`'s), because only so can the tolerant pass go on behind an
//! element that does not fit. A list or a map is empty where a member says `null`; a body of `null` is another matter.

use super::object::Seed;
use super::{Decode, tolerant};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::marker::PhantomData;

macro_rules! scalars {
    ($($ty:ty),* $(,)?) => {
        $(impl Decode for $ty {
            #[inline]
            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        })*
    };
}

scalars!(
    bool,
    i8,
    i16,
    i32,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    char,
    String,
    crate::Number
);

impl Decode for i64 {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl Decode for serde_json::Value {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionVisitor(PhantomData))
    }

    fn of_null() -> Option<Self> {
        Some(None)
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(T::of_null())
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(T::of_null())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::decode(deserializer).map(Some)
    }
}

impl<T: Decode> Decode for Vec<T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(ListVisitor(PhantomData))
    }

    fn never_null() -> Option<&'static str> {
        Some("a list")
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Decode> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        loop {
            match seq.next_element_seed(Seed(PhantomData)) {
                Ok(Some(element)) => list.push(element),
                Ok(None) => return Ok(list),
                // An element that may be null keeps its place, any other is left out.
                Err(error) if tolerant::is_noted(&error) => list.extend(T::of_null()),
                Err(error) => return Err(error),
            }
        }
    }
}

/// What a map of strings to values is built through.
trait Insert<T>: Default {
    fn insert(&mut self, key: String, value: T);
}

impl<T> Insert<T> for BTreeMap<String, T> {
    fn insert(&mut self, key: String, value: T) {
        BTreeMap::insert(self, key, value);
    }
}

impl<T, S: BuildHasher + Default> Insert<T> for HashMap<String, T, S> {
    fn insert(&mut self, key: String, value: T) {
        HashMap::insert(self, key, value);
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(MapVisitor(PhantomData))
    }

    fn never_null() -> Option<&'static str> {
        Some("an object")
    }
}

impl<T: Decode, S: BuildHasher + Default> Decode for HashMap<String, T, S> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(MapVisitor(PhantomData))
    }

    fn never_null() -> Option<&'static str> {
        Some("an object")
    }
}

struct MapVisitor<M, T>(PhantomData<(M, T)>);

impl<'de, M: Insert<T>, T: Decode> Visitor<'de> for MapVisitor<M, T> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(M::default())
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(M::default())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = M::default();
        while let Some(key) = access.next_key::<String>()? {
            match access.next_value_seed(Seed(PhantomData)) {
                Ok(value) => map.insert(key, value),
                Err(error) if tolerant::is_noted(&error) => {
                    if let Some(value) = T::of_null() {
                        map.insert(key, value);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(map)
    }
}

impl Decode for () {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| ())
    }

    fn of_null() -> Option<Self> {
        Some(())
    }
}
