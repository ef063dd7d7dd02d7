//! What is printed of tokens that a client fetches: methods of its builder, the authorization server, and what calls give.
//!
//! In: nothing. Out: types that [`tokens`](super::tokens) fills and `emit` prints.

use super::name::Ident;

/// A builder method through which tokens are fetched.
#[derive(Clone, Debug, Hash)]
pub struct TokenMethod {
    /// The method.
    pub ident: Ident,
    /// What fetches them.
    pub fetches: Fetches,
    /// Documentation.
    pub docs: Vec<String>,
}

/// What fetches tokens.
#[derive(Clone, Debug, Hash)]
pub enum Fetches {
    /// Whatever its user gives.
    Source,
    /// A grant of the authorization server.
    Grant {
        /// The function of the server's constant.
        function: Ident,
        /// Its arguments, all text.
        args: Vec<Ident>,
    },
    /// A call whose answer holds them.
    Call {
        /// Which token of the API it is.
        index: usize,
        /// The variable that it is the value of; `None` for the token of the bearer.
        variable: Option<String>,
    },
}

/// The authorization server.
#[derive(Clone, Debug, Hash)]
pub struct OAuth2 {
    /// Where tokens are fetched.
    pub token_url: String,
    /// Setters of the runtime's constant that take a text, with their texts.
    pub texts: Vec<(&'static str, String)>,
    /// Whether a client says who it is in the body.
    pub in_body: bool,
    /// Documentation.
    pub docs: Vec<String>,
}

/// A token that the answer to a call holds.
#[derive(Clone, Debug, Hash)]
pub struct GivenToken {
    /// Which token of the API it is.
    pub index: usize,
    /// The builder's method that takes the call.
    pub method: Ident,
    /// Where it is.
    pub part: Part,
}

/// A part of an answer.
#[derive(Clone, Debug, Hash)]
pub struct Part {
    /// Text that is put before it.
    pub before: String,
    /// Where it is.
    pub place: PartPlace,
    /// The member that says for how many seconds it is good.
    pub lifetime: Option<Vec<String>>,
}

/// Where a part of an answer is.
#[derive(Clone, Debug, Hash)]
pub enum PartPlace {
    /// A member of a JSON body.
    Member(Vec<String>),
    /// The body as text.
    Text,
    /// A header.
    Header(String),
}
