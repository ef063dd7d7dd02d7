//! Addresses that a user writes anew, with parameters where the collection has values.
//!
//! In: operations, and paths of `letterpress.toml` (`path = "/v1/playlists/:playlist_id/items"`). Out: operations whose
//! paths have those parameters, with the collection's values for examples. A path that is not the operation's own is an
//! error that says where it differs: nothing is ever sent to another place.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::config::Config;
use crate::config::file::report;
use crate::config::overrides::{PathOverride, Selector};
use crate::diag::Sink;
use crate::ir::{Api, Operation, PathVariable};

/// The pass.
pub fn override_paths(api: &mut Api, config: &Config, sink: &mut Sink) {
    let paths: Vec<(&Selector, &PathOverride)> = config
        .overrides
        .items
        .iter()
        .filter_map(|item| Some((&item.selector, item.path.as_ref()?)))
        .collect();
    if paths.is_empty() {
        return;
    }
    api.root.visit_mut(&mut |operation| {
        for (selector, path) in &paths {
            if selector.matches(&operation.place)
                && let Err((message, help)) = rewrite(operation, &path.text)
            {
                report(sink, &path.written, message, &help);
            }
        }
    });
}

/// What is wrong with a path, and how to mend it.
type Wrong = (String, String);

/// Gives an operation the path.
fn rewrite(operation: &mut Operation, path: &str) -> Result<(), Wrong> {
    let url = &operation.url;
    let ranges = url.segments();
    let own = || {
        let segments: Vec<&str> = ranges.iter().map(|range| url.segment(range)).collect();
        let help = format!(
            "its path is `/{}`: write it with `:name` for what varies",
            segments.join("/")
        );
        help
    };
    if path.contains(['?', '#']) || path.contains("://") {
        let message = format!("`{path}` is more than a path");
        return Err((message, own()));
    }
    let wanted: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    if wanted.len() != ranges.len() {
        let message = format!(
            "the path has {}, and the item's has {}",
            count(wanted.len()),
            count(ranges.len())
        );
        return Err((message, own()));
    }
    let mut names = BTreeSet::new();
    if let Some(twice) = wanted
        .iter()
        .filter_map(|segment| parameter(segment))
        .find(|name| !names.insert(*name))
    {
        return Err((
            format!("the path has two parameters `:{twice}`"),
            NAMES.to_owned(),
        ));
    }
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (wanted, range) in wanted.iter().zip(&ranges) {
        let present = url.segment(range);
        match parameter(wanted) {
            _ if *wanted == present => {}
            Some(name) if is_name(name) => changes.push((range.clone(), name.to_owned())),
            Some(_) => return Err((format!("`{wanted}` is no parameter"), NAMES.to_owned())),
            None => return Err((format!("`{wanted}` is `{present}` in the item's path"), own())),
        }
    }
    apply(operation, changes);
    Ok(())
}

const NAMES: &str = "write letters, digits and `_`: `:order_id`";

fn count(segments: usize) -> String {
    match segments {
        1 => "1 segment".to_owned(),
        more => format!("{more} segments"),
    }
}

/// The name of a parameter: `:name`, or `{name}` as descriptions of other kinds write it.
fn parameter(segment: &str) -> Option<&str> {
    let braced = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    segment
        .strip_prefix(':')
        .or(braced.filter(|name| !name.contains(['{', '}'])))
}

fn is_name(name: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && name.chars().all(is_part)
}

/// Puts parameters in place of segments, from the end, so that what stands before keeps its place.
fn apply(operation: &mut Operation, changes: Vec<(Range<usize>, String)>) {
    for (range, name) in changes.into_iter().rev() {
        let url = &mut operation.url;
        let present = url.segment(&range).to_owned();
        let old = present.strip_prefix(':').and_then(|old| {
            let at = url
                .path_variables
                .iter()
                .position(|variable| variable.name == old)?;
            Some(url.path_variables.remove(at))
        });
        let shift = |at: usize| (at + name.len() + 1).saturating_sub(range.len());
        for variable in url
            .path_variables
            .iter_mut()
            .filter(|variable| variable.at > range.start)
        {
            variable.at = shift(variable.at);
        }
        url.base.replace_range(range.clone(), &format!(":{name}"));
        let variable = match old {
            Some(old) => PathVariable {
                name,
                at: range.start,
                ..old
            },
            None => PathVariable {
                name,
                at: range.start,
                saved: Some(present),
                place: operation.place.clone(),
                ..PathVariable::default()
            },
        };
        let index = url
            .path_variables
            .iter()
            .filter(|other| other.at < range.start)
            .count();
        url.path_variables.insert(index, variable);
    }
}
