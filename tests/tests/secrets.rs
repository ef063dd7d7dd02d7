//! What is recognised as a credential in one place of a collection is in no output, from whatever place; and what is
//! none is left alone.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;

use letterpress::config::Config;
use letterpress::diag::render;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};
use letterpress_tests::{conformance, inputs};
use serde_json::{Value, json};

/// Everything that is generated of a collection as a crate, and everything that is said.
fn generated(text: &str, environments: &[(&str, Value)], keep: bool) -> String {
    let config = Config {
        keep_credentials: keep,
        ..Config::default()
    };
    let mut source = Source::new("it.json", text.as_bytes());
    let files = environments.iter();
    source.environments = files
        .map(|(name, file)| ((*name).to_owned(), file.to_string().into_bytes()))
        .collect();
    let outcome = pipeline::generate_crate(&Input::new(source), &config, None);
    assert!(!outcome.has_errors());
    let files = outcome.files.iter().map(|file| file.text.clone());
    let said = outcome.diagnostics.iter().map(render::full);
    files.chain(said).collect()
}

fn fixture(name: &str) -> String {
    fs::read_to_string(inputs::fixtures().join("secrets").join(name)).unwrap()
}

/// None of these is in the output, and each would be found there.
#[track_caller]
fn hides(text: &str, environments: &[(&str, Value)], secrets: &[&str]) -> String {
    let shown = generated(text, environments, false);
    let kept = generated(text, environments, true);
    for secret in secrets {
        let at = shown.find(secret);
        let line = at.and_then(|at| {
            shown[at.saturating_sub(200)..]
                .lines()
                .find(|line| line.contains(secret))
        });
        assert_eq!(line, None, "`{secret}` is in the output");
        assert!(kept.contains(secret), "`{secret}` would not be found");
    }
    shown
}

#[test]
fn the_password_of_an_address_is_nowhere() {
    hides(
        &fixture("password_of_address.json"),
        &[],
        &["Sup3rS3cret-a-q8Zt", "hunter", "two@"],
    );
}

#[test]
fn the_value_of_a_variable_that_stands_as_a_credential_is_nowhere() {
    let text = fixture("variable_in_body.json");
    let shown = hides(&text, &[], &["Zt8mQ4"]);
    // What only bodies have is given with each call.
    assert!(!shown.contains("pub fn in_json("), "{shown}");
    assert!(shown.contains("pub fn in_address("), "{shown}");
    assert!(shown.contains("/// The secret `inAddress`"), "{shown}");
    assert!(shown.contains("(\"page\", Some(\"main\"))"), "{shown}");
}

/// The same of variables that only environments and globals define, and of those that are made of others.
#[test]
fn values_of_environments_and_globals_are_nowhere() {
    let text = json!({
        "info": {"name": "x"},
        "item": [{"name": "a", "request": {"method": "POST", "url": "{{host}}/{{tenant}}",
            "body": {"mode": "raw", "raw": "{\"password\": \"{{pw}}\", \"shop\": \"{{shop}}\"}"}}}],
    });
    let variables = |prefix: &str| {
        json!({"name": "Live", "values": [
            {"key": "host", "value": "https://live.example.com"},
            {"key": "tenant", "value": format!("{prefix}-tenant")},
            {"key": "pw", "value": "{{inner}}"},
            {"key": "inner", "value": format!("{prefix}innerZt8mQ4wX2pL9")},
            {"key": "unused", "value": format!("{prefix}innerZt8mQ4wX2pL9")},
            {"key": "shop", "value": format!("{prefix}-shop")},
        ]})
    };
    let files = [
        ("live.postman_environment.json", variables("e")),
        ("all.postman_globals.json", variables("g")),
    ];
    let shown = hides(&text.to_string(), &files, &["innerZt8mQ4wX2pL9"]);
    assert!(shown.contains("e-shop") && shown.contains("e-tenant"), "{shown}");
}

#[test]
fn what_is_known_is_taken_out_everywhere() {
    let shown = hides(&fixture("known_elsewhere.json"), &[], &["Zt8mQ4sameWX2pL9vK7rT"]);
    assert!(shown.contains("\"x\": \"<token>\""), "{shown}");
    assert!(shown.contains("The admin may do all of it.") && shown.contains("/admin"));
}

