//! The address of an operation: a template before the `?`, and the query after it.

use super::Template;

/// An URL in parts, put together the way the runtime that sends it expects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// Everything before the query: `{{baseUrl}}/users/:userId/token`. A segment that starts with `:`
    /// and is listed in `path_variables` is replaced; any other is literal.
    pub base: Template,
    /// Path variables in order of the path.
    pub path_variables: Vec<PathVariable>,
    /// Query entries in order, disabled ones too.
    pub query: Vec<Entry>,
    /// Whether there is a `?` even though no entry is sent (`/users?`).
    pub bare_question_mark: bool,
}

/// A `:name` segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathVariable {
    /// The name without the colon.
    pub name: String,
    /// The saved value; `None` leaves the segment as it is in a saved call.
    pub saved: Option<Template>,
}

/// A name and value of a query or of the headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name; `None` for an entry without one (`?=v`, `?&`).
    pub key: Option<Template>,
    /// The saved value; `None` is an entry without `=`.
    pub value: Option<Template>,
    /// When it is sent.
    pub sent: Sent,
}

/// When an entry is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// With its saved value on every call, unless overridden: a fixed header, a query entry whose value is
    /// only made of settings and dynamic variables.
    Always,
    /// With its saved value in a saved call, else only when set.
    Saved,
    /// Disabled in the collection: only when set.
    WhenSet,
}
