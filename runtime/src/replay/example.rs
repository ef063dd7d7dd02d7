//! A saved response and the request that it answers, as the generator wrote them down.
//!
//! In: the JSON text beside a generated client. Out: [`Example`]s, ready to be compared with a request. The text is
//! ours, but it may have been edited: what is missing is empty, and what cannot be read is an error that says where.

use super::bodies::SavedBody;
use super::saved_answer::SavedAnswer;
use http::StatusCode;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A saved response with its request.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// The operation, as its calls tell it; hand-written examples may be anybody's.
    pub(super) operation: Option<String>,
    /// The item's name.
    pub(super) item: String,
    /// The response's name.
    pub(super) name: String,
    /// Its identity in the collection, if it has one.
    pub(super) id: Option<String>,
    /// The request's address; and that of the item, where it was saved of another.
    pub(super) routes: Vec<Route>,
    /// The request's query.
    pub(super) query: Vec<(String, String)>,
    /// The request's headers, names in lower case.
    pub(super) headers: Vec<(String, String)>,
    /// The request's body.
    pub(super) body: SavedBody,
    /// The response.
    pub(super) answer: SavedAnswer,
}

/// Method and path of a request.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// The method.
    pub(super) method: String,
    /// The path.
    pub(super) path: Vec<Segment>,
    /// Whether segments may stand before the path: its base is a variable.
    pub(super) open_start: bool,
}

/// A part of a path between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Exactly this, decoded.
    Literal(String),
    /// Anything; with the value that the path variable was saved with.
    Variable(Option<String>),
    /// Literal pieces with anything between them.
    Mixed(Vec<String>),
}

/// All that the file holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) examples: Vec<Example>,
    /// What the collection's variables stand for.
    pub(super) variables: Vec<(String, String)>,
}

/// Reads the file.
pub(super) fn read(text: &str) -> Result<Contents, String> {
    let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let Some(examples) = document.get("examples").and_then(Value::as_array) else {
        return Err("there is no list `examples`".to_owned());
    };
    let numbered = examples.iter().enumerate();
    let examples =
        numbered.map(|(at, example)| read_one(example).map_err(|why| format!("examples[{at}]: {why}")));
    Ok(Contents {
        examples: examples.collect::<Result<_, _>>()?,
        variables: pairs(&document, "variables"),
    })
}

fn read_one(value: &Value) -> Result<Example, String> {
    let text = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let status = value.get("status").and_then(Value::as_u64).unwrap_or(200);
    let status = u16::try_from(status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    let headers = pairs(value, "request_headers").into_iter();
    let operation = value.get("operation").and_then(Value::as_str);
    Ok(Example {
        operation: operation.map(|path| path.replace("r#", "")),
        item: text("item"),
        name: text("name"),
        id: value.get("id").and_then(Value::as_str).map(str::to_owned),
        routes: [Some(value), value.get("item_request")]
            .into_iter()
            .flatten()
            .map(route)
            .collect(),
        query: pairs(value, "query"),
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect(),
        body: SavedBody::read(value.get("request_body")),
        answer: SavedAnswer {
            status: status.ok_or("`status` is no HTTP status")?,
            reason: text("reason"),
            headers: pairs(value, "headers"),
            body: text("body").into(),
            stand_ins: pairs(value, "stand_ins"),
        },
    })
}

fn route(value: &Value) -> Route {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let (path, open_start) = path(text("url"), &pairs(value, "path"));
    Route {
        method: text("method").to_owned(),
        path,
        open_start,
    }
}

/// A list of `[name, value]`.
pub(super) fn pairs(value: &Value, key: &str) -> Vec<(String, String)> {
    let list = value.get(key).and_then(Value::as_array);
    let pair = |pair: &Value| {
        let text = |at: usize| {
            pair.get(at)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        (text(0), text(1))
    };
    list.into_iter().flatten().map(pair).collect()
}

/// The path of an URL template, and whether more may stand before it.
fn path(url: &str, saved: &[(String, String)]) -> (Vec<Segment>, bool) {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let (has_scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['{', '/']) => (true, rest),
        Some(_) | None => (false, url),
    };
    let (base, path) = split_base(rest);
    let open_start = base.contains("{{") || (base.is_empty() && !has_scheme);
    let segment = |text: &str| segment(text, saved);
    // An URL's backslashes are slashes, and requests are compared without those at the start.
    let path = path.replace('\\', "/");
    let path = path.trim_start_matches('/');
    (path.split('/').map(segment).collect(), open_start)
}

/// An address without scheme, at the first slash that is not within a `{{variable}}`.
fn split_base(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => {
                return (
                    text.get(..at).unwrap_or_default(),
                    text.get(at + 1..).unwrap_or_default(),
                );
            }
            _ => {}
        }
    }
    (text, "")
}

fn segment(text: &str, saved: &[(String, String)]) -> Segment {
    if let Some(name) = text.strip_prefix(':') {
        let value = saved
            .iter()
            .find(|(saved, _)| saved == name)
            .map(|(_, value)| value.clone());
        return Segment::Variable(value.filter(|value| !value.is_empty() && !value.contains("{{")));
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{")
        && let Some((_, after)) = after.split_once("}}")
    {
        pieces.push(decoded(before));
        rest = after;
    }
    if pieces.is_empty() {
        return Segment::Literal(decoded(text));
    }
    pieces.push(decoded(rest));
    if pieces.iter().all(String::is_empty) {
        Segment::Variable(None)
    } else {
        Segment::Mixed(pieces)
    }
}

/// Text without percent encoding.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Segment, path};

    fn check(url: &str, expected: &[Segment], open_start: bool) {
        let saved = [("id".to_owned(), "7".to_owned())];
        assert_eq!(path(url, &saved), (expected.to_vec(), open_start), "{url}");
    }

    #[test]
    fn paths_of_templates() {
        let literal = |text: &str| Segment::Literal(text.to_owned());
        check(
            "{{baseUrl}}/users/:id",
            &[literal("users"), Segment::Variable(Some("7".to_owned()))],
            true,
        );
        check(
            "https://a.io/v1/{{tenant}}?x=/y",
            &[literal("v1"), Segment::Variable(None)],
            false,
        );
        check("{{a/b}}/a%20b", &[literal("a b")], true);
        check("{{baseUrl}}/\\/a\\b", &[literal("a"), literal("b")], true);
        check("a.io", &[literal("")], false);
        let mixed = Segment::Mixed(vec!["file-".to_owned(), ".json".to_owned()]);
        check("/file-{{id}}.json", &[mixed], true);
    }
}
