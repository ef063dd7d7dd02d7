//! A value inside JSON, without reading the rest of it into memory.
//!
//! In: JSON and a path. Out: the text of the value there, and of a list how many there are in it. What the type of the
//! answer makes of it does not matter: an answer that drifted is paged all the same.

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The step to the last of a list.
const LAST: &str = "[-1]";

/// The value at a path; nothing if there is none, or if it is null.
pub(super) fn find<'j>(json: &'j str, path: &[&str]) -> Option<&'j RawValue> {
    let mut found: &RawValue = serde_json::from_str(json).ok()?;
    for step in path {
        let mut reader = serde_json::Deserializer::from_str(found.get());
        found = if *step == LAST {
            reader.deserialize_seq(Last).ok()??
        } else {
            reader.deserialize_map(Member(step)).ok()??
        };
    }
    (found.get() != "null").then_some(found)
}

/// How many there are in a list; nothing if it is none.
pub(super) fn count(list: &RawValue) -> Option<u64> {
    let mut reader = serde_json::Deserializer::from_str(list.get());
    reader.deserialize_seq(Count).ok()
}

/// The member of this name, the last one if there are several.
struct Member<'k>(&'k str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_it) = map.next_key_seed(Is(self.0))? {
            if is_it {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Whether a key is this one.
struct Is<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<bool, D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

struct Last;

impl<'de> Visitor<'de> for Last {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut last = None;
        while let Some(item) = list.next_element()? {
            last = Some(item);
        }
        Ok(last)
    }
}

struct Count;

impl<'de> Visitor<'de> for Count {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<u64, A::Error> {
        let mut count = 0;
        while list.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_path() {
        let json = r#"{"a":{"b":[{"id":1},{"id":"x"}],"a\"":2},"n":null,"d":1,"d":2}"#;
        for (path, found) in [
            (&["a", "b", "[-1]", "id"][..], Some(r#""x""#)),
            (&["a", "a\""], Some("2")),
            (&["d"], Some("2")),
            (&["n"], None),
            (&["n", "x"], None),
            (&["a", "c"], None),
            (&["a", "[-1]"], None),
            (&["d", "x"], None),
            (&[], Some(json)),
        ] {
            assert_eq!(find(json, path).map(RawValue::get), found, "{path:?}");
        }
        let list = |path| find(json, path).and_then(count);
        assert_eq!(
            (list(&["a", "b"]), list(&["a"]), list(&["d"])),
            (Some(2), None, None)
        );
        for broken in ["", "{", "[1", "nope"] {
            assert!(find(broken, &[]).is_none(), "{broken}");
        }
    }
}
