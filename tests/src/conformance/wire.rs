//! The stage `wire`: every saved call of every collection makes the request that Postman made.
//!
//! In: collections, and a folder of recordings (`NAME.jsonl` for `NAME.json`), with the environments that they were
//! made with beside it (`../env`). Out: a report; what is different on purpose is counted by its name. A collection that
//! has no recording is compared with nothing. The calls are made by generated clients over a socket (`drive`), or, for a
//! quick answer, by the engine alone in this process.

use std::{collections::BTreeMap, path::Path};

use super::{
    Failure, Options, Report,
    drive::{self, Found},
    parallel,
};
use crate::{
    inputs,
    wire::{self, Item, Verdict, recording},
};

/// Compares all collections that have a recording.
pub fn run(options: &Options) -> Report {
    let recordings = options.recordings.clone().unwrap_or_default();
    let mut report = Report {
        stage: "wire",
        collections: options.collections.len(),
        ..Report::default()
    };
    let found = if options.in_process {
        Ok(in_process(options, &recordings))
    } else {
        drive::run(options, &recordings)
    };
    let found = found.unwrap_or_else(|reason| {
        let collection = "drivers".to_owned();
        report.failures.push(Failure { collection, reason });
        Vec::new()
    });
    let mut passed = 0;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for Found {
        collection,
        verdict,
        names,
        reason,
    } in found
    {
        report.items += usize::from(verdict != "failed");
        let kind = match verdict.as_str() {
            "equal" => {
                passed += 1;
                continue;
            }
            "listed" => "listed difference",
            _ => {
                report.failures.push(Failure { collection, reason });
                "mismatches of"
            }
        };
        for name in names {
            *counts.entry(format!("{kind} `{name}`")).or_default() += 1;
        }
    }
    report.passed_items = Some(passed);
    for (name, count) in counts {
        report.fact(&name, count);
    }
    report
}

/// Compares what the engine makes of what is understood.
fn in_process(options: &Options, recordings: &Path) -> Vec<Found> {
    let outcomes = parallel::map(&options.collections, |path| one(path, recordings));
    let mut found = Vec::new();
    for (path, outcome) in options.collections.iter().zip(outcomes) {
        let collection = inputs::file_name(path);
        match outcome.and_then(|items| items) {
            Ok(items) => found.extend(items.iter().map(|item| found_of(&collection, item))),
            Err(reason) => found.push(Found {
                collection,
                verdict: "failed".to_owned(),
                names: Vec::new(),
                reason,
            }),
        }
    }
    found
}

/// What became of an item, as drivers print it.
pub fn found_of(collection: &str, item: &Item) -> Found {
    let (verdict, names) = match &item.verdict {
        Verdict::Equal => ("equal", Vec::new()),
        Verdict::Listed(name) => ("listed", vec![(*name).to_owned()]),
        Verdict::Different(differences) => {
            let rules = differences.iter().map(|difference| difference.rule.to_owned());
            ("different", rules.collect())
        }
    };
    Found {
        collection: collection.to_owned(),
        verdict: verdict.to_owned(),
        names,
        reason: reason(item),
    }
}

/// Compares one collection with its recording.
fn one(path: &Path, recordings: &Path) -> Result<Vec<Item>, String> {
    let (world, records) = recording::of(path, recordings)?;
    wire::run(&inputs::source(path)?, &records, &world)
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
