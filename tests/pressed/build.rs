//! Presses every fixture into a module of its own.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

const FIXTURES: &str = "../fixtures";

fn main() -> Result<(), Box<dyn Error>> {
    let mut generator = letterpress::Generator::new().doc_tests("letterpress_pressed");
    for folder in folders(Path::new(FIXTURES))? {
        println!("cargo::rerun-if-changed={}", folder.display());
        generator = generator.collections_in(folder);
    }
    // Not `build()`: fixtures are odd on purpose, and their warnings belong into the snapshots.
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for file in generator.generate()?.files {
        let path = out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if !fs::read_to_string(&path).is_ok_and(|present| present == file.text) {
            fs::write(path, file.text)?;
        }
    }
    Ok(())
}

/// All folders below `root` that hold fixtures, in order.
fn folders(root: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "wire") {
            found.extend(folders(&path)?);
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
