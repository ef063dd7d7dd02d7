//! Presses every fixture, and collections and descriptions made of arbitrary choices, into modules of their own.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
#[path = "../src/arbitrary.rs"]
mod arbitrary;
#[allow(dead_code, unreachable_pub, reason = "shared with the tests")]
#[path = "../src/descriptions.rs"]
mod descriptions;
#[path = "handmade.rs"]
mod handmade;

const FIXTURES: &str = "../fixtures";
/// What users of other generators reported, as descriptions.
const REPRO: &str = "../repro";
const STYLES: &str = "styles.yaml";
/// How many arbitrary collections, and of how many choices each.
const ARBITRARY: (u32, usize) = (20, 2_000);
/// The same of descriptions.
const DESCRIPTIONS: (u32, usize) = (20, 6_000);

fn main() -> Result<(), Box<dyn Error>> {
    let mut generator = letterpress::Generator::new().doc_tests("letterpress_pressed");
    for folder in folders(Path::new(FIXTURES))? {
        println!("cargo::rerun-if-changed={}", folder.display());
        generator = generator.collections_in(folder);
    }
    println!("cargo::rerun-if-changed={REPRO}");
    generator = generator.collections_in(REPRO);
    // A cell of the table of styles for each operation: no snapshot, since what is sent is what counts.
    println!("cargo::rerun-if-changed={STYLES}");
    generator = generator.collection(STYLES);
    println!("cargo::rerun-if-changed=../src/arbitrary.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let made = out.join("arbitrary");
    fs::create_dir_all(&made)?;
    for index in 0..ARBITRARY.0 {
        let text = arbitrary::numbered(index, ARBITRARY.1);
        fs::write(made.join(format!("arbitrary_{index}.json")), text)?;
    }
    println!("cargo::rerun-if-changed=../src/descriptions.rs");
    for index in 0..DESCRIPTIONS.0 {
        let text = descriptions::numbered(index, DESCRIPTIONS.1);
        let path = made.join(format!("described_{index}.json"));
        fs::write(&path, text)?;
        // One without an operation is refused.
        if letterpress::Generator::new()
            .collection(&path)
            .generate()
            .is_err()
        {
            fs::remove_file(path)?;
        }
    }
    generator = generator.collections_in(&made);
    // Not `build()`: fixtures are odd on purpose, and their warnings belong into the snapshots.
    write(&out, generator.generate()?.files)?;
    let inline = letterpress::Generator::new()
        .inline(true)
        .doc_tests("letterpress_pressed::inline")
        .collection("../../collections/zoom.postman_collection.json");
    println!("cargo::rerun-if-changed=../../collections");
    write(&out.join("inline"), inline.generate()?.files)?;
    println!("cargo::rerun-if-changed=handmade.rs");
    let config = letterpress::config::Config::default();
    let model = letterpress::pipeline::generate_model(handmade::api(), "handmade", &config);
    write(&out.join("model"), model.files)
}

fn write(out: &Path, files: Vec<letterpress::output::File>) -> Result<(), Box<dyn Error>> {
    for file in files {
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
