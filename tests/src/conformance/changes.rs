//! `changes DIR`: the verdict of `letterpress diff` agrees with that of a judge who knows nothing of it.
//!
//! In: a folder of collections, a seed, and how many edits. Out: a failure for each edit on which both disagree, and how often each verdict
//! was given. Edits are those that people make in Postman; the judge compares what both crates show, with every path of a type resolved.

mod edit;
mod judge;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use letterpress::config::{Config, DocsLevel};
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};
use serde_json::Value;

use super::{Failure, Report};
use crate::inputs;
use edit::Random;

/// Larger collections take long, and have no other edits.
const LARGEST: u64 = 400_000;

/// Makes edits, and compares verdicts.
pub fn run(collections: &[PathBuf], work: &Path, seed: u64, edits: usize) -> Report {
    let is_small = |path: &&PathBuf| fs::metadata(path).is_ok_and(|found| found.len() < LARGEST);
    let collections: Vec<&PathBuf> = collections.iter().filter(is_small).collect();
    let mut random = Random::new(seed);
    let mut report = Report {
        stage: "changes",
        collections: collections.len(),
        ..Report::default()
    };
    let (mut verdicts, mut passed) = (BTreeMap::<String, usize>::new(), 0);
    while report.items < edits && !collections.is_empty() {
        let path = collections[random.below(collections.len())];
        let text = fs::read_to_string(path).unwrap_or_default();
        let Ok(before) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
            continue;
        };
        let mut after = before.clone();
        let Some(edit) = edit::edit(&mut after, &mut random).filter(|_| after != before) else {
            continue;
        };
        let Some(sides) = press(&before).zip(press(&after)) else {
            continue;
        };
        report.items += 1;
        let judged = judge::judge(&sides.0, &sides.1);
        match said(&before, &after, work) {
            Ok(verdict) if verdict == judged.verdict => {
                passed += 1;
                *verdicts.entry(format!("{edit}: {verdict}")).or_default() += 1;
            }
            Ok(verdict) => report.failures.push(Failure {
                collection: inputs::file_name(path),
                reason: format!(
                    "{edit}: diff says {verdict}, the judge {}\n{}",
                    judged.verdict, judged.why
                ),
            }),
            Err(reason) => report.failures.push(Failure {
                collection: inputs::file_name(path),
                reason,
            }),
        }
    }
    report.passed_items = Some(passed);
    for (verdict, times) in verdicts {
        report.fact(&verdict, times);
    }
    report
}

/// The files of a collection's crate; `None` if it gives none.
fn press(collection: &Value) -> Option<Vec<(String, String)>> {
    let input = Input::new(Source::new("it.json", collection.to_string()));
    let config = Config {
        docs: DocsLevel::Brief,
        ..Config::default()
    };
    let outcome = pipeline::generate_crate(&input, &config, Some("client"));
    let files = outcome
        .files
        .iter()
        .map(|file| (file.path.clone(), file.text.clone()));
    (!outcome.has_errors()).then(|| files.collect())
}

/// What `letterpress diff` says.
fn said(before: &Value, after: &Value, work: &Path) -> Result<String, String> {
    let write = |side: &str, collection: &Value| {
        let folder = work.join("changes").join(side);
        let file = folder.join("it.json");
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&file, collection.to_string()))
            .map(|()| file)
            .map_err(|error| format!("{}: {error}", folder.display()))
    };
    let (old, new) = (write("old", before)?, write("new", after)?);
    let mut diff = Command::new(env!("CARGO"));
    diff.args([
        "run",
        "--quiet",
        "--package",
        "letterpress",
        "--features",
        "cli",
        "--bin",
        "letterpress",
    ]);
    diff.args(["--", "diff", "--json"])
        .args([old, new])
        .current_dir(inputs::workspace());
    let output = diff.output().map_err(|error| error.to_string())?;
    let found: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("diff failed: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(found["verdict"].as_str().unwrap_or_default().to_owned())
}
