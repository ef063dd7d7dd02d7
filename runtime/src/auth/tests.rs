//! Which of several ways to prove who calls a request takes.

use super::*;
use crate::{
    auth::Credential,
    spec::AuthKind,
    wire::{self, Parts, Values},
};

const BEARER: AuthSpec = AuthSpec::new(AuthKind::Bearer, &[("token", "{{token}}")]);
const BASIC: AuthSpec = AuthSpec::new(AuthKind::Basic, &[]);
const KEY: AuthSpec = AuthSpec::new(AuthKind::ApiKey, &[("key", "X-Key")]);
const DIGEST: AuthSpec = AuthSpec::new(AuthKind::Digest, &[]);

const SETS: &[&[AuthSpec]] = &[&[BEARER], &[BASIC, KEY], &[DIGEST]];

fn spec(otherwise: Otherwise) -> Spec {
    Spec::new("GET", "https://api.test/v").any_auth(SETS, otherwise)
}

fn build(spec: &Spec, given: &[(String, String)], credentials: &[Credential]) -> Parts {
    let settings = Settings {
        given,
        credentials,
        ..Settings::NONE
    };
    let handshake = Handshake::default();
    wire::build(spec, &Values::default(), &settings, Mode::Normal, &handshake).unwrap()
}

/// The schemes of which there is something in a request, and the methods that it lacks.
fn proof(parts: &Parts) -> (Vec<String>, Vec<String>) {
    let sent = parts
        .headers
        .iter()
        .filter(|header| header.source == HeaderSource::Auth);
    let word = |header: &Header| header.text().split(' ').next().unwrap_or_default().to_owned();
    (
        sent.map(word).collect(),
        parts.gaps.iter().map(ToString::to_string).collect(),
    )
}

#[test]
fn the_first_set_with_credentials_is_used() {
    let (bearer, basic, key) = (
        Credential::bearer("t"),
        Credential::basic("u", "p"),
        Credential::api_key("k"),
    );
    for (credentials, sent) in [
        (vec![bearer.clone()], vec!["Bearer"]),
        (vec![key.clone(), basic.clone(), bearer], vec!["Bearer"]),
        (vec![Credential::oauth2("t"), basic.clone()], vec!["Bearer"]),
        (vec![basic.clone(), key.clone()], vec!["Basic", "k"]),
    ] {
        let parts = build(&spec(Otherwise::Refused), &[], &credentials);
        let sent: Vec<String> = sent.into_iter().map(str::to_owned).collect();
        assert_eq!(proof(&parts), (sent, Vec::new()), "{credentials:?}");
        // Nothing of the other sets is there, not even to be hidden.
        let basics = parts.secrets.iter().any(|secret| secret.text == "p");
        assert_eq!(
            basics,
            parts
                .headers
                .iter()
                .any(|header| header.text().starts_with("Basic "))
        );
    }
}

#[test]
fn a_variable_is_a_credential_too() {
    let token = [("token".to_owned(), "t".to_owned())];
    let credentials = [Credential::basic("u", "p"), Credential::api_key("k")];
    let parts = build(&spec(Otherwise::Refused), &token, &credentials);
    assert_eq!(proof(&parts).0, ["Bearer"]);
}

#[test]
fn half_of_a_set_is_none() {
    let credentials = [Credential::basic("u", "p")];
    let (sent, gaps) = proof(&build(&spec(Otherwise::Refused), &[], &credentials));
    assert!(sent.is_empty(), "{sent:?}");
    assert_eq!(gaps, ["the client was built without `bearer_token`"]);
    let anonymous = proof(&build(&spec(Otherwise::Anonymous), &[], &credentials));
    assert_eq!(anonymous, (Vec::new(), Vec::new()));
}

#[cfg(feature = "digest")]
#[test]
fn what_the_server_asks_for_is_preferred() {
    let spec = spec(Otherwise::Refused);
    let credentials = [Credential::bearer("t"), Credential::digest("u", "p")];
    let settings = Settings {
        credentials: &credentials,
        ..Settings::NONE
    };
    let mut handshake = Handshake::default();
    let challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    assert!(handshake.answered(&spec, 401, ["Bearer", challenge]));
    assert!(!handshake.answered(&spec, 401, [challenge]), "it was answered");
    let parts = wire::build(&spec, &Values::default(), &settings, Mode::Normal, &handshake);
    assert_eq!(proof(&parts.unwrap()).0, ["Digest"]);
    // Without a credential for it, it is no alternative.
    let settings = Settings {
        credentials: &credentials[..1],
        ..Settings::NONE
    };
    let parts = wire::build(&spec, &Values::default(), &settings, Mode::Normal, &handshake);
    assert_eq!(proof(&parts.unwrap()).0, ["Bearer"]);
}

#[test]
fn the_methods_and_features_of_schemes_are_told() {
    assert_eq!(AuthKind::OAuth2.method(), "bearer_token");
    assert_eq!(AuthKind::OAuth2.feature(), None);
    for kind in AuthKind::ALL {
        let scheme = kind.scheme();
        assert!(!scheme.credential.is_empty(), "{kind:?}");
        assert!(scheme.apply.is_some() || scheme.feature.is_some(), "{kind:?}");
    }
}
