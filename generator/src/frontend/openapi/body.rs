//! Request bodies: one media type of those that are offered, JSON before forms before anything else.
//!
//! In: `requestBody`, or in Swagger 2.0 the parameters in `body` and `formData`. Out: a body, and later its type. Media types that are
//! left out are reported.

use super::params;
use crate::diag::Code;
use crate::frontend::json::Value;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::frontend::schema::{Schemas, Site, documented};
use crate::ir::{
    Body, Entry, Evidence, Field, FieldContent, Language, Operation, Raw, RawContent, Sent, StructField,
    Type, TypeDef, TypeKind,
};

/// What a media type is sent as, the preferred first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    Multipart,
    UrlEncoded,
    Text,
    Bytes,
}

/// The media type of a body, and its schema.
struct Offer<'a> {
    kind: Kind,
    media: String,
    /// None where any is.
    schema: Option<At<'a>>,
    /// Where examples of it are.
    at: Option<At<'a>>,
    /// How the parts of a form are sent.
    encoding: Option<At<'a>>,
    required: bool,
}

/// Lowers the body of an operation; its type comes later.
pub(super) fn lower<'a>(document: &Document<'a>, operation: &mut Operation, at: &At<'a>) {
    let offers = offers(document, at);
    let Some(offer) = offers.iter().min_by_key(|offer| offer.kind) else {
        return;
    };
    let others: Vec<&str> = offers
        .iter()
        .map(|other| other.media.as_str())
        .filter(|media| *media != offer.media)
        .collect();
    if !others.is_empty() {
        let message = format!(
            "the body is sent as {}; leaving out {}",
            offer.media,
            others.join(", ")
        );
        document.warn(Code::MediaType, &at.pointer, message, "");
    }
    operation.optional_body = !offer.required;
    let mut media = offer.media.as_str();
    operation.body = match offer.kind {
        Kind::Json => Body::Raw(Raw {
            text: String::new(),
            language: Language::Json,
            strip_comments: false,
            content: RawContent::Json(Type::Value),
        }),
        Kind::Text => Body::Raw(Raw {
            text: String::new(),
            language: Language::Text,
            strip_comments: false,
            content: RawContent::Text,
        }),
        Kind::Bytes => Body::File {
            src: None,
            content: None,
        },
        Kind::UrlEncoded | Kind::Multipart => {
            let fields = fields(document, operation, offer);
            if fields.is_empty() {
                // A form of any members.
                Body::Raw(Raw {
                    text: String::new(),
                    language: Language::Text,
                    strip_comments: false,
                    content: RawContent::Text,
                })
            } else if offer.kind == Kind::UrlEncoded {
                media = "";
                Body::UrlEncoded { fields, ty: None }
            } else {
                media = "";
                Body::FormData { fields, ty: None }
            }
        }
    };
    // What the runtime says by itself need not be said.
    if !media.is_empty() && media != "application/json" {
        operation.headers.push(Entry {
            key: Some("Content-Type".to_owned()),
            value: Some(concrete(media).to_owned()),
            sent: Sent::Always,
            place: operation.place.clone(),
            ..Entry::default()
        });
    }
}

/// A media type that can be sent: of a range, the usual one.
fn concrete(media: &str) -> &str {
    match media {
        "text/*" => "text/plain",
        // Which one it is says who sends it.
        media if media.contains('*') => "application/octet-stream",
        media => media,
    }
}

fn offers<'a>(document: &Document<'a>, at: &At<'a>) -> Vec<Offer<'a>> {
    if document.version == Version::V2 {
        return of_params(document, at).into_iter().collect();
    }
    let Some(body) = at.get("requestBody").map(|body| document.resolve(body)) else {
        return Vec::new();
    };
    let content = body
        .get("content")
        .map(|content| content.members())
        .unwrap_or_default();
    let offer = |(media, at): (&str, At<'a>)| Offer {
        kind: kind(document, media, at.get("schema").as_ref()),
        media: media.trim().to_owned(),
        schema: at.get("schema"),
        encoding: at.get("encoding"),
        required: body.flag("required"),
        at: Some(at),
    };
    content.into_iter().map(offer).collect()
}

/// Where examples of a body are, and its schema.
pub(super) fn media<'a>(document: &Document<'a>, at: &At<'a>) -> Option<(At<'a>, Option<At<'a>>)> {
    let offers = offers(document, at).into_iter();
    let offer = offers.min_by_key(|offer| offer.kind)?;
    Some((offer.at?, offer.schema))
}

/// Swagger 2.0 has a parameter for a body, and one for each field of a form.
fn of_params<'a>(document: &Document<'a>, at: &At<'a>) -> Option<Offer<'a>> {
    let params = params::all(document, &item(document, at), at);
    let own = at.texts("consumes");
    let consumes = if at.value.get("consumes").is_some() {
        own
    } else {
        document.top().texts("consumes")
    };
    if let Some(body) = params.iter().find(|param| param.text("in") == Some("body")) {
        let schema = body.get("schema");
        let json = consumes.iter().find(|media| is_json(media));
        let media = json.or(consumes.first()).copied().unwrap_or("application/json");
        return Some(Offer {
            kind: kind(document, media, schema.as_ref()),
            media: media.to_owned(),
            schema,
            at: Some(body.clone()),
            encoding: None,
            required: body.flag("required"),
        });
    }
    let fields: Vec<&At<'a>> = params
        .iter()
        .filter(|param| param.text("in") == Some("formData"))
        .collect();
    let first = fields.first()?;
    let has_file = fields.iter().any(|field| field.text("type") == Some("file"));
    let is_multipart = has_file || consumes.contains(&"multipart/form-data");
    Some(Offer {
        kind: if is_multipart {
            Kind::Multipart
        } else {
            Kind::UrlEncoded
        },
        media: String::new(),
        schema: Some((*first).clone()),
        at: None,
        encoding: None,
        required: fields.iter().any(|field| field.flag("required")),
    })
}

