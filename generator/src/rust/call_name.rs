//! The words that an operation is named by: its own name, or its method and path where that says nothing.
//!
//! In: an operation. Out: at least one word. An item that nobody named has its URL for a name in Postman; method
//! and path then make the better name: `GET https://api.example.com/v1/users?page=1` is `get`, `v1`, `users`.

use super::{name, words};
use crate::ir;

/// The words of an operation's name.
pub fn words(operation: &ir::Operation) -> Vec<String> {
    let text = operation.name.trim();
    let own = if is_address(text) {
        Vec::new()
    } else {
        shortened(&without_stand_ins(text))
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
    words.extend(words::words(path(address)));
    if words.len() < 2 {
        words.extend(words::words(address));
    }
    if words.is_empty() {
        vec!["request".to_owned()]
    } else {
        words
    }
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
        let is_it = name::join(&head, name::Case::Snake) == namespace;
        is_it.then_some(text.get(at + separator.len()..)?)
    })?;
    let rest = words::prose_words(rest);
    rest.first()
        .is_some_and(|word| words::can_start(word))
        .then_some(rest)
}

/// The words of a name; of one that is too long, those of its first sentence, or of what stands before a bracket.
fn shortened(text: &str) -> Vec<String> {
    let all = words::prose_words(text);
    if name::fits(&all) {
        return all;
    }
    let ends = text
        .match_indices(['.', '(', ';', ':', '?', '–'])
        .map(|(at, _)| at);
    let parts = ends.filter_map(|at| Some(words::prose_words(text.get(..at)?)));
    let mut fitting = parts
        .rev()
        .filter(|words| words.len() >= FEWEST && name::fits(words));
    fitting.next().unwrap_or(all)
}

/// Fewest words that are the name of an item whose name goes on.
const FEWEST: usize = 3;

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

/// The path of an URL or template, without host and query.
pub fn path(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let rest = match address.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|slash| rest.get(slash..))
            .unwrap_or_default(),
        None => address,
    };
    match rest.split_once("}}") {
        Some((variable, rest)) if variable.starts_with("{{") => rest,
        Some(_) | None => rest,
    }
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
