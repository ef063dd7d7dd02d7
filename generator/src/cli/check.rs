//! `letterpress check`: compares a crate with what would be written now.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use letterpress::output::File;
use letterpress::output::disk::{self, Difference};

use super::{Crate, Memory, Own, diff, fail, lock, manifest};

/// What is said to `check`.
#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    krate: Crate,
    /// Also says what changed for callers since the crate was written, and which version that asks for.
    #[arg(long)]
    semver: bool,
}

/// Checks the crate that is named, or that is here.
pub(super) fn run(check: &Check) -> ExitCode {
    match check.krate.found() {
        Ok(krate) => self::check(&krate, check.semver),
        Err(code) => code,
    }
}

/// Names every file that differs.
pub(super) fn check(krate: &Crate, semver: bool) -> ExitCode {
    let Some(outcome) = krate.press(Own::Keep, Memory::Kept, &|_, _| None) else {
        return ExitCode::FAILURE;
    };
    let out = krate.out();
    let differences = match disk::compare(out, &outcome.files) {
        Ok(differences) => differences,
        Err(error) => return fail(out, &error),
    };
    for difference in &differences {
        match difference {
            Difference::Missing(path) => println!("missing: {path}"),
            Difference::Stale(path) => stale(out, path, &outcome.files),
            Difference::Extra(path) => println!("extra: {path}"),
        }
    }
    if semver {
        say_version(out, &outcome.files, &differences);
    }
    let stale = lock::stale(krate.collection(), &krate.settings);
    if let Some(said) = &stale {
        println!("{said}");
    }
    match (differences.is_empty(), stale) {
        (true, None) => return ExitCode::SUCCESS,
        (true, Some(_)) => return ExitCode::FAILURE,
        (false, _) => {}
    }
    eprintln!(
        "{0} is not up to date; run `letterpress generate --out {0}`, which writes it as it was made",
        out.display()
    );
    ExitCode::FAILURE
}

/// Says what changed for callers since a crate was written, and which version that asks for.
fn say_version(out: &Path, files: &[File], differences: &[Difference]) {
    let extra = differences.iter().filter_map(|difference| match difference {
        Difference::Extra(path) => Some(path),
        Difference::Missing(_) | Difference::Stale(_) => None,
    });
    let paths = files.iter().map(|file| &file.path).chain(extra);
    let read = |path: &String| Some(File::new(path.as_str(), fs::read_to_string(out.join(path)).ok()?));
    let present: Vec<File> = paths.filter_map(read).collect();
    let (level, said) = diff::between(&present, files);
    println!("{said}");
    let version = fs::read_to_string(out.join("Cargo.toml")).ok();
    let version = version.and_then(|text| manifest::version(&text));
    if let (Some(level), Some(version)) = (level, version)
        && let Some(next) = next(&version, level)
    {
        println!("  the version is {version}; the next one must be {next} at least");
    }
}

/// The version after one: before 1.0 the second number says that callers may break.
fn next(version: &str, level: &str) -> Option<String> {
    let numbers: Vec<u64> = version
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [major, minor, patch] = numbers.try_into().ok()?;
    Some(match (level, major, minor) {
        ("major", 1.., _) => format!("{}.0.0", major + 1),
        ("minor", 1.., _) | ("major", 0, _) => format!("{major}.{}.0", minor + 1),
        (_, _, _) => format!("{major}.{minor}.{}", patch + 1),
    })
}

/// Names a file that holds something else, with the first line that does.
fn stale(out: &Path, path: &str, files: &[File]) {
    let present = fs::read(out.join(path)).unwrap_or_default();
    let present = String::from_utf8_lossy(&present);
    let wanted = files
        .iter()
        .find(|file| file.path == path)
        .map_or("", |file| file.text.as_str());
    let (line, present, wanted) = first_difference(&present, wanted);
    println!("stale: {path}:{line}");
    for (mark, text) in [("-", present), ("+", wanted)] {
        if let Some(text) = text {
            println!("  {mark} {}", shortened(text));
        }
    }
}

/// The first line in which two texts differ, from 1, and what it is in each. How it ends does not count.
fn first_difference<'a>(present: &'a str, wanted: &'a str) -> (usize, Option<&'a str>, Option<&'a str>) {
    let lines = |text: &'a str| {
        text.split('\n')
            .map(|line| line.strip_suffix('\r').unwrap_or(line))
    };
    let (mut present, mut wanted) = (lines(present), lines(wanted));
    let mut line = 1;
    loop {
        match (present.next(), wanted.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (a, b) => return (line, a, b),
        }
    }
}

/// The beginning of a line, with nothing in it that would move the cursor.
fn shortened(line: &str) -> String {
    const LONGEST: usize = 120;
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = line.chars().take(LONGEST).map(shown).collect();
    if line.chars().count() > LONGEST {
        text + "…"
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_what_cargo_takes_for_it() {
        for (version, level, expected) in [
            ("1.2.3", "major", Some("2.0.0")),
            ("1.2.3", "minor", Some("1.3.0")),
            ("1.2.3", "patch", Some("1.2.4")),
            ("0.2.3", "major", Some("0.3.0")),
            ("0.2.3", "minor", Some("0.2.4")),
            ("1.0.0-rc.1", "major", None),
        ] {
            assert_eq!(next(version, level).as_deref(), expected, "{version} {level}");
        }
    }

    #[test]
    fn the_first_line_that_differs_is_found() {
        assert_eq!(first_difference("a\nb\nc", "a\nx\nc"), (2, Some("b"), Some("x")));
        assert_eq!(first_difference("a\n", "a\nb\n"), (2, Some(""), Some("b")));
        assert_eq!(first_difference("a", "a\nb"), (2, None, Some("b")));
        assert_eq!(
            first_difference("a\r\nb\r\nc", "a\nb\nx"),
            (3, Some("c"), Some("x"))
        );
        assert_eq!(shortened("a\u{1b}[31m"), "a [31m");
    }
}
