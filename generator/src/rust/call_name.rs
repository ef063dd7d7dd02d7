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
        words::words(text)
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

/// Whether a name is an URL or a path rather than a description.
fn is_address(text: &str) -> bool {
    let one_word = !text.contains(char::is_whitespace);
    one_word
        && (text.contains("://") || text.starts_with('/') || (text.starts_with("{{") && text.contains("}}/")))
}

/// The path of an URL or template, without host and query.
fn path(address: &str) -> &str {
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
