//! What objects say of themselves in one member: `"type": "message"`.
//!
//! In: the objects at one place, one after the other. Out: for each text of the member what objects of it have, and whether that
//! tells them apart, so that each is better described alone than as one struct of optional members.

use std::collections::BTreeMap;

use super::json::Json;

/// Keys under which objects say what they are, the surest first.
const KEYS: &[&str] = &[
    "type",
    "kind",
    "@type",
    "$type",
    "_type",
    "__typename",
    "event",
    "eventType",
    "event_type",
    "objectType",
    "object_type",
    "resourceType",
    "resource_type",
    "object",
];

/// More are data, not kinds of thing.
const MOST: usize = 24;

/// The longest text that names a kind.
const LONGEST: usize = 60;

/// What objects of each kind have.
#[derive(Clone, Debug)]
pub struct Tags {
    /// The member that says it.
    pub key: String,
    /// By its text.
    pub groups: BTreeMap<String, Group>,
}

/// Objects of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// Orders the kinds as samples have them.
    pub first: usize,
    /// How many objects.
    pub samples: usize,
    /// How many of them have each member.
    pub members: BTreeMap<String, usize>,
}

impl Tags {
    /// What one object says; `None` if it does not say what it is. `clock` is when it was seen.
    pub fn of(members: &[(String, Json)], clock: usize) -> Option<Self> {
        let text = |key: &&str| {
            let (_, value) = members.iter().find(|(own, _)| own == *key)?;
            match value {
                Json::String(text) if names_a_kind(text) => Some(((*key).to_owned(), text.clone())),
                Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => None,
                Json::Array(_) | Json::Object(_) | Json::Placeholder(_) | Json::Unknown => None,
            }
        };
        let (key, text) = KEYS.iter().find_map(text)?;
        let group = Group {
            first: clock,
            samples: 1,
            members: members.iter().map(|(key, _)| (key.clone(), 1)).collect(),
        };
        Some(Self {
            key,
            groups: BTreeMap::from([(text, group)]),
        })
    }

    /// What both say; `None` if they say it in different members, or too much.
    pub fn join(mut self, other: Self) -> Option<Self> {
        if self.key != other.key {
            return None;
        }
        for (text, group) in other.groups {
            let Some(own) = self.groups.get_mut(&text) else {
                self.groups.insert(text, group);
                continue;
            };
            own.first = own.first.min(group.first);
            own.samples += group.samples;
            for (key, count) in group.members {
                *own.members.entry(key).or_default() += count;
            }
        }
        (self.groups.len() <= MOST).then_some(self)
    }

    /// Whether what an object says tells what it has: most kinds have members of their own, which all objects of the kind have, and
    /// which are no small part of it; and hardly any member comes and goes within a kind.
    pub fn tell_apart(&self) -> bool {
        let owners = self
            .groups
            .values()
            .filter(|group| self.is_of_its_own(group))
            .count();
        let several = self.groups.values().filter(|group| group.samples > 1);
        let (all, partial) = several.fold((0, 0), |(all, partial), group| {
            let comes_and_goes = group.members.values().filter(|seen| **seen < group.samples);
            (all + group.members.len(), partial + comes_and_goes.count())
        });
        owners >= 2 && owners * 2 >= self.groups.len() && partial * 5 <= all
    }

    fn is_of_its_own(&self, group: &Group) -> bool {
        let others = |key: &str| {
            let others = self.groups.values().filter(|other| other.first != group.first);
            others.filter(|other| other.members.contains_key(key)).count()
        };
        let own = group.members.iter().filter(|(_, seen)| **seen == group.samples);
        let own = own.filter(|(key, _)| others(key) == 0).count();
        own > 0 && own * 4 >= group.members.len().saturating_sub(1)
    }
}

/// A word or a few, as programs name things: `message_created`, `payment.refunded`, `Microsoft.Graph/user`.
fn names_a_kind(text: &str) -> bool {
    let is_of_a_name = |char: char| char.is_alphanumeric() || "._-:/#$".contains(char);
    text.len() <= LONGEST
        && text.starts_with(|char: char| char.is_alphabetic() || char == '#')
        && text.chars().all(is_of_a_name)
        && !text.contains("://")
}

#[cfg(test)]
mod tests {
    use super::Tags;
    use crate::infer::json::{Json, read};

    fn tell_apart(samples: &[&str]) -> bool {
        let tags = samples.iter().enumerate().map(|(clock, sample)| {
            let Some(Json::Object(members)) = read(sample).map(|reading| reading.json) else {
                return None;
            };
            Tags::of(&members, clock)
        });
        let joined = tags.reduce(|a, b| a?.join(b?)).flatten();
        joined.is_some_and(|tags| tags.tell_apart())
    }

    #[test]
    fn objects_of_different_kinds_are_told_apart() {
        for samples in [
            &[r#"{"type":"a","x":1}"#, r#"{"type":"b","y":"s"}"#][..],
            &[
                r#"{"id":1,"kind":"text","text":"x"}"#,
                r#"{"id":2,"kind":"image","source":{}}"#,
                r#"{"id":3,"kind":"text","text":"y"}"#,
            ],
            &[
                r#"{"@type":"Person","name":"x"}"#,
                r#"{"@type":"Place","lat":1,"lon":2}"#,
                r#"{"@type":"Break"}"#,
            ],
        ] {
            assert!(tell_apart(samples), "{samples:?}");
        }
    }

    #[test]
    fn optional_members_are_no_kinds() {
        for samples in [
            // All alike; one alone; only one has more.
            &[r#"{"type":"a","x":1}"#, r#"{"type":"b","x":2}"#][..],
            &[r#"{"type":"a","x":1}"#],
            &[r#"{"type":"a","x":1,"y":1}"#, r#"{"type":"b","x":2}"#],
            // Members come and go within a kind.
            &[
                r#"{"type":"a","x":1}"#,
                r#"{"type":"a","z":1}"#,
                r#"{"type":"b","y":2}"#,
                r#"{"type":"b"}"#,
            ],
            // One does not say what it is, or in another member, or in a sentence.
            &[r#"{"type":"a","x":1}"#, r#"{"type":"b","y":1}"#, r#"{"z":1}"#],
            &[r#"{"type":"a","x":1}"#, r#"{"kind":"b","y":1}"#],
            &[r#"{"type":"a b c","x":1}"#, r#"{"type":"d e f","y":1}"#],
            &[r#"{"type":1,"x":1}"#, r#"{"type":2,"y":1}"#],
            // A small part of what they are.
            &[
                r#"{"type":"admin","id":1,"name":"a","email":"e","at":1,"all":true}"#,
                r#"{"type":"user","id":1,"name":"a","email":"e","at":1,"plan":"p"}"#,
            ],
        ] {
            assert!(!tell_apart(samples), "{samples:?}");
        }
    }

    #[test]
    fn many_kinds_are_data() {
        let samples: Vec<String> = (0..30)
            .map(|at| format!(r#"{{"type":"t{at}","m{at}":1}}"#))
            .collect();
        let samples: Vec<&str> = samples.iter().map(String::as_str).collect();
        assert!(tell_apart(&samples[..20]));
        assert!(!tell_apart(&samples));
    }
}
