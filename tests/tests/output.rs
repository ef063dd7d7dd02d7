//! Claims about the text of the output: the same from everywhere, no text out of its place, no credential,
//! nothing renamed by what comes later.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::Path;

use letterpress_tests::{inputs, press};
use serde_json::{Value, json};
use syn::visit::Visit;

#[test]
fn the_same_from_two_folders() {
    for path in inputs::collections(&inputs::fixtures()).unwrap() {
        let here = press::press(&path).unwrap();
        let away = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("elsewhere/deeper")
            .join(here.module.clone());
        // What an earlier run left there is not what lies beside the collection.
        let _ = fs::remove_dir_all(&away);
        fs::create_dir_all(&away).unwrap();
        copy(path.parent().unwrap(), &away);
        let there = press::press(&away.join(path.file_name().unwrap())).unwrap();
        assert_eq!(here.files, there.files, "{}", path.display());
        assert_eq!(here.index, there.index, "{}", path.display());
        assert_eq!(here.diagnostics, there.diagnostics, "{}", path.display());
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap().path();
        let target = to.join(inputs::file_name(&file));
        if file.is_dir() {
            copy(&file, &target);
        } else {
            fs::copy(&file, target).unwrap();
        }
    }
}

#[test]
fn names_only_the_runtime_and_std() {
    for path in inputs::collections(&inputs::fixtures()).unwrap() {
        let pressed = press::press(&path).unwrap();
        for (file, text) in pressed.rust_files() {
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                assert!(
                    !line.contains("serde_json::") && !line.contains("derive(serde"),
                    "{file}: {line}"
                );
                for (start, _) in line.match_indices(" ::") {
                    let root: String = line[start + 3..]
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    // The last two are what settings of a fixture ask for.
                    let known =
                        ["letterpress_runtime", "std", "core", "jiff", "url"].contains(&root.as_str());
                    assert!(known || line.contains('"'), "{file}: `::{root}` in {line}");
                }
            }
        }
    }
}

/// What the injection fixture tries to get into the code if some text of it leaves its place.
const INJECTED: &[&str] = &["compile_error", "panic"];

#[test]
fn text_never_leaves_its_place() {
    let pressed = press::press(&inputs::fixtures().join("docs/injection.json")).unwrap();
    for (file, text) in pressed.rust_files() {
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut words = Words::default();
        words.visit_file(&parsed);
        for word in INJECTED {
            assert!(
                !words.0.iter().any(|found| found == word),
                "{file}: `{word}` is code"
            );
        }
        assert!(
            !text.contains('\0') && !text.contains('\u{1b}'),
            "{file}: a control character"
        );
        assert!(!text.contains('\u{202e}'), "{file}: text direction is changed");
    }
    assert_eq!(pressed.functions(), 1);
}

/// Every identifier and macro name that is code, those within macro calls too.
#[derive(Default)]
struct Words(Vec<String>);

impl<'ast> Visit<'ast> for Words {
    fn visit_ident(&mut self, ident: &'ast proc_macro2::Ident) {
        self.0.push(ident.to_string());
    }

    fn visit_macro(&mut self, node: &'ast syn::Macro) {
        self.tokens(node.tokens.clone());
        syn::visit::visit_macro(self, node);
    }
}

impl Words {
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(ident) => self.0.push(ident.to_string()),
                proc_macro2::TokenTree::Group(group) => self.tokens(group.stream()),
                proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
            }
        }
    }
}

