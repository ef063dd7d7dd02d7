//! Schemas into types: what is declared once is one type, under the name that it was declared under.
//!
//! In: schemas. Out: a [`Type`] for each, and definitions in [`Types`]. A place is typed once, before what it holds, so that a
//! schema that contains itself ends. What no type can say is any JSON, and is reported. It knows nothing of operations.

mod at;
pub(in crate::frontend) mod document;
mod families;
mod shown;
mod structs;
mod tags;
mod unions;
pub(in crate::frontend) mod view;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Formats;
use crate::diag::Code;
use crate::frontend::json::Value;
use crate::ir::types::{EnumValue, word_of_step};
use crate::ir::{Docs, OperationId, Origin, Role, Type, TypeDef, TypeId, TypeKind, Types};
use document::{At, Document, file_of};
use view::View;

/// Deeper nesting is any JSON.
const MAX_DEPTH: usize = 120;

/// The types of a description.
pub(in crate::frontend) struct Schemas<'a, 'd> {
    pub(in crate::frontend) document: &'d Document<'a>,
    pub(in crate::frontend) types: Types,
    /// The types of texts of a format.
    formats: Formats,
    /// Types by the place of their schema.
    made: BTreeMap<String, Typed>,
    /// Places that are being typed.
    under_way: BTreeSet<String>,
    /// Structs and unions whose parts are being typed.
    open: BTreeSet<TypeId>,
    /// Unions, and the members that their authors say tell their alternatives apart.
    told_by: Vec<(TypeId, String)>,
    /// Fields that only one side sends.
    one_way: Vec<(TypeId, usize, Way)>,
}

/// Who sends a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `readOnly`: the API.
    Received,
    /// `writeOnly`: the client.
    Sent,
}

/// A type, and whether null may stand in its place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::frontend) struct Typed {
    pub(in crate::frontend) ty: Type,
    pub(in crate::frontend) nullable: bool,
}

