//! Where the token of a source goes, and for one send, which token that is.
//!
//! In: what a client was built with. Out: what [`crate::wire`] and [`crate::auth`] look up, beside variables and credentials.

use super::held::Held;
use super::source::Source;
use crate::auth::Credential;
use crate::spec::AuthKind;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a token is given to.
#[derive(Clone, Debug)]
enum What {
    /// Every `{{name}}` of a request.
    Variable(Arc<str>),
    /// The schemes that take a token of the bearer.
    Bearer,
}

/// The place of a source's token, and the token, if it is at hand.
#[doc(hidden)]
#[derive(Clone)]
pub struct Slot {
    what: What,
    pub(crate) source: Arc<Source>,
    pub(crate) held: Option<Arc<Held>>,
}

/// What stands for a token that is not at hand: in what is shown, where it becomes the name of the credential.
const ABSENT: &str = "a-token-that-was-not-fetched";

impl Slot {
    fn new(what: What, source: &Arc<Source>) -> Self {
        Self {
            what,
            source: Arc::clone(source),
            held: None,
        }
    }

    /// The places of all sources of a client.
    pub(crate) fn all(variables: &[(String, Arc<Source>)], credentials: &[Credential]) -> Vec<Self> {
        let variables = variables.iter();
        let variables =
            variables.map(|(name, source)| Self::new(What::Variable(name.as_str().into()), source));
        let credentials = credentials.iter().filter_map(Credential::source);
        let credentials = credentials.map(|source| Self::new(What::Bearer, source));
        variables.chain(credentials).collect()
    }

    /// The token.
    pub(crate) fn text(&self) -> &str {
        self.held.as_ref().map_or(ABSENT, |held| &held.text)
    }

    /// Takes the token that is good now, if there is one.
    pub(crate) fn look(&mut self, now: Duration) {
        self.held = self.source.ready(now);
    }

    /// Whether it is the place of a variable.
    pub(crate) fn is_variable(&self, name: &str) -> bool {
        match &self.what {
            What::Variable(own) => **own == *name,
            What::Bearer => false,
        }
    }

    /// The parameter of a scheme that it is.
    pub(crate) fn param(&self, kind: AuthKind) -> Option<&'static str> {
        match self.what {
            What::Variable(_) => None,
            What::Bearer => kind.scheme().token,
        }
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({:?})", self.what)
    }
}
