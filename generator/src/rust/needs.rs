//! What generated code needs of the runtime beyond what is always there.
//!
//! In: the API. Out: names of the runtime's features, sorted. The module asks for them when it is compiled, and the
//! manifest of a generated crate switches them on.

use crate::ir::{Api, AuthKind, AuthUse};

/// The features that the API's authentication needs.
pub fn features(api: &Api) -> Vec<&'static str> {
    let credentials = api.credentials.iter();
    let mut features: Vec<_> = credentials
        .filter_map(|credential| feature(credential.kind))
        .collect();
    if api.root.auths().into_iter().any(signs_with_a_private_key) {
        features.push("private-keys");
    }
    features.sort_unstable();
    features.dedup();
    features
}

/// The feature that a scheme needs.
fn feature(kind: AuthKind) -> Option<&'static str> {
    match kind {
        AuthKind::Bearer | AuthKind::Basic | AuthKind::ApiKey | AuthKind::OAuth2 => None,
        AuthKind::OAuth1 => Some("oauth1"),
        AuthKind::Digest => Some("digest"),
        AuthKind::Hawk => Some("hawk"),
        AuthKind::AwsV4 => Some("awsv4"),
        AuthKind::EdgeGrid => Some("edgegrid"),
        AuthKind::Jwt => Some("jwt"),
        AuthKind::Asap => Some("asap"),
        AuthKind::Ntlm => Some("ntlm"),
    }
}

/// Whether an authentication names an algorithm with a private key: RS, PS, ES (JWT) or RSA (OAuth 1).
fn signs_with_a_private_key(auth: &AuthUse) -> bool {
    let param = |wanted: &str| {
        auth.params
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    let algorithm = param("algorithm")
        .or_else(|| param("signatureMethod"))
        .unwrap_or_default();
    match auth.kind {
        AuthKind::Jwt | AuthKind::OAuth1 => ["RS", "PS", "ES"]
            .iter()
            .any(|start| algorithm.starts_with(start)),
        AuthKind::Bearer | AuthKind::Basic | AuthKind::ApiKey | AuthKind::OAuth2 | AuthKind::Digest => false,
        AuthKind::Hawk | AuthKind::AwsV4 | AuthKind::EdgeGrid | AuthKind::Asap | AuthKind::Ntlm => false,
    }
}
