//! Finds the collections under a folder.
//!
//! In: a path. Out: every `*.json` file below it that is not an environment, every description in YAML, and every folder of
//! requests, in sorted order.

use std::io;
use std::path::{Path, PathBuf};

use letterpress::diag::Sink;
use letterpress::frontend::Source;

/// All collection files below `root` (or `root` itself, if it is a file), sorted by path.
pub fn collections(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(root, false, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, below: bool, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if is_tree(path) {
        found.push(path.to_path_buf());
    } else if path.is_dir() {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(path)? {
            entries.push(entry?.path());
        }
        let below = below
            || entries
                .iter()
                .any(|path| path.is_file() && says_description(path));
        for entry in &entries {
            collect(entry, below, found)?;
        }
    } else if is_collection(path) || !path.exists() {
        std::fs::metadata(path)?;
        // What lies beside or below a description, and is nothing by itself, is a part of it.
        if !below || says_description(path) || has_items(path) {
            found.push(path.to_path_buf());
        }
    }
    Ok(())
}

/// Whether a folder is a collection of v3: it says so, or requests lie in it.
pub fn is_tree(path: &Path) -> bool {
    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| file_name(&entry.path())).collect::<Vec<_>>()
    };
    let is = |name: &String, stem: &str| {
        [".yaml", ".yml", ".json"]
            .iter()
            .any(|ending| name.ends_with(&format!("{stem}{ending}")))
    };
    names(path).iter().any(|name| is(name, ".request"))
        || names(&path.join(".resources"))
            .iter()
            .any(|name| is(name, "definition"))
}

/// What a path holds, as it is pressed without environments.
pub fn source(path: &Path) -> Result<Source, String> {
    if !path.is_dir() {
        let bytes = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
        return Ok(Source::new(file_name(path), bytes));
    }
    let mut sink = Sink::default();
    let input = letterpress::read(path, &mut sink);
    let mut source = input.ok_or_else(|| "cannot be read".to_owned())?.source;
    source.environments.clear();
    Ok(source)
}

fn is_collection(path: &Path) -> bool {
    let name = file_name(path);
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => {
            !name.ends_with(".postman_environment.json") && !name.ends_with(".postman_globals.json")
        }
        // A part of a description is none.
        Some("yaml" | "yml") => says_description(path),
        Some(_) | None => false,
    }
}

/// Whether a text says that it is a description.
fn says_description(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let says = |line: &str| line.starts_with("openapi:") || line.starts_with("swagger:");
    let in_json = |text: &str| {
        let head: String = text.chars().take(400).collect();
        head.contains("\"openapi\"") || head.contains("\"swagger\"")
    };
    text.lines().any(says) || text.trim_start().starts_with('{') && in_json(&text)
}

/// Whether a text may be a collection.
fn has_items(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    ["\"item\"", "\"items\"", "\"requests\"", "\"request\"", "\"info\""]
        .iter()
        .any(|key| text.contains(key))
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
