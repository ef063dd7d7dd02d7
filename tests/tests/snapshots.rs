//! Three snapshots per fixture: what was understood, what was written, and what was said about the input.
//!
//! A fixture is the smallest collection that shows one feature; its name says which. Read differences like
//! code: `cargo insta review`, or run with `INSTA_UPDATE=always` and look at `git diff`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use letterpress_tests::{inputs, press};

const KINDS: &[&str] = &["ir", "rust", "diagnostics"];

#[test]
fn ir() {
    each_fixture("ir", |path| press::understand(path).unwrap_or_else(|error| error));
}

#[test]
fn rust() {
    each_fixture("rust", |path| match press::press(path) {
        Ok(pressed) => pressed.text(),
        Err(error) => error,
    });
}

#[test]
fn diagnostics() {
    each_fixture("diagnostics", |path| match press::press(path) {
        Ok(pressed) => pressed.diagnostics.join("\n"),
        Err(error) => error,
    });
}

#[test]
fn the_seed() {
    let path = inputs::workspace().join("collections/zoom.postman_collection.json");
    let text = press::press(&path).unwrap().text();
    settings().bind(|| insta::assert_snapshot!("the_seed", text));
}

#[test]
fn no_snapshot_is_left_of_a_fixture_that_is_gone() {
    let mut expected = BTreeSet::from(["the_seed.snap".to_owned()]);
    for path in inputs::collections(&inputs::fixtures()).unwrap() {
        expected.extend(
            KINDS
                .iter()
                .map(|kind| format!("{}.snap", snapshot_name(kind, &path))),
        );
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let present = fs::read_dir(folder)
        .unwrap()
        .map(|entry| inputs::file_name(&entry.unwrap().path()));
    let present: BTreeSet<String> = present.filter(|name| !name.ends_with(".snap.new")).collect();
    assert_eq!(present, expected);
}

/// Compares all, and fails at the end, so that one run shows every difference.
fn each_fixture(kind: &str, show: impl Fn(&Path) -> String) {
    let fixtures = inputs::collections(&inputs::fixtures()).unwrap();
    assert!(!fixtures.is_empty());
    let mut different = Vec::new();
    for path in fixtures {
        let name = snapshot_name(kind, &path);
        let shown = show(&path);
        let compare = || settings().bind(|| insta::assert_snapshot!(name.clone(), shown));
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err() {
            different.push(name);
        }
    }
    assert!(
        different.is_empty(),
        "{} snapshots differ: {different:#?}",
        different.len()
    );
}

/// `auth/basic.json` → `auth-basic.ir`.
fn snapshot_name(kind: &str, path: &Path) -> String {
    let relative = path.strip_prefix(inputs::fixtures()).unwrap().with_extension("");
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    format!("{}.{kind}", parts.join("-"))
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings
}
