//! `letterpress generate`: writes a crate.

use std::process::ExitCode;

use letterpress::output::disk;

use super::{Crate, count, fail};

/// Writes what changed, removes what is stale.
pub(super) fn run(krate: &Crate) -> ExitCode {
    let Some(outcome) = krate.press() else {
        return ExitCode::FAILURE;
    };
    match disk::write(&krate.out, &outcome.files) {
        Ok(()) => {
            println!("{}: {}", krate.out.display(), count(outcome.files.len(), "file"));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&krate.out, &error),
    }
}
