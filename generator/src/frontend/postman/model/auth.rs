//! Authentication.

use super::Entry;

/// An authentication: a scheme by name, and that scheme's parameters.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Auth<'a> {
    /// Where it is.
    pub pointer: String,
    /// The scheme's name; always text, as anything else inherits.
    pub scheme: &'a str,
    /// Parameters of that scheme; those of other schemes that are kept beside it are not in force.
    pub params: Vec<Entry<'a>>,
}
