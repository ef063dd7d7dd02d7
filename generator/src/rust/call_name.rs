//! The words that an operation is named by: its own name, or its method and path where that says nothing.
//!
//! In: an operation. Out: at least one word. An item that nobody named has its URL for a name in Postman; method
//! and path then make the better name: `GET https://api.example.com/v1/users?page=1` is `get`, `v1`, `users`.

use super::{name, numbering, path, type_name, words};
use crate::ir;

/// The words of an operation's name.
pub fn words(operation: &ir::Operation) -> Vec<String> {
    let text = operation.name.trim();
    let own = if is_address(text) {
        Vec::new()
    } else {
        shortened(&without_stand_ins(numbering::without_number(text)))
    };
    if !name::join(&own, name::Case::Snake).is_empty() {
        return own;
    }
    let address = if is_address(text) {
        text
    } else {
        operation.url.base.as_str()
    };
    let mut words = words::words(&operation.method.to_lowercase());
    words.extend(words_of_path(path::path(address), &operation.place.breadcrumb));
    if words.len() < 2 {
        words.extend(words::words(address));
    }
    if words.is_empty() {
        vec!["request".to_owned()]
    } else {
        words
    }
}

/// The words of a path, without the segments that the folders around say already, and if it is long, without all but its end.
fn words_of_path(path: &str, breadcrumb: &[String]) -> Vec<String> {
    let folders = breadcrumb.split_last().map_or(breadcrumb, |(_, folders)| folders);
    let folders: Vec<String> = folders
        .iter()
        .map(|folder| name::join(&words::words(folder), name::Case::Snake))
        .collect();
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !words::words(segment).is_empty())
        .collect();
    let is_said = |segment: &&&str| {
        let said = name::join(&words::words(segment), name::Case::Snake);
        path::is_variable(segment) || folders.contains(&said)
    };
    let said = if folders.is_empty() {
        0
    } else {
        segments.iter().take_while(is_said).count()
    };
    let last = segments
        .iter()
        .rposition(|segment| !path::is_variable(segment))
        .unwrap_or_default();
    let own = segments.get(said.min(last)..).unwrap_or_default();
    let words_of = |segments: &[&str]| -> Vec<String> {
        let mut words = Vec::new();
        let mut rest = segments;
        while let Some((segment, others)) = rest.split_first() {
            let one = others.first().and_then(|next| one_of(segment, next));
            rest = others.get(usize::from(one.is_some())..).unwrap_or_default();
            words.extend(one.unwrap_or_else(|| words::words(segment)));
        }
        words
    };
    let mut ends = (0..=own.len()).filter_map(|from| own.get(from..)).map(words_of);
    let fitting = ends.find(|words| letters(words) <= End::Mark.longest());
    fitting
        .filter(|words| !words.is_empty())
        .unwrap_or_else(|| words_of(own))
}

/// `groups/:groupId` is a `group`.
fn one_of(segment: &str, variable: &str) -> Option<Vec<String>> {
    let many = words::words(segment);
    let one = type_name::singular_of(&many);
    let which = name::join(&words::words(variable), name::Case::Snake);
    let own = name::join(&one, name::Case::Snake);
    let is_which = ["id", "uuid", "key", own.as_str()].contains(&which.as_str())
        || which.strip_suffix("_id").is_some_and(|kind| own.ends_with(kind));
    (path::is_variable(variable) && is_which && one != many).then_some(one)
}

/// The words of a function on the handle of a folder: `eth_blockNumber` in `ETH` is `block`, `number`, since
/// `client.eth().eth_block_number()` would say the namespace twice. Prose keeps all its words.
///
/// `None` if these are all the words of its name.
pub fn words_in(folder: &str, operation: &ir::Operation) -> Option<Vec<String>> {
    without_namespace(folder, operation.name.trim())
}

fn without_namespace(folder: &str, text: &str) -> Option<Vec<String>> {
    if is_address(text) || text.contains(char::is_whitespace) {
        return None;
    }
    let namespace = name::join(&words::words(folder), name::Case::Snake);
    if namespace.is_empty() {
        return None;
    }
    let mut separators = text.match_indices(['_', '.', '/', ':']);
    let rest = separators.find_map(|(at, separator)| {
        let head = words::words(text.get(..at)?);
        let head = name::join(&head, name::Case::Snake);
        // Dots and slashes are between namespaces only: `drive.files.list` is the `list` of `files` too.
        let ends_so = separator != "_" && head.ends_with(&format!("_{namespace}"));
        (head == namespace || ends_so).then_some(text.get(at + separator.len()..)?)
    })?;
    let rest = words::prose_words(rest);
    rest.first()
        .is_some_and(|word| words::can_start(word))
        .then_some(rest)
}

/// All words of an operation's name, however long it is; `None` if these are [`words()`], or it has none.
pub fn all_words(operation: &ir::Operation) -> Option<Vec<String>> {
    let text = operation.name.trim();
    let all = words::prose_words(&without_stand_ins(text));
    (!is_address(text) && all.len() > words(operation).len()).then_some(all)
}

