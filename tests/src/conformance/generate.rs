//! Stage `generate`: every collection gives a client with one function per request, the same each time.
//!
//! It passes if generation succeeds, the output parses as Rust, functions equal requests (counted by
//! [`crate::count`]), and a second run from another place gives the same bytes.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Failure, Options, Report, parallel};
use crate::{count, inputs, press};

/// Runs the stage.
pub fn run(options: &Options) -> Report {
    let started = Instant::now();
    let outcomes = parallel::map(&options.collections, check);
    let mut report = Report {
        stage: "generate",
        collections: options.collections.len(),
        ..Report::default()
    };
    let mut sum = Counts::default();
    for (path, outcome) in options.collections.iter().zip(outcomes) {
        match outcome.and_then(|checked| checked) {
            Ok(counts) => sum.add(&counts),
            Err(reason) => report.failures.push(Failure {
                collection: inputs::file_name(path),
                reason,
            }),
        }
    }
    report.items = sum.requests;
    report.fact("functions", sum.functions);
    report.fact("requests", sum.requests);
    report.fact("refused, having no requests", sum.empty);
    report.fact("diagnostics", sum.diagnostics);
    report.fact("generated files", sum.files);
    report.fact("generated lines", sum.lines);
    report.fact("input megabytes", sum.input_bytes / 1_000_000);
    report.fact(
        "seconds generating",
        format!("{:.2} (sum over threads, once each)", sum.seconds),
    );
    report.fact("seconds", format!("{:.1}", started.elapsed().as_secs_f64()));
    report.fact("peak memory", peak_memory());
    report
}

/// The code of the error that a collection without requests must give.
pub const NO_ITEMS: &str = "PM0004";

#[derive(Default)]
struct Counts {
    empty: usize,
    functions: usize,
    requests: usize,
    diagnostics: usize,
    files: usize,
    lines: usize,
    input_bytes: usize,
    seconds: f64,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.empty += other.empty;
        self.functions += other.functions;
        self.requests += other.requests;
        self.diagnostics += other.diagnostics;
        self.files += other.files;
        self.lines += other.lines;
        self.input_bytes += other.input_bytes;
        self.seconds += other.seconds;
    }
}

fn check(path: &PathBuf) -> Result<Counts, String> {
    let started = Instant::now();
    let (requests, input_bytes) = if path.is_dir() {
        count::requests_of_tree(path)
    } else {
        let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
        let requests =
            count::requests_beside(&String::from_utf8_lossy(&bytes), path.parent().unwrap_or(path));
        (
            requests.ok_or("the independent counter finds no JSON in it")?,
            bytes.len(),
        )
    };
    let pressed = match press::press(path) {
        Err(reason) if requests == 0 && reason.contains(NO_ITEMS) => {
            return Ok(Counts {
                empty: 1,
                ..Counts::default()
            });
        }
        pressed => pressed?,
    };
    let seconds = started.elapsed().as_secs_f64();
    if pressed.functions() != requests {
        return Err(format!(
            "{} functions for {requests} requests",
            pressed.functions()
        ));
    }
    pressed.must_parse()?;
    if pressed.files != press_elsewhere(path)?.files {
        return Err("a second run from another folder gave other bytes".to_owned());
    }
    Ok(Counts {
        functions: pressed.functions(),
        requests,
        diagnostics: pressed.diagnostics.len(),
        files: pressed.files.len(),
        lines: pressed.files.iter().map(|(_, text)| text.lines().count()).sum(),
        input_bytes,
        seconds,
        empty: 0,
    })
}

/// Presses the collection under a path that is spelled differently.
fn press_elsewhere(path: &Path) -> Result<press::Pressed, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = folder
        .canonicalize()
        .ok()
        .and_then(|folder| folder.file_name().map(PathBuf::from));
    let detour = folder.join("..").join(name.unwrap_or_default());
    press::press(&detour.join(path.file_name().unwrap_or_default()))
}

/// The most memory this process ever had, where the system tells.
pub fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(
        || "unknown on this system".to_owned(),
        |value| value.trim().to_owned(),
    )
}
