//! Which saved response answers a request: the rules of Postman's mock servers.
//!
//! In: the examples, and a request's method, path, query, headers and (if it asks to be compared) body. Out: an
//! example, or what kept each candidate from being one. The path must fit, where a literal is better than a variable,
//! and the method (those that it was saved of, or nearly as good, those of its item); the request's `x-mock-…` headers
//! leave some of these; then the best query wins, then a success,
//! then the first in the collection.

use super::example::{Example, Route, Segment, decoded};
use super::explain::{Candidates, explain};
use http::HeaderMap;
use percent_encoding::percent_decode_str;

/// A request as far as it is compared.
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// Whether the comparison needs the request's body.
pub(super) fn wants_body(headers: &HeaderMap) -> bool {
    header(headers, "x-mock-match-request-body").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The best example, or why there is none.
pub(super) fn find<'a>(examples: &'a [Example], asked: &Asked<'_>) -> Result<&'a Example, String> {
    if examples.is_empty() {
        return Err("the collection has no saved responses".to_owned());
    }
    let segments: Vec<String> = asked
        .path
        .trim_start_matches('/')
        .split('/')
        .map(decoded)
        .collect();
    let by_path: Vec<Candidate<'_>> = examples
        .iter()
        .flat_map(|example| candidates(example, &segments))
        .collect();
    let mut by_method = by_path.clone();
    by_method.retain(|candidate| method_fits(candidate.route, asked));
    let mut chosen = by_method.clone();
    chosen.retain(|candidate| choosers(asked).all(|chooser| chooser.chooses(candidate.example)));
    let query: Vec<(String, String)> = entries(asked.query).collect();
    let matching = chosen
        .iter()
        .filter(|candidate| differs(candidate.example, asked).is_none());
    let best = matching.min_by_key(
        |Candidate {
             distance, example, ..
         }| {
            let is_error = !example.answer.status.is_success();
            (*distance, query_distance(&example.query, &query), is_error)
        },
    );
    // Of equals, the first: `min_by_key` keeps it.
    best.map(|candidate| candidate.example).ok_or_else(|| {
        let candidates = Candidates {
            all: examples,
            by_path: &by_path,
            by_method: &by_method,
            chosen: &chosen,
        };
        explain(candidates, asked, &segments)
    })
}

/// An example whose path fits, by one of its routes.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    /// How far the path is from the route's.
    pub(super) distance: usize,
    pub(super) example: &'a Example,
    pub(super) route: &'a Route,
}

/// The ways in which the example fits. A request that it was not saved of is a little further than one that it was.
fn candidates<'a>(example: &'a Example, segments: &[String]) -> impl Iterator<Item = Candidate<'a>> {
    let routes = example.routes.iter().enumerate();
    routes.filter_map(|(rank, route)| {
        let distance = path_distance(route, segments)? + rank;
        Some(Candidate {
            distance,
            example,
            route,
        })
    })
}

/// A header that chooses a response by its status, name or identity.
pub(super) struct Chooser<'a> {
    /// The header's name.
    pub(super) name: &'static str,
    /// Its value.
    pub(super) wanted: &'a str,
    has: fn(&Example, &str) -> bool,
}

impl Chooser<'_> {
    fn chooses(&self, example: &Example) -> bool {
        (self.has)(example, self.wanted)
    }
}

/// The headers of a request that choose.
pub(super) fn choosers<'a>(asked: &Asked<'a>) -> impl Iterator<Item = Chooser<'a>> + use<'a> {
    type Known = (&'static str, fn(&Example, &str) -> bool);
    const KNOWN: [Known; 3] = [
        ("x-mock-response-id", |example, wanted| {
            example.id.as_deref() == Some(wanted)
        }),
        ("x-mock-response-name", |example, wanted| {
            example.name.trim() == wanted
        }),
        ("x-mock-response-code", |example, wanted| {
            example.answer.status.as_str() == wanted
        }),
    ];
    let headers = asked.headers;
    KNOWN.into_iter().filter_map(move |(name, has)| {
        let wanted = header(headers, name)?.trim();
        Some(Chooser { name, wanted, has })
    })
}

/// Whether the methods are the same; what answers `GET` answers `HEAD` too.
fn method_fits(route: &Route, asked: &Asked<'_>) -> bool {
    let head = asked.method == "HEAD" && route.method.eq_ignore_ascii_case("GET");
    head || route.method.eq_ignore_ascii_case(asked.method)
}

/// What is not as in the example of all that the request asks to be compared: `None` if nothing is.
pub(super) fn differs(example: &Example, asked: &Asked<'_>) -> Option<String> {
    let wanted = header(asked.headers, "x-mock-match-request-headers").unwrap_or_default();
    let named = wanted
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty());
    let header = named.into_iter().find(|name| {
        let saved = example
            .headers
            .iter()
            .find(|(saved, _)| saved == name)
            .map(|(_, value)| value.as_str());
        saved != header(asked.headers, name)
    });
    match header {
        Some(name) => Some(format!("the header `{name}`")),
        None if wants_body(asked.headers) && !same_body(&example.body, asked.body) => {
            Some("the body".to_owned())
        }
        None => None,
    }
}

