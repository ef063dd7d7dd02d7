//! Which call a request makes of an address that many share: GraphQL, JSON-RPC, XML-RPC and SOAP have one for all.
//!
//! In: the headers and the body of a request, sent or saved. Out: what is called, if it is one of these, and how far two
//! calls are from each other. What is asked for within a call is not looked at.

mod graphql;
mod xml;

use super::bodies::SavedBody;
use super::multipart::parameter;
use super::saved_answer::with_bare_values;
use super::variables::Variables;
use crate::saved::strict_json;
use graphql::Document;
pub(super) use graphql::plain_document;
use http::HeaderMap;
use serde_json::Value;

/// What is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CallName {
    /// An operation of a GraphQL document.
    GraphQl(Document),
    /// Methods; several in a batch.
    JsonRpc(Vec<String>),
    /// A method.
    XmlRpc(String),
    /// An action, and the element in the envelope's body.
    Soap {
        action: Option<String>,
        element: Option<String>,
    },
}

impl CallName {
    /// The call that a request makes.
    pub(super) fn of_request(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        of_text(text, header)
    }

    /// The call that an answer was saved of.
    pub(super) fn of_saved(
        body: &SavedBody,
        headers: &[(String, String)],
        variables: &Variables<'_>,
    ) -> Option<Self> {
        match body {
            SavedBody::Text(text) => {
                let text = if text.trim_start().starts_with(['{', '[', '/']) {
                    strict_json(&with_bare_values(text, variables))
                } else {
                    text.clone()
                };
                let text = variables.fill(&text);
                let header = |name: &str| {
                    let found = headers.iter().find(|(saved, _)| saved == name);
                    found.map(|(_, value)| value.as_str())
                };
                of_text(&text, header)
            }
            SavedBody::GraphQl {
                query,
                operation_name,
                ..
            } => Document::read(&variables.fill(query), operation_name.as_deref()).map(Self::GraphQl),
            SavedBody::Empty | SavedBody::UrlEncoded(_) | SavedBody::FormData(_) | SavedBody::File => None,
        }
    }

    /// How far a saved call is from this one; or what is called there, if it is another.
    pub(super) fn distance(&self, saved: &Self) -> Result<usize, String> {
        let same = match (self, saved) {
            (Self::GraphQl(sent), Self::GraphQl(saved)) => {
                let distance = sent.distance(saved);
                return distance.ok_or_else(|| format!("its GraphQL operation is {}", saved.shown()));
            }
            (Self::JsonRpc(sent), Self::JsonRpc(saved)) => sent == saved,
            (Self::XmlRpc(sent), Self::XmlRpc(saved)) => sent == saved,
            (
                Self::Soap { action, element },
                Self::Soap {
                    action: saved_action,
                    element: saved_element,
                },
            ) => {
                let other = |sent: &Option<String>, saved: &Option<String>| match (sent, saved) {
                    (Some(sent), Some(saved)) => sent != saved,
                    (None, _) | (_, None) => false,
                };
                !other(action, saved_action) && !other(element, saved_element)
            }
            (Self::GraphQl(_) | Self::JsonRpc(_) | Self::XmlRpc(_) | Self::Soap { .. }, _) => false,
        };
        if same { Ok(0) } else { Err(saved.shown()) }
    }

    fn shown(&self) -> String {
        match self {
            Self::GraphQl(document) => format!("its GraphQL operation is {}", document.shown()),
            Self::JsonRpc(methods) => format!("its JSON-RPC method is `{}`", methods.join("`, `")),
            Self::XmlRpc(method) => format!("its XML-RPC method is `{method}`"),
            Self::Soap {
                action: Some(name), ..
            } => format!("its SOAP action is `{name}`"),
            Self::Soap { element, .. } => {
                format!("its SOAP call is `{}`", element.as_deref().unwrap_or_default())
            }
        }
    }
}

fn of_text<'a>(text: &str, header: impl Fn(&str) -> Option<&'a str>) -> Option<CallName> {
    match text.trim_start().chars().next()? {
        '{' | '[' => of_json(&serde_json::from_str(text).ok()?),
        '<' => of_xml(text, header),
        _ => {
            // The whole body may be a document.
            let kind = header("content-type")?.to_ascii_lowercase();
            let document = kind.starts_with("application/graphql").then_some(text)?;
            Document::read(document, None).map(CallName::GraphQl)
        }
    }
}

fn of_json(body: &Value) -> Option<CallName> {
    if let Some(batch) = body.as_array() {
        let methods = batch.iter().map(rpc_method).collect::<Option<Vec<_>>>();
        return methods
            .filter(|methods| !methods.is_empty())
            .map(CallName::JsonRpc);
    }
    if let Some(query) = body.get("query").and_then(Value::as_str)
        && let Some(document) = Document::read(query, body.get("operationName").and_then(Value::as_str))
    {
        return Some(CallName::GraphQl(document));
    }
    rpc_method(body).map(|method| CallName::JsonRpc(vec![method]))
}

/// The method of a JSON-RPC call, of version 1 too, which does not say that it is one.
fn rpc_method(body: &Value) -> Option<String> {
    let is_rpc = body.get("jsonrpc").is_some() || (body.get("params").is_some() && body.get("id").is_some());
    let method = body.get("method").and_then(Value::as_str).filter(|_| is_rpc)?;
    Some(method.to_owned())
}

fn of_xml<'a>(text: &str, header: impl Fn(&str) -> Option<&'a str>) -> Option<CallName> {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    let of_header = header("soapaction").map(|value| value.trim().trim_matches('"'));
    let action = of_header.and_then(named).or_else(|| {
        let of_type = parameter(header("content-type")?, "action")?;
        named(&of_type)
    });
    match xml::read(text) {
        xml::Root::Method(method) => Some(CallName::XmlRpc(method)),
        xml::Root::Envelope(element) => Some(CallName::Soap { action, element }),
        xml::Root::Other => action.map(|action| CallName::Soap {
            action: Some(action),
            element: None,
        }),
    }
}

#[cfg(test)]
mod tests;
