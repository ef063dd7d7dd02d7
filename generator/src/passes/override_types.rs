//! What a user says of parameters and of places in bodies: names, types, presence, values.
//!
//! In: the typed model, and the overrides. Out: the same with what was said. A place is found by walking its path from the
//! body's type; a path that leads nowhere is an error that names the keys which exist there. A type that several operations
//! share changes for all of them.

use crate::config::Config;
use crate::config::file::report;
use crate::config::nearest::nearest;
use crate::config::overrides::{ItemOverride, ValueOverride};
use crate::diag::Sink;
use crate::ir::types::EnumValue;
use crate::ir::{
    Api, Body, BodyType, Docs, Operation, Origin, Param, Presence, RawContent, Role, StructField, Type,
    TypeDef, TypeId, TypeKind, Types,
};

/// The pass.
pub fn override_types(api: &mut Api, config: &Config, sink: &mut Sink) {
    let Api { root, types, .. } = api;
    for item in config
        .overrides
        .items
        .iter()
        .filter(|item| !item.values.is_empty())
    {
        root.visit_mut(&mut |operation| {
            if item.selector.matches(&operation.place) {
                override_item(operation, types, item, sink);
            }
        });
    }
}

fn override_item(operation: &mut Operation, types: &mut Types, item: &ItemOverride, sink: &mut Sink) {
    for said in &item.values {
        let done = match &said.role {
            Role::Param(name) => override_param(operation, types, name, said),
            Role::Body | Role::Result(_) | Role::Error(_) => override_body(operation, types, said),
        };
        if let Err(Unknown { message, help }) = done {
            report(sink, &said.written, message, &help);
        }
    }
}

/// Why an override has no target.
struct Unknown {
    message: String,
    help: String,
}

impl Unknown {
    fn new<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.collect();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "there is none".to_owned(),
            None => format!("one of {}", known.join(", ")),
        };
        Self {
            message: format!("no {what} is called `{name}`"),
            help,
        }
    }

    /// Statuses are numbers: one that looks alike is not what was meant, so all are named.
    fn body(role: &Role, operation: &mut Operation) -> Self {
        let known = typed_bodies(operation);
        let help = match known.as_slice() {
            [] => "no body of this item has one".to_owned(),
            [one] => format!("there is `{one}`"),
            several => format!("there are {}", several.join(", ")),
        };
        let message = format!("no typed body is called `{}`", role_name(role));
        Self { message, help }
    }

    fn misplaced(what: &str, help: &str) -> Self {
        Self {
            message: format!("{what} has no meaning here"),
            help: help.to_owned(),
        }
    }
}

/// Whether an object is a map by now, as the inference was told.
fn is_map(ty: &Type) -> bool {
    matches!(without_null(ty.clone()), Type::Map(_))
}

fn is_named(ty: &Type) -> bool {
    matches!(without_null(ty.clone()), Type::Named(_))
}

fn override_param(
    operation: &mut Operation,
    types: &mut Types,
    name: &str,
    said: &ValueOverride,
) -> Result<(), Unknown> {
    let origin = origin(operation, said);
    let Some(at) = operation.params.iter().position(|param| param.name == name) else {
        let known = operation.params.iter().map(|param| param.name.as_str());
        return Err(Unknown::new("parameter", name, known));
    };
    let Some(param) = operation.params.get_mut(at) else {
        return Ok(());
    };
    if said.map.is_some() {
        return Err(Unknown::misplaced("`map`", "parameters are text"));
    }
    set_type(&mut param.ty, types, said, origin)?;
    rename(param, said);
    Ok(())
}

fn rename(param: &mut Param, said: &ValueOverride) {
    if let Some(name) = &said.name {
        param.name.clone_from(name);
    }
    if let Some(required) = said.required {
        param.presence = if required {
            Presence::Required
        } else {
            Presence::Optional
        };
    }
}

