//! Request bodies: one media type of those that are offered, JSON before forms before anything else.
//!
//! In: `requestBody`, or in Swagger 2.0 the parameters in `body` and `formData`. Out: a body, and later its type. Media types that are
//! left out are reported.

use super::forms::{fields, form, members};
use super::offer::{Kind, Offer, item};
use super::params;
use crate::diag::Code;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::frontend::schema::{Schemas, Site};
use crate::ir::{Body, Entry, Language, Operation, Raw, RawContent, Sent, Type};

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
            "the body is sent as {}; {} only by `body_as`",
            offer.media,
            others.join(", ")
        );
        document.warn(Code::MediaType, &at.pointer, message, "");
    }
    operation.other_media = others.into_iter().map(str::to_owned).collect();
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
