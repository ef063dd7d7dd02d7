//! The neutral model's operations as the tables that generated code holds.
//!
//! In: an [`ir::Operation`]. Out: a [`Spec`]. Its texts live as long as the process, as constants do.

use letterpress::ir;
use letterpress_runtime::spec::{
    AuthKind, Behavior, BodySpec, Entry, FieldSpec, FieldValue, Language, Redirects, Sent, Spec,
};

/// The table of an operation.
pub fn of(operation: &ir::Operation) -> Spec {
    let url = &operation.url;
    let path = url
        .path_variables
        .iter()
        .map(|variable| (leak(&variable.name), option(variable.saved.as_deref())));
    let mut spec = Spec::new(leak(&operation.method), leak(&url.base))
        .name(leak(&operation.name))
        .path(list(path))
        .query(list(url.query.iter().map(entry)))
        .headers(list(operation.headers.iter().map(entry)))
        .body(body(&operation.body))
        .behavior(Behavior {
            keep_body: operation.behavior.keep_body,
            raw_url: operation.behavior.raw_url,
            omitted_headers: list(operation.behavior.omitted_headers.iter().map(|name| leak(name))),
            redirects: redirects(operation.behavior.redirects),
        });
    let fills = operation.fills.iter();
    spec.fills = list(fills.map(|(key, variable)| (leak(key), leak(variable))));
    if url.bare_question_mark {
        spec = spec.bare_question_mark();
    }
    if let [set] = operation.security.alternatives.as_slice()
        && let [auth] = set.as_slice()
    {
        let params = auth.params.iter().map(|(name, value)| (leak(name), leak(value)));
        spec = spec.auth(kind(auth.scheme), list(params));
    }
    spec
}

fn redirects(redirects: ir::Redirects) -> Redirects {
    Redirects {
        most: redirects.most,
        keep_method: redirects.keep_method,
        keep_authorization: redirects.keep_authorization,
        drop_referer: redirects.drop_referer,
    }
}

/// Text for as long as the process lives.
pub fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// A list for as long as the process lives.
pub fn list<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    Vec::leak(items.collect())
}

fn option(text: Option<&str>) -> Option<&'static str> {
    text.map(leak)
}

fn entry(entry: &ir::Entry) -> Entry {
    let sent = match entry.sent {
        ir::Sent::Always => Sent::Always,
        ir::Sent::Saved => Sent::Saved,
        ir::Sent::Fresh => Sent::Fresh,
        ir::Sent::WhenSet => Sent::WhenSet,
        ir::Sent::WhenGiven => Sent::WhenGiven,
    };
    let made = Entry::new(option(entry.key.as_deref()), option(entry.value.as_deref()), sent);
    Entry {
        joined: entry.joined,
        ..made
    }
}

fn body(body: &ir::Body) -> BodySpec {
    match body {
        ir::Body::None => BodySpec::None,
        ir::Body::Raw(raw) => BodySpec::Raw {
            text: leak(&raw.text),
            language: language(raw.language),
            strip_comments: raw.strip_comments,
            json: matches!(raw.content, ir::RawContent::Json(_)),
        },
        ir::Body::UrlEncoded { fields, .. } => BodySpec::UrlEncoded(list(fields.iter().map(field))),
        ir::Body::FormData { fields, .. } => BodySpec::FormData(list(fields.iter().map(field))),
        ir::Body::File { src, content } => BodySpec::File {
            src: option(src.as_deref()),
            content: option(content.as_deref()),
        },
        ir::Body::GraphQl(graphql) => BodySpec::GraphQl {
            query: option(graphql.query.as_deref()),
            operation_name: option(graphql.operation_name.as_deref()),
            variables: match &graphql.variables {
                ir::GraphQlVariables::None => None,
                ir::GraphQlVariables::Text(text) => Some(leak(text)),
            },
            saved_text: option(graphql.saved_text.as_deref()),
        },
    }
}

fn language(language: ir::Language) -> Language {
    match language {
        ir::Language::Text => Language::Text,
        ir::Language::Json => Language::Json,
        ir::Language::Xml => Language::Xml,
        ir::Language::Html => Language::Html,
        ir::Language::JavaScript => Language::JavaScript,
    }
}

fn field(field: &ir::Field) -> FieldSpec {
    let value = match &field.content {
        ir::FieldContent::Text(text) => FieldValue::Text(leak(text)),
        ir::FieldContent::Files { src, file_name } => FieldValue::Files(
            list(src.iter().map(|src| leak(src))),
            option(file_name.as_deref()),
        ),
        ir::FieldContent::Inline { base64, file_name } => {
            FieldValue::Inline(leak(base64), option(file_name.as_deref()))
        }
    };
    let mut spec = FieldSpec::new(option(field.key.as_deref()), value);
    if let Some(content_type) = &field.content_type {
        spec = spec.content_type(leak(content_type));
    }
    if field.disabled { spec.disabled() } else { spec }
}

fn kind(scheme: &ir::Scheme) -> AuthKind {
    let is_it = |kind: &AuthKind| format!("{kind:?}") == scheme.name;
    let kind = AuthKind::ALL.into_iter().find(is_it);
    kind.expect("invariant: a test compares the tables of schemes")
}
