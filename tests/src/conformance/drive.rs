//! Driver programs of the stage `wire`: generated clients, and a `main` that makes all their saved calls.
//!
//! In: collections and their recordings. Out: what every program found, an item a line. Programs hold many collections
//! each, so that the compiler starts a few times and not two hundred times.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use letterpress::Generator;
use serde_json::Value;

use super::{Options, cargo, parallel};
use crate::inputs;
use crate::press;
use crate::wire::recording;

/// Programs are filled up to about this many bytes of source.
const BATCH_BYTES: usize = 6_000_000;

/// What a driver found of one item.
#[derive(Clone, Debug)]
pub struct Found {
    /// The collection's file name.
    pub collection: String,
    /// `equal`, `listed`, or `different`; `failed` where the collection could not be driven.
    pub verdict: String,
    /// The name of a listed difference, the rules of a mismatch.
    pub names: Vec<String>,
    /// What differs, readable.
    pub reason: String,
}

/// One collection's generated module.
struct Member {
    collection: PathBuf,
    module: String,
    index: String,
    files: Vec<(String, String)>,
}

/// Generates, builds and runs the drivers.
///
/// # Errors
///
/// If they cannot be written or built.
pub fn run(options: &Options, recordings: &Path) -> Result<Vec<Found>, String> {
    let numbered: Vec<(usize, &PathBuf)> = options.collections.iter().enumerate().collect();
    let outcomes = parallel::map(&numbered, |(index, path)| generate(*index, path));
    let mut found = Vec::new();
    let mut batches: Vec<Vec<Member>> = Vec::new();
    let mut filled = BATCH_BYTES;
    for ((_, path), outcome) in numbered.into_iter().zip(outcomes) {
        match outcome.and_then(|member| member) {
            Ok(member) => {
                let bytes: usize = member.files.iter().map(|(_, text)| text.len()).sum();
                if filled + bytes > BATCH_BYTES || batches.is_empty() {
                    batches.push(Vec::new());
                    filled = 0;
                }
                filled += bytes;
                if let Some(batch) = batches.last_mut() {
                    batch.push(member);
                }
            }
            // A file without items is no collection, and has no requests to compare.
            Err(_) if recording::of(path, recordings).is_ok_and(|(_, records)| records.is_empty()) => {}
            Err(reason) => found.push(failed(path, reason)),
        }
    }
    let work = options.work.join("wire");
    write(&work, &batches, recordings).map_err(|error| format!("{}: {error}", work.display()))?;
    let outcome = cargo::run(
        &work,
        &["build", "--workspace", "--keep-going", "--message-format=json"],
        "",
    );
    if !outcome.success {
        let messages: Vec<String> = outcome
            .messages
            .into_iter()
            .map(|message| message.rendered)
            .collect();
        let shown = messages.iter().take(3).cloned().collect::<Vec<_>>().join("\n");
        return Err(format!("the drivers do not build:\n{shown}\n{}", outcome.output));
    }
    let programs: Vec<PathBuf> = (0..batches.len())
        .map(|index| work.join(format!("target/debug/driver_{index:02}")))
        .collect();
    for outcome in parallel::map(&programs, |program| drive(program)) {
        found.extend(outcome.and_then(|found| found)?);
    }
    Ok(found)
}

fn failed(path: &Path, reason: String) -> Found {
    Found {
        collection: inputs::file_name(path),
        verdict: "failed".to_owned(),
        names: Vec::new(),
        reason,
    }
}

fn generate(index: usize, path: &Path) -> Result<Member, String> {
    let module = format!("c{index:04}");
    let generator = Generator::new()
        .collection(path)
        .module(&module)
        .keep_credentials(true);
    let outcome = generator.generate().map_err(|error| error.to_string())?;
    let mut files: Vec<(String, String)> = outcome
        .files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    let index = files.iter().position(|(path, _)| path == "letterpress.rs");
    let index = index
        .map(|index| files.remove(index).1)
        .ok_or("there is no module index")?;
    Ok(Member {
        collection: std::path::absolute(path).map_err(|error| error.to_string())?,
        module,
        index,
        files,
    })
}

