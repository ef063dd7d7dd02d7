//! Items of one name in one folder: their functions are told apart by numbers, which follow the order of the items.
//!
//! In: all names. Out: a finding for each item but the first of its name, as an item that is added in front takes the
//! name over, and who calls it then calls something else.

use std::collections::BTreeMap;

use super::call_name;
use super::name::{self, Case};
use super::names::Names;
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
            sink.warn(
                Code::SameName,
                &call.operation.place,
                format!("an item before this one has its name: that one is `{taken}`, this {method} is `{function}`"),
                "give it another name in Postman, or a `name` in letterpress.toml: else the order of the items decides",
            );
        }
    }
}
