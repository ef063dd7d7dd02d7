//! What the page of an item is about.

use super::home::Home;
use crate::ir::Operation;
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
