//! Reads every collection of a corpus and compares what was understood with what Postman's own runtime ran:
//! the same items, in the same places, with the same methods.
//!
//! The corpus is no part of the repository: `LETTERPRESS_CORPUS` names its folder, by default one beside the workspace.

#![expect(clippy::unwrap_used, reason = "what fails in a test's helper fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use letterpress::config::Config;
use letterpress::diag::{Severity, Sink};
use letterpress::frontend::{self, Source};
use letterpress::ir::{Api, Operation};
use serde_json::Value;

#[test]
fn every_item_of_the_corpus_is_one_operation() {
    let Some(corpus) = corpus() else { return };
    let recordings = corpus.parent().unwrap().join("wire/corpus");
    let mut wrong = Vec::new();
    let (mut collections, mut operations) = (0, 0);
    for path in json_files(&corpus.join("collections")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Ok(recording) = fs::read_to_string(recordings.join(format!("{name}.jsonl"))) else {
            continue;
        };
        collections += 1;
        match read(&path) {
            Ok(api) => operations += compare(&name, &api, &recording, &mut wrong),
            Err(_) if recording.is_empty() => {}
            Err(said) => wrong.push(format!("{name}: {said}")),
        }
    }
    println!(
        "{collections} collections, {operations} operations, {} differences",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(collections > 0, "no recordings in {}", recordings.display());
}

#[test]
fn every_small_file_of_the_corpus_is_read_twice_alike() {
    const SMALL: u64 = 50_000;
    let Some(corpus) = corpus() else { return };
    let small = |path: &PathBuf| fs::metadata(path).unwrap().len() < SMALL;
    for path in json_files(&corpus.join("collections")).into_iter().filter(small) {
        let (first, second) = (read(&path), read(&path));
        assert_eq!(format!("{first:?}"), format!("{second:?}"), "{}", path.display());
    }
}

fn compare(name: &str, api: &Api, recording: &str, wrong: &mut Vec<String>) -> usize {
    let mut operations: BTreeMap<&str, &Operation> = BTreeMap::new();
    let mut count = 0;
    api.root.visit(&mut |operation| {
        let pointer = operation.place.at.token();
        operations.insert(pointer.strip_prefix("/collection").unwrap_or(pointer), operation);
        count += 1;
    });
    let records: Vec<Value> = recording
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    // A collection without any order is read in file order, where Postman's converter finds nothing.
    if count != records.len() && !records.is_empty() {
        wrong.push(format!("{name}: {count} operations, {} items", records.len()));
    }
    for record in &records {
        let pointer = record["item_pointer"].as_str().unwrap();
        let Some(operation) = operations.get(pointer) else {
            wrong.push(format!("{name}: {pointer} is missing"));
            continue;
        };
        if let Some(method) = record["method"].as_str()
            && method != operation.method
        {
            wrong.push(format!("{name}: {pointer}: {} is not {method}", operation.method));
        }
        let path: Vec<_> = record["item_path"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let breadcrumb: Vec<_> = operation.place.breadcrumb.iter().map(String::as_str).collect();
        if path != breadcrumb && path.last() != Some(&"") {
            wrong.push(format!("{name}: {pointer}: {breadcrumb:?} is not {path:?}"));
        }
    }
    count
}

fn read(path: &Path) -> Result<Api, String> {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut sink = Sink::default();
    let api = frontend::read(
        &Source::new(file, fs::read(path).unwrap()),
        &Config::default(),
        &mut sink,
    );
    let errors = sink
        .into_diagnostics()
        .into_iter()
        .filter(|found| found.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|found| found.message).collect();
    match api {
        Some(api) if errors.is_empty() => Ok(api),
        Some(_) | None => Err(errors.join("; ")),
    }
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files
}

fn corpus() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let corpus = std::env::var_os("LETTERPRESS_CORPUS")
        .map_or_else(|| workspace.join("../shared/corpus"), PathBuf::from);
    if corpus.join("collections").is_dir() {
        return Some(corpus);
    }
    eprintln!(
        "SKIPPED: there is no corpus at {}; set LETTERPRESS_CORPUS",
        corpus.display()
    );
    None
}
