//! What lies in a directory: collections, descriptions, and what belongs to them.
//!
//! In: paths. Out: paths and bytes, in an order that does not depend on the file system. It reads no file for what it means, but for
//! whether YAML is a description.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::frontend::beside::scope_of;

/// A collection as it lies on disk, with what belongs to it.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its bytes, if it is a file.
    pub bytes: Vec<u8>,
    /// Environments and globals beside it, by file name.
    pub environments: Vec<(String, Vec<u8>)>,
    /// The settings file beside it, and its text.
    pub settings: Option<(PathBuf, Vec<u8>)>,
    /// The names that stay, and their text.
    pub lock: Option<(PathBuf, Vec<u8>)>,
}

/// The name of the settings file.
pub const SETTINGS: &str = "letterpress.toml";
/// The name of the file of names that stay.
pub const LOCK: &str = "letterpress.lock";

/// Whether a file holds variables for the collections beside it.
fn holds_variables(name: &str) -> bool {
    scope_of(name).is_some()
}

/// Reads a file and what lies beside it.
pub fn read(path: &Path) -> io::Result<Found> {
    let bytes = fs::read(path)?;
    Ok(Found {
        bytes,
        ..around(path)?
    })
}

/// What lies beside a file or a folder.
pub fn around(path: &Path) -> io::Result<Found> {
    let folder = folder_of(path);
    Ok(Found {
        bytes: Vec::new(),
        environments: environments(folder)?,
        settings: optional(folder.join(SETTINGS))?,
        lock: optional(folder.join(LOCK))?,
    })
}

/// A file that need not be there.
fn optional(path: PathBuf) -> io::Result<Option<(PathBuf, Vec<u8>)>> {
    match fs::read(&path) {
        Ok(bytes) => Ok(Some((path, bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Environments and globals of a directory, by file name.
pub fn environments(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let files = names(folder)?.into_iter().filter(|name| holds_variables(name));
    files
        .map(|name| {
            let bytes = fs::read(folder.join(&name))?;
            Ok((name, bytes))
        })
        .collect()
}

/// The name of a file without what says its kind.
pub fn stem(path: &Path) -> &str {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default()
}

/// The directory that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// What in a directory belongs to its collections: environments, globals, settings and names that stay.
pub fn companions(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_companion = |name: &String| holds_variables(name) || name == SETTINGS || name == LOCK;
    Ok(names(folder)?
        .into_iter()
        .filter(is_companion)
        .map(|name| folder.join(name))
        .collect())
}

/// The files of a directory that are collections or descriptions, by name: its `.json` files but for environments and globals, and
/// those of YAML that say that they are descriptions.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_one = |name: &String| match Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str())
    {
        Some("json") => !holds_variables(name),
        Some("yaml" | "yml") => fs::read(folder.join(name)).is_ok_and(|bytes| is_description(&bytes)),
        Some(_) | None => false,
    };
    let names = names(folder)?.into_iter().filter(is_one);
    Ok(names.map(|name| folder.join(name)).collect())
}

/// Whether YAML says in one of its first lines that it is a description.
fn is_description(bytes: &[u8]) -> bool {
    let says = |line: &[u8]| line.starts_with(b"openapi:") || line.starts_with(b"swagger:");
    bytes.split(|byte| *byte == b'\n').take(200).any(says)
}

/// Names of the files of a directory, sorted, so that nothing depends on the order of the file system.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && !entry.path().is_dir()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
