//! One member of a struct, as another module spells its type.
//!
//! In: a struct and a key. Out: the field's name, its type in Rust and in the neutral model.

use super::{Case, Ident, Names, Scope, Ty, field_ident, field_ty};
use crate::ir;

/// The member of this key, if the type is a struct that has one.
pub(crate) fn member<'a>(
    names: &Names<'a>,
    module: usize,
    id: ir::TypeId,
    key: &str,
) -> Option<(Ident, Ty, &'a ir::Type)> {
    let def = names.def(id);
    let fields = match &def.kind {
        ir::TypeKind::Struct(fields) => fields,
        ir::TypeKind::OpenEnum(_) | ir::TypeKind::Union(_) => return None,
    };
    let mut scope = Scope::new(Case::Snake);
    let mut named = fields.iter().map(|field| (field_ident(&mut scope, field), field));
    let (ident, field) = named.find(|(_, field)| field.key == key && !field.is_rest)?;
    Some((ident, field_ty(names, module, def, field).0, &field.ty))
}
