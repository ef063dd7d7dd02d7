//! The namer: makes legal, readable Rust names of whatever a collection holds, and keeps them apart.
//!
//! In: names as authors wrote them. Out: identifiers in Rust's cases, each only once per [`Scope`].
//! The same text gives the same name; of equal ones the first keeps it and later ones are numbered, so that a
//! name never changes because something was added behind it. It knows no item, type or module.

use std::collections::{BTreeMap, BTreeSet};

use super::words;

/// Longest name in characters; longer ones are cut between words.
const LONGEST: usize = 60;

/// Words that make no end of a name, since they lead on to another.
const LEADING_ON: &[&str] = &[
    "a", "about", "an", "and", "as", "at", "based", "be", "by", "for", "from", "has", "have", "if", "in",
    "into", "is", "its", "of", "on", "only", "or", "that", "the", "their", "this", "to", "under", "using",
    "via", "when", "where", "which", "with", "without", "your",
];

/// Words that cannot be names without `r#`, strict and reserved ones of edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot be names even with `r#`.
const NEVER_RAW: &[&str] = &["Self", "_", "crate", "self", "super"];

/// A legal identifier, without its `r#`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// An identifier that our own code names, not the collection.
    pub fn own(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// The name as users say it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it must be written with `r#`.
    pub fn is_raw(&self) -> bool {
        KEYWORDS.binary_search(&self.0.as_str()).is_ok()
    }
}

impl std::fmt::Display for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_raw() { "r#" } else { "" })?;
        f.write_str(&self.0)
    }
}

/// How the words of a name are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `get_a_user_token`
    Snake,
    /// `GetAUserToken`
    Camel,
}

/// The words of a text for a name; those of its symbols if it has no others.
pub fn words_of(text: &str) -> Vec<String> {
    let found = words::words(text);
    if found.is_empty() {
        words::symbol_words(text)
    } else {
        found
    }
}

/// The words of the key of a member, without the namespace that its document gives it: `xs:element` is `element`, and
/// `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User` is `enterprise`, `User`.
pub fn words_of_key(key: &str) -> Vec<String> {
    match end_of_urn(key) {
        Some(end) => end.iter().flat_map(|part| words_of(part)).collect(),
        None => words_of(local_part(key).unwrap_or(key)),
    }
}

/// The last two parts of an URN that are no numbers.
fn end_of_urn(key: &str) -> Option<[&str; 2]> {
    let (scheme, rest) = key.split_once(':')?;
    let mut parts = rest
        .split(':')
        .rev()
        .filter(|part| part.contains(char::is_alphabetic));
    let (last, before) = (parts.next()?, parts.next()?);
    scheme.eq_ignore_ascii_case("urn").then_some([before, last])
}

/// What stands behind the colon of `prefix:name`.
fn local_part(key: &str) -> Option<&str> {
    let (prefix, local) = key.split_once(':')?;
    let is_name = |text: &str| {
        text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
    };
    (is_name(prefix) && is_name(local)).then_some(local)
}

/// The words of a name in prose, as items and folders have.
pub fn prose_words_of(text: &str) -> Vec<String> {
    let found = words::prose_words(text);
    if found.is_empty() {
        words::symbol_words(text)
    } else {
        found
    }
}

/// How many words there is space for in a name. A name that is cut does not end with a word that leads on to what was cut.
fn space_for(words: &[String]) -> usize {
    let mut length = 0;
    let fitting = words.iter().take_while(|word| {
        length += word.chars().count();
        length <= LONGEST
    });
    let count = fitting.count();
    if count == words.len() {
        return count;
    }
    let kept = words
        .get(..count)
        .and_then(|words| words.iter().rposition(|word| !leads_on(word)));
    kept.map_or(count, |last| last + 1).max(1)
}

/// Whether a word makes no end of a name.
pub fn leads_on(word: &str) -> bool {
    LEADING_ON.contains(&words::lower(word).as_str())
}

/// Whether there is space for all words in a name.
pub fn fits(words: &[String]) -> bool {
    space_for(words) == words.len()
}

/// Whether a name has a capital: one without, in a script that has none, could be the name of a value as well.
pub fn has_capital(name: &str) -> bool {
    name.contains(char::is_uppercase)
}

/// Joins words to a name that is legal but for keywords; empty without words.
pub fn join(words: &[String], case: Case) -> String {
    let mut name = String::new();
    for word in words.iter().take(space_for(words)) {
        let word = match case {
            Case::Snake => words::lower(word),
            Case::Camel => words::capitalized(word),
        };
        if case == Case::Snake && !name.is_empty() && !word.is_empty() {
            name.push('_');
        }
        name.extend(word.chars().take(LONGEST));
    }
    start_legally(name, case)
}

/// A text as a name in this case, `fallback` if nothing of it can be part of a name.
pub fn name(text: &str, case: Case, fallback: &str) -> String {
    let name = join(&words_of(text), case);
    if name.is_empty() {
        fallback.to_owned()
    } else {
        name
    }
}

/// What starts with a digit gets an `n` for number, what starts with a lone mark an `x`.
fn start_legally(name: String, case: Case) -> String {
    if name.is_empty() || words::can_start(&name) {
        return name;
    }
    let number = name.starts_with(char::is_numeric);
    let prefix = match case {
        Case::Snake => {
            if number {
                "n"
            } else {
                "x"
            }
        }
        Case::Camel => {
            if number {
                "N"
            } else {
                "X"
            }
        }
    };
    format!("{prefix}{name}")
}

