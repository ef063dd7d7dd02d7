//! API keys: a header or a query entry of a name that the collection chooses.
//!
//! A header replaces all whose names consist of the same words (`X-Api-Key` replaces `XApi_Key`), as in Postman.

use super::{Cx, Draft};
use crate::wire::{BuildError, Mode};

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let (key, value) = (cx.params.text("key"), cx.params.text("value"));
    let is_query = cx.params.text("in") == "query";
    // A value without a name is sent as `?=value`.
    let lacks_name = key.is_empty() && (value.is_empty() || !is_query);
    if lacks_name || (cx.mode == Mode::Normal && value.is_empty()) {
        return Ok(());
    }
    if is_query {
        if !key.is_empty() {
            draft.address.remove_query(&[key]);
        }
        draft.address.add_query(key, value);
        return Ok(());
    }
    let replaced = words(key);
    draft.headers.retain(|header| words(&header.name) != replaced);
    draft.add_header(key, value)
}

/// The words of a name in lower case: parted by anything but letters and digits, by case, and around digits.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let characters: Vec<char> = name.chars().collect();
    let mut last = Kind::Other;
    for (index, &character) in characters.iter().enumerate() {
        let kind = Kind::of(character);
        let before_lower = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let continues = match (last, kind) {
            (Kind::Upper, Kind::Upper) => !before_lower,
            (Kind::Upper, Kind::Lower) => true,
            (last, kind) => last == kind,
        };
        last = kind;
        if kind == Kind::Other {
            continue;
        }
        match words.last_mut() {
            Some(word) if continues => word.extend(character.to_lowercase()),
            Some(_) | None => words.push(character.to_lowercase().collect()),
        }
    }
    words
}

/// A kind of character, to part words by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Upper,
    Lower,
    Digit,
    Other,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            _ if character.is_uppercase() => Self::Upper,
            _ if character.is_numeric() => Self::Digit,
            _ if character.is_alphabetic() => Self::Lower,
            _ => Self::Other,
        }
    }
}
