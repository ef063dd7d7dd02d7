//! What the collection says of one request, as the runtime's `Spec` takes it.
//!
//! In: the neutral operation. Out: the same in the runtime's terms, so that `emit` needs to know neither the
//! neutral model nor which parts are worth writing. Text is never changed here.

use crate::ir;

/// The constant of one operation.
#[derive(Clone, Debug, Hash)]
pub struct Spec {
    /// HTTP method.
    pub method: String,
    /// Everything before the query.
    pub url: String,
    /// The item's name.
    pub name: String,
    /// A `?` without entries.
    pub bare_question_mark: bool,
    /// Path variables and their saved values.
    pub path: Vec<(String, Option<String>)>,
    /// Query entries.
    pub query: Vec<Entry>,
    /// Headers.
    pub headers: Vec<Entry>,
    /// The body.
    pub body: Body,
    /// Fields of the body that a setting fills where the caller does not: the field and the variable.
    pub fills: Vec<(String, String)>,
    /// Authentication.
    pub security: Security,
    /// Whether a call may be made twice without harm, where that is said.
    pub idempotent: Option<bool>,
    /// Switches; `None` if all are off.
    pub behavior: Option<Behavior>,
}

/// Which credentials a call takes; see the neutral model.
#[derive(Clone, Debug, Default, Hash)]
pub struct Security {
    /// Sets of schemes, of which one is enough.
    pub alternatives: Vec<Vec<Scheme>>,
    /// Whether calls without any are answered too.
    pub anonymous: bool,
}

/// A scheme of authentication: its name in the runtime, and its parameters.
#[derive(Clone, Debug, Hash)]
pub struct Scheme {
    /// Its name in the runtime.
    pub name: &'static str,
    /// Its parameters.
    pub params: Vec<(String, String)>,
}

/// A query entry or a header.
#[derive(Clone, Debug, Hash)]
pub struct Entry {
    /// The name.
    pub key: Option<String>,
    /// The saved value.
    pub value: Option<String>,
    /// When it is sent.
    pub sent: Sent,
    /// What stands between several values.
    pub joined: Option<&'static str>,
}

/// When an entry is sent; see the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the runtime's own names")]
pub enum Sent {
    Always,
    Saved,
    Fresh,
    WhenSet,
    WhenGiven,
}

/// A request body; see the runtime.
#[derive(Clone, Debug, Hash)]
#[expect(missing_docs, reason = "the runtime's own names")]
pub enum Body {
    None,
    Raw {
        text: String,
        language: &'static str,
        strip_comments: bool,
        json: bool,
    },
    UrlEncoded(Vec<Field>),
    FormData(Vec<Field>),
    File {
        src: Option<String>,
        content: Option<String>,
    },
    GraphQl {
        query: Option<String>,
        operation_name: Option<String>,
        variables: Option<String>,
        saved_text: Option<String>,
    },
}

/// An entry of a form.
#[derive(Clone, Debug, Hash)]
#[expect(missing_docs, reason = "the runtime's own names")]
pub struct Field {
    pub key: Option<String>,
    pub value: FieldValue,
    pub content_type: Option<String>,
    pub disabled: bool,
}

/// The saved value of a form's entry.
#[derive(Clone, Debug, Hash)]
#[expect(missing_docs, reason = "the runtime's own names")]
pub enum FieldValue {
    Text(String),
    Files(Vec<String>, Option<String>),
    Inline(String, Option<String>),
}

/// Switches that are on.
#[derive(Clone, Debug, Hash)]
#[expect(missing_docs, reason = "the runtime's own names")]
pub struct Behavior {
    pub keep_body: bool,
    pub raw_url: bool,
    pub omitted_headers: Vec<String>,
    pub redirects: Option<Redirects>,
}

/// What is said of redirects.
#[derive(Clone, Copy, Debug, Hash)]
#[expect(missing_docs, reason = "the runtime's own names")]
pub struct Redirects {
    pub most: Option<u32>,
    pub keep_method: bool,
    pub keep_authorization: bool,
    pub drop_referer: bool,
}