#[test]
fn what_is_known_of_one_place_is_known_in_all_others() {
    let secret = "q6Zt8Kq2Lw93Vb47";
    let places = [
        (
            "header",
            json!({"header": [{"key": "X-Acme-Token", "value": secret}]}),
        ),
        (
            "query",
            json!({"url": format!("https://a.io/x?api_key={secret}")}),
        ),
        (
            "cookie",
            json!({"header": [{"key": "Cookie", "value": format!("a=b; sid={secret}")}]}),
        ),
        (
            "body",
            json!({"body": {"mode": "raw", "raw": format!("{{\"password\": \"{secret}\"}}")}}),
        ),
        (
            "form",
            json!({"body": {"mode": "urlencoded", "urlencoded": [{"key": "secret", "value": secret}]}}),
        ),
        (
            "basic",
            json!({"header": [{"key": "Authorization", "value": "Basic YWRhOnE2WnQ4S3EyTHc5M1ZiNDc="}]}),
        ),
        (
            "auth",
            json!({"auth": {"type": "apikey", "apikey": {"key": "X-Acme", "value": secret}}}),
        ),
        ("prose", json!({"description": format!("The password: {secret}")})),
        (
            "multipart",
            json!({"body": {"mode": "raw",
            "raw": format!("--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n{secret}\r\n--b--")}}),
        ),
    ];
    for (place, request) in places {
        let text = json!({
            "info": {"name": format!("Of {secret}")},
            "item": [
                {"name": "a", "request": request},
                {"name": format!("with {secret}"), "request": {"method": "POST", "url": format!("https://a.io/{secret}/x"),
                    "description": format!("`{secret}`"), "body": {"mode": "raw", "raw": format!("[\"{secret}\"]")}},
                    "response": [{"name": "OK", "code": 200, "body": format!("[\"{secret}\"]")}]},
            ],
            "variable": [{"key": "note", "value": secret, "description": secret}],
        });
        let shown = generated(&text.to_string(), &[], false);
        assert!(!shown.contains(secret), "{place}");
    }
}

#[test]
fn descriptions_bodies_and_files_say_nothing_of_their_author() {
    let shown = hides(
        &fixture("described.json"),
        &[],
        &[
            "q6Zt8Kq2",
            "8f14e45fceea167aTab",
            "x8Kq2Zt6Lw93Vb47Gh51Tr0a",
            "Ada\\\\Desktop",
            "home/ada",
            "Users/ada",
        ],
    );
    for kept in ["orders.csv", "a.png", "b.png", "fixtures/c.png", "d.bin", "hello"] {
        assert!(shown.contains(kept), "{kept} is gone");
    }
}

/// Ids, cursors, names of things, public keys.
#[test]
fn what_is_no_credential_is_not_spoken_of() {
    let text = fixture("no_credentials_either.json");
    let shown = generated(&text, &[], false);
    assert!(
        !shown.contains("PM0006") && !shown.contains("[removed]"),
        "{shown}"
    );
    for kept in [
        "cs_test_a1B2c3D4e5F6g7H8",
        "USDC",
        "CAUQAA4f9d8e7c6b5a4938",
        "PROJ-12",
        "pk4f9d8e7c6b5a49384f9d8e7c",
    ] {
        assert!(shown.contains(kept), "{kept} is gone");
    }
}

/// A field of a body stays a field: no setting, no method of the builder, and nothing of its value.
#[test]
fn a_literal_in_a_body_is_no_setting() {
    let bodies = [
        json!({"mode": "raw", "raw": "{\"login\": \"ada\", \"password\": \"Hx7-Qq12-zZ\"}", "options": {"raw": {"language": "json"}}}),
        json!({"mode": "urlencoded", "urlencoded": [{"key": "password", "value": "Hx7-Qq12-zZ"}]}),
        json!({"mode": "formdata", "formdata": [{"key": "password", "value": "Hx7-Qq12-zZ", "type": "text"}]}),
        json!({"mode": "graphql", "graphql": {"query": "query($p:String){a(p:$p)}", "variables": "{\"password\":\"Hx7-Qq12-zZ\"}"}}),
        json!({"mode": "raw", "raw": "<l><password>Hx7-Qq12-zZ</password></l>", "options": {"raw": {"language": "xml"}}}),
    ];
    for body in bodies {
        let text = json!({"info": {"name": "x"}, "item": [
            {"name": "Sign in", "request": {"method": "POST", "url": "https://a.io/login", "body": body}}]});
        let shown = hides(&text.to_string(), &[], &["Hx7-Qq12-zZ"]);
        assert!(!shown.contains("fn password("), "{shown}");
        assert!(
            shown.contains("<password>") || shown.contains("&lt;password&gt;"),
            "{shown}"
        );
        assert!(
            shown.contains("a placeholder stands in the saved body"),
            "{shown}"
        );
    }
}

/// Under a name that promises little, a variable is secret if its value looks so; others stay what they are.
#[test]
fn a_variable_under_a_weak_name_is_judged_by_its_value() {
    let text = json!({
        "info": {"name": "x"},
        "item": [{"name": "a", "request": {"url": "https://a.io/x?key={{random}}&sortKey={{sort}}",
            "header": [{"key": "X-Auth", "value": "{{word}}"}]}}],
        "variable": [
            {"key": "random", "value": "q6Zt8Kq2Lw93Vb47"},
            {"key": "sort", "value": "q6Zt8Kq2Lw93Vb48"},
            {"key": "word", "value": "required"},
        ],
    });
    let shown = hides(&text.to_string(), &[], &["q6Zt8Kq2Lw93Vb47"]);
    assert!(
        shown.contains("q6Zt8Kq2Lw93Vb48") && shown.contains("required"),
        "{shown}"
    );
}

