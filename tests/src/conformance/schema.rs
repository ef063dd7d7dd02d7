//! `schema DIR --cases FILE`: declared types take what their schemas allow, and never panic on what they do not.
//!
//! In: descriptions, and cases of JSON that somebody else judged: `{"file", "pointer", "direction", "status", "media_type", "valid",
//! "value"}`, one a line. Out: how many valid answers are decoded without a misfit and written back equal, how many valid bodies are
//! taken by the type that is sent and written back equal, and of how many invalid ones something is said. The rest is listed by reason.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use letterpress::config::Config;
use letterpress::diag::{Code, Sink};
use letterpress::infer::accepts::{decode, same};
use letterpress::infer::{Json, read};
use letterpress::ir::{Api, Body, BodyType, Operation, RawContent, Status, Type};
use letterpress::pipeline;
use serde_json::Value;

use super::{Failure, Report, parallel};

/// So many of a thousand valid cases may fail, each for a reason that is listed.
const TOLERATED: usize = 5;

/// As many of each reason are listed, where `LETTERPRESS_LISTED` does not say how many.
const LISTED: usize = 4;

/// A case.
struct Case {
    file: String,
    pointer: String,
    /// Method and path.
    operation: String,
    is_request: bool,
    status: Option<u16>,
    media_type: String,
    valid: bool,
    value: Value,
}

/// What became of a case.
enum Verdict {
    Passed,
    /// There is nothing of ours that could be asked.
    Skipped(&'static str),
    /// Why a valid one did not pass, in general and in particular.
    Failed(&'static str, String),
}

/// Checks the cases of a file against descriptions in a folder.
///
/// # Errors
///
/// If the file cannot be read as cases.
pub fn run(folder: &Path, cases: &Path) -> Result<Report, String> {
    let text = text(cases)?;
    let mut by_file: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let case =
            case(line).ok_or_else(|| format!("no case: {}", line.chars().take(200).collect::<String>()))?;
        by_file.entry(case.file.clone()).or_default().push(case);
    }
    let groups: Vec<(PathBuf, Vec<Case>)> = by_file
        .into_iter()
        .map(|(file, cases)| (folder.join(file), cases))
        .collect();
    let mut report = Report {
        stage: "schema",
        collections: groups.len(),
        items: groups.iter().map(|(_, cases)| cases.len()).sum(),
        ..Report::default()
    };
    let mut sum = Counts::default();
    for ((path, cases), outcome) in groups
        .iter()
        .zip(parallel::map(&groups, |(path, cases)| check(path, cases)))
    {
        match outcome.and_then(|verdicts| verdicts) {
            Ok(verdicts) => cases
                .iter()
                .zip(verdicts)
                .for_each(|(case, verdict)| sum.add(case, verdict)),
            Err(reason) => report.failures.push(Failure {
                collection: path.display().to_string(),
                reason,
            }),
        }
    }
    sum.tell(&mut report);
    Ok(report)
}

/// The text of a file, which may be compressed.
fn text(path: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    let bytes = std::fs::read(path).map_err(failed)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return String::from_utf8(bytes).map_err(|error| error.to_string());
    }
    let output = std::process::Command::new("gzip")
        .arg("-dc")
        .arg(path)
        .output()
        .map_err(failed)?;
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

fn case(line: &str) -> Option<Case> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Some(Case {
        file: text("file"),
        pointer: text("pointer"),
        operation: text("operation"),
        is_request: text("direction") == "request",
        // Of a range, a status that nobody names.
        status: text("status").replace("XX", "99").parse().ok(),
        media_type: text("media_type"),
        valid: value.get("valid")?.as_bool()?,
        value: value.get("value")?.clone(),
    })
}

