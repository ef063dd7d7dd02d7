//! Types as Rust spells them: paths from one module to another, `Option`s and `Vec`s, derives and codecs.
//!
//! In: the neutral types and the names that were chosen for them. Out: [`Ty`]s and [`TypeItem`]s.
//! It knows the law of optional and list fields (received: `Option`, plain `Vec`; sent: `Option` throughout, an
//! explicit null where a sample shows one) and nothing of samples.

use std::collections::BTreeSet;

use super::comments as docs;
use super::doc_lines::DocLines;
use super::name::{self, Case, Ident, Scope};
use super::names::Names;
pub use super::names::TypePath;
use crate::ir;

pub use crate::ir::{FormStyle, JsonKind};

/// A type in the output.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the Rust type it says")]
pub enum Ty {
    Unit,
    Bool,
    I64,
    U64,
    F64,
    String,
    List(Box<Ty>),
    /// A sorted map with text keys.
    Map(Box<Ty>),
    Option(Box<Ty>),
    Boxed(Box<Ty>),
    /// A type of the runtime.
    Runtime(&'static str),
    /// A type of the generated client.
    Local(TypePath),
    /// A type of the user's own, known to parse.
    External(String),
}

/// A struct or enum.
#[derive(Clone, Debug, Hash)]
pub struct TypeItem {
    /// Its name.
    pub ident: Ident,
    /// Documentation.
    pub docs: DocLines,
    /// What it is.
    pub kind: TypeItemKind,
}

/// What a [`TypeItem`] is.
#[derive(Clone, Debug, Hash)]
pub enum TypeItemKind {
    /// A struct.
    Struct(Struct),
    /// An enum that is open to other values.
    OpenEnum(Vec<Variant>),
    /// An enum of alternatives.
    Union(Union),
}

/// An enum of alternatives, open to other values.
#[derive(Clone, Debug, Hash)]
pub struct Union {
    /// The member whose text tells alternatives apart; `/a/b` is the member `b` of the member `a`.
    pub tag: Option<String>,
    /// The alternatives, in order of preference.
    pub alternatives: Vec<Alternative>,
    /// Whether it is written as JSON too.
    pub is_sent: bool,
}

/// A variant that holds a value.
#[derive(Clone, Debug, Hash)]
pub struct Alternative {
    /// Its name.
    pub ident: Ident,
    /// Documentation.
    pub docs: DocLines,
    /// What it holds.
    pub ty: Ty,
    /// What kind of JSON that is.
    pub kind: JsonKind,
    /// What the tag says for it.
    pub tagged: Vec<String>,
    /// Keys without which an object is none of it.
    pub requires: Vec<String>,
    /// Other keys that it has.
    pub knows: Vec<String>,
}

/// A struct.
#[derive(Clone, Debug, Hash)]
pub struct Struct {
    /// What is derived, in order.
    pub derives: Vec<&'static str>,
    /// Whether users may not construct it literally: received types grow with every saved sample.
    pub non_exhaustive: bool,
    /// Fields in order.
    pub fields: Vec<Field>,
    /// Whether it has a function that takes what must be given, as it cannot start without.
    pub is_constructed: bool,
    /// The ways it goes to and comes from the wire.
    pub codecs: Vec<Codec>,
}

/// A field of a struct.
#[derive(Clone, Debug, Hash)]
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// Its key on the wire.
    pub key: String,
    /// Documentation.
    pub docs: DocLines,
    /// Its type.
    pub ty: Ty,
    /// What its type needs the codec to know.
    pub marker: Marker,
    /// How a form has it, where it is more than a text or a file.
    pub in_form: Option<ir::FormStyle>,
}

/// What a codec must know of a field's type: the runtime's markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// An option.
    Field,
    /// A plain list: empty stands for absent.
    List,
    /// The content of a file.
    File,
    /// Always there.
    Required,
    /// An option of a type that is not made by letterpress.
    Plain,
    /// Always there, of a type that is not made by letterpress.
    RequiredPlain,
    /// All members of other names.
    Rest,
}

/// A way to or from the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// Read from JSON.
    Received,
    /// Written as JSON.
    Sent,
    /// Written as a form.
    Form,
}

/// A known value of an open enum.
#[derive(Clone, Debug, Hash)]
pub struct Variant {
    /// Its name.
    pub ident: Ident,
    /// Its text on the wire.
    pub text: String,
    /// Documentation.
    pub docs: DocLines,
}

