//! The parameters of a query.
//!
//! In: its entries. Out: when each is sent, and a parameter for each key: one that takes many where a key is repeated or
//! says so itself (`ids[]`).

use std::collections::BTreeMap;

use super::{Chooser, entry_param};
use crate::ir::{Entry, Operation, ParamPlace, Sent, template};

/// Chooses for the query of an operation.
pub(super) fn choose(chooser: &mut Chooser<'_>, operation: &mut Operation) {
    let query = &mut operation.url.query;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in query.iter().filter_map(|entry| entry.key.clone()) {
        *counts.entry(key).or_default() += 1;
    }
    let is_many = |key: &str| counts.get(key).is_some_and(|count| *count > 1) || key.ends_with("[]");
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, entry) in query.iter_mut().enumerate() {
        entry.sent = sent(chooser, entry);
        let Some(key) = entry.key.clone() else { continue };
        let many = is_many(&key);
        if many && let Some(first) = seen.get(&key) {
            // The first one's parameter stands for all of them.
            let first = chooser.params.get_mut(*first);
            join(first, entry);
            continue;
        }
        let mut param = entry_param(entry, ParamPlace::Query(index));
        param.many = many;
        seen.insert(key, chooser.params.len());
        chooser.params.push(param);
    }
}

/// Adds what is said about another entry of the same key.
fn join(first: Option<&mut crate::ir::Param>, entry: &Entry) {
    if let Some(first) = first
        && first.docs.is_empty()
    {
        first.docs = entry.docs.clone();
    }
}

fn sent(chooser: &Chooser<'_>, entry: &Entry) -> Sent {
    let value = entry.value.as_deref().unwrap_or_default();
    if entry.disabled {
        return Sent::WhenSet;
    }
    // What stands between variables that the client knows may join them, but say nothing of its own.
    let made_of_settings = template::has_variables(value)
        && chooser.is_filled(value)
        && !template::literal(value).contains(char::is_alphanumeric);
    if made_of_settings && entry.key.is_some() {
        Sent::Always
    } else {
        Sent::Saved
    }
}
