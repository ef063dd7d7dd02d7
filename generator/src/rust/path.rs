//! The path of an operation's URL, in words.
//!
//! In: an operation, or an address as it was written. Out: the path without host and query, and its segments: which are variable,
//! and which words they consist of. It knows nothing of what a word means.

use super::words;
use crate::ir;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether it holds a variable.
    pub variable: bool,
    /// Its words; at least one.
    pub words: Vec<String>,
}

/// The segments of an operation's path that have words.
pub fn steps(operation: &ir::Operation) -> Vec<Step> {
    let step = |segment: &str| Step {
        variable: is_variable(segment),
        words: words::words(segment),
    };
    let segments = path(operation.url.base.as_str()).split('/').map(step);
    segments.filter(|step| !step.words.is_empty()).collect()
}

/// Whether a segment holds a variable.
pub fn is_variable(segment: &str) -> bool {
    segment.starts_with(':') || segment.contains(['{', '<'])
}

/// The path of an URL or template, without host and query.
pub fn path(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let rest = match address.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|slash| rest.get(slash..))
            .unwrap_or_default(),
        None => address,
    };
    match rest.split_once("}}") {
        Some((variable, rest)) if variable.starts_with("{{") => rest,
        Some(_) | None => rest,
    }
}
