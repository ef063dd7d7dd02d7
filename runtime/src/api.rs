//! What all clients of an API have in common.
//!
//! In: what generated code says of its collection as a whole, once, as a constant. Out: what clients know their variables,
//! settings and addresses by.

use crate::known::Known;

/// What a collection says of its API as a whole; a constant of generated code.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    pub(crate) name: &'static str,
    pub(crate) variables: &'static [(&'static str, Option<&'static str>)],
    pub(crate) setters: &'static [&'static str],
    pub(crate) secrets: &'static [&'static str],
    pub(crate) required: &'static [&'static str],
    pub(crate) retried: &'static [u16],
    pub(crate) known: Known,
}

impl Api {
    /// An API of this name.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            variables: &[],
            setters: &[],
            secrets: &[],
            required: &[],
            retried: &[],
            known: Known {
                call_variables: Some(&[]),
                hosts: None,
            },
        }
    }

    /// Its variables and their defaults, which may hold further `{{variables}}`.
    #[must_use]
    pub const fn variables(mut self, variables: &'static [(&'static str, Option<&'static str>)]) -> Self {
        self.variables = variables;
        self
    }

    /// The builder's methods that set them, in the same order.
    #[must_use]
    pub const fn setters(mut self, setters: &'static [&'static str]) -> Self {
        self.setters = setters;
        self
    }

    /// Names of variables that only single calls have: no others are known.
    #[must_use]
    pub const fn call_variables(mut self, names: &'static [&'static str]) -> Self {
        self.known.call_variables = Some(names);
        self
    }

    /// Variables may have any name: the collection makes names of values.
    #[must_use]
    pub const fn any_variables(mut self) -> Self {
        self.known.call_variables = None;
        self
    }

    /// What the addresses of all calls begin with, as far as the host.
    #[must_use]
    pub const fn hosts(mut self, hosts: &'static [&'static str]) -> Self {
        self.known.hosts = Some(hosts);
        self
    }

    /// Names of variables whose values are never shown.
    #[must_use]
    pub const fn secrets(mut self, secrets: &'static [&'static str]) -> Self {
        self.secrets = secrets;
        self
    }

    /// Names of variables without a value that every call needs: a client cannot be built without them.
    #[must_use]
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// Statuses by which it says, beside those by which all do, that a call that may be made twice is to be sent again.
    #[must_use]
    pub const fn retry_statuses(mut self, statuses: &'static [u16]) -> Self {
        self.retried = statuses;
        self
    }

    /// Features of this crate that it takes; without one of them it does not compile.
    ///
    /// ```compile_fail
    /// const API: letterpress_runtime::Api = letterpress_runtime::Api::new("users").needs(&["no such feature"]);
    /// ```
    #[must_use]
    pub const fn needs(self, features: &[&str]) -> Self {
        crate::needs::check(features);
        self
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
