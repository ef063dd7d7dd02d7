//! What the samples of an outcome are called.
//!
//! In: the saved samples. Out: the reason phrase of their status, and their names without what the status says already.

use super::clean::one_line;
use crate::ir::{Outcome, Shown, Status};

/// The reason phrase of a status as it was saved; empty if there is none but the status again.
pub(crate) fn reason(outcome: &Outcome) -> &str {
    let reasons = outcome.samples.iter().map(|sample| sample.reason.trim());
    let status = outcome.status.to_string();
    let mut said = reasons.filter(|reason| !reason.is_empty() && *reason != status);
    said.next().unwrap_or_default()
}

/// The names of an outcome's samples, each once; what the status or the item's own name says already is left out.
pub(crate) fn titles(outcome: &Outcome, reason: &str, item: &str) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    let item = one_line(item);
    let told = outcome
        .samples
        .iter()
        .filter(|sample| sample.shown != Shown::Made);
    for sample in told {
        let title = sample_title(&sample.name, outcome.status, reason);
        let says_nothing = title.is_empty() || title == reason || title.eq_ignore_ascii_case(&item);
        if !(says_nothing || titles.contains(&title)) {
            titles.push(title);
        }
    }
    titles
}

/// The name of a saved answer as one line, without the status and its reason that it often begins with.
fn sample_title(name: &str, status: Status, reason: &str) -> String {
    let title = one_line(name);
    let words: Vec<&str> = title.split(' ').collect();
    let plain = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.to_ascii_lowercase()
    };
    let status = status.to_string();
    let reason: Vec<String> = reason.split_whitespace().map(plain).collect();
    let lead = |word: &&&str| matches!(plain(word).as_str(), "http" | "status" | "code" | "response" | "");
    let lead = words.iter().take_while(lead).count();
    let said = words.get(lead).is_some_and(|word| plain(word) == status);
    let start = if said { lead + 1 } else { 0 };
    let rest = |start: usize| words.get(start..).unwrap_or_default().join(" ");
    let next: Vec<String> = words
        .iter()
        .skip(start)
        .take(reason.len())
        .map(|word| plain(word))
        .collect();
    let cut = if !reason.is_empty() && next == reason {
        start + reason.len()
    } else {
        start
    };
    // A reason alone may begin a sentence: `Not found users are left out`.
    let parts = |rest: &str| rest.is_empty() || rest.starts_with([':', '-', '–', '—', ',']);
    let ends = cut > start
        && words
            .get(cut - 1)
            .is_some_and(|word| word.ends_with([':', ',', '-']));
    let rest = if said || ends || parts(&rest(cut)) {
        rest(cut)
    } else {
        title
    };
    rest.trim_start_matches([':', '-', '–', '—', ',', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::sample_title;

    #[test]
    fn what_the_status_says_is_not_said_again() {
        for (name, expected) in [
            ("404 Not Found", ""),
            ("Status 404: Not Found - no such user", "no such user"),
            ("Not Found - no such user", "no such user"),
            ("Not Found: no such user", "no such user"),
            ("Not Found , no such user", "no such user"),
            ("Not Found", ""),
            ("Not found users are left out", "Not found users are left out"),
            ("404 users", "users"),
            ("No such user", "No such user"),
        ] {
            assert_eq!(sample_title(name, 404.into(), "Not Found"), expected, "{name}");
        }
        assert_eq!(sample_title("- a", 404.into(), ""), "a");
    }
}
