//! What shells, manuals and editors need: `letterpress completions SHELL`, `letterpress man DIR`, `letterpress schema`.
//!
//! In: the command line's own description. Out: text that other programs read.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::fail;

/// For which shell.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints a script for the shell.
pub(super) fn completions(completions: &Completions, mut command: Command) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut command, "letterpress", &mut script);
    print!("{}", String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}

/// Where to.
#[derive(Args)]
pub(super) struct Man {
    /// The directory; it is made if it is not there.
    dir: PathBuf,
}

/// Writes a page for each command.
pub(super) fn man(man: &Man, command: Command) -> ExitCode {
    let written = fs::create_dir_all(&man.dir).and_then(|()| clap_mangen::generate_to(command, &man.dir));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&man.dir, &error),
    }
}

/// Prints the JSON Schema of `letterpress.toml`.
pub(super) fn schema() -> ExitCode {
    println!("{:#}", letterpress::config::file::schema());
    ExitCode::SUCCESS
}
