//! Stage `secrets`: credentials do not come through, and nothing else is taken out.
//!
//! Each collection is pressed with a text of its own at every place that holds one: where a literal would be a credential
//! one that looks random, elsewhere one that looks like what stood there. In: collections. Out: how many of the first
//! came through (none may), and how many of the second were taken out that are in the output where credentials are kept
//! (one in a hundred may). Which place is which is judged here by rules of its own, not by the generator's.

mod canary;
mod judge;
mod plant;
mod texts;
mod used;

use std::path::PathBuf;

use letterpress::config::Config;
use letterpress::diag::render;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};
use serde_json::Value;

use self::plant::{Planted, plant};
use super::{Failure, Options, Report, parallel};
use crate::inputs;

/// As many of each kind are listed.
const LISTED: usize = 60;

/// One of so many ordinary texts may be taken out.
const TOLERATED: usize = 100;

/// The file of variables that each collection is pressed with.
const ENVIRONMENT: &str = "planted.postman_environment.json";

/// Runs the stage.
pub fn run(options: &Options) -> Report {
    let mut report = Report {
        stage: "secrets",
        collections: options.collections.len(),
        ..Report::default()
    };
    let mut sum = Found::default();
    let (mut came_through, mut taken_out) = (Vec::new(), Vec::new());
    let outcomes = parallel::map(&options.collections, check);
    for (path, outcome) in options.collections.iter().zip(outcomes) {
        let collection = inputs::file_name(path);
        let named = |place: String| (collection.clone(), place);
        match outcome.and_then(|found| found) {
            Ok(found) => {
                sum.add(&found);
                came_through.extend(found.came_through.into_iter().map(named));
                taken_out.extend(found.taken_out.into_iter().map(named));
            }
            Err(reason) => report.failures.push(Failure { collection, reason }),
        }
    }
    report.items = sum.credentials + sum.ordinary;
    report.passed_items = Some(report.items - came_through.len() - taken_out.len());
    report.fact(
        "not pressed, being a folder, no JSON or without requests",
        sum.skipped,
    );
    report.fact("credentials planted", sum.credentials);
    report.fact("of these shown if kept", sum.credentials_shown);
    report.fact("came through", came_through.len());
    report.fact("ordinary texts planted", sum.ordinary);
    report.fact("of these shown if kept", sum.ordinary_shown);
    let hundredths = taken_out.len() * 10_000 / sum.ordinary_shown.max(1);
    let share = format!("{}.{:02} %", hundredths / 100, hundredths % 100);
    report.fact("taken out by mistake", format!("{} ({share})", taken_out.len()));
    list(&mut report, "taken out", &taken_out);
    let too_many = taken_out.len() * TOLERATED > sum.ordinary_shown;
    report.failures.extend(
        came_through
            .iter()
            .take(LISTED)
            .map(|(collection, place)| Failure {
                collection: collection.clone(),
                reason: format!("a credential came through: {place}"),
            }),
    );
    if too_many {
        report.failures.push(Failure {
            collection: "all".to_owned(),
            reason: format!("{share} of ordinary texts were taken out"),
        });
    }
    report
}

fn list(report: &mut Report, name: &str, found: &[(String, String)]) {
    for (collection, place) in found.iter().take(LISTED) {
        report.fact(name, format!("{collection}: {place}"));
    }
    if let Some(more @ 1..) = found.len().checked_sub(LISTED) {
        report.fact(name, format!("and {more} more"));
    }
}

/// What was found in one collection, or in all.
#[derive(Default)]
struct Found {
    skipped: usize,
    credentials: usize,
    credentials_shown: usize,
    ordinary: usize,
    ordinary_shown: usize,
    /// Places of credentials that are in the output.
    came_through: Vec<String>,
    /// Places of ordinary texts that are not.
    taken_out: Vec<String>,
}

impl Found {
    fn add(&mut self, other: &Self) {
        self.skipped += other.skipped;
        self.credentials += other.credentials;
        self.credentials_shown += other.credentials_shown;
        self.ordinary += other.ordinary;
        self.ordinary_shown += other.ordinary_shown;
    }
}

fn check(path: &PathBuf) -> Result<Found, String> {
    let skipped = Found {
        skipped: 1,
        ..Found::default()
    };
    if path.is_dir() {
        return Ok(skipped);
    }
    let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let text = String::from_utf8_lossy(&bytes);
    let Ok(mut document) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
        return Ok(skipped);
    };
    let (planted, environment) = plant(&mut document);
    let file = inputs::file_name(path);
    let press = |keep| pressed(&file, &document, &environment, keep);
    let (Some(shown), Some(kept)) = (press(false), press(true)) else {
        return Ok(skipped);
    };
    Ok(compare(&planted, &shown, &kept))
}

/// Everything that is written and said of a collection; `None` if it is refused.
fn pressed(file: &str, document: &Value, environment: &Value, keep: bool) -> Option<String> {
    let config = Config {
        keep_credentials: keep,
        ..Config::default()
    };
    let mut source = Source::new(file, document.to_string());
    source.environments = vec![(ENVIRONMENT.to_owned(), environment.to_string().into_bytes())];
    let outcome = pipeline::generate_crate(&Input::new(source), &config, Some("planted"));
    let files = outcome.files.iter().map(|file| file.text.clone());
    let said = outcome.diagnostics.iter().map(render::full);
    (!outcome.has_errors()).then(|| files.chain(said).collect())
}

fn compare(planted: &[Planted], shown: &str, kept: &str) -> Found {
    let mut found = Found::default();
    let (shown, kept) = (texts::Pieces::new(shown), texts::Pieces::new(kept));
    for Planted {
        needle,
        place,
        is_credential,
    } in planted
    {
        let is_kept = kept.hold(needle);
        let is_shown = shown.hold(needle);
        if *is_credential {
            found.credentials += 1;
            found.credentials_shown += usize::from(is_kept);
            found.came_through.extend(is_shown.then(|| place.clone()));
        } else {
            found.ordinary += 1;
            found.ordinary_shown += usize::from(is_kept);
            found
                .taken_out
                .extend((is_kept && !is_shown).then(|| place.clone()));
        }
    }
    found
}
