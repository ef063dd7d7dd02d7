//! `letterpress generate`: writes a crate.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use letterpress::output::finished::Finished;
use letterpress::output::{File, disk};

use super::{Crate, Memory, Own, count, fail, lock};

/// What is said to `generate`.
#[derive(Args)]
pub(super) struct Generate {
    #[command(flatten)]
    krate: Crate,
    /// Replaces files that letterpress did not write, and a crate that was made from another collection.
    #[arg(long)]
    force: bool,
}

/// Writes what changed, removes what is stale.
pub(super) fn run(generate: &Generate) -> ExitCode {
    match generate.krate.found() {
        Ok(krate) => self::generate(&krate, generate.force),
        Err(code) => code,
    }
}

/// Writes a crate.
pub(super) fn generate(krate: &Crate, force: bool) -> ExitCode {
    let own = if force { Own::Replace } else { Own::Keep };
    // Beside what cargo builds, where nobody looks for sources, and nothing is checked in.
    let beside = krate.out().join("target/letterpress");
    let finished = Finished::open(krate.out(), &beside);
    let known = |path: &str, made_of| finished.as_ref()?.text(path, made_of);
    let Some(outcome) = krate.press(own, Memory::New, &known) else {
        return ExitCode::FAILURE;
    };
    let out = krate.out();
    if !force && let Some(other) = disk::other_source(out, &outcome.files) {
        eprintln!(
            "{}: this crate was made from {other}, not from {}\n  help: choose another directory, or replace it with \
             `--force`",
            out.display(),
            krate.collection().display()
        );
        return ExitCode::FAILURE;
    }
    let foreign = disk::foreign(out, &outcome.files);
    if !foreign.is_empty() && !force {
        eprintln!(
            "{}: not written by letterpress, but in its way: {}\n  help: choose another directory, or replace them with \
             `--force`",
            out.display(),
            foreign.join(", ")
        );
        return ExitCode::FAILURE;
    }
    match disk::write(out, &outcome.files) {
        Ok(()) => {
            keep(finished.as_ref(), &beside, &outcome.files);
            if !krate.quiet {
                println!("{}: {}", out.display(), count(outcome.files.len(), "file"));
                if let Some(said) = lock::stale(krate.collection(), &krate.settings) {
                    println!("{said}");
                }
                for own in [".gitattributes", ".gitignore"] {
                    if outcome.files.iter().all(|file| file.path != own) {
                        println!(
                            "{own} is not written by letterpress, and stays as it is; `--force` replaces it"
                        );
                    }
                }
            }
            ExitCode::SUCCESS
        }
        Err(error) => fail(out, &error),
    }
}

/// Remembers which files are finished. Where that cannot be done, the next run makes all of them again, and nothing is lost.
fn keep(finished: Option<&Finished>, beside: &Path, files: &[File]) {
    if let Some(finished) = finished {
        drop(fs::create_dir_all(beside).and_then(|()| finished.keep(files)));
    }
}