/// A neutral type as it is spelled in this module.
pub fn ty(names: &Names<'_>, module: usize, ty: &ir::Type) -> Ty {
    let inner = |inner: &ir::Type| Box::new(self::ty(names, module, inner));
    match ty {
        ir::Type::Value => Ty::Runtime("Value"),
        ir::Type::Bool => Ty::Bool,
        ir::Type::I64 => Ty::I64,
        ir::Type::U64 => Ty::U64,
        ir::Type::F64 => Ty::F64,
        ir::Type::String => Ty::String,
        ir::Type::List(item) => Ty::List(inner(item)),
        ir::Type::Map(value) => Ty::Map(inner(value)),
        ir::Type::Nullable(value) => Ty::Option(inner(value)),
        ir::Type::Named(id) => Ty::Local(names.path(module, *id)),
        ir::Type::Number => Ty::Runtime("Number"),
        ir::Type::File => Ty::Runtime("FilePart"),
        ir::Type::FileOrText => Ty::Runtime("FormValue"),
        ir::Type::External(path) => match syn::parse_str::<syn::Type>(path) {
            Ok(_) => Ty::External(path.clone()),
            Err(_) => Ty::Runtime("Value"),
        },
    }
}

/// The definition of a named type, in the module it lives in; `function` is the way to that of the call that it comes from.
pub fn item(names: &Names<'_>, id: ir::TypeId, function: Option<&str>) -> TypeItem {
    let def = names.def(id);
    let home = names.home(id);
    let kind = match &def.kind {
        ir::TypeKind::Struct(fields) => TypeItemKind::Struct(strukt(names, id, def, fields)),
        ir::TypeKind::OpenEnum(values) => TypeItemKind::OpenEnum(variants(values)),
        ir::TypeKind::Union(union) => TypeItemKind::Union(unions::union(names, id, def, union)),
    };
    TypeItem {
        ident: home.ident.clone(),
        docs: docs::type_item(def, names.shared.contains(&id), function),
        kind,
    }
}

fn strukt(names: &Names<'_>, id: ir::TypeId, def: &ir::TypeDef, fields: &[ir::StructField]) -> Struct {
    let module = names.home(id).module;
    let mut scope = Scope::new(Case::Snake);
    let codecs = codecs(names, id, def);
    let is_form = codecs.contains(&Codec::Form);
    let fields: Vec<_> = fields
        .iter()
        .map(|field| {
            let ident = field_ident(&mut scope, field);
            let (ty, marker) = field_ty(names, module, def, field);
            Field {
                ident,
                key: field.key.clone(),
                docs: docs::field(field),
                ty,
                marker,
                in_form: field.in_form.filter(|_| is_form),
            }
        })
        .collect();
    Struct {
        derives: derives(&codecs, &fields, has_default(names, id)),
        non_exhaustive: def.received && !def.sent && !is_form,
        is_constructed: is_constructed(names, id),
        fields,
        codecs,
    }
}

/// Of a struct without required members the others come with the table that it is received by; one that keeps members of other names
/// is read by a table of the other kind.
fn derives(codecs: &[Codec], fields: &[Field], has_default: bool) -> Vec<&'static str> {
    let is_required = |field: &Field| match field.marker {
        Marker::Required | Marker::RequiredPlain | Marker::Rest => true,
        Marker::Field | Marker::List | Marker::File | Marker::Plain => false,
    };
    match (codecs.contains(&Codec::Received), fields.iter().any(is_required)) {
        (true, false) => vec!["Default"],
        (false, _) | (true, true) if has_default => vec!["Clone", "Debug", "Default", "PartialEq"],
        (false, _) | (true, true) => vec!["Clone", "Debug", "PartialEq"],
    }
}

/// Whether a struct is sent of which somebody says what must be given, its API's author or settings: nothing is made up for it.
/// A form is filled in from the one that was saved, or field by field, and what it lacks is what its server finds lacking.
fn is_constructed(names: &Names<'_>, id: ir::TypeId) -> bool {
    let def = names.def(id);
    let is_said = def.is_declared || !names.uses().is_form(id);
    let has_required = match &def.kind {
        ir::TypeKind::Struct(fields) => fields
            .iter()
            .any(|field| field.required && field.ty != ir::Type::File),
        ir::TypeKind::OpenEnum(_) | ir::TypeKind::Union(_) => false,
    };
    is_said && def.sent && has_required
}

