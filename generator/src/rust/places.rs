//! Where types stand in operations: the keys that lead down to them.
//!
//! In: an operation, and the model's types. Out: its types with their places, or the type at a place. A place depends on nothing but the
//! operation that it is of, so that it stays what it is when others are added.

use std::collections::BTreeSet;

use crate::config::overrides::parse_path;
use crate::ir::{self, JsonKind, Type, TypeId, TypeKind, Types};

/// The one type that was declared under a name.
pub fn declared(types: &Types, name: &str) -> Option<TypeId> {
    let is_it = |(_, def): &(TypeId, &ir::TypeDef)| {
        def.declared.as_deref() == Some(name) && (def.sent || def.received)
    };
    let mut found = types.iter().filter(is_it);
    let first = found.next()?;
    found.next().is_none().then_some(first.0)
}

/// What of an operation has types, with what it is called: `param id`, `body`, `200`.
pub fn roots(operation: &ir::Operation) -> Vec<(String, &Type)> {
    let mut roots: Vec<(String, &Type)> = Vec::new();
    for param in &operation.params {
        roots.push((format!("param {}", param.name), &param.ty));
    }
    let body = match &operation.body {
        ir::Body::Raw(raw) => match &raw.content {
            ir::RawContent::Json(ty) => Some(ty),
            ir::RawContent::Text => None,
        },
        ir::Body::UrlEncoded { ty, .. } | ir::Body::FormData { ty, .. } => ty.as_ref(),
        ir::Body::GraphQl(graphql) => graphql.ty.as_ref(),
        ir::Body::None | ir::Body::File { .. } => None,
    };
    roots.extend(body.map(|ty| ("body".to_owned(), ty)));
    for outcome in operation.results.iter().chain(&operation.errors) {
        match &outcome.body {
            ir::BodyType::Json(ty) | ir::BodyType::JsonInString(ty) => {
                roots.push((outcome.status.to_string(), ty));
            }
            ir::BodyType::Empty | ir::BodyType::Text | ir::BodyType::Bytes | ir::BodyType::Unknown => {}
        }
    }
    roots
}

/// The type at a place.
pub fn find(types: &Types, operation: &ir::Operation, role: &str, path: &str) -> Option<TypeId> {
    let (_, root) = roots(operation).into_iter().find(|(name, _)| name == role)?;
    let mut ty = root;
    for step in parse_path(path) {
        let (_, inner) = steps(types, ty).into_iter().find(|(own, _)| *own == step)?;
        ty = inner;
    }
    match without_null(ty) {
        Type::Named(id) => Some(*id),
        Type::Value
        | Type::Bool
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Number
        | Type::String
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::File
        | Type::FileOrText
        | Type::External(_) => None,
    }
}

/// All types of an operation that were not seen yet, with role and path.
pub fn all(
    types: &Types,
    operation: &ir::Operation,
    seen: &mut BTreeSet<TypeId>,
) -> Vec<(TypeId, String, String)> {
    let mut found = Vec::new();
    for (role, root) in roots(operation) {
        let mut open: Vec<(&Type, Vec<String>)> = vec![(root, Vec::new())];
        while let Some((ty, path)) = open.pop() {
            if let Type::Named(id) = without_null(ty) {
                if !seen.insert(*id) {
                    continue;
                }
                let text = written(&path);
                // A key that cannot be written leads nowhere, and one of two that are alike elsewhere.
                if find(types, operation, &role, &text) == Some(*id) {
                    found.push((*id, role.clone(), text));
                }
            }
            let inner = steps(types, ty).into_iter().rev();
            open.extend(inner.map(|(step, inner)| (inner, [path.clone(), vec![step]].concat())));
        }
    }
    found
}

fn written(path: &[String]) -> String {
    let mut text = String::new();
    for step in path {
        if step == "[]" {
            text.push_str("[]");
            continue;
        }
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(&step.replace('.', "\\."));
    }
    text
}

/// The steps that lead on from a type.
fn steps<'a>(types: &'a Types, ty: &'a Type) -> Vec<(String, &'a Type)> {
    match without_null(ty) {
        Type::List(inner) => vec![("[]".to_owned(), inner.as_ref())],
        Type::Map(inner) => vec![("{}".to_owned(), inner.as_ref())],
        Type::Named(id) => match &types.get(*id).kind {
            TypeKind::Struct(fields) => fields
                .iter()
                .map(|field| (field.key.clone(), &field.ty))
                .collect(),
            TypeKind::Union(union) => {
                let mut labels: Vec<String> = Vec::new();
                let step = |alternative: &'a ir::Alternative| {
                    let label = label(types, alternative);
                    labels.push(label.clone());
                    let nth = labels.iter().filter(|known| **known == label).count();
                    let number = if nth > 1 { nth.to_string() } else { String::new() };
                    (ir::alternative_step(&(label + &number)), &alternative.ty)
                };
                union.alternatives.iter().map(step).collect()
            }
            TypeKind::OpenEnum(_) => Vec::new(),
        },
        Type::Value
        | Type::Bool
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Number
        | Type::String
        | Type::Nullable(_)
        | Type::File
        | Type::FileOrText
        | Type::External(_) => Vec::new(),
    }
}

/// What tells an alternative: its tag, the name that its author gave it or its type, or what kind it is.
fn label(types: &Types, alternative: &ir::Alternative) -> String {
    let declared = alternative
        .ty
        .named()
        .and_then(|id| types.get(id).declared.as_ref());
    let said = alternative
        .tagged
        .first()
        .or(alternative.name.as_ref())
        .or(declared);
    said.cloned().unwrap_or_else(|| kind(types, &alternative.ty))
}

/// What kind of JSON a type is, in a word.
fn kind(types: &Types, ty: &Type) -> String {
    let kind = types.kind_of(ty);
    let name = kind.map_or("any", |kind| match kind {
        JsonKind::Bool => "bool",
        JsonKind::Number => "number",
        JsonKind::Text => "text",
        JsonKind::List => "list",
        JsonKind::Object => "object",
    });
    name.to_owned()
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => without_null(inner),
        other => other,
    }
}
