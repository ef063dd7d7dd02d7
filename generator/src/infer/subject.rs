//! What a place in a collection is about, in words: whether two shapes that look the same are the same thing.
//!
//! In: keys, paths of URLs, names of operations. Out: sets of words, singular and in lower case. A `{"id", "name"}` below
//! `users` is that of another operation's `user` or of `GET /users/{id}`; that below `tags` is something else, though it looks
//! the same. Plurals are told roughly, as both sides are treated alike and nobody reads the words.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Origin, Role};

/// Fields of which the shape of a whole answer proves that it is the same thing, whatever it is called.
const MANY_OF_ANSWER: usize = 3;

/// Fields of which the shape of a part proves it.
const MANY_OF_PART: usize = 8;

/// Words of paths and names that say nothing of what there is.
const EMPTY: &[&str] = &["all", "api", "detail", "id", "info", "json", "list", "rest", "v"];

/// Last words of keys that hold anything.
const ANYTHING: &[&str] = &[
    "attribute",
    "body",
    "content",
    "data",
    "entry",
    "input",
    "node",
    "object",
    "option",
    "output",
    "param",
    "parameter",
    "payload",
    "property",
    "record",
    "req",
    "request",
    "res",
    "response",
    "result",
    "value",
];

/// What a place is about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The operation's place.
    operation: String,
    /// Whether it is part of an error, and whether it is a whole body or a list of such.
    error: bool,
    whole: bool,
    words: BTreeSet<String>,
}

impl Subject {
    /// The subject of a place; `about` are the words of its operation.
    pub fn of(origin: &Origin, about: &BTreeSet<String>) -> Self {
        let key = origin
            .path
            .iter()
            .rev()
            .find(|step| !matches!(step.as_str(), "[]" | "{}"));
        Self {
            operation: origin.operation.pointer.clone(),
            error: matches!(origin.role, Role::Error(_)),
            whole: key.is_none(),
            words: key.map_or_else(|| about.clone(), |key| word_of_key(key).into_iter().collect()),
        }
    }
}

/// Types of one shape, by what they are used for.
#[derive(Debug)]
pub struct Group<T> {
    /// The operation that used one last, the first that it used, and whether that was for a whole body.
    operation: Option<(String, T, bool)>,
    error: Option<T>,
    words: BTreeMap<String, T>,
    whole: Option<T>,
    any: Option<T>,
}

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self {
            operation: None,
            error: None,
            words: BTreeMap::new(),
            whole: None,
            any: None,
        }
    }
}

impl<T: Copy> Group<T> {
    /// The type that stands for the same thing as a shape of so many fields at a place.
    pub fn find(&self, subject: &Subject, fields: usize) -> Option<T> {
        // Two parts of one body that are called differently are two things: a `region` is no `PlanType`.
        let here = self.operation.as_ref().and_then(|(operation, ty, whole)| {
            (*operation == subject.operation && (*whole || subject.whole)).then_some(*ty)
        });
        here.or(self.error.filter(|_| subject.error))
            .or_else(|| {
                subject
                    .words
                    .iter()
                    .find_map(|word| self.words.get(word).copied())
            })
            .or(self.whole.filter(|_| subject.whole && fields >= MANY_OF_ANSWER))
            .or(self.any.filter(|_| fields >= MANY_OF_PART))
    }

    /// Notes that a type is used at a place; what was noted before stands.
    pub fn note(&mut self, subject: Subject, ty: T) {
        if self
            .operation
            .as_ref()
            .is_none_or(|(operation, _, _)| *operation != subject.operation)
        {
            self.operation = Some((subject.operation, ty, subject.whole));
        }
        self.error = self.error.or(subject.error.then_some(ty));
        self.whole = self.whole.or(subject.whole.then_some(ty));
        self.any = self.any.or(Some(ty));
        for word in subject.words {
            self.words.entry(word).or_insert(ty);
        }
    }
}

/// The words of an operation: of the segments of its path that are no variables, and the last of its name.
pub fn of_operation(name: &str, path: &str) -> BTreeSet<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| {
        rest.split_once('/').map_or("", |(_, path)| path)
    });
    let segments = path
        .split('/')
        .filter(|segment| !segment.starts_with(':') && !segment.contains(['{', '}', '.']));
    let words = segments.chain([name]).filter_map(last_word);
    words.filter(|word| !EMPTY.contains(&word.as_str())).collect()
}

/// The word that tells what a key holds.
fn word_of_key(key: &str) -> Option<String> {
    last_word(key).filter(|word| !ANYTHING.contains(&word.as_str()))
}

