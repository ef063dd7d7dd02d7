//! The words that a folder's module, handle and function are named by.
//!
//! In: the folder's name. Out: its words; of a path only those of the segments that are no variables, as tools that make folders
//! of paths make one for `/users` and one for `/users/{id}`, which are one place to look. It knows not which names are taken.

use super::name::{self, Case};
use super::numbering;

/// The words of a folder's name; none if nothing of it can be part of a name.
pub fn words(text: &str) -> Vec<String> {
    let text = numbering::without_number(text);
    if text.contains('/') && !text.contains(char::is_whitespace) && !text.contains("://") {
        let is_variable = |segment: &str| segment.starts_with(':') || segment.contains(['{', '}', '<', '>']);
        let fixed = text.split('/').filter(|segment| !is_variable(segment));
        let words: Vec<String> = fixed.flat_map(name::prose_words_of).collect();
        if !words.is_empty() {
            return words;
        }
    }
    name::prose_words_of(text)
}

/// The name of a folder in this case.
pub fn name(text: &str, case: Case) -> String {
    let name = name::join(&words(text), case);
    match (name.is_empty(), case) {
        // The name of the handle is not free for arguments, and in a script without capitals it would be that of a value.
        (false, Case::Camel) if !name::has_capital(&name) => format!("{name}Folder"),
        (false, _) => name,
        (true, Case::Snake) => "folder".to_owned(),
        (true, Case::Camel) => "Folder".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_paths_are_left_out() {
        for (text, expected) in [
            ("/merchants/:merchantId/stores", "merchants_stores"),
            ("users/{userId}", "users"),
            ("/{id}", "id"),
            ("Payments / {id}", "payments_id"),
            ("vSphere", "vsphere"),
            ("1. Users", "users"),
            ("🎉", "folder"),
        ] {
            assert_eq!(name(text, Case::Snake), expected, "{text}");
        }
        assert_eq!(name("🎉", Case::Camel), "Folder");
        assert_eq!(name("用户", Case::Camel), "用户Folder");
        assert_eq!(name("用户", Case::Snake), "用户");
    }
}
