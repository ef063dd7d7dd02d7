//! `letterpress watch`: presses a crate whenever its collection changes.
//!
//! In: what `generate` takes. Out: the crate, written at once and after every change. Changes are seen by looking at times and sizes of
//! files, twice a second unless another interval is said: of the collection, what lies beside it, and the files that it refers to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, SystemTime};

use clap::Args;
use letterpress::diag::Sink;

use super::{Crate, check, generate};

/// What to watch.
#[derive(Args)]
pub(super) struct Watch {
    #[command(flatten)]
    krate: Crate,
    /// Only checks the crate, and writes nothing.
    #[arg(long)]
    check: bool,
    /// How long to wait between looks at the files, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 500, value_parser = clap::value_parser!(u64).range(50..))]
    interval: u64,
}

/// Times and sizes of files.
type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Presses or checks until it is ended.
pub(super) fn run(watch: &Watch) -> ExitCode {
    let krate = match watch.krate.found() {
        Ok(krate) => krate,
        Err(code) => return code,
    };
    let collection = krate.collection().to_owned();
    let (mut seen, mut parts) = (None, Vec::new());
    loop {
        let now = look(&collection, &parts);
        if seen.as_ref() != Some(&now) {
            // Half of a file may be there yet: wait until nothing changes any more.
            thread::sleep(Duration::from_millis(watch.interval.min(200)));
            if look(&collection, &parts) == now {
                press(watch, &krate);
                let input = letterpress::read(&collection, &mut Sink::default());
                parts = input.map(|input| input.read_from().to_vec()).unwrap_or_default();
                // What changed or came while it was pressed is a change. Only files that it refers to were not looked at before.
                let mut pressed = now.clone();
                for path in parts.iter().filter(|path| !now.contains_key(*path)) {
                    note(path, &mut pressed);
                }
                seen = Some(pressed);
            }
        }
        thread::sleep(Duration::from_millis(watch.interval));
    }
}

fn press(watch: &Watch, krate: &Crate) {
    let code = if watch.check {
        check::check(krate, false)
    } else {
        generate::generate(krate, false)
    };
    let outcome = match (code == ExitCode::SUCCESS, watch.check) {
        (true, true) => "up to date",
        (true, false) => "pressed",
        (false, _) => "not as it should be",
    };
    println!("{}: {outcome}; waiting for changes", krate.collection().display());
}

/// What the files are like now.
fn look(collection: &Path, parts: &[PathBuf]) -> Seen {
    let mut seen = Seen::new();
    let folder = collection
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    look_in(folder.unwrap_or(Path::new(".")), &mut seen, false);
    if collection.is_dir() {
        look_in(collection, &mut seen, true);
    }
    for path in parts {
        note(path, &mut seen);
    }
    seen
}

/// Notes the files of a directory that may be read.
fn look_in(folder: &Path, seen: &mut Seen, deep: bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if deep && path.is_dir() {
            look_in(&path, seen, deep);
        } else if matches!(extension, Some("json" | "yaml" | "yml" | "toml" | "lock")) {
            note(&path, seen);
        }
    }
}

fn note(path: &Path, seen: &mut Seen) {
    if let Ok(metadata) = fs::metadata(path) {
        seen.insert(path.to_owned(), (metadata.modified().ok(), metadata.len()));
    }
}
