//! Requests and addresses.

use crate::frontend::json::Value;

use super::super::model::{Request, Url, UrlParts};
use super::{Parser, auth, body, description, either, entries, join, url_or_missing};

/// Parses a request: an object, or the text of its address.
pub(super) fn parse_request<'a>(parser: &mut Parser<'_>, value: &'a Value<'a>, pointer: &str) -> Request<'a> {
    let url = match value {
        Value::String(text) => parse_url_text(text, pointer.to_owned()),
        Value::Object(_) => parse_url(value.get("url"), &join(pointer, "url")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            parser.skipped(pointer, "request");
            Url::Missing
        }
    };
    let (headers, headers_key) = either(value, "header", "headers");
    // Postman reads `header` only; `headers` comes from other tools, and never reaches the wire.
    let mut headers = entries::parse_headers(headers, &join(pointer, headers_key));
    if headers_key == "headers" {
        for header in &mut headers {
            header.disabled = true;
        }
    }
    Request {
        method: value.get("method"),
        url,
        headers,
        body: body::parse_body(value.get("body"), &join(pointer, "body")),
        auth: auth::parse_auth(value, pointer),
        description: description(value),
        pointer: pointer.to_owned(),
    }
}

fn parse_url<'a>(url: Option<&'a Value<'a>>, pointer: &str) -> Url<'a> {
    let url = match url_or_missing(url) {
        Ok(url) => url,
        Err(missing) => return missing,
    };
    if let Value::String(text) = url {
        return parse_url_text(text, pointer.to_owned());
    }
    Url::Parts(Box::new(UrlParts {
        protocol: url.get("protocol"),
        auth: url.get("auth"),
        host: url.get("host"),
        port: url.get("port"),
        path: url.get("path"),
        query: entries::parse_query(url.get("query"), &join(pointer, "query")),
        variables: match url.get("variable") {
            list @ Some(Value::Array(_)) => entries::parse_path_variables(list, &join(pointer, "variable")),
            Some(_) | None => Vec::new(),
        },
        pointer: pointer.to_owned(),
    }))
}

fn parse_url_text(text: &str, pointer: String) -> Url<'_> {
    if text.is_empty() {
        return Url::Missing;
    }
    Url::Text { text, pointer }
}
