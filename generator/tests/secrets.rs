//! Credentials that are planted in a collection reach nothing of the neutral model.

use letterpress::config::Config;
use letterpress::diag::{Code, Sink};
use letterpress::frontend::{self, Source};
use letterpress::ir::{Api, Sent, VariableKind};
use letterpress::passes::choose_arguments::choose_arguments;
use letterpress::pipeline::{self, Input};

const PLANTED: &str = include_str!("../../tests/fixtures/secrets/planted.json");
const PLACEHOLDERS: &str = include_str!("../../tests/fixtures/secrets/no_credentials.json");

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
    let (api, codes) = read(PLANTED, &Config::default());
    let model = format!("{api:?}");
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
    assert_eq!(first("Key in header").security.alternatives[0][0].params.len(), 2);
    assert_eq!(
        first("Address").url.query[0].value.as_deref(),
        Some("{{access_token}}")
    );
}

/// Every place of the format that can hold a credential, one item each: what stands there, and what becomes of it.
#[test]
fn credentials_are_found_wherever_they_stand() {
    for (place, request) in [
        (
            "raw JSON",
            r#"{"body": {"mode": "raw", "raw": "{\"user\": {\"password\": \"pl4nted-s3cret\"}}"}}"#,
        ),
        (
            "raw XML",
            r#"{"body": {"mode": "raw", "raw": "<u><password>pl4nted-s3cret</password></u>"}}"#,
        ),
        (
            "raw form",
            r#"{"body": {"mode": "raw", "raw": "user=me&password=pl4nted-s3cret"}}"#,
        ),
        (
            "graphql",
            r#"{"body": {"mode": "graphql", "graphql": {"query": "q", "variables": "{\"token\": \"pl4nted-s3cret\"}"}}}"#,
        ),
        (
            "graphql object",
            r#"{"body": {"mode": "graphql", "graphql": {"query": "q", "variables": {"token": "pl4nted-s3cret"}}}}"#,
        ),
        (
            "form data",
            r#"{"body": {"mode": "formdata", "formdata": [{"key": "api-key", "value": "pl4nted-s3cret"}]}}"#,
        ),
        (
            "disabled form data",
            r#"{"body": {"mode": "formdata", "formdata": [{"key": "api-key", "value": "pl4nted-s3cret", "disabled": true}]}}"#,
        ),
        (
            "urlencoded text",
            r#"{"body": {"mode": "urlencoded", "urlencoded": "client_secret=pl4nted-s3cret"}}"#,
        ),
        ("header line", r#"{"header": "X-Auth-Token: pl4nted-s3cret"}"#),
        (
            "header map",
            r#"{"header": {"Authorization": "Basic pl4nted-s3cret"}}"#,
        ),
        (
            "disabled header",
            r#"{"header": [{"key": "Authorization", "value": "pl4nted-s3cret", "disabled": true}]}"#,
        ),
        ("userinfo", r#"{"url": "https://me:pl4nted-s3cret@a.io/x"}"#),
        (
            "userinfo in parts",
            r#"{"url": {"auth": {"user": "me", "password": "pl4nted-s3cret"}, "host": ["a", "io"]}}"#,
        ),
        (
            "path variable",
            r#"{"url": {"host": ["a", "io"], "path": [":token"], "variable": [{"key": "token", "value": "pl4nted-s3cret"}]}}"#,
        ),
        (
            "description",
            r#"{"description": "Use `api_key=pl4nted-s3cret`."}"#,
        ),
        (
            "query description",
            r#"{"url": {"host": "a.io", "query": [{"key": "q", "value": "1", "description": "or password: pl4nted-s3cret"}]}}"#,
        ),
        (
            "auth object",
            r#"{"auth": {"type": "bearer", "bearer": {"token": "pl4nted-s3cret"}}}"#,
        ),
        (
            "unused auth",
            r#"{"auth": {"type": "noauth", "basic": [{"key": "password", "value": "pl4nted-s3cret"}]}}"#,
        ),
        (
            "raw of url",
            r#"{"url": {"raw": "https://a.io?token=pl4nted-s3cret", "host": "a.io"}}"#,
        ),
    ] {
        let item = format!(r#"{{"name": "x", "request": {request}, "response": []}}"#);
        let (api, codes) = read(&item, &Config::default());
        let model = format!("{api:?}");
        assert!(
            !model.contains("pl4nted"),
            "{place}: {}",
            around(&model, "pl4nted")
        );
        let sent = !matches!(
            place,
            "description" | "query description" | "unused auth" | "raw of url"
        );
        let reported = codes.contains(&Code::Credential);
        assert_eq!(reported, sent, "{place}: {codes:?}");
    }
}

#[test]
fn credentials_are_found_in_what_surrounds_requests() {
    for (place, text) in [
        (
            "cookie of an answer",
            r#"{"name": "x", "request": "u", "response": [{"code": 200, "cookie": [{"key": "sid", "value": "pl4nted-s3cret"}]}]}"#,
        ),
        (
            "name of an answer",
            r#"{"name": "x", "request": "u", "response": [{"code": 200, "name": "password=pl4nted-s3cret"}]}"#,
        ),
        (
            "collection",
            r#"{"info": {"description": "token=pl4nted-s3cret"}, "item": [{"name": "f", "description": "token=pl4nted-s3cret", "item": [{"request": "u"}]}]}"#,
        ),
        (
            "variable",
            r#"{"info": {}, "variable": [{"key": "api_token", "value": "pl4nted-s3cret"}], "item": [{"request": "u"}]}"#,
        ),
        (
            "variable by type",
            r#"{"info": {}, "variable": [{"key": "x", "value": "pl4nted-s3cret", "type": "secret"}], "item": [{"request": "u"}]}"#,
        ),
        (
            "variable by use",
            r#"{"info": {}, "variable": [{"key": "x", "value": "pl4nted-s3cret"}], "item": [{"request": {"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{x}}"}]}}}]}"#,
        ),
        (
            "variable in a secret one",
            r#"{"info": {}, "variable": [{"key": "token", "value": "{{x}}"}, {"key": "x", "value": "pl4nted-s3cret"}], "item": [{"request": "u"}]}"#,
        ),
    ] {
        let (api, _) = read(text, &Config::default());
        let model = format!("{api:?}");
        assert!(
            !model.contains("pl4nted"),
            "{place}: {}",
            around(&model, "pl4nted")
        );
    }
    let environment = br#"{"name": "Live", "values": [
        {"key": "a_token", "value": "pl4nted-s3cret"}, {"key": "x", "value": "pl4nted-s3cret", "type": "secret"},
        {"key": "host", "value": "a.io", "enabled": true}, {"key": "off", "value": "1", "disabled": true},
        {"key": "off", "value": "2", "enabled": false}]}"#;
    let mut source = Source::new(
        "it.json",
        r#"{"name": "x", "request": "https://{{host}}/{{a_token}}/{{x}}/{{off}}"}"#,
    );
    source
        .environments
        .push(("live.postman_environment.json".to_owned(), environment.to_vec()));
    let mut sink = Sink::default();
    let api = frontend::read(&source, &Config::default(), &mut sink).expect("a collection");
    let values = [("host".to_owned(), "a.io".to_owned())];
    assert_eq!(
        (
            api.environments[0].name.as_str(),
            api.environments[0].values.as_slice()
        ),
        ("Live", values.as_slice())
    );
    assert_eq!(sink.into_diagnostics().len(), 2);
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
        .variables
        .iter()
        .filter(|setting| setting.kind == VariableKind::Secret);
    secret.map(|setting| setting.name.as_str()).collect()
}

fn around(text: &str, needle: &str) -> String {
    let before = text.split(needle).next().unwrap_or_default();
    let start: String = before.chars().rev().take(200).collect();
    start.chars().rev().collect::<String>() + needle
}

fn read(text: &str, config: &Config) -> (Api, Vec<Code>) {
    let mut sink = Sink::default();
    let mut api =
        frontend::read(&Source::new("secrets.json", text), config, &mut sink).expect("a collection");
    choose_arguments(&mut api, config, &mut sink);
    let codes = sink
        .into_diagnostics()
        .into_iter()
        .map(|found| found.code)
        .collect();
    (api, codes)
}

/// A finding says where it is by the names of folders and items, which may be addresses with a credential.
#[test]
fn findings_of_repeated_keys_show_no_credential() {
    let name = "GET https://a.io/x?api_key=4f9d8e7c6b5a49384f9d8e7c6b5a4938";
    let text = format!(
        r#"{{"item": [{{"name": "{name}", "request": {{"method": "GET", "method": "PUT", "url": "u"}}}}]}}"#
    );
    let mut sink = Sink::default();
    let source = Source::new("x.json", text);
    frontend::read(&source, &Config::default(), &mut sink);
    let found = sink.into_diagnostics();
    let repeated = found.iter().find(|found| found.code == Code::DuplicateKey);
    let shown = repeated
        .expect("the key is repeated")
        .place
        .breadcrumb
        .join(" > ");
    assert!(
        shown.contains("api_key") && !shown.contains("4f9d8e7c"),
        "{shown}"
    );
}

#[test]
fn warnings_say_how_what_was_taken_out_is_given() {
    let text = r#"{"info": {"name": "x"}, "variable": [{"key": "accessKey", "value": "Zx81-kkQ9-aP33"}], "item": [
        {"name": "a", "request": {"method": "POST", "url": "https://a.io",
            "body": {"mode": "raw", "raw": "{\"password\": \"Hx7-Qq12-zZ\", \"refresh_token\": \"9f8e7d6c5b4a39281706\"}"}}},
        {"name": "b", "request": {"url": "https://a.io", "header": [{"key": "X-Api-Key", "value": "9f8e7d6c5b4a39281706"}]}},
        {"name": "c", "request": {"url": "https://a.io", "header": [{"key": "X-Api-Key", "value": "9f8e7d6c5b4a39281706", "disabled": true}]}},
        {"name": "d", "request": {"url": "https://a.io", "auth": {"type": "oauth2", "oauth2": {"clientSecret": "9f8e7d6c5b4a39281706"}}}}]}"#;
    let outcome = pipeline::generate(&[Input::new(Source::new("x.json", text))], &Config::default());
    let said: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(|found| {
            let help = found.help.as_deref().unwrap_or_default();
            let methods: Vec<&str> = help
                .split("; ")
                .filter(|part| part.starts_with("give it by"))
                .collect();
            format!("{}: {}", found.message, methods.join(", "))
        })
        .collect();
    assert_eq!(
        said,
        [
            // No request uses the variable, and a body is given by each call.
            "the variable `accessKey` holds a literal credential, which is taken out: ",
            "the `body` holds a literal credential (`password`, `refresh_token`), which is taken out; \
             a placeholder stands in the saved body: ",
            "the header `X-Api-Key` holds a literal credential, which is taken out: \
             give it by `Client::builder().x_api_key(…)`",
            // Nothing stands for what is not sent, and nothing takes what a server would exchange for a token.
            "the header `X-Api-Key` holds a literal credential, which is taken out: ",
            "the authentication's parameter `clientSecret` holds a literal credential, which is taken out: ",
        ]
    );
    for found in &outcome.diagnostics {
        assert_eq!(found.code, Code::Credential);
    }
}
