//! Request bodies, as far as Postman sends them at all.
//!
//! In: a body in its mode, and the headers that decide about comments. Out: an [`ir::Body`] whose types are still to
//! be inferred. What methods drop their body is decided when it is sent.

use crate::frontend::json::{Map, Value};

use super::super::js;
use super::super::model::{self, Entry, Mode, Part};
use super::Cx;
use super::entries::text_of;
use super::vault::{self, Subject};
use crate::ir::{self, Body, Field, FieldContent, GraphQl, GraphQlVariables, Language, Raw, RawContent};

/// Lowers a body.
pub(super) fn lower(cx: &mut Cx<'_>, body: Option<&model::Body<'_>>, headers: &[Entry<'_>]) -> Body {
    let Some(body) = body.filter(|body| !body.disabled) else {
        return Body::None;
    };
    match &body.mode {
        Mode::Raw(value) => raw(cx, body, *value, headers),
        Mode::UrlEncoded(entries) => {
            let fields: Vec<Field> = entries
                .iter()
                .flat_map(|entry| urlencoded_fields(cx, entry))
                .collect();
            if fields.is_empty() {
                Body::None
            } else {
                Body::UrlEncoded { fields, ty: None }
            }
        }
        Mode::FormData(parts) => {
            let fields: Vec<Field> = parts.iter().filter_map(|part| form_field(cx, part)).collect();
            if fields.is_empty() {
                Body::None
            } else {
                Body::FormData { fields, ty: None }
            }
        }
        Mode::File(file) => self::file(cx, *file),
        Mode::GraphQl(members) => graphql(cx, members.unwrap_or(&Map::new()), &body.pointer),
    }
}

fn raw(cx: &mut Cx<'_>, body: &model::Body<'_>, value: Option<&Value<'_>>, headers: &[Entry<'_>]) -> Body {
    let text = match value {
        None | Some(Value::Null | Value::Bool(_) | Value::Number(_)) => return Body::None,
        Some(Value::String(text)) if text.is_empty() => return Body::None,
        Some(Value::Array(items)) if items.is_empty() => return Body::None,
        Some(Value::Object(members)) if members.is_empty() => return Body::None,
        Some(Value::String(text)) => text.clone().into_owned(),
        Some(other @ (Value::Array(_) | Value::Object(_))) => other.to_string(),
    };
    let pointer = format!("{}/raw", body.pointer);
    let text = vault::body(
        cx,
        text,
        Subject {
            kind: "the",
            name: "body",
            pointer: &pointer,
        },
    );
    let strip_comments = match body.language {
        Some(language) => language == "json",
        None => has_json_header(headers),
    };
    let language = match body.language.unwrap_or_default() {
        "json" => Language::Json,
        "xml" => Language::Xml,
        "html" => Language::Html,
        "javascript" => Language::JavaScript,
        _ => Language::Text,
    };
    Body::Raw(Raw {
        text,
        language,
        strip_comments,
        content: RawContent::Text,
    })
}

/// Whether the request says that its body is JSON: `^application/(\S+\+)?json`.
fn has_json_header(headers: &[Entry<'_>]) -> bool {
    let mut types = headers.iter().filter(|header| {
        !header.disabled && text_of(header.key.as_deref()).eq_ignore_ascii_case("content-type")
    });
    types.any(|header| {
        let value = text_of(header.value.as_deref());
        let subtype = value.strip_prefix("application/").unwrap_or_default();
        let word = subtype.split(char::is_whitespace).next().unwrap_or_default();
        subtype.starts_with("json") || word.contains("+json")
    })
}

/// The fields of an entry: one, but of a list one for each of its elements.
fn urlencoded_fields(cx: &mut Cx<'_>, entry: &Entry<'_>) -> Vec<Field> {
    let values = match entry.value.as_deref() {
        Some(Value::Array(items)) => items.iter().map(Some).collect(),
        other => vec![other],
    };
    let texts = values.into_iter().map(|value| match value {
        None | Some(Value::Null | Value::Array(_) | Value::Object(_)) => String::new(),
        Some(value @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) => js::to_string(value),
    });
    let key = entry.key.as_deref().map(js::to_string);
    texts
        .map(|text| field(cx, entry, key.clone(), FieldContent::Text(text), None))
        .collect()
}

/// The field of a part; `None` for files that Postman cannot look for, whose part it leaves out.
fn form_field(cx: &mut Cx<'_>, part: &Part<'_>) -> Option<Field> {
    let truthy = |value: &&Value<'_>| js::truthy(value);
    let key = part
        .entry
        .key
        .as_deref()
        .filter(truthy)
        .map(js::to_string)
        .unwrap_or_default();
    let value = part.entry.value.as_deref().filter(truthy);
    let text = match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone().into_owned(),
        Some(other) => other.to_string(),
    };
    let file_name = part.file_name.as_deref().map(js::to_string);
    let file_name = file_name.map(|name| cx.path(&name));
    let content = if part.entry.ty != Some("file") {
        FieldContent::Text(text)
    } else if part.src.is_none_or(|src| !js::truthy(src)) && !text.is_empty() {
        FieldContent::Inline {
            base64: text,
            file_name,
        }
    } else {
        FieldContent::Files {
            src: paths(cx, part.src)?,
            file_name,
        }
    };
    let content_type = part
        .content_type
        .filter(|text| !text.is_empty())
        .map(str::to_owned);
    Some(field(cx, &part.entry, Some(key), content, content_type))
}

