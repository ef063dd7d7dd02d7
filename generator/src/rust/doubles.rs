//! Items of one name in one folder: their functions are told apart by numbers, which follow the order of the items.
//!
//! In: all names. Out: a finding for each item but the first of its name, as an item that is added in front takes the
//! name over, and who calls it then calls something else. Settings name items by their words, so they help only with items
//! whose words differ.

use std::collections::BTreeMap;

use super::call_name;
use super::name::{self, Case};
use super::names::{CallNames, Names};
use crate::diag::{Code, Sink};

/// Reports functions that have their name only by their place in the folder.
pub fn report(names: &Names<'_>, sink: &mut Sink) {
    for module in names.modules() {
        let mut first: BTreeMap<String, &str> = BTreeMap::new();
        for call in &module.calls {
            let wanted = name::join(&call_name::words(call.operation), Case::Snake);
            let function = call.function.as_str();
            let Some(taken) = first.get(wanted.as_str()) else {
                first.insert(wanted, function);
                continue;
            };
            let method = &call.operation.method;
            let place = &call.operation.place;
            let has_its_words = |other: &&CallNames<'_>| other.operation.place.breadcrumb == place.breadcrumb;
            let help = if module.calls.iter().filter(has_its_words).count() > 1 {
                "give it another name in Postman: else the order of the items decides"
            } else {
                "give it another name in Postman, or a `name` in letterpress.toml: else the order of the items decides"
            };
            sink.warn(
                Code::SameName,
                place,
                format!("an item before this one has its name: that one is `{taken}`, this {method} is `{function}`"),
                help,
            );
        }
    }
}
