//! The collections of a directory, and repositories as Postman lays them out.
//!
//! In: paths. Out: the collections in them, and the variables that a repository keeps for a collection. It has
//! `postman/collections`, `postman/environments` and `postman/globals`, and names what lies elsewhere in
//! `.postman/resources.yaml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{disk, folder};
use crate::frontend::{self, Resources};

/// The collections and descriptions of a directory, in order: its files and its folders of requests; of a repository that Postman
/// keeps, those that it names.
pub fn collections(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match of_workspace(folder).or_else(|| of_dump(folder)) {
        Some(found) => Ok(found),
        None => lying_in(folder),
    }
}

/// The collections of a folder that an export of all data was unpacked into: it has a folder for each kind of thing.
fn of_dump(folder: &Path) -> Option<Vec<PathBuf>> {
    let (collections, environments) = (folder.join("collection"), folder.join("environment"));
    if !collections.is_dir() || !environments.is_dir() {
        return None;
    }
    disk::files(&collections).ok().filter(|found| !found.is_empty())
}

fn lying_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = disk::files(folder)?;
    found.extend(folder::collections(folder)?);
    found.sort();
    Ok(found)
}

/// The collections of a repository that Postman keeps; `None` for any other directory.
pub fn of_workspace(root: &Path) -> Option<Vec<PathBuf>> {
    let kept = root.join("postman").join("collections");
    let resources = resources(root);
    if !kept.is_dir() && resources.is_none() {
        return None;
    }
    let mut found = if kept.is_dir() {
        lying_in(&kept).unwrap_or_default()
    } else {
        Vec::new()
    };
    for path in resources.iter().flat_map(|resources| &resources.collections) {
        let path = beside(root, path);
        if path.exists() && !found.contains(&path) {
            found.push(path);
        }
    }
    Some(found)
}

/// Where another collection of a repository would be noticed.
pub fn watched(root: &Path) -> Vec<PathBuf> {
    let places = [
        root.join("postman").join("collections"),
        root.join(".postman").join("resources.yaml"),
        root.join("collection"),
    ];
    let is_one = of_workspace(root).is_some() || of_dump(root).is_some();
    places
        .into_iter()
        .filter(|path| is_one && path.exists())
        .collect()
}

/// What a repository names beside what it keeps in `postman`; `None` if it is none of Postman's.
fn resources(root: &Path) -> Option<Resources> {
    let file = root.join(".postman").join("resources.yaml");
    let bytes = fs::read(file).ok()?;
    Some(frontend::resources(&String::from_utf8_lossy(&bytes)))
}

/// A path that is written in `.postman`.
fn beside(root: &Path, path: &str) -> PathBuf {
    let path = path.replace('\\', "/");
    match path.strip_prefix("../") {
        Some(inner) => root.join(inner.trim_end_matches('/')),
        None => root.join(".postman").join(path),
    }
}

/// Files of variables that a repository keeps for a collection in it, with the places to watch for more.
pub fn variables(collection: &Path) -> (Vec<(String, Vec<u8>)>, Vec<PathBuf>) {
    let (mut files, mut watched) = (Vec::new(), Vec::new());
    if let Some(dump) = disk::folder_of(collection).parent()
        && of_dump(dump).is_some_and(|found| found.iter().any(|path| path == collection))
    {
        let folder = dump.join("environment");
        for path in disk::files(&folder).unwrap_or_default() {
            if let Ok(bytes) = fs::read(&path) {
                files.push((frontend::beside::as_environment(&file_name(&path)), bytes));
            }
        }
        watched.push(folder);
        return (files, watched);
    }
    let Some(root) = workspace_of(collection) else {
        return (files, watched);
    };
    for folder in ["environments", "globals"] {
        let folder = root.join("postman").join(folder);
        if let Ok(found) = disk::environments(&folder) {
            files.extend(found);
            watched.push(folder);
        }
    }
    if let Some(resources) = resources(&root) {
        watched.push(root.join(".postman").join("resources.yaml"));
        for path in &resources.environments {
            let path = beside(&root, path);
            if let Ok(bytes) = fs::read(&path) {
                files.push((frontend::beside::as_environment(&file_name(&path)), bytes));
                watched.push(path);
            }
        }
    }
    (files, watched)
}

/// The repository that keeps a collection, or names it.
fn workspace_of(collection: &Path) -> Option<PathBuf> {
    let whole = collection.canonicalize().ok()?;
    let root = whole.ancestors().skip(1).take(16).find_map(|root| {
        let found = of_workspace(root)?;
        let is_it = |path: &PathBuf| path.canonicalize().is_ok_and(|path| path == whole);
        found.iter().any(is_it).then(|| root.to_owned())
    })?;
    // As the path was given, so that what cargo is told does not name the machine's folders more than that did.
    let above = whole.strip_prefix(&root).ok()?.components().count();
    let given = collection
        .ancestors()
        .nth(above)
        .filter(|path| !path.as_os_str().is_empty());
    let given = given.filter(|path| path.canonicalize().is_ok_and(|path| path == root));
    Some(given.map_or(root, Path::to_owned))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