/// The last word of a text, roughly singular: `shippingAddresses` is `address`.
fn last_word(text: &str) -> Option<String> {
    let end = text.trim_end_matches(|c: char| !c.is_alphabetic());
    // The plural of an abbreviation: `userIDs`.
    let plural = end
        .strip_suffix('s')
        .filter(|one| one.ends_with(char::is_uppercase));
    let end = plural.unwrap_or(end);
    let mut start = end.len();
    let mut next = None;
    for (at, c) in end.char_indices().rev() {
        let begins = next.is_some_and(char::is_lowercase) && c.is_uppercase();
        if !c.is_alphabetic() || next.is_some_and(char::is_uppercase) && c.is_lowercase() {
            break;
        }
        start = at;
        if begins {
            break;
        }
        next = Some(c);
    }
    let word = end.get(start..)?.to_lowercase();
    (!word.is_empty()).then(|| stem(&word))
}

fn stem(word: &str) -> String {
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("ss", "ss"),
        ("s", ""),
    ];
    let found = endings
        .iter()
        .find_map(|(many, one)| Some((word.strip_suffix(many)?, one)));
    match found {
        Some((stem, one)) if !stem.is_empty() => format!("{stem}{one}"),
        Some(_) | None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Place;

    #[test]
    fn the_last_word_counts() {
        for (text, word) in [
            ("users", Some("user")),
            ("shippingAddresses", Some("address")),
            ("shipping_address", Some("address")),
            ("userIDs", Some("id")),
            ("ID", Some("id")),
            ("identity-providers", Some("provider")),
            ("Get a user token ", Some("token")),
            ("categories2", Some("category")),
            ("s", Some("s")),
            ("42", None),
            ("", None),
        ] {
            assert_eq!(last_word(text).as_deref(), word, "{text}");
        }
    }

    #[test]
    fn operations_are_about_their_paths_and_names() {
        let words =
            |name: &str, path: &str| of_operation(name, path).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(
            words("Create team", "https://a.example/api/v1/orgs/:id/teams?x=y"),
            "org team"
        );
        assert_eq!(words("Get one by ID", "{{baseUrl}}/users/{id}"), "user");
        assert_eq!(words("", "{{baseUrl}}"), "");
    }

    fn subject(pointer: &str, role: Role, path: &[&str], about: &str) -> Subject {
        let origin = Origin {
            operation: Place {
                pointer: pointer.to_owned(),
                ..Place::default()
            },
            operation_name: String::new(),
            role,
            path: path.iter().map(|step| (*step).to_owned()).collect(),
        };
        Subject::of(&origin, &of_operation("", about))
    }

    /// Whether a shape of so many fields, used at the one place, is the same thing at the other.
    fn agree(one: &Subject, other: &Subject, fields: usize) -> bool {
        let mut group = Group::default();
        group.note(one.clone(), ());
        group.find(other, fields).is_some()
    }

    #[test]
    fn what_looks_the_same_is_the_same_only_if_it_is_about_the_same() {
        let ok = || Role::Result(200);
        let users = subject("/item/0", ok(), &["data", "users", "[]"], "/users");
        for (other, fields, expected) in [
            (subject("/item/1", ok(), &["user"], "/teams"), 1, true),
            (subject("/item/1", ok(), &[], "/users/:id"), 1, true),
            (subject("/item/1", ok(), &["tags", "[]"], "/users"), 1, false),
            (subject("/item/1", ok(), &["owner"], "/teams"), MANY_OF_PART, true),
            (subject("/item/0", ok(), &["owner"], "/users"), 1, false),
            (subject("/item/0", ok(), &[], "/teams"), 1, true),
            (subject("/item/1", ok(), &[], "/teams"), MANY_OF_ANSWER, false),
        ] {
            assert_eq!(agree(&users, &other, fields), expected, "{other:?}");
            assert_eq!(agree(&other, &users, fields), expected, "{other:?}");
        }
        // A key that holds anything tells nothing.
        let data = |pointer| subject(pointer, ok(), &["data"], "");
        assert!(!agree(&data("/item/0"), &data("/item/1"), 1));
        let error = subject("/item/0", Role::Error(404), &["errors", "[]"], "/x");
        assert!(agree(
            &error,
            &subject("/item/1", Role::Error(400), &["details"], "/y"),
            1
        ));
        assert!(!agree(&error, &subject("/item/1", ok(), &["details"], "/y"), 1));
        let (a, b) = (
            subject("/item/0", ok(), &["[]"], "/a"),
            subject("/item/1", ok(), &[], "/b"),
        );
        assert!(agree(&a, &b, MANY_OF_ANSWER));
        assert!(!agree(&a, &b, MANY_OF_ANSWER - 1));
    }

    #[test]
    fn the_first_type_of_a_word_keeps_it() {
        let part = |pointer, key| subject(pointer, Role::Result(200), &[key], "");
        let mut group = Group::default();
        group.note(part("/item/0", "user"), 'a');
        group.note(part("/item/1", "tag"), 'b');
        group.note(part("/item/1", "user"), 'c');
        for (pointer, key, expected) in [
            ("/item/2", "users", Some('a')),
            ("/item/2", "tags", Some('b')),
            ("/item/1", "users", Some('a')),
            ("/item/2", "x", None),
        ] {
            assert_eq!(group.find(&part(pointer, key), 1), expected, "{key}");
        }
    }
}
