//! Ids that are written into paths: calls cannot give another one.
//!
//! In: operations. Out: a finding for each path with a segment that looks like the id of something, with the line of
//! settings that makes a parameter of it. Nothing is changed: what is written may be meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::ir::{Api, Operation, Place, template};
use crate::secrets;

/// A segment that so many operations at least have at one place, and most of them, is one of the API.
const SHARED: usize = 3;

/// The pass.
pub fn written_ids(api: &mut Api, _config: &Config, sink: &mut Sink) {
    let shared = Shared::of(api);
    api.root.visit(&mut |operation| {
        let ids = ids(operation, &shared);
        if !ids.is_empty() {
            report(operation, &ids, sink);
        }
    });
}

/// What the paths of an API have at each place.
#[derive(Default)]
struct Shared {
    operations: usize,
    /// By index and text, in how many paths.
    segments: BTreeMap<(usize, String), usize>,
}

impl Shared {
    fn of(api: &Api) -> Self {
        let mut shared = Self::default();
        api.root.visit(&mut |operation| {
            shared.operations += 1;
            let url = &operation.url;
            for (index, range) in url.segments().iter().enumerate() {
                let segment = url.segment(range).to_owned();
                *shared.segments.entry((index, segment)).or_default() += 1;
            }
        });
        shared
    }

    fn is(&self, index: usize, segment: &str) -> bool {
        let count = self
            .segments
            .get(&(index, segment.to_owned()))
            .copied()
            .unwrap_or(0);
        count >= SHARED && count * 2 > self.operations
    }
}

/// Indexes of segments that look like ids.
fn ids(operation: &Operation, shared: &Shared) -> BTreeSet<usize> {
    let url = &operation.url;
    let segments = url.segments();
    let is_id = |(index, range)| {
        let segment: &str = url.segment(range);
        // Before an id stands what it is one of.
        index > 0 && is_like_an_id(segment) && !shared.is(index, segment)
    };
    let indexes = segments.iter().enumerate().filter(|pair| is_id((pair.0, pair.1)));
    indexes.map(|(index, _)| index).collect()
}

/// Whether a text looks like one that a server gave: a number, an UUID, an object's hexadecimal number, random letters.
fn is_like_an_id(segment: &str) -> bool {
    const LEAST_HEX: usize = 16;
    if template::has_variables(segment) || segment.starts_with(':') {
        return false;
    }
    let is_number = !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    let is_hex = segment.len() >= LEAST_HEX
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        && segment.bytes().any(|byte| byte.is_ascii_digit());
    let is_file = segment.contains('.');
    is_number || is_hex || !is_file && secrets::looks_random(segment)
}

fn report(operation: &Operation, ids: &BTreeSet<usize>, sink: &mut Sink) {
    let url = &operation.url;
    let (mut path, mut found) = (String::new(), Vec::new());
    let mut names = BTreeSet::new();
    let mut before = "";
    for (index, range) in url.segments().iter().enumerate() {
        let segment = url.segment(range);
        path.push('/');
        if ids.contains(&index) {
            found.push(format!("`{segment}`"));
            path += &format!(":{}", name(before, &mut names));
        } else {
            path += segment;
        }
        before = segment;
    }
    let (verb, argument) = match found.len() {
        1 => ("looks like an id", "an argument"),
        _ => ("look like ids", "arguments"),
    };
    let message = format!(
        "{} in the path {verb}, and calls cannot give another",
        found.join(" and ")
    );
    let help = format!(
        "write `path = \"{path}\"` under `[items.{:?}]` in letterpress.toml to make {argument} of it, or `allow = \
         [\"{}\"]` if it is meant",
        selector(&operation.place),
        Code::IdInPath.as_str(),
    );
    let help = if found.len() == 1 {
        help
    } else {
        help.replace(" of it,", " of them,")
    };
    sink.warn(Code::IdInPath, &operation.place, message, help);
}

/// How settings name an item.
fn selector(place: &Place) -> String {
    let way = place.breadcrumb.join(" > ");
    match place.nth {
        0 => way,
        nth => format!("{way}#{}", nth + 1),
    }
}

/// A name for the id of what stands before it: `playlist_id`.
fn name(owner: &str, taken: &mut BTreeSet<String>) -> String {
    let is_word = !owner.is_empty()
        && owner
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let one = match owner {
        _ if owner.ends_with("ss") => owner.to_owned(),
        _ if owner.ends_with("ies") => format!("{}y", owner.trim_end_matches("ies")),
        _ => owner.strip_suffix('s').unwrap_or(owner).to_owned(),
    };
    let base = if is_word {
        format!("{}_id", one.to_ascii_lowercase())
    } else {
        "id".to_owned()
    };
    let mut name = base.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name
}
