//! Unions as Rust has them: enums whose variants hold a value, and what tells them apart.

use super::{Alternative, Codec, Ty, Union, codecs, ty};
use crate::ir;
use crate::rust::comments::alternatives;
use crate::rust::name::{Case, Scope};
use crate::rust::names::Names;

/// A union, in the module that it lives in. What is of no one kind, and what another alternative holds already, is no alternative.
pub(super) fn union(names: &Names<'_>, id: ir::TypeId, def: &ir::TypeDef, union: &ir::Union) -> Union {
    let module = names.home(id).module;
    let mut scope = Scope::reserving(Case::Camel, &["Other"], "Value");
    let mut alternatives: Vec<Alternative> = Vec::new();
    for alternative in &union.alternatives {
        let Some(kind) = names.types.kind_of(&alternative.ty) else {
            continue;
        };
        let ty = ty(names, module, &alternative.ty);
        let ty = if alternative.boxed {
            Ty::Boxed(Box::new(ty))
        } else {
            ty
        };
        if let Some(same) = alternatives.iter_mut().find(|same| same.ty == ty) {
            same.tagged.extend(alternative.tagged.iter().cloned());
            continue;
        }
        let (requires, knows) = if by_members(names.types, union, kind, alternative) {
            keys(names.types.fields(&alternative.ty))
        } else {
            Default::default()
        };
        alternatives.push(Alternative {
            ident: scope.claim_text(&name(alternative, kind), "Value"),
            docs: alternatives::alternative(union.tag.as_deref(), alternative, kind, &requires),
            ty,
            kind,
            tagged: alternative.tagged.clone(),
            requires,
            knows,
        });
    }
    Union {
        tag: union.tag.clone(),
        alternatives,
        is_sent: codecs(names, id, def).contains(&Codec::Sent),
    }
}

/// What its author calls it, what its tag says, or what kind of value it is.
fn name(alternative: &ir::Alternative, kind: ir::JsonKind) -> String {
    let given = alternative.name.as_ref().or(alternative.tagged.first());
    given.cloned().unwrap_or_else(|| {
        let kind = match kind {
            ir::JsonKind::Bool => "Bool",
            ir::JsonKind::Number => "Number",
            ir::JsonKind::Text => "Text",
            ir::JsonKind::List => "List",
            ir::JsonKind::Object => "Object",
        };
        kind.to_owned()
    })
}

/// Whether only its members tell an object from others.
fn by_members(
    types: &ir::Types,
    union: &ir::Union,
    kind: ir::JsonKind,
    alternative: &ir::Alternative,
) -> bool {
    let is_like_it = |other: &&ir::Alternative| {
        other.tagged.is_empty() && types.kind_of(&other.ty) == Some(ir::JsonKind::Object)
    };
    kind == ir::JsonKind::Object
        && alternative.tagged.is_empty()
        && union.alternatives.iter().filter(is_like_it).count() > 1
}

/// The keys that must be there, and the others.
fn keys(fields: &[ir::StructField]) -> (Vec<String>, Vec<String>) {
    let (required, other): (Vec<_>, Vec<_>) = fields
        .iter()
        .filter(|field| !field.is_rest)
        .partition(|field| field.required);
    let keys = |fields: Vec<&ir::StructField>| fields.into_iter().map(|field| field.key.clone()).collect();
    (keys(required), keys(other))
}
