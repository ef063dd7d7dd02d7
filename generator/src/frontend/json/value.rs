//! A JSON value that borrows its texts from the document.
//!
//! In: a `serde` deserializer, usually of text. Out: a [`Value`], read by the same names as `serde_json`'s. A collection
//! is mostly texts that are read once; to own each of them would cost more than all the rest of reading. Members are as
//! JavaScript has them: of equal names the last counts, in the first one's place, and names that are numbers come first.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::frontend) enum Value<'a> {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(Cow<'a, str>),
    Array(Vec<Value<'a>>),
    Object(Map<'a>),
}

impl<'a> Value<'a> {
    /// The member of this name, if this is an object that has it.
    pub(in crate::frontend) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// What is found under names one after another: `/a/b`.
    pub(in crate::frontend) fn pointer(&self, pointer: &str) -> Option<&Self> {
        pointer
            .split('/')
            .skip(1)
            .try_fold(self, |value, name| value.get(name))
    }

    pub(in crate::frontend) fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(in crate::frontend) fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(items) = self {
            Some(items)
        } else {
            None
        }
    }

    pub(in crate::frontend) fn as_object(&self) -> Option<&Map<'a>> {
        if let Self::Object(members) = self {
            Some(members)
        } else {
            None
        }
    }

    pub(in crate::frontend) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(in crate::frontend) fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    pub(in crate::frontend) fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    pub(in crate::frontend) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(in crate::frontend) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::String(text.into())
    }

    /// An object of our own.
    pub(in crate::frontend) fn object<const N: usize>(members: [(&'static str, Self); N]) -> Self {
        let members = members.into_iter();
        Self::Object(members.map(|(name, value)| (name.into(), value)).collect())
    }

    /// The same with texts of its own, for what outlives the document.
    pub(in crate::frontend) fn into_owned(self) -> Value<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(flag),
            Self::Number(number) => Value::Number(number),
            Self::String(text) => Value::String(own(text)),
            Self::Array(items) => Value::Array(items.into_iter().map(Self::into_owned).collect()),
            Self::Object(Map(members)) => {
                let members = members.into_iter();
                Value::Object(Map(members
                    .map(|(name, value)| (own(name), value.into_owned()))
                    .collect()))
            }
        }
    }
}

/// The members of an object in their order.
///
/// A list: objects of the format have a handful of members, each of which is asked for once or twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::frontend) struct Map<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Map<'a> {
    pub(in crate::frontend) fn new() -> Self {
        Self::default()
    }

    pub(in crate::frontend) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub(in crate::frontend) fn iter(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    pub(in crate::frontend) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::frontend) fn len(&self) -> usize {
        self.0.len()
    }

    /// Sets a member: in its place if there is one of this name, else at the end.
    pub(in crate::frontend) fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: Value<'a>) {
        let name = name.into();
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes a member out.
    pub(in crate::frontend) fn remove(&mut self, name: &str) -> Option<Value<'a>> {
        let at = self.0.iter().position(|(key, _)| *key == name)?;
        Some(self.0.remove(at).1)
    }

    /// Puts members in JavaScript's order; of those that are given more than once, keeps the last value.
    fn from_members(mut members: Vec<(Cow<'a, str>, Value<'a>)>) -> Self {
        /// Up to as many, comparing each with each is quicker than sorting.
        const FEW: usize = 12;
        let repeated = if members.len() <= FEW {
            let mut rest = members.as_slice();
            let mut repeated = false;
            while let [(first, _), others @ ..] = rest {
                repeated |= others.iter().any(|(name, _)| name == first);
                rest = others;
            }
            repeated
        } else {
            let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
            names.sort_unstable();
            names.windows(2).any(|pair| pair.first() == pair.last())
        };
        if repeated {
            members = last_of_each(members);
        }
        if members.iter().any(|(name, _)| array_index(name).is_some()) {
            members.sort_by_key(|(name, _)| array_index(name).map_or((true, 0), |index| (false, index)));
        }
        Self(members)
    }
}

