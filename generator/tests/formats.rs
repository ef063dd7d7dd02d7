//! What is read as a collection, and what is said about everything else.

#![expect(clippy::panic, reason = "what fails in a test's helper fails the test")]

use letterpress::config::Config;
use letterpress::diag::{Code, Diagnostic, Severity, Sink};
use letterpress::frontend::{self, Source};
use letterpress::ir::Api;

const ITEM: &str = r#"{"name": "Get it", "request": {"method": "GET", "url": "https://a.io/x"}}"#;

const HOPPSCOTCH: &str = r#"{"v": 2, "name": "It", "folders": [], "auth": {"authType": "none", "authActive": true}, "headers": [],
    "requests": [{"v": "4", "name": "Get it", "method": "GET", "endpoint": "https://a.io/x", "params": [], "headers": []}]}"#;
const THUNDER_CLIENT: &str = r#"{"clientName": "Thunder Client", "collectionName": "It", "version": "1.2", "folders": [],
    "requests": [{"_id": "1", "colId": "2", "name": "Get it", "url": "https://a.io/x", "method": "GET", "headers": []}]}"#;
const BRUNO: &str = r#"{"name": "It", "version": "1", "uid": "x", "items": [{"type": "folder", "name": "f", "items": []},
    {"type": "http", "name": "Get it", "request": {"url": "https://a.io/x", "method": "GET", "headers": []}}]}"#;

fn read(bytes: impl Into<Vec<u8>>) -> (Option<Api>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let api = frontend::read(&Source::new("it.json", bytes), &Config::default(), &mut sink);
    (api, sink.into_diagnostics())
}

fn collection(item: &str) -> String {
    format!(
        r#"{{"info": {{"name": "It", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}}, "item": [{item}]}}"#
    )
}

#[track_caller]
fn names(bytes: impl Into<Vec<u8>>) -> Vec<String> {
    let (api, said) = read(bytes);
    let mut names = Vec::new();
    api.unwrap_or_else(|| panic!("{said:?}"))
        .root
        .visit(&mut |operation| names.push(operation.name.clone()));
    names
}

