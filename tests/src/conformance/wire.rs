//! The stage `wire`: every saved call of every collection makes the request that Postman made.
//!
//! In: collections, and a folder of recordings (`NAME.jsonl` for `NAME.json`), with the environments that they were
//! made with beside it (`../env`). Out: a report; what is different on purpose is counted by its name. A collection that
//! has no recording is compared with nothing.

use std::{collections::BTreeMap, path::Path};

use super::{Failure, Options, Report, parallel};
use crate::{
    inputs,
    wire::{self, Item, Verdict, World, recording},
};

/// Compares all collections that have a recording.
pub fn run(options: &Options) -> Report {
    let recordings = options.recordings.clone().unwrap_or_default();
    let mut report = Report {
        stage: "wire",
        collections: options.collections.len(),
        ..Report::default()
    };
    let (mut passed, mut listed, mut rules) = (0, BTreeMap::<_, usize>::new(), BTreeMap::<_, usize>::new());
    let outcomes = parallel::map(&options.collections, |path| one(path, &recordings));
    for (path, outcome) in options.collections.iter().zip(outcomes) {
        let collection = inputs::file_name(path);
        let items = match outcome.and_then(|items| items) {
            Ok(items) => items,
            Err(reason) => {
                report.failures.push(Failure { collection, reason });
                continue;
            }
        };
        for item in items {
            report.items += 1;
            match &item.verdict {
                Verdict::Equal => passed += 1,
                Verdict::Listed(name) => *listed.entry(*name).or_default() += 1,
                Verdict::Different(differences) => {
                    for difference in differences {
                        *rules.entry(difference.rule).or_default() += 1;
                    }
                    let collection = collection.clone();
                    let reason = reason(&item);
                    report.failures.push(Failure { collection, reason });
                }
            }
        }
    }
    report.passed_items = Some(passed);
    for (name, count) in listed {
        report.fact(&format!("listed difference `{name}`"), count);
    }
    for (rule, count) in rules {
        report.fact(&format!("mismatches of {rule}"), count);
    }
    report
}

/// Compares one collection with its recording.
fn one(path: &Path, recordings: &Path) -> Result<Vec<Item>, String> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let recording = recordings.join(format!("{stem}.jsonl"));
    if !recording.exists() {
        return Ok(Vec::new());
    }
    let records = recording::read(&String::from_utf8_lossy(&read(&recording)?))?;
    let environment = recordings
        .join("../env")
        .join(format!("{stem}.postman_environment.json"));
    let given = std::fs::read_to_string(environment).unwrap_or_default();
    let world = World {
        given: wire::world::variables(&given),
        ..World::default()
    };
    wire::run(&inputs::file_name(path), &read(path)?, &records, &world)
}

/// What differs in an item, readable.
pub fn reason(item: &Item) -> String {
    let Verdict::Different(differences) = &item.verdict else {
        return String::new();
    };
    let mut reason = format!("{} ({})", item.pointer, item.path);
    for difference in differences {
        reason.push_str(&format!(
            "\n  {}\n    Postman: {:?}\n    here:    {:?}",
            difference.rule,
            cut(&difference.expected),
            cut(&difference.found),
        ));
    }
    reason
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    text.chars().take(700).collect()
}
