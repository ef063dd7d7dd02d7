//! Types, as samples and prose show them.

use super::{Docs, FormStyle, OperationId, Status};

/// A type. Composite named ones are kept once, in [`Types`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Any JSON value.
    #[default]
    Value,
    /// `true` or `false`.
    Bool,
    /// An integer within `i64`.
    I64,
    /// An integer of which a sample is above `i64`.
    U64,
    /// A floating-point number.
    F64,
    /// A number with all of its digits, of which a sample is beyond 64 bits.
    Number,
    /// Text.
    String,
    /// A list.
    List(Box<Type>),
    /// An object whose keys are data.
    Map(Box<Type>),
    /// A value that may be null inside a list or map.
    Nullable(Box<Type>),
    /// A struct, an enum or a union of [`Types`].
    Named(TypeId),
    /// The content of a file, in a form.
    File,
    /// The content of a file or text, in a form that has both under one key.
    FileOrText,
    /// A type of the user's own, by path (`::my::Money`); from an override.
    External(String),
}

impl Type {
    /// The named type that this is, or is a list, map or maybe of.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Value
            | Self::Bool
            | Self::I64
            | Self::U64
            | Self::F64
            | Self::Number
            | Self::String
            | Self::File
            | Self::FileOrText
            | Self::External(_) => None,
        }
    }
}

/// The step down to an alternative of a union, in the path of an [`Origin`]: what its tag says, or [`OBJECT`].
pub fn alternative_step(text: &str) -> String {
    format!("<{text}>")
}

/// What a step of the path of an [`Origin`] is in a name.
pub fn word_of_step(step: &str) -> &str {
    match step {
        "[]" => "item",
        "{}" => "value",
        step => step,
    }
}

/// What an alternative of a union is called that is told apart by being an object.
pub const OBJECT: &str = "object";

/// What is called so, if this is the step down to an alternative.
pub fn alternative(step: &str) -> Option<&str> {
    step.strip_prefix('<')?.strip_suffix('>')
}

/// Whether a key of this one word, in lower case and the singular, says nothing of what it holds.
pub fn holds_anything(word: &str) -> bool {
    ANYTHING.contains(&word)
}

/// Such words.
const ANYTHING: &[&str] = &[
    "body",
    "collection",
    "content",
    "data",
    "datum",
    "doc",
    "element",
    "entity",
    "entry",
    "hit",
    "input",
    "item",
    "list",
    "node",
    "object",
    "output",
    "payload",
    "record",
    "req",
    "request",
    "res",
    "response",
    "result",
    "row",
    "value",
];

/// Identity of a [`TypeDef`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// All named types of an API, in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Types {
    defs: Vec<TypeDef>,
}

impl Types {
    /// Adds a type and returns its identity.
    pub fn add(&mut self, def: TypeDef) -> TypeId {
        self.defs.push(def);
        TypeId(self.defs.len() - 1)
    }

    /// The type of this identity.
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.defs[id.0]
    }

    /// The type of this identity, for changing it.
    pub fn get_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.defs[id.0]
    }

    /// All types, for changing them.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut TypeDef> {
        self.defs.iter_mut()
    }

    /// What kind of JSON a type is; `None` for what may be any, or is another union.
    pub fn kind_of(&self, ty: &Type) -> Option<JsonKind> {
        match ty {
            Type::Bool => Some(JsonKind::Bool),
            Type::I64 | Type::U64 | Type::F64 | Type::Number => Some(JsonKind::Number),
            Type::String => Some(JsonKind::Text),
            // Types of users' own stand in the place of dates, which are text.
            Type::External(_) => Some(JsonKind::Text),
            Type::List(_) => Some(JsonKind::List),
            Type::Map(_) => Some(JsonKind::Object),
            Type::Named(id) => match &self.get(*id).kind {
                TypeKind::Struct(_) => Some(JsonKind::Object),
                TypeKind::OpenEnum(_) => Some(JsonKind::Text),
                TypeKind::Union(_) => None,
            },
            Type::Value | Type::Nullable(_) | Type::File | Type::FileOrText => None,
        }
    }

    /// Sets a flag of a named type, and of all that it holds.
    pub fn mark(&mut self, ty: &Type, flag: impl Fn(&mut TypeDef) -> &mut bool) {
        let mut rest: Vec<TypeId> = ty.named().into_iter().collect();
        while let Some(id) = rest.pop() {
            let def = self.get_mut(id);
            if std::mem::replace(flag(def), true) {
                continue;
            }
            match &def.kind {
                TypeKind::Struct(fields) => rest.extend(fields.iter().filter_map(|field| field.ty.named())),
                TypeKind::Union(union) => {
                    rest.extend(
                        union
                            .alternatives
                            .iter()
                            .filter_map(|alternative| alternative.ty.named()),
                    );
                }
                TypeKind::OpenEnum(_) => {}
            }
        }
    }

    /// The members of a struct; none of any other type.
    pub fn fields(&self, ty: &Type) -> &[StructField] {
        let Type::Named(id) = ty else { return &[] };
        match &self.get(*id).kind {
            TypeKind::Struct(fields) => fields,
            TypeKind::OpenEnum(_) | TypeKind::Union(_) => &[],
        }
    }

    /// All types with their identities.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.defs
            .iter()
            .enumerate()
            .map(|(index, def)| (TypeId(index), def))
    }
}

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it comes from; the `rust` room makes its name of this.
    pub origin: Origin,
    /// What it is.
    pub kind: TypeKind,
    /// What is said about it.
    pub docs: Docs,
    /// Whether it is part of something that is sent.
    pub sent: bool,
    /// Whether it is part of something that is received.
    pub received: bool,
    /// A name given by an override; wins over any other.
    pub name: Option<String>,
    /// The name that it was declared under, in words.
    pub declared: Option<String>,
    /// Whether a schema says what it is, and samples do not.
    pub is_declared: bool,
    /// Whether a schema says that an object has no members of other names.
    pub is_closed: bool,
    /// A value that its author shows, as JSON.
    pub example: Option<String>,
}

