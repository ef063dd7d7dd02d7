//! `letterpress lock`: writes the public names of clients down, so that they stay.
//!
//! In: collections. Out: `letterpress.lock` beside each, with its names, those of other collections as they were; what is new in it
//! and what is gone is said. The functions here say for `check` and `generate` as well how far the file is from what would be written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use letterpress::config::lock::{HEAD, is_of};
use letterpress::pipeline::{self, Names};

use super::{Settings, Verbosity, count, fail, read, report};

/// The file's name.
const FILE: &str = "letterpress.lock";

/// What to lock.
#[derive(Args)]
pub(super) struct Lock {
    /// Collections whose names are to stay.
    #[arg(required = true)]
    collections: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

/// Writes the file beside each collection.
pub(super) fn run(lock: &Lock) -> ExitCode {
    for collection in &lock.collections {
        let Some(input) = read(collection, Verbosity::Errors) else {
            return ExitCode::FAILURE;
        };
        let (names, diagnostics) = pipeline::names(&input, &lock.settings.config());
        report(&diagnostics, Verbosity::Errors);
        let Some(names) = names else {
            return ExitCode::FAILURE;
        };
        let path = beside(collection);
        let present = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return fail(&path, &error),
        };
        let stale = Stale::of(&present, &names);
        if let Err(error) = fs::write(&path, merged(&present, &names)) {
            return fail(&path, &error);
        }
        println!(
            "{}: {} of `{}`, {} new, {} gone",
            path.display(),
            count(names.lines.len(), "name"),
            names.module,
            stale.new.len(),
            stale.gone.len()
        );
        for name in &stale.gone {
            println!("  gone: {name}");
        }
    }
    ExitCode::SUCCESS
}

/// The file beside a collection.
pub(super) fn beside(collection: &Path) -> PathBuf {
    collection.with_file_name(FILE)
}

/// The file with the lines of one module as they are now.
fn merged(present: &str, names: &Names) -> String {
    let others = present.lines().map(str::trim);
    let others = others.filter(|line| !line.is_empty() && *line != HEAD && !is_of(line, &names.module));
    let mut lines: BTreeSet<&str> = others.collect();
    lines.extend(names.lines.iter().map(String::as_str));
    let lines = [HEAD].into_iter().chain(lines).collect::<Vec<_>>();
    lines.join("\n") + "\n"
}

/// How a file differs from what would be written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stale {
    /// Names that it does not have.
    new: Vec<String>,
    /// Names that nothing has any more.
    gone: Vec<String>,
    /// Names of what is known by something else now.
    changed: Vec<String>,
}

impl Stale {
    fn of(present: &str, names: &Names) -> Self {
        let own = present
            .lines()
            .map(str::trim)
            .filter(|line| is_of(line, &names.module));
        let (present, wanted): (BTreeSet<&str>, BTreeSet<&str>) =
            (own.collect(), names.lines.iter().map(String::as_str).collect());
        let key = |line: &&str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let keys = |lines: &BTreeSet<&str>| lines.iter().map(key).collect::<BTreeSet<_>>();
        let (present_keys, wanted_keys) = (keys(&present), keys(&wanted));
        let changed = wanted
            .difference(&present)
            .map(key)
            .filter(|key| present_keys.contains(key));
        let name = |key: &String| key.split(' ').next().unwrap_or_default().to_owned();
        Self {
            new: wanted_keys.difference(&present_keys).map(name).collect(),
            gone: present_keys.difference(&wanted_keys).map(name).collect(),
            changed: changed.map(|key| name(&key)).collect(),
        }
    }

    /// What differs in a line; `None` if nothing does.
    fn said(&self) -> Option<String> {
        let parts = [
            ("is not in it yet", "are not in it yet", &self.new),
            ("no longer exists", "no longer exist", &self.gone),
            (
                "is known by another name or path now",
                "are known by other names or paths now",
                &self.changed,
            ),
        ];
        let said = parts.into_iter().filter_map(|(one, many, names)| {
            let first = names.first()?;
            Some(match names.len() {
                1 => format!("{first} {one}"),
                more => format!("{first} and {} more {many}", more - 1),
            })
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}

/// How the file beside a collection differs from what would be written; `None` if it does not, or there is none.
pub(super) fn stale(collection: &Path, settings: &Settings) -> Option<String> {
    let path = beside(collection);
    let present = fs::read_to_string(&path).ok()?;
    let input = read(collection, Verbosity::Errors)?;
    let (names, _) = pipeline::names(&input, &settings.config());
    let said = Stale::of(&present, &names?).said()?;
    Some(format!("{}: {said}; run `letterpress lock`", path.display()))
}
