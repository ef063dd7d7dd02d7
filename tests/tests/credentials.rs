//! No literal credential of a collection is in anything that is generated: code, documentation with its examples, cURL
//! lines and item JSON, README, manifest, saved responses, and what is said about the input.
//!
//! Every kind of credential is planted in every place where a collection has text. That the search would find them is
//! shown by asking the generator to keep them.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use letterpress::config::{Config, DocTests};
use letterpress::diag::render;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input, Outcome};
use letterpress_tests::{inputs, press};
use serde_json::{Value, json};

/// A kind of credential: its name, and the text that holds the `n`-th of it, with the part that is secret.
type Kind = (&'static str, fn(usize) -> (String, String));

const KINDS: &[Kind] = &[
    ("bearer", |n| {
        let secret = format!("plantedBearer{n:02}x8Kq2Zt6");
        (format!("Authorization: Bearer {secret}"), secret)
    }),
    ("basic", |n| {
        let secret = BASE64_STANDARD.encode(format!("ada:planted-password-{n:02}"));
        (format!("Authorization: Basic {secret}"), secret)
    }),
    ("API key in a query", |n| {
        let secret = format!("plantedQuery{n:02}Lw93");
        (
            format!("https://api.example.com/x?api_key={secret}&page=1"),
            secret,
        )
    }),
    ("API key in a header", |n| {
        let secret = format!("plantedHeader{n:02}Vb47");
        (format!("X-Api-Key: {secret}"), secret)
    }),
    ("cookie", |n| {
        let secret = format!("plantedCookie{n:02}Gh51Tr");
        (format!("Cookie: session={secret}"), secret)
    }),
    ("JWT", |n| {
        let payload = BASE64_STANDARD.encode(format!("{{\"sub\":\"planted-{n:02}\"}}"));
        let secret = payload.trim_end_matches('=').to_owned();
        (
            format!("eyJhbGciOiJIUzI1NiJ9.{secret}.c2lnbmF0dXJl{n:02}"),
            secret,
        )
    }),
    ("PEM", |n| {
        let secret = format!("MIIEvplanted{n:02}Pem");
        (
            format!("-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----"),
            secret,
        )
    }),
    ("AWS key id", |n| {
        let secret = format!("AKIAPLANTED{n:09}");
        (format!("aws_access_key_id = {secret}"), secret)
    }),
    ("AWS secret", |n| {
        let secret = format!("plantedAWS/wJalrXUtnFEMI+K7MDENGbPx{n:05}");
        (format!("AKIAPLANTEDPLANTED99 and {secret}"), secret)
    }),
    ("password in a form", |n| {
        let secret = format!("planted-form-{n:02}");
        (format!("username=ada&password={secret}"), secret)
    }),
    ("password in JSON", |n| {
        let secret = format!("plantedjson{n:02}x");
        (
            format!("{{\"user\": \"ada\", \"password\": \"{secret}\"}}"),
            secret,
        )
    }),
    ("number in JSON", |n| {
        let secret = format!("482913{n:04}");
        (format!("{{\"user\": \"ada\", \"password\": {secret}}}"), secret)
    }),
    ("token of a vendor", |n| {
        let secret = format!("ghp_planted0{n:04}q6Zt8Kq2Lw93Vb47Gh51Tr");
        (format!("clone with {secret}"), secret)
    }),
];

/// A collection with the texts that `plant` gives wherever there can be one; it is told the name of each place.
fn collection(plant: &mut dyn FnMut(&'static str) -> String) -> Value {
    json!({
        "info": {"name": plant("name of the collection"), "description": plant("description of the collection")},
        "item": [
            {
                "name": format!("Folder: {}", plant("name of a folder")),
                "description": plant("description of a folder"),
                "item": [request_item(plant), body_items(plant)],
            },
        ],
        "variable": [
            {"key": "baseUrl", "value": "https://api.example.com"},
            {"key": "note", "value": plant("variable"), "description": plant("description of a variable")},
        ],
    })
}

fn request_item(plant: &mut dyn FnMut(&'static str) -> String) -> Value {
    json!({
        "name": plant("name of an item"),
        "request": {
            "method": "GET",
            "description": plant("description of an item"),
            "header": [
                {"key": "X-Note", "value": plant("header"), "description": plant("description of a header")},
                {"key": "X-Off", "value": plant("disabled header"), "disabled": true},
            ],
            "url": {
                "raw": plant("raw URL"),
                "host": ["{{baseUrl}}"],
                "path": ["things", ":id"],
                "query": [
                    {"key": "note", "value": plant("query"), "description": plant("description of a query entry")},
                    {"key": "off", "value": plant("disabled query entry"), "disabled": true},
                ],
                "variable": [{"key": "id", "value": plant("path variable"), "description": plant("description of a path variable")}],
            },
            "auth": {"type": "oauth1", "oauth1": [{"key": "realm", "value": plant("parameter of authentication")}]},
        },
        "event": [{"listen": "test", "script": {"exec": [plant("script")]}}],
        "response": [
            {
                "name": plant("name of a response"),
                "code": 200,
                "status": plant("reason of a response"),
                "header": [{"key": "X-Note", "value": plant("header of a response"), "description": plant("description of a header of a response")}],
                "cookie": [{"name": "c", "value": plant("cookie of a response")}],
                "body": plant("body of a response"),
                "originalRequest": {
                    "method": "GET",
                    "header": [{"key": "X-Note", "value": plant("header of an original request")}],
                    "url": {
                        "raw": plant("raw URL of an original request"),
                        "host": ["{{baseUrl}}"], "path": ["things", "1"],
                        "query": [{"key": "note", "value": plant("query of an original request")}],
                    },
                    "body": {"mode": "raw", "raw": plant("body of an original request")},
                },
            },
            {
                "name": "In a member",
                "code": 404,
                "body": json!({"message": plant("member of a body of a response"), "list": [plant("list in a body of a response")]}).to_string(),
            },
        ],
    })
}

fn body_items(plant: &mut dyn FnMut(&'static str) -> String) -> Value {
    let text = plant("raw body");
    let member = json!({"note": plant("member of a raw body"), "ok": true}).to_string();
    let entries = |plant: &mut dyn FnMut(&'static str) -> String, name, about| json!([{"key": "note", "value": plant(name), "type": "text", "description": plant(about)}]);
    let bodies = [
        json!({"mode": "raw", "raw": text}),
        json!({"mode": "raw", "raw": member, "options": {"raw": {"language": "json"}}}),
        json!({"mode": "urlencoded", "urlencoded": entries(plant, "form", "description of a form's entry")}),
        json!({"mode": "formdata", "formdata": entries(plant, "multipart form", "description of a part")}),
        json!({"mode": "graphql", "graphql": {
            "query": format!("# {}\n{{ me {{ id }} }}", plant("GraphQL query").replace('\n', " ")),
            "variables": json!({"note": plant("GraphQL variables")}).to_string(),
        }}),
    ];
    let items = bodies.into_iter().enumerate().map(|(at, body)| {
        json!({
            "name": format!("Body {at}"),
            "request": {"method": "POST", "body": body, "url": "{{baseUrl}}/bodies"},
            "response": [{"name": "Done", "code": 200, "body": "{\"id\": 1}"}],
        })
    });
    json!({"name": "Bodies", "item": items.collect::<Vec<_>>()})
}

/// Everything that is generated of a collection, as modules and as a crate, and everything that is said.
fn generated(file: &str, text: &str, keep: bool) -> String {
    let config = Config {
        doc_tests: DocTests::Crate("planted".to_owned()),
        keep_credentials: keep,
        ..Config::default()
    };
    let mut source = Source::new(file, text.as_bytes());
    let environment = json!({"name": "Test", "values": [{"key": "clientSecret", "value": ENVIRONMENT}]});
    source.environments = vec![(
        "test.postman_environment.json".to_owned(),
        environment.to_string().into(),
    )];
    let input = Input::new(source);
    let modules = pipeline::generate(std::slice::from_ref(&input), &config);
    let krate = pipeline::generate_crate(&input, &config, None);
    let (responses, _) = pipeline::saved_responses(&input, &config);
    let shown = |outcome: &Outcome| {
        assert!(!outcome.has_errors());
        let files = outcome
            .files
            .iter()
            .map(|file| format!("//// {}\n{}\n", file.path, file.text));
        let said = outcome.diagnostics.iter().map(render::full);
        files.chain(said).collect::<String>()
    };
    [shown(&modules), shown(&krate), responses.unwrap()].concat()
}

/// The secret of an environment beside the collection.
const ENVIRONMENT: &str = "planted0environment0secret0Ik31";

#[test]
fn no_kind_of_credential_is_generated_from_any_place() {
    let mut leaks = Vec::new();
    for (kind, make) in KINDS {
        let mut planted = Vec::new();
        let collection = collection(&mut |place| {
            let (text, secret) = make(planted.len());
            planted.push((place, secret));
            text
        });
        let output = generated("planted.json", &collection.to_string(), false);
        assert!(
            output.contains("replay.json")
                && output.contains("README.md")
                && output.contains("The item in the collection")
        );
        for (place, secret) in planted {
            if let Some(at) = output.find(&secret) {
                let line = output[..at].matches('\n').count();
                leaks.push(format!(
                    "{kind} in {place}: {}",
                    output
                        .lines()
                        .nth(line)
                        .unwrap()
                        .chars()
                        .take(160)
                        .collect::<String>()
                ));
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

/// What is looked for can be found: without the protection each is in the output, but for the places of which nothing
/// is generated.
#[test]
fn what_is_kept_on_purpose_is_found() {
    for (kind, make) in KINDS {
        let mut planted = Vec::new();
        let collection = collection(&mut |place| {
            let (text, secret) = make(planted.len());
            planted.push((place, secret));
            text
        });
        let output = generated("planted.json", &collection.to_string(), true);
        let missing = planted.iter().filter(|(_, secret)| !output.contains(secret));
        // Breadcrumbs are free of credentials even then.
        let missing = missing
            .map(|(place, _)| *place)
            .filter(|place| *place != "name of a folder");
        let missing: Vec<&str> = missing.collect();
        assert_eq!(missing, NOT_GENERATED, "{kind}");
    }
}

const NOT_GENERATED: &[&str] = &[
    "script",
    "description of a header of a response",
    "cookie of a response",
    "raw URL of an original request",
    // No request uses it, so no method of the builder stands for it.
    "description of a variable",
];

/// The credentials of `secrets/planted.json`, one of each kind.
const PLANTED: &[&str] = &[
    "planted0bearer0token0000a1B2c3D4",
    "Planted-Passw0rd!",
    "planted0api0key0in0header0Zx81",
    "planted0api0key0in0query0Qw92",
    "planted0session0cookie0Er73",
    "dGhpcy1pcy1ub3QtYS1yZWFsLXNpZ25hdHVyZQ",
    "MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAplantedPEMplantedPEM",
    "AKIAPLANTEDKEY000001",
    "plantedAwsSecret/wJalrXUtnFEMI/K7MDENG+bPx",
    "Planted-Form-Secret-77",
    "planted0response0header0token0Ty64",
    "planted0response0body0token0Ui55",
    "ghp_planted0description0token0000Op46Lk",
    "planted0token0in0url0As37Df",
    "planted0variable0secret0Gh28Jk",
];

/// The same for credentials under names that only they have: parameters of authentication, headers, form entries.
#[test]
fn no_credential_of_the_fixture_is_generated() {
    let text = fs::read_to_string(inputs::fixtures().join("secrets/planted.json")).unwrap();
    let output = generated("planted.json", &text, false);
    let kept = generated("planted.json", &text, true);
    for planted in PLANTED {
        assert!(text.contains(planted), "`{planted}` is not planted");
        assert!(!output.contains(planted), "`{planted}` is in the output");
        let bare = planted.trim_end_matches(['=', '.']);
        assert!(!output.contains(bare), "`{bare}` is in the output");
        assert!(kept.contains(planted), "`{planted}` would not be found");
    }
    assert!(!output.contains(ENVIRONMENT) && kept.contains(ENVIRONMENT));
}

#[test]
fn placeholders_are_no_credentials() {
    let pressed = press::press(&inputs::fixtures().join("secrets/no_credentials.json")).unwrap();
    let said = pressed.diagnostics.join("\n");
    assert!(!said.contains("PM0006"), "{said}");
}
