//! Addresses: parts put together as Postman does it, text split at its query.
//!
//! In: a [`model::Url`]. Out: base, path variables and query, all still templates. Of an address in parts, `raw` and
//! the fragment are never looked at; parts that are of an odd kind become the text that Postman makes of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::frontend::json::Value;

use super::super::model::{Entry, Json, Url, UrlParts};
use super::super::{js, url_text, variable};
use super::Cx;
use super::entries;
use super::vault::{self, Subject};
use crate::diag::Code;
use crate::ir;

/// The part of an address in which a variable must be a setting: everything before the path.
pub(super) fn host<'u>(url: &'u Url<'_>) -> (String, &'u str) {
    match url {
        Url::Missing => (String::new(), ""),
        Url::Text { text, pointer } => {
            let base = url_text::halve(text).base;
            let end = url_text::path_start(base);
            (base.get(..end).unwrap_or_default().to_owned(), pointer)
        }
        Url::Parts(parts) => (authority(parts), &parts.pointer),
    }
}

/// Where an address is.
fn pointer<'u>(url: &'u Url<'_>) -> &'u str {
    match url {
        Url::Missing => "",
        Url::Text { pointer, .. } => pointer,
        Url::Parts(parts) => &parts.pointer,
    }
}

/// Lowers an address.
pub(super) fn lower(cx: &mut Cx<'_>, url: &Url<'_>) -> ir::Url {
    let (base, path_start, pointer, query) = match url {
        Url::Missing => (String::new(), 0, String::new(), Vec::new()),
        Url::Text { text, pointer } => {
            let halves = url_text::halve(text);
            let query = halves
                .query
                .map(|query| text_query(query, pointer))
                .unwrap_or_default();
            (
                halves.base.to_owned(),
                url_text::path_start(halves.base),
                pointer.clone(),
                query,
            )
        }
        Url::Parts(parts) => {
            let authority = authority(parts);
            let start = authority.len();
            (
                authority + &path(cx, parts),
                start,
                parts.pointer.clone(),
                parts.query.clone(),
            )
        }
    };
    let subject = Subject {
        kind: "the",
        name: "url",
        pointer: &pointer,
    };
    let (head, tail) = base.split_at(path_start);
    let (head, tail) = free_of_credentials(cx, head, tail, subject);
    let path_start = head.len();
    let base = head + &tail;
    let path_variables = path_variables(cx, &base, path_start, url);
    let mut query = entries::lower_query(cx, &query);
    let bare_question_mark = take_bare_mark(&mut query);
    ir::Url {
        base,
        path_start,
        path_variables,
        query,
        bare_question_mark,
    }
}

/// Host and path without credentials: the password of `user:password@host`, which needs no scheme before it, the
/// segments of a hook, and what is known of others.
fn free_of_credentials(cx: &mut Cx<'_>, host: &str, path: &str, subject: Subject<'_>) -> (String, String) {
    let free_path = vault::path(cx, host, path.to_owned(), subject);
    let free_host = vault::host(cx, host.to_owned(), subject);
    (free_host, free_path)
}

/// A query whose one enabled entry says nothing is only a `?`.
fn take_bare_mark(query: &mut Vec<ir::Entry>) -> bool {
    let enabled = |entry: &&ir::Entry| !entry.disabled;
    if query.iter().filter(enabled).count() != 1 {
        return false;
    }
    let empty = |entry: &ir::Entry| !entry.disabled && entry.key.is_none() && entry.value.is_none();
    let bare = query.iter().any(empty);
    query.retain(|entry| !empty(entry));
    bare
}

fn text_query<'a>(query: &'a str, pointer: &str) -> Vec<Entry<'a>> {
    let pairs = super::super::parse::split_query(query).into_iter();
    pairs
        .map(|(key, value)| Entry {
            pointer: pointer.to_owned(),
            key: Some(Json::Made(Value::text(key))),
            value: value.map(|value| Json::Made(Value::text(value))),
            disabled: false,
            ty: None,
            description: "",
        })
        .collect()
}

/// Scheme, userinfo, host and port.
fn authority(parts: &UrlParts<'_>) -> String {
    let mut text = String::new();
    if let Some(protocol) = parts.protocol.filter(|protocol| js::truthy(protocol)) {
        let protocol = js::to_string(protocol);
        text.push_str(&protocol);
        if !protocol.ends_with("://") {
            text.push_str("://");
        }
    }
    let member = |name: &str| parts.auth.and_then(|auth| auth.get(name)).and_then(Value::as_str);
    let (user, password) = (member("user"), member("password"));
    text.push_str(user.unwrap_or_default());
    if let Some(password) = password {
        text.push(':');
        text.push_str(password);
    }
    if user.is_some() || password.is_some() {
        text.push('@');
    }
    match parts.host {
        Some(Value::Array(labels)) => text.push_str(&js::join(labels, ".")),
        Some(host) if js::truthy(host) => text.push_str(&js::to_string(host)),
        Some(_) | None => {}
    }
    if let Some(port) = parts.port.filter(|port| !port.is_null()) {
        text.push(':');
        text.push_str(&js::to_string(port));
    }
    text
}