/// What a named type is.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// An object with known keys.
    Struct(Vec<StructField>),
    /// Text of which some values are known; always open to others.
    OpenEnum(Vec<EnumValue>),
    /// One of several kinds of thing; always open to others.
    Union(Union),
}

/// Alternatives, and how they are told apart: by what a member says, by kind, and of several objects by their members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Union {
    /// The member whose text tells alternatives apart; `/a/b` is the member `b` of the member `a`.
    pub tag: Option<String>,
    /// The alternatives, in order of preference.
    pub alternatives: Vec<Alternative>,
}

impl Union {
    /// The names that lead to what tells alternatives apart; none where nothing does.
    pub fn way_to_tag(&self) -> impl Iterator<Item = &str> {
        let tag = self.tag.as_deref();
        let inner = tag.and_then(|tag| tag.strip_prefix('/'));
        let top = tag.filter(|_| inner.is_none());
        top.into_iter()
            .chain(inner.into_iter().flat_map(|way| way.split('/')))
    }

    /// The member of the whole that tells alternatives apart, if it is no member of a member.
    pub fn own_tag(&self) -> Option<&str> {
        self.tag.as_deref().filter(|tag| !tag.starts_with('/'))
    }
}

/// An alternative of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its type; none is `Value` nor may be null.
    pub ty: Type,
    /// Holds its own union, directly or through others: needs indirection.
    pub boxed: bool,
    /// What the tag says for it; empty where none does.
    pub tagged: Vec<String>,
    /// What it means.
    pub docs: Docs,
    /// A name that its author gave it; without one it is named after its tag or kind.
    pub name: Option<String>,
}

/// What kind of JSON a value is, as far as alternatives are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the kind of value that it says")]
pub enum JsonKind {
    Bool,
    Number,
    Text,
    List,
    Object,
}

/// A known value of an open enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue {
    /// The text on the wire.
    pub text: String,
    /// What it means.
    pub docs: Docs,
    /// A name given by an override.
    pub name: Option<String>,
}

/// A member of a struct.
#[derive(Clone, Debug, Default)]
pub struct StructField {
    /// The key on the wire.
    pub key: String,
    /// Its type.
    pub ty: Type,
    /// Holds its own struct, directly or through others: needs indirection.
    pub boxed: bool,
    /// Whether some sample holds an explicit null here (sent types can then send one).
    pub nullable: bool,
    /// Always present, by an override or the format's own word; else `Option` (or empty list).
    pub required: bool,
    /// What is said about it.
    pub docs: Docs,
    /// What its type rests on.
    pub evidence: Evidence,
    /// A name given by an override.
    pub name: Option<String>,
    /// Whether it stands for all members of other names: a map, whose key is only for its name.
    pub is_rest: bool,
    /// A value that its author shows or its format has, as JSON.
    pub example: Option<String>,
    /// How it is written in a form, where it is more than a text or a file.
    pub in_form: Option<FormStyle>,
}

/// What the type of a field rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Objects that could have had the field.
    pub samples: usize,
    /// Of these, how many had it.
    pub seen: usize,
    /// Of these, how many had null.
    pub null: usize,
}

/// Where a named type comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The operation.
    pub operation: OperationId,
    /// The operation's name.
    pub operation_name: String,
    /// What it is of the operation.
    pub role: Role,
    /// Keys from there down to the type; list items and map values add `[]` and `{}`, alternatives of a union
    /// [their own step](alternative_step).
    pub path: Vec<String>,
}

/// What a type is of its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The request body, or a form, or GraphQL variables.
    Body,
    /// A parameter, by its name.
    Param(String),
    /// The body of a result of this status.
    Result(Status),
    /// The body of an error of this status.
    Error(Status),
}