/// Paths of files, none if none is chosen yet; `None` if what stands there is no path.
fn paths(cx: &Cx<'_>, src: Option<&Value<'_>>) -> Option<Vec<ir::Template>> {
    match src.filter(|src| js::truthy(src)) {
        None => Some(Vec::new()),
        Some(Value::String(path)) => Some(vec![cx.path(path)]),
        Some(Value::Array(paths)) => {
            let paths = paths.iter().filter_map(Value::as_str);
            Some(paths.map(|path| cx.path(path)).collect())
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => None,
    }
}

fn field(
    cx: &mut Cx<'_>,
    entry: &Entry<'_>,
    key: Option<String>,
    content: FieldContent,
    content_type: Option<String>,
) -> Field {
    let name = key.as_deref().unwrap_or_default();
    let subject = Subject {
        kind: "the form entry",
        name,
        pointer: &entry.pointer,
    };
    let content = match content {
        FieldContent::Text(text) if entry.disabled => FieldContent::Text(vault::unsent(cx, text, subject)),
        FieldContent::Text(text) => FieldContent::Text(vault::field(cx, text, subject)),
        other @ (FieldContent::Files { .. } | FieldContent::Inline { .. }) => other,
    };
    let docs = cx.docs(entry.description);
    Field {
        key,
        content,
        content_type,
        disabled: entry.disabled,
        required: docs.says_required(),
        docs,
        place: cx.place(&entry.pointer),
    }
}

fn file(cx: &Cx<'_>, file: Option<&Value<'_>>) -> Body {
    let text = |name: &str| {
        let member = file.and_then(|file| file.get(name)).and_then(Value::as_str);
        member.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let path = file
        .and_then(Value::as_str)
        .filter(|path| !path.is_empty())
        .map(str::to_owned);
    // A path that is no text cannot be opened, and keeps Postman from looking at the content.
    let src = file.and_then(|file| file.get("src"));
    let opens = src.is_none_or(|src| src.is_string() || !js::truthy(src));
    Body::File {
        src: path.or_else(|| text("src")).map(|path| cx.path(&path)),
        content: text("content").filter(|_| opens),
    }
}

fn graphql(cx: &mut Cx<'_>, members: &Map<'_>, pointer: &str) -> Body {
    let pointer = format!("{pointer}/graphql");
    let mut free = |text: String| {
        let subject = Subject {
            kind: "the",
            name: "body",
            pointer: &pointer,
        };
        vault::body(cx, text, subject)
    };
    let string = |name: &str| members.get(name).and_then(Value::as_str).map(str::to_owned);
    let saved_text = saved_graphql(members).map(&mut free);
    let variables = match members.get("variables") {
        None | Some(Value::Null) => GraphQlVariables::None,
        Some(Value::String(text)) if text.is_empty() => GraphQlVariables::None,
        Some(Value::String(text)) => GraphQlVariables::Text(free(text.clone().into_owned())),
        Some(other) => GraphQlVariables::Text(free(other.to_string())),
    };
    Body::GraphQl(GraphQl {
        query: string("query").map(&mut free),
        operation_name: string("operationName"),
        variables,
        ty: None,
        saved_text,
    })
}

/// Where the variables are no text, the whole body is made JSON, null members included.
fn saved_graphql(members: &Map<'_>) -> Option<String> {
    let plain = |name: &str| members.get(name).is_none_or(Value::is_string);
    if members.get("variables").is_some_and(Value::is_string) {
        return None;
    }
    if plain("query") && plain("operationName") && plain("variables") {
        return None;
    }
    let known = ["query", "operationName", "variables"].into_iter();
    let sent = known.filter_map(|name| Some((name.into(), members.get(name)?.clone())));
    Some(Value::Object(sent.collect()).to_string())
}
