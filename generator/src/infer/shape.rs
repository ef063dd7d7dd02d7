//! What samples look like, and what two of them have in common.
//!
//! In: [`Json`] values. Out: a [`Shape`] that fits all of them. [`Shape::join`] is commutative, associative and idempotent,
//! so the order of samples never matters; the tallies that ride along (how often a member was seen) add up, and are no part
//! of the shape. Whether keys are data, and whether an object contains itself, is decided later, over the joined shape.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::json::{Json, Number};
use super::placeholder::Placeholder;
use super::tags::Tags;
use crate::ir::JsonKind;

/// What is known of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What it is when it is not null.
    pub kind: Kind,
    /// Whether some sample is null.
    pub null: bool,
}

/// What a value is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// No sample tells: the neutral element of the join.
    #[default]
    Unknown,
    /// `true` or `false`.
    Bool,
    /// An integer.
    Int(Range),
    /// Any number.
    Float,
    /// Text.
    String,
    /// Text that is a date and a time with its offset, as RFC 3339 has it.
    DateTime,
    /// A list, and what its items have in common.
    List(Box<Shape>),
    /// An object.
    Object(Object),
    /// Values of different kinds: one of each, in the order of [`JsonKind`], at least two.
    Mixed(Vec<Kind>),
}

/// Which integers were seen, as far as it decides the type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// Some are below zero.
    pub negative: bool,
    /// Some are above `i64`.
    pub above: bool,
    /// Some are beyond what 64 bits hold.
    pub beyond: bool,
}

/// The members of an object.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Members by key.
    pub members: BTreeMap<String, Member>,
    /// How many objects were seen here.
    pub samples: usize,
    /// What they say of themselves, if all do.
    pub tags: Option<Tags>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its value.
    pub shape: Shape,
    /// When it was first seen: members keep the order in which the samples have them.
    pub first: usize,
    /// How many objects have it.
    pub seen: usize,
    /// In how many of them it is null.
    pub null: usize,
}

/// Tallies are no part of the shape.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

impl Eq for Object {}

/// Tallies are no part of the shape; the order of members is.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape && self.first == other.first
    }
}

impl Eq for Member {}

impl Shape {
    /// The shape of one sample. `clock` counts the members seen so far, in document order.
    pub fn of(json: &Json, clock: &mut usize) -> Self {
        let kind = match json {
            Json::Null => {
                return Self {
                    kind: Kind::Unknown,
                    null: true,
                };
            }
            Json::Bool(_) => Kind::Bool,
            Json::Number(number) => Kind::of_number(*number),
            Json::String(text) if is_datetime(text) => Kind::DateTime,
            Json::String(_) => Kind::String,
            Json::Array(items) => Kind::List(Box::new(Self::of_all(items, clock))),
            Json::Object(members) => Kind::Object(Object::of(members, clock)),
            Json::Placeholder(placeholder) => Kind::of_placeholder(*placeholder),
            Json::Unknown => Kind::Unknown,
        };
        Self { kind, null: false }
    }

    /// Whether all samples are objects without members.
    pub fn is_empty_object(&self) -> bool {
        matches!(&self.kind, Kind::Object(object) if object.members.is_empty())
    }

    /// What all of some samples have in common.
    pub fn of_all<'a>(samples: impl IntoIterator<Item = &'a Json>, clock: &mut usize) -> Self {
        samples
            .into_iter()
            .map(|sample| Self::of(sample, clock))
            .fold(Self::default(), Self::join)
    }

    /// The narrowest shape that fits whatever fits one of two.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            kind: self.kind.join(other.kind),
            null: self.null || other.null,
        }
    }
}

impl Kind {
    fn of_number(number: Number) -> Self {
        match number {
            Number::I64(int) => Self::Int(Range {
                negative: int < 0,
                ..Range::default()
            }),
            Number::U64(_) => Self::Int(Range {
                above: true,
                ..Range::default()
            }),
            Number::F64(float) if is_beyond(float) => Self::Int(Range {
                beyond: true,
                ..Range::default()
            }),
            Number::F64(_) => Self::Float,
        }
    }

    fn of_placeholder(placeholder: Placeholder) -> Self {
        match placeholder {
            Placeholder::Bool => Self::Bool,
            Placeholder::Integer => Self::Int(Range::default()),
            Placeholder::Number => Self::Float,
            Placeholder::Text => Self::String,
            Placeholder::DateTime => Self::DateTime,
            Placeholder::List => Self::List(Box::default()),
            Placeholder::Object => Self::Object(Object {
                members: BTreeMap::new(),
                samples: 1,
                tags: None,
            }),
            Placeholder::Any => Self::Unknown,
        }
    }

    /// See [`Shape::join`].
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, kind) | (kind, Self::Unknown) => kind,
            (Self::Bool, Self::Bool) => Self::Bool,
            (Self::Int(a), Self::Int(b)) => Self::Int(a.join(b)),
            (Self::Int(range), Self::Float) | (Self::Float, Self::Int(range)) if range.beyond => {
                Self::Int(range)
            }
            (Self::Int(_) | Self::Float, Self::Int(_) | Self::Float) => Self::Float,
            (Self::DateTime, Self::DateTime) => Self::DateTime,
            (Self::String | Self::DateTime, Self::String | Self::DateTime) => Self::String,
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.join(*b))),
            (Self::Object(a), Self::Object(b)) => Self::Object(a.join(b)),
            (a, b) => Self::mixed(a, b),
        }
    }
}

