//! Which examples can be run: those that a saved success answers, and whose request can be made by anybody.
//!
//! In: an operation. Out: the saved success, if there is one. It reads nothing but the model.

use crate::ir::schemes::Takes;
use crate::ir::{self, Body, BodyType, Entry, FieldContent, Operation, Presence, Sample, SavedRequest};

/// How much an example of this operation asks of its reader; the less, the better it shows how one starts.
pub(crate) fn effort(operation: &Operation) -> impl Ord + use<> {
    let required = |param: &&ir::Param| param.presence == Presence::Required;
    let first = operation.results.first();
    let is_typed = first.is_some_and(|first| matches!(first.body, BodyType::Json(_)));
    (
        signs(operation),
        operation.results.is_empty(),
        operation.method != "GET",
        !is_typed,
        operation.params.iter().filter(required).count(),
    )
}

/// The saved success that a call of this operation can be answered with.
pub(super) fn answered(operation: &Operation) -> Option<&Sample> {
    if sends_files(&operation.body) || !can_be_sent(operation) || needs_key(operation) {
        return None;
    }
    operation.results.iter().find_map(|outcome| {
        outcome.samples.iter().find(|sample| {
            let request = sample.request.as_deref();
            request.is_none_or(|request| is_like(request, operation)) && is_read(&sample.body, &outcome.body)
        })
    })
}

/// Whether calls fail without a credential, but for saved ones.
pub(super) fn signs(operation: &Operation) -> bool {
    operation.security.always(|used| used.scheme.signs())
}

/// Whether calls fail without a key that is one: what the collection holds in its place is refused.
fn needs_key(operation: &Operation) -> bool {
    operation.security.always(|used| used.scheme.takes == Takes::Key)
}

/// Whether a saved body is what its type is read from; samples may hold placeholders and comments.
fn is_read(body: &str, ty: &BodyType) -> bool {
    match ty {
        BodyType::Json(_) | BodyType::JsonInString(_) => {
            serde_json::from_str::<serde_json::Value>(body).is_ok()
        }
        BodyType::Empty | BodyType::Text | BodyType::Bytes | BodyType::Unknown => true,
    }
}

/// Whether the saved request is one that can be sent at all.
fn can_be_sent(operation: &Operation) -> bool {
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let base = &operation.url.base;
    let header = |entry: &Entry| {
        let value = entry.value.as_deref().unwrap_or_default();
        is_token(entry.key.as_deref().unwrap_or_default())
            && value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
    };
    let (scheme, host) = base.split_once("://").unwrap_or(("http", base));
    is_token(&operation.method)
        && is_host(host.split(['/', '?', '#']).next().unwrap_or_default())
        && matches!(scheme, "http" | "https")
        && operation.headers.iter().all(header)
}

/// Whether this is a host, with or without a port, whatever the variables in it stand for.
fn is_host(authority: &str) -> bool {
    let mut literal = String::with_capacity(authority.len());
    let mut rest = authority;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((_, after)) = after.split_once("}}") else {
            break;
        };
        literal.push_str(before);
        rest = after;
    }
    literal.push_str(rest);
    let (name, port) = literal.rsplit_once(':').unwrap_or((&literal, ""));
    let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    !authority.is_empty()
        && name.bytes().all(is_name_byte)
        && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// Whether a variable is the port of an address: it must be a number then.
pub(super) fn is_port(base: &str, variable: &str) -> bool {
    let (_, host) = base.split_once("://").unwrap_or(("", base));
    let authority = host.split(['/', '?', '#']).next().unwrap_or_default();
    authority.ends_with(&format!(":{{{{{variable}}}}}"))
}

/// Whether files of the collection's author are sent, which nobody else has.
fn sends_files(body: &Body) -> bool {
    match body {
        Body::FormData { fields, .. } => fields
            .iter()
            .any(|field| matches!(&field.content, FieldContent::Files { src, .. } if !src.is_empty())),
        Body::File { src, .. } => src.is_some(),
        Body::None | Body::Raw(_) | Body::UrlEncoded { .. } | Body::GraphQl(_) => false,
    }
}

/// Whether a saved request went where the operation goes.
fn is_like(request: &SavedRequest, operation: &Operation) -> bool {
    let path = |base: &str| base.trim_end_matches('/').to_owned();
    request.method == operation.method && path(&request.base) == path(&operation.url.base)
}

#[cfg(test)]
mod tests {
    use super::{is_host, is_port};

    #[test]
    fn a_port_is_told_from_other_variables() {
        for base in ["https://a.io:{{p}}/x", "localhost:{{p}}", "{{host}}:{{p}}?x"] {
            assert!(is_port(base, "p"), "{base}");
        }
        for base in [
            "{{p}}",
            "https://{{p}}/x",
            "https://a.io/x:{{p}}",
            "a:{{p}}{{q}}",
            "https://{{p}}:{{q}}",
        ] {
            assert!(!is_port(base, "p"), "{base}");
        }
    }

    #[test]
    fn a_host_is_told_from_other_text() {
        for host in [
            "api.example.com",
            "localhost:8080",
            "{{baseUrl}}",
            "{{sub}}.example.com:{{port}}",
            "a_b",
        ] {
            assert!(is_host(host), "{host}");
        }
        for other in [
            "",
            "a b",
            "{\"a\":1}",
            "<a href='",
            "a:b",
            "{{x}}{",
            "{id}",
            "h:99999",
        ] {
            assert!(!is_host(other), "{other}");
        }
    }
}
