//! `letterpress diff`: what changed for callers between two forms of a collection, and what that asks of the version.
//!
//! In: two collections, or one at two revisions. Out: changes with a verdict, for people, for a pull request, or for programs.

mod compare;
mod request;
mod sources;
mod surface;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use letterpress::config::{Config, DocTests, DocsLevel};
use letterpress::diag::Sink;
use letterpress::output::File;
use letterpress::pipeline;

use super::terminal::{Style, To};
use super::{Settings, Verbosity, report, terminal};
use compare::{Change, Level, changes};
use sources::{Side, at, side};
use surface::Surface;

/// What to compare.
#[derive(Args)]
pub(super) struct Diff {
    /// The collection as it was: a path, or `REVISION:PATH` of git; with a path behind `--`, a revision.
    old: String,
    /// The collection as it is.
    #[arg(required_unless_present = "path")]
    new: Option<String>,
    /// The collection's path, where OLD is a revision: `diff HEAD~1 -- collections/x.json`.
    #[arg(last = true)]
    path: Option<PathBuf>,
    /// Prints the verdict and the changes as JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Prints them as Markdown, for a pull request.
    #[arg(long)]
    markdown: bool,
    /// Says the verdict by the exit code as well: 0 nothing, 3 patch, 4 minor, 5 major. 1 is an error.
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Compares and prints.
pub(super) fn run(diff: &Diff) -> ExitCode {
    let (old, new) = match sides(diff) {
        Ok(sides) => sides,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::FAILURE;
        }
    };
    let (Some(before), Some(after)) = (pressed(&old, diff), pressed(&new, diff)) else {
        return ExitCode::FAILURE;
    };
    let changes = changes(&before.surface, &after.surface);
    let verdict = match changes.first() {
        Some(worst) => Some(worst.level),
        None => (before.texts != after.texts).then_some(Level::Patch),
    };
    let held = newly_held(&before.held, &after.held);
    let text = if diff.json {
        json(verdict, &changes, &held)
    } else if diff.markdown {
        markdown(verdict, &changes, &held)
    } else {
        plain(verdict, &changes, &held)
    };
    println!("{text}");
    match verdict {
        _ if !diff.exit_code => ExitCode::SUCCESS,
        None => ExitCode::SUCCESS,
        Some(Level::Patch) => ExitCode::from(3),
        Some(Level::Minor) => ExitCode::from(4),
        Some(Level::Major) => ExitCode::from(5),
    }
}

/// The verdict of two forms of a crate's files, and what changed, for people.
pub(super) fn between(old: &[File], new: &[File]) -> (Option<&'static str>, String) {
    let changes = changes(&surface::of(old), &surface::of(new));
    let code = |files: &[File]| {
        let is_code = |file: &&File| file.path.starts_with("src/");
        files
            .iter()
            .filter(is_code)
            .map(|file| file.text.replace("\r\n", "\n"))
            .collect::<Vec<_>>()
    };
    let verdict = match changes.first() {
        Some(worst) => Some(worst.level),
        None => (code(old) != code(new)).then_some(Level::Patch),
    };
    (verdict.map(Level::name), plain(verdict, &changes, &[]))
}

fn sides(diff: &Diff) -> Result<(Side, Side), String> {
    match (&diff.path, &diff.new) {
        (Some(path), None) => Ok((at(&diff.old, path, 0)?, side(&path.to_string_lossy(), 1)?)),
        (Some(path), Some(new)) => Ok((at(&diff.old, path, 0)?, at(new, path, 1)?)),
        (None, Some(new)) => Ok((side(&diff.old, 0)?, side(new, 1)?)),
        (None, None) => Err("two collections are needed, or a revision and a path behind `--`".to_owned()),
    }
}

/// What is pressed of a side.
struct Pressed {
    surface: Surface,
    /// All of its text.
    texts: Vec<String>,
    /// Names that only stay because they are locked, each with what it would be.
    held: Vec<(String, String)>,
}

/// Names that would have changed without the lock, but for those that would have before.
fn newly_held(before: &[(String, String)], after: &[(String, String)]) -> Vec<(String, String)> {
    after
        .iter()
        .filter(|held| !before.contains(held))
        .cloned()
        .collect()
}