/// Whether a type can start without a value: not if it says what must be given, nor if something of somebody else's must be there.
pub(super) fn has_default(names: &Names<'_>, id: ir::TypeId) -> bool {
    let mut asked = BTreeSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if !asked.insert(id) {
            continue;
        }
        if is_constructed(names, id) {
            return false;
        }
        let fields = match &names.def(id).kind {
            ir::TypeKind::Struct(fields) => fields,
            ir::TypeKind::OpenEnum(_) | ir::TypeKind::Union(_) => continue,
        };
        for field in fields.iter().filter(|field| field.required) {
            match &field.ty {
                ir::Type::External(_) | ir::Type::Number => return false,
                ir::Type::Named(id) => open.push(*id),
                ir::Type::List(_) | ir::Type::Map(_) | ir::Type::Nullable(_) | ir::Type::Value => {}
                ir::Type::Bool | ir::Type::I64 | ir::Type::U64 | ir::Type::F64 => {}
                ir::Type::String | ir::Type::File | ir::Type::FileOrText => {}
            }
        }
    }
    true
}

/// The name of a field: without its namespace, if that is free.
fn field_ident(scope: &mut Scope, field: &ir::StructField) -> Ident {
    if let Some(name) = &field.name {
        return scope.claim_text(name, "field");
    }
    let short = name::join(&name::words_of_key(&field.key), Case::Snake);
    if !short.is_empty() && scope.is_free(&short) {
        return scope.claim(&short);
    }
    scope.claim_text(&field.key, "field")
}

/// The type of a field: what its key holds, made optional, nullable or indirect as its struct's use asks.
fn field_ty(names: &Names<'_>, module: usize, def: &ir::TypeDef, field: &ir::StructField) -> (Ty, Marker) {
    let mut inner = ty(names, module, &field.ty);
    if field.is_rest {
        return (inner, Marker::Rest);
    }
    let is_list = matches!(field.ty, ir::Type::List(_));
    let (external, file) = (
        holds(&field.ty, is_external),
        holds(&field.ty, |ty| {
            matches!(ty, ir::Type::File | ir::Type::FileOrText)
        }),
    );
    if field.boxed && !is_list {
        inner = Ty::Boxed(Box::new(inner));
    }
    // A file has no default that a struct could start with, so it stays optional.
    if field.required && field.ty != ir::Type::File {
        let marker = if external {
            Marker::RequiredPlain
        } else {
            Marker::Required
        };
        return (inner, if file { Marker::File } else { marker });
    }
    if is_list && def.received && !external && !file {
        return (inner, Marker::List);
    }
    let optional = Ty::Option(Box::new(inner));
    match (file, external) {
        (true, _) => (optional, Marker::File),
        (false, true) => (optional, Marker::Plain),
        (false, false) if def.sent && field.nullable => (Ty::Option(Box::new(optional)), Marker::Field),
        (false, false) => (optional, Marker::Field),
    }
}

/// Whether a type is, or directly holds, one of this kind.
fn holds(ty: &ir::Type, kind: fn(&ir::Type) -> bool) -> bool {
    match ty {
        ir::Type::List(inner) | ir::Type::Map(inner) | ir::Type::Nullable(inner) => holds(inner, kind),
        ir::Type::Value | ir::Type::Bool | ir::Type::I64 | ir::Type::U64 | ir::Type::F64 => kind(ty),
        ir::Type::Number | ir::Type::String | ir::Type::Named(_) | ir::Type::External(_) => kind(ty),
        ir::Type::File | ir::Type::FileOrText => kind(ty),
    }
}

/// Whether `serde` must be asked for it; what does not parse as a path becomes a `Value`, which need not.
fn is_external(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::External(_))
}

/// What is sent as JSON is read too: off the collection, for `saved()`.
fn codecs(names: &Names<'_>, id: ir::TypeId, def: &ir::TypeDef) -> Vec<Codec> {
    let form = names.uses().is_form(id);
    let json = names.uses().is_sent_as_json(id);
    let sent = def.sent && (!form || json);
    let all = [
        (Codec::Received, def.received || json),
        (Codec::Sent, sent),
        (Codec::Form, form),
    ];
    all.into_iter()
        .filter_map(|(codec, used)| used.then_some(codec))
        .collect()
}

fn variants(values: &[ir::types::EnumValue]) -> Vec<Variant> {
    let mut scope = Scope::reserving(Case::Camel, &["Other"], "Value");
    values
        .iter()
        .map(|value| Variant {
            ident: scope.claim_text(value.name.as_deref().unwrap_or(&value.text), "Empty"),
            text: value.text.clone(),
            docs: docs::variant(value),
        })
        .collect()
}

mod unions;

mod member;
pub(super) use member::member;
