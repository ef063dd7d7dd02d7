//! What a user says better than the collection does: names, types, presence, values, exclusions.
//!
//! In: tables of `letterpress.toml`, or calls on the builder. Out: what the passes look up. An override names its
//! target as the diagnostics do: an item by its breadcrumb (`Users > Create`, or any end of it that is unique), a
//! value by role and path (`response 200`, `items[].price`). One that matches nothing is an error, never ignored.

use crate::diag::{Code, Position};
use crate::ir::{AnswerPart, Gives, Pages, PartPlace, Place, Role, Step, TokenOf};

/// All overrides for one collection, in the order they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Of items.
    pub items: Vec<ItemOverride>,
    /// Of folders.
    pub folders: Vec<FolderOverride>,
}

/// Where an override was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The file's name; empty for the builder.
    pub file: String,
    /// Line and column of its key; `None` for the builder.
    pub position: Option<Position>,
    /// The line itself.
    pub line: String,
}

/// Names an item or a folder: its breadcrumb joined by ` > `, or the end of it; `/ > Name` in the root, `Name#2` of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// The text as written.
    pub text: String,
    /// Where.
    pub written: Written,
}

impl Selector {
    /// Whether this names what is at this place.
    ///
    /// `Create`, `Users > Create` and `API > Users > Create` all name the last element of that breadcrumb, `/ > Create` only
    /// one that is in no folder. Of items that are called the same all the way, `Create#2` is the second.
    pub fn matches(&self, place: &Place) -> bool {
        is_way(&self.text, &place.breadcrumb)
            || self.text.rsplit_once('#').is_some_and(|(text, number)| {
                number.parse() == Ok(place.nth + 1) && is_way(text, &place.breadcrumb)
            })
    }
}

/// Whether a text is all of a breadcrumb or the end of it.
fn is_way(text: &str, breadcrumb: &[String]) -> bool {
    let joined = breadcrumb.join(" > ");
    let from_root = text.strip_prefix("/ > ").is_some_and(|rest| rest == joined);
    let is_end = || {
        joined
            .strip_suffix(text)
            .is_some_and(|before| before.ends_with(" > "))
    };
    joined == text || from_root || is_end()
}

/// Says something about one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemOverride {
    /// Which item.
    pub selector: Selector,
    /// Its name, instead of the collection's.
    pub name: Option<String>,
    /// Leaves it out.
    pub exclude: bool,
    /// Warnings about it that are not shown.
    pub allow: Vec<Code>,
    /// Its path with parameters where the collection has values.
    pub path: Option<PathOverride>,
    /// How it lists.
    pub pages: Option<PagesOverride>,
    /// Whether a call may be made twice without harm.
    pub idempotent: Option<bool>,
    /// The token that its answer holds.
    pub token: Option<TokenOverride>,
    /// About its values.
    pub values: Vec<ValueOverride>,
}

/// How an item lists, or that it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagesOverride {
    /// How; `None` if it does not.
    pub pages: Option<Pages>,
    /// Where it was written.
    pub written: Written,
}

/// Says which token the answer of an item holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenOverride {
    /// The token; `None` if it holds none.
    pub gives: Option<Gives>,
    /// Where it was written.
    pub written: Written,
}

impl TokenOverride {
    /// The token that is the value of a variable, or else that of the bearer.
    pub fn given(variable: Option<String>, value: &str, lifetime: Option<&str>) -> Gives {
        let place = match value.strip_prefix("header:") {
            Some(name) => PartPlace::Header(name.trim().to_owned()),
            None if value == "text" => PartPlace::Text,
            None => PartPlace::Member(steps(value)),
        };
        Gives {
            token: variable.map_or(TokenOf::Bearer, TokenOf::Variable),
            part: AnswerPart::of(place),
            lifetime: lifetime.map(steps),
        }
    }
}

/// Splits a path into JSON as it is written: `data.tokens[0].text`.
fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for piece in text.split('.') {
        let mut pieces = piece.split('[');
        let key = pieces.next().filter(|key| !key.is_empty());
        steps.extend(key.map(|key| Step::Key(key.to_owned())));
        for index in pieces {
            let index = index.strip_suffix(']').unwrap_or(index);
            steps.push(
                index
                    .parse()
                    .map_or_else(|_| Step::Key(index.to_owned()), Step::Index),
            );
        }
    }
    steps
}

