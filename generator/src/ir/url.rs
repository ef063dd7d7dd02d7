//! The address of an operation: a template before the `?`, and the query after it.

use super::{Docs, Place, Template, template};
use std::ops::Range;

/// An URL in parts, put together the way the runtime that sends it expects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// Everything before the query: `{{baseUrl}}/users/:userId/token`. A segment that starts with `:`
    /// and is listed in `path_variables` is replaced; any other is literal.
    pub base: Template,
    /// Where the path begins in `base`: what stands before it is scheme, user, host and port.
    pub path_start: usize,
    /// Path variables in order of the path.
    pub path_variables: Vec<PathVariable>,
    /// Query entries in order, disabled ones too.
    pub query: Vec<Entry>,
    /// Whether there is a `?` even though no entry is sent (`/users?`).
    pub bare_question_mark: bool,
}

/// A part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressPart {
    /// Scheme, user, host and port.
    Origin,
    /// The path.
    Path,
    /// Neither.
    None,
}

/// A `:name` segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathVariable {
    /// The name without the colon.
    pub name: String,
    /// Where its segment begins in the base.
    pub at: usize,
    /// The saved value; `None` leaves the segment as it is in a saved call.
    pub saved: Option<Template>,
    /// What is said about it.
    pub docs: Docs,
    /// Where it was written.
    pub place: Place,
}

impl Url {
    /// The segments of the path, as ranges of the base; nothing that stands in a variable's braces ends one.
    pub fn segments(&self) -> Vec<Range<usize>> {
        let path = self.base.get(self.path_start..).unwrap_or_default();
        let mut masked = path.to_owned();
        for token in template::tokens(path) {
            let mask = "_".repeat(token.len());
            masked.replace_range(token, &mask);
        }
        let end = masked.find(['?', '#']).unwrap_or(masked.len());
        let mut from = self.path_start;
        let mut segments = Vec::new();
        for segment in masked.get(..end).unwrap_or_default().split(['/', '\\']) {
            segments.push(from..from + segment.len());
            from += segment.len() + 1;
        }
        // The first slash has nothing before it.
        if segments.first().is_some_and(Range::is_empty) {
            segments.remove(0);
        }
        segments
    }

    /// What stands before the path: scheme, user, host and port.
    pub fn origin(&self) -> &str {
        self.base.get(..self.path_start).unwrap_or_default()
    }

    /// Where a variable stands in the address.
    pub fn place_of(&self, variable: &str) -> AddressPart {
        let is_in = |text: &str| template::variables(text).any(|name| name == variable);
        let path = self.base.get(self.path_start..).unwrap_or_default();
        if is_in(self.origin()) {
            AddressPart::Origin
        } else if is_in(path) {
            AddressPart::Path
        } else {
            AddressPart::None
        }
    }

    /// The text of a segment.
    pub fn segment(&self, range: &Range<usize>) -> &str {
        self.base.get(range.clone()).unwrap_or_default()
    }
}

/// A name and value of a query or of the headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The name; `None` for an entry without one (`?=v`, `?&`).
    pub key: Option<Template>,
    /// What it is called where it is shown, if its name is written in another way.
    pub called: Option<String>,
    /// The saved value; `None` is an entry without `=`.
    pub value: Option<Template>,
    /// Switched off in the collection: no part of its saved request.
    pub disabled: bool,
    /// When it is sent; decided by a pass.
    pub sent: Sent,
    /// What stands between several values in one entry; `None` where each value has an entry of its own.
    pub joined: Option<&'static str>,
    /// What is said about it.
    pub docs: Docs,
    /// Where it was written.
    pub place: Place,
}

/// When an entry is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sent {
    /// With its saved value on every call, unless overridden: a fixed header, a query entry whose value is
    /// only made of settings and dynamic variables.
    Always,
    /// With its saved value in a saved call, else only when set.
    #[default]
    Saved,
    /// With its saved value in a saved call, else with one that is made for each call, unless set: a key that makes
    /// repeating the call harmless.
    Fresh,
    /// Disabled in the collection: only when set.
    WhenSet,
    /// With its value, in which variables stand, when all of these are given.
    WhenGiven,
}
