//! Which saved response answers a request: the rules of Postman's mock servers.
//!
//! In: the examples, and a request's method, path, query, headers and (if it asks to be compared) body. Out: an
//! example, or what kept each candidate from being one. First the request's `x-mock-…` headers and its method leave
//! some examples; of these, the path must fit, where a literal is better than a variable; then the best query wins,
//! then a success, then the first in the collection.

use super::example::{Example, Segment, decoded};
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
    let named = chosen_by_header(examples, asked)?;
    let segments: Vec<String> = asked
        .path
        .trim_start_matches('/')
        .split('/')
        .map(decoded)
        .collect();
    let query: Vec<(String, String)> = entries(asked.query).collect();
    let fits = |example: &&'a Example| {
        let path = path_distance(example, &segments)?;
        let is_error = !example.answer.status.is_success();
        Some(((path, query_distance(&example.query, &query), is_error), *example))
    };
    let by_path: Vec<_> = named.iter().filter_map(fits).collect();
    let by_method = by_path.iter().filter(|(_, example)| method_fits(example, asked));
    let matching = by_method.filter(|(_, example)| content_fits(example, asked));
    // Of equals, the first: `min_by_key` keeps it.
    match matching.min_by_key(|(distance, _)| *distance) {
        Some((_, example)) => Ok(example),
        None => Err(explain(
            &named,
            by_path.iter().map(|(_, example)| *example),
            asked,
            &segments,
        )),
    }
}

/// A header that chooses, and what it asks of an example.
type Chooser = (&'static str, fn(&Example, &str) -> bool);

/// What is left after the headers that choose a response by its status, name or identity.
fn chosen_by_header<'a>(examples: &'a [Example], asked: &Asked<'_>) -> Result<Vec<&'a Example>, String> {
    let mut left: Vec<&Example> = examples.iter().collect();
    let choosers: [Chooser; 3] = [
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
    for (name, chooser) in choosers {
        let Some(wanted) = header(asked.headers, name) else {
            continue;
        };
        left.retain(|example| chooser(example, wanted.trim()));
        if left.is_empty() {
            return Err(format!("no saved response has what `{name}: {wanted}` asks for"));
        }
    }
    Ok(left)
}

/// Whether the methods are the same; what answers `GET` answers `HEAD` too.
fn method_fits(example: &Example, asked: &Asked<'_>) -> bool {
    let head = asked.method == "HEAD" && example.method.eq_ignore_ascii_case("GET");
    head || example.method.eq_ignore_ascii_case(asked.method)
}

/// Whether headers and body are those of the example, where the request asks for that comparison.
fn content_fits(example: &Example, asked: &Asked<'_>) -> bool {
    let wanted = header(asked.headers, "x-mock-match-request-headers").unwrap_or_default();
    let named = wanted
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty());
    let headers_fit = named.into_iter().all(|name| {
        let saved = example
            .headers
            .iter()
            .find(|(saved, _)| *saved == name)
            .map(|(_, value)| value.as_str());
        saved == header(asked.headers, &name)
    });
    headers_fit && (!wants_body(asked.headers) || same_body(&example.body, asked.body))
}

/// Bodies are the same if they are the same JSON or the same text.
fn same_body(saved: &str, sent: &[u8]) -> bool {
    let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    match (json(saved.as_bytes()), json(sent)) {
        (Some(saved), Some(sent)) => saved == sent,
        (None, _) | (_, None) => saved.as_bytes().trim_ascii() == sent.trim_ascii(),
    }
}

/// How far a path is from the example's; `None` if it is another.
fn path_distance(example: &Example, segments: &[String]) -> Option<usize> {
    let (pattern, pattern_slash) = without_trailing_slash(
        &example.path,
        |segment| matches!(segment, Segment::Literal(text) if text.is_empty()),
    );
    let (segments, slash) = without_trailing_slash(segments, String::is_empty);
    let before = segments.len().checked_sub(pattern.len())?;
    if before > 0 && !example.open_start {
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

fn segment_distance(pattern: &Segment, segment: &str) -> Option<usize> {
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

/// What came closest, and what was different.
fn explain<'a>(
    left: &[&'a Example],
    by_path: impl Iterator<Item = &'a Example>,
    asked: &Asked<'_>,
    segments: &[String],
) -> String {
    let by_path: Vec<&Example> = by_path.collect();
    if by_path.iter().any(|example| method_fits(example, asked)) {
        return "the path fits, but the headers or the body that the request asks to compare differ"
            .to_owned();
    }
    let mut methods: Vec<&str> = by_path.iter().map(|example| example.method.as_str()).collect();
    methods.sort_unstable();
    methods.dedup();
    if !methods.is_empty() {
        return format!(
            "the path is answered for {}, not for {}",
            methods.join(", "),
            asked.method
        );
    }
    let common = |example: &&&Example| {
        let same = |(pattern, segment): &(&Segment, &String)| segment_distance(pattern, segment).is_some();
        let from_start = example.path.iter().zip(segments).filter(same).count();
        let from_end = example
            .path
            .iter()
            .rev()
            .zip(segments.iter().rev())
            .filter(same)
            .count();
        (
            from_start.max(from_end),
            std::cmp::Reverse(example.path.len().abs_diff(segments.len())),
        )
    };
    // `max_by_key` keeps the last of equals; the first is wanted.
    match left.iter().rev().max_by_key(common) {
        Some(nearest) => {
            let (method, path, item) = (&nearest.method, shown(&nearest.path), &nearest.item);
            format!("no path fits; the nearest is {method} {path} of `{item}`")
        }
        None => "there is nothing to choose from".to_owned(),
    }
}

fn shown(path: &[Segment]) -> String {
    let mut shown = String::new();
    for segment in path {
        shown.push('/');
        match segment {
            Segment::Literal(text) => shown.push_str(text),
            Segment::Variable(_) => shown.push('*'),
            Segment::Mixed(pieces) => shown.push_str(&pieces.join("*")),
        }
    }
    shown
}
