//! How types are sent: as whole forms, as parts of JSON bodies.
//!
//! In: operations. Out: which types need which codec; a form's struct is never written as JSON unless it is a body too.

use std::collections::BTreeSet;

use crate::ir;

/// How types are sent.
#[derive(Debug, Default)]
pub struct Uses {
    forms: BTreeSet<ir::TypeId>,
    sent_as_json: BTreeSet<ir::TypeId>,
}

impl Uses {
    /// Whether a type is a whole form.
    pub fn is_form(&self, id: ir::TypeId) -> bool {
        self.forms.contains(&id)
    }

    /// Whether a type is part of a JSON body.
    pub fn is_sent_as_json(&self, id: ir::TypeId) -> bool {
        self.sent_as_json.contains(&id)
    }

    /// Notes how an operation sends types.
    pub fn note(&mut self, types: &ir::Types, operation: &ir::Operation) {
        match &operation.body {
            ir::Body::UrlEncoded { ty, .. } | ir::Body::FormData { ty, .. } => {
                if let Some(ir::Type::Named(id)) = ty {
                    self.forms.insert(*id);
                    // What stands in a form is written like JSON, and alternatives of unions are read as well.
                    types
                        .fields(&ir::Type::Named(*id))
                        .iter()
                        .for_each(|field| self.note_json(types, &field.ty));
                }
            }
            ir::Body::Raw(ir::Raw {
                content: ir::RawContent::Json(ty),
                ..
            }) => self.note_json(types, ty),
            ir::Body::GraphQl(graphql) => graphql.ty.iter().for_each(|ty| self.note_json(types, ty)),
            ir::Body::None | ir::Body::Raw(_) | ir::Body::File { .. } => {}
        }
    }

    /// Notes that a type and all it holds are written as JSON.
    fn note_json(&mut self, types: &ir::Types, ty: &ir::Type) {
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            match ty {
                ir::Type::List(inner) | ir::Type::Map(inner) | ir::Type::Nullable(inner) => open.push(inner),
                ir::Type::Named(id) if self.sent_as_json.insert(*id) => match &types.get(*id).kind {
                    ir::TypeKind::Struct(fields) => open.extend(fields.iter().map(|field| &field.ty)),
                    ir::TypeKind::Union(union) => {
                        open.extend(union.alternatives.iter().map(|alternative| &alternative.ty));
                    }
                    ir::TypeKind::OpenEnum(_) => {}
                },
                ir::Type::Named(_) | ir::Type::External(_) | ir::Type::Value | ir::Type::Number => {}
                ir::Type::File | ir::Type::FileOrText => {}
                ir::Type::Bool | ir::Type::I64 | ir::Type::U64 | ir::Type::F64 | ir::Type::String => {}
            }
        }
    }
}
