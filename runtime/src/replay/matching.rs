//! Which saved response answers a request: the operation's own, or by the rules of Postman's mock servers.
//!
//! In: the examples, and a request. Out: an example, or what kept each candidate from being one. A client of ours says
//! which operation it calls: then only what was saved of that answers, however much another looks like it. Of any other
//! request only method, path, query, headers and body are seen: the path must fit, where a literal is better than a variable,
//! the method (those that it was saved of, or nearly as good, those of its item), and the call, where an address has many.
//! The request's `x-mock-…` headers leave some of these; then the best query wins, then a success, then the likest body,
//! then the first in the collection.

use super::calls::CallName;
use super::example::{Example, Route};
use super::explain::{Candidates, explain, nothing_of};
use super::paths::{Distance, path_distance, query_distance, query_entries, segments};
use super::variables::Variables;
use http::HeaderMap;

/// A request as far as it is compared.
pub(super) struct Asked<'a> {
    /// The operation, where the client says it.
    pub(super) operation: Option<String>,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
}

/// An example that may answer.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) example: &'a Example,
    pub(super) route: &'a Route,
    /// How far its path is from the request's.
    pub(super) distance: Distance,
    /// Why it does not answer.
    pub(super) differs: Option<String>,
    /// How far its call is from the request's.
    call: usize,
}

/// How far a call is from an example whose request does not say what it calls.
const UNSAID: usize = 3;
/// How far the path of an operation's own example is, if it fits in no way.
const ELSEWHERE: usize = 1_000_000;

/// The best example, or why there is none.
pub(super) fn find<'a>(
    examples: &'a [Example],
    asked: &Asked<'_>,
    variables: &Variables<'_>,
) -> Result<&'a Example, String> {
    if examples.is_empty() {
        return Err("the collection has no saved responses".to_owned());
    }
    let Some(operation) = &asked.operation else {
        return by_request(examples.iter().collect(), asked, variables);
    };
    let own: Vec<_> = examples
        .iter()
        .filter(|example| example.operation.as_ref() == Some(operation))
        .collect();
    if own.is_empty() {
        // What was written by hand may be anybody's.
        let anybodys: Vec<_> = examples
            .iter()
            .filter(|example| example.operation.is_none())
            .collect();
        if anybodys.is_empty() {
            return Err(nothing_of(operation));
        }
        return by_request(anybodys, asked, variables);
    }
    of_operation(&own, asked, variables)
}

/// One of an operation's own examples: whichever the request is most like.
fn of_operation<'a>(
    own: &[&'a Example],
    asked: &Asked<'_>,
    variables: &Variables<'_>,
) -> Result<&'a Example, String> {
    let candidates: Vec<_> = {
        let segments = segments(asked.path);
        let nearest = own
            .iter()
            .filter_map(|example| nearest_route(example, asked, &segments));
        nearest.collect()
    };
    let chosen = chosen(&candidates, asked, variables);
    let query = query_entries(asked.query);
    let best = matching(&chosen).min_by_key(|candidate| {
        let Example {
            query: saved,
            body,
            answer,
            ..
        } = candidate.example;
        (
            candidate.distance,
            query_distance(saved, &query, variables),
            body.differs(asked, variables).is_some(),
            !answer.status.is_success(),
        )
    });
    best.map(|candidate| candidate.example)
        .ok_or_else(|| explain(Candidates::OfOperation(&candidates, &chosen), asked))
}

fn nearest_route<'a>(example: &'a Example, asked: &Asked<'_>, segments: &[String]) -> Option<Candidate<'a>> {
    let routes = example.routes.iter();
    let routes = routes.map(|route| {
        let distance = path_distance(route, segments).unwrap_or(ELSEWHERE);
        let distance = distance + usize::from(!method_fits(route, asked));
        (distance, route)
    });
    let (distance, route) = routes.min_by_key(|(distance, _)| *distance)?;
    Some(Candidate {
        example,
        route,
        distance,
        differs: None,
        call: 0,
    })
}

