//! `letterpress check`: compares a crate with what would be written now.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use letterpress::output::File;
use letterpress::output::disk::{self, Difference};

use super::{Crate, Own, fail, lock};

/// Names every file that differs.
pub(super) fn run(krate: &Crate) -> ExitCode {
    let Some(outcome) = krate.press(Own::Keep) else {
        return ExitCode::FAILURE;
    };
    let differences = match disk::compare(&krate.out, &outcome.files) {
        Ok(differences) => differences,
        Err(error) => return fail(&krate.out, &error),
    };
    for difference in &differences {
        match difference {
            Difference::Missing(path) => println!("missing: {path}"),
            Difference::Stale(path) => stale(&krate.out, path, &outcome.files),
            Difference::Extra(path) => println!("extra: {path}"),
        }
    }
    let stale = lock::stale(&krate.collection, &krate.settings);
    if let Some(said) = &stale {
        println!("{said}");
    }
    match (differences.is_empty(), stale) {
        (true, None) => return ExitCode::SUCCESS,
        (true, Some(_)) => return ExitCode::FAILURE,
        (false, _) => {}
    }
    eprintln!(
        "{} is not up to date; run `letterpress generate` with the same arguments",
        krate.out.display()
    );
    ExitCode::FAILURE
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
