//! Puts parts of large types on the heap.
//!
//! In: types. Out: the same, none of which takes more than a few kilobytes where it stands: the largest parts of those that would are
//! boxed. Types that hold each other by value multiply: the customer of one large API took 312 kB, more than a thread has to spare for
//! the copies that are made on the way to a caller.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, StructField, Type, TypeId, TypeKind, Types};

/// The most bytes of a type where it stands.
const MOST: usize = 2048;

/// Parts that take no more are never boxed.
const SMALL: usize = 128;

/// A pointer.
const POINTER: usize = 8;

/// Boxes what is too large.
pub fn box_large(api: &mut Api, _: &Config, _: &mut Sink) {
    let mut sizes = Sizes {
        types: &api.types,
        known: BTreeMap::new(),
        boxed: Vec::new(),
    };
    for (id, _) in api.types.iter() {
        sizes.of_named(id);
    }
    for (id, index) in sizes.boxed {
        match &mut api.types.get_mut(id).kind {
            TypeKind::Struct(fields) => {
                if let Some(field) = fields.get_mut(index) {
                    field.boxed = true;
                }
            }
            TypeKind::Union(union) => {
                if let Some(alternative) = union.alternatives.get_mut(index) {
                    alternative.boxed = true;
                }
            }
            TypeKind::OpenEnum(_) => {}
        }
    }
}

/// What types take, in bytes, about.
struct Sizes<'a> {
    types: &'a Types,
    known: BTreeMap<TypeId, usize>,
    /// Parts that are to be boxed, by their place in their type.
    boxed: Vec<(TypeId, usize)>,
}

impl Sizes<'_> {
    fn of(&mut self, ty: &Type) -> usize {
        match ty {
            Type::Bool => 1,
            Type::I64 | Type::U64 | Type::F64 => 16,
            Type::String | Type::Number | Type::List(_) | Type::Map(_) => 24,
            Type::Value | Type::External(_) => 32,
            Type::File | Type::FileOrText => 80,
            Type::Nullable(inner) => self.of(inner),
            Type::Named(id) => self.of_named(*id),
        }
    }

    fn of_named(&mut self, id: TypeId) -> usize {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        // What holds itself is boxed somewhere on the way.
        self.known.insert(id, 0);
        let size = match &self.types.get(id).kind {
            TypeKind::OpenEnum(_) => 24,
            TypeKind::Struct(fields) => {
                let parts = fields.iter().map(|field| self.of_field(field)).collect();
                self.bounded(id, fields, parts)
            }
            TypeKind::Union(union) => {
                let mut largest = 32;
                for (index, alternative) in union.alternatives.iter().enumerate() {
                    let size = if alternative.boxed {
                        POINTER
                    } else {
                        self.of(&alternative.ty)
                    };
                    let is_large = size > MOST / 2 && matches!(alternative.ty, Type::Named(_));
                    self.boxed.extend(is_large.then_some((id, index)));
                    largest = largest.max(if is_large { POINTER } else { size });
                }
                largest + POINTER
            }
        };
        self.known.insert(id, size);
        size
    }

    fn of_field(&mut self, field: &StructField) -> usize {
        if field.boxed { POINTER } else { self.of(&field.ty) }
    }

    /// The size of a struct of these parts, of which the largest are boxed as long as all together are too much.
    fn bounded(&mut self, id: TypeId, fields: &[StructField], mut parts: Vec<usize>) -> usize {
        let mut size: usize = parts.iter().sum();
        while size > MOST {
            let can_be_boxed = |(index, part): &(usize, &usize)| {
                let field = fields.get(*index);
                **part > SMALL && field.is_some_and(|field| matches!(field.ty, Type::Named(_)))
            };
            let largest = parts
                .iter()
                .enumerate()
                .filter(can_be_boxed)
                .max_by_key(|(_, part)| **part);
            let Some((index, part)) = largest.map(|(index, part)| (index, *part)) else {
                break;
            };
            self.boxed.push((id, index));
            size -= part - POINTER;
            if let Some(part) = parts.get_mut(index) {
                *part = POINTER;
            }
        }
        size
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Alternative, Docs, OperationId, Origin, Role, TypeDef, Union};

    fn def(kind: TypeKind) -> TypeDef {
        TypeDef {
            origin: Origin {
                operation: OperationId::default(),
                operation_name: String::new(),
                role: Role::Result(200.into()),
                path: Vec::new(),
            },
            kind,
            docs: Docs::default(),
            sent: false,
            received: true,
            name: None,
            declared: None,
            is_declared: true,
            is_closed: false,
            example: None,
        }
    }

    fn struct_of(types: impl IntoIterator<Item = Type>) -> TypeKind {
        let field = |(index, ty): (usize, Type)| StructField {
            key: format!("f{index}"),
            ty,
            ..StructField::default()
        };
        TypeKind::Struct(types.into_iter().enumerate().map(field).collect())
    }

    /// Each level holds the one below three times, and a union of it: by value the last would take gigabytes.
    #[test]
    fn no_type_grows_beyond_the_bound() {
        let mut api = Api::default();
        let mut below = Type::Named(api.types.add(def(struct_of(vec![Type::String; 20]))));
        for _ in 0..20 {
            let alternatives = [below.clone(), Type::String].map(|ty| Alternative {
                ty,
                boxed: false,
                tagged: Vec::new(),
                docs: Docs::default(),
                name: None,
            });
            let union = Union {
                tag: None,
                alternatives: alternatives.into(),
            };
            let union = Type::Named(api.types.add(def(TypeKind::Union(union))));
            let parts = [below.clone(), below.clone(), below, union];
            below = Type::Named(api.types.add(def(struct_of(parts))));
        }
        box_large(&mut api, &Config::default(), &mut Sink::default());
        let mut sizes = Sizes {
            types: &api.types,
            known: BTreeMap::new(),
            boxed: Vec::new(),
        };
        let largest = api.types.iter().map(|(id, _)| sizes.of_named(id)).max();
        assert!(largest.is_some_and(|size| size <= MOST), "{largest:?}");
        assert_eq!(sizes.boxed, []);
        // What is small stays where it is.
        let is_boxed = |id: usize| {
            api.types
                .fields(&Type::Named(TypeId(id)))
                .iter()
                .any(|field| field.boxed)
        };
        assert!(!is_boxed(2) && is_boxed(4));
    }
}