/// The names that are taken in one place, all of one case.
#[derive(Clone, Debug)]
pub struct Scope {
    case: Case,
    reserved: &'static [&'static str],
    suffix: &'static str,
    taken: BTreeSet<String>,
    /// The last number given to a name, so that many equal ones do not count from the start.
    last: BTreeMap<String, usize>,
}

impl Scope {
    /// An empty scope for names of this case.
    pub fn new(case: Case) -> Self {
        Self::reserving(case, &[], "")
    }

    /// A scope in which some names belong to the runtime: the collection's get `suffix`.
    pub fn reserving(case: Case, reserved: &'static [&'static str], suffix: &'static str) -> Self {
        let (taken, last) = (BTreeSet::new(), BTreeMap::new());
        Self {
            case,
            reserved,
            suffix,
            taken,
            last,
        }
    }

    /// Takes a name made by [`name`] or [`join`], changed as little as it takes to be legal and free.
    pub fn claim(&mut self, name: &str) -> Ident {
        self.claim_as(name, self.case)
    }

    /// Takes a name of another case, where both kinds of names share a scope.
    pub fn claim_as(&mut self, name: &str, case: Case) -> Ident {
        let mut base = name.to_owned();
        if self.reserved.contains(&name) {
            base.push_str(self.suffix);
        }
        if NEVER_RAW.contains(&base.as_str()) {
            base.push('_');
        }
        let mut candidate = base.clone();
        while self.taken.contains(&candidate) {
            let number = self.last.entry(base.clone()).or_insert(1);
            *number += 1;
            candidate = numbered(&base, *number, case);
        }
        self.taken.insert(candidate.clone());
        Ident(candidate)
    }

    /// Takes a legal name as it is, whether it is free or not.
    pub(super) fn keep(&mut self, name: &str) -> Ident {
        self.taken.insert(name.to_owned());
        Ident(name.to_owned())
    }

    /// Whether a name could be claimed as it is.
    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name) && !self.reserved.contains(&name)
    }

    /// Whether a name belongs to the runtime.
    pub fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(&name)
    }

    /// Claims the text in this scope's case.
    pub fn claim_text(&mut self, text: &str, fallback: &str) -> Ident {
        let name = name(text, self.case, fallback);
        self.claim(&name)
    }
}

/// `token_2`, `Token2`; digits never run into each other.
fn numbered(base: &str, number: usize, case: Case) -> String {
    let apart = base.ends_with(|c: char| c.is_numeric() || c == '_');
    match case {
        Case::Camel if !apart => format!("{base}{number}"),
        Case::Camel | Case::Snake => format!("{base}_{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted_for_the_search() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn odd_texts_become_legal_names() {
        for (text, expected) in [
            ("type", "r#type"),
            ("self", "self_"),
            ("crate", "crate_"),
            ("_", "underscore"),
            ("1", "n1"),
            ("2FA code", "n2fa_code"),
            ("a.b[]", "a_b"),
            ("$ref", "r#ref"),
            ("*", "star"),
            ("🎉", "fallback"),
            ("", "fallback"),
            ("Größe", "größe"),
        ] {
            let ident = Scope::new(Case::Snake).claim_text(text, "fallback");
            assert_eq!(ident.to_string(), expected, "{text}");
            assert!(syn::parse_str::<syn::Ident>(&ident.to_string()).is_ok(), "{text}");
        }
        assert_eq!(
            Scope::new(Case::Camel).claim_text("self", "X").to_string(),
            "Self_"
        );
    }

    #[test]
    fn keys_are_named_without_their_namespace() {
        for (key, expected) in [
            ("netgate-acl:acl-rule", "acl_rule"),
            ("xmlns:xsi", "xsi"),
            ("urn:ietf:params", "ietf_params"),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                "enterprise_user",
            ),
            ("urn:x", "x"),
            ("10:30", "n10_30"),
            ("a: b", "a_b"),
            ("@type", "type"),
            (":", "colon"),
        ] {
            assert_eq!(join(&words_of_key(key), Case::Snake), expected, "{key}");
        }
    }

    #[test]
    fn the_first_keeps_its_name_and_later_ones_are_numbered() {
        let mut scope = Scope::new(Case::Camel);
        let names: Vec<_> = ["Token", "token", "TOKEN", "Token 2"]
            .iter()
            .map(|text| scope.claim_text(text, "X").to_string())
            .collect();
        assert_eq!(names, ["Token", "Token2", "Token3", "Token2_2"]);
    }

    #[test]
    fn reserved_names_get_the_suffix() {
        let mut scope = Scope::reserving(Case::Snake, &["send"], "_param");
        assert_eq!(scope.claim_text("send", "x").to_string(), "send_param");
    }

    #[test]
    fn long_names_are_cut_between_words() {
        let name = name(&"word ".repeat(60), Case::Snake, "x");
        assert!(name.ends_with("_word") && name.len() < 80, "{name}");
        assert_eq!(super::name(&"x".repeat(300), Case::Snake, "y").len(), LONGEST);
        let text = "Get list of devices and licenses under the Customer account based on limit and offset";
        assert_eq!(
            super::name(text, Case::Snake, "y"),
            "get_list_of_devices_and_licenses_under_the_customer_account"
        );
        let text = format!("{} of it", "x".repeat(LONGEST));
        assert_eq!(super::name(&text, Case::Snake, "y").len(), LONGEST);
        assert_eq!(
            super::name("What to ask for", Case::Snake, "y"),
            "what_to_ask_for"
        );
    }
}
