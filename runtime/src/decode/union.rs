//! Unions: a value that is one of several kinds of thing.
//!
//! In: any JSON value, and the table of alternatives that `union!` writes. Out: the alternative that the value is, or the value
//! as it came where it is none of them. It is chosen by what stands there (the text of the tag, the kind, the members), never by
//! which alternative happens to read it first: an object whose members are all optional would swallow every other.

use super::object::Seed;
use super::{Decode, FormField, FormFields, tolerant};
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// What kind of JSON an alternative is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the kind of value that it says")]
pub enum Kind {
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// An alternative of a union.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Its kind.
    pub kind: Kind,
    /// What the tag says for it; empty where none does.
    pub tagged: &'static [&'static str],
    /// Members without which an object is none of it.
    pub requires: &'static [&'static str],
    /// Other members that it knows.
    pub knows: &'static [&'static str],
}

/// A type that is a union; `union!` implements it.
pub trait Union: Sized {
    /// The member whose text tells alternatives apart.
    const TAG: Option<&'static str>;

    /// The alternatives, in order of preference.
    const ALTERNATIVES: &'static [Alternative];

    /// Reads the value as the alternative at an index.
    fn read<R: Reader>(index: usize, reader: R) -> Result<Self, R::Error>;

    /// What is no alternative.
    fn other(value: Value) -> Self;
}

/// Reads a value as one type or another.
pub trait Reader {
    /// What is told of a misfit.
    type Error;

    /// The value as this type.
    fn read<T: Decode>(self) -> Result<T, Self::Error>;
}

/// Reads a union; generated `Deserialize` impls are a call of this.
pub fn union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // What several know alike, and what stands deeper, is told by more than the members.
    let by_members = |own: &&Alternative| !own.requires.is_empty() || !own.knows.is_empty();
    let is_deep = T::TAG.is_some_and(|tag| tag.starts_with('/'));
    let is_whole = is_deep || T::ALTERNATIVES.iter().filter(by_members).count() > 1;
    let name = if is_whole {
        tolerant::UNION_WHOLE
    } else {
        tolerant::UNION
    };
    deserializer.deserialize_newtype_struct(name, UnionVisitor(PhantomData))
}

/// Writes a union into a form: a text as it is, anything else as JSON.
pub fn union_field<T: Serialize>(value: &T, key: &'static str, fields: &mut FormFields) {
    if let Some(value) = fields.json(value) {
        value.write(key, fields);
    }
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of several kinds of value")
    }

    /// The strict pass: the text of the value is looked at, then read.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        let found = Sight::of::<T>(text).map_err(D::Error::custom)?.choice::<T>();
        let read = match found.as_slice() {
            [] => serde_json::from_str(text).map(T::other),
            [index] => T::read(*index, Text(text)),
            [first, ..] => match tried::<T>(text, &found) {
                Some((_, value)) => Ok(value),
                None => T::read(*first, Text(text)),
            },
        };
        read.map_err(D::Error::custom)
    }

    /// The tolerant pass: the key is a sketch of the value, and the value can be read as anything.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let sketch = map.next_key::<String>()?.unwrap_or_default();
        let found = Sight::of::<T>(&sketch).map_err(A::Error::custom)?.choice::<T>();
        match found.as_slice() {
            // Where a list is due, its lone element must be one of those known.
            [] if sketch.starts_with(tolerant::LONE) => Err(A::Error::custom("a list")),
            [] => map.next_value().map(T::other),
            [index] => T::read(*index, Member(map, PhantomData)),
            [first, ..] => {
                let index = tried::<T>(&sketch, &found).map_or(*first, |(index, _)| index);
                T::read(index, Member(map, PhantomData))
            }
        }
    }
}

thread_local! {
    /// How many unions are being tried, one in another.
    static TRYING: Cell<usize> = const { Cell::new(0) };
}

/// So many are tried, and in so many unions one in another: what is sent must not decide how long it is read.
const MOST_TRIED: usize = 8;
const MOST_DEPTH: usize = 3;

/// The first of several alternatives that a text is read as without a misfit.
fn tried<T: Union>(text: &str, found: &[usize]) -> Option<(usize, T)> {
    let depth = TRYING.get();
    if depth >= MOST_DEPTH {
        return None;
    }
    TRYING.set(depth + 1);
    let mut read = found.iter().take(MOST_TRIED);
    let read = read.find_map(|index| Some((*index, T::read(*index, Text(text)).ok()?)));
    TRYING.set(depth);
    read
}