/// The path that an operation is of.
fn item<'a>(document: &Document<'a>, at: &At<'a>) -> At<'a> {
    let (above, _) = at.pointer.rsplit_once('/').unwrap_or_default();
    document.at_pointer(above).unwrap_or_else(|| document.top())
}

fn kind<'a>(document: &Document<'a>, media: &str, schema: Option<&At<'a>>) -> Kind {
    let media = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let shape = || {
        schema
            .map(|schema| View::of(document, schema))
            .and_then(|view| view.kind())
    };
    match media.as_str() {
        media if is_json(media) => Kind::Json,
        "multipart/form-data" => Kind::Multipart,
        "application/x-www-form-urlencoded" => Kind::UrlEncoded,
        "*/*" if matches!(shape(), Some("object" | "array")) => Kind::Json,
        media if media.starts_with("text/") || media.ends_with("xml") || media.contains("yaml") => Kind::Text,
        media if media.contains("graphql") || media.contains("ndjson") => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// Whether a media type is JSON.
pub(super) fn is_json(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    media.ends_with("/json") || media.ends_with("+json")
}

/// The fields of a form, in order.
fn fields<'a>(document: &Document<'a>, operation: &Operation, offer: &Offer<'a>) -> Vec<Field> {
    let members = members(document, operation, offer.schema.as_ref());
    let field = |(key, at, required): (String, At<'a>, bool)| {
        let view = View::of(document, &at);
        let encoding = offer.encoding.as_ref().and_then(|encoding| encoding.get(&key));
        let said = encoding.as_ref().and_then(|at| at.text("contentType"));
        let said = said
            .filter(|media| !media.contains([',', '*']))
            .map(str::to_owned);
        let is_json = offer.kind == Kind::Multipart && view.kind() == Some("object");
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
fn members<'a>(
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

/// Gives a body its type.
pub(super) fn type_body<'a>(
    operation: &mut Operation,
    schemas: &mut Schemas<'a, '_>,
    at: &At<'a>,
    site: &Site,
) {
    let document = schemas.document;
    let offers = offers(document, at);
    let Some(offer) = offers.iter().min_by_key(|offer| offer.kind) else {
        return;
    };
    let ty = match &operation.body {
        Body::Raw(Raw {
            content: RawContent::Json(_),
            ..
        }) => offer
            .schema
            .as_ref()
            .map(|schema| schemas.typed(schema, site).element()),
        Body::UrlEncoded { .. } | Body::FormData { .. } => {
            let members = members(document, operation, offer.schema.as_ref());
            Some(form(schemas, site, &members, offer))
        }
        Body::Raw(_) | Body::File { .. } | Body::None | Body::GraphQl(_) => None,
    };
    let Some(own) = ty else { return };
    schemas.types.mark(&own, |def| &mut def.sent);
    match &mut operation.body {
        Body::Raw(raw) => raw.content = RawContent::Json(own),
        Body::UrlEncoded { ty, .. } | Body::FormData { ty, .. } => *ty = Some(own),
        Body::None | Body::File { .. } | Body::GraphQl(_) => {}
    }
}

/// The struct of a form: files, lists of texts, and texts.
fn form<'a>(
    schemas: &mut Schemas<'a, '_>,
    site: &Site,
    members: &[(String, At<'a>, bool)],
    offer: &Offer<'a>,
) -> Type {
    let document = schemas.document;
    let mut fields: Vec<StructField> = Vec::new();
    for (key, at, required) in members {
        let view = View::of(document, at);
        let ty = if is_file(document, &view) {
            if view.kind() == Some("array") {
                Type::List(Box::new(Type::File))
            } else {
                Type::File
            }
        } else {
            let part = Site {
                declared: None,
                ..site.clone()
            };
            let mut part = part;
            part.origin.path.push(key.clone());
            scalar(schemas.typed(at, &part).ty)
        };
        fields.push(StructField {
            key: key.clone(),
            ty,
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
        sent: true,
        received: false,
        name: None,
        declared: None,
        is_declared: true,
        example: None,
    });
    Type::Named(id)
}

/// What a field of a form can be: anything but plain values is given as JSON.
fn scalar(ty: Type) -> Type {
    match ty {
        Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::String | Type::File => ty,
        Type::List(item) => match scalar(*item) {
            // A list in a list is JSON.
            Type::List(_) => Type::Value,
            item => Type::List(Box::new(item)),
        },
        Type::Named(_) | Type::Map(_) | Type::Value | Type::Nullable(_) | Type::Number => Type::Value,
        Type::External(_) => Type::String,
        Type::FileOrText => Type::FileOrText,
    }
}