impl Typed {
    /// The type of an element of a list or a map, or of the whole.
    pub(in crate::frontend) fn element(self) -> Type {
        match self.ty {
            Type::Value => Type::Value,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

/// What a schema without a name of its own is called after.
#[derive(Clone, Debug)]
pub(in crate::frontend) struct Site {
    pub(in crate::frontend) origin: Origin,
    /// The name of the schema that it is a part of, and the way from there, in words.
    pub(in crate::frontend) declared: Option<String>,
}

impl Site {
    /// A part of it.
    fn part(&self, key: &str) -> Self {
        let mut part = self.clone();
        let word = word_of_step(key);
        part.declared = part.declared.map(|declared| format!("{declared} {word}"));
        part.origin.path.push(key.to_owned());
        part
    }

    /// What is declared under a name.
    pub(in crate::frontend) fn declared(name: &str) -> Self {
        Self {
            origin: Origin {
                // Of none: it stands where all can reach it.
                operation: OperationId(usize::MAX),
                operation_name: name.to_owned(),
                role: Role::Result(200.into()),
                path: Vec::new(),
            },
            declared: Some(name.to_owned()),
        }
    }
}

impl<'a, 'd> Schemas<'a, 'd> {
    pub(in crate::frontend) fn new(document: &'d Document<'a>, formats: Formats) -> Self {
        Self {
            document,
            types: Types::default(),
            formats,
            made: BTreeMap::new(),
            under_way: BTreeSet::new(),
            open: BTreeSet::new(),
            told_by: Vec::new(),
            one_way: Vec::new(),
        }
    }

    /// The type of a schema.
    pub(in crate::frontend) fn typed(&mut self, at: &At<'a>, site: &Site) -> Typed {
        let (target, declared) = if view::has_more_than_reference(self.document, at) {
            (at.clone(), None)
        } else {
            self.target(at)
        };
        if let Some(made) = self.made.get(&target.pointer) {
            return made.clone();
        }
        let any = Typed {
            ty: Type::Value,
            nullable: false,
        };
        if self.under_way.len() > MAX_DEPTH {
            let message = "the schema is nested too deeply; taking any JSON";
            self.document.warn(
                Code::Schema,
                &target.pointer,
                message,
                "declare a part of it under a name",
            );
            return any;
        }
        if !self.under_way.insert(target.pointer.clone()) {
            let message = "the schema is only another name for itself; taking any JSON";
            self.document
                .warn(Code::Schema, &target.pointer, message, "let it say what it holds");
            return any;
        }
        let own = declared.as_deref().map(Site::declared);
        let view = View::of(self.document, &target);
        // A name of its own is kept, if it is for more than that there may be nothing.
        let part = only_part(&target).filter(|_| declared.is_none() || view.nullable);
        if let Some(part) = part {
            let typed = self.typed(&part, own.as_ref().unwrap_or(site));
            let typed = Typed {
                nullable: typed.nullable || view.nullable,
                ..typed
            };
            self.under_way.remove(&target.pointer);
            self.made.insert(target.pointer, typed.clone());
            return typed;
        }
        let typed = self.of_view(&view, &target.pointer, own.as_ref().unwrap_or(site));
        self.under_way.remove(&target.pointer);
        self.made.insert(target.pointer, typed.clone());
        typed
    }

    /// The type of what several schemas say together.
    fn together(&mut self, first: &At<'a>, more: &[At<'a>], site: &Site) -> Typed {
        if more.is_empty() {
            return self.typed(first, site);
        }
        let mut view = View::of(self.document, first);
        let mut place = self.document.resolve(first.clone()).pointer;
        for other in more {
            view.merge(self.document, other, 1);
            place = format!("{place}&{}", self.document.resolve(other.clone()).pointer);
        }
        if let Some(made) = self.made.get(&place) {
            return made.clone();
        }
        if self.under_way.len() > MAX_DEPTH || !self.under_way.insert(place.clone()) {
            return self.typed(first, site);
        }
        let typed = self.of_view(&view, &place, site);
        self.under_way.remove(&place);
        self.made.insert(place, typed.clone());
        typed
    }

    /// Where references lead, and the name of what is declared there.
    fn target(&self, at: &At<'a>) -> (At<'a>, Option<String>) {
        let target = self.document.resolve(at.clone());
        let file = file_of(&target.pointer);
        let inner = target
            .pointer
            .get(file.len()..)
            .unwrap_or_default()
            .trim_start_matches('#');
        let under = [
            "/components/schemas/",
            "/definitions/",
            "/$defs/",
            "/components/responses/",
        ];
        let declared = under.iter().find_map(|under| inner.strip_prefix(under));
        // A file of one schema is called as it is, and in a file of several each has a name.
        let stem = file
            .rsplit('/')
            .next()
            .and_then(|name| name.split('.').next())
            .unwrap_or_default();
        let in_part = Some(if inner.is_empty() {
            stem
        } else {
            inner.trim_start_matches('/')
        });
        let name = declared.or(in_part.filter(|_| !file.is_empty()));
        let name = name.filter(|name| !name.is_empty() && !name.contains('/'));
        let name = name.map(|name| name.replace("~1", "/").replace("~0", "~"));
        (target, name)
    }

    fn of_view(&mut self, view: &View<'a>, pointer: &str, site: &Site) -> Typed {
        let nullable = view.nullable;
        let plain = |ty: Type| Typed { ty, nullable };
        // Texts that are to be numbers are read as such.
        if let Some(texts) = view
            .texts()
            .filter(|_| !matches!(view.kinds.as_slice(), ["integer" | "number"]))
        {
            return plain(self.of_texts(&texts, view, site));
        }
        if let Some(union) = self.union(view, pointer, site) {
            return Typed {
                nullable: union.nullable || nullable,
                ..union
            };
        }
        if let Some(ty) = self.family(view, pointer, site) {
            return plain(ty);
        }
        if view.kinds.len() > 1 {
            let kinds = view.kinds.clone();
            return plain(self.of_kinds(&kinds, view, pointer, site));
        }
        match view.kind() {
            Some(kind) => plain(self.of_kind(kind, view, pointer, site)),
            None => plain(Type::Value),
        }
    }

    fn of_kind(&mut self, kind: &str, view: &View<'a>, pointer: &str, site: &Site) -> Type {
        match kind {
            "boolean" => Type::Bool,
            "integer" if view.format == "uint64" => Type::U64,
            "integer" if view.is_large => Type::Number,
            "integer" => Type::I64,
            "number" => Type::F64,
            "string" => match self.formats.path(view.format) {
                Some(path) => Type::External(path.to_owned()),
                None => Type::String,
            },
            "array" => match &view.items {
                Some(items) if !view.is_tuple => {
                    let (items, more) = (items.clone(), view.more_items.clone());
                    Type::List(Box::new(self.together(&items, &more, &site.part("[]")).element()))
                }
                Some(_) | None => Type::List(Box::new(Type::Value)),
            },
            "object" if !view.properties.is_empty() => self.strukt(view, Some(pointer), site),
            "object" => match &view.additional {
                Some(additional) if additional.value.is_object() => {
                    let additional = additional.clone();
                    Type::Map(Box::new(self.typed(&additional, &site.part("{}")).element()))
                }
                Some(_) | None => Type::Map(Box::new(Type::Value)),
            },
            // A file in the place of JSON.
            _ => Type::Value,
        }
    }

    /// An open enum; a single text is no choice.
    fn of_texts(&mut self, texts: &[&str], view: &View<'_>, site: &Site) -> Type {
        let mut values: Vec<EnumValue> = Vec::new();
        for text in texts {
            if values.iter().all(|value| value.text != **text) {
                values.push(EnumValue {
                    text: (*text).to_owned(),
                    docs: Docs::default(),
                    name: None,
                });
            }
        }
        if values.len() < 2 {
            return Type::String;
        }
        let id = self.reserve(view, site);
        self.types.get_mut(id).kind = TypeKind::OpenEnum(values);
        Type::Named(id)
    }

    /// A definition that is filled later.
    fn reserve(&mut self, view: &View<'_>, site: &Site) -> TypeId {
        let text = if view.text.is_empty() {
            view.title
        } else {
            &view.text
        };
        self.types.add(TypeDef {
            origin: site.origin.clone(),
            kind: TypeKind::Struct(Vec::new()),
            docs: documented(text, view.deprecated),
            sent: false,
            received: false,
            name: None,
            declared: site.declared.clone(),
            is_declared: true,
            is_closed: view.is_closed,
            example: view.example.map(Value::to_string),
        })
    }

    /// The types, once all is known of who sends what: what only one side sends is not required of the other.
    pub(in crate::frontend) fn finish(mut self) -> Types {
        for (union, key) in std::mem::take(&mut self.told_by) {
            tags::declare(&mut self.types, union, &key);
        }
        for (id, index, way) in std::mem::take(&mut self.one_way) {
            let def = self.types.get_mut(id);
            let is_other = match way {
                Way::Received => def.sent,
                Way::Sent => def.received,
            };
            if let (TypeKind::Struct(fields), true) = (&mut def.kind, is_other)
                && let Some(field) = fields.get_mut(index)
            {
                field.required = false;
            }
        }
        self.types
    }
}

/// What is said of something, and that it should not be used any more.
pub(in crate::frontend) fn documented(text: &str, deprecated: bool) -> Docs {
    match (text.trim(), deprecated) {
        (text, false) => Docs::new(text),
        ("", true) => Docs::new("Deprecated."),
        (text, true) => Docs::new(format!("{text}\n\nDeprecated.")),
    }
}

/// The only part that a schema has, where all else only describes it: what is declared elsewhere is no type of its own here.
fn only_part<'a>(at: &At<'a>) -> Option<At<'a>> {
    // That it is an object says nothing new.
    let is_own = |key: &str| match key {
        "allOf" | "format" => false,
        "type" => at.text("type") != Some("object") && at.value.get("type").is_some(),
        key => at.value.get(key).is_some(),
    };
    if view::SAYS.iter().chain(&["required"]).any(|key| is_own(key)) {
        return None;
    }
    let constrains = |part: &At<'a>| view::says_something(part) || part.value.get("required").is_some();
    let mut parts = at.get("allOf")?.elements().into_iter().filter(constrains);
    let first = parts.next().filter(|first| first.value.get("$ref").is_some())?;
    parts.next().is_none().then_some(first)
}