/// A path that is written anew: `/v1/playlists/:playlist_id/items`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathOverride {
    /// The text as written.
    pub text: String,
    /// Where.
    pub written: Written,
}

/// Says something about one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderOverride {
    /// Which folder.
    pub selector: Selector,
    /// Its name, instead of the collection's.
    pub name: Option<String>,
    /// Leaves it and everything in it out.
    pub exclude: bool,
    /// Warnings about it, and about everything in it, that are not shown.
    pub allow: Vec<Code>,
}

/// Says something about a parameter, or a place in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueOverride {
    /// What it belongs to.
    pub role: Role,
    /// Keys down from there; `[]` for the items of a list, `{}` for the values of a map. Empty: the whole.
    pub path: Vec<String>,
    /// Where it was written.
    pub written: Written,
    /// The name of the field or parameter in Rust.
    pub name: Option<String>,
    /// The name of its struct or enum in Rust.
    pub type_name: Option<String>,
    /// A type of the user's own instead, by its full path.
    pub ty: Option<String>,
    /// Whether it is always there.
    pub required: Option<bool>,
    /// Whether an object's keys are data (a map) or names (a struct).
    pub map: Option<bool>,
    /// All values of an open enum, instead of those read from prose.
    pub values: Option<Vec<String>>,
    /// Names in Rust for values of an open enum.
    pub variants: Vec<(String, String)>,
}

impl ValueOverride {
    /// One that says nothing yet.
    pub fn new(role: Role, path: Vec<String>, written: Written) -> Self {
        Self {
            role,
            path,
            written,
            name: None,
            type_name: None,
            ty: None,
            required: None,
            map: None,
            values: None,
            variants: Vec::new(),
        }
    }
}

/// Splits a path as it is written, `items[].price.{}`, into its steps. `\.` is a dot inside a key.
pub fn parse_path(text: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut step = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' if chars.peek() == Some(&'.') => step.extend(chars.next()),
            '.' => push_step(&mut steps, &mut step),
            '[' if chars.peek() == Some(&']') => {
                chars.next();
                push_step(&mut steps, &mut step);
                steps.push("[]".to_owned());
            }
            other => step.push(other),
        }
    }
    push_step(&mut steps, &mut step);
    steps
}

fn push_step(steps: &mut Vec<String>, step: &mut String) {
    if !step.is_empty() {
        steps.push(std::mem::take(step));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_split_at_dots_and_lists() {
        assert_eq!(parse_path("items[].price"), ["items", "[]", "price"]);
        assert_eq!(parse_path("[][].{}.x"), ["[]", "[]", "{}", "x"]);
        assert_eq!(parse_path(r"a\.b.c"), ["a.b", "c"]);
        assert!(parse_path("").is_empty());
    }

    #[test]
    fn a_selector_names_a_whole_breadcrumb_or_its_end() {
        let place = |names: &[&str], nth| Place {
            breadcrumb: names.iter().map(|name| (*name).to_owned()).collect(),
            nth,
            ..Place::default()
        };
        let selector = |text: &str| Selector {
            text: text.to_owned(),
            ..Selector::default()
        };
        let (nested, root) = (place(&["Users", "Create"], 0), place(&["Create"], 1));
        for (text, is_nested, is_root) in [
            ("Users > Create", true, false),
            ("Create", true, true),
            ("reate", false, false),
            ("Users", false, false),
            ("/ > Create", false, true),
            ("/ > Users > Create", true, false),
            ("Create#1", true, false),
            ("Create#2", false, true),
            ("/ > Create#2", false, true),
            ("Create#3", false, false),
            ("Create#", false, false),
        ] {
            let found = (selector(text).matches(&nested), selector(text).matches(&root));
            assert_eq!(found, (is_nested, is_root), "{text}");
        }
        // A name may hold what would number it.
        assert!(selector("Issue #2").matches(&place(&["Issue #2"], 0)));
    }
}
