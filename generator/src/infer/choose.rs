//! Which alternative of a union a value is, as generated code chooses.
//!
//! In: a union and a [`Json`] value. Out: the alternative, if it is one. It follows the runtime's choice: by what stands there, never
//! by what reads it first.

use super::json::{Json, Number};
use super::placeholder::Placeholder;
use crate::ir::{Alternative, JsonKind, StructField, Type, Types, Union};

/// The alternative that a value is: by the tag, by kind, and of several objects by their members. A stand-in is what can stand
/// for it, and where none can, it is a text.
pub fn choice<'t>(types: &Types, union: &'t Union, json: &Json) -> Option<&'t Alternative> {
    let of_kind = |kind| {
        let own = move |alternative: &&Alternative| types.kind_of(&alternative.ty) == Some(kind);
        union.alternatives.iter().filter(own)
    };
    let kind = match json {
        Json::Bool(_) => JsonKind::Bool,
        Json::Number(_) => JsonKind::Number,
        Json::String(_) => JsonKind::Text,
        Json::Array(_) => JsonKind::List,
        Json::Object(members) => {
            let tag = union.tag.as_ref();
            let said = tag.and_then(|tag| members.iter().find(|(key, _)| key == tag));
            let said = said.and_then(|(_, value)| text_of(value));
            let tagged = said.and_then(|said| {
                of_kind(JsonKind::Object).find(|alternative| alternative.tagged.contains(&said))
            });
            return tagged.or_else(|| by_members(types, of_kind(JsonKind::Object), members));
        }
        Json::Placeholder(placeholder) => {
            let stands = |alternative: &&Alternative| stands_for(*placeholder, &alternative.ty);
            let stands = union.alternatives.iter().find(stands);
            return stands.or_else(|| of_kind(JsonKind::Text).next());
        }
        Json::Null | Json::Unknown => return None,
    };
    of_kind(kind).find(|alternative| alternative.tagged.is_empty())
}

/// Of several objects the one that lacks nothing and knows the most of the members, the first of equals.
fn by_members<'t>(
    types: &Types,
    alternatives: impl Iterator<Item = &'t Alternative>,
    members: &[(String, Json)],
) -> Option<&'t Alternative> {
    let has = |field: &&StructField| !field.is_rest && members.iter().any(|(key, _)| *key == field.key);
    let known = |alternative: &'t Alternative| {
        let fields = types.fields(&alternative.ty);
        let complete = fields
            .iter()
            .filter(|field| field.required)
            .all(|field| has(&field));
        complete.then(|| (alternative, fields.iter().filter(has).count()))
    };
    alternatives
        .filter(|alternative| alternative.tagged.is_empty())
        .filter_map(known)
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
        .map(|(alternative, _)| alternative)
}

/// What a tag says; numbers and truth values are compared as text.
fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Number(Number::I64(int)) => Some(int.to_string()),
        Json::Number(Number::U64(int)) => Some(int.to_string()),
        Json::Number(Number::F64(float)) => Some(float.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) | Json::Placeholder(_) | Json::Unknown => None,
    }
}

/// Whether a stand-in can stand for a value of a type.
pub fn stands_for(placeholder: Placeholder, ty: &Type) -> bool {
    match placeholder {
        Placeholder::Bool => matches!(ty, Type::Bool | Type::String),
        Placeholder::Integer => matches!(
            ty,
            Type::I64 | Type::U64 | Type::F64 | Type::Number | Type::String
        ),
        Placeholder::Number => matches!(ty, Type::F64 | Type::Number | Type::String),
        Placeholder::Text | Placeholder::DateTime => *ty == Type::String,
        Placeholder::List | Placeholder::Object | Placeholder::Any => false,
    }
}
