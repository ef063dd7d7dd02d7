//! Whether `--runtime-path` leads to letterpress-runtime.
//!
//! In: the path, and the directory of the crate that it is relative to. Out: what is wrong with it, so that nobody has
//! to read it from cargo, which names neither the option nor what its path is relative to.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// What is wrong with the path; `None` if it is the runtime's.
pub(super) fn wrong(runtime: &str, out: &Path) -> Option<String> {
    let found = resolved(&out.join(runtime));
    if is_runtime(&found) {
        return None;
    }
    let what = if found.join("Cargo.toml").is_file() {
        "holds another crate"
    } else if found.is_dir() {
        "holds no crate"
    } else {
        "does not exist"
    };
    let help = match from_here(runtime, out) {
        Some(path) => format!("it is relative to the crate: `--runtime-path {}`", path.display()),
        None => {
            "name the directory `runtime` of letterpress; a relative path is relative to the crate".to_owned()
        }
    };
    Some(format!(
        "--runtime-path {runtime}: this is not letterpress-runtime: {} {what}\n  help: {help}",
        found.display()
    ))
}

fn is_runtime(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let name = |line: &str| line.split_whitespace().collect::<String>() == "name=\"letterpress-runtime\"";
    manifest.lines().any(name)
}

/// The path, absolute and without `..`: the crate's directory may not be there yet.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => _ = resolved.pop(),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => resolved.push(part),
        }
    }
    resolved
}

/// The path that was meant, if it was written from the current directory.
fn from_here(runtime: &str, out: &Path) -> Option<PathBuf> {
    let meant = resolved(Path::new(runtime));
    if !is_runtime(&meant) {
        return None;
    }
    relative(&meant, out)
}

/// The way from a directory to a path; `None` if they have no root in common.
pub(super) fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let (path, from) = (resolved(path), resolved(from));
    let shared = path
        .components()
        .zip(from.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    (shared > 0).then(|| up.chain(path.components().skip(shared)).collect())
}