/// What is pressed of a side; `None` if it is refused, which is reported.
fn pressed(side: &Side, diff: &Diff) -> Option<Pressed> {
    let mut sink = Sink::default();
    let input = letterpress::read(&side.path, &mut sink);
    report(&sink.into_diagnostics(), Verbosity::Errors);
    let config = Config {
        docs: DocsLevel::Brief,
        doc_tests: DocTests::Off,
        ..diff.settings.config()
    };
    let input = input?;
    let outcome = pipeline::generate_crate(&input, &config, Some("client"));
    report(&outcome.diagnostics, Verbosity::Errors);
    if outcome.has_errors() {
        return None;
    }
    // The first line names the file, and that may have another name.
    let texts = outcome
        .files
        .iter()
        .map(|file| file.text.lines().skip(1).collect::<Vec<_>>().join("\n"));
    let held = match &input.lock {
        Some(_) => pipeline::names(&input, &config).0.map(|names| names.held),
        None => None,
    };
    Some(Pressed {
        surface: surface::of(&outcome.files),
        texts: texts.collect(),
        held: held.unwrap_or_default(),
    })
}

/// The verdict as people read it.
fn headline(verdict: Option<Level>, changes: &[Change]) -> String {
    let count = |level: Level| changes.iter().filter(|change| change.level == level).count();
    match verdict {
        None => "nothing changed".to_owned(),
        Some(Level::Patch) => {
            "patch: nothing changed for callers but what is sent, saved or documented".to_owned()
        }
        Some(level) => format!(
            "{}: {} may break callers, {} added",
            level.name(),
            count(Level::Major),
            count(Level::Minor)
        ),
    }
}

fn plain(verdict: Option<Level>, changes: &[Change], held: &[(String, String)]) -> String {
    let kept = held
        .iter()
        .map(|(name, other)| format!("kept   {name} would be {other} without letterpress.lock"));
    let lines = changes
        .iter()
        .map(|Change { level, what, why }| format!("{}  {what} {why}", shown(*level)));
    let lines: Vec<String> = lines.chain(kept).chain([headline(verdict, changes)]).collect();
    lines.join("\n")
}

/// A level in its colour.
fn shown(level: Level) -> String {
    let style = match level {
        Level::Major => Style::Error,
        Level::Minor => Style::Good,
        Level::Patch => Style::Warning,
    };
    terminal::paint(To::Out, style, &format!("{:5}", level.name()))
}

fn markdown(verdict: Option<Level>, changes: &[Change], held: &[(String, String)]) -> String {
    let mut text = format!("**{}**\n", headline(verdict, changes));
    for (level, title) in [
        (Level::Major, "May break callers"),
        (Level::Minor, "Added"),
        (Level::Patch, "Sent or saved otherwise"),
    ] {
        let mut own = changes.iter().filter(|change| change.level == level).peekable();
        if own.peek().is_some() {
            text.push_str(&format!("\n### {title}\n\n"));
        }
        for Change { what, why, .. } in own {
            let (kind, path) = what.split_once(' ').unwrap_or(("", what));
            text.push_str(&format!("- {kind} `{path}` {why}\n"));
        }
    }
    if let [_, ..] = held {
        text.push_str("\n### Names that stay by `letterpress.lock`\n\n");
    }
    for (name, other) in held {
        text.push_str(&format!("- `{name}` would be `{other}`\n"));
    }
    text.trim_end().to_owned()
}

fn json(verdict: Option<Level>, changes: &[Change], held: &[(String, String)]) -> String {
    let changes: Vec<_> = changes
        .iter()
        .map(|change| serde_json::json!({"level": change.level.name(), "what": change.what, "why": change.why}))
        .collect();
    let kept: Vec<_> = held
        .iter()
        .map(|(name, other)| serde_json::json!({"name": name, "otherwise": other}))
        .collect();
    let verdict = verdict.map_or("none", Level::name);
    format!(
        "{:#}",
        serde_json::json!({"verdict": verdict, "changes": changes, "kept": kept})
    )
}
