//! Where the variables of an API stand, over all of its operations.
//!
//! In: the API. Out: for each variable, how many operations have it in which place, and where in their paths. A place
//! that most operations share belongs to the client; one that tells operations apart belongs to their callers.

use std::collections::{BTreeMap, BTreeSet};

use super::body_fields;
use crate::ir::{Api, Operation, Url, VariableKind, template};
use crate::secrets::{self, Sensitivity};

/// Of so many operations at least, in percent, one says "nearly all".
pub(super) const NEARLY_ALL: usize = 80;

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Census {
    /// How many operations there are.
    pub operations: usize,
    /// Uses by the variable's name, in order of first use.
    pub uses: BTreeMap<String, Uses>,
    /// Names in order of first use.
    pub order: Vec<String>,
    /// Fields that one variable fills in most bodies: the field and the variable.
    pub shared_fields: Vec<(String, String)>,
}

/// Where one variable stands.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// In authentication, or in an entry that carries a credential: only the client can fill it.
    pub is_of_client: bool,
    /// Operations that have it in their host.
    pub in_hosts: usize,
    /// Whether the collection or an environment holds a value for it.
    pub has_value: bool,
    /// Operations that have it in a query or in a header.
    pub in_entries: usize,
    /// Whether it is the value of one field of most bodies.
    pub in_shared_field: bool,
    /// Operations that have it in their path.
    pub in_paths: usize,
    /// Of these, how many have nothing fixed behind it: they are about what it names.
    pub ends_path: usize,
    /// What stands before it in paths, and how many operations have it there.
    pub before: BTreeMap<String, usize>,
    /// The fixed segments that follow it.
    pub behind: BTreeSet<String>,
    /// The fixed segment right before it, where there is one.
    pub owner: BTreeSet<String>,
    /// Operations in whose path a fixed segment or an argument stands before it.
    pub follows: usize,
    /// Whether a script sets it.
    pub is_set_by_script: bool,
    /// Operations that have it anywhere but in a body.
    pub anywhere: usize,
}

impl Census {
    /// Counts.
    pub(super) fn of(api: &Api) -> Self {
        let mut census = Self::default();
        let secret: BTreeSet<&str> = api
            .variables
            .iter()
            .filter(|variable| variable.kind == VariableKind::Secret)
            .map(|variable| variable.name.as_str())
            .collect();
        api.root.visit(&mut |operation| {
            census.operations += usize::from(!operation.url.base.is_empty());
            census.operation(operation, &secret);
        });
        let defaults = api.variables.iter();
        let defaults = defaults.filter_map(|variable| Some((&variable.name, variable.default.as_ref()?)));
        let environments = api
            .environments
            .iter()
            .flat_map(|environment| &environment.values);
        for (name, value) in defaults.chain(environments.map(|(name, value)| (name, value))) {
            if let Some(uses) = census.uses.get_mut(name) {
                uses.has_value |= !value.is_empty();
            }
        }
        for variable in api.variables.iter().filter(|variable| variable.set_by_script) {
            if let Some(uses) = census.uses.get_mut(&variable.name) {
                uses.is_set_by_script = true;
            }
        }
        census.shared_fields = body_fields::shared(api);
        for (_, name) in census.shared_fields.clone() {
            census.uses(&name).in_shared_field = true;
        }
        census
    }

    /// Where a variable stands; nowhere, if it was never met.
    pub(super) fn get(&self, name: &str) -> Option<&Uses> {
        self.uses.get(name)
    }

    /// Whether so many operations are nearly all.
    pub(super) fn is_nearly_all(&self, count: usize) -> bool {
        count * 100 >= self.operations * NEARLY_ALL
    }

    /// Whether so many operations are most.
    pub(super) fn is_most(&self, count: usize) -> bool {
        count * 2 > self.operations
    }

    fn uses(&mut self, name: &str) -> &mut Uses {
        if !self.uses.contains_key(name) {
            self.order.push(name.to_owned());
        }
        self.uses.entry(name.to_owned()).or_default()
    }

    fn operation(&mut self, operation: &Operation, secret: &BTreeSet<&str>) {
        let url = &operation.url;
        let mut anywhere = BTreeSet::new();
        let host = url.origin();
        let in_host: BTreeSet<&str> = template::given(host).collect();
        for name in &in_host {
            self.uses(name).in_hosts += 1;
        }
        anywhere.extend(in_host);
        let auth = operation.security.uses().flat_map(|used| &used.params);
        for name in auth.flat_map(|(_, text)| template::given(text)) {
            self.uses(name).is_of_client = true;
            anywhere.insert(name);
        }
        let mut in_entries = BTreeSet::new();
        for entry in url.query.iter().chain(&operation.headers) {
            if entry.disabled {
                continue;
            }
            let key = entry.key.as_deref().unwrap_or_default();
            let carries = secrets::of_name(key) == Sensitivity::Strong;
            for name in entry.value.iter().flat_map(|value| template::given(value)) {
                in_entries.insert(name);
                self.uses(name).is_of_client |= carries || secret.contains(name);
            }
        }
        anywhere.extend(&in_entries);
        for name in in_entries {
            self.uses(name).in_entries += 1;
        }
        anywhere.extend(self.path(url));
        for name in anywhere {
            self.uses(name).anywhere += 1;
        }
    }

    /// Notes the variables of a path.
    fn path<'u>(&mut self, url: &'u Url) -> BTreeSet<&'u str> {
        let segments = url.segments();
        let texts: Vec<&str> = segments.iter().map(|range| url.segment(range)).collect();
        let is_fixed =
            |text: &&&str| !text.is_empty() && !template::has_variables(text) && !text.starts_with(':');
        let mut seen = BTreeSet::new();
        for (index, (text, range)) in texts.iter().zip(&segments).enumerate() {
            for name in template::given(text) {
                if !seen.insert(name) {
                    continue;
                }
                let next = texts.get(index + 1..).unwrap_or_default().iter().find(is_fixed);
                let owner = index
                    .checked_sub(1)
                    .and_then(|before| texts.get(before))
                    .filter(|text| is_fixed(text));
                let before = url.base.get(url.path_start..range.start).unwrap_or_default();
                let before_it = texts.get(..index).unwrap_or_default();
                let follows = before_it
                    .iter()
                    .any(|text| !text.is_empty() && !template::has_variables(text));
                let uses = self.uses(name);
                uses.in_paths += 1;
                uses.follows += usize::from(follows);
                *uses.before.entry(before.to_owned()).or_default() += 1;
                match next {
                    Some(next) => _ = uses.behind.insert((*next).to_owned()),
                    None => uses.ends_path += 1,
                }
                uses.owner.extend(owner.map(|owner| (*owner).to_owned()));
            }
        }
        seen
    }
}
