//! Places in a description, and the ways to them.
//!
//! In: JSON, and pointers or names. Out: what stands there, with the pointer to it. It follows no references.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::frontend::json::{Value, join};

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub(in crate::frontend) struct At<'a> {
    pub(in crate::frontend) value: &'a Value<'a>,
    pub(in crate::frontend) pointer: String,
}

impl<'a> At<'a> {
    /// A member; of what has none, nothing.
    pub(in crate::frontend) fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        Some(Self {
            value,
            pointer: join(&self.pointer, name),
        })
    }

    /// The text of a member.
    pub(in crate::frontend) fn text(&self, name: &str) -> Option<&'a str> {
        self.value.get(name).and_then(Value::as_str)
    }

    /// Whether a member is `true`, also as a text.
    pub(in crate::frontend) fn flag(&self, name: &str) -> bool {
        match self.value.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            Some(Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => false,
        }
    }

    /// The members of an object, in order.
    pub(in crate::frontend) fn members(&self) -> Vec<(&'a str, Self)> {
        let members = self
            .value
            .as_object()
            .into_iter()
            .flat_map(crate::frontend::json::Map::iter);
        members
            .map(|(name, value)| {
                let pointer = join(&self.pointer, name);
                (name, Self { value, pointer })
            })
            .collect()
    }

    /// The elements of a list, in order.
    pub(in crate::frontend) fn elements(&self) -> Vec<Self> {
        let elements = self.value.as_array().into_iter().flatten().enumerate();
        elements
            .map(|(index, value)| Self {
                value,
                pointer: format!("{}/{index}", self.pointer),
            })
            .collect()
    }

    /// The texts of a list.
    pub(in crate::frontend) fn texts(&self, name: &str) -> Vec<&'a str> {
        let list = self.value.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// The ways from one place to others.
#[derive(Default)]
pub(super) struct Ways<'a> {
    /// The members of objects that have many, by name, once somebody asks: all schemas are in one.
    wide: RefCell<Wide<'a>>,
}

/// Members by name, by the object that has them.
type Wide<'a> = BTreeMap<*const Value<'a>, BTreeMap<&'a str, &'a Value<'a>>>;

/// An object with more members than this has them looked up in an index: of 10,000 schemas, comparing names was a third of all work.
const WIDE: usize = 64;

impl<'a> Ways<'a> {
    /// What stands where a pointer leads from a place.
    pub(super) fn step(&self, from: At<'a>, pointer: &str) -> Option<At<'a>> {
        let mut at = from;
        for name in pointer.split('/').skip(1) {
            let name = name.replace("~1", "/").replace("~0", "~");
            at = match at.value {
                Value::Array(_) => {
                    let value = at.value.as_array()?.get(name.parse::<usize>().ok()?)?;
                    let pointer = format!("{}/{name}", at.pointer);
                    At { value, pointer }
                }
                Value::Object(_) => At {
                    value: self.member(at.value, &name)?,
                    pointer: join(&at.pointer, &name),
                },
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
            };
        }
        Some(at)
    }

    /// A member of an object.
    fn member(&self, of: &'a Value<'a>, name: &str) -> Option<&'a Value<'a>> {
        let members = of.as_object()?;
        if members.len() <= WIDE {
            return members.get(name);
        }
        let mut wide = self.wide.borrow_mut();
        let by_name = wide.entry(of).or_insert_with(|| members.iter().collect());
        by_name.get(name).copied()
    }

    /// What a fragment names in a resource: a place by the way to it, or one that names itself.
    pub(super) fn within(&self, base: At<'a>, fragment: &str) -> Option<At<'a>> {
        if fragment.is_empty() || fragment.starts_with('/') {
            return self.step(base, fragment);
        }
        let says = |at: &At<'a>| {
            ["$anchor", "$dynamicAnchor"]
                .iter()
                .any(|key| at.text(key) == Some(fragment))
        };
        search(&base, 0, &says)
    }
}

/// The first place below one of which this is so, itself included.
pub(super) fn search<'a>(at: &At<'a>, depth: usize, is_it: &impl Fn(&At<'a>) -> bool) -> Option<At<'a>> {
    const MOST_DEPTH: usize = 100;
    if is_it(at) {
        return Some(at.clone());
    }
    if depth > MOST_DEPTH {
        return None;
    }
    let below = at.members().into_iter().map(|(_, at)| at).chain(at.elements());
    below
        .filter(|at| at.value.is_object() || at.value.is_array())
        .find_map(|at| search(&at, depth + 1, is_it))
}
