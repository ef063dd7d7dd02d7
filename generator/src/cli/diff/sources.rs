//! The two sides of a comparison: paths, or paths as they were at a revision of git.
//!
//! In: what was written on the command line. Out: paths that can be read. What git keeps is written into a directory of its own first.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A side, ready to be read.
pub(super) struct Side {
    pub(super) path: PathBuf,
    /// What was written for it, to be removed when it was read.
    made: Option<PathBuf>,
}

impl Drop for Side {
    fn drop(&mut self) {
        if let Some(made) = &self.made {
            let _ = fs::remove_dir_all(made);
        }
    }
}

/// A path, or `REVISION:PATH`.
pub(super) fn side(named: &str, index: usize) -> Result<Side, String> {
    let path = PathBuf::from(named);
    if path.exists() {
        return Ok(Side { path, made: None });
    }
    match named.split_once(':') {
        Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
            at(revision, Path::new(path), index)
        }
        Some(_) | None => Err(format!(
            "{named}: there is no such file, and it is no `REVISION:PATH` of git"
        )),
    }
}

/// What stood at a path, and beside it, at a revision.
pub(super) fn at(revision: &str, path: &Path, index: usize) -> Result<Side, String> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let made = std::env::temp_dir().join(format!("letterpress-diff-{}-{index}", std::process::id()));
    let beside = git(&[
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        revision,
        "--",
        &format!("{}/", folder.display()),
    ])?;
    let beside = String::from_utf8_lossy(&beside).into_owned();
    let names = beside.split('\0').filter(|name| !name.is_empty());
    let side = Side {
        path: made.join(path.strip_prefix("./").unwrap_or(path)),
        made: Some(made.clone()),
    };
    for name in names {
        let text = git(&["show", &format!("{revision}:./{name}")])?;
        let to = made.join(name);
        let folder = to.parent().unwrap_or(&made);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&to, text));
        written.map_err(|error| format!("{}: {error}", to.display()))?;
    }
    if side.path.exists() {
        Ok(side)
    } else {
        Err(format!("{} was not there at {revision}", path.display()))
    }
}

fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("git {}: {said}", arguments.first().unwrap_or(&"")))
}