/// The path with its leading slash, or nothing.
fn path(cx: &mut Cx<'_>, parts: &UrlParts<'_>) -> String {
    match parts.path {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(path)) if path.is_empty() => String::new(),
        Some(Value::String(path)) => {
            // What is not all on one line keeps its slash, as Postman's pattern ends at the end of a line.
            let on_one_line = !path.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
            match path.strip_prefix('/').filter(|_| on_one_line) {
                Some("" | "/") => "/".to_owned(),
                Some(rest) => format!("/{rest}"),
                None => format!("/{path}"),
            }
        }
        Some(Value::Array(segments)) => {
            if let Some(odd) = segments
                .iter()
                .position(|segment| segment.is_object() || segment.is_array())
            {
                let pointer = format!("{}/path/{odd}", parts.pointer);
                let message = "a path segment is no text; Postman sends it as `[object Object]`";
                cx.warn(Code::OddValue, &pointer, message, "write the segment as text");
            }
            format!("/{}", js::join(segments, "/"))
        }
        Some(Value::Object(members)) => {
            let segments: Vec<Value<'_>> = members.iter().map(|(_, segment)| segment.clone()).collect();
            format!("/{}", js::join(&segments, "/"))
        }
        Some(other) if js::truthy(other) => "/".to_owned(),
        Some(_) => String::new(),
    }
}

/// The `:name` segments of a path, each name once, with their saved values.
fn path_variables(cx: &mut Cx<'_>, base: &str, path_start: usize, url: &Url<'_>) -> Vec<ir::PathVariable> {
    let (values, elements): (&[Entry<'_>], Option<&Vec<Value<'_>>>) = match url {
        Url::Parts(parts) => (&parts.variables, parts.path.and_then(Value::as_array)),
        Url::Text { .. } | Url::Missing => (&[], None),
    };
    let whole_pointer = pointer(url);
    let mut variables: Vec<ir::PathVariable> = Vec::new();
    let mut known = BTreeSet::new();
    // Of equal names the last entry counts.
    let by_name: BTreeMap<String, &Entry<'_>> = values
        .iter()
        .filter_map(|entry| Some((variable::name(entry)?, entry)))
        .collect();
    let whole: BTreeSet<&str> = elements.into_iter().flatten().filter_map(element_name).collect();
    for (at, name) in segment_names(base, path_start) {
        if !known.insert(name) {
            continue;
        }
        let entry = by_name.get(name);
        // A segment that is only part of an element of the list is no variable for Postman: it has no value.
        let has_value = elements.is_none() || whole.contains(name);
        let saved = entry
            .filter(|_| has_value)
            .and_then(|entry| variable::path_text(entry));
        let pointer = entry.map(|entry| entry.pointer.clone()).unwrap_or_default();
        let subject = Subject {
            kind: "the path variable",
            name,
            pointer: &pointer,
        };
        let saved = saved.map(|saved| vault::named(cx, saved, subject));
        let docs = entry.map(|entry| cx.docs(entry.description));
        let place = cx.place(if pointer.is_empty() {
            whole_pointer
        } else {
            &pointer
        });
        variables.push(ir::PathVariable {
            name: name.to_owned(),
            at,
            saved,
            docs: docs.unwrap_or_default(),
            place,
        });
    }
    variables
}

/// Names of the segments that begin with a colon, with their offsets; a name ends at the first dot.
fn segment_names(base: &str, path_start: usize) -> impl Iterator<Item = (usize, &str)> {
    let path = base.get(path_start..).unwrap_or_default();
    let end = url_text::find_outside_tokens(path, &['?', '#']).unwrap_or(path.len());
    let segments = path.get(..end).unwrap_or_default().split(['/', '\\']);
    let mut next = path_start;
    segments.filter_map(move |segment| {
        let at = next;
        next += segment.len() + 1;
        Some((at, segment_name(segment)?))
    })
}

fn segment_name(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix(':')?.split('.').next()?;
    Some(name).filter(|name| !name.is_empty() && !name.contains(['{', '}', ':']))
}

fn element_name<'v>(element: &'v Value<'_>) -> Option<&'v str> {
    element
        .as_str()
        .filter(|element| !element.contains(['/', '\\']))
        .and_then(segment_name)
}
