//! Why no saved response answers a request: the first rule that left none, and what would have been there.
//!
//! In: the request, and the examples that each rule left. Out: a sentence for the one who made the request. Headers
//! and bodies of the request are not repeated in it, as they may hold credentials.

use super::example::{Example, Route, Segment};
use super::matching::{Asked, Candidate, choosers, differs, segment_distance};

/// How many saved responses are listed.
const MOST_LISTED: usize = 8;

/// What each rule left.
#[derive(Clone, Copy)]
pub(super) struct Candidates<'a> {
    /// All examples.
    pub(super) all: &'a [Example],
    /// Those whose path fits.
    pub(super) by_path: &'a [Candidate<'a>],
    /// Those of them whose method is the request's.
    pub(super) by_method: &'a [Candidate<'a>],
    /// Those of them that the headers `x-mock-response-…` choose.
    pub(super) chosen: &'a [Candidate<'a>],
}

/// What came closest, and what was different.
pub(super) fn explain(candidates: Candidates<'_>, asked: &Asked<'_>, segments: &[String]) -> String {
    let Candidates {
        all,
        by_path,
        by_method,
        chosen,
    } = candidates;
    if by_path.is_empty() {
        return nearest(all, segments);
    }
    if by_method.is_empty() {
        return other_methods(by_path, asked);
    }
    match chosen.iter().min_by_key(|candidate| candidate.distance) {
        Some(Candidate { example, .. }) => {
            let what = differs(example, asked).unwrap_or_else(|| "something".to_owned());
            let name = name(example);
            format!("the path fits, but {what} is not as in the saved response `{name}`")
        }
        None => other_responses(by_method, asked),
    }
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
fn other_responses(by_method: &[Candidate<'_>], asked: &Asked<'_>) -> String {
    let wanted: Vec<String> = choosers(asked)
        .map(|chooser| format!("`{}: {}`", chooser.name, chooser.wanted))
        .collect();
    let mut nearest_first = by_method.to_vec();
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
        "the path fits, but no saved response of it has what {} asks for; there is {}",
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
fn nearest(all: &[Example], segments: &[String]) -> String {
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
        .flat_map(|example| example.routes.iter().map(move |route| (example, route)));
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