/// Adds an item at the end of every fixture: what was there before must still be there, line by line and in
/// order. An item of a name that is taken, with types of names that are taken, is the hardest to add.
///
/// Not looked at: the hidden aliases in the root for types of its folders. A type that the root itself gets hides
/// one of the same name, as the alias of a definition must.
#[test]
fn adding_an_item_changes_no_other_line() {
    for path in inputs::collections(&inputs::fixtures()).unwrap() {
        // A folder becomes such a collection.
        let text = fs::read_to_string(&path).unwrap_or_default();
        let Ok(mut collection) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        let file = inputs::file_name(&path);
        let text = collection.to_string();
        let Some(items) = collection.get_mut("item").and_then(Value::as_array_mut) else {
            continue;
        };
        let Some(taken) = items
            .iter()
            .rev()
            .find(|item| item.get("request").is_some_and(Value::is_object))
        else {
            continue;
        };
        let mut added = taken.clone();
        added["response"] =
            json!([{"name": "New", "code": 200, "status": "OK", "body": "{\"brand\":{\"new\":1}}"}]);
        items.push(added);
        let before = press::press_text(&file, &text).unwrap();
        let after = press::press_text(&file, &collection.to_string()).unwrap();
        assert_eq!(after.functions(), before.functions() + 1, "{file}");
        for (name, text) in &before.files {
            let (_, longer) = after.files.iter().find(|(other, _)| other == name).unwrap();
            let longer = lines(longer);
            let mut rest = longer.iter();
            for line in lines(text) {
                assert!(
                    rest.any(|candidate| *candidate == line),
                    "{file}: {name} lost or moved: {line}"
                );
            }
        }
    }
}

/// The lines that must stay. An element of a JSON list that is no longer the last one gets a comma, and a new item may
/// show better how one starts.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut in_aliases, mut in_quick_start) = (false, false);
    for line in text.lines() {
        in_aliases |= line == "#[doc(hidden)]";
        in_quick_start |= line == "//! # Quick start";
        if !in_aliases && !in_quick_start && !line.is_empty() {
            lines.push(line.trim_end_matches(','));
        }
        in_aliases &= !line.ends_with(';');
        in_quick_start &= line != "//! ```";
    }
    lines
}

#[test]
fn a_variable_is_never_called_as_what_every_builder_has() {
    let runtime = fs::read_to_string(inputs::workspace().join("runtime/src/macros/client.rs")).unwrap();
    let methods: Vec<&str> = runtime
        .lines()
        .filter_map(|line| {
            line.trim_start()
                .strip_prefix("pub fn ")?
                .split(['(', '<'])
                .next()
        })
        .collect();
    assert!(
        methods.contains(&"base_url_of") && methods.contains(&"timeout"),
        "{methods:?}"
    );
    let variables: Vec<Value> = methods
        .iter()
        .map(|name| json!({"key": name, "value": "x"}))
        .collect();
    let item = json!({"name": "a", "request": "https://a.io"});
    let collection = json!({"info": {"name": "x"}, "item": [item], "variable": variables});
    let pressed = press::press_text("x.json", &collection.to_string()).unwrap();
    let text = pressed.text();
    for method in methods {
        let is_own = ["builder", "new", "inner", "replay"].contains(&method);
        assert!(
            is_own || !text.contains(&format!("pub fn {method}(self, ")),
            "{method}"
        );
    }
}

/// The examples in documentation are run: what the request needs that nobody gave a value must be given there.
#[test]
fn examples_give_what_values_of_settings_name() {
    let item = |name: &str, url: &str| {
        let answer = json!({"name": "OK", "code": 200, "body": "{}"});
        json!({"name": name, "request": url, "response": [answer]})
    };
    let items = [
        item("Versioned", "https://{{version}}.example.com/a"),
        item("Ported", "https://{{stage}}.example.com:{{port}}/a"),
    ];
    let values = [
        ("version", "v{{major}}"),
        ("major", "{{digit}}"),
        ("stage", "test"),
    ];
    let variables = values.map(|(key, value)| json!({"key": key, "value": value}));
    let collection = json!({"info": {"name": "x"}, "item": items, "variable": variables});
    let mut config = letterpress::config::Config::default();
    config.doc_tests = letterpress::config::DocTests::Below("x".to_owned());
    let pressed = press::press_configured("x.json", collection.to_string().as_bytes(), &config).unwrap();
    let text = pressed.text();
    let builders: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("/// # let client = ")?
                .split(".transport(")
                .next()
        })
        .collect();
    assert!(
        builders.contains(&r#"Client::builder().variable("digit", "x")"#),
        "{builders:?}"
    );
    assert!(
        builders.contains(&r#"Client::builder().variable("port", "8080")"#),
        "{builders:?}"
    );
}