fn override_body(operation: &mut Operation, types: &mut Types, said: &ValueOverride) -> Result<(), Unknown> {
    let origin = origin(operation, said);
    if root_type(operation, &said.role).is_none() {
        return Err(Unknown::body(&said.role, operation));
    }
    let Some(root) = root_type(operation, &said.role) else {
        return Ok(());
    };
    let slot = find(types, root, &said.path)?;
    let mut ty = slot.owner.get(types, root);
    let place = (0..slot.depth).fold(&mut ty, |ty, _| inner(ty));
    if said
        .map
        .is_some_and(|map| map != is_map(place) || !map && !is_named(place))
    {
        return Err(Unknown::misplaced("`map`", "it is for objects"));
    }
    let is_field = matches!(slot.owner, Owner::Field(..)) && slot.depth == 0;
    if !is_field && (said.name.is_some() || said.required.is_some()) {
        let help = "they are for the members of objects; the name of a type is its `type_name`";
        return Err(Unknown::misplaced("a `name` or `required`", help));
    }
    set_type(place, types, said, origin)?;
    match slot.owner {
        Owner::Root => *root = ty,
        Owner::Field(id, at) => {
            if let Some(field) = field_mut(types, id, at) {
                field.ty = ty;
                set_field(field, said);
            }
        }
    }
    Ok(())
}

fn set_field(field: &mut StructField, said: &ValueOverride) {
    if said.name.is_some() {
        field.name.clone_from(&said.name);
    }
    if let Some(required) = said.required {
        field.required = required;
    }
}

/// What could have been said in place of a body that has no type.
fn typed_bodies(operation: &mut Operation) -> Vec<String> {
    let results = operation
        .results
        .iter()
        .map(|outcome| Role::Result(outcome.status));
    let errors = operation.errors.iter().map(|outcome| Role::Error(outcome.status));
    let roles: Vec<Role> = [Role::Body].into_iter().chain(results).chain(errors).collect();
    let typed = roles
        .into_iter()
        .filter(|role| root_type(operation, role).is_some());
    typed.map(|role| role_name(&role)).collect()
}

/// The type of a whole body.
fn root_type<'o>(operation: &'o mut Operation, role: &Role) -> Option<&'o mut Type> {
    let outcome = |outcomes: &'o mut Vec<crate::ir::Outcome>, status: crate::ir::Status| {
        let outcome = outcomes.iter_mut().find(|outcome| outcome.status == status)?;
        match &mut outcome.body {
            BodyType::Json(ty) | BodyType::JsonInString(ty) => Some(ty),
            BodyType::Empty | BodyType::Text | BodyType::Bytes | BodyType::Unknown => None,
        }
    };
    match role {
        Role::Result(status) => outcome(&mut operation.results, *status),
        Role::Error(status) => outcome(&mut operation.errors, *status),
        Role::Body | Role::Param(_) => match &mut operation.body {
            Body::Raw(raw) => match &mut raw.content {
                RawContent::Json(ty) => Some(ty),
                RawContent::Text => None,
            },
            Body::UrlEncoded { ty, .. } | Body::FormData { ty, .. } => ty.as_mut(),
            Body::GraphQl(graphql) => graphql.ty.as_mut(),
            Body::None | Body::File { .. } => None,
        },
    }
}

/// A place where a type stands: who holds it, and how far inside lists and maps.
struct Slot {
    owner: Owner,
    depth: usize,
}

enum Owner {
    Root,
    Field(TypeId, usize),
}

impl Owner {
    fn get(&self, types: &Types, root: &Type) -> Type {
        match self {
            Self::Root => root.clone(),
            Self::Field(id, at) => match &types.get(*id).kind {
                TypeKind::Struct(fields) => fields.get(*at).map_or(Type::Value, |field| field.ty.clone()),
                TypeKind::OpenEnum(_) | TypeKind::Union(_) => Type::Value,
            },
        }
    }
}

fn find(types: &Types, root: &Type, path: &[String]) -> Result<Slot, Unknown> {
    let mut slot = Slot {
        owner: Owner::Root,
        depth: 0,
    };
    let mut ty = root.clone();
    for step in path {
        ty = match (without_null(ty), step.as_str()) {
            (Type::List(item), "[]") | (Type::Map(item), "{}") => {
                slot.depth += 1;
                *item
            }
            (Type::Named(id), key) => {
                let id = having(types, id, key);
                let (at, field) = field(types, id, key)?;
                slot = Slot {
                    owner: Owner::Field(id, at),
                    depth: 0,
                };
                field.ty.clone()
            }
            (Type::List(_), other) => return Err(Unknown::new("step", other, ["[]"].into_iter())),
            (Type::Map(_), other) => return Err(Unknown::new("step", other, ["{}"].into_iter())),
            (_, other) => return Err(Unknown::new("field", other, std::iter::empty())),
        };
    }
    Ok(slot)
}

