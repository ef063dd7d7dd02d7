//! How far a path and a query are from those that were saved.
//!
//! In: routes of examples, and the path and query of a request. Out: a distance, the less the better, or nothing if the
//! path is another. It knows no method, header or body.

use super::bodies::form_decoded;
use super::example::{Route, Segment, decoded};
use super::variables::{Variables, fits};

/// How far; 0 is the same.
pub(super) type Distance = usize;

/// The segments of a path, decoded.
pub(super) fn segments(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(decoded).collect()
}

/// How far a path is from the route's; `None` if it is another.
pub(super) fn path_distance(route: &Route, segments: &[String]) -> Option<Distance> {
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

pub(super) fn segment_distance(pattern: &Segment, segment: &str) -> Option<Distance> {
    match pattern {
        Segment::Literal(text) if text == segment => Some(0),
        Segment::Literal(text) if text.eq_ignore_ascii_case(segment) => Some(1),
        Segment::Literal(_) => None,
        // A variable may have had no value.
        Segment::Variable(_) if segment.is_empty() => Some(50),
        Segment::Variable(Some(saved)) if saved == segment => Some(2),
        Segment::Variable(_) => Some(4),
        Segment::Mixed(pieces) => fits(pieces, segment).then_some(3),
    }
}

/// How far a query is from the example's: each entry that only one has, or whose value differs, counts.
pub(super) fn query_distance(
    saved: &[(String, String)],
    sent: &[(String, String)],
    variables: &Variables<'_>,
) -> Distance {
    let is_same = |saved: &str, sent: &str| {
        let pattern = variables.pattern(saved);
        fits(&pattern, sent)
            || fits(
                &pattern.iter().map(|piece| decoded(piece)).collect::<Vec<_>>(),
                sent,
            )
    };
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

/// The entries of a query, decoded.
pub(super) fn query_entries(query: &str) -> Vec<(String, String)> {
    let entries = query.split('&').filter(|entry| !entry.is_empty());
    let decoded = entries.map(|entry| {
        let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
        (form_decoded(name), form_decoded(value))
    });
    decoded.collect()
}
