//! Where an answer was not what the collection's samples had shown.

use std::fmt;

/// A place in an answer that did not fit its type, and was left out for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Where: `items[3].price`; empty for the whole body.
    pub path: String,
    /// What the type wants: `a number`.
    pub expected: String,
    /// What stands there, a bounded piece of it: `"n/a"`.
    pub found: String,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            expected,
            found,
        } = self;
        match path.as_str() {
            "" => write!(f, "expected {expected}, found {found}"),
            path => write!(f, "{path}: expected {expected}, found {found}"),
        }
    }
}
