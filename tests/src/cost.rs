//! What a generated crate costs to build, compared with the same crate on serde's derive.
//!
//! In: a number of operations. Out: user CPU seconds of `cargo build` of either crate alone, their dependencies
//! built before, in one run.

mod derived;
pub mod docs;
pub mod growth;
pub mod peers;
mod sample;
pub mod stages;
pub mod weight;

use std::path::{Path, PathBuf};

pub use sample::{collection, description, seed_sized};

use crate::conformance::cargo;
use crate::press::{self, Pressed};

/// Builds the crate of `operations` operations both ways below `work`, and says how they compare.
pub fn compare(operations: usize, work: &Path, release: bool) -> Result<String, String> {
    let pressed = press::press_text("cost.json", &collection(operations))?;
    let ours = write_crate(work, "ours", &pressed)?;
    let derive = write_crate(work, "derived", &derived::with_derive(&pressed)?)?;
    let mut seconds = Vec::new();
    for folder in [&ours, &derive] {
        seconds.push(build_alone(folder, release)?);
    }
    let [ours, derive] = seconds[..] else {
        return Err("two builds were asked for".to_owned());
    };
    let lines: usize = pressed.files.iter().map(|(_, text)| text.lines().count()).sum();
    Ok(format!(
        "{operations} operations, {lines} lines, cargo {}\nletterpress: {ours:.2} s of user CPU\n\
         serde derive: {derive:.2} s of user CPU\nratio: {:.2}",
        flags(release).join(" "),
        ours / derive
    ))
}

fn flags(release: bool) -> &'static [&'static str] {
    if release {
        &["build", "--release"]
    } else {
        &["build"]
    }
}

/// User CPU seconds of building a crate alone: what it depends on is built before, with nothing in the crate.
fn build_alone(folder: &Path, release: bool) -> Result<f64, String> {
    let flags = flags(release);
    let path = folder.join("src/lib.rs");
    let read = std::fs::read_to_string(&path);
    let root = read.map_err(|error| error.to_string())?;
    let write = |text: &str| std::fs::write(&path, text).map_err(|error| error.to_string());
    write("//! Nothing yet.\n")?;
    build(folder, flags)?;
    write(&root)?;
    let before = child_seconds();
    build(folder, flags)?;
    Ok(child_seconds() - before)
}

fn write_crate(work: &Path, name: &str, pressed: &Pressed) -> Result<PathBuf, String> {
    let folder = work.join(name);
    let write = || {
        let manifest = press::manifest(&format!("cost-{name}"));
        // What an earlier build left must not be taken up: the whole crate is what is measured.
        let serde = "serde = { version = \"1\", features = [\"derive\"] }\n\n[workspace]\n\n\
                     [profile.dev]\nincremental = false\n";
        press::write_if_changed(&folder.join("Cargo.toml"), &(manifest + serde))?;
        let root = format!("//! A large client.\n{}", pressed.index);
        press::write_if_changed(&folder.join("src/lib.rs"), &root)?;
        pressed.write(&folder.join("src"))
    };
    write().map_err(|error: std::io::Error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn build(folder: &Path, flags: &[&str]) -> Result<(), String> {
    let outcome = cargo::run(folder, flags, "");
    if outcome.success {
        Ok(())
    } else {
        Err(outcome.output)
    }
}

/// User CPU seconds of all children that have ended, theirs included, where the system tells.
fn child_seconds() -> f64 {
    seconds(&[13])
}

/// User and system CPU seconds of this process, where the system tells.
fn own_seconds() -> f64 {
    seconds(&[11, 12])
}

/// The sum of these fields of what `/proc` says of this process, in seconds; the first is 0, after the program's name.
fn seconds(fields: &[usize]) -> f64 {
    /// What `/proc` counts in, on every Linux that Rust supports.
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name is in brackets; after it, the 12th and 13th are its own user and system time, the 14th is the
    // children's user time.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let values: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = fields
        .iter()
        .filter_map(|field| values.get(*field)?.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}
