//! Collections that are folders of YAML files (v3).
//!
//! In: paths. Out: whether a folder is a collection, and the files of one that is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::frontend;

/// Deeper folders are no part of a collection.
const MAX_DEPTH: usize = 60;

/// A collection has no more files than this.
const MOST: usize = 200_000;

/// So many entries are looked at to see whether a folder is a collection.
const MOST_SEEN: usize = 20_000;

/// The files of a collection, by their path in its folder, with `/` between steps.
pub fn files(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    walk(folder, "", 0, MOST, &mut |path, file| {
        if frontend::is_of_folder(path) {
            files.push((path.to_owned(), fs::read(file)?));
        }
        Ok(true)
    })?;
    files.sort();
    Ok(files)
}

/// Whether there is a request anywhere below a folder.
pub fn holds_requests(folder: &Path) -> bool {
    holds(folder, MAX_DEPTH)
}

/// Whether there is a request, or what a folder of requests says of itself, as many levels below.
fn holds(folder: &Path, levels: usize) -> bool {
    let mut found = false;
    let start = MAX_DEPTH.saturating_sub(levels);
    let walked = walk(folder, "", start, MOST_SEEN, &mut |path, _| {
        found = frontend::is_of_folder(path);
        Ok(!found)
    });
    walked.is_ok() && found
}

/// Calls for every file below, until it says that it has seen enough.
fn walk(
    folder: &Path,
    above: &str,
    depth: usize,
    most: usize,
    see: &mut dyn FnMut(&str, &Path) -> io::Result<bool>,
) -> io::Result<bool> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)?.take(most) {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string() {
            entries.push((name, entry));
        }
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, entry) in entries {
        let path = format!("{above}{name}");
        // What a link leads to may be above it.
        let kind = entry.file_type()?;
        let goes_on = if kind.is_dir() && depth < MAX_DEPTH && !is_foreign(&name) {
            walk(&entry.path(), &format!("{path}/"), depth + 1, most, see)?
        } else if kind.is_dir() {
            true
        } else {
            see(&path, &entry.path())?
        };
        if !goes_on {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Directories that hold nothing of a collection and may be large.
fn is_foreign(name: &str) -> bool {
    ["target", "node_modules"].contains(&name) || name.starts_with('.') && name != ".resources"
}

/// The folders of a directory that are collections: they have a request or a folder of requests in them, or say of themselves that
/// they are one.
pub fn collections(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_hidden = name
            .to_str()
            .is_none_or(|name| is_foreign(name) || name == ".resources");
        if entry.file_type()?.is_dir() && !is_hidden && holds(&entry.path(), 1) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
