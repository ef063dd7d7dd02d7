//! Forms: their fields, the struct that is filled, and how each member is written.
//!
//! In: the schema of a form and its encoding, or in Swagger 2.0 the parameters in `formData`. Out: fields, and a struct with a member
//! for each: a file, a plain value, or anything else with the style that it is written in.

use super::offer::{Kind, Offer, item};
use super::params;
use super::styles::is_exploded;
use crate::frontend::json::Value;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::frontend::schema::{Schemas, Site, documented};
use crate::ir::{
    Evidence, Field, FieldContent, FormStyle, Operation, StructField, Type, TypeDef, TypeKind, Types,
};

/// The fields of a form, in order.
pub(super) fn fields<'a>(document: &Document<'a>, operation: &Operation, offer: &Offer<'a>) -> Vec<Field> {
    let members = members(document, operation, offer.schema.as_ref());
    let field = |(key, at, required): (String, At<'a>, bool)| {
        let view = View::of(document, &at);
        let encoding = offer.encoding.as_ref().and_then(|encoding| encoding.get(&key));
        let said = encoding.as_ref().and_then(|at| at.text("contentType"));
        let said = said
            .filter(|media| !media.contains([',', '*']))
            .map(str::to_owned);
        let items = view.items.as_ref().map(|items| View::of(document, items));
        let is_object = |view: &View<'_>| view.kind() == Some("object");
        let is_json = is_object(&view) || items.as_ref().is_some_and(is_object);
        let is_json = is_json
            && offer.kind == Kind::Multipart
            && style(document, &at, encoding.as_ref()) == Said::Nothing;
        Field {
            content: if is_file(document, &view) {
                FieldContent::Files {
                    src: Vec::new(),
                    file_name: None,
                }
            } else {
                FieldContent::Text(String::new())
            },
            content_type: said.or_else(|| is_json.then(|| "application/json".to_owned())),
            // Nothing is sent of a form that nobody filled.
            disabled: true,
            required,
            docs: documented(&view.text, view.deprecated),
            place: document.place(&at.pointer, &operation.place.breadcrumb),
            key: Some(key),
        }
    };
    members.into_iter().map(field).collect()
}

/// The members of a form, and whether each must be there.
pub(super) fn members<'a>(
    document: &Document<'a>,
    operation: &Operation,
    schema: Option<&At<'a>>,
) -> Vec<(String, At<'a>, bool)> {
    let Some(schema) = schema else { return Vec::new() };
    if document.version == Version::V2 && schema.text("in") == Some("formData") {
        let at = document.at(&operation.place);
        let params = at
            .map(|at| params::all(document, &item(document, &at), &at))
            .unwrap_or_default();
        let fields = params
            .into_iter()
            .filter(|param| param.text("in") == Some("formData"));
        return fields
            .map(|at| {
                (
                    at.text("name").unwrap_or_default().to_owned(),
                    at.clone(),
                    at.flag("required"),
                )
            })
            .collect();
    }
    let view = View::of(document, schema);
    let properties = view.properties.iter();
    properties
        .map(|(key, at)| ((*key).to_owned(), at.clone(), view.required.contains(key)))
        .collect()
}

/// Whether a field is the content of a file, or a list of such.
fn is_file<'a>(document: &Document<'a>, view: &View<'a>) -> bool {
    let is_bytes = |view: &View<'_>| view.format == "binary" || view.kinds.contains(&"file");
    let items = view.items.as_ref().map(|items| View::of(document, items));
    is_bytes(view) || items.is_some_and(|items| is_bytes(&items))
}

/// The struct of a form: files, lists of texts, and texts.
pub(super) fn form<'a>(
    schemas: &mut Schemas<'a, '_>,
    site: &Site,
    members: &[(String, At<'a>, bool)],
    offer: &Offer<'a>,
) -> Type {
    let document = schemas.document;
    let mut fields: Vec<StructField> = Vec::new();
    for (key, at, required) in members {
        let view = View::of(document, at);
        let encoding = offer.encoding.as_ref().and_then(|encoding| encoding.get(key));
        let (ty, in_form) = if is_file(document, &view) {
            let file = if view.kind() == Some("array") {
                Type::List(Box::new(Type::File))
            } else {
                Type::File
            };
            (file, None)
        } else {
            let mut part = Site {
                declared: None,
                ..site.clone()
            };
            part.origin.path.push(key.clone());
            let ty = schemas.typed(at, &part).ty;
            written(&schemas.types, ty, style(document, at, encoding.as_ref()))
        };
        fields.push(StructField {
            key: key.clone(),
            ty,
            in_form,
            required: *required,
            docs: documented(&view.text, view.deprecated),
            evidence: Evidence::default(),
            ..StructField::default()
        });
    }
    let text = offer
        .schema
        .as_ref()
        .and_then(|at| at.value.get("description"))
        .and_then(Value::as_str);
    let id = schemas.types.add(TypeDef {
        origin: site.origin.clone(),
        kind: TypeKind::Struct(fields),
        docs: documented(text.unwrap_or_default(), false),
        sent: false,
        received: false,
        name: None,
        declared: None,
        is_declared: true,
        is_closed: false,
        example: None,
    });
    Type::Named(id)
}

/// What is said of how a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// Nothing: what is usual for its type.
    Nothing,
    /// As parameters of the query are, each value apart.
    Exploded,
    Deep,
    Joined(&'static str),
}

/// What an encoding says, or in 2.0 the field itself.
fn style(document: &Document<'_>, at: &At<'_>, encoding: Option<&At<'_>>) -> Said {
    if document.version == Version::V2 {
        return match at.text("collectionFormat").unwrap_or("csv") {
            "multi" => Said::Nothing,
            "ssv" => Said::Joined(" "),
            "tsv" => Said::Joined("\t"),
            "pipes" => Said::Joined("|"),
            _ => Said::Joined(","),
        };
    }
    let Some(encoding) = encoding else {
        return Said::Nothing;
    };
    let says = |key: &&str| encoding.value.get(key).is_some();
    if !["style", "explode", "allowReserved"].iter().any(says) {
        return Said::Nothing;
    }
    let name = encoding.text("style").unwrap_or("form");
    match (name, is_exploded(encoding, name == "form")) {
        ("deepObject", _) => Said::Deep,
        ("spaceDelimited", false) => Said::Joined(" "),
        ("pipeDelimited", false) => Said::Joined("|"),
        (_, false) => Said::Joined(","),
        (_, true) => Said::Exploded,
    }
}

/// The type of a field, and how it is written where it is more than plain values.
fn written(types: &Types, ty: Type, said: Said) -> (Type, Option<FormStyle>) {
    let is_plain = |ty: &Type| match ty {
        Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::Number | Type::String => true,
        Type::Named(id) => matches!(types.get(*id).kind, TypeKind::OpenEnum(_)),
        Type::Value | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
        Type::File | Type::FileOrText | Type::External(_) => false,
    };
    let said = match (&ty, said) {
        (Type::External(_), _) => return (Type::String, None),
        (ty, _) if is_plain(ty) => None,
        (Type::List(item), Said::Nothing | Said::Exploded) if is_plain(item) => None,
        (_, Said::Nothing) => Some(FormStyle::Json),
        (_, Said::Exploded) => Some(FormStyle::Members),
        (_, Said::Deep) => Some(FormStyle::Deep),
        (_, Said::Joined(between)) => Some(FormStyle::Joined(between)),
    };
    (ty, said)
}
