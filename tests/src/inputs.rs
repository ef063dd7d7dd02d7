//! Finds the collections under a folder.
//!
//! In: a path. Out: every `*.json` file below it that is not an environment, in sorted order.

use std::io;
use std::path::{Path, PathBuf};

/// All collection files below `root` (or `root` itself, if it is a file), sorted by path.
pub fn collections(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(root, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), found)?;
        }
    } else if is_collection(path) || !path.exists() {
        std::fs::metadata(path)?;
        found.push(path.to_path_buf());
    }
    Ok(())
}

fn is_collection(path: &Path) -> bool {
    let name = file_name(path);
    path.extension().is_some_and(|extension| extension == "json")
        && !name.ends_with(".postman_environment.json")
        && !name.ends_with(".postman_globals.json")
}

/// The file's name as text.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The folder of this repository's fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