#[test]
fn every_format_is_read() {
    let whole = collection(ITEM);
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once('\u{FEFF}')
            .chain(whole.chars())
            .flat_map(|c| unit(c as u16))
            .collect()
    };
    assert_eq!(names(whole.clone()), ["Get it"]);
    assert_eq!(names(format!("\u{FEFF}{whole}")), ["Get it"]);
    assert_eq!(names(utf16(u16::to_le_bytes)), ["Get it"]);
    assert_eq!(names(utf16(u16::to_be_bytes)), ["Get it"]);
    assert_eq!(names(format!(r#"{{"collection": {whole}}}"#)), ["Get it"]);
    assert_eq!(names(ITEM), ["Get it"]);
    assert_eq!(
        names(r#"{"name": "It", "item": [{"name": "a", "request": "https://a.io"}]}"#),
        ["a"]
    );
    assert_eq!(
        names(r#"{"info": {}, "items": [{"name": "a", "request": {}}]}"#),
        ["a"]
    );
    assert_eq!(
        names(r#"{"info": {}, "item": {"x": {"name": "a", "request": null}}}"#),
        ["a"]
    );
    assert_eq!(
        names(r#"{"name": "a", "url": "https://a.io", "headers": "", "dataMode": null}"#),
        ["a"]
    );
    assert_eq!(
        names(r#"{"name": "It", "order": [1], "requests": [{"id": 1, "name": "a", "url": "u"}]}"#),
        ["a"]
    );
}

#[test]
fn what_is_no_collection_is_named() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    for (text, code, says, position) in [
        ("", Code::NotJson, "the file is empty", (1, 1)),
        (" \n", Code::NotJson, "the file is empty", (1, 1)),
        (
            "{\"a\": 1,\n  }",
            Code::NotJson,
            "not JSON: there is a comma before this bracket",
            (2, 3),
        ),
        ("<html></html>", Code::NotJson, "HTML", (1, 1)),
        ("$kind: collection\nname: x\n", Code::NotJson, "v3", (1, 1)),
        (&deep, Code::TooDeep, "more than 127 levels", (1, 128)),
        ("[]", Code::NotACollection, "a list", (1, 1)),
        ("5", Code::NotACollection, "not even a JSON object", (1, 1)),
        (
            r#"{"error": {"message": "no key"}}"#,
            Code::NotACollection,
            "(`no key`)",
            (1, 1),
        ),
        (
            r#"{"values": [], "_postman_variable_scope": "globals"}"#,
            Code::NotACollection,
            "global variables",
            (1, 1),
        ),
        ("{}", Code::NotACollection, "without items", (1, 1)),
        (
            r#"{"name": "e", "values": []}"#,
            Code::NotACollection,
            "a Postman environment",
            (1, 1),
        ),
        (
            r#"{"openapi": "3.1.0", "servers": [{"url": "https://a.io"}], "paths": {}}"#,
            Code::EmptyCollection,
            "no operations",
            (1, 1),
        ),
        (HOPPSCOTCH, Code::NotACollection, "Hoppscotch", (1, 1)),
        (
            &format!("[{HOPPSCOTCH}]"),
            Code::NotACollection,
            "Hoppscotch",
            (1, 1),
        ),
        (
            r#"{"v": 2, "name": "x", "folders": [], "requests": []}"#,
            Code::NotACollection,
            "Hoppscotch",
            (1, 1),
        ),
        (THUNDER_CLIENT, Code::NotACollection, "Thunder Client", (1, 1)),
        (BRUNO, Code::NotACollection, "Bruno", (1, 1)),
        (
            r#"{"createdAt": "2024", "kind": "ARC#RequestsExport", "requests": [{"url": "http://a.io"}]}"#,
            Code::NotACollection,
            "Advanced REST Client",
            (1, 1),
        ),
        (
            r#"{"info": {"name": "x"}, "item": []}"#,
            Code::EmptyCollection,
            "no items",
            (1, 1),
        ),
    ] {
        let (api, said) = read(text);
        assert!(api.is_none(), "{text}");
        let [found] = said.as_slice() else {
            panic!("{text}: {said:?}")
        };
        assert_eq!((found.code, found.severity), (code, Severity::Error), "{text}");
        assert!(found.message.contains(says), "{text}: {}", found.message);
        let at = found.position.map(|at| (at.line, at.column));
        assert_eq!(at, Some(position), "{text}");
        assert!(found.help.is_some(), "{text}");
    }
}

#[test]
fn oddities_of_the_document_are_reported_with_their_place() {
    let cases: Vec<(Vec<u8>, Code, (usize, usize))> = vec![
        (format!("{ITEM}\n  {{}}").into(), Code::TrailingData, (2, 3)),
        (
            ITEM.replace("\"GET\"", "\"GET\", \"method\": \"PUT\"").into(),
            Code::DuplicateKey,
            (1, 59),
        ),
        (
            ITEM.replace("Get it", r"\ud83d it").into(),
            Code::Encoding,
            (1, 17),
        ),
        (
            ITEM.replace("Get it", "\u{1}").replace('\u{1}', "?").into_bytes(),
            Code::Encoding,
            (1, 1),
        ),
        (
            collection(ITEM).replace("v2.1.0", "v9").into(),
            Code::UnknownSchema,
            (1, 35),
        ),
        (collection(&format!("7, {ITEM}")).into(), Code::Skipped, (1, 117)),
    ];
    for (mut bytes, code, position) in cases {
        if let Some(at) = bytes.iter().position(|byte| *byte == b'?') {
            bytes[at] = 0xFF;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (api, said) = read(bytes);
        assert!(api.is_some(), "{text}: {said:?}");
        let found = said.iter().find(|found| found.code == code);
        let found = found.unwrap_or_else(|| panic!("{text}: {said:?}"));
        assert_eq!(found.severity, Severity::Warning, "{text}");
        let at = found.position.map(|at| (at.line, at.column));
        assert_eq!(at, Some(position), "{text}: {}", found.message);
    }
}

#[test]
fn the_last_of_repeated_keys_counts() {
    let (api, _) = read(ITEM.replace("\"GET\"", "\"GET\", \"method\": \"PUT\""));
    assert_eq!(api.unwrap().root.operations().next().unwrap().method, "PUT");
}

/// A finding in a v1 collection points to where the request stands in the file, not in the conversion.
#[test]
fn findings_of_converted_collections_point_into_the_file() {
    let text = "{\"name\": \"It\", \"folders\": [{\"id\": \"f\", \"name\": \"F\", \"order\": [\"a\"]}], \"requests\": [\n\
        {\"id\": \"lost\", \"name\": \"Lost\", \"url\": \"u\"},\n\
        {\"id\": \"a\", \"name\": \"A\"}], \"order\": []}";
    let (api, said) = read(text);
    let api = api.unwrap();
    let folder = api.root.folders().next().unwrap();
    let operation = folder.operations().next().unwrap();
    assert_eq!(operation.place.at.token(), "/item/0/item/0");
    let found: Vec<_> = said
        .iter()
        .map(|found| (found.code, found.position.unwrap().line))
        .collect();
    assert_eq!(found, [(Code::RequestDropped, 2), (Code::EmptyUrl, 3)]);
}

/// Input that is made to take long, or much, takes neither.
#[test]
fn hostile_input_is_bounded() {
    let many = 20_000;
    let path = "/{{a".repeat(many);
    let query = "&{{a=b".repeat(many);
    let body = (0..many)
        .map(|n| format!("{{{{v{n}}}}}"))
        .collect::<Vec<_>>()
        .concat();
    let item = serde_json::json!({
        "name": "x".repeat(many),
        "request": {
            "url": format!("https://a.io{path}?{query}"),
            "method": "POST",
            "body": {"mode": "raw", "raw": body},
        },
    });
    assert_eq!(names(collection(&item.to_string())).len(), 1);
    let ids: Vec<usize> = (0..many).collect();
    let folders: Vec<_> = (0..100)
        .map(|n| serde_json::json!({"id": n, "name": "f", "folders_order": [n + 1, n + 1, 0], "order": [7]}))
        .collect();
    let requests: Vec<_> = ids
        .iter()
        .map(|n| serde_json::json!({"id": n, "url": "u"}))
        .collect();
    let v1 = serde_json::json!({"name": "x", "requests": requests, "order": ids, "folders": folders});
    assert!(names(v1.to_string()).len() >= many);
}

#[test]
fn members_of_other_tools_make_no_collection_theirs() {
    for text in [
        r#"{"v": 1, "clientName": "mine", "name": "x", "order": ["1"], "folders": [], "requests": [{"id": "1", "name": "a", "endpoint": "b", "url": "http://a.io"}]}"#,
        r#"{"info": {"name": "x"}, "kind": "ARC#", "brunoConfig": {}, "item": [{"type": "http", "request": "http://a.io"}]}"#,
        r#"{"name": "x", "version": "1", "items": [{"name": "a", "request": "http://a.io"}]}"#,
    ] {
        let (api, said) = read(text);
        assert!(api.is_some(), "{text}: {said:?}");
    }
}

#[test]
fn what_is_nested_too_deep_is_said_to_be() {
    let deep = "[".repeat(150) + "1" + &"]".repeat(150);
    let item = format!(
        r#"{{"name": "a", "request": {{"method": "POST", "url": "https://a.io",
            "body": {{"mode": "raw", "raw": "{deep}", "options": {{"raw": {{"language": "json"}}}}}}}},
            "response": [{{"name": "OK", "code": 200, "_postman_previewlanguage": "json", "body": "{deep}",
            "header": [{{"key": "Content-Type", "value": "application/json"}}]}}]}}"#
    );
    let input = letterpress::Input::new(Source::new("it.json", collection(&item)));
    let outcome = letterpress::pipeline::generate(&[input], &Config::default());
    let found: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|found| (found.code, found.message.as_str()))
        .collect();
    let expected = [
        "the saved answer is nested more than 120 levels deep; it has no type",
        "the body is nested more than 120 levels deep; it is sent as text",
    ];
    assert!(found.iter().all(|(code, _)| *code == Code::TooDeep), "{found:?}");
    for message in expected {
        assert!(found.iter().any(|(_, said)| *said == message), "{found:?}");
    }
    assert_eq!(found.len(), 2);
    assert!(!outcome.has_errors());
}
