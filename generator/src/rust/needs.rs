//! What generated code needs of the runtime beyond what is always there.
//!
//! In: the API. Out: names of the runtime's features, sorted. The module asks for them when it is compiled, and the
//! manifest of a generated crate switches them on.

use crate::ir::{Api, SchemeUse};

/// The features that the API's authentication needs.
pub fn features(api: &Api) -> Vec<&'static str> {
    let credentials = api.credentials.iter();
    let mut features: Vec<_> = credentials
        .filter_map(|credential| credential.scheme.feature)
        .collect();
    if api.root.schemes().into_iter().any(signs_with_a_private_key) {
        features.push("private-keys");
    }
    features.sort_unstable();
    features.dedup();
    features
}

/// Whether an authentication names an algorithm with a private key: RS, PS, ES (JWT) or RSA (OAuth 1).
fn signs_with_a_private_key(auth: &SchemeUse) -> bool {
    let named = |(name, _): &&(String, String)| Some(name.as_str()) == auth.scheme.algorithm;
    let algorithm = auth.params.iter().find(named);
    algorithm.is_some_and(|(_, algorithm)| {
        ["RS", "PS", "ES"]
            .iter()
            .any(|start| algorithm.starts_with(start))
    })
}
