//! `letterpress check`: compares a crate with what would be written now.

use std::process::ExitCode;

use letterpress::output::disk::{self, Difference};

use super::{Crate, fail};

/// Names every file that differs.
pub(super) fn run(krate: &Crate) -> ExitCode {
    let Some(outcome) = krate.press() else {
        return ExitCode::FAILURE;
    };
    let differences = match disk::compare(&krate.out, &outcome.files) {
        Ok(differences) => differences,
        Err(error) => return fail(&krate.out, &error),
    };
    for difference in &differences {
        match difference {
            Difference::Missing(path) => println!("missing: {path}"),
            Difference::Stale(path) => println!("stale: {path}"),
            Difference::Extra(path) => println!("extra: {path}"),
        }
    }
    if differences.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "{} is not up to date; run `letterpress generate` with the same arguments",
        krate.out.display()
    );
    ExitCode::FAILURE
}
