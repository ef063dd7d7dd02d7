//! Compares a built request with a recorded one: method, URL, header lines and body, to the byte.
//!
//! In: our [`Parts`] or why there are none, and a [`Record`]. Out: a [`Verdict`]. What is different on purpose is
//! counted under the name that `docs/differences-from-postman.md` gives it, never as equal.

use letterpress_runtime::{
    file::FileSource,
    spec::Spec,
    wire::{Body, BuildError, Header, HeaderSource, Parts, Piece},
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
    /// A difference.
    pub fn new(rule: &'static str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            rule,
            expected: expected.into(),
            found: found.into(),
        }
    }
}

/// A request, as it was built or as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The method.
    pub method: String,
    /// Host and target, and the scheme where it is known.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Sent {
    /// What was built, its files read.
    pub fn of(parts: Parts) -> Self {
        // The recorder counts `Host` as Postman's own, even where a signature added it.
        let is_compared = |header: &&Header| !(header.is("host") && header.source == HeaderSource::Auth);
        let headers = parts.headers.iter().filter(is_compared);
        Self {
            headers: headers
                .map(|header| (header.name.clone(), header.value.clone()))
                .collect(),
            body: body(&parts.body),
            method: parts.method,
            url: parts.url,
        }
    }

    fn header(&self, name: &str) -> Option<String> {
        let found = self
            .headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| readable(value))
    }
}

/// Compares a request that arrived with a recorded one; what a transport adds by itself is left out.
pub fn compare_sent(spec: &Spec, mut sent: Sent, record: &Record) -> Verdict {
    const ADDED: [&str; 8] = [
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "host",
        "te",
        "transfer-encoding",
        "user-agent",
    ];
    sent.headers.retain(|(name, _)| {
        let is_recorded = record
            .headers
            .iter()
            .any(|(other, ..)| other.eq_ignore_ascii_case(name));
        is_recorded || !ADDED.contains(&name.to_ascii_lowercase().as_str())
    });
    let (scheme, rest) = record.url.split_once("://").unwrap_or(("http", &record.url));
    // Without `Host`, or with an item's own, what arrives does not say where to.
    let has_own = record
        .headers
        .iter()
        .any(|(name, ..)| name.eq_ignore_ascii_case("host"));
    let arrived = sent.url.strip_prefix("//").unwrap_or_default();
    let (host, target) = arrived.split_once('/').unwrap_or_default();
    let host = if has_own || host.is_empty() {
        rest.split('/').next().unwrap_or_default()
    } else {
        host
    };
    sent.url = format!("{scheme}://{host}/{target}");
    compare(spec, Ok(sent), record)
}

/// Compares a request with a recorded one.
pub fn compare(spec: &Spec, built: Result<Sent, BuildError>, record: &Record) -> Verdict {
    let sent = match (built, &record.error) {
        (Err(_), Some(_)) => return Verdict::Equal,
        (Err(error), None) => {
            return listed_error(&error).unwrap_or_else(|| {
                Verdict::Different(vec![Difference::new("error", "", error.to_string())])
            });
        }
        (Ok(_), Some(_)) if uses_prototype(spec) => return Verdict::Listed("prototype names"),
        (Ok(sent), Some(error)) => {
            return Verdict::Different(vec![Difference::new("error", error.as_str(), sent.url)]);
        }
        (Ok(sent), None) => sent,
    };
    let mut differences = Vec::new();
    let mut check = |rule, expected: &str, found: &str| {
        if !matches(expected, found, record) {
            differences.push(Difference::new(rule, expected, found));
        }
    };
    check("method", &record.method, &sent.method);
    check(
        "url",
        &without_default_port(&record.url),
        &without_default_port(&sent.url),
    );
    let recorded = record.headers.iter().map(|(name, value, _)| (name, value));
    let found = sent.headers.iter().map(|(name, value)| (name, value));
    check("headers", &lines(recorded), &lines(found));
    // Trimmed records do not hold bodies that were sent without a length.
    let is_recorded = !record.body.is_empty() || !spec.behavior.omitted_headers.contains(&"content-length");
    if is_recorded {
        // The recorder read as much as the item's own `Content-Length` said, and trimmed records lost even that of forms.
        let own = sent
            .header("content-length")
            .and_then(|length| length.parse().ok());
        match own.and_then(|length| sent.body.get(..length)) {
            Some(_) if record.boundary.is_some() => {}
            Some(found) if found == record.body => {}
            Some(_) | None => check("body", &readable(&record.body), &readable(&sent.body)),
        }
    }
    if differences.is_empty() {
        return Verdict::Equal;
    }
    listed(spec, &differences).map_or(Verdict::Different(differences), Verdict::Listed)
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

fn lines<'a>(headers: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    let lines = headers.map(|(name, value)| format!("{name}: {}", readable(value)));
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
fn listed(spec: &Spec, differences: &[Difference]) -> Option<&'static str> {
    if uses_prototype(spec) {
        return Some("prototype names");
    }
    let given_in_path = |difference: &Difference| {
        difference.rule == "url" && difference.found.replace("%2F", "/") == difference.expected
    };
    if differences.iter().all(given_in_path) {
        return Some("given text in a path");
    }
    if differences.iter().all(is_second_port) {
        return Some("second port");
    }
    None
}

/// Whether Postman takes a host with its port, or with a colon at its end, for a name, for there is another port beside it.
fn is_second_port(difference: &Difference) -> bool {
    let parts = |url: &str| {
        let (_, rest) = url.split_once("://")?;
        let authority = rest.split('/').next()?;
        let ports = authority.rsplit(']').next()?.split(':').skip(1);
        Some(ports.map(str::to_owned).collect::<Vec<_>>())
    };
    let (Some(expected), Some(found)) = (parts(&difference.expected), parts(&difference.found)) else {
        return false;
    };
    let mut saying = expected.iter().filter(|port| !port.is_empty() && *port != "0");
    difference.rule == "url" && expected.len() == 2 && (saying.next(), saying.next()) == (found.first(), None)
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
