//! The arguments of an operation's address: without them there is none.
//!
//! In: an address and the roles of its variables. Out: its `:names`, and its `{{variables}}` but for settings of the host
//! and those of the path that nearly all operations share, in order of appearance, with what the collection holds for an
//! example.

use std::collections::BTreeSet;

use super::Values;
use super::census::Census;
use super::roles::is_in_shared_path;
use crate::ir::{Operation, Param, ParamPlace, Presence, Type, template};

/// The arguments of a path.
pub(super) fn arguments(
    operation: &Operation,
    census: &Census,
    settings: &BTreeSet<String>,
    values: &Values,
) -> Vec<Param> {
    let url = &operation.url;
    let mut found: Vec<(usize, Param)> = Vec::new();
    for (index, variable) in url.path_variables.iter().enumerate() {
        found.push((
            variable.at,
            Param {
                name: variable.name.clone(),
                place: ParamPlace::Path(index),
                presence: Presence::Required,
                many: false,
                style: None,
                ty: Type::String,
                is_declared: false,
                default: None,
                deprecated: false,
                saved: variable.saved.clone(),
                docs: variable.docs.clone(),
                source: variable.place.clone(),
            },
        ));
    }
    let mut known = BTreeSet::new();
    for name in template::given(url.origin()) {
        if !settings.contains(name) && known.insert(name) {
            found.push((0, values.param(name, Presence::Required, &operation.place)));
        }
    }
    for range in url.segments() {
        for name in template::given(url.segment(&range)) {
            let is_shared = census
                .get(name)
                .is_some_and(|uses| is_in_shared_path(uses, census));
            if !(is_shared && settings.contains(name)) && known.insert(name) {
                let param = values.param(name, Presence::Required, &operation.place);
                found.push((range.start, param));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, param)| param).collect()
}
