//! What generated code makes of a value: an interpreter of types.
//!
//! In: a type and a [`Json`] value. Out: the value as the generated type would write it back, and what did not fit, as
//! `response.drift()` would list it. It follows the runtime's tolerant decoding: what has one obvious reading is read, a misfit
//! becomes nothing, as does what cannot be without it, and the rest stays. The whole must be of its kind.
//! A stand-in (`"<integer>"`) fits what it stands for, and an unknown value fits anything.

use super::choose::{choice, stands_for};
use super::json::{Json, Number};
use super::lexical::number;
use super::placeholder::Placeholder;
use crate::ir::{StructField, Type, TypeId, TypeKind, Types};

/// A value that did not fit its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The way to it: `items[3].price`.
    pub path: String,
    /// The type's kind.
    pub expected: &'static str,
    /// The value's kind.
    pub found: &'static str,
}

/// What was decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The value, written back; `None` if the whole did not fit.
    pub value: Option<Json>,
    /// What did not fit.
    pub drift: Vec<Misfit>,
}

/// Decodes a value of a type, and writes it back.
pub fn decode(types: &Types, ty: &Type, json: &Json) -> Decoded {
    let mut decoder = Decoder {
        types,
        path: String::new(),
        drift: Vec::new(),
    };
    let value = match (ty, json) {
        // Nothing is an empty list in the place of a member only.
        (Type::List(_) | Type::Map(_), Json::Null) => decoder.misfit(expected(ty), json),
        _ => decoder.value(ty, json),
    };
    Decoded {
        value,
        drift: decoder.drift,
    }
}

/// Whether two values are the same: whatever the order of members, nulls and empty lists in objects aside, and 1 being 1.0.
pub fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => same_number(*a, *b),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => within(a, b) && within(b, a),
        (
            Json::Null
            | Json::Bool(_)
            | Json::Number(_)
            | Json::String(_)
            | Json::Array(_)
            | Json::Object(_)
            | Json::Placeholder(_)
            | Json::Unknown,
            _,
        ) => a == b,
    }
}

fn within(a: &[(String, Json)], b: &[(String, Json)]) -> bool {
    let same_member = |(key, value): &(String, Json)| {
        let other = b.iter().find(|(other, _)| other == key).map(|(_, value)| value);
        match other {
            Some(other) => same(value, other) || is_nothing(value) && is_nothing(other),
            None => is_nothing(value),
        }
    };
    a.iter().all(same_member)
}

fn is_nothing(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Array(items) => items.is_empty(),
        Json::Bool(_)
        | Json::Number(_)
        | Json::String(_)
        | Json::Object(_)
        | Json::Placeholder(_)
        | Json::Unknown => false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "that is what the comparison is about")]
fn same_number(a: Number, b: Number) -> bool {
    let float = |number| match number {
        Number::I64(int) => int as f64,
        Number::U64(int) => int as f64,
        Number::F64(float) => float,
    };
    #[expect(clippy::float_cmp, reason = "both were read off the same text")]
    let equal = float(a) == float(b);
    match (a, b) {
        (Number::I64(a), Number::I64(b)) => a == b,
        (Number::U64(a), Number::U64(b)) => a == b,
        (Number::I64(_) | Number::U64(_) | Number::F64(_), _) => equal,
    }
}

struct Decoder<'a> {
    types: &'a Types,
    path: String,
    drift: Vec<Misfit>,
}

