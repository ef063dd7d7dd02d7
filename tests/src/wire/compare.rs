//! Compares a built request with a recorded one: method, URL, header lines and body, to the byte.
//!
//! In: our [`Parts`] or why there are none, and a [`Record`]. Out: a [`Verdict`]. What is different on purpose is
//! counted under the name that `docs/differences-from-postman.md` gives it, never as equal.

use letterpress_runtime::{
    file::FileSource,
    spec::Spec,
    wire::{Body, BuildError, HeaderSource, Parts, Piece},
};

use super::recording::Record;

/// How a comparison went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes, or both refused.
    Equal,
    /// Different on purpose: the name in the list of differences.
    Listed(&'static str),
    /// Different.
    Different(Vec<Difference>),
}

impl Verdict {
    /// There is no operation for a recorded item.
    pub fn missing() -> Self {
        Self::Different(vec![Difference::new("operation", "", "missing")])
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs: `method`, `url`, `headers`, `body`, `error`.
    pub rule: &'static str,
    /// What Postman sent.
    pub expected: String,
    /// What we would send.
    pub found: String,
}

impl Difference {
    fn new(rule: &'static str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            rule,
            expected: expected.into(),
            found: found.into(),
        }
    }
}

/// Compares a built request with a recorded one.
pub fn compare(spec: &Spec, built: Result<Parts, BuildError>, record: &Record) -> Verdict {
    let parts = match (built, &record.error) {
        (Err(_), Some(_)) => return Verdict::Equal,
        (Err(error), None) => {
            return listed_error(&error).unwrap_or_else(|| {
                Verdict::Different(vec![Difference::new("error", "", error.to_string())])
            });
        }
        (Ok(_), Some(_)) if uses_prototype(spec) => return Verdict::Listed("prototype names"),
        (Ok(parts), Some(error)) => {
            return Verdict::Different(vec![Difference::new("error", error.as_str(), parts.url)]);
        }
        (Ok(parts), None) => parts,
    };
    let mut differences = Vec::new();
    let mut check = |rule, expected: &str, found: &str| {
        if !matches(expected, found, record) {
            differences.push(Difference::new(rule, expected, found));
        }
    };
    check("method", &record.method, &parts.method);
    check(
        "url",
        &without_default_port(&record.url),
        &without_default_port(&parts.url),
    );
    check("headers", &recorded_headers(record), &built_headers(&parts));
    // Trimmed records do not hold bodies that were sent without a length.
    let is_recorded = !record.body.is_empty() || parts.content_length().is_some();
    if is_recorded {
        let found = body(&parts.body);
        // The recorder read as much as the item's own `Content-Length` said, and trimmed records lost even that of forms.
        let own = parts
            .header("content-length")
            .and_then(|header| header.text().parse().ok());
        let expected = readable(&record.body);
        match own.and_then(|length| found.get(..length)) {
            Some(_) if record.boundary.is_some() => {}
            Some(found) if found == record.body => {}
            Some(_) | None => check("body", &expected, &readable(&found)),
        }
    }
    if differences.is_empty() {
        return Verdict::Equal;
    }
    listed(spec, record, &differences).map_or(Verdict::Different(differences), Verdict::Listed)
}

/// Whether two texts are equal, but for what dynamic variables made.
fn matches(expected: &str, found: &str, record: &Record) -> bool {
    if expected == found {
        return true;
    }
    let mut pieces = found.split(super::DYNAMIC);
    let Some(mut rest) = pieces.next().and_then(|first| expected.strip_prefix(first)) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last().filter(|_| !record.dynamic.is_empty()) else {
        return false;
    };
    for piece in middle {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The recorder writes origins as browsers do: the port that belongs to the scheme is left out.
fn without_default_port(url: &str) -> String {
    for (scheme, port) in [("http://", ":80"), ("https://", ":443")] {
        let Some(rest) = url.strip_prefix(scheme) else {
            continue;
        };
        let end = rest.find('/').unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        return format!(
            "{scheme}{}{target}",
            authority.strip_suffix(port).unwrap_or(authority)
        );
    }
    url.to_owned()
}

fn recorded_headers(record: &Record) -> String {
    let lines = record
        .headers
        .iter()
        .map(|(name, value, _)| format!("{name}: {}", readable(value)));
    lines.collect::<Vec<_>>().join("\n")
}

fn built_headers(parts: &Parts) -> String {
    let lines = parts
        .headers
        .iter()
        // The recorder counts `Host` as Postman's own, even where a signature added it.
        .filter(|header| !(header.is("host") && header.source == HeaderSource::Auth))
        .map(|header| format!("{}: {}", header.name, readable(&header.value)));
    lines.collect::<Vec<_>>().join("\n")
}

fn readable(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => format!("{}", bytes.escape_ascii()),
    }
}

/// The bytes of a body, its files read.
fn body(body: &Body) -> Vec<u8> {
    match body {
        Body::Empty => Vec::new(),
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::Pieces(pieces) => pieces.iter().flat_map(piece).collect(),
    }
}

fn piece(piece: &Piece) -> Vec<u8> {
    match piece {
        Piece::Bytes(bytes) => bytes.to_vec(),
        Piece::File(file) => match file.source() {
            FileSource::Bytes(bytes) => bytes.to_vec(),
            FileSource::Path(path) => std::fs::read(path).unwrap_or_default(),
            _ => b"not a file of this test".to_vec(),
        },
    }
}

/// The name of a deliberate difference, if this is one.
fn listed(spec: &Spec, record: &Record, differences: &[Difference]) -> Option<&'static str> {
    if uses_prototype(spec) {
        return Some("prototype names");
    }
    let given_in_path = |difference: &Difference| {
        difference.rule == "url" && difference.found.replace("%2F", "/") == difference.expected
    };
    if differences.iter().all(given_in_path) {
        return Some("given text in a path");
    }
    let _ = record;
    None
}

/// Whether a variable has the name of something that every JavaScript object has.
fn uses_prototype(spec: &Spec) -> bool {
    let names = [
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "toString",
        "valueOf",
    ];
    let texts = spec
        .query
        .iter()
        .filter_map(|entry| entry.value)
        .chain([spec.url]);
    let mut tokens = texts.flat_map(|text| text.split("{{").skip(1));
    tokens.any(|token| token.split("}}").next().is_some_and(|name| names.contains(&name)))
}

/// The name of a deliberate refusal, if this is one.
fn listed_error(error: &BuildError) -> Option<Verdict> {
    match error {
        BuildError::Url(_) => Some(Verdict::Listed("no host name")),
        BuildError::Unsafe { what, .. } if what.ends_with("host") => {
            Some(Verdict::Listed("given text in a host"))
        }
        _ => None,
    }
}
