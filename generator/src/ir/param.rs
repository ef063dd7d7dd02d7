//! What a caller can set on one operation.

use super::{Docs, Entry, Operation, Place, Type};

/// A path variable, a query or header entry, or a `{{variable}}` that only this operation uses.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name as the collection spells it, `userId`, `X-Request-Id`, or as the user calls it instead.
    pub name: String,
    /// What it fills.
    pub place: ParamPlace,
    /// Argument or setter.
    pub presence: Presence,
    /// Whether it takes many values: the entry is sent once for each.
    pub many: bool,
    /// How a list or an object of it is written, where that is not plain.
    pub style: Option<Style>,
    /// Its type: `Type::String` until typed from the saved value and the description.
    pub ty: Type,
    /// Whether the type is declared, so that no sample says otherwise.
    pub is_declared: bool,
    /// What stands for it where it is not given, as it is declared: a number, in the one place where that matters.
    pub default: Option<u64>,
    /// The saved value, if there is one; for typing and documentation.
    pub saved: Option<String>,
    /// Its description.
    pub docs: Docs,
    /// Whether its author says not to give it any more.
    pub deprecated: bool,
    /// Where it was written.
    pub source: Place,
}

impl Param {
    /// The name that is sent, or stands in the address, whatever the user calls the parameter; without any encoding.
    pub fn key<'a>(&'a self, operation: &'a Operation) -> &'a str {
        let called = |entry: &'a Entry| entry.called.as_deref().or(entry.key.as_deref());
        let key = |entry: Option<&'a Entry>| entry.and_then(called);
        let url = &operation.url;
        let key = match &self.place {
            ParamPlace::Path(at) => url.path_variables.get(*at).map(|variable| variable.name.as_str()),
            ParamPlace::Query(at) => key(url.query.get(*at)),
            ParamPlace::Header(at) => key(operation.headers.get(*at)),
            ParamPlace::Variable(name) => Some(name.as_str()),
        };
        key.unwrap_or(&self.name)
    }
}

/// How a list, an object, or a value with something before it is written into one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// What stands before the first; of the members of a query that have an entry each, before each name.
    pub lead: String,
    /// What stands between two; nothing where each member of a query has an entry of its own.
    pub between: String,
    /// Of an object, what stands between a name and its value; of members that have an entry each, what follows the name.
    pub equals: Option<String>,
}

/// What is declared of the value of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its type: plain, or an open enum; text for all else.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
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