impl Decoder<'_> {
    fn value(&mut self, ty: &Type, json: &Json) -> Option<Json> {
        if *json == Json::Unknown {
            return Some(Json::Unknown);
        }
        match ty {
            Type::Value | Type::External(_) => Some(json.clone()),
            Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::Number | Type::String => {
                self.scalar(ty, json)
            }
            Type::Nullable(_) if *json == Json::Null => Some(Json::Null),
            // A whole that is another is nothing in the place of something.
            Type::Nullable(inner) if self.path.is_empty() => self.value(inner, json),
            Type::Nullable(inner) => self.value(inner, json).or(Some(Json::Null)),
            Type::List(_) if *json == Json::Null => Some(Json::Array(Vec::new())),
            Type::Map(_) if *json == Json::Null => Some(Json::Object(Vec::new())),
            Type::List(inner) => self.list(inner, json),
            Type::Map(inner) => self.map(inner, json),
            Type::Named(id) => self.named(*id, json),
            Type::File | Type::FileOrText => self.misfit(expected(ty), json),
        }
    }

    fn scalar(&mut self, ty: &Type, json: &Json) -> Option<Json> {
        let read = match json {
            Json::Placeholder(placeholder) => stands_for(*placeholder, ty).then(|| json.clone()),
            Json::Number(number) if holds(*number, ty) => Some(json.clone()),
            Json::Bool(_) if *ty == Type::Bool => Some(json.clone()),
            Json::String(_) if *ty == Type::String => Some(json.clone()),
            // The whole is of one kind only.
            Json::Number(_) if self.path.is_empty() && *ty == Type::String => None,
            Json::String(_) | Json::Bool(_) if self.path.is_empty() => None,
            Json::Null
            | Json::Bool(_)
            | Json::Number(_)
            | Json::String(_)
            | Json::Array(_)
            | Json::Object(_)
            | Json::Unknown => reading(ty, json),
        };
        read.or_else(|| self.misfit(expected(ty), json))
    }

    fn list(&mut self, inner: &Type, json: &Json) -> Option<Json> {
        if *json == Json::Placeholder(Placeholder::List) {
            return Some(json.clone());
        }
        let Json::Array(items) = json else {
            let before = self.drift.len();
            let lone = self.lone(inner, json).filter(|_| !self.path.is_empty());
            if lone.is_none() {
                self.drift.truncate(before);
            }
            return lone
                .map(|item| Json::Array(vec![item]))
                .or_else(|| self.misfit("a list", json));
        };
        let decoded = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| self.below(&format!("[{at}]"), inner, item));
        Some(Json::Array(decoded.collect()))
    }

    /// The only item of a list, where it stands without the list; an object must have a member that the item has.
    fn lone(&mut self, inner: &Type, json: &Json) -> Option<Json> {
        let types = self.types;
        match (inner, json) {
            (Type::Nullable(inner), _) => self.lone(inner, json),
            (Type::List(_), _) => None,
            (Type::Named(id), _) => match &types.get(*id).kind {
                TypeKind::Struct(fields) => {
                    let Json::Object(members) = json else {
                        return self.value(inner, json);
                    };
                    let known = |(key, _): &(String, Json)| fields.iter().any(|field| field.key == *key);
                    members.iter().any(known).then(|| self.value(inner, json))?
                }
                TypeKind::Union(union) => {
                    choice(types, union, json).and_then(|alternative| self.lone(&alternative.ty, json))
                }
                TypeKind::OpenEnum(_) => self.value(inner, json),
            },
            _ => self.value(inner, json),
        }
    }

    fn map(&mut self, inner: &Type, json: &Json) -> Option<Json> {
        if *json == Json::Placeholder(Placeholder::Object) {
            return Some(json.clone());
        }
        let Json::Object(members) = json else {
            return self.misfit("an object", json);
        };
        let decoded = members
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), self.below(&format!(".{key}"), inner, value)?)));
        Some(Json::Object(decoded.collect()))
    }

    fn named(&mut self, id: TypeId, json: &Json) -> Option<Json> {
        let types = self.types;
        match &types.get(id).kind {
            TypeKind::OpenEnum(_) => self.scalar(&Type::String, json),
            TypeKind::Union(union) => match choice(types, union, json) {
                Some(alternative) => self.value(&alternative.ty, json),
                None => Some(json.clone()),
            },
            TypeKind::Struct(_) if *json == Json::Placeholder(Placeholder::Object) => Some(json.clone()),
            TypeKind::Struct(fields) => self.object(fields, json),
        }
    }

    fn object(&mut self, fields: &[StructField], json: &Json) -> Option<Json> {
        let Json::Object(members) = json else {
            return self.misfit("an object", json);
        };
        let mut decoded = Vec::new();
        for (key, value) in members {
            let Some(field) = fields.iter().find(|field| field.key == *key && !field.is_rest) else {
                let rest = fields.iter().find(|field| field.is_rest);
                if let Some(Type::Map(inner)) = rest.map(|rest| &rest.ty) {
                    let value = self.below(&format!(".{key}"), inner, value);
                    decoded.extend(value.map(|value| (key.clone(), value)));
                }
                continue;
            };
            if *value != Json::Null || field.required {
                let value = self.below(&format!(".{key}"), &field.ty, value);
                decoded.extend(value.map(|value| (key.clone(), value)));
            }
        }
        let mut complete = true;
        for field in fields.iter().filter(|field| field.required) {
            complete &= decoded.iter().any(|(key, _)| *key == field.key);
            if !members.iter().any(|(key, _)| *key == field.key) {
                let path = format!("{}.{}", self.path, field.key);
                self.drift.push(Misfit {
                    path: path.trim_start_matches('.').to_owned(),
                    expected: expected(&field.ty),
                    found: "nothing",
                });
            }
        }
        complete.then_some(Json::Object(decoded))
    }

    fn below(&mut self, step: &str, ty: &Type, json: &Json) -> Option<Json> {
        let length = self.path.len();
        self.path.push_str(if length == 0 {
            step.trim_start_matches('.')
        } else {
            step
        });
        let value = self.value(ty, json);
        self.path.truncate(length);
        value
    }

    fn misfit(&mut self, expected: &'static str, json: &Json) -> Option<Json> {
        self.drift.push(Misfit {
            path: self.path.clone(),
            expected,
            found: found(json),
        });
        None
    }
}

