//! What an author says of the server that gives out tokens by OAuth 2.0.

use super::Template;

/// An authorization server, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuth2 {
    /// Where tokens are fetched.
    pub token_url: Template,
    /// Where they are refreshed, if that is elsewhere.
    pub refresh_url: Option<Template>,
    /// Where people log in.
    pub auth_url: Option<Template>,
    /// Where devices ask for codes.
    pub device_url: Option<Template>,
    /// What tokens are asked for.
    pub scope: Template,
    /// What they can be asked for, and what that is.
    pub scopes: Vec<(String, String)>,
    /// Whether a client says who it is in the body.
    pub in_body: bool,
    /// Ways to fetch tokens, each once, in their order.
    pub grants: Vec<Grant>,
}

/// A way to fetch tokens that takes nothing but texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grant {
    /// By the client's own id and secret.
    ClientCredentials,
    /// By a user's name and password.
    Password,
    /// By a token that came with an earlier one.
    Refresh,
}

impl OAuth2 {
    /// Takes in what is said elsewhere of the same server; whether it is the same.
    pub fn merge(&mut self, other: Self) -> bool {
        if self.token_url != other.token_url {
            return false;
        }
        self.refresh_url = self.refresh_url.take().or(other.refresh_url);
        self.auth_url = self.auth_url.take().or(other.auth_url);
        self.device_url = self.device_url.take().or(other.device_url);
        if self.scope.is_empty() {
            self.scope = other.scope;
        }
        for scope in other.scopes {
            if self.scopes.iter().all(|(name, _)| *name != scope.0) {
                self.scopes.push(scope);
            }
        }
        self.grants.extend(other.grants);
        self.grants.sort_unstable();
        self.grants.dedup();
        true
    }
}
