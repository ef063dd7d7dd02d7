//! What examples show of objects beyond what their schemas declare.
//!
//! In: types that are declared, and examples as their authors wrote them. Out: for each member that an example has and its schema
//! does not, an optional field, of a type that is inferred as those of saved answers are, and a finding. A schema that
//! says that there are no others is believed.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::infer::choose::choice;
use crate::infer::measure::Fractions;
use crate::infer::{Direction, Json, Placed, Shape, Table, read};
use crate::ir::types::word_of_step;
use crate::ir::{
    Api, Body, BodyType, Docs, Origin, Place, RawContent, StructField, Type, TypeDef, TypeId, TypeKind, Types,
};

const DOCS: &str = "Not declared: examples show it.";

/// Adds fields for members that only examples show.
pub fn take_undeclared(api: &mut Api, config: &Config, sink: &mut Sink) {
    let mut shown = Shown::default();
    let types = &api.types;
    for (id, def) in types.iter() {
        shown.note_text(types, &Type::Named(id), def.example.as_deref(), &Place::default());
    }
    api.root.visit(&mut |operation| {
        for outcome in operation.results.iter().chain(&operation.errors) {
            let BodyType::Json(ty) = &outcome.body else {
                continue;
            };
            for sample in &outcome.samples {
                shown.note_text(types, ty, Some(&sample.body), &sample.place);
            }
        }
        if let Body::Raw(raw) = &operation.body
            && let RawContent::Json(ty) = &raw.content
        {
            let example = operation.example.as_ref().map(|(text, _)| text.as_str());
            shown.note_text(types, ty, example, &operation.place);
        }
    });
    let mut table = Table::new(config.datetime.path(), shown.fractions);
    for (id, found) in shown.by_type {
        let keys: Vec<String> = found.iter().map(|found| format!("`{}`", found.key)).collect();
        let place = found.first().map(|found| found.place.clone());
        let fields: Vec<StructField> = found
            .into_iter()
            .map(|found| field(&mut api.types, &mut table, id, &found))
            .collect();
        let def = api.types.get_mut(id);
        let name = def.declared.as_deref().unwrap_or("an object").to_owned();
        if let TypeKind::Struct(own) = &mut def.kind {
            own.extend(fields);
        }
        let message = format!(
            "examples show {} of {name}, which its schema does not declare; taking them as they are shown",
            keys.join(", ")
        );
        let help = "declare them, or say `additionalProperties: false` where there are none";
        sink.warn(Code::Undeclared, &place.unwrap_or_default(), message, help);
    }
}

/// A member that no schema declares.
struct Found {
    key: String,
    values: Vec<Json>,
    /// Where it is shown first.
    place: Place,
}

/// What examples show beyond schemas.
#[derive(Default)]
struct Shown {
    by_type: BTreeMap<TypeId, Vec<Found>>,
    fractions: Fractions,
}

impl Shown {
    fn note_text(&mut self, types: &Types, ty: &Type, text: Option<&str>, place: &Place) {
        let Some(text) = text else { return };
        if let Some(reading) = read(text) {
            self.fractions.note(text);
            self.note(types, ty, &reading.json, place);
        }
    }

    fn note(&mut self, types: &Types, ty: &Type, json: &Json, place: &Place) {
        match (ty, json) {
            (Type::Nullable(inner), _) => self.note(types, inner, json, place),
            (Type::List(inner), Json::Array(items)) => {
                for item in items {
                    self.note(types, inner, item, place);
                }
            }
            (Type::Map(inner), Json::Object(members)) => {
                for (_, value) in members {
                    self.note(types, inner, value, place);
                }
            }
            (Type::Named(id), _) => match (&types.get(*id).kind, json) {
                (TypeKind::Union(union), _) => {
                    if let Some(own) = choice(types, union, json) {
                        self.note(types, &own.ty, json, place);
                    }
                }
                (TypeKind::Struct(fields), Json::Object(members)) => {
                    self.note_members(types, (*id, fields), members, place);
                }
                (TypeKind::Struct(_) | TypeKind::OpenEnum(_), _) => {}
            },
            _ => {}
        }
    }

    fn note_members(
        &mut self,
        types: &Types,
        (id, fields): (TypeId, &[StructField]),
        members: &[(String, Json)],
        place: &Place,
    ) {
        for (key, value) in members {
            let own = fields.iter().find(|field| field.key == *key && !field.is_rest);
            let rest = fields.iter().find(|field| field.is_rest);
            match (own, rest) {
                (Some(own), _) => self.note(types, &own.ty, value, place),
                (None, Some(rest)) => {
                    let one = Json::Object(vec![(key.clone(), value.clone())]);
                    self.note(types, &rest.ty, &one, place);
                }
                (None, None) if types.get(id).is_closed || is_reference(key, value) => {}
                (None, None) => self.add(id, key, without_references(value), place),
            }
        }
    }

    fn add(&mut self, id: TypeId, key: &str, value: Json, place: &Place) {
        let found = self.by_type.entry(id).or_default();
        if let Some(known) = found.iter_mut().find(|known| known.key == key) {
            known.values.push(value);
            return;
        }
        found.push(Found {
            key: key.to_owned(),
            values: vec![value],
            place: place.clone(),
        });
    }
}

/// Whether a member is a reference that has been left in an example, where nobody follows it.
fn is_reference(key: &str, value: &Json) -> bool {
    key == "$ref" && matches!(value, Json::String(_))
}

/// A value without references that have been left in it.
fn without_references(json: &Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.iter().map(without_references).collect()),
        Json::Object(members) => {
            let members = members.iter().filter(|(key, value)| !is_reference(key, value));
            Json::Object(
                members
                    .map(|(key, value)| (key.clone(), without_references(value)))
                    .collect(),
            )
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => json.clone(),
        Json::Placeholder(_) | Json::Unknown => json.clone(),
    }
}

/// The field for a member.
fn field(types: &mut Types, table: &mut Table, of: TypeId, found: &Found) -> StructField {
    let TypeDef {
        origin,
        declared,
        sent,
        received,
        ..
    } = types.get(of).clone();
    let depth = origin.path.len();
    let mut path = origin.path.clone();
    path.push(found.key.clone());
    let shape = Shape::of_all(&found.values, &mut 0);
    let nullable = shape.null;
    let before = types.iter().count();
    let placed = Placed {
        shape,
        forced: &[],
        origin: &Origin { path, ..origin },
        about: &[],
        direction: if received {
            Direction::Received
        } else {
            Direction::Sent
        },
    };
    let ty = match table.type_of(types, placed) {
        Type::Nullable(inner) => *inner,
        ty => ty,
    };
    // They are called after what they are a part of, as what is declared is.
    for def in types.all_mut().skip(before) {
        let steps = def.origin.path.iter().skip(depth);
        let declared = declared.clone();
        def.docs = Docs::new(DOCS);
        def.declared =
            declared.map(|name| steps.fold(name, |name, step| format!("{name} {}", word_of_step(step))));
    }
    if sent {
        types.mark(&ty, |def| &mut def.sent);
    }
    if received {
        types.mark(&ty, |def| &mut def.received);
    }
    StructField {
        key: found.key.clone(),
        nullable: nullable && ty != Type::Value,
        ty,
        docs: Docs::new(DOCS),
        ..StructField::default()
    }
}
