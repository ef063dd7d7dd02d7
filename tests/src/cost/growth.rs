//! How everything grows with the number of operations: generating, what it takes of memory, and the crate that comes of it.
//!
//! In: numbers of operations. Out: a table with a row for each, of collections and of descriptions. What is generated is generated
//! by a program of its own, so that its memory is what it takes by itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use letterpress::config::{Config, RuntimeSource};
use letterpress::frontend::Source;
use letterpress::output::disk;
use letterpress::pipeline::{self, Input};

use super::{build, child_seconds, collection, description, own_seconds};
use crate::inputs::workspace;

/// More operations than this are generated, but not built: that takes hours.
const LARGEST_BUILT: usize = 3_000;

/// What is generated from.
const KINDS: [&str; 2] = ["collection", "description"];

/// What one row is measured of.
pub fn table(sizes: &[usize], work: &Path) -> Result<String, String> {
    let mut table = "| operations | of a | input, MB | output, MB | generate, CPU s | memory, MB | check, CPU s | build, CPU s | rlib, MB |\n\
                     |---|---|---|---|---|---|---|---|---|"
        .to_owned();
    for size in sizes {
        for kind in KINDS {
            let folder = work.join("growth").join(kind);
            if folder.exists() {
                fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
            }
            table += &format!("\n| {size} | {kind} | {}", generated(kind, *size, &folder)?);
            table += &if *size <= LARGEST_BUILT {
                built(&folder)?
            } else {
                " | | | |".to_owned()
            };
            eprintln!("{size} {kind}");
        }
    }
    Ok(table)
}

/// Generates a crate in this process, and prints the first cells of its row.
pub fn generate(kind: &str, size: usize, folder: &Path) -> Result<String, String> {
    let (file, text) = if kind == "collection" {
        ("growth.postman_collection.json", collection(size))
    } else {
        ("growth.json", description(size))
    };
    let length = text.len();
    let config = Config {
        runtime: RuntimeSource::Path(workspace().join("runtime").display().to_string()),
        ..Config::default()
    };
    let before = own_seconds();
    let input = Input::new(Source::new(file, text));
    let outcome = pipeline::generate_crate(&input, &config, Some("growth"));
    disk::write(folder, &outcome.files).map_err(|error| error.to_string())?;
    let seconds = own_seconds() - before;
    let output = outcome.files.iter().map(|file| file.text.len()).sum();
    let cells = [
        megabytes(length),
        megabytes(output),
        format!("{seconds:.2}"),
        peak(),
    ];
    Ok(cells.join(" | "))
}

fn generated(kind: &str, size: usize, folder: &Path) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.args(["growth-of", kind, &size.to_string()]).arg(folder);
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The other cells: the crate alone is checked and built, what it depends on before.
fn built(folder: &Path) -> Result<String, String> {
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| error.to_string())?;
    // What an earlier build left must not be taken up: the whole crate is what is measured.
    let text = text + "\n[workspace]\n\n[profile.dev]\nincremental = false\n";
    fs::write(&manifest, text).map_err(|error| error.to_string())?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
    let root = folder.join("src/lib.rs");
    let text = fs::read_to_string(&root).map_err(|error| error.to_string())?;
    let mut cells = String::new();
    for command in ["check", "build"] {
        fs::write(&root, "//! Nothing yet.\n").map_err(|error| error.to_string())?;
        build(folder, &[command])?;
        fs::write(&root, &text).map_err(|error| error.to_string())?;
        let before = child_seconds();
        build(folder, &[command])?;
        cells += &format!(" | {:.1}", child_seconds() - before);
    }
    let rlib = fs::metadata(folder.join("target/debug/libgrowth.rlib")).map_err(|error| error.to_string())?;
    let length = usize::try_from(rlib.len()).unwrap_or(usize::MAX);
    Ok(format!("{cells} | {} |", megabytes(length)))
}

fn megabytes(bytes: usize) -> String {
    let hundredths = bytes / 10_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The most memory that this process had, in megabytes, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: Option<usize> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1000).to_string())
}
