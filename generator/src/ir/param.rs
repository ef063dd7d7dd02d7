//! What a caller can set on one operation.

use super::{Docs, Place, Type};

/// A path variable, a query or header entry, or a `{{variable}}` that only this operation uses.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name as the collection spells it: `userId`, `X-Request-Id`.
    pub name: String,
    /// What it fills.
    pub place: ParamPlace,
    /// Argument or setter.
    pub presence: Presence,
    /// Its type: `Type::String` until typed from the saved value and the description.
    pub ty: Type,
    /// The saved value, if there is one; for typing and documentation.
    pub saved: Option<String>,
    /// Its description.
    pub docs: Docs,
    /// Where it was written.
    pub source: Place,
}

/// What a parameter fills in its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamPlace {
    /// `Url::path_variables[i]`.
    Path(usize),
    /// `Url::query[i]`.
    Query(usize),
    /// `Operation::headers[i]`.
    Header(usize),
    /// Every `{{name}}` of the operation, wherever it stands.
    Variable(String),
}

/// Whether a parameter must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// An argument of the function.
    Required,
    /// A setter of the call.
    Optional,
}
