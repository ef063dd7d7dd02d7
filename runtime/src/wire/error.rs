//! Why a request is not sent.
//!
//! In: what [`super::build`] refuses. Out: a message that names the thing and never shows its value.

use std::fmt;

/// Why a request is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The collection has no URL for it.
    EmptyUrl,
    /// The URL's scheme is neither `http` nor `https`.
    Scheme(String),
    /// The URL is none.
    Url(String),
    /// The method is no HTTP method.
    Method(String),
    /// A variable without a value is needed: its name, and what for.
    Unset {
        /// The variable.
        name: String,
        /// What needs it.
        place: &'static str,
        /// The method of the client's builder that sets it, if it is the client's.
        setter: Option<&'static str>,
    },
    /// A given value cannot be sent as data where it stands.
    Unsafe {
        /// What was given.
        what: String,
        /// Why it cannot be sent.
        why: &'static str,
    },
    /// A header that HTTP cannot send.
    Header {
        /// Its name.
        name: String,
        /// What is wrong.
        why: &'static str,
    },
    /// Variables that stand for each other grow without end.
    TooLarge,
    /// The request must be authenticated in a way that this build does not know.
    Auth {
        /// The scheme.
        scheme: &'static str,
        /// What is missing.
        why: String,
    },
    /// The body cannot be made.
    Body(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyUrl => f.write_str("the collection has no URL for this request"),
            Self::Scheme(scheme) => write!(
                f,
                "unsupported URL scheme `{scheme}`: only http and https can be sent"
            ),
            Self::Url(why) => write!(f, "the URL cannot be used: {why}"),
            Self::Method(method) => write!(f, "`{method}` is no HTTP method"),
            Self::Unset { name, place, setter } => {
                write!(f, "`{name}` has no value, but the {place} needs it: ")?;
                match setter {
                    Some(setter) => write!(f, "build the client with `{setter}(…)`"),
                    None => f.write_str("set it on the call"),
                }
            }
            Self::Unsafe { what, why } => write!(f, "{what} {why}"),
            Self::Header { name, why } => write!(f, "header `{name}` {why}"),
            Self::TooLarge => {
                f.write_str("the collection's variables expand to more than a request may hold")
            }
            Self::Auth { scheme, why } => write!(f, "{scheme} authentication: {why}"),
            Self::Body(why) => write!(f, "the body cannot be made: {why}"),
        }
    }
}

impl std::error::Error for BuildError {}
