//! Types of schemas: what `$type` declares of bodies, answers and entries is right, whatever samples show.
//!
//! In: a lowered collection, and schemas by the place of what they are of. Out: the same with declared types. Each schema is a
//! document of its own, and two of one text are one. A schema of an entry is that of an object with the member `value`.

use std::collections::BTreeMap;

use super::Schema;
use crate::config::Config;
use crate::diag::{Code, Origin as From, Sink};
use crate::frontend::json::Value;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::{Schemas, Site};
use crate::ir::{Api, Body, Declared, Operation, Origin, Outcome, ParamPlace, Place, Role, Type, TypeKind};

/// Gives the operations of a collection of this file what is declared of them.
pub(in crate::frontend::postman) fn apply(
    api: &mut Api,
    schemas: &[Schema],
    file: &str,
    config: &Config,
    sink: &mut Sink,
) {
    let documents = Documents::of(schemas, sink);
    if documents.parts.is_empty() {
        return;
    }
    api.root.number();
    let document = Document::new(&Value::Null, &documents.parts, Version::V31, file, sink);
    let mut typing = Typing {
        documents: &documents,
        schemas: Schemas::new(&document, config.formats.with(config.datetime)),
    };
    typing.schemas.types = std::mem::take(&mut api.types);
    api.root.visit_mut(&mut |operation| typing.operation(operation));
    api.types = typing.schemas.finish();
}

/// The schemas as documents.
struct Documents<'a> {
    /// By a name that names no type.
    parts: BTreeMap<String, Value<'a>>,
    /// The names, by what the schema is of.
    names: BTreeMap<&'a str, String>,
}

impl<'a> Documents<'a> {
    fn of(schemas: &'a [Schema], sink: &mut Sink) -> Self {
        // What is sent is called otherwise than what is answered.
        let mut by_text: BTreeMap<(&str, bool), Option<String>> = BTreeMap::new();
        let (mut parts, mut names) = (BTreeMap::new(), BTreeMap::new());
        for schema in schemas {
            let Schema {
                pointer,
                text,
                file,
                at,
            } = schema;
            let name = by_text
                .entry((text, pointer.contains("/request/")))
                .or_insert_with(|| {
                    let value = match serde_json::from_str::<Value<'_>>(text) {
                        Ok(value) => value,
                        Err(error) => {
                            let place = Place {
                                at: crate::ir::Locator::new(at.clone()),
                                ..Place::of_file(file)
                            };
                            let message =
                                format!("`$type` is no JSON of a schema: {error}; typing by samples");
                            sink.warn(Code::Schema, &place, message, "edit the type in Postman");
                            return None;
                        }
                    };
                    let name = format!("$type/.{}", parts.len());
                    sink.keep_origins(
                        &name,
                        vec![From {
                            pointer: String::new(),
                            file: file.clone(),
                            at: at.clone(),
                        }],
                    );
                    parts.insert(name.clone(), value);
                    Some(name)
                });
            if let Some(name) = name {
                names.insert(pointer.as_str(), name.clone());
            }
        }
        Self { parts, names }
    }
}

/// What gives types.
struct Typing<'d, 'a> {
    documents: &'d Documents<'a>,
    schemas: Schemas<'a, 'd>,
}

