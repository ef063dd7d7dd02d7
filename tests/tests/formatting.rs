//! Generated code is as rustfmt would print it, whatever is long in a collection. It needs `cargo fmt`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::{Path, PathBuf};

use letterpress_tests::conformance::{Options, fmt};
use letterpress_tests::inputs;
use serde_json::{Value, json};

#[track_caller]
fn formatted(name: &str, collections: Vec<PathBuf>) {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("formatting")
        .join(name);
    let options = Options {
        collections,
        work,
        ..Options::default()
    };
    let report = fmt::run(&options);
    assert!(report.items > 0, "nothing was formatted");
    assert!(report.failures.is_empty(), "{}", report.text());
}

#[test]
fn clients_of_all_fixtures() {
    formatted("fixtures", inputs::collections(&inputs::fixtures()).unwrap());
}

/// Texts of this many columns, of narrow and of wide characters, and with what is escaped in Rust.
fn texts(length: usize) -> [String; 3] {
    let wide = "語".repeat(length / 2) + &"é".repeat(length % 2);
    [
        format!("{length}").repeat(length + 1)[..length].to_owned(),
        wide,
        "\"".repeat(length),
    ]
}

/// An item where something is as long as this, in each place that is printed as a text or makes a name.
fn item(length: usize) -> Value {
    let [plain, wide, quoted] = texts(length);
    let name = "n".repeat(length);
    json!({
        "name": format!("call {name}"),
        "request": {
            "method": "POST",
            "header": [
                {"key": "X-A", "value": plain}, {"key": "X-B", "value": wide}, {"key": name, "value": "1"},
            ],
            "body": {"mode": "raw", "raw": format!("{{\n  \"{name}\": \"{quoted}\",\n  \"{wide}\": [{{\"a\": 1.5}}]\n}}"), "options": {"raw": {"language": "json"}}},
            "url": format!("https://example.com/{name}/:id{length}?{name}=1&b={plain}"),
            "auth": {"type": "apikey", "apikey": [{"key": "key", "value": name}, {"key": "in", "value": "query"}]},
        },
        "response": [
            {"name": "a", "code": 200, "body": format!("{{\"{name}\": [{{\"{name}_b\": {{\"c\": null}}}}], \"{quoted}\": true}}")},
            {"name": "b", "code": 404, "body": "{}"},
        ],
    })
}

#[test]
fn what_is_as_long_as_a_line_and_around_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formatting/lengths");
    fs::create_dir_all(&folder).unwrap();
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let collections = [1..45, 45..75, 75..105].into_iter().map(|lengths| {
        let items: Vec<_> = lengths.clone().map(item).collect();
        let folders = lengths.clone().map(|length| {
            let name = format!("{}{length}", "folder".repeat(length / 6));
            json!({"name": name, "item": [{"name": name, "request": {"method": "GET", "url": "{{host}}/a"}}]})
        });
        let items: Vec<_> = items.into_iter().chain(folders).collect();
        let path = folder.join(format!("up to {}.json", lengths.end));
        fs::write(
            &path,
            json!({"info": {"name": "Lengths", "schema": schema}, "item": items}).to_string(),
        )
        .unwrap();
        path
    });
    formatted("lengths", collections.collect());
}

#[test]
fn types_with_long_names() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formatting/types");
    fs::create_dir_all(&folder).unwrap();
    let mut schemas = serde_json::Map::new();
    let mut paths = serde_json::Map::new();
    for length in 20..100 {
        let name = format!("T{}", "y".repeat(length));
        let link = json!({"$ref": format!("#/components/schemas/{name}")});
        let members = json!({
            "self": link, "list": {"type": "array", "items": link}, "map": {"additionalProperties": link},
            "kind": {"enum": ["a", "b", name]}, "either": {"oneOf": [link, {"type": "string"}, {"type": "array", "items": link}]},
        });
        schemas.insert(
            name,
            json!({"type": "object", "required": ["list"], "properties": members}),
        );
        let content = json!({"application/json": {"schema": link}});
        paths.insert(format!("/{length}"), json!({"put": {
            "operationId": format!("put{}", "x".repeat(length)),
            "tags": ["t".repeat(length)],
            "parameters": [{"name": "state", "in": "query", "schema": {"enum": ["on", "off"]}}],
            "requestBody": {"content": content},
            "responses": {"200": {"description": "", "content": content}, "4XX": {"description": "", "content": content}},
        }}));
    }
    let path = folder.join("types.json");
    let servers = json!([{"url": "https://a.example.com", "description": "one"}, {"url": "https://b.example.com", "description": "x".repeat(70)}]);
    let description = json!({
        "openapi": "3.1.0", "info": {"title": "Types", "version": "1"}, "servers": servers, "paths": paths,
        "components": {"schemas": schemas},
    });
    fs::write(&path, description.to_string()).unwrap();
    formatted("types", vec![path]);
}
