//! Assertions that are signed for each token request (RFC 7523).
//!
//! In: claims, a key, the client's clock and the address that the assertion is for. Out: a token of JWT.

use crate::auth::sign_jwt;
use crate::client::Client;
use crate::error::BoxError;
use serde_json::{Map, Value};

/// What an assertion is made of.
pub(super) struct Signer {
    pub(super) algorithm: String,
    pub(super) key: String,
    pub(super) claims: Value,
}

impl Signer {
    pub(super) fn sign(&self, client: &Client, url: &str) -> Result<String, BoxError> {
        const LIFETIME: u64 = 300;
        let Value::Object(claims) = &self.claims else {
            return Err("the claims of its assertion are no object".into());
        };
        let now = client.inner().clock.now().as_secs();
        let mut payload = claims.clone();
        for (name, value) in [
            ("iat", Value::from(now)),
            ("exp", Value::from(now + LIFETIME)),
            ("aud", Value::from(url)),
        ] {
            payload.entry(name).or_insert(value);
        }
        let header = Map::from_iter([
            ("alg".to_owned(), Value::from(self.algorithm.as_str())),
            ("typ".to_owned(), Value::from("JWT")),
        ]);
        let signed = sign_jwt(&self.algorithm, &self.key, &header, &payload);
        signed.map_err(|why| format!("its assertion cannot be signed: {why}").into())
    }
}