fn by_request<'a>(
    examples: Vec<&'a Example>,
    asked: &Asked<'_>,
    variables: &Variables<'_>,
) -> Result<&'a Example, String> {
    let segments = segments(asked.path);
    let by_path: Vec<Candidate<'_>> = examples
        .iter()
        .flat_map(|example| candidates(example, &segments))
        .collect();
    let mut by_method = by_path.clone();
    by_method.retain(|candidate| method_fits(candidate.route, asked));
    let mut chosen = chosen(&by_method, asked, variables);
    tell_calls_apart(&mut chosen, asked, variables);
    let query = query_entries(asked.query);
    let best = matching(&chosen).min_by_key(|candidate| {
        let Example {
            query: saved,
            body,
            answer,
            ..
        } = candidate.example;
        (
            candidate.distance,
            candidate.call,
            query_distance(saved, &query, variables),
            !answer.status.is_success(),
            body.differs(asked, variables).is_some(),
        )
    });
    // Of equals, the first: `min_by_key` keeps it.
    best.map(|candidate| candidate.example).ok_or_else(|| {
        let candidates = Candidates::ByRequest {
            all: &examples,
            by_path: &by_path,
            by_method: &by_method,
            chosen: &chosen,
        };
        explain(candidates, asked)
    })
}

/// The ways in which the example fits. A request that it was not saved of is a little further than one that it was.
fn candidates<'a>(example: &'a Example, segments: &[String]) -> Vec<Candidate<'a>> {
    let routes = example.routes.iter().enumerate();
    let fitting = routes.filter_map(|(rank, route)| {
        Some(Candidate {
            distance: path_distance(route, segments)? + rank,
            example,
            route,
            differs: None,
            call: 0,
        })
    });
    fitting.collect()
}

/// Those that the headers of the request leave, and why some of these do not answer yet.
fn chosen<'a>(
    candidates: &[Candidate<'a>],
    asked: &Asked<'_>,
    variables: &Variables<'_>,
) -> Vec<Candidate<'a>> {
    let chosen = candidates
        .iter()
        .filter(|candidate| choosers(asked).all(|chooser| chooser.chooses(candidate.example)));
    let compared = chosen.map(|candidate| Candidate {
        differs: differs(candidate.example, asked, variables),
        ..candidate.clone()
    });
    compared.collect()
}

fn matching<'a, 'b>(chosen: &'b [Candidate<'a>]) -> impl Iterator<Item = &'b Candidate<'a>> {
    chosen.iter().filter(|candidate| candidate.differs.is_none())
}

/// Where many calls go to one address, no call is answered with what another was.
fn tell_calls_apart(candidates: &mut [Candidate<'_>], asked: &Asked<'_>, variables: &Variables<'_>) {
    let Some(sent) = CallName::of_request(asked.headers, asked.body) else {
        return;
    };
    for candidate in candidates {
        let Example { body, headers, .. } = candidate.example;
        match CallName::of_saved(body, headers, variables) {
            None => candidate.call = UNSAID,
            Some(saved) => match sent.distance(&saved) {
                Ok(distance) => candidate.call = distance,
                Err(other) => candidate.differs = Some(other),
            },
        }
    }
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
fn differs(example: &Example, asked: &Asked<'_>, variables: &Variables<'_>) -> Option<String> {
    let wanted = header(asked.headers, "x-mock-match-request-headers").unwrap_or_default();
    let named = wanted
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty());
    let header_name = named.into_iter().find(|name| {
        let saved = example.headers.iter().find(|(saved, _)| saved == name);
        match (saved, header(asked.headers, name)) {
            (Some((_, saved)), Some(sent)) => !super::variables::fits(&variables.pattern(saved), sent),
            (saved, sent) => saved.is_some() != sent.is_some(),
        }
    });
    match header_name {
        Some(name) => Some(format!("the header `{name}` differs")),
        None if wants_body(asked.headers) => {
            let place = example.body.differs(asked, variables)?;
            Some(format!("the body differs ({place})"))
        }
        None => None,
    }
}

/// Whether the request asks for its body to be compared.
fn wants_body(headers: &HeaderMap) -> bool {
    header(headers, "x-mock-match-request-body")
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