/// What the collection says of this operation.
pub fn resolve(operation: &ir::Operation) -> Spec {
    let url = &operation.url;
    let path = url
        .path_variables
        .iter()
        .map(|variable| (variable.name.clone(), variable.saved.clone()));
    Spec {
        method: operation.method.clone(),
        url: url.base.clone(),
        name: operation.name.clone(),
        bare_question_mark: url.bare_question_mark,
        path: path.collect(),
        query: url.query.iter().map(entry).collect(),
        headers: operation.headers.iter().map(entry).collect(),
        body: body(&operation.body),
        fills: operation.fills.clone(),
        security: security(&operation.security),
        idempotent: operation.idempotent,
        behavior: behavior(&operation.behavior),
    }
}

fn entry(entry: &ir::Entry) -> Entry {
    Entry {
        key: entry.key.clone(),
        value: entry.value.clone(),
        joined: entry.joined,
        sent: match entry.sent {
            ir::Sent::Always => Sent::Always,
            ir::Sent::Saved => Sent::Saved,
            ir::Sent::Fresh => Sent::Fresh,
            ir::Sent::WhenSet => Sent::WhenSet,
            ir::Sent::WhenGiven => Sent::WhenGiven,
        },
    }
}

fn body(body: &ir::Body) -> Body {
    match body {
        ir::Body::None => Body::None,
        ir::Body::Raw(raw) => Body::Raw {
            text: raw.text.clone(),
            language: language(raw.language),
            strip_comments: raw.strip_comments,
            json: match &raw.content {
                ir::RawContent::Json(_) => true,
                ir::RawContent::Text => false,
            },
        },
        ir::Body::UrlEncoded { fields, .. } => Body::UrlEncoded(fields.iter().map(field).collect()),
        ir::Body::FormData { fields, .. } => Body::FormData(fields.iter().map(field).collect()),
        ir::Body::File { src, content } => Body::File {
            src: src.clone(),
            content: content.clone(),
        },
        ir::Body::GraphQl(graphql) => Body::GraphQl {
            query: graphql.query.clone(),
            operation_name: graphql.operation_name.clone(),
            variables: match &graphql.variables {
                ir::GraphQlVariables::None => None,
                ir::GraphQlVariables::Text(text) => Some(text.clone()),
            },
            saved_text: graphql.saved_text.clone(),
        },
    }
}

fn field(field: &ir::Field) -> Field {
    Field {
        key: field.key.clone(),
        value: match &field.content {
            ir::FieldContent::Text(text) => FieldValue::Text(text.clone()),
            ir::FieldContent::Files { src, file_name } => FieldValue::Files(src.clone(), file_name.clone()),
            ir::FieldContent::Inline { base64, file_name } => {
                FieldValue::Inline(base64.clone(), file_name.clone())
            }
        },
        content_type: field.content_type.clone(),
        disabled: field.disabled,
    }
}

fn language(language: ir::Language) -> &'static str {
    match language {
        ir::Language::Text => "Text",
        ir::Language::Json => "Json",
        ir::Language::Xml => "Xml",
        ir::Language::Html => "Html",
        ir::Language::JavaScript => "JavaScript",
    }
}

fn security(security: &ir::Security) -> Security {
    let scheme = |used: &ir::SchemeUse| Scheme {
        name: used.scheme.name,
        params: used.params.clone(),
    };
    let alternatives = security.alternatives.iter();
    Security {
        alternatives: alternatives.map(|set| set.iter().map(scheme).collect()).collect(),
        anonymous: security.anonymous,
    }
}

fn behavior(behavior: &ir::Behavior) -> Option<Behavior> {
    (behavior != &ir::Behavior::default()).then(|| Behavior {
        keep_body: behavior.keep_body,
        raw_url: behavior.raw_url,
        omitted_headers: behavior.omitted_headers.clone(),
        redirects: redirects(behavior.redirects),
    })
}

fn redirects(redirects: ir::Redirects) -> Option<Redirects> {
    (redirects != ir::Redirects::default()).then_some(Redirects {
        most: redirects.most,
        keep_method: redirects.keep_method,
        keep_authorization: redirects.keep_authorization,
        drop_referer: redirects.drop_referer,
    })
}
