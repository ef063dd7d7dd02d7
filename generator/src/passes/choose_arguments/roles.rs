//! Which variables a client is configured with.
//!
//! In: where variables stand. Out: their roles; those that only requests name become variables of the API where they are
//! settings. What the table below does not make a setting is an argument of the operations that use it, or only fills
//! in saved requests.

use std::collections::BTreeSet;

use super::census::{Census, Uses};
use crate::ir::{Api, Docs, Place, Variable, VariableKind, VariableRole, template};
use crate::secrets::{self, Sensitivity};

/// A reason to make a variable a setting, and whether it holds.
type Rule = (&'static str, fn(&Uses, &Census) -> bool);

/// In so many queries or headers at least a variable without a value stands before it is one of all calls.
const MANY_ENTRIES: usize = 3;

/// In order of preference.
const RULES: &[Rule] = &[
    (
        "stands in authentication or in an entry that carries a credential",
        |uses, _| uses.is_of_client,
    ),
    (
        "stands in hosts, and is not the address that an earlier answer gave",
        |uses, census| {
            let is_of_a_run = uses.is_set_by_script && !census.is_most(uses.in_hosts);
            uses.in_hosts > 0 && !is_of_a_run
        },
    ),
    (
        "stands in the part of the path that nearly all operations share",
        is_in_shared_path,
    ),
    (
        "stands in the queries or headers of most operations",
        |uses, census| census.is_most(uses.in_entries) && (uses.has_value || uses.in_entries >= MANY_ENTRIES),
    ),
    ("fills the same field of most bodies", |uses, _| {
        uses.in_shared_field
    }),
];

/// Gives every variable its role.
pub(super) fn assign(api: &mut Api, census: &Census) {
    let is_setting = |name: &str| {
        let uses = census.get(name);
        uses.is_some_and(|uses| RULES.iter().any(|(_, holds)| holds(uses, census)))
    };
    for variable in &mut api.variables {
        if is_setting(&variable.name) {
            variable.role = VariableRole::Setting;
        }
    }
    let known: BTreeSet<String> = api
        .variables
        .iter()
        .map(|variable| variable.name.clone())
        .collect();
    let places = first_places(api);
    for name in census
        .order
        .iter()
        .filter(|name| !known.contains(*name) && is_setting(name))
    {
        let place = places.iter().find(|(known, _)| known == name);
        api.variables
            .push(undefined(name, place.map(|(_, place)| place.clone())));
    }
    assign_nested(api);
}

/// What settings are made of are settings.
fn assign_nested(api: &mut Api) {
    loop {
        let mut inside: BTreeSet<String> = BTreeSet::new();
        for setting in api.settings() {
            let environments = api
                .environments
                .iter()
                .flat_map(|environment| &environment.values);
            let values = environments
                .filter(|(name, _)| *name == setting.name)
                .map(|(_, value)| value);
            for value in setting.default.iter().chain(values) {
                inside.extend(template::given(value).map(str::to_owned));
            }
        }
        let mut changed = false;
        for variable in &mut api.variables {
            if variable.role == VariableRole::Example && inside.contains(&variable.name) {
                variable.role = VariableRole::Setting;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// Where operations first use each variable.
fn first_places(api: &Api) -> Vec<(String, Place)> {
    let mut places: Vec<(String, Place)> = Vec::new();
    let mut seen = BTreeSet::new();
    api.root.visit(&mut |operation| {
        for text in operation.templates() {
            for name in template::variables(text) {
                if seen.insert(name.to_owned()) {
                    places.push((name.to_owned(), operation.place.clone()));
                }
            }
        }
    });
    places
}

fn undefined(name: &str, place: Option<Place>) -> Variable {
    let secret = secrets::of_name(name) == Sensitivity::Strong;
    Variable {
        name: name.to_owned(),
        default: None,
        kind: if secret {
            VariableKind::Secret
        } else {
            VariableKind::Text
        },
        role: VariableRole::Setting,
        set_by_script: false,
        docs: Docs::default(),
        place: place.unwrap_or_default(),
    }
}

/// Whether a variable of paths is one of the API's base, not of what its operations are about: nearly all operations
/// share the path before it, other things follow it, and hardly any operation ends with it.
pub(super) fn is_in_shared_path(uses: &Uses, census: &Census) -> bool {
    /// From how many operations on a parent of nearly all of them is the client's.
    const MANY: usize = 8;
    if uses.in_paths == 0 {
        return false;
    }
    let at_one_place = uses.before.values().copied().max().unwrap_or(0);
    let hardly_ends = uses.ends_path * 10 <= uses.in_paths;
    let branches = uses.behind.len() > 1;
    if uses.follows == 0 {
        // Of few operations nobody can tell what they share, but a value is said for all of them.
        let is_said = uses.has_value && !uses.is_set_by_script;
        return census.is_most(at_one_place)
            && (hardly_ends || branches)
            && (is_said || branches && at_one_place > 2);
    }
    let is_of_owner = uses.owner.iter().any(|owner| is_plural(owner));
    let is_shared = census.is_nearly_all(at_one_place) && hardly_ends && branches && !uses.is_set_by_script;
    is_shared && (!is_of_owner || census.operations >= MANY)
}

/// Whether a segment is called like several of something: one of which is named behind it.
fn is_plural(segment: &str) -> bool {
    segment.len() > 2 && segment.ends_with('s') && !segment.ends_with("ss")
}
