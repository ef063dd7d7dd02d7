//! Objects with members that are declared.
//!
//! In: what a schema says. Out: a struct of the members, in order, and of a map for all others where there may be some.

use super::document::At;
use super::view::View;
use super::{Schemas, Site, Typed, Way, documented, shown};
use crate::ir::{Docs, Evidence, StructField, Type, TypeKind};

/// Fields for what must be there and is declared nowhere: any JSON. Of a part that others belong to nothing is known.
fn undeclared(view: &View<'_>) -> Vec<StructField> {
    let is_declared = |key: &str| view.properties.iter().any(|(own, _)| *own == key);
    let keys = view.required.iter().filter(|key| !is_declared(key));
    let any = |key: &&str| StructField {
        key: (*key).to_owned(),
        ..StructField::default()
    };
    let is_part = view.alternatives.iter().any(super::view::says_something);
    keys.filter(|_| !is_part).map(any).collect()
}

impl<'a> Schemas<'a, '_> {
    /// A struct of these members, which is the type of a place if it is told which.
    pub(super) fn strukt(&mut self, view: &View<'a>, pointer: Option<&str>, site: &Site) -> Type {
        let id = self.reserve(view, site);
        let ty = Type::Named(id);
        if let Some(pointer) = pointer {
            let typed = Typed {
                ty: ty.clone(),
                nullable: view.nullable,
            };
            self.made.insert(pointer.to_owned(), typed);
        }
        self.open.insert(id);
        let properties = view.properties.iter().enumerate();
        let fields = properties.map(|(index, (key, at))| {
            let part = View::of(self.document, at);
            if part.read_only {
                self.one_way.push((id, index, Way::Received));
            } else if part.write_only {
                self.one_way.push((id, index, Way::Sent));
            }
            let text = at.text("description").map_or_else(
                || {
                    if at.value.get("$ref").is_some() {
                        String::new()
                    } else {
                        part.text.clone()
                    }
                },
                str::to_owned,
            );
            let docs = documented(&text, part.deprecated);
            let more: Vec<At<'a>> = view
                .more_of
                .iter()
                .filter(|(other, _)| other == key)
                .map(|(_, at)| at.clone())
                .collect();
            let typed = self.together(at, &more, &site.part(key));
            StructField {
                example: shown::shown(self.document, &part),
                ..self.field(key, typed, view.required.contains(key), docs)
            }
        });
        let mut fields: Vec<StructField> = fields.collect();
        let told = view.tells_children.as_ref().and_then(super::families::key);
        fields.extend(
            told.filter(|key| fields.iter().all(|field| field.key != *key))
                .map(super::families::tag),
        );
        fields.extend(undeclared(view));
        fields.extend(self.rest(view, site));
        self.open.remove(&id);
        self.types.get_mut(id).kind = TypeKind::Struct(fields);
        ty
    }

    /// The field for members of other names, where the schema says that there may be some.
    fn rest(&mut self, view: &View<'a>, site: &Site) -> Option<StructField> {
        let at = view.additional.clone()?;
        let of = if at.value.is_object() {
            self.typed(&at, &site.part("{}")).element()
        } else {
            Type::Value
        };
        // Users' own types are read in a way of their own, which maps have none of.
        let of = if of == Type::String || of.named().is_some() || !matches!(of, Type::External(_)) {
            of
        } else {
            Type::Value
        };
        Some(StructField {
            key: "additional".to_owned(),
            ty: Type::Map(Box::new(of)),
            docs: Docs::new("Members of other names."),
            is_rest: true,
            ..StructField::default()
        })
    }

    fn field(&self, key: &str, typed: Typed, required: bool, docs: Docs) -> StructField {
        let boxed = typed.ty.named().is_some_and(|id| self.open.contains(&id));
        let boxed = boxed && matches!(typed.ty, Type::Named(_));
        // What holds itself ends where it is null: then it is not there.
        let required = required && !(boxed && typed.nullable);
        let (ty, nullable) = match (typed.ty, typed.nullable, required) {
            (Type::Value, _, _) => (Type::Value, false),
            (ty, true, true) => (Type::Nullable(Box::new(ty)), false),
            (ty, nullable, _) => (ty, nullable),
        };
        StructField {
            key: key.to_owned(),
            // What may be null is on the heap where it holds itself.
            boxed: boxed && matches!(ty, Type::Named(_)),
            ty,
            nullable,
            required,
            docs,
            evidence: Evidence::default(),
            name: None,
            is_rest: false,
            example: None,
            in_form: None,
        }
    }
}
