//! What a client of a description costs beside those of other generators, where these are installed.
//!
//! In: descriptions, and the programs of [`PEERS`] on the `PATH`. Out: a table with a row for each description and generator: CPU
//! seconds and memory of generating; CPU seconds of checking and building the crate alone, its dependencies built before, of checking
//! it again after a line was touched, and the most memory that one rustc took; the size of the rlib. What fails says so in its cell.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use letterpress::config::{Config, RuntimeSource};
use letterpress::diag::Sink;
use letterpress::output::disk;
use letterpress::pipeline;

use super::child_seconds;
use crate::inputs::workspace;

/// Another generator: its program, and what it is told to write a crate called `peer` into a folder.
struct Peer {
    name: &'static str,
    program: &'static str,
    arguments: fn(&Path, &Path) -> Vec<String>,
    /// Makes a crate of what it wrote, where that is none.
    finish: fn(&Path) -> std::io::Result<()>,
}

const PEERS: [Peer; 3] = [
    Peer {
        name: "progenitor",
        program: "cargo-progenitor",
        arguments: progenitor,
        finish: |_| Ok(()),
    },
    Peer {
        name: "ploidy",
        program: "ploidy",
        arguments: ploidy,
        finish: |_| Ok(()),
    },
    Peer {
        name: "openapi-to-rust",
        program: "openapi-to-rust",
        arguments: openapi_to_rust,
        finish: with_dependencies,
    },
];

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn progenitor(description: &Path, out: &Path) -> Vec<String> {
    let (description, out) = (shown(description), shown(out));
    texts([
        "progenitor",
        "-i",
        &description,
        "-o",
        &out,
        "-n",
        "peer",
        "-v",
        "0.1.0",
    ])
}

fn ploidy(description: &Path, out: &Path) -> Vec<String> {
    let (description, out) = (shown(description), shown(out));
    texts([
        "codegen",
        "rust",
        &description,
        &out,
        "--name",
        "peer",
        "--version",
        "0.1.0",
    ])
}

fn openapi_to_rust(description: &Path, out: &Path) -> Vec<String> {
    let (description, modules) = (shown(description), shown(&out.join("src/peer")));
    texts([
        "generate",
        &description,
        "--output-dir",
        &modules,
        "--module-name",
        "peer",
    ])
}

/// Modules, and a list of what they depend on.
fn with_dependencies(out: &Path) -> std::io::Result<()> {
    let dependencies = fs::read_to_string(out.join("src/peer/REQUIRED_DEPS.toml"))?;
    let head = "[package]\nname = \"peer\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
    fs::write(out.join("Cargo.toml"), format!("{head}{dependencies}"))?;
    fs::write(out.join("src/lib.rs"), "pub mod peer;\n")
}

/// The rows of all descriptions.
pub fn table(descriptions: &[PathBuf], work: &Path) -> Result<String, String> {
    let mut table = "| description | generator | generate, CPU s | memory, MB | check, CPU s | build, CPU s | check again, CPU s | \
                     rustc, MB | rlib, MB |\n|---|---|---|---|---|---|---|---|---|"
        .to_owned();
    let mut missing = Vec::new();
    for description in descriptions {
        let description =
            fs::canonicalize(description).map_err(|error| format!("{}: {error}", description.display()))?;
        let name = description
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let own = std::env::current_exe().map_err(|error| error.to_string())?;
        let folder = fresh(&work.join("peers/letterpress"))?;
        let arguments = texts(["crate-of", &shown(&description), &shown(&folder)]);
        let cells = row(&own, &arguments, |_| Ok(()), &folder);
        _ = write!(table, "\n| {name} | letterpress | {cells}");
        for peer in &PEERS {
            let Some(program) = on_path(peer.program) else {
                missing.push(peer.name);
                continue;
            };
            let folder = fresh(&work.join("peers").join(peer.name))?;
            let arguments = (peer.arguments)(&description, &folder);
            let cells = row(&program, &arguments, peer.finish, &folder);
            _ = write!(table, "\n| {name} | {} | {cells}", peer.name);
        }
    }
    missing.sort_unstable();
    missing.dedup();
    if !missing.is_empty() {
        _ = write!(table, "\n\nnot installed: {}", missing.join(", "));
    }
    Ok(table)
}