/// The number that a name is, if JavaScript takes it for one: `7`, but not `07`.
fn array_index(name: &str) -> Option<u32> {
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = digits && (name == "0" || !name.starts_with('0'));
    name.parse().ok().filter(|index| canonical && *index < u32::MAX)
}

fn last_of_each<'a>(members: Vec<(Cow<'a, str>, Value<'a>)>) -> Vec<(Cow<'a, str>, Value<'a>)> {
    let mut places = std::collections::BTreeMap::new();
    let mut kept: Vec<(Cow<'a, str>, Value<'a>)> = Vec::with_capacity(members.len());
    for (name, value) in members {
        let place = *places.entry(name.clone()).or_insert(kept.len());
        match kept.get_mut(place) {
            Some((_, old)) => *old = value,
            None => kept.push((name, value)),
        }
    }
    kept
}

impl<'a> FromIterator<(Cow<'a, str>, Value<'a>)> for Map<'a> {
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Value<'a>)>>(members: I) -> Self {
        Self::from_members(members.into_iter().collect())
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.0.len()))?;
                for (name, value) in members.iter() {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::text(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((Name(name), value)) = map.next_entry()? {
            members.push((name, value));
        }
        Ok(Value::Object(Map::from_members(members)))
    }
}

/// A member's name; `Cow` by itself would always own it.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyName;
        impl<'de> Visitor<'de> for AnyName {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member's name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(AnyName)
    }
}

/// A value written by hand, in tests.
#[cfg(test)]
macro_rules! json {
    ($($json:tt)+) => {
        $crate::frontend::json::Value::from(serde_json::json!($($json)+))
    };
}
#[cfg(test)]
pub(in crate::frontend) use json;

#[cfg(test)]
impl From<serde_json::Value> for Value<'_> {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Bool(flag),
            serde_json::Value::Number(number) => Self::Number(number),
            serde_json::Value::String(text) => Self::text(text),
            serde_json::Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            serde_json::Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name.into(), value.into()))
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    fn read(text: &str) -> Value<'_> {
        serde_json::from_str(text).expect("the text is JSON")
    }

    #[test]
    fn what_is_read_is_printed_as_it_was() {
        for text in [
            "null",
            r#"{"b":[1,-2,1.5,9007199254740992,1e300],"a":{"":"\"\n"},"é":true}"#,
            "[[],{},\"\"]",
        ] {
            let theirs: serde_json::Value = serde_json::from_str(text).expect("the text is JSON");
            assert_eq!(read(text).to_string(), theirs.to_string());
            assert_eq!(read(text), Value::from(theirs));
        }
    }

    #[test]
    fn the_last_of_equal_names_counts_in_the_first_ones_place() {
        let few = r#"{"a":1,"b":2,"\u0061":3}"#;
        assert_eq!(read(few).to_string(), r#"{"a":3,"b":2}"#);
        let many: Vec<String> = (0..40).map(|n| format!("\"k{}\":{n}", n % 20)).collect();
        let many = format!("{{{}}}", many.join(","));
        let theirs: serde_json::Value = serde_json::from_str(&many).expect("the text is JSON");
        assert_eq!(read(&many).to_string(), theirs.to_string());
    }

    #[test]
    fn names_that_are_numbers_come_first() {
        let text = r#"{"b":1,"10":2,"07":3,"9":4,"4294967295":5}"#;
        assert_eq!(
            read(text).to_string(),
            r#"{"9":4,"10":2,"b":1,"07":3,"4294967295":5}"#
        );
    }

    #[test]
    fn members_are_found_by_name_and_by_pointer() {
        let value = read(r#"{"a":{"b":"c"}}"#);
        assert_eq!(value.pointer("/a/b").and_then(Value::as_str), Some("c"));
        assert_eq!(value.pointer("/a/x/b"), None);
    }
}
