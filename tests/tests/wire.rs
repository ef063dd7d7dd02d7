//! The edge collections, one item per rule of what Postman sends: every saved call makes the recorded request.

use std::{fs, path::Path};

use letterpress::frontend::Source;
use letterpress_tests::{
    conformance::wire::reason,
    wire::{self, Item, Verdict, World, recording, spec::leak, world},
};

fn edge(name: &str, recorded: &str, world: &World) -> Vec<Item> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire");
    let file = format!("EDGE-{name}.postman_collection.json");
    let bytes = fs::read(root.join("edge").join(&file)).expect("the collection is there");
    let records = fs::read_to_string(root.join("recorded").join(format!("EDGE-{recorded}.jsonl")));
    let records = recording::read(&records.expect("the recording is there")).expect("it is JSON");
    assert!(!records.is_empty());
    wire::run(&Source::new(&file, bytes), &records, world).expect("the collection is read")
}

#[track_caller]
fn check(name: &str, recorded: &str, world: &World, listed: &[&str]) {
    let items = edge(name, recorded, world);
    let different: Vec<&Item> = items
        .iter()
        .filter(|item| matches!(item.verdict, Verdict::Different(_)))
        .collect();
    let reasons: Vec<String> = different.iter().map(|item| reason(item)).collect();
    assert!(
        different.is_empty(),
        "{} of {} differ:\n{}",
        different.len(),
        items.len(),
        reasons.join("\n")
    );
    let found: Vec<&str> = items
        .iter()
        .filter_map(|item| match item.verdict {
            Verdict::Listed(name) => Some(name),
            Verdict::Equal | Verdict::Different(_) => None,
        })
        .collect();
    assert_eq!(found, listed, "deliberate differences, in order");
}

#[test]
fn urls() {
    check("url", "url", &World::default(), &["no host name"]);
}

#[test]
fn ports() {
    let (second, both) = ("second port", "no host name");
    let listed = [
        // A host with a port, beside a port that is empty, 0, "0", 9090, an empty variable, 8081.
        [second, second, second, both, second, both],
        // The same host in brackets.
        [second, second, second, both, second, both],
        // One that ends in a colon.
        [second, second, second, second, second, second],
    ];
    check("ports", "ports", &World::default(), listed.as_flattened());
}

#[test]
fn headers() {
    check("headers", "headers", &World::default(), &[]);
}

#[test]
fn bodies() {
    check("body", "body", &World::default(), &[]);
}

#[test]
fn bodies_of_files_that_are_not_there() {
    let world = World {
        files_missing: true,
        ..World::default()
    };
    check("body", "body.files-missing", &world, &[]);
}

#[test]
fn authentication() {
    check("auth", "auth", &World::default(), &[]);
}

#[test]
fn authentication_that_answers_a_digest_challenge() {
    let world = World {
        challenges: &[
            "Digest realm=\"oracle\", nonce=\"0123456789abcdef\", qop=\"auth\", opaque=\"5ccc069c\"",
        ],
        ..World::default()
    };
    check("auth", "auth.challenge-digest", &world, &[]);
}

#[test]
fn authentication_that_answers_an_ntlm_challenge() {
    let world = World {
        challenges: &[
            "NTLM",
            "NTLM TlRMTVNTUAACAAAAAAAAACgAAAABAAAAASNFZ4mrze8AAAAAAAAAAA==",
        ],
        ..World::default()
    };
    check("auth", "auth.challenge-ntlm", &world, &[]);
}

#[test]
fn inheritance() {
    check("inherit", "inherit", &World::default(), &[]);
}

#[test]
fn version_1() {
    check("v1", "v1", &World::default(), &[]);
}

#[test]
fn version_2_0() {
    check("v20", "v20", &World::default(), &[]);
}

#[test]
fn variables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("wire/edge");
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("it is there");
    let environment = world::variables(&read("EDGE-vars.postman_environment.json"));
    let world = World {
        environment: environment
            .iter()
            .map(|(name, value)| (leak(name), leak(value)))
            .collect(),
        globals: world::variables(&read("EDGE-vars.postman_globals.json")),
        ..World::default()
    };
    check("vars", "vars", &world, &["prototype names", "prototype names"]);
}

#[test]
fn without_scripts() {
    check("scripts", "scripts.off", &World::default(), &[]);
}

/// Header values go out in Latin-1, but in UTF-8 if the body is text.
#[test]
fn header_values_beyond_ascii() {
    check("latin", "latin", &World::default(), &[]);
}

/// Every member of a request as a flag, a number, an empty text, an object and a list. What it makes of empty lists where
/// a header's name or value is wanted is an accident of JavaScript, and is not followed.
#[test]
fn members_of_other_types() {
    let items = edge("types", "types", &World::default());
    let different = items
        .iter()
        .filter(|item| matches!(item.verdict, Verdict::Different(_)));
    let different: Vec<&str> = different.map(|item| item.path.as_str()).collect();
    assert_eq!(items.len(), 337);
    assert_eq!(
        different,
        [
            "hk: empty list",
            "uv: empty list",
            "bearer: empty list",
            "bearer m: empty list",
            "apikey: empty list",
        ]
    );
}

/// What Postman sends after running scripts is listed as one difference: a client runs none.
#[test]
fn what_scripts_change_is_not_sent() {
    let items = edge("scripts", "scripts.on", &World::default());
    let changed: Vec<&str> = items
        .iter()
        .filter(|item| item.verdict != Verdict::Equal)
        .map(|item| item.path.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "folder > order of prerequest scripts",
            "folder > script adds a header",
            "folder > the next",
            "folder > local over environment",
        ]
    );
}
