//! Methods of the builder through which a client fetches its tokens by itself.
//!
//! In: the API as a whole. Out: [`TokenMethod`]s. Their names are taken whether in use or not, like those of credentials.

use super::name::Ident;
use super::tree::{Fetches, TokenMethod};
use crate::ir;

/// Names that no setting's method can have.
pub const NAMES: &[&str] = &["bearer_token_from"];

/// All methods, in the order in which users meet them.
pub fn resolve(api: &ir::Api) -> Vec<TokenMethod> {
    let mut methods = Vec::new();
    if takes_tokens(api) {
        methods.push(TokenMethod {
            ident: Ident::own("bearer_token_from"),
            fetches: Fetches::Source,
            docs: vec![
                "A source of the bearer token in place of the token itself: a closure that fetches one, or another".to_owned(),
                "`rt::TokenSource`. It is asked when a call first needs a token, before the token expires, and once after a `401`;"
                    .to_owned(),
                "however many calls wait, one asks.".to_owned(),
            ],
        });
    }
    methods
}

/// Whether any call is proved by a token of the bearer.
fn takes_tokens(api: &ir::Api) -> bool {
    let mut methods = api
        .credentials
        .iter()
        .flat_map(|credential| credential.scheme.methods);
    methods.any(|method| method.name == "bearer_token")
}