fn check(path: &Path, cases: &[Case]) -> Result<Vec<Verdict>, String> {
    let mut sink = Sink::default();
    // A description of several files is the folder that its first file is in.
    let entry = if path.is_dir() {
        crate::inputs::collections(path)
            .ok()
            .and_then(|found| found.into_iter().next())
            .ok_or("no description in it")?
    } else {
        path.to_owned()
    };
    let input = letterpress::read(&entry, &mut sink).ok_or("it cannot be read")?;
    let (understood, diagnostics) = pipeline::inspect(&input, &Config::default());
    let Some((api, _)) = understood else {
        let empty = diagnostics
            .iter()
            .any(|found| found.code == Code::EmptyCollection);
        let skipped = cases
            .iter()
            .map(|_| Verdict::Skipped("of a description without operations"));
        return if empty {
            Ok(skipped.collect())
        } else {
            Err("it is refused".to_owned())
        };
    };
    let mut operations: BTreeMap<String, &Operation> = BTreeMap::new();
    let mut all = Vec::new();
    api.root.visit(&mut |operation| all.push(operation.clone()));
    for operation in &all {
        operations.insert(operation.place.at.token().to_owned(), operation);
        // One of another file stands elsewhere.
        let path = operation
            .url
            .base
            .get(operation.url.path_start..)
            .unwrap_or_default();
        operations.insert(format!("{} {}", operation.method, plain(path)), operation);
    }
    Ok(cases.iter().map(|case| judge(&api, &operations, case)).collect())
}

fn judge(api: &Api, operations: &BTreeMap<String, &Operation>, case: &Case) -> Verdict {
    if case.pointer.starts_with("/webhooks") || case.pointer.contains("/callbacks/") {
        return Verdict::Skipped("what the API calls (webhooks, callbacks)");
    }
    let (method, path) = case.operation.split_once(' ').unwrap_or_default();
    let found = operations
        .get(&case.pointer)
        .or_else(|| operations.get(&format!("{method} {}", plain(path))));
    let Some(operation) = found else {
        return Verdict::Failed("no operation", case.pointer.clone());
    };
    let ty = match ty(operation, case) {
        Ok(ty) => ty,
        Err(verdict) => return verdict,
    };
    let text = case.value.to_string();
    let Some(reading) = read(&text) else {
        return Verdict::Failed("not read", text);
    };
    let decoded = decode(&api.types, ty, &reading.json);
    if let Some(misfit) = decoded.drift.first() {
        let what = format!(
            "{}: {} where {} is expected",
            misfit.path, misfit.found, misfit.expected
        );
        return Verdict::Failed("misfit", what);
    }
    match decoded.value {
        Some(value) if same(&value, &reading.json) => Verdict::Passed,
        Some(value) => Verdict::Failed("not equal", different(&value, &reading.json, "")),
        None => Verdict::Failed("nothing", String::new()),
    }
}

/// A path without the names of its parameters, however they are written.
fn plain(path: &str) -> String {
    let segments = path.split('?').next().unwrap_or_default().split('/');
    let plain = segments.map(|segment| {
        if segment.starts_with(':') || segment.contains('{') {
            "{}"
        } else {
            segment
        }
    });
    plain.collect::<Vec<_>>().join("/")
}

/// The type that takes the JSON of a case.
fn ty<'a>(operation: &'a Operation, case: &Case) -> Result<&'a Type, Verdict> {
    if case.is_request {
        return match &operation.body {
            Body::Raw(raw) => match &raw.content {
                RawContent::Json(ty) => Ok(ty),
                RawContent::Text => Err(Verdict::Skipped("a body that is sent as text")),
            },
            Body::None
            | Body::File { .. }
            | Body::UrlEncoded { .. }
            | Body::FormData { .. }
            | Body::GraphQl(_) => Err(Verdict::Skipped(
                "a body that is no JSON, or sent as another media type",
            )),
        };
    }
    if matches!(case.status, Some(204 | 205 | 304)) || operation.method == "HEAD" {
        return Err(Verdict::Skipped("an answer that has no body"));
    }
    let outcomes = operation.results.iter().chain(&operation.errors);
    let is_for = |status: Status| match (status, case.status) {
        (Status::Exact(own), Some(status)) => own == status,
        (Status::Range(digit), Some(status)) => status / 100 == u16::from(digit),
        (Status::Rest, _) => true,
        (Status::Exact(_) | Status::Range(_), None) => false,
    };
    let mut outcomes: Vec<_> = outcomes.filter(|outcome| is_for(outcome.status)).collect();
    outcomes.sort_by_key(|outcome| outcome.status);
    match outcomes.first().map(|outcome| &outcome.body) {
        Some(BodyType::Json(ty) | BodyType::JsonInString(ty)) => Ok(ty),
        Some(BodyType::Text | BodyType::Bytes | BodyType::Empty | BodyType::Unknown) => {
            let media = &case.media_type;
            let is_json = media.ends_with("/json") || media.ends_with("+json");
            if is_json {
                Err(Verdict::Failed(
                    "no type",
                    format!("{} {:?}", case.pointer, case.status),
                ))
            } else {
                Err(Verdict::Skipped("an answer that is no JSON"))
            }
        }
        None => Err(Verdict::Failed(
            "no outcome",
            format!("{} {:?}", case.pointer, case.status),
        )),
    }
}