/// The stage that presses a folder with texts of its own at every place, over the fixtures.
#[test]
fn nothing_comes_through_from_any_place_of_the_fixtures() {
    let options = conformance::Options {
        collections: inputs::collections(&inputs::fixtures()).unwrap(),
        work: inputs::workspace().join("target/conformance"),
        clippy: false,
        build: false,
        recordings: None,
        in_process: false,
    };
    let report = conformance::run(conformance::Stage::Secrets, &options);
    assert!(report.failures.is_empty(), "{}", report.text());
    assert!(report.items > 1_000, "{}", report.text());
}

/// What a description shows of credentials, wherever it does.
#[test]
fn credentials_of_a_description_are_nowhere() {
    let [password, own, key, value, query, cookie] = [
        "Sup3rS3cret-a-q8Zt",
        "oTh3rS3cret-b-w9Xu",
        "q6Zt8Kq2Lw93Vb47",
        "Hd83kq0pLz5Tn2Ws",
        "Yb71mv4cRq9Ke3Xa",
        "Ju52xs8dNf6Gw0Pi",
    ];
    let text = json!({
        "openapi": "3.0.3",
        "info": {"title": format!("Shop {key}"), "version": "1", "description": format!("api_key={key}")},
        "servers": [
            {"url": format!("https://admin:{password}@a.io/v1"), "description": format!("Live {key}")},
            {"url": format!("https://{{region}}.a.io?token={query}"), "variables": {
                "region": {"default": "eu"}, "api_key": {"default": value}}},
        ],
        "tags": [{"name": format!("tag {key}"), "description": format!("as {key}")}],
        "paths": {
            format!("/x?api_key={key}"): {"get": {"operationId": format!("get_{key}"), "tags": [format!("tag {key}")],
                "parameters": [{"name": "session_token", "in": "cookie", "example": cookie, "schema": {"type": "string"}}],
                "responses": {"200": {"description": format!("with {cookie}")}}}},
            "/y": {"get": {"servers": [{"url": format!("https://root:{own}@b.io")}], "summary": format!("as {value}"),
                "description": format!("```\ncurl -u root:{own} https://b.io/y\n```"),
                "responses": {"default": {"description": ""}}}},
        },
    });
    let text = text.to_string();
    let shown = generated(&text, &[], false);
    for secret in [password, own, key, value, query, cookie] {
        let line = shown.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "`{secret}` is in the output");
        assert!(text.contains(secret));
    }
    // Who and where stays: only what proves it goes.
    assert!(shown.contains("https://a.io/v1"), "{shown}");
    assert!(shown.contains("https://b.io") && !shown.contains("admin:"));
    let kept = generated(&text, &[], true);
    for secret in [password, own, key] {
        assert!(kept.contains(secret), "`{secret}` would not be found");
    }
}

/// What examples of a description hold: of answers and their headers, of bodies, of schemas and of parameters.
#[test]
fn credentials_in_examples_of_a_description_are_nowhere() {
    let secrets = [
        "q6Zt8Kq2Lw93Vb47",
        "Hd83kq0pLz5Tn2Ws",
        "Yb71mv4cRq9Ke3Xa",
        "Ju52xs8dNf6Gw0Pi",
        "Mx90bt2hVc8Qy5Re",
        "Zk37wd1nPf4Ls6Uj",
    ];
    let [answer, header, body, property, parameter, named] = secrets;
    let string = json!({"type": "string"});
    let text = json!({
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "servers": [{"url": "https://a.io"}],
        "paths": {"/x": {"post": {
            "operationId": "log_in",
            "parameters": [{"name": "note", "in": "query", "example": format!("as {answer}"), "schema": string},
                {"name": "api_key", "in": "query", "schema": string, "examples": {"a": {"value": parameter}}}],
            "requestBody": {"required": true, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/LogIn"},
                "examples": {"one": {"value": {"password": body, "note": "kept"}}}}}},
            "responses": {
                "200": {"description": "", "headers": {"X-Api-Key": {"schema": string, "example": header}},
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Token"},
                        "examples": {"a": {"summary": format!("of {answer}"), "description": format!("as {named}"),
                            "value": {"access_token": answer, "note": format!("it is {answer}")}},
                            "b": {"$ref": "#/components/examples/B"}}}}},
                "400": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Token"}}}},
            },
        }, "put": {
            "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/LogIn"}}}},
            "responses": {"200": {"description": "", "content": {"text/plain": {"schema": string,
                "example": format!("password: {named}")}}}},
        }}},
        "components": {
            "examples": {"B": {"value": {"access_token": named}}},
            "schemas": {
                "LogIn": {"type": "object", "required": ["password"], "properties": {
                    "password": {"type": "string", "example": property}, "note": {"type": "string", "default": "none"}}},
                "Token": {"type": "object", "properties": {"access_token": {"type": "string", "examples": [property]},
                    "note": {"type": "string", "example": "shown as it is"}}},
            },
        },
    });
    let shown = hides(&text.to_string(), &[], &[answer, header, body, parameter, named]);
    assert!(!shown.contains(property), "{shown}");
    // All else is shown.
    assert!(
        shown.contains("shown as it is") && shown.contains("kept"),
        "{shown}"
    );
}
