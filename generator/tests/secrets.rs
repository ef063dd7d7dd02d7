//! Credentials that are planted in a collection reach nothing of the neutral model but the saved bodies, which
//! whoever prints them has to redact.

use letterpress::config::Config;
use letterpress::diag::{Code, Sink};
use letterpress::frontend::{self, Source};
use letterpress::ir::{Api, Sent, SettingKind};
use letterpress::secrets;

const PLANTED: &str = include_str!("../../tests/fixtures/secrets/planted.json");
const PLACEHOLDERS: &str = include_str!("../../tests/fixtures/secrets/placeholders.json");

/// Pieces of everything that is planted.
const NEEDLES: &[&str] = &[
    "planted0",
    "Planted-",
    "planted-user",
    "plantedAwsSecret",
    "AKIAPLANTED",
    "plantedPEM",
    "eyJhbGciOiJIUzI1NiIs",
];

#[test]
fn planted_credentials_are_taken_out() {
    let (mut api, codes) = read(PLANTED, &Config::default());
    let mut bodies = String::new();
    api.root.visit_mut(&mut |operation| {
        for sample in operation
            .results
            .iter_mut()
            .flat_map(|outcome| &mut outcome.samples)
        {
            bodies.push_str(&secrets::redact(&std::mem::take(&mut sample.body)));
        }
    });
    let model = format!("{api:?}{bodies}");
    for needle in NEEDLES {
        assert!(PLANTED.contains(needle), "`{needle}` is not planted at all");
        assert!(
            !model.contains(needle),
            "`{needle}` is in the model: {}",
            around(&model, needle)
        );
    }
    assert!(codes.iter().all(|code| *code == Code::Credential), "{codes:?}");
    let hidden: Vec<&str> = secret_settings(&api);
    assert_eq!(
        hidden,
        [
            "clientSecret",
            "api_key",
            "cookie",
            "authorization",
            "password",
            "access_token"
        ]
    );
    let first = |name: &str| {
        let mut found = None;
        api.root.visit(&mut |operation| {
            if operation.name == name {
                found = Some(operation.clone());
            }
        });
        found.unwrap()
    };
    let by_hand = first("Token by hand");
    assert_eq!(by_hand.headers[0].value.as_deref(), Some("{{authorization}}"));
    assert_eq!(by_hand.headers[0].sent, Sent::Always);
    assert_eq!(
        first("Key in query").url.query[0].value.as_deref(),
        Some("{{api_key}}")
    );
    assert_eq!(first("Key in header").auth.unwrap().params.len(), 2);
    assert_eq!(
        first("Address").url.query[0].value.as_deref(),
        Some("{{access_token}}")
    );
}

#[test]
fn placeholders_are_left_alone() {
    let (api, codes) = read(PLACEHOLDERS, &Config::default());
    assert_eq!(codes, []);
    assert_eq!(secret_settings(&api), ["token"]);
}

#[test]
fn credentials_are_kept_when_asked_for() {
    let config = Config {
        keep_credentials: true,
        ..Config::default()
    };
    let (api, codes) = read(PLANTED, &config);
    assert_eq!(codes, []);
    let model = format!("{api:?}");
    for needle in NEEDLES {
        assert!(model.contains(needle), "`{needle}` is gone");
    }
}

fn secret_settings(api: &Api) -> Vec<&str> {
    let secret = api
        .settings
        .iter()
        .filter(|setting| setting.kind == SettingKind::Secret);
    secret.map(|setting| setting.name.as_str()).collect()
}

fn around(text: &str, needle: &str) -> String {
    let before = text.split(needle).next().unwrap_or_default();
    let start: String = before.chars().rev().take(200).collect();
    start.chars().rev().collect::<String>() + needle
}

fn read(text: &str, config: &Config) -> (Api, Vec<Code>) {
    let mut sink = Sink::default();
    let api = frontend::read(&Source::new("secrets.json", text), config, &mut sink).expect("a collection");
    let codes = sink
        .into_diagnostics()
        .into_iter()
        .map(|found| found.code)
        .collect();
    (api, codes)
}