/// The text of a value.
struct Text<'t>(&'t str);

impl Reader for Text<'_> {
    type Error = serde_json::Error;

    fn read<T: Decode>(self) -> Result<T, serde_json::Error> {
        super::strict::from_str(self.0)
    }
}

/// The value of the current key.
struct Member<'de, A>(A, PhantomData<&'de ()>);

impl<'de, A: MapAccess<'de>> Reader for Member<'de, A> {
    type Error = A::Error;

    fn read<T: Decode>(mut self) -> Result<T, A::Error> {
        self.0.next_value_seed(Seed(PhantomData))
    }
}

/// What is seen of a value before it is read.
struct Sight {
    /// `None` for null.
    kind: Option<Kind>,
    /// What the tag says.
    tag: Option<String>,
    /// The keys, where they decide.
    keys: Vec<String>,
}

impl Sight {
    fn of<T: Union>(text: &str) -> Result<Self, serde_json::Error> {
        let needs_keys =
            |alternative: &Alternative| !alternative.requires.is_empty() || !alternative.knows.is_empty();
        let look = Look {
            tag: T::TAG,
            keys: T::ALTERNATIVES.iter().any(needs_keys),
        };
        serde_json::Deserializer::from_str(text).deserialize_any(look)
    }

    /// The alternatives that the value may be, of which mostly there is one.
    fn choice<T: Union>(&self) -> Vec<usize> {
        choice(self, T::ALTERNATIVES)
    }
}

/// By the tag first; without one, by the kind, and of several objects by their members: the most of those that are known, as long
/// as none is missing that must be there. Several know the same members.
fn choice(sight: &Sight, alternatives: &[Alternative]) -> Vec<usize> {
    let has = |key: &&&str| sight.keys.iter().any(|own| own == **key);
    let of_kind = || {
        alternatives
            .iter()
            .enumerate()
            .filter(|(_, alternative)| Some(alternative.kind) == sight.kind)
    };
    if let Some(tag) = &sight.tag
        && let Some((index, _)) =
            of_kind().find(|(_, alternative)| alternative.tagged.contains(&tag.as_str()))
    {
        return vec![index];
    }
    let untagged = of_kind().filter(|(_, alternative)| alternative.tagged.is_empty());
    let complete = untagged.filter(|(_, alternative)| alternative.requires.iter().all(|key| has(&key)));
    let known =
        |alternative: &Alternative| alternative.requires.len() + alternative.knows.iter().filter(has).count();
    let mut most = 0;
    let mut best = Vec::new();
    for (index, alternative) in complete {
        let known = known(alternative);
        if known > most {
            most = known;
            best.clear();
        }
        if known == most {
            best.push(index);
        }
    }
    // Of other kinds there is one of each.
    best.truncate(if sight.kind == Some(Kind::Object) {
        best.len()
    } else {
        1
    });
    best
}

/// Looks at a value without reading more of it than decides.
struct Look {
    tag: Option<&'static str>,
    keys: bool,
}

impl Look {
    fn at(kind: Option<Kind>) -> Sight {
        Sight {
            kind,
            tag: None,
            keys: Vec::new(),
        }
    }
}

impl<'de> Visitor<'de> for Look {
    type Value = Sight;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Sight, E> {
        Ok(Self::at(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Sight, E> {
        Ok(Self::at(Some(Kind::Bool)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Sight, E> {
        Ok(Self::at(Some(Kind::Number)))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Sight, E> {
        Ok(Self::at(Some(Kind::Number)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Sight, E> {
        Ok(Self::at(Some(Kind::Number)))
    }

    fn visit_str<E>(self, _: &str) -> Result<Sight, E> {
        Ok(Self::at(Some(Kind::Text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Sight, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::at(Some(Kind::List)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sight, A::Error> {
        let mut sight = Self::at(Some(Kind::Object));
        while let Some(key) = map.next_key::<String>()? {
            let way = self.tag.and_then(|tag| tag.strip_prefix('/'));
            let below = way.and_then(|way| way.strip_prefix(key.as_str())?.strip_prefix('/'));
            if let Some(below) = below {
                let value = map.next_value::<Value>()?;
                sight.tag = value.pointer(&format!("/{below}")).and_then(text_of);
            } else if self.tag == Some(key.as_str()) {
                sight.tag = text_of(&map.next_value::<Value>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            if self.keys {
                sight.keys.push(key);
            }
        }
        Ok(sight)
    }
}

/// What a tag says; numbers and truth values are compared as text.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
