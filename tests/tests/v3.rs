//! Collections of the format v3: folders of YAML files, repositories that keep them, and one JSON of the same.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::diag::{Diagnostic, Sink, render};
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input, Outcome};
use letterpress::{Config, Generator};
use letterpress_tests::press;
use serde_json::json;

/// A folder of files, made anew.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("v3").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn pressed(path: &Path) -> Outcome {
    let mut sink = Sink::default();
    let input = letterpress::read(path, &mut sink).unwrap();
    pipeline::generate_crate(&input, &Config::default(), None)
}

fn text(outcome: &Outcome) -> String {
    outcome.files.iter().map(|file| file.text.as_str()).collect()
}

fn said(found: &[Diagnostic]) -> String {
    found.iter().map(render::full).collect::<Vec<_>>().join("\n")
}

const GET: &str = "url: https://a.io/x\n";

#[test]
fn a_repository_has_collections_environments_and_globals() {
    let root = folder(
        "repository",
        &[
            (
                ".postman/resources.yaml",
                "localResources:\n  collections:\n    - ..\\docs\\old.json\n  environments:\n    - ../docs/live.json\n",
            ),
            (
                "docs/old.json",
                r#"{"info": {"name": "Old"}, "item": [{"name": "a", "request": "{{base}}/old"}]}"#,
            ),
            (
                "docs/live.json",
                r#"{"name": "Live", "values": [{"key": "base", "value": "https://live.io"}]}"#,
            ),
            (
                "postman/collections/Shop/Get.request.yaml",
                "url: \"{{base}}/{{who}}\"\n",
            ),
            ("postman/collections/Bank/Pay.request.yaml", GET),
            ("postman/collections/README.md", "Collections."),
            (
                "postman/environments/Test.environment.yaml",
                "name: Test\nvalues:\n  - key: base\n    value: https://test.io\n    enabled: true\n  - key: who\n    value: nobody\n    enabled: false\n",
            ),
            (
                "postman/globals/workspace.globals.yaml",
                "name: Globals\nvalues:\n  - key: who\n    value: everybody\n",
            ),
        ],
    );
    let output = Generator::new()
        .collections_in(&root)
        .generate_to_string()
        .unwrap();
    for module in ["pub mod shop", "pub mod bank", "pub mod old"] {
        assert!(output.contains(module), "{output}");
    }
    let shop = text(&pressed(&root.join("postman/collections/Shop")));
    for value in ["https://test.io", "https://live.io", "everybody"] {
        assert!(shop.contains(value), "{shop}");
    }
    assert!(!shop.contains("nobody"), "a switched off value is in force");
    let error = Generator::new()
        .collection(&root)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(error.contains("is a repository of 3 collections"), "{error}");
    assert!(error.contains("Bank"), "{error}");
    // With one alone, it is that one.
    let single = folder("single", &[("postman/collections/Shop/Get.request.yaml", GET)]);
    assert!(text(&pressed(&single)).contains("https://a.io/x"));
}

#[test]
fn folders_lie_among_files() {
    let root = folder(
        "among",
        &[
            ("one.json", r#"{"name": "one", "request": "https://a.io/one"}"#),
            ("two/Get.request.yaml", GET),
            ("three/.resources/definition.yaml", "name: Three\n"),
            ("three/deep/Get.request.yml", GET),
            ("assets/cat.txt", "a cat"),
        ],
    );
    let output = Generator::new()
        .collections_in(&root)
        .generate_to_string()
        .unwrap();
    for module in ["pub mod one", "pub mod two", "pub mod three"] {
        assert!(output.contains(module), "{output}");
    }
    assert!(!output.contains("pub mod assets"));
    let error = Generator::new()
        .collection(root.join("assets"))
        .generate()
        .unwrap_err()
        .to_string();
    assert!(error.contains("is a directory, not a collection"), "{error}");
    let error = Generator::new()
        .collection(root.join("two/Get.request.yaml"))
        .generate()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("a part of a v3 collection") || error.contains("PM0003"),
        "{error}"
    );
}