/// The struct that has a field, if this is a union with one among its alternatives.
fn having(types: &Types, id: TypeId, key: &str) -> TypeId {
    let TypeKind::Union(union) = &types.get(id).kind else {
        return id;
    };
    let has = |ty: &Type| types.fields(ty).iter().any(|field| field.key == key);
    let alternatives = union.alternatives.iter().map(|alternative| &alternative.ty);
    let found = alternatives.filter(|ty| has(ty)).find_map(Type::named);
    found.unwrap_or(id)
}

fn field<'t>(types: &'t Types, id: TypeId, key: &str) -> Result<(usize, &'t StructField), Unknown> {
    let fields = match &types.get(id).kind {
        TypeKind::Struct(fields) => fields.as_slice(),
        TypeKind::OpenEnum(_) | TypeKind::Union(_) => &[],
    };
    let found = fields.iter().enumerate().find(|(_, field)| field.key == key);
    found.ok_or_else(|| Unknown::new("field", key, fields.iter().map(|field| field.key.as_str())))
}

fn field_mut(types: &mut Types, id: TypeId, at: usize) -> Option<&mut StructField> {
    match &mut types.get_mut(id).kind {
        TypeKind::Struct(fields) => fields.get_mut(at),
        TypeKind::OpenEnum(_) | TypeKind::Union(_) => None,
    }
}

fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}

/// The item type of a list or map, null set aside.
fn inner(ty: &mut Type) -> &mut Type {
    match ty {
        Type::List(item) | Type::Map(item) => item,
        Type::Nullable(nullable) => inner(nullable),
        other => other,
    }
}

/// Puts another type in the place of one, or says something about the named type that is there.
fn set_type(slot: &mut Type, types: &mut Types, said: &ValueOverride, origin: Origin) -> Result<(), Unknown> {
    if let Some(path) = &said.ty {
        *slot = Type::External(path.clone());
    }
    if let Some(values) = &said.values {
        *slot = open_enum(types, values, origin);
    }
    let named = slot.named().map(|id| types.get_mut(id));
    match (named, &said.type_name) {
        (Some(def), Some(_)) => def.name.clone_from(&said.type_name),
        (None, Some(name)) => return Err(Unknown::new("struct or enum here", name, std::iter::empty())),
        (_, None) => {}
    }
    for (text, name) in &said.variants {
        name_variant(named_enum(slot, types), text, name)?;
    }
    Ok(())
}

fn named_enum<'t>(slot: &Type, types: &'t mut Types) -> &'t mut [EnumValue] {
    match slot.named().map(|id| &mut types.get_mut(id).kind) {
        Some(TypeKind::OpenEnum(values)) => values,
        Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => &mut [],
    }
}

fn name_variant(values: &mut [EnumValue], text: &str, name: &str) -> Result<(), Unknown> {
    if let Some(at) = values.iter().position(|value| value.text == text) {
        values[at].name = Some(name.to_owned());
        return Ok(());
    }
    Err(Unknown::new(
        "value",
        text,
        values.iter().map(|value| value.text.as_str()),
    ))
}

/// An open enum of these values.
fn open_enum(types: &mut Types, values: &[String], origin: Origin) -> Type {
    let received = matches!(origin.role, Role::Result(_) | Role::Error(_));
    let value = |text: &String| EnumValue {
        text: text.clone(),
        docs: Docs::default(),
        name: None,
    };
    Type::Named(types.add(TypeDef {
        origin,
        kind: TypeKind::OpenEnum(values.iter().map(value).collect()),
        docs: Docs::default(),
        sent: !received,
        received,
        name: None,
        declared: None,
        is_declared: false,
        is_closed: false,
        example: None,
    }))
}

fn origin(operation: &Operation, said: &ValueOverride) -> Origin {
    Origin {
        operation: operation.id,
        operation_name: operation.name.clone(),
        role: said.role.clone(),
        path: said.path.clone(),
    }
}

fn role_name(role: &Role) -> String {
    match role {
        Role::Body => "body".to_owned(),
        Role::Param(name) => name.clone(),
        Role::Result(status) | Role::Error(status) => format!("responses.{status}"),
    }
}
