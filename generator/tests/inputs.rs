//! What is said of paths that lead to no collection.

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::Generator;

fn folder(name: &str, files: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inputs").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the directory can be made");
    for file in files {
        fs::write(folder.join(file), "{}").expect("the file can be written");
    }
    folder
}

fn error(generator: &Generator) -> String {
    generator
        .generate()
        .expect_err("there is no collection")
        .to_string()
}

#[test]
fn a_missing_file_is_named_with_what_it_may_have_meant() {
    let folder = folder("near", &["zoom.postman_collection.json", "other.json"]);
    let text = error(&Generator::new().collection(folder.join("zoom.postman-collection.json")));
    assert!(text.contains("error[PM0001]: cannot be read: "), "{text}");
    let nearest = folder.join("zoom.postman_collection.json");
    assert!(
        text.contains(&format!("there is `{}`", nearest.display())),
        "{text}"
    );
}

#[test]
fn a_missing_file_is_named_with_what_lies_beside_it() {
    let few = folder("few", &["one.json", "two.json"]);
    let text = error(&Generator::new().collection(few.join("something-else.json")));
    assert!(
        text.contains("beside it there is `one.json`, `two.json`"),
        "{text}"
    );
    let many = folder(
        "many",
        &[
            "1.json", "2.json", "3.json", "4.json", "5.json", "6.json", "7.json",
        ],
    );
    let text = error(&Generator::new().collection(many.join("something-else.json")));
    assert!(text.contains("`5.json` and 2 more"), "{text}");
    let none = folder("none", &[]);
    let text = error(&Generator::new().collection(none.join("something-else.json")));
    assert!(text.contains("no collection is in "), "{text}");
}

#[test]
fn a_relative_path_is_said_to_be_one() {
    let text = error(&Generator::new().collection("nowhere/at/all.json"));
    assert!(text.contains("it is relative to "), "{text}");
}

#[test]
fn a_directory_is_no_collection() {
    let text = error(&Generator::new().collection(folder("directory", &[])));
    assert!(text.contains("is a directory"), "{text}");
    assert!(text.contains("collections_in"), "{text}");
}

#[test]
fn an_empty_directory_is_a_warning() {
    let outcome = Generator::new()
        .collections_in(folder("empty", &[]))
        .generate()
        .expect("a directory may be empty");
    let found: Vec<&str> = outcome
        .diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    assert_eq!(found, ["PM0004"]);
}

#[test]
fn a_directory_of_yaml_is_taken_for_a_collection_of_v3() {
    let folder = folder("v3", &["get.request.yaml"]);
    let text = error(&Generator::new().collection(&folder));
    assert!(text.contains("which is how v3 collections are kept"), "{text}");
    assert!(text.contains("help: export the collection as v2.1"), "{text}");
}

#[test]
fn global_variables_beside_a_collection_are_read() {
    let folder = folder("globals", &[]);
    let item = r#"{"info": {"name": "x"}, "item": [{"name": "a", "request": "{{base}}/{{who}}"}],
        "variable": [{"key": "who", "value": "own"}]}"#;
    let globals = r#"{"values": [{"key": "base", "value": "https://a.io"}, {"key": "who", "value": "all"}]}"#;
    fs::write(folder.join("x.json"), item).expect("the file can be written");
    fs::write(folder.join("workspace.postman_globals.json"), globals).expect("the file can be written");
    // It is no collection of its own.
    let text = Generator::new().collections_in(&folder).generate_to_string();
    let text = text.expect("the collection can be pressed");
    let expected = r#"(&[("who", Some("own")), ("base", Some("https://a.io"))])"#;
    assert!(text.contains(expected), "{text}");
    assert!(!text.contains("pub enum Environment"), "{text}");
}