/// The words of a name; of a long one, those of its first sentence, or of what stands before a dash or bracket.
fn shortened(text: &str) -> Vec<String> {
    let all = words::prose_words(text);
    let heads = ends_of_parts(text).filter_map(|(at, end)| Some((words::prose_words(text.get(..at)?), end)));
    let mut names = heads.filter(|(head, end)| {
        let numbered = head.last().is_some_and(|word| word.starts_with(char::is_numeric));
        letters(&all) > end.longest()
            && letters(head) <= End::Mark.longest()
            && head.len() >= end.fewest()
            && !numbered
    });
    let name = names.next().map(|(head, _)| head);
    name.unwrap_or(all)
}

fn letters(words: &[String]) -> usize {
    words.iter().map(|word| word.chars().count()).sum()
}

/// What ends a part of a name.
#[derive(Clone, Copy)]
enum End {
    /// The end of a sentence, or the start of one that nothing parts from the one before.
    Sentence,
    /// A dash, a colon, a bracket.
    Mark,
}

impl End {
    /// Most letters of a name that goes on behind such an end.
    fn longest(self) -> usize {
        match self {
            Self::Sentence => 40,
            Self::Mark => 50,
        }
    }

    /// Fewest words that make a name without the rest.
    fn fewest(self) -> usize {
        match self {
            Self::Sentence => 2,
            Self::Mark => 3,
        }
    }
}

/// Where parts of a name end, the longest part first.
fn ends_of_parts(text: &str) -> impl Iterator<Item = (usize, End)> {
    let spaces = text.match_indices(char::is_whitespace);
    let ends = spaces.filter_map(|(at, _)| {
        let (head, rest) = text.split_at_checked(at)?;
        let next = rest.split_whitespace().next()?;
        let last = head.rsplit(char::is_whitespace).next()?;
        let begins = STARTING.contains(&next) && last.starts_with(char::is_lowercase);
        let mark = head.ends_with([';', ':']) || next.starts_with(['(', '|', '–', '—', '-']);
        match (begins || head.ends_with(['.', '?', '!']), mark) {
            (true, _) => Some((at, End::Sentence)),
            (false, true) => Some((at, End::Mark)),
            (false, false) => None,
        }
    });
    ends.collect::<Vec<_>>().into_iter().rev()
}

/// Words that a sentence begins with, and hardly a name of anything.
const STARTING: &[&str] = &[
    "Any", "If", "It", "Note", "Only", "Please", "Requires", "Return", "Returns", "See", "The", "These",
    "This", "Use", "When", "You",
];

/// A name that ends in a query, without the values that only stand for something: of `users?language={language}`,
/// `users?language`; of `users?status=active`, all.
fn without_stand_ins(text: &str) -> String {
    let Some((path, query)) = text.split_once('?').filter(|(_, query)| query.contains('=')) else {
        return text.to_owned();
    };
    let shown = |entry: &str| match entry.split_once('=') {
        Some((key, value)) if value.is_empty() || value.starts_with(['{', '<', ':']) => key.to_owned(),
        Some(_) | None => entry.to_owned(),
    };
    let query: Vec<String> = query.split('&').map(shown).collect();
    format!("{path}?{}", query.join("&"))
}

/// Whether a name is an URL or a path rather than a description.
fn is_address(text: &str) -> bool {
    let one_word = !text.contains(char::is_whitespace);
    one_word
        && (text.contains("://") || text.starts_with('/') || (text.starts_with("{{") && text.contains("}}/")))
}

#[cfg(test)]
mod tests {
    use super::{without_namespace, without_stand_ins};

    #[test]
    fn what_stands_for_a_value_is_no_part_of_a_name() {
        for (text, expected) in [
            ("{who}/messages?language={language}", "{who}/messages?language"),
            ("a?b={{b}}&c=<c>&d=1&e", "a?b&c&d=1&e"),
            ("Is it so? a = b", "Is it so? a = b"),
            ("users?", "users?"),
        ] {
            assert_eq!(without_stand_ins(text), expected);
        }
    }

    #[test]
    fn a_namespace_that_the_folder_says_is_not_said_again() {
        for (folder, text, expected) in [
            ("ETH", "eth_blockNumber", Some("block number")),
            ("chat", "chat.postMessage", Some("post message")),
            ("Chat Bots", "chat_bots:list", Some("list")),
            ("users", "users/2fa", None),
            ("users", "users_", None),
            ("users", "usersList", None),
            ("Users", "Users: list all", None),
            ("Users", "users_groups_list", Some("groups list")),
            ("user", "users_list", None),
            ("", "_list", None),
            ("users", "/users/list", None),
        ] {
            let found = without_namespace(folder, text);
            let found = found.map(|words| words.join(" ").to_lowercase());
            assert_eq!(found.as_deref(), expected, "{text} in {folder}");
        }
    }
}
