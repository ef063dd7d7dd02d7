//! Puts the output of many collections into few crates, runs cargo on them, and finds out which collection
//! a message is about.
//!
//! An error in one collection can hide those of its neighbours (the compiler stops between its phases), so
//! culprits are taken out and the rest is tried again until it passes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cargo::{self, Outcome};
use super::generate::NO_ITEMS;
use super::{Failure, Options, Report, parallel};
use crate::inputs;
use crate::press::{self, Pressed};

/// Crates are filled up to about this many bytes of collections.
const BATCH_BYTES: u64 = 3_000_000;
/// How much of the compiler's words about one collection is kept.
const KEPT_MESSAGES: usize = 3;

/// Lines of what a failed example prints that are listed.
const KEPT_LINES: usize = 12;

/// A cargo command that all batches must pass.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    /// The stage's name.
    pub stage: &'static str,
    /// Arguments of cargo; `--message-format=json` is among them if the command takes it.
    pub arguments: &'a [&'a str],
    /// Flags of rustdoc.
    pub rustdoc_flags: &'a str,
    /// Attributes of the crates that hold the batches.
    pub attributes: &'a str,
}

/// Presses all collections, and runs every check over those that the ones before left.
pub fn run(options: &Options, checks: &[Check<'_>]) -> Report {
    let stage = checks.first().map_or("", |check| check.stage);
    let mut report = Report {
        stage,
        collections: options.collections.len(),
        ..Report::default()
    };
    let mut batches = press_all(options, &mut report);
    for check in checks {
        pass(&options.work.join(stage), check, &mut batches, &mut report);
    }
    report.failures.sort();
    report
}

/// One collection's output.
struct Member {
    collection: String,
    pressed: Pressed,
}

/// The members of each crate.
type Batches = Vec<Vec<Member>>;

fn press_all(options: &Options, report: &mut Report) -> Batches {
    let placed = placed(&options.collections);
    let outcomes = parallel::map(&placed, |(batch, module, path)| {
        press::press_as(path, module, &crate_name(*batch))
    });
    let mut batches = Batches::new();
    for ((batch, _, path), outcome) in placed.into_iter().zip(outcomes) {
        let collection = inputs::file_name(path);
        batches.resize_with(batches.len().max(batch + 1), Vec::new);
        let members = batches
            .last_mut()
            .expect("invariant: batches are opened in order");
        match outcome.and_then(|pressed| pressed) {
            Ok(pressed) => {
                report.items += pressed.functions();
                members.push(Member { collection, pressed });
            }
            Err(reason) if reason.contains(NO_ITEMS) => {
                report.fact("refused, having no requests", collection);
            }
            Err(reason) => report.failures.push(Failure { collection, reason }),
        }
    }
    batches
}

/// The batch and the module name of each collection.
fn placed(collections: &[PathBuf]) -> Vec<(usize, String, &PathBuf)> {
    let (mut batch, mut filled) = (0, 0);
    let mut placed = Vec::new();
    for (index, path) in collections.iter().enumerate() {
        let bytes = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        if filled > 0 && filled + bytes > BATCH_BYTES {
            batch += 1;
            filled = 0;
        }
        filled += bytes;
        placed.push((batch, format!("c{index:04}_{}", module_name(path)), path));
    }
    placed
}

fn crate_name(batch: usize) -> String {
    format!("batch_{batch:02}")
}

/// A readable module name; the number before it keeps it apart from others.
fn module_name(path: &Path) -> String {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    stem.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

fn pass(work: &Path, check: &Check<'_>, batches: &mut Batches, report: &mut Report) {
    loop {
        if let Err(error) = write_workspace(work, check, batches) {
            let collection = work.display().to_string();
            report.failures.push(Failure {
                collection,
                reason: error.to_string(),
            });
            return;
        }
        let outcome = cargo::run(work, check.arguments, check.rustdoc_flags);
        let found = take_out(batches, &reasons(work, &outcome));
        let explained = !found.is_empty();
        report.failures.extend(found);
        if outcome.success {
            return;
        }
        if !explained {
            report.failures.extend(give_up(batches, &outcome));
            return;
        }
    }
}

/// What the compiler says, by the module that it says it about.
fn reasons(work: &Path, outcome: &Outcome) -> BTreeMap<String, Vec<String>> {
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in &outcome.messages {
        let place = message.place.as_ref();
        if let Some(module) =
            place.and_then(|(file, line)| module_of(file).or_else(|| declared_at(work, file, *line)))
        {
            reasons.entry(module).or_default().push(message.rendered.clone());
        }
    }
    for line in outcome
        .output
        .lines()
        .filter(|line| line.starts_with("test ") && line.ends_with("FAILED"))
    {
        if let Some(module) = module_of(line) {
            let told = told(&outcome.output, line);
            reasons.entry(module).or_default().push(line.to_owned() + &told);
        }
    }
    reasons
}

/// What a test printed that failed, as far as it is worth listing.
fn told(output: &str, line: &str) -> String {
    let name = line.trim_start_matches("test ").split(" ... ").next();
    let name = name.unwrap_or_default().trim_end_matches(" - compile");
    let (_, rest) = output
        .split_once(&format!("---- {name} stdout ----"))
        .unwrap_or_default();
    let lines = rest.lines().take_while(|line| !line.starts_with("---- "));
    let lines = lines.filter(|line| !line.trim().is_empty());
    let shown = lines.take(KEPT_LINES).flat_map(|line| ["\n    ", line]);
    shown.collect()
}

/// `batch_01/src/c0007_users/mod.rs` → `c0007_users`.
fn module_of(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("src/c")?;
    let end = rest.find(['/', '.'])?;
    Some(format!("c{}", rest.get(..end)?))
}

/// The module that the root of a crate declares at this line, or after the attributes at this line.
fn declared_at(work: &Path, file: &str, line: usize) -> Option<String> {
    let root = std::fs::read_to_string(work.join(file)).ok()?;
    let mut rest = root.lines().skip(line.saturating_sub(1));
    rest.find_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
}

fn take_out(batches: &mut [Vec<Member>], reasons: &BTreeMap<String, Vec<String>>) -> Vec<Failure> {
    let mut failures = Vec::new();
    for batch in batches {
        batch.retain(|member| match reasons.get(&member.pressed.module) {
            None => true,
            Some(messages) => {
                failures.push(failure(member, messages));
                false
            }
        });
    }
    failures
}

fn failure(member: &Member, messages: &[String]) -> Failure {
    let mut reason = format!("{} messages\n", messages.len());
    for message in messages.iter().take(KEPT_MESSAGES) {
        reason.push_str(message);
        reason.push('\n');
    }
    Failure {
        collection: member.collection.clone(),
        reason: reason.trim_end().to_owned(),
    }
}

/// Fails everything that is left: cargo is not content, and nothing says whose fault it is.
fn give_up(batches: &mut Vec<Vec<Member>>, outcome: &Outcome) -> Vec<Failure> {
    let unexplained = outcome.messages.iter().map(|message| message.rendered.clone());
    let mut said: String = unexplained.collect();
    said.push_str(&outcome.output);
    let tail: Vec<&str> = said.lines().rev().take(40).collect();
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    let reason = format!("cargo fails and names no collection\n{}", tail.join("\n"));
    let members = std::mem::take(batches).into_iter().flatten();
    members
        .map(|member| Failure {
            collection: member.collection,
            reason: reason.clone(),
        })
        .collect()
}

fn write_workspace(work: &Path, check: &Check<'_>, batches: &[Vec<Member>]) -> std::io::Result<()> {
    let names: Vec<String> = (0..batches.len())
        .map(|index| format!("batch_{index:02}"))
        .collect();
    remove_others(work, &names)?;
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
        quoted.join(", ")
    );
    press::write_if_changed(&work.join("Cargo.toml"), &manifest)?;
    // The same versions as the workspace's own, so that a run does not depend on the day.
    let lock = std::fs::read_to_string(inputs::workspace().join("Cargo.lock")).unwrap_or_default();
    if !work.join("Cargo.lock").exists() && !lock.is_empty() {
        press::write_if_changed(&work.join("Cargo.lock"), &lock)?;
    }
    for (name, batch) in names.iter().zip(batches) {
        write_batch(&work.join(name), name, check, batch)?;
    }
    Ok(())
}

fn write_batch(folder: &Path, name: &str, check: &Check<'_>, batch: &[Member]) -> std::io::Result<()> {
    press::write_if_changed(&folder.join("Cargo.toml"), &press::manifest(name))?;
    let mut root = format!("//! Clients of many collections.\n{}\n", check.attributes);
    let source = folder.join("src");
    let mut kept = vec!["lib.rs".to_owned()];
    for Member { pressed, .. } in batch {
        root.push_str(&pressed.index);
        pressed.write(&source)?;
        kept.push(pressed.module.clone());
        kept.push(format!("{}.rs", pressed.module));
    }
    press::write_if_changed(&source.join("lib.rs"), &root)?;
    remove_others(&source, &kept)
}

/// Removes what an earlier run left in `folder`; cargo's own files stay.
fn remove_others(folder: &Path, kept: &[String]) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = inputs::file_name(&path);
        if name == "target" || name.starts_with("Cargo.") || kept.contains(&name) {
            continue;
        }
        if path.is_dir() {
            std::fs::remove_dir_all(path)?;
        } else {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::module_of;

    #[test]
    fn finds_the_module_that_a_message_is_about() {
        assert_eq!(
            module_of("batch_01/src/c0007_users/mod.rs").as_deref(),
            Some("c0007_users")
        );
        assert_eq!(
            module_of("test batch_01/src/c0007_x.rs - a (line 3) ... FAILED").as_deref(),
            Some("c0007_x")
        );
        assert_eq!(module_of("batch_01/src/lib.rs"), None);
    }
}
