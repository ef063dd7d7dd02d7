//! Which alternative of a union a value is, as generated code chooses.
//!
//! In: a union and a [`Json`] value. Out: the alternative, if it is one. It follows the runtime's choice: by what stands there, never
//! by what reads it first.

use super::json::{Json, Number};
use super::placeholder::Placeholder;
use crate::ir::{Alternative, JsonKind, StructField, Type, TypeKind, Types, Union};

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
            let said = union.tag.as_ref().and_then(|_| {
                let mut way = union.way_to_tag();
                way.try_fold(json, |value, name| member(value, name))
            });
            let said = said.and_then(text_of);
            let tagged = said.and_then(|said| {
                of_kind(JsonKind::Object).find(|alternative| alternative.tagged.contains(&said))
            });
            return tagged.or_else(|| by_members(types, of_kind(JsonKind::Object), members, json));
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

fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    let Json::Object(members) = json else { return None };
    members
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// Of several objects the one that lacks nothing and knows the most of the members; of equals the first that all of them fit.
fn by_members<'t>(
    types: &Types,
    alternatives: impl Iterator<Item = &'t Alternative>,
    members: &[(String, Json)],
    json: &Json,
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
    let complete = alternatives
        .filter(|alternative| alternative.tagged.is_empty())
        .filter_map(known);
    let complete: Vec<_> = complete.collect();
    let most = complete.iter().map(|(_, known)| *known).max()?;
    let best = complete.into_iter().filter(|(_, known)| *known == most);
    let best: Vec<&Alternative> = best.map(|(alternative, _)| alternative).collect();
    let fitting = best
        .iter()
        .take(MOST_TRIED)
        .find(|own| best.len() > 1 && fits(types, &own.ty, json, 0));
    fitting.or(best.first()).copied()
}

/// So many that know the same members are tried, as the runtime does, and so deep in one another.
const MOST_TRIED: usize = 8;
const MOST_DEPTH: usize = 24;

/// Whether a value is of a type as it stands, without any other reading.
fn fits(types: &Types, ty: &Type, json: &Json, depth: usize) -> bool {
    if depth > MOST_DEPTH {
        return true;
    }
    let depth = depth + 1;
    match (ty, json) {
        (_, Json::Placeholder(_) | Json::Unknown) | (Type::Value | Type::External(_), _) => true,
        (Type::Nullable(_), Json::Null) => true,
        (Type::Nullable(inner), _) => fits(types, inner, json, depth),
        (Type::Bool, _) => matches!(json, Json::Bool(_)),
        (Type::I64 | Type::U64, _) => matches!(json, Json::Number(Number::I64(_) | Number::U64(_))),
        (Type::F64 | Type::Number, _) => matches!(json, Json::Number(_)),
        (Type::String, _) => matches!(json, Json::String(_)),
        (Type::List(inner), Json::Array(items)) => items.iter().all(|item| fits(types, inner, item, depth)),
        (Type::Map(inner), Json::Object(members)) => {
            members.iter().all(|(_, value)| fits(types, inner, value, depth))
        }
        (Type::Named(id), _) => match (&types.get(*id).kind, json) {
            (TypeKind::OpenEnum(_), _) => matches!(json, Json::String(_)),
            (TypeKind::Struct(fields), Json::Object(members)) => fields.iter().all(|field| {
                let value = members
                    .iter()
                    .find(|(key, _)| *key == field.key && !field.is_rest);
                match value {
                    Some((_, Json::Null)) => !field.required || fits(types, &field.ty, &Json::Null, depth),
                    Some((_, value)) => fits(types, &field.ty, value, depth),
                    None => !field.required,
                }
            }),
            (TypeKind::Struct(_), _) => false,
            (TypeKind::Union(union), _) => {
                choice(types, union, json).is_none_or(|own| fits(types, &own.ty, json, depth))
            }
        },
        (Type::List(_) | Type::Map(_) | Type::File | Type::FileOrText, _) => false,
    }
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
