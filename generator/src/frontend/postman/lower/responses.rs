//! Saved answers: grouped by status, results apart from errors.
//!
//! In: the answers of an item, in any order. Out: one outcome per status, ascending, its samples in document order.
//! An answer that says no status is a success if the item has none that has a code, else an error.
//! Bodies are kept as they are but for credentials, to be typed from.

use std::collections::BTreeMap;

use crate::frontend::json::Value;

use super::super::{js, model};
use super::Cx;
use super::entries::text_of;
use super::original;
use crate::diag::Code;
use crate::ir::{BodyType, Docs, Outcome, Sample, Shown};
use crate::secrets;

/// What an answer is that does not say its status: Postman's mock servers answer with this.
const DEFAULT_SUCCESS: u16 = 200;
/// What it is beside a success that has a code: converters write the `default` of a specification so, which is what
/// happens otherwise. Postman's own converter gives that this status.
const DEFAULT_ERROR: u16 = 500;

/// Lowers saved answers into results and errors.
pub(super) fn lower(cx: &mut Cx<'_>, responses: &[model::Response<'_>]) -> (Vec<Outcome>, Vec<Outcome>) {
    let has_success = responses.iter().filter_map(code).any(is_success);
    let unsaid = if has_success {
        DEFAULT_ERROR
    } else {
        DEFAULT_SUCCESS
    };
    let mut by_status: BTreeMap<u16, Vec<Sample>> = BTreeMap::new();
    for response in responses {
        let status = said_status(response).unwrap_or(unsaid);
        if is_success(status) && says_nothing(response) {
            warn_of_nothing(cx, response);
            continue;
        }
        if code(response).is_none() {
            warn_of_status(cx, response, status);
        }
        by_status.entry(status).or_default().push(sample(cx, response));
    }
    let outcomes = by_status.into_iter().map(|(status, mut samples)| {
        // Most have one, and a list that grows has room for four: that was a tenth of the most memory.
        samples.shrink_to_fit();
        let empty = samples.iter().all(|sample| sample.body.is_empty());
        let body = if empty { BodyType::Empty } else { BodyType::Unknown };
        let outcome = Outcome {
            headers: Vec::new(),
            status: status.into(),
            docs: Docs::default(),
            body,
            declared: None,
            samples,
        };
        (status, outcome)
    });
    let (results, errors): (Vec<_>, Vec<_>) = outcomes.partition(|(status, _)| is_success(*status));
    let alone = |outcomes: Vec<(u16, Outcome)>| {
        let mut alone: Vec<Outcome> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
        alone.shrink_to_fit();
        alone
    };
    (alone(results), alone(errors))
}

fn sample(cx: &Cx<'_>, response: &model::Response<'_>) -> Sample {
    let mut headers = Vec::new();
    for header in response.headers.iter().filter(|header| !header.disabled) {
        let key = text_of(header.key.as_deref());
        let value = text_of(header.value.as_deref());
        if !key.is_empty() {
            let value = if cx.keep_credentials {
                value
            } else {
                free_of_secrets(cx, &key, &value)
            };
            headers.push((key, value));
        }
    }
    let body = match response.body {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone().into_owned(),
        Some(other) => other.to_string(),
    };
    Sample {
        id: response.pointer.clone(),
        name: cx.docs(&response.name).text,
        reason: cx.shown(&text_of(response.status)),
        media_type: media_type(&headers, response.preview_language),
        headers,
        body: if cx.keep_credentials {
            body
        } else {
            cx.shown(&body)
        },
        docs: cx.docs(response.description),
        shown: Shown::Saved,
        request: original::lower(
            response.request,
            (!cx.keep_credentials).then_some(&cx.gathered.known),
        ),
        place: cx.place(&response.pointer),
    }
}

fn free_of_secrets(cx: &Cx<'_>, key: &str, value: &str) -> String {
    if secrets::is_credential(key, value) {
        return secrets::REMOVED.to_owned();
    }
    cx.shown(value)
}

fn media_type(headers: &[(String, String)], preview_language: Option<&str>) -> Option<String> {
    let header = headers
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case("content-type"));
    let value = header
        .map(|(_, value)| value.trim())
        .filter(|value| value.contains('/'));
    let by_language = match preview_language.unwrap_or_default().to_lowercase().as_str() {
        "json" => Some("application/json"),
        "xml" => Some("application/xml"),
        "html" => Some("text/html"),
        "javascript" => Some("application/javascript"),
        "text" | "plain" => Some("text/plain"),
        _ => None,
    };
    value.or(by_language).map(str::to_owned)
}

/// The status of a saved answer as far as it says one: its code, else what its reason or its name says.
fn said_status(response: &model::Response<'_>) -> Option<u16> {
    let reason = text_of(response.status);
    code(response)
        .or_else(|| leading_status(&reason))
        .or_else(|| of_reason(&reason))
        .or_else(|| {
            let mut words = response
                .name
                .split(|character: char| !character.is_ascii_alphanumeric());
            words.find_map(leading_status)
        })
}

fn warn_of_status(cx: &mut Cx<'_>, response: &model::Response<'_>, taken: u16) {
    let message = format!("the saved response has no usable status; taking it for {taken}");
    cx.warn(
        Code::UnknownStatus,
        &response.pointer,
        message,
        "save the response again, with its status",
    );
}

/// Whether an answer has neither a status nor a body: its author saved a name. That it was empty is more than anybody said.
fn says_nothing(response: &model::Response<'_>) -> bool {
    let is_empty = match response.body {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(_) => false,
    };
    is_empty && said_status(response).is_none()
}

fn warn_of_nothing(cx: &mut Cx<'_>, response: &model::Response<'_>) {
    cx.warn(
        Code::UnknownStatus,
        &response.pointer,
        "the saved response has neither a status nor a body; leaving it out".to_owned(),
        "save the response again, as it came",
    );
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

fn code(response: &model::Response<'_>) -> Option<u16> {
    response.code.and_then(number)
}

fn number(code: &Value<'_>) -> Option<u16> {
    let text = js::to_string(code);
    text.trim()
        .parse()
        .ok()
        .filter(|status| (100..1000).contains(status))
}

/// `404` of `404 Not Found`.
fn leading_status(text: &str) -> Option<u16> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let status = digits.parse().ok().filter(|status| (100..600).contains(status))?;
    let rest = text.trim().get(digits.len()..).unwrap_or_default();
    (!rest.starts_with(char::is_alphanumeric)).then_some(status)
}

fn of_reason(reason: &str) -> Option<u16> {
    Some(match reason.trim().to_ascii_lowercase().as_str() {
        "ok" => 200,
        "created" => 201,
        "accepted" => 202,
        "no content" => 204,
        "moved permanently" => 301,
        "found" => 302,
        "not modified" => 304,
        "bad request" => 400,
        "unauthorized" => 401,
        "forbidden" => 403,
        "not found" => 404,
        "method not allowed" => 405,
        "conflict" => 409,
        "unprocessable entity" | "unprocessable content" => 422,
        "too many requests" => 429,
        "internal server error" => 500,
        "bad gateway" => 502,
        "service unavailable" => 503,
        "gateway timeout" => 504,
        _ => return None,
    })
}
