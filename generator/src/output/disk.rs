//! Files on disk: written if they changed, removed if nobody generates them any more, compared for `check`.
//!
//! In: generated files and the directory they belong in. Out: what was done or differs. What does not bear our
//! mark in its first line is never touched.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::parallel::in_parallel;
use super::{File, MARK, source};

/// How a file on disk differs from what would be generated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is not there.
    Missing(String),
    /// It holds something else.
    Stale(String),
    /// Nobody generates it any more.
    Extra(String),
}

/// Writes what changed and removes what is stale.
pub fn write(folder: &Path, files: &[File]) -> io::Result<()> {
    let written = in_parallel(files, |file| write_one(folder, file));
    written.into_iter().collect::<io::Result<()>>()?;
    for extra in extra(folder, files)? {
        let path = folder.join(&extra);
        fs::remove_file(&path)?;
        remove_empty(folder, path.parent());
    }
    Ok(())
}

fn write_one(folder: &Path, file: &File) -> io::Result<()> {
    let path = folder.join(&file.path);
    if fs::read(&path).is_ok_and(|present| holds(&present, &file.text)) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(&path, &file.text)
}

/// What `write` would change.
pub fn compare(folder: &Path, files: &[File]) -> io::Result<Vec<Difference>> {
    let mut differences = Vec::new();
    for file in files {
        match fs::read(folder.join(&file.path)) {
            Ok(present) if holds(&present, &file.text) => {}
            Ok(_) => differences.push(Difference::Stale(file.path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                differences.push(Difference::Missing(file.path.clone()));
            }
            Err(error) => return Err(error),
        }
    }
    differences.extend(extra(folder, files)?.into_iter().map(Difference::Extra));
    differences.sort();
    Ok(differences)
}

/// Files that `write` would replace although they do not bear our mark: somebody else's work.
pub fn foreign(folder: &Path, files: &[File]) -> Vec<String> {
    let is_foreign = |file: &File| {
        let path = folder.join(&file.path);
        fs::read(&path).is_ok_and(|present| !holds(&present, &file.text)) && !is_ours(&path)
    };
    let foreign = in_parallel(files, |file| is_foreign(file).then(|| file.path.clone()));
    foreign.into_iter().flatten().collect()
}

/// Whether a file on disk holds this text. How its lines end is git's affair: a checkout may have changed it.
fn holds(present: &[u8], text: &str) -> bool {
    present == text.as_bytes() || lines(present).eq(lines(text.as_bytes()))
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Files for git that somebody else wrote, which stay as they are: their lines are worth more than ours.
pub fn of_users<'f>(folder: &Path, files: &'f [File]) -> Vec<&'f str> {
    let is_theirs = |file: &&File| {
        let path = folder.join(&file.path);
        file.path.starts_with(".git") && path.exists() && !is_ours(&path)
    };
    files
        .iter()
        .filter(is_theirs)
        .map(|file| file.path.as_str())
        .collect()
}

/// What the crate in a directory was made from, if `write` would replace it by one made from something else.
pub fn other_source(folder: &Path, files: &[File]) -> Option<String> {
    files.iter().find_map(|file| {
        let present = first_line(&folder.join(&file.path));
        let present = source(&present)?;
        let wanted = file.text.lines().next().and_then(source);
        (wanted != Some(present)).then(|| present.to_owned())
    })
}

/// Files with our mark that are not among these, by path.
fn extra(folder: &Path, files: &[File]) -> io::Result<Vec<String>> {
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut extra = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((directory, prefix)) = open.pop() {
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            if kind.is_dir() && !is_foreign(&name) {
                open.push((entry.path(), format!("{prefix}{name}/")));
            } else if kind.is_file()
                && !wanted.contains(format!("{prefix}{name}").as_str())
                && is_ours(&entry.path())
            {
                extra.push(format!("{prefix}{name}"));
            }
        }
    }
    extra.sort();
    Ok(extra)
}

/// Directories that hold nothing of ours and may be large.
fn is_foreign(name: &str) -> bool {
    name == "target" || name.starts_with('.')
}

fn is_ours(path: &Path) -> bool {
    first_line(path).contains(MARK)
}

/// The first line of a file, or the beginning of it; empty if it cannot be read.
fn first_line(path: &Path) -> String {
    let first_line = |file| {
        let mut line = Vec::new();
        BufReader::new(io::Read::take(file, 1024))
            .read_until(b'\n', &mut line)
            .map(|_| line)
    };
    let line = fs::File::open(path).and_then(first_line).unwrap_or_default();
    String::from_utf8_lossy(&line).into_owned()
}

/// Removes directories that became empty, up to the output directory.
fn remove_empty(folder: &Path, mut directory: Option<&Path>) {
    while let Some(path) = directory
        && path != folder
        && path.starts_with(folder)
        && fs::remove_dir(path).is_ok()
    {
        directory = path.parent();
    }
}
