//! What a caller can set on an operation, and when each of its entries is sent.
//!
//! In: a lowered address, headers and body. Out: the operation with its parameters, in the order path, query,
//! headers, variables of the body. Types and required values are read out of samples and prose later on.

use std::collections::BTreeSet;

use super::Cx;
use super::entries::Draft;
use super::url::Address;
use crate::ir::{
    Body, Docs, Entry, FieldContent, GraphQlVariables, Operation, Param, ParamPlace, Presence, Sent, Type,
    template,
};

/// Puts address and headers into the operation, and makes its parameters.
pub(super) fn set(cx: &Cx<'_>, operation: &mut Operation, address: Address, headers: Vec<Draft>) {
    let mut params = path_params(cx, &address);
    let in_path: BTreeSet<String> = params
        .iter()
        .filter_map(variable_name)
        .map(str::to_owned)
        .collect();
    let Address {
        mut url,
        query,
        pointer,
        ..
    } = address;
    let mut loose = Loose {
        cx,
        pointer: &pointer,
        known: in_path.clone(),
        params: Vec::new(),
    };
    for draft in query {
        let sent = query_sent(cx, &draft);
        draft.entry.key.iter().for_each(|key| loose.add(key));
        let place = ParamPlace::Query(url.query.len());
        if draft.entry.key.is_some() {
            params.push(entry_param(cx, &draft, place, sent));
        }
        url.query.push(Entry { sent, ..draft.entry });
    }
    let settable = settable_headers(&headers, &operation.body);
    for (draft, settable) in headers.into_iter().zip(settable) {
        let sent = header_sent(cx, &draft, &in_path);
        draft.entry.key.iter().for_each(|key| loose.add(key));
        let place = ParamPlace::Header(operation.headers.len());
        match sent {
            Sent::Saved | Sent::WhenSet if settable => params.push(entry_param(cx, &draft, place, sent)),
            Sent::Always | Sent::Saved | Sent::WhenSet => {}
        }
        operation.headers.push(Entry { sent, ..draft.entry });
    }
    loose.body(&operation.body);
    params.extend(loose.params);
    operation.url = url;
    operation.params = params;
}

/// Path variables and variables in the path, in order of their appearance; without them there is no address.
fn path_params(cx: &Cx<'_>, address: &Address) -> Vec<Param> {
    let base = &address.url.base;
    let mut found: Vec<(usize, Param)> = Vec::new();
    for (index, (variable, source)) in address
        .url
        .path_variables
        .iter()
        .zip(&address.path_sources)
        .enumerate()
    {
        let pointer = if source.pointer.is_empty() {
            &address.pointer
        } else {
            &source.pointer
        };
        found.push((
            source.at,
            Param {
                name: variable.name.clone(),
                place: ParamPlace::Path(index),
                presence: Presence::Required,
                ty: Type::String,
                saved: variable.saved.clone(),
                docs: cx.docs(&source.description),
                source: cx.place(pointer),
            },
        ));
    }
    let mut known = BTreeSet::new();
    for token in template::tokens(base).filter(|token| token.start >= address.path_start) {
        let name = base.get(token.start + 2..token.end - 2).unwrap_or_default();
        if of_caller(cx, name) && known.insert(name) {
            found.push((
                token.start,
                variable_param(cx, name, Presence::Required, &address.pointer),
            ));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, param)| param).collect()
}

fn query_sent(cx: &Cx<'_>, draft: &Draft) -> Sent {
    let value = draft.entry.value.as_deref().unwrap_or_default();
    if draft.disabled {
        return Sent::WhenSet;
    }
    // What stands between variables that the client knows may join them, but say nothing of its own.
    let made_of_settings = template::has_variables(value)
        && callers_variables(cx, value).next().is_none()
        && !template::literal(value).contains(char::is_alphanumeric);
    if made_of_settings && draft.entry.key.is_some() {
        Sent::Always
    } else {
        Sent::Saved
    }
}

fn header_sent(cx: &Cx<'_>, draft: &Draft, in_path: &BTreeSet<String>) -> Sent {
    let value = draft.entry.value.as_deref().unwrap_or_default();
    if draft.disabled {
        return Sent::WhenSet;
    }
    let enclosed = |open, close| value.starts_with(open) && value.ends_with(close);
    let placeholder = value.trim().is_empty() || enclosed('<', '>') || enclosed('[', ']');
    let open = callers_variables(cx, value).any(|name| !in_path.contains(name));
    if placeholder || open {
        Sent::Saved
    } else {
        Sent::Always
    }
}

