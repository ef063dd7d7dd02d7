//! What the page of an item is about.

use std::collections::BTreeSet;

use super::home::Home;
use crate::ir::{Operation, template};
use crate::rust::tree::Call;

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'a> {
    /// The item.
    pub(crate) operation: &'a Operation,
    /// What was made of it; its own documentation is not looked at.
    pub(crate) call: &'a Call,
    /// What the function is called on: `client.users().token()`.
    pub(crate) handle: &'a str,
    /// The variable that addresses begin with, if there is one for all.
    pub(crate) base_variable: Option<&'a str>,
    /// Variables that have a value, by name.
    pub(crate) settings: &'a [(&'a str, &'a str)],
    /// Where the example can be compiled, if it can.
    pub(crate) home: Option<Home<'a>>,
    /// What stands before the names of the call's module elsewhere in its crate, for examples that are only shown.
    pub(crate) near: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// The variables that the item names, and those that the values of these name in turn.
    pub(super) fn variables(&self) -> BTreeSet<&'a str> {
        let operation = self.operation;
        // What is declared names none where it is written, and an address may begin with one all the same.
        let texts = std::iter::once(operation.source.as_str()).chain(operation.templates());
        let mut open: Vec<&str> = texts.flat_map(template::variables).collect();
        let mut used = BTreeSet::new();
        while let Some(name) = open.pop() {
            if used.insert(name) {
                let value = self.settings.iter().find(|(setting, _)| *setting == name);
                open.extend(
                    value
                        .into_iter()
                        .flat_map(|(_, value)| template::variables(value)),
                );
            }
        }
        used
    }
}