/// What a value of another kind is as this type, where that is obvious: a number or a truth value as a text, and back.
fn reading(ty: &Type, json: &Json) -> Option<Json> {
    match (ty, json) {
        (Type::I64 | Type::U64, Json::Number(Number::F64(float))) => whole(*float)
            .filter(|number| holds(*number, ty))
            .map(Json::Number),
        (Type::I64 | Type::U64 | Type::F64 | Type::Number, Json::String(text)) => {
            let number = Number::from(&number(text)?);
            if holds(number, ty) {
                return Some(Json::Number(number));
            }
            reading(ty, &Json::Number(number))
        }
        (Type::Bool, Json::String(text)) => text.parse().ok().map(Json::Bool),
        (Type::String, Json::Bool(bool)) => Some(Json::String(bool.to_string())),
        (Type::String, Json::Number(number)) => Some(Json::String(match number {
            Number::I64(int) => int.to_string(),
            Number::U64(int) => int.to_string(),
            Number::F64(float) => format!("{float:?}"),
        })),
        _ => None,
    }
}

/// A number without a fraction as an integer; those that were rounded stay what they are.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn whole(float: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (float.fract() == 0.0 && float.abs() < EXACT).then_some(Number::I64(float as i64))
}

/// Whether the type takes this number, as `serde_json` hands it over.
fn holds(number: Number, ty: &Type) -> bool {
    match number {
        Number::I64(int) => {
            matches!(ty, Type::F64 | Type::Number | Type::I64) || *ty == Type::U64 && int >= 0
        }
        Number::U64(_) => matches!(ty, Type::F64 | Type::Number | Type::U64),
        Number::F64(_) => matches!(ty, Type::F64 | Type::Number),
    }
}

fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "a boolean",
        Type::I64 | Type::U64 => "an integer",
        Type::F64 | Type::Number => "a number",
        Type::String => "a string",
        Type::List(_) => "a list",
        Type::Map(_) | Type::Named(_) => "an object",
        Type::Value | Type::Nullable(_) | Type::External(_) => "a value",
        Type::File => "a file",
        Type::FileOrText => "a file or text",
    }
}

fn found(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) | Json::Placeholder(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
        Json::Unknown => "a variable",
    }
}
