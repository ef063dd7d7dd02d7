//! Why no saved response answers a request: the first rule that left none, and what would have been there.
//!
//! In: the request, and the examples that each rule left. Out: a sentence for the one who made the request. Headers
//! and bodies of the request are not repeated in it, as they may hold credentials.

use super::example::{Example, Route, Segment};
use super::matching::{Asked, Candidate, choosers};
use super::paths::{segment_distance, segments};

/// How many saved responses are listed that are only near.
const MOST_LISTED: usize = 8;

/// What each rule left.
#[derive(Clone, Copy)]
pub(super) enum Candidates<'a> {
    /// Of an operation: its examples, and those of them that the headers `x-mock-response-…` choose.
    OfOperation(&'a [Candidate<'a>], &'a [Candidate<'a>]),
    /// Of a request that may be anybody's.
    ByRequest {
        /// All examples.
        all: &'a [&'a Example],
        /// Those whose path fits.
        by_path: &'a [Candidate<'a>],
        /// Those of them whose method is the request's.
        by_method: &'a [Candidate<'a>],
        /// Those of them that the headers choose.
        chosen: &'a [Candidate<'a>],
    },
}

/// What came closest, and what was different.
pub(super) fn explain(candidates: Candidates<'_>, asked: &Asked<'_>) -> String {
    match candidates {
        Candidates::OfOperation(own, []) => other_responses("it is known what is called", own, asked),
        Candidates::OfOperation(_, chosen) => different("it is known what is called", chosen),
        Candidates::ByRequest { all, by_path: [], .. } => nearest(all, &segments(asked.path)),
        Candidates::ByRequest {
            by_path,
            by_method: [],
            ..
        } => other_methods(by_path, asked),
        Candidates::ByRequest {
            by_method,
            chosen: [],
            ..
        } => other_responses("the path fits", by_method, asked),
        Candidates::ByRequest { chosen, .. } => different("the path fits", chosen),
    }
}

/// That nothing was saved of the operation that is called.
pub(super) fn nothing_of(operation: &str) -> String {
    format!("no response of `{operation}` was saved or is shown, and those of others are no answers to it")
}

/// Every candidate with what is different there, the nearest first.
fn different(but: &str, chosen: &[Candidate<'_>]) -> String {
    let mut nearest_first: Vec<_> = chosen.iter().collect();
    nearest_first.sort_by_key(|candidate| candidate.distance);
    let mut reasons: Vec<String> = Vec::new();
    for candidate in nearest_first {
        let why = candidate.differs.as_deref().unwrap_or("nothing is different");
        let reason = format!("`{}`: {why}", name(candidate.example));
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    format!(
        "{but}, but every saved response of it was asked otherwise: {}",
        reasons.join("; ")
    )
}

fn other_methods(by_path: &[Candidate<'_>], asked: &Asked<'_>) -> String {
    let mut methods: Vec<&str> = by_path
        .iter()
        .map(|candidate| candidate.route.method.as_str())
        .collect();
    methods.sort_unstable();
    methods.dedup();
    format!(
        "the path is answered for {}, not for {}",
        methods.join(", "),
        asked.method
    )
}

/// The responses that could have been chosen: the path that fits best first.
fn other_responses(but: &str, by_method: &[Candidate<'_>], asked: &Asked<'_>) -> String {
    let wanted: Vec<String> = choosers(asked)
        .map(|chooser| format!("`{}: {}`", chooser.name, chooser.wanted))
        .collect();
    let mut nearest_first: Vec<_> = by_method.iter().collect();
    nearest_first.sort_by_key(|candidate| candidate.distance);
    let mut there: Vec<String> = Vec::new();
    for Candidate { example, .. } in nearest_first {
        let status = example.answer.status.as_u16();
        let shown = format!("{status} `{}`", name(example));
        if !there.contains(&shown) {
            there.push(shown);
        }
    }
    let more = there.len().saturating_sub(MOST_LISTED);
    there.truncate(MOST_LISTED);
    if more > 0 {
        there.push(format!("{more} more"));
    }
    format!(
        "{but}, but no saved response of it has what {} asks for; there is {}",
        wanted.join(" and "),
        there.join(", ")
    )
}

/// The beginning of a saved response's name, on one line.
fn name(example: &Example) -> String {
    const LONGEST: usize = 60;
    let name = example.name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name,
    }
}

/// The example whose path has most in common with the request's.
fn nearest(all: &[&Example], segments: &[String]) -> String {
    let common = |(_, route): &(&Example, &Route)| {
        let same = |(pattern, segment): &(&Segment, &String)| segment_distance(pattern, segment).is_some();
        let from_start = route.path.iter().zip(segments).filter(same).count();
        let from_end = route
            .path
            .iter()
            .rev()
            .zip(segments.iter().rev())
            .filter(same)
            .count();
        (
            from_start.max(from_end),
            std::cmp::Reverse(route.path.len().abs_diff(segments.len())),
        )
    };
    // `max_by_key` keeps the last of equals; the first is wanted.
    let routes = all
        .iter()
        .flat_map(|example| example.routes.iter().map(move |route| (*example, route)));
    let routes: Vec<_> = routes.collect();
    match routes.into_iter().rev().max_by_key(common) {
        Some((Example { item, .. }, route)) => {
            let (method, path) = (&route.method, shown(&route.path));
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
