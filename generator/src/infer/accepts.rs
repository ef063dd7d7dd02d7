//! What generated code makes of a value: an interpreter of types.
//!
//! In: a type and a [`Json`] value. Out: the value as the generated type would write it back, and what did not fit, as
//! `response.drift()` would list it. It follows the runtime's tolerant decoding: a misfit becomes nothing, and the rest stays.
//! A stand-in (`"<integer>"`) fits what it stands for, and an unknown value fits anything.

use super::json::{Json, Number};
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
    let value = decoder.value(ty, json).or_else(|| absent(types, ty));
    Decoded {
        value,
        drift: decoder.drift,
    }
}

/// The value of a whole that does not fit, for types that have one.
fn absent(types: &Types, ty: &Type) -> Option<Json> {
    match ty {
        Type::Value | Type::Nullable(_) => Some(Json::Null),
        Type::List(_) => Some(Json::Array(Vec::new())),
        Type::Map(_) => Some(Json::Object(Vec::new())),
        Type::Named(id) => match types.get(*id).kind {
            TypeKind::Struct(_) => Some(Json::Object(Vec::new())),
            TypeKind::OpenEnum(_) => None,
        },
        Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::String | Type::External(_) => None,
        Type::File | Type::FileOrText => None,
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
            Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::String => self.scalar(ty, json),
            Type::Nullable(_) if *json == Json::Null => Some(Json::Null),
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
        let stands_for = match json {
            Json::Placeholder(placeholder) => stands_for(*placeholder, ty),
            Json::Number(number) => holds(*number, ty),
            Json::Bool(_) => *ty == Type::Bool,
            Json::String(_) => *ty == Type::String,
            Json::Null | Json::Array(_) | Json::Object(_) | Json::Unknown => false,
        };
        if stands_for {
            Some(json.clone())
        } else {
            self.misfit(expected(ty), json)
        }
    }

    fn list(&mut self, inner: &Type, json: &Json) -> Option<Json> {
        if *json == Json::Placeholder(Placeholder::List) {
            return Some(json.clone());
        }
        let Json::Array(items) = json else {
            return self.misfit("a list", json);
        };
        let decoded = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| self.below(&format!("[{at}]"), inner, item));
        Some(Json::Array(decoded.collect()))
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
            TypeKind::Struct(_) if *json == Json::Placeholder(Placeholder::Object) => Some(json.clone()),
            TypeKind::Struct(fields) => self.object(fields, json),
        }
    }

    fn object(&mut self, fields: &[StructField], json: &Json) -> Option<Json> {
        let Json::Object(members) = json else {
            return self.misfit("an object", json);
        };
        let field = |(key, value): &(String, Json)| {
            let field = fields.iter().find(|field| field.key == *key)?;
            if *value == Json::Null {
                return None;
            }
            Some((key.clone(), self.below(&format!(".{key}"), &field.ty, value)?))
        };
        Some(Json::Object(members.iter().filter_map(field).collect()))
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

fn stands_for(placeholder: Placeholder, ty: &Type) -> bool {
    match placeholder {
        Placeholder::Bool => *ty == Type::Bool,
        Placeholder::Integer => matches!(ty, Type::I64 | Type::U64 | Type::F64),
        Placeholder::Number => *ty == Type::F64,
        Placeholder::Text | Placeholder::DateTime => *ty == Type::String,
        Placeholder::List | Placeholder::Object | Placeholder::Any => false,
    }
}

/// Whether the type takes this number, as `serde_json` hands it over.
fn holds(number: Number, ty: &Type) -> bool {
    match number {
        Number::I64(int) => matches!(ty, Type::F64 | Type::I64) || *ty == Type::U64 && int >= 0,
        Number::U64(_) => matches!(ty, Type::F64 | Type::U64),
        Number::F64(_) => *ty == Type::F64,
    }
}

fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "a boolean",
        Type::I64 | Type::U64 => "an integer",
        Type::F64 => "a number",
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
