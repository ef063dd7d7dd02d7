//! Where an example is run, and how much of a call it shows.
//!
//! In: paths. Out: plain values that the other files here hand on.

/// Where doc tests find the client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home<'a> {
    /// The path of the root module: `generated_client::zoom`.
    pub(crate) root: &'a str,
    /// The path of the call's module from there, with `::` after each: `users::token::`.
    pub(crate) module: &'a str,
    /// Variables without a default, which a client must be given, and what it is given.
    pub(crate) unset: &'a [(&'a str, &'a str)],
}

/// Whether an example shows setters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setters {
    /// Only what the call cannot do without.
    None,
    /// Some, to show how they are used.
    Some,
}