/// Values of different kinds.
impl Kind {
    /// What kind of JSON it is; `None` for what is not one.
    pub fn class(&self) -> Option<JsonKind> {
        match self {
            Self::Unknown | Self::Mixed(_) => None,
            Self::Bool => Some(JsonKind::Bool),
            Self::Int(_) | Self::Float => Some(JsonKind::Number),
            Self::String | Self::DateTime => Some(JsonKind::Text),
            Self::List(_) => Some(JsonKind::List),
            Self::Object(_) => Some(JsonKind::Object),
        }
    }

    fn parts(self) -> Vec<Self> {
        match self {
            Self::Mixed(parts) => parts,
            kind => vec![kind],
        }
    }

    /// The join of two of which at least one is mixed, or that are of different classes.
    fn mixed(a: Self, b: Self) -> Self {
        let mut parts = a.parts();
        for kind in b.parts() {
            let at = parts.binary_search_by_key(&kind.class(), Self::class);
            match at.map(|at| parts.get_mut(at)) {
                Ok(Some(own)) => *own = std::mem::take(own).join(kind),
                Ok(None) => parts.push(kind),
                Err(at) => parts.insert(at, kind),
            }
        }
        Self::Mixed(parts)
    }
}

/// Whether a number is a whole one that was rounded, as 64 bits do not hold it.
fn is_beyond(float: f64) -> bool {
    /// The first whole number above `u64`.
    const ABOVE: f64 = 18_446_744_073_709_551_616.0;
    /// The last of `i64`, which the one below it is rounded to.
    const BELOW: f64 = -9_223_372_036_854_775_808.0;
    float.fract() == 0.0 && (float <= BELOW || float >= ABOVE)
}

impl Range {
    /// The range of two together.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            negative: self.negative || other.negative,
            above: self.above || other.above,
            beyond: self.beyond || other.beyond,
        }
    }
}

impl Object {
    fn of(members: &[(String, Json)], clock: &mut usize) -> Self {
        let mut object = Self {
            members: BTreeMap::new(),
            samples: 1,
            tags: Tags::of(members, *clock),
        };
        for (key, json) in members {
            *clock += 1;
            let member = Member {
                first: *clock,
                shape: Shape::of(json, clock),
                seen: 1,
                null: usize::from(*json == Json::Null),
            };
            object.members.insert(key.clone(), member);
        }
        object
    }

    /// Adds a member that is declared rather than seen: where samples have one that tells something, theirs stays.
    pub fn declare(&mut self, key: String, shape: Shape, first: usize) {
        let member = self.members.entry(key).or_insert(Member {
            shape: Shape::default(),
            first,
            seen: 0,
            null: 0,
        });
        if member.shape.kind == Kind::Unknown {
            member.shape.kind = shape.kind;
        }
    }

    fn join(mut self, other: Self) -> Self {
        // The smaller goes into the larger: joining many small objects into one stays linear.
        if other.members.len() > self.members.len() {
            return other.join(self);
        }
        for (key, member) in other.members {
            match self.members.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(member);
                }
                Entry::Occupied(mut entry) => entry.get_mut().join(member),
            }
        }
        // Of no object at all, nothing is said against the others.
        self.tags = match (self.samples, other.samples) {
            (_, 0) => self.tags,
            (0, _) => other.tags,
            _ => self.tags.zip(other.tags).and_then(|(own, other)| own.join(other)),
        };
        self.samples += other.samples;
        self
    }
}

impl Member {
    fn join(&mut self, other: Self) {
        let own = std::mem::take(&mut self.shape);
        self.shape = own.join(other.shape);
        self.first = self.first.min(other.first);
        self.seen += other.seen;
        self.null += other.null;
    }
}

/// Whether a text is a date and a time with its offset: `2024-01-31T10:00:00.5+01:00`.
fn is_datetime(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is = |at: usize, chars: &str| text.get(at..=at).is_some_and(|char| chars.contains(char));
    let date = digits(0..4) && is(4, "-") && digits(5..7) && is(7, "-") && digits(8..10);
    let time =
        is(10, "Tt") && digits(11..13) && is(13, ":") && digits(14..16) && is(16, ":") && digits(17..19);
    date && time && is_offset(text.get(19..).unwrap_or_default())
}

/// `Z`, `+01:00`, with a fraction of a second before it.
fn is_offset(text: &str) -> bool {
    let offset = match text.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|char: char| char.is_ascii_digit()),
        None => text,
    };
    let numbers = || {
        offset
            .get(1..)
            .is_some_and(|rest| rest.len() == 5 && rest.chars().filter(char::is_ascii_digit).count() == 4)
    };
    matches!(offset, "Z" | "z")
        || offset.starts_with(['+', '-']) && offset.get(3..4) == Some(":") && numbers()
}

#[cfg(test)]
mod tests;