fn write(work: &Path, batches: &[Vec<Member>], recordings: &Path) -> std::io::Result<()> {
    let names: Vec<String> = (0..batches.len())
        .map(|index| format!("driver_{index:02}"))
        .collect();
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
        quoted.join(", ")
    );
    press::write_if_changed(&work.join("Cargo.toml"), &manifest)?;
    let lock = std::fs::read_to_string(inputs::workspace().join("Cargo.lock")).unwrap_or_default();
    if !work.join("Cargo.lock").exists() {
        press::write_if_changed(&work.join("Cargo.lock"), &lock)?;
    }
    let root = std::path::absolute(inputs::workspace())?;
    let recordings = std::path::absolute(recordings)?;
    for (name, batch) in names.iter().zip(batches) {
        let folder = work.join(name);
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             letterpress-runtime = {{ path = {:?} }}\n\
             letterpress-tests = {{ path = {:?}, features = [\"driver\"] }}\n",
            root.join("runtime").display().to_string(),
            root.join("tests").display().to_string(),
        );
        press::write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
        let source = folder.join("src");
        if source.exists() {
            std::fs::remove_dir_all(&source)?;
        }
        for member in batch {
            for (path, text) in &member.files {
                press::write_if_changed(&source.join(path), text)?;
            }
        }
        press::write_if_changed(&source.join("main.rs"), &main(batch, &recordings))?;
    }
    Ok(())
}

/// The program: a module per collection, and a call of the driver per collection.
fn main(batch: &[Member], recordings: &Path) -> String {
    let mut text = String::from(
        "//! Makes the saved calls of many collections.\n#![allow(warnings)]\n\n\
         macro_rules! client {\n    ($module:ident) => {\n        &|setup| {\n            let builder = $module::Client::builder();\n            \
         let mut builder = builder.transport(setup.transport()).clock(letterpress_tests::wire::world::StoppedClock);\n            \
         builder = builder.entropy(setup.entropy()).files(setup.files()).variables(setup.environment());\n            \
         for (name, value) in setup.given() {\n                builder = builder.variable(name, value);\n            }\n            \
         builder.build().map(|client| client.inner().clone()).map_err(|error| error.to_string())\n        }\n    };\n}\n\n",
    );
    for member in batch {
        text.push_str(&member.index);
    }
    text.push_str("\nfn main() {\n    use letterpress_tests::wire::driver::{op, report, run};\n");
    for member in batch {
        _ = writeln!(
            text,
            "    report({:?}, run({:?}.as_ref(), {:?}.as_ref(), &[",
            inputs::file_name(&member.collection),
            member.collection.display().to_string(),
            recordings.display().to_string(),
        );
        for operation in operations(member) {
            _ = writeln!(text, "        op::<{operation}>(),");
        }
        _ = writeln!(text, "    ], client!({})));", member.module);
    }
    text.push_str("}\n");
    text
}

/// Paths of the types of all operations in a module.
fn operations(member: &Member) -> Vec<String> {
    let mut operations = Vec::new();
    for (path, text) in &member.files {
        let Some(path) = path.strip_suffix(".rs") else {
            continue;
        };
        let path = path.strip_suffix("/mod").unwrap_or(path);
        let path: Vec<String> = path.split('/').map(|segment| format!("r#{segment}")).collect();
        let path = path.join("::");
        // The implementation's head is one line or, for long names, two.
        let heads = text.split("impl rt::Operation").skip(1);
        let names = heads.filter_map(|head| head.trim_start().strip_prefix("for")?.split_whitespace().next());
        operations.extend(names.map(|name| format!("{path}::{name}")));
    }
    operations
}

fn drive(program: &Path) -> Result<Vec<Found>, String> {
    let output = std::process::Command::new(program).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!(
            "{}: {}",
            program.display(),
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(line).collect()
}

fn line(line: &str) -> Result<Found, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let names = value["names"].as_array().into_iter().flatten();
    Ok(Found {
        collection: text("collection"),
        verdict: text("verdict"),
        names: names.filter_map(Value::as_str).map(str::to_owned).collect(),
        reason: text("reason"),
    })
}