/// Writes the crate of a description, in a process of its own.
pub fn generate(description: &Path, folder: &Path) -> Result<(), String> {
    let config = Config {
        runtime: RuntimeSource::Path(workspace().join("runtime").display().to_string()),
        ..Config::default()
    };
    let input = letterpress::read(description, &mut Sink::default());
    let input = input.ok_or_else(|| format!("{} cannot be read", description.display()))?;
    let outcome = pipeline::generate_crate(&input, &config, Some("peer"));
    disk::write(folder, &outcome.files).map_err(|error| error.to_string())
}

fn fresh(folder: &Path) -> Result<PathBuf, String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| error.to_string())?;
    }
    fs::create_dir_all(folder.parent().unwrap_or(folder)).map_err(|error| error.to_string())?;
    Ok(folder.to_owned())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// What a command took: CPU seconds, and the most memory that one of its processes had, where `time` is installed.
fn measured(command: &Path, arguments: &[String], folder: &Path) -> Result<(f64, String), String> {
    let time = Path::new("/usr/bin/time");
    let mut run = Command::new(if time.exists() { time } else { command });
    if time.exists() {
        run.args(["-f", "peak %M"]).arg(command);
    }
    run.args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"));
    let before = child_seconds();
    let output = run.output().map_err(|error| error.to_string())?;
    let seconds = child_seconds() - before;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let first = said
            .lines()
            .find(|line| line.contains("error") || line.contains("panicked"));
        return Err(first
            .or_else(|| said.lines().next())
            .unwrap_or("failed")
            .to_owned());
    }
    let peak = said.lines().find_map(|line| line.strip_prefix("peak "));
    let peak: Option<usize> = peak.and_then(|peak| peak.parse().ok());
    Ok((
        seconds,
        peak.map_or_else(|| "?".to_owned(), |peak| (peak / 1000).to_string()),
    ))
}

/// The cells of a generator; those behind what fails say why.
fn row(
    program: &Path,
    arguments: &[String],
    finish: fn(&Path) -> std::io::Result<()>,
    folder: &Path,
) -> String {
    let here = folder.parent().unwrap_or(folder);
    let (seconds, memory) = match measured(program, arguments, here) {
        Ok(measured) => measured,
        Err(why) => return format!("{why} | | | | | | |"),
    };
    let finished = finish(folder).map_err(|error| error.to_string());
    let built = finished
        .and_then(|()| built(folder))
        .unwrap_or_else(|why| format!("{why} | | | | |"));
    format!("{seconds:.2} | {memory} | {built}")
}

fn built(folder: &Path) -> Result<String, String> {
    let io = |error: std::io::Error| error.to_string();
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(io)?;
    // What an earlier build left must not be taken up: the whole crate is what is measured.
    fs::write(
        &manifest,
        text + "\n[workspace]\n\n[profile.dev]\nincremental = false\n",
    )
    .map_err(io)?;
    let root = folder.join("src/lib.rs");
    let text = fs::read_to_string(&root).map_err(io)?;
    let cargo = PathBuf::from(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    let run = |command: &str| {
        let line = first_line(measured(&cargo, &texts([command, "--quiet"]), folder));
        line.map_err(|why| format!("{command}: {why}"))
    };
    let mut cells = Vec::new();
    let mut most = String::new();
    for command in ["check", "build"] {
        fs::write(&root, "//! Nothing yet.\n").map_err(io)?;
        run(command)?;
        fs::write(&root, &text).map_err(io)?;
        let (seconds, memory) = run(command)?;
        cells.push(format!("{seconds:.1}"));
        most = memory;
    }
    // A line of a comment is touched; what rustc kept of the time before is there for those that save any.
    let with = fs::read_to_string(&manifest)
        .map_err(io)?
        .replace("incremental = false", "incremental = true");
    fs::write(&manifest, with).map_err(io)?;
    run("check")?;
    fs::write(&root, format!("{text}\n// Touched.\n")).map_err(io)?;
    cells.push(format!("{:.1}", run("check")?.0));
    cells.push(most);
    let rlib = fs::read_dir(folder.join("target/debug")).map_err(io)?;
    let rlib = rlib.flatten().find(|entry| {
        entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "rlib")
    });
    let size = rlib
        .and_then(|entry| entry.metadata().ok())
        .map_or(0, |meta| meta.len() / 10_000);
    cells.push(format!("{}.{:02} |", size / 100, size % 100));
    Ok(cells.join(" | "))
}

/// A failure in one line, as a cell of a table holds it.
fn first_line<T>(measured: Result<T, String>) -> Result<T, String> {
    measured.map_err(|why| why.lines().next().unwrap_or_default().replace('|', "\\|"))
}
