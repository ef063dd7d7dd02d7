//! Parameters: the address, its query, headers and cookies.
//!
//! In: a path with its `{names}`, and the parameters of it and of the operation. Out: the address as a template, entries of query and
//! headers that are sent when they are set, and a parameter for each. Lists have an entry for each value, or one in which they are
//! joined, as their style says; an object has an entry for each member that it declares.

use super::address;
use super::given::{add, example};
use super::styles::{self, Shape, kind, schema_of};
use crate::diag::Code;
use crate::frontend::schema::document::{At, Document, Version};
use crate::frontend::schema::view::View;
use crate::frontend::schema::{Schemas, Site, documented};
use crate::ir::{Entry, Operation, ParamPlace, Presence, Sent, Type, TypeKind, Url};

/// Headers that the specification leaves to other parts of a description.
const IGNORED: &[&str] = &["accept", "content-type", "authorization"];

/// Lowers the address and all parameters of an operation; their types come later.
pub(super) fn lower<'a>(
    document: &Document<'a>,
    operation: &mut Operation,
    base: &str,
    path: &'a str,
    item: &At<'a>,
    at: &At<'a>,
) {
    let params = all(document, item, at);
    // A fragment only tells operations apart, and a query is one of fixed entries.
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    operation.url = Url {
        path_start: base.len(),
        ..Url::default()
    };
    operation.url.base = address::address(document, operation, base, path, &params);
    for entry in query.split('&').filter(|entry| !entry.is_empty()) {
        let (key, value) = entry
            .split_once('=')
            .map_or((entry, None), |(key, value)| (key, Some(value)));
        operation.url.query.push(Entry {
            key: Some(key.to_owned()),
            value: value.map(str::to_owned),
            sent: Sent::Always,
            place: operation.place.clone(),
            ..Entry::default()
        });
    }
    for param in &params {
        match param.text("in").unwrap_or_default() {
            "query" | "querystring" => query_param(document, operation, param),
            "header" => header_param(document, operation, param),
            "cookie" => cookie_param(document, operation, param),
            "path" => {
                let name = param.text("name").unwrap_or_default();
                if !path.contains(&format!("{{{name}}}")) {
                    let message = format!(
                        "`{name}` is declared for the path, which has no `{{{name}}}`; leaving it out"
                    );
                    let help = "write it into the path, or take the parameter out";
                    document.warn(Code::Parameter, &param.pointer, message, help);
                }
            }
            "body" | "formData" => {}
            other => {
                let message = format!("a parameter in `{other}` is not known; leaving it out");
                let help = "parameters are in `path`, `query`, `header` or `cookie`";
                document.warn(Code::Parameter, &param.pointer, message, help);
            }
        }
    }
}

/// The parameters of the path and of the operation, whose word counts; references followed.
pub(super) fn all<'a>(document: &Document<'a>, item: &At<'a>, at: &At<'a>) -> Vec<At<'a>> {
    let mut params: Vec<At<'a>> = Vec::new();
    let lists = [item, at].into_iter().filter_map(|at| at.get("parameters"));
    for param in lists.flat_map(|list| list.elements()) {
        let param = document.resolve(param);
        let key = (param.text("name"), param.text("in"));
        if key.0.is_none() {
            continue;
        }
        match params
            .iter_mut()
            .find(|own| (own.text("name"), own.text("in")) == key)
        {
            Some(own) => *own = param,
            None => params.push(param),
        }
    }
    params
}

fn presence(at: &At<'_>) -> Presence {
    if at.flag("required") {
        Presence::Required
    } else {
        Presence::Optional
    }
}

fn entry(operation: &Operation, at: &At<'_>, key: String, value: Option<String>) -> Entry {
    Entry {
        key: Some(key),
        value: Some(value.unwrap_or_default()),
        sent: Sent::WhenSet,
        docs: documented(at.text("description").unwrap_or_default(), false),
        place: operation.place.clone(),
        ..Entry::default()
    }
}

/// An entry of the query: its name is data.
fn in_query(operation: &Operation, at: &At<'_>, key: String, value: Option<String>) -> Entry {
    let written = encoded(&key);
    Entry {
        called: (written != key).then_some(key),
        ..entry(operation, at, written, value)
    }
}