/// Where two values differ.
fn different(written: &Json, read: &Json, path: &str) -> String {
    match (written, read) {
        (Json::Object(a), Json::Object(b)) => {
            for (key, value) in b {
                let own = a.iter().find(|(own, _)| own == key).map(|(_, value)| value);
                match own {
                    Some(own) if same(own, value) => {}
                    Some(own) => return different(own, value, &format!("{path}.{key}")),
                    None if *value == Json::Null => {}
                    None => return format!("a member that is not declared is dropped: {path}.{key}"),
                }
            }
            format!("{path} differs")
        }
        (Json::Array(a), Json::Array(b)) => {
            let mut pairs = a.iter().zip(b).enumerate();
            match pairs.find(|(_, (a, b))| !same(a, b)) {
                Some((at, (a, b))) => different(a, b, &format!("{path}[{at}]")),
                None => format!("{path} has another length"),
            }
        }
        (a, b) => format!("{path}: {a:?} for {b:?}").chars().take(300).collect(),
    }
}

#[derive(Default)]
struct Counts {
    valid: BTreeMap<&'static str, (usize, usize)>,
    invalid: (usize, usize),
    skipped: BTreeMap<&'static str, usize>,
    reasons: BTreeMap<&'static str, Vec<String>>,
}

impl Counts {
    fn add(&mut self, case: &Case, verdict: Verdict) {
        let direction = if case.is_request { "requests" } else { "responses" };
        match (verdict, case.valid) {
            (Verdict::Skipped(why), _) => *self.skipped.entry(why).or_default() += 1,
            (verdict, true) => {
                let (passed, all) = self.valid.entry(direction).or_default();
                *all += 1;
                match verdict {
                    Verdict::Passed => *passed += 1,
                    Verdict::Failed(kind, reason) => {
                        let at = format!("{} {direction} {} {reason}", case.file, case.pointer);
                        self.reasons.entry(kind).or_default().push(at);
                    }
                    Verdict::Skipped(_) => {}
                }
            }
            (verdict, false) => {
                self.invalid.1 += 1;
                self.invalid.0 += usize::from(matches!(verdict, Verdict::Failed(..)));
            }
        }
    }

    fn tell(self, report: &mut Report) {
        let mut passed = 0;
        for (direction, (fine, all)) in &self.valid {
            passed += fine;
            let hundredths = fine * 10_000 / all.max(&1);
            let share = format!("{fine} of {all} ({}.{:02} %)", hundredths / 100, hundredths % 100);
            report.fact(&format!("valid {direction} without misfit and equal"), &share);
            if (all - fine) * 1_000 > all * TOLERATED {
                report.failures.push(Failure {
                    collection: format!("valid {direction}"),
                    reason: share,
                });
            }
        }
        report.fact(
            "invalid ones of which something is said",
            format!("{} of {}", self.invalid.0, self.invalid.1),
        );
        for (why, times) in &self.skipped {
            report.fact(&format!("not asked: {why}"), times);
        }
        let listed = std::env::var("LETTERPRESS_LISTED").ok();
        let listed = listed.and_then(|listed| listed.parse().ok()).unwrap_or(LISTED);
        for (kind, reasons) in &self.reasons {
            report.fact(&format!("valid, but {kind}"), reasons.len());
            for reason in reasons
                .iter()
                .step_by((reasons.len() / listed.max(1)).max(1))
                .take(listed)
            {
                report.fact("  such as", reason.chars().take(300).collect::<String>());
            }
        }
        report.passed_items = Some(passed + self.invalid.1 + self.skipped.values().sum::<usize>());
    }
}