impl<'a> Typing<'_, 'a> {
    /// The schema of an element.
    fn schema(&self, pointer: &str) -> Option<At<'a>> {
        let name = self.documents.names.get(pointer)?;
        self.schemas.document.at_pointer(&format!("{name}#"))
    }

    fn operation(&mut self, operation: &mut Operation) {
        let item = operation.place.at.token().to_owned();
        let name = operation.name.clone();
        let site = |role: Role| site(operation.id, &name, role);
        for outcome in &mut operation.results {
            self.outcome(outcome, &site(Role::Result(outcome.status)));
        }
        for outcome in &mut operation.errors {
            self.outcome(outcome, &site(Role::Error(outcome.status)));
        }
        // What is answered is called after the thing itself, and may be what is sent.
        self.body(operation, &format!("{item}/request/body"));
        self.entries(operation);
    }

    fn body(&mut self, operation: &mut Operation, pointer: &str) {
        let Some(at) = self.schema(pointer) else { return };
        if !matches!(operation.body, Body::Raw(_)) {
            let message = "a schema of what is no JSON is not read";
            self.schemas.document.warn(
                Code::Schema,
                &at.pointer,
                message,
                "nothing: the fields are those that are written",
            );
            return;
        }
        let site = site(operation.id, &operation.name, Role::Body);
        let ty = self.schemas.typed(&at, &site).element();
        self.schemas.types.mark(&ty, |def| &mut def.sent);
        operation.declared_body = Some(ty);
    }

    /// Of several saved answers the first that declares something says what all are.
    fn outcome(&mut self, outcome: &mut Outcome, site: &Site) {
        let mut schemas = outcome
            .samples
            .iter()
            .filter_map(|sample| self.schema(sample.place.at.token()));
        let Some(at) = schemas.next() else { return };
        if let Some(other) = schemas.find(|other| other.pointer != at.pointer) {
            let message = "another saved answer of this status declares another type; taking that one";
            self.schemas.document.warn(
                Code::Schema,
                &other.pointer,
                message,
                "declare one type for each status",
            );
        }
        drop(schemas);
        let ty = self.schemas.typed(&at, site).element();
        self.schemas.types.mark(&ty, |def| &mut def.received);
        outcome.declared = Some(ty);
    }

    fn entries(&mut self, operation: &mut Operation) {
        let url = &operation.url;
        let places = url.path_variables.iter().map(|variable| &variable.place);
        let mut places: Vec<(ParamPlace, String, String)> = places
            .enumerate()
            .zip(&url.path_variables)
            .map(|((index, place), variable)| {
                (
                    ParamPlace::Path(index),
                    place.at.token().to_owned(),
                    variable.name.clone(),
                )
            })
            .collect();
        let lists = [
            (&url.query, ParamPlace::Query as fn(usize) -> ParamPlace),
            (&operation.headers, ParamPlace::Header),
        ];
        for (entries, place) in lists {
            let entries = entries.iter().enumerate();
            places.extend(entries.map(|(index, entry)| {
                let name = entry.key.clone().unwrap_or_default();
                (place(index), entry.place.at.token().to_owned(), name)
            }));
        }
        for (place, pointer, name) in places {
            let Some(at) = self.schema(&pointer) else { continue };
            let site = site(operation.id, &operation.name, Role::Param(name));
            let value = at
                .get("properties")
                .and_then(|properties| properties.get("value"));
            let ty = value.map_or(Type::String, |value| self.plain(&value, &site));
            let required = at.texts("required").contains(&"value");
            operation.declared.push((place, Declared { ty, required }));
        }
    }

    /// A type whose values are written as they are; anything else is given as text.
    fn plain(&mut self, at: &At<'a>, site: &Site) -> Type {
        let ty = self.schemas.typed(at, site).ty;
        let is_plain = match &ty {
            Type::Bool | Type::I64 | Type::U64 | Type::F64 => true,
            Type::Named(id) => matches!(self.schemas.types.get(*id).kind, TypeKind::OpenEnum(_)),
            Type::Value | Type::Number | Type::String | Type::List(_) | Type::Map(_) => false,
            Type::Nullable(_) | Type::File | Type::FileOrText | Type::External(_) => false,
        };
        if !is_plain {
            return Type::String;
        }
        self.schemas.types.mark(&ty, |def| &mut def.sent);
        ty
    }
}

fn site(operation: crate::ir::OperationId, name: &str, role: Role) -> Site {
    Site {
        origin: Origin {
            operation,
            operation_name: name.to_owned(),
            role,
            path: Vec::new(),
        },
        declared: None,
    }
}