/// A name in which nothing stands that has a meaning in a query, or that RFC 3986 has in none. Letters of any script are left to whoever
/// sends it.
fn encoded(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_ascii_control() || " \"#%&'+;<=>?[\\]^`{|}".contains(char) {
            written += &format!("%{:02X}", u32::from(char));
        } else {
            written.push(char);
        }
    }
    written
}

fn query_param<'a>(document: &Document<'a>, operation: &mut Operation, at: &At<'a>) {
    let name = at.text("name").unwrap_or_default();
    let view = View::of(document, &schema_of(document, at));
    let is_json = at.value.get("content").is_some();
    let kind = if is_json { None } else { view.kind() };
    let style = style(document, at);
    let is_deep = style == "deepObject";
    match kind {
        Some("array") => {
            // Stripe and others name such lists with brackets; the specification does not say how they are sent.
            let key = if is_deep && !name.ends_with("[]") {
                format!("{name}[]")
            } else {
                name.to_owned()
            };
            let mut entry = in_query(operation, at, key, example(at));
            entry.joined = joined(document, at, style);
            push_query(document, operation, entry, at, name, true);
        }
        Some("object") => {
            let between = joined(document, at, style).filter(|_| !is_deep);
            if between.is_none() && !view.properties.is_empty() {
                members(document, operation, &view, (name, name), is_deep, 0);
                return;
            }
            let mut entry = in_query(operation, at, name.to_owned(), None);
            entry.joined = between;
            push_query(document, operation, entry, at, name, false);
            if let Some(param) = operation.params.last_mut() {
                param.style = Some(styles::in_query(name, is_deep, between));
            }
        }
        Some(_) | None => {
            let entry = in_query(operation, at, name.to_owned(), example(at));
            push_query(document, operation, entry, at, name, false);
            // What may be an object as well as a value has both.
            let objects = view.alternatives.iter().map(|at| View::of(document, at));
            let object = objects.into_iter().find(|view| view.kind() == Some("object"));
            if let Some(object) = object.filter(|_| is_deep && !is_json) {
                members(document, operation, &object, (name, name), is_deep, 0);
            }
        }
    }
}

/// How deep members of members are parameters of their own.
const MOST_DEPTH: usize = 3;

/// A parameter for each member of an object in the query, which is written and called so.
fn members<'a>(
    document: &Document<'a>,
    operation: &mut Operation,
    view: &View<'a>,
    (written, called): (&str, &str),
    is_deep: bool,
    depth: usize,
) {
    for (member, property) in &view.properties {
        let (key, name) = if is_deep {
            (format!("{written}[{member}]"), format!("{called} {member}"))
        } else {
            ((*member).to_owned(), (*member).to_owned())
        };
        let own = View::of(document, property);
        let is_object = own.kind() == Some("object");
        if is_object && is_deep && depth < MOST_DEPTH && !own.properties.is_empty() {
            members(document, operation, &own, (&key, &name), is_deep, depth + 1);
            continue;
        }
        if is_object && !is_deep {
            let message =
                format!("`{member}` of the parameter `{written}` is an object in an object; taking text");
            let help = "give it as the API wants it";
            document.warn(Code::Parameter, &property.pointer, message, help);
        }
        let is_list = own.kind() == Some("array");
        let entry = in_query(operation, property, key.clone(), None);
        push_query(document, operation, entry, property, &name, is_list);
        if let Some(param) = operation.params.last_mut().filter(|_| is_object && is_deep) {
            param.style = Some(styles::in_query(&key, is_deep, None));
        }
    }
}

fn push_query(
    document: &Document<'_>,
    operation: &mut Operation,
    entry: Entry,
    at: &At<'_>,
    called: &str,
    many: bool,
) {
    let index = operation.url.query.len();
    operation.url.query.push(entry);
    add(
        document,
        operation,
        called,
        ParamPlace::Query(index),
        Some(at),
        presence(at),
    );
    if let Some(param) = operation.params.last_mut() {
        param.many = many;
    }
}

fn style<'a>(document: &Document<'a>, at: &At<'a>) -> &'a str {
    match document.version {
        Version::V2 => "",
        Version::V30 | Version::V31 => at.text("style").unwrap_or("form"),
    }
}

