//! Stage `fmt`: generated crates are as rustfmt would print them.
//!
//! In: collections. Out: a failure for each whose crate `cargo fmt --check` would change, with what it would change. The
//! crate is the one that `letterpress generate` writes, without a configuration of rustfmt.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use letterpress::config::{Config, DocTests};
use letterpress::diag::Sink;
use letterpress::output::disk;
use letterpress::pipeline;

use super::generate::NO_ITEMS;
use super::{Failure, Options, Report, parallel};
use crate::inputs;

/// So many lines of what would be changed are kept.
const KEPT: usize = 40;

/// Runs the stage.
pub fn run(options: &Options) -> Report {
    let work = options.work.join("fmt");
    let numbered: Vec<_> = options.collections.iter().enumerate().collect();
    let outcomes = parallel::map(&numbered, |(index, path)| {
        check(path, &work.join(format!("c{index:04}")))
    });
    let mut report = Report {
        stage: "fmt",
        collections: options.collections.len(),
        ..Report::default()
    };
    let (mut files, mut lines) = (0, 0);
    for (path, outcome) in options.collections.iter().zip(outcomes) {
        let collection = inputs::file_name(path);
        match outcome.and_then(|checked| checked) {
            Ok(Some(written)) => {
                report.items += 1;
                files += written.files;
                lines += written.lines;
            }
            Ok(None) => report.fact("refused, having no requests", collection),
            Err(reason) => report.failures.push(Failure { collection, reason }),
        }
    }
    report.fact("files of Rust", files);
    report.fact("lines of Rust", lines);
    report
}

/// What was formatted.
struct Written {
    files: usize,
    lines: usize,
}

/// The crate of this collection, if it has one and is well formatted.
fn check(path: &Path, out: &Path) -> Result<Option<Written>, String> {
    let mut sink = Sink::default();
    let shown = |diagnostics: Vec<_>| {
        let texts = diagnostics
            .iter()
            .map(|diagnostic: &letterpress::diag::Diagnostic| diagnostic.message.clone());
        texts.collect::<Vec<_>>().join("\n")
    };
    let Some(input) = letterpress::read(path, &mut sink) else {
        return Err(shown(sink.into_diagnostics()));
    };
    let config = Config {
        doc_tests: DocTests::IfCrate,
        ..Config::default()
    };
    let outcome = pipeline::generate_crate(&input, &config, Some("pressed"));
    if outcome.has_errors() {
        let none = outcome
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code.as_str() == NO_ITEMS);
        return if none {
            Ok(None)
        } else {
            Err(shown(outcome.diagnostics))
        };
    }
    let failed = |error: io::Error| format!("{}: {error}", out.display());
    match std::fs::remove_dir_all(out) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        Ok(()) | Err(_) => {}
    }
    disk::write(out, &outcome.files).map_err(failed)?;
    alone(out).map_err(failed)?;
    format(out)?;
    let rust = outcome.files.iter().filter(|file| {
        Path::new(&file.path)
            .extension()
            .is_some_and(|extension| extension == "rs")
    });
    let lines = rust.clone().map(|file| file.text.lines().count()).sum();
    let files = rust.count();
    Ok(Some(Written { files, lines }))
}

/// Keeps what lies in the folders above out of it: a workspace, and a configuration of rustfmt.
fn alone(krate: &Path) -> io::Result<()> {
    let manifest = krate.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)?;
    std::fs::write(manifest, text + "\n[workspace]\n")?;
    std::fs::write(krate.join("rustfmt.toml"), "")
}

/// What `cargo fmt --check` says of a crate.
fn format(krate: &Path) -> Result<(), String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["fmt", "--check", "--manifest-path"])
        .arg(krate.join("Cargo.toml"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run cargo fmt: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    Err(said.lines().take(KEPT).collect::<Vec<_>>().join("\n"))
}