#[test]
fn what_is_wrong_is_said_of_its_file_and_line() {
    let root = folder(
        "wrong",
        &[
            ("Get.request.yaml", GET),
            (
                "deep/Bare.request.yaml",
                "$kind: http-request\nmethod: GET\nurl: {{base}}/x\nheaders: {}\n",
            ),
            (
                "deep/Old.request.yaml",
                "url: https://a.io/old\nheader:\n  - key: a\n    value: b\n",
            ),
            (
                "deep/Odd.request.yaml",
                "url: https://a.io/odd\nauth:\n  type: magic\n",
            ),
            ("deep/Cut.request.json", "{\"url\": "),
            ("deep/Talk.request.yaml", "$kind: grpc-request\nurl: a.io\n"),
            (
                ".resources/Get.resources/examples/Ok.example.yaml",
                "response:\n  statusCode: 200\n  body:\n    type: json\n    content: '{\"a\": '\n",
            ),
        ],
    );
    let outcome = pressed(&root);
    assert!(!outcome.has_errors());
    let text = said(&outcome.diagnostics);
    for line in [
        "wrong/deep/Bare.request.yaml:3:6: warning[PM0014]: this is no YAML: a text that begins with `{{` is not in quotes",
        "wrong/deep/Old.request.yaml:3:3: warning[PM0015]: `header` is no key",
        "wrong/deep/Odd.request.yaml:3:3: warning[PM0103]",
        "wrong/deep/Cut.request.json:1:8: warning[PM0014]: not JSON",
        "wrong/deep/Talk.request.yaml:1:8: warning[PM0101]: `grpc-request` is no HTTP",
        "wrong/.resources/Get.resources/examples/Ok.example.yaml:1:1: warning[PM0201]",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // A setting silences what is in a folder.
    fs::write(
        root.parent().unwrap().join("letterpress.toml"),
        "[collection.wrong]\nallow = [\"PM0103\"]\n",
    )
    .unwrap();
    let silenced = said(&pressed(&root).diagnostics);
    fs::remove_file(root.parent().unwrap().join("letterpress.toml")).unwrap();
    assert!(
        !silenced.contains("PM0103") && silenced.contains("PM0201"),
        "{silenced}"
    );
}

/// What stands in the address and not in the list comes first; what is in both is the list's.
#[test]
fn the_list_of_parameters_is_right() {
    let root = folder(
        "query",
        &[(
            "Get.request.yaml",
            "url: https://a.io/x?a=url&c=x&off=1\nqueryParams:\n  - key: a\n    value: list\n  - key: e\n    value: null\n  - key: f\n    value: ''\n  - key: off\n    value: '1'\n    disabled: true\n",
        )],
    );
    let api = press::model(&root).unwrap();
    let mut query = Vec::new();
    api.root.visit(&mut |operation| {
        query.extend(
            operation
                .url
                .query
                .iter()
                .filter(|entry| !entry.disabled)
                .map(|entry| format!("{}={:?}", entry.key.clone().unwrap_or_default(), entry.value)),
        );
    });
    assert_eq!(
        query,
        ["c=Some(\"x\")", "a=Some(\"list\")", "e=None", "f=Some(\"\")"]
    );
}

/// Numbers are the texts that they are written as.
#[test]
fn what_looks_like_a_number_is_kept() {
    let root = folder(
        "numbers",
        &[(
            "Get.request.yaml",
            "url: https://a.io/:zip\npathVariables:\n  zip: 00501\nheaders:\n  X-Version: 1.10\n  X-Big: 12345678901234567890123\n",
        )],
    );
    let text = text(&pressed(&root));
    for value in ["00501", "1.10", "12345678901234567890123"] {
        assert!(text.contains(value), "{value}\n{text}");
    }
}

#[test]
fn one_json_of_the_same_is_the_same() {
    let request = json!({"$kind": "http-request", "name": "Get", "url": "https://a.io/x/:id", "order": 2,
        "pathVariables": {"id": "7"},
        "examples": [{"$kind": "http-example", "name": "ok", "response": {"statusCode": 200,
            "body": {"type": "json", "content": "{\"id\": 7}"}}}]});
    let first = json!({"$kind": "http-request", "name": "First", "url": "https://a.io/first", "order": 1});
    let inner = json!({"$kind": "collection", "name": "Folder", "items": [request, first]});
    let collection = json!({"$kind": "collection", "name": "Shop", "items": [inner]});
    for document in [
        collection.clone(),
        json!({"collection": collection}),
        json!({"data": {"collection": collection}}),
    ] {
        let input = Input::new(Source::new("shop.json", document.to_string()));
        let outcome = pipeline::generate_crate(&input, &Config::default(), None);
        assert!(!outcome.has_errors(), "{}", said(&outcome.diagnostics));
        let one = text(&outcome);
        let (a, b) = (
            one.find("https://a.io/first").unwrap(),
            one.find("https://a.io/x/:id").unwrap(),
        );
        assert!(a < b && one.contains("id: Option<i64>"), "{one}");
    }
}

/// A secret is no default, and its value is nowhere.
#[test]
fn secrets_are_kept_out() {
    let root = folder(
        "secrets",
        &[
            (
                "Get.request.yaml",
                "url: https://a.io/{{tenant}}\nauth:\n  type: bearer\n  credentials:\n    token: Zt8mQ4wX2pL9vK7rT\nheaders:\n  X-Shop: \"{{shop}}\"\ndescription: Use Zt8mQ4wX2pL9vK7rT.\n",
            ),
            (
                ".resources/definition.yaml",
                "variables:\n  - key: tenant\n    value: q6Zt8Kq2Lw93Vb47\n    secret: true\n  - key: shop\n    value: main\n",
            ),
        ],
    );
    let outcome = pressed(&root);
    let shown = text(&outcome) + &said(&outcome.diagnostics);
    assert!(
        !shown.contains("Zt8mQ4wX2pL9vK7rT") && !shown.contains("q6Zt8Kq2Lw93Vb47"),
        "{shown}"
    );
    assert!(shown.contains("main"), "{shown}");
}

/// Hostile trees: links that lead up, names that are paths, nothing at all.
#[test]
fn odd_folders_are_read_or_refused() {
    let root = folder(
        "odd",
        &[
            ("a/Get.request.yaml", GET),
            ("a/empty.request.yaml", ""),
            ("a/list.request.yaml", "- 1\n- 2\n"),
        ],
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", root.join("a/up")).unwrap();
    let outcome = pressed(&root.join("a"));
    assert!(!outcome.has_errors(), "{}", said(&outcome.diagnostics));
    assert!(text(&outcome).contains("https://a.io/x"));
    let nothing = folder("nothing", &[(".resources/definition.yaml", "name: Nothing\n")]);
    let error = Generator::new()
        .collection(&nothing)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(error.contains("PM0004"), "{error}");
}

/// Schemas are right, whatever samples show.
#[test]
fn types_are_those_of_the_schemas() {
    let order = json!({"type": "object", "required": ["id", "state"], "properties": {
        "id": {"type": "integer"}, "state": {"type": "string", "enum": ["open", "paid"]},
        "note": {"type": ["string", "null"]}, "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}}},
        "$defs": {"Line": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}}});
    let order = order.to_string();
    let of_value = |ty: &str, required: bool| {
        let required: &[&str] = if required { &["value"] } else { &[] };
        json!({"type": "object", "properties": {"value": {"type": ty}}, "required": required}).to_string()
    };
    let request = json!({"url": "https://a.io/orders/:number?page=1&other=2", "method": "POST",
        "queryParams": [{"key": "page", "value": "1", "$type": of_value("string", true)}],
        "pathVariables": [{"key": "number", "value": "", "$type": of_value("integer", true)}],
        "headers": [{"key": "X-Dry", "value": "yes", "$type": ""}, {"key": "X-Deep", "value": "1", "disabled": true, "$type": of_value("boolean", false)}],
        "body": {"type": "json", "content": "{}", "$type": order}});
    let example = |body: &str| {
        json!({"response": {"statusCode": 200, "body": {"type": "json", "content": body, "$type": order}}})
            .to_string()
    };
    let examples = ".resources/Place.resources/examples";
    let root = folder(
        "typed",
        &[
            ("Place.request.json", &request.to_string()),
            (
                &format!("{examples}/Fits.example.json"),
                &example(r#"{"id": 7, "state": "open"}"#),
            ),
            (
                &format!("{examples}/Not.example.json"),
                &example(r#"{"id": "seven", "state": "open"}"#),
            ),
            (
                "Broken.request.yaml",
                "url: https://a.io/broken\nbody:\n  type: json\n  content: '{\"a\": 1}'\n  $type: '{'\n",
            ),
            (
                "Form.request.yaml",
                "url: https://a.io/form\nmethod: POST\nbody:\n  type: urlencoded\n  content:\n    a: b\n  $type: '{}'\n",
            ),
        ],
    );
    let outcome = pressed(&root);
    let said = said(&outcome.diagnostics);
    let text = text(&outcome);
    for line in [
        "        number: impl ::core::fmt::Display,\n        page: impl ::core::fmt::Display,\n        body: &",
        "pub fn x_deep(self, x_deep: bool)",
        "pub fn other(self, other: i64)",
        "pub state: OrderState,",
        "pub id: i64,",
        "pub struct Line {",
        "pub note: Option<Option<String>>,",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for line in [
        "typed/Broken.request.yaml:5:10: warning[OA0002]: `$type` is no JSON of a schema",
        "typed/Form.request.yaml:7:10: warning[OA0002]: a schema of what is no JSON is not read",
        "Not.example.json:1:1: warning[OA0002]: the saved answer does not fit its schema at `id`",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

/// What Postman gives who exports all data: one file, or a folder of folders.
#[test]
fn all_data_of_an_account_are_its_collections() {
    let collection = |name: &str, path: &str| json!({"info": {"name": name}, "item": [{"name": "Get", "request": format!("{{{{base}}}}/{path}")}]});
    let environment =
        json!({"name": "Live", "values": [{"key": "base", "value": "https://live.io", "enabled": true}]});
    let dump = json!({"version": 1, "collections": [collection("Shop", "shop"), collection("Bank", "bank")],
        "environments": [environment], "globals": [], "headerPresets": []});
    let root = folder("dump", &[("backup.json", &dump.to_string())]);
    let output = Generator::new()
        .collection(root.join("backup.json"))
        .generate_to_string()
        .unwrap();
    for text in [
        "pub mod shop",
        "pub mod bank",
        "/shop",
        "/bank",
        "https://live.io",
    ] {
        assert!(output.contains(text), "{text}\n{output}");
    }
    let mut sink = Sink::default();
    assert!(letterpress::read(&root.join("backup.json"), &mut sink).is_none());
    let text = said(&sink.into_diagnostics());
    assert!(
        text.contains("holds 2 collections") && text.contains("`Shop`, `Bank`"),
        "{text}"
    );
    let (shop, bank) = (
        collection("Shop", "shop").to_string(),
        collection("Bank", "bank").to_string(),
    );
    let unpacked = folder(
        "unpacked",
        &[
            ("collection/0a1b2c3d-0000-4000-8000-0123456789ab.json", &shop),
            ("collection/1a1b2c3d-0000-4000-8000-0123456789ab.json", &bank),
            (
                "environment/2a1b2c3d-0000-4000-8000-0123456789ab.json",
                &environment.to_string(),
            ),
        ],
    );
    let output = Generator::new()
        .collections_in(&unpacked)
        .generate_to_string()
        .unwrap();
    for text in ["pub mod shop", "pub mod bank", "https://live.io"] {
        assert!(output.contains(text), "{text}\n{output}");
    }
}