/// What stands between the values of a list; `None` if each has an entry of its own.
fn joined(document: &Document<'_>, at: &At<'_>, style: &str) -> Option<&'static str> {
    if document.version == Version::V2 {
        return match at.text("collectionFormat").unwrap_or("csv") {
            "multi" => None,
            "ssv" => Some("%20"),
            "tsv" => Some("%09"),
            "pipes" => Some("%7C"),
            _ => Some(","),
        };
    }
    // Only `form` is for repeating; of the others it is not said what that would mean.
    let explode = at.value.get("explode").is_none_or(|_| at.flag("explode"));
    match style {
        "spaceDelimited" if !at.flag("explode") => Some("%20"),
        "pipeDelimited" if !at.flag("explode") => Some("%7C"),
        "form" if !explode => Some(","),
        _ => None,
    }
}

fn header_param<'a>(document: &Document<'a>, operation: &mut Operation, at: &At<'a>) {
    let name = at.text("name").unwrap_or_default();
    if IGNORED.contains(&name.to_ascii_lowercase().as_str()) {
        let message = format!("a parameter for the header `{name}` has no meaning; leaving it out");
        let help = "media types say what is sent and taken, security schemes who calls";
        document.warn(Code::Parameter, &at.pointer, message, help);
        return;
    }
    let index = operation.headers.len();
    let entry = entry(operation, at, name.to_owned(), example(at));
    operation.headers.push(entry);
    add(
        document,
        operation,
        name,
        ParamPlace::Header(index),
        Some(at),
        presence(at),
    );
    let shape = Shape::of(kind(document, at));
    if let Some(param) = operation.params.last_mut() {
        param.many = shape == Shape::List;
        param.style = styles::in_header(at, shape);
    }
}

/// All cookies are one header: of those that must be there, and of each that is given.
fn cookie_param(document: &Document<'_>, operation: &mut Operation, at: &At<'_>) {
    let name = at.text("name").unwrap_or_default();
    let presence = presence(at);
    let cookie = format!("{name}={{{{{name}}}}}");
    let known = operation
        .headers
        .iter_mut()
        .find(|header| header.key.as_deref() == Some("Cookie") && header.sent == Sent::Always);
    let known = known.filter(|_| presence == Presence::Required);
    match known.and_then(|header| header.value.as_mut()) {
        Some(value) => *value = format!("{value}; {cookie}"),
        None => {
            let entry = Entry {
                sent: match presence {
                    Presence::Required => Sent::Always,
                    Presence::Optional => Sent::WhenGiven,
                },
                ..entry(operation, at, "Cookie".to_owned(), Some(cookie))
            };
            operation.headers.push(entry);
        }
    }
    let place = ParamPlace::Variable(name.to_owned());
    add(document, operation, name, place, Some(at), presence);
}

/// Gives parameters their types.
pub(super) fn type_all(operation: &mut Operation, schemas: &mut Schemas<'_, '_>, sites: &[Site]) {
    for (param, site) in operation.params.iter_mut().zip(sites) {
        if param.many
            || param.style.is_some()
            || matches!(param.place, ParamPlace::Path(_) | ParamPlace::Variable(_))
        {
            continue;
        }
        let Some(at) = schemas.document.at(&param.source) else {
            continue;
        };
        if at.value.get("content").is_some() {
            continue;
        }
        let schema = if at.text("in").is_some() {
            schema_of(schemas.document, &at)
        } else {
            at
        };
        param.default = schema
            .value
            .get("default")
            .and_then(|value| value.to_string().parse().ok());
        let typed = schemas.typed(&schema, site);
        let is_plain = match &typed.ty {
            Type::Bool | Type::I64 | Type::U64 | Type::F64 => true,
            Type::Named(id) => matches!(schemas.types.get(*id).kind, TypeKind::OpenEnum(_)),
            // What is given as text.
            Type::Value | Type::Number | Type::String | Type::List(_) | Type::Map(_) => false,
            Type::Nullable(_) | Type::File | Type::FileOrText | Type::External(_) => false,
        };
        if is_plain {
            schemas.types.mark(&typed.ty, |def| &mut def.sent);
            param.ty = typed.ty;
        }
    }
}