/// Which headers a caller can set to any use. One that the collection has switched off cannot where another of its
/// name is sent or can be set already, nor where the body brings its own; and none can that HTTP cannot send.
fn settable_headers(headers: &[Draft], body: &Body) -> Vec<bool> {
    let name = |draft: &Draft| {
        draft
            .entry
            .key
            .as_deref()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let brings_type = matches!(body, Body::FormData { .. } | Body::UrlEncoded { .. });
    let mut taken: BTreeSet<String> = headers.iter().filter(|draft| !draft.disabled).map(name).collect();
    let settable = |draft: &Draft| {
        let name = name(draft);
        if !template::has_variables(&name) && !is_header_name(&name) {
            return false;
        }
        let useless = brings_type && name == "content-type";
        !draft.disabled || (!useless && taken.insert(name))
    };
    headers.iter().map(settable).collect()
}

/// Whether HTTP can send a header of this name.
fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

fn entry_param(cx: &Cx<'_>, draft: &Draft, place: ParamPlace, sent: Sent) -> Param {
    let presence = match sent {
        Sent::Saved if is_required(&draft.description) => Presence::Required,
        Sent::Always | Sent::Saved | Sent::WhenSet => Presence::Optional,
    };
    Param {
        name: draft.entry.key.clone().unwrap_or_default(),
        place,
        presence,
        ty: Type::String,
        saved: draft.entry.value.clone(),
        docs: Docs::new(draft.description.clone()),
        source: cx.place(&draft.pointer),
    }
}

fn variable_param(cx: &Cx<'_>, name: &str, presence: Presence, pointer: &str) -> Param {
    Param {
        name: name.to_owned(),
        place: ParamPlace::Variable(name.to_owned()),
        presence,
        ty: Type::String,
        saved: None,
        docs: Docs::default(),
        source: cx.place(pointer),
    }
}

fn variable_name(param: &Param) -> Option<&str> {
    match &param.place {
        ParamPlace::Variable(name) => Some(name),
        ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_) => None,
    }
}

/// Whether a description begins with `(Required)`, whatever stands around that in Markdown or HTML.
pub(super) fn is_required(description: &str) -> bool {
    let mut rest = description.trim_start();
    while let Some(tag) = rest.strip_prefix('<') {
        rest = tag.split_once('>').map_or("", |(_, rest)| rest.trim_start());
    }
    let rest = rest.trim_start_matches(['*', '_', '`', ' ']);
    rest.get(.."(required)".len())
        .is_some_and(|start| start.eq_ignore_ascii_case("(required)"))
}

/// Whether a variable is given call by call: no setting, and not made afresh.
fn of_caller(cx: &Cx<'_>, name: &str) -> bool {
    !name.is_empty() && !template::is_dynamic(name) && !cx.settings.contains(name)
}

fn callers_variables<'t>(cx: &Cx<'_>, text: &'t str) -> impl Iterator<Item = &'t str> {
    template::variables(text).filter(move |name| of_caller(cx, name))
}

/// Variables of the caller that no entry stands for: in names, and in the text of a body.
struct Loose<'c, 'a> {
    cx: &'c Cx<'a>,
    pointer: &'c str,
    known: BTreeSet<String>,
    params: Vec<Param>,
}

impl Loose<'_, '_> {
    fn add(&mut self, text: &str) {
        for name in callers_variables(self.cx, text) {
            if self.known.insert(name.to_owned()) {
                self.params
                    .push(variable_param(self.cx, name, Presence::Optional, self.pointer));
            }
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::None => {}
            Body::Raw(raw) => self.add(&raw.text),
            Body::UrlEncoded { fields, .. } | Body::FormData { fields, .. } => {
                for field in fields {
                    field.key.iter().for_each(|key| self.add(key));
                    match &field.content {
                        // The struct that a caller fills has a field for the value.
                        FieldContent::Text(_) | FieldContent::Inline { .. } => {}
                        FieldContent::Files { src, .. } => src.iter().for_each(|src| self.add(src)),
                    }
                }
            }
            Body::File { src, .. } => src.iter().for_each(|src| self.add(src)),
            Body::GraphQl(graphql) => {
                graphql.query.iter().for_each(|query| self.add(query));
                graphql.operation_name.iter().for_each(|name| self.add(name));
                match &graphql.variables {
                    GraphQlVariables::None => {}
                    GraphQlVariables::Text(text) => self.add(text),
                }
            }
        }
    }
}