/// Bodies are the same if they are the same JSON or the same text.
fn same_body(saved: &str, sent: &[u8]) -> bool {
    let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    match (json(saved.as_bytes()), json(sent)) {
        (Some(saved), Some(sent)) => saved == sent,
        (None, _) | (_, None) => saved.as_bytes().trim_ascii() == sent.trim_ascii(),
    }
}

/// How far a path is from the route's; `None` if it is another.
fn path_distance(route: &Route, segments: &[String]) -> Option<usize> {
    let (pattern, pattern_slash) = without_trailing_slash(
        &route.path,
        |segment| matches!(segment, Segment::Literal(text) if text.is_empty()),
    );
    let (segments, slash) = without_trailing_slash(segments, String::is_empty);
    let before = segments.len().checked_sub(pattern.len())?;
    if before > 0 && !route.open_start {
        return None;
    }
    let mut distance = before * 100 + usize::from(slash != pattern_slash);
    for (pattern, segment) in pattern.iter().zip(segments.get(before..)?) {
        distance += segment_distance(pattern, segment)?;
    }
    Some(distance)
}

fn without_trailing_slash<T>(segments: &[T], is_empty: impl Fn(&T) -> bool) -> (&[T], bool) {
    match segments.split_last() {
        Some((last, rest)) if is_empty(last) => (rest, true),
        Some(_) | None => (segments, false),
    }
}

pub(super) fn segment_distance(pattern: &Segment, segment: &str) -> Option<usize> {
    match pattern {
        Segment::Literal(text) if text == segment => Some(0),
        Segment::Literal(text) if text.eq_ignore_ascii_case(segment) => Some(1),
        Segment::Literal(_) => None,
        // A variable may have had no value.
        Segment::Variable(_) if segment.is_empty() => Some(50),
        Segment::Variable(Some(saved)) if saved == segment => Some(2),
        Segment::Variable(_) => Some(4),
        Segment::Mixed(pieces) => mixed_fits(pieces, segment).then_some(3),
    }
}

fn mixed_fits(pieces: &[String], segment: &str) -> bool {
    let Some(((first, last), rest)) = pieces
        .split_first()
        .and_then(|(first, rest)| rest.split_last().map(|(last, middle)| ((first, last), middle)))
    else {
        return false;
    };
    let Some(mut inner) = segment
        .strip_prefix(first.as_str())
        .and_then(|rest| rest.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for piece in rest {
        match inner.split_once(piece.as_str()) {
            Some((_, after)) => inner = after,
            None => return false,
        }
    }
    true
}

/// How far a query is from the example's: each entry that only one has, or whose value differs, counts.
fn query_distance(saved: &[(String, String)], sent: &[(String, String)]) -> usize {
    let is_same = |saved: &str, sent: &str| saved.contains("{{") || decoded(saved) == sent;
    let missing = saved.iter().map(|(name, value)| {
        let found = sent.iter().find(|(sent, _)| is_same(name, sent));
        match found {
            Some((_, sent)) if is_same(value, sent) => 0,
            Some(_) => 1,
            None => 2,
        }
    });
    let extra = sent
        .iter()
        .filter(|(name, _)| !saved.iter().any(|(saved, _)| is_same(saved, name)));
    missing.sum::<usize>() + 2 * extra.count()
}

fn entries(query: &str) -> impl Iterator<Item = (String, String)> {
    let decoded = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    query
        .split('&')
        .filter(|entry| !entry.is_empty())
        .map(move |entry| {
            let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
            (decoded(name), decoded(value))
        })
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
