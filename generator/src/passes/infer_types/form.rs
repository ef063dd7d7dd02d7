//! The structs of forms, and open enums: types that are not made of JSON.
//!
//! In: the entries of an urlencoded or multipart body. Out: a struct with a field for each key, typed by its values: files,
//! numbers, truth values, text of which the description names the allowed values; several entries of one key are a list, of
//! files and texts if there are both.

use std::collections::BTreeMap;

use super::Cx;
use crate::infer::prose::{Allowed, allowed_values};
use crate::infer::scalar::{self, scalar};
use crate::infer::table::{Direction, mark};
use crate::ir::types::EnumValue;
use crate::ir::{
    Docs, Evidence, Field, FieldContent, Origin, Role, StructField, Type, TypeDef, TypeId, TypeKind,
};

/// Forms and enums by what they look like: the same ones are one type.
#[derive(Debug, Default)]
pub(super) struct Named(BTreeMap<String, TypeId>);

/// The struct of a form; `None` without fields.
pub(super) fn infer_form(cx: &mut Cx<'_>, fields: &[Field], origin: &Origin) -> Option<Type> {
    let mut members: Vec<StructField> = Vec::new();
    let mut positions = BTreeMap::new();
    for field in fields {
        let Some(key) = &field.key else {
            continue;
        };
        let ty = field_type(cx, key, field, origin);
        let known = positions.get(key).and_then(|at: &usize| members.get_mut(*at));
        if let Some(member) = known {
            repeat(member, ty, field);
        } else {
            positions.insert(key.clone(), members.len());
            members.push(member(key.clone(), ty, field));
        }
    }
    if members.is_empty() {
        return None;
    }
    let spelled = members
        .iter()
        .map(|member| (&member.key, &member.ty, member.required, &member.docs.text));
    let signature = format!("form {:?}", spelled.collect::<Vec<_>>());
    let ty = Type::Named(cx.define(signature, TypeKind::Struct(members), origin));
    mark(cx.types, &ty, Direction::Sent);
    Some(ty)
}

/// The open enum of the values that a description allows.
pub(super) fn infer_enum(
    cx: &mut Cx<'_>,
    name: &str,
    docs: &Docs,
    saved: Option<&str>,
    origin: &Origin,
) -> Option<Type> {
    let allowed = allowed_values(&docs.text, saved);
    if allowed.is_empty() {
        return None;
    }
    let signature = format!("enum {name:?} {allowed:?}");
    let value = |Allowed { text, meaning }| EnumValue {
        text,
        docs: Docs::new(meaning),
        name: None,
    };
    let kind = TypeKind::OpenEnum(allowed.into_iter().map(value).collect());
    let ty = Type::Named(cx.define(signature, kind, origin));
    mark(cx.types, &ty, Direction::Sent);
    Some(ty)
}

impl Cx<'_> {
    fn define(&mut self, signature: String, kind: TypeKind, origin: &Origin) -> TypeId {
        // A whole form has a saved value of its own, as every whole body has.
        let is_form = origin.path.is_empty() && origin.role == Role::Body;
        if let Some(id) = self.named.0.get(&signature).filter(|_| !is_form) {
            return *id;
        }
        let id = self.types.add(TypeDef {
            origin: origin.clone(),
            kind,
            docs: Docs::default(),
            sent: false,
            received: false,
            name: None,
            declared: None,
            is_declared: false,
            is_closed: false,
            example: None,
        });
        self.named.0.insert(signature, id);
        id
    }
}

fn field_type(cx: &mut Cx<'_>, key: &str, field: &Field, origin: &Origin) -> Type {
    match &field.content {
        FieldContent::Files { src, .. } if src.len() > 1 => Type::List(Box::new(Type::File)),
        FieldContent::Files { .. } | FieldContent::Inline { .. } => Type::File,
        FieldContent::Text(text) => {
            let mut origin = origin.clone();
            origin.path.push(key.to_owned());
            infer_enum(cx, key, &field.docs, Some(text), &origin).unwrap_or_else(|| scalar(text))
        }
    }
}

fn member(key: String, ty: Type, field: &Field) -> StructField {
    StructField {
        in_form: None,
        example: None,
        key,
        ty,
        boxed: false,
        nullable: false,
        required: field.required,
        docs: field.docs.clone(),
        evidence: Evidence::default(),
        name: None,
        is_rest: false,
    }
}

/// One more entry of a key: a list of what fits all of them.
fn repeat(member: &mut StructField, ty: Type, field: &Field) {
    let own = std::mem::replace(&mut member.ty, Type::Value);
    let joined = match (item(own), item(ty)) {
        (Type::File, Type::File) => Type::File,
        (Type::File | Type::FileOrText, _) | (_, Type::File) => Type::FileOrText,
        (own, ty) => scalar::join(own, ty),
    };
    member.ty = Type::List(Box::new(joined));
    member.required |= field.required;
    if member.docs.is_empty() {
        member.docs = field.docs.clone();
    }
}

fn item(ty: Type) -> Type {
    match ty {
        Type::List(item) => *item,
        other => other,
    }
}
