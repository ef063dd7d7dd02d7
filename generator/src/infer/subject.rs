//! What a place in a collection is about, in words: whether two shapes that look the same are the same thing.
//!
//! In: keys, paths of URLs, names of operations. Out: words, in lower case, the last in the singular. A `{"id", "name"}` below
//! `users` is that of another operation's `user` or of `GET /users/{id}`; that below `tags` is something else, though it looks
//! the same. Plurals are told roughly, as both sides are treated alike and nobody reads the words.

use std::collections::BTreeMap;

use crate::ir::{self, OperationId, Origin, Role};

/// Fields of which the shape proves that it is the same thing, whatever it is called.
const MANY: usize = 8;

/// Fewest fields of a whole answer that is a thing although it has no identity.
const MANY_OF_ANSWER: usize = 5;

/// Words of paths and names that say nothing of what there is.
const EMPTY: &[&str] = &["all", "api", "detail", "id", "info", "json", "list", "rest", "v"];

/// Last words of keys that hold an identity.
const IDENTITIES: &[&str] = &["gid", "guid", "id", "uid", "uuid"];

/// What a place is about, and what looks like it there.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The operation.
    operation: OperationId,
    /// Whether it is part of an error, and whether it is a whole body or a list of such.
    error: bool,
    whole: bool,
    /// Whether it is the body of a request.
    body: bool,
    /// What it is called, and whether that says what it is.
    name: Vec<String>,
    telling: bool,
    /// The object around it, if that has a plural for a name: its place, and what one of its members is called.
    among: Option<(Vec<String>, Vec<String>)>,
    /// How many fields it has, and whether one of them says which of several things it is.
    fields: usize,
    identified: bool,
}

impl Subject {
    /// The subject of a place where an object with these keys stands; `about` are the words of its operation.
    pub fn of<'k>(origin: &Origin, about: &[String], keys: impl Iterator<Item = &'k str>) -> Self {
        let keys_to_it = origin
            .path
            .iter()
            .filter(|step| !matches!(step.as_str(), "[]" | "{}"));
        let mut way: Vec<_> = keys_to_it.map(|key| words_of(key)).collect();
        let whole = way.is_empty();
        // What stands below `data` is what the operation is about, and so is `entry` in answers of `/entries`.
        let name = if way.iter().all(|name| holds_anything(name)) {
            about.to_vec()
        } else {
            way.pop().unwrap_or_default()
        };
        let (mut fields, mut identified) = (0, false);
        for key in keys {
            fields += 1;
            identified |= words_of(key)
                .last()
                .is_some_and(|last| IDENTITIES.contains(&last.as_str()));
        }
        Self {
            operation: origin.operation,
            error: matches!(origin.role, Role::Error(_)),
            whole,
            body: whole && origin.role == Role::Body,
            telling: !name.is_empty() && (name == about || !holds_anything(&name)),
            name,
            among: among(origin),
            fields,
            identified,
        }
    }

    /// Whether a whole body is a thing rather than what became of a request: such a type is good for other operations.
    fn is_thing(&self) -> bool {
        !self.whole || self.identified || self.fields >= MANY_OF_ANSWER
    }
}

/// Types of one shape, by what they are used for.
#[derive(Debug)]
pub struct Group<T> {
    /// The operation that used one last, and the types that it used, by what they are called.
    operation: Option<(OperationId, Vec<Used<T>>)>,
    error: Option<T>,
    names: BTreeMap<Vec<String>, T>,
    any: Option<T>,
}

/// A type in use.
#[derive(Debug)]
struct Used<T> {
    ty: T,
    whole: bool,
    name: Vec<String>,
    among: Option<Vec<String>>,
}

impl<T> Default for Group<T> {
    fn default() -> Self {
        Self {
            operation: None,
            error: None,
            names: BTreeMap::new(),
            any: None,
        }
    }
}

impl<T: Copy> Group<T> {
    /// The type that stands for the same thing as what stands at a place.
    pub fn find(&self, subject: &Subject) -> Option<T> {
        self.in_operation(subject)
            .or(self.error.filter(|_| subject.error))
            .or_else(|| self.by_name(subject).filter(|_| subject.is_thing()))
            .or(self.any.filter(|_| subject.fields >= MANY))
    }

    /// The type of a place in the same operation: of a whole body, or of a part that is called alike, or that is one of the
    /// same several. A `region` is no `PlanType`, but a `billingAddress` and a `shippingAddress` are two addresses, and what
    /// `links` has below `self` and `next` are two links.
    fn in_operation(&self, subject: &Subject) -> Option<T> {
        let among = subject.among.as_ref().map(|(place, _)| place);
        let alike = |used: &&Used<T>| {
            let one_of_several = among.is_some() && used.among.as_ref() == among;
            used.whole || subject.whole || one_of_several || are_alike(&used.name, &subject.name)
        };
        self.used_in(subject).find(alike).map(|used| used.ty)
    }

    /// The types that the subject's operation uses.
    fn used_in(&self, subject: &Subject) -> impl Iterator<Item = &Used<T>> {
        let operation = self
            .operation
            .as_ref()
            .filter(|(operation, _)| *operation == subject.operation);
        operation.into_iter().flat_map(|(_, used)| used)
    }

    /// The type of what is called so, or more shortly: a `createdUser` is a `user`, but a user may be no created one.
    fn by_name(&self, subject: &Subject) -> Option<T> {
        let whole = subject.telling.then_some(subject.name.as_slice());
        let ends = (1..subject.name.len()).filter_map(|from| subject.name.get(from..));
        let among = subject.among.iter().map(|(_, one)| one.as_slice());
        let parts = ends.chain(among).filter(|end| !holds_anything(end));
        whole
            .into_iter()
            .chain(parts)
            .find_map(|name| self.names.get(name).copied())
    }

    /// Notes that a type is used at a place; what was noted before stands.
    pub fn note(&mut self, subject: Subject, ty: T) {
        if !subject.body {
            self.error = self.error.or(subject.error.then_some(ty));
            self.any = self.any.or(Some(ty));
            if subject.is_thing() && subject.telling {
                self.names.entry(subject.name.clone()).or_insert(ty);
            }
        }
        if let Some((place, one)) = &subject.among
            && self
                .used_in(&subject)
                .any(|used| used.among.as_ref() == Some(place))
        {
            self.names.entry(one.clone()).or_insert(ty);
        }
        let used = Used {
            ty,
            whole: subject.whole,
            name: subject.name,
            among: subject.among.map(|(place, _)| place),
        };
        match &mut self.operation {
            Some((operation, all)) if *operation == subject.operation => all.push(used),
            other => *other = Some((subject.operation, vec![used])),
        }
    }
}

/// The object around what stands at a place, if it has a plural for a name, and what one of its members is called.
fn among(origin: &Origin) -> Option<(Vec<String>, Vec<String>)> {
    let is_key = |step: &&String| !matches!(step.as_str(), "[]" | "{}");
    let at = origin.path.iter().rposition(|step| is_key(&step))?;
    let place = origin.path.get(..at)?;
    let around = place.last().filter(is_key)?;
    let one = words_of(around);
    let end = around
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    let plural =
        !["is", "ss", "us"].iter().any(|ending| end.ends_with(ending)) && !end.ends_with(one.last()?);
    (plural && !holds_anything(&one)).then(|| (place.to_vec(), one))
}

/// Whether two keys end in the same word, if that is one that says what they hold: not those of `completed_by` and `created_by`.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let says_nothing = |word: &String| {
        let word = word.as_str();
        ir::holds_anything(word) || LEADING_ON.contains(&word)
    };
    one == other || one.last() == other.last() && !one.last().is_some_and(says_nothing)
}

/// Words that lead on to another, which a key leaves out.
const LEADING_ON: &[&str] = &["as", "at", "by", "for", "from", "in", "of", "on", "to", "with"];

/// Whether a key says nothing of what it holds.
fn holds_anything(name: &[String]) -> bool {
    matches!(name, [word] if ir::holds_anything(word))
}

/// The words of what an operation is about: the last segment of its path that is no variable, or else the end of its name.
pub fn of_operation(name: &str, path: &str) -> Vec<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| {
        rest.split_once('/').map_or("", |(_, path)| path)
    });
    let segments = path
        .split('/')
        .filter(|segment| !segment.starts_with(':') && !segment.contains(['{', '}', '.']));
    let says_something = |words: &Vec<String>| {
        !words.is_empty() && !matches!(words.as_slice(), [word] if EMPTY.contains(&word.as_str()))
    };
    let of_segment = |segment| without_verb(words_of(segment));
    let of_name = || words_of(name).pop().map(|word| vec![word]);
    let of_path = segments.rev().map(of_segment).find(says_something);
    let found = of_path.or_else(|| of_name().filter(says_something));
    found.unwrap_or_default()
}

/// `getUser` is about a user.
fn without_verb(mut words: Vec<String>) -> Vec<String> {
    if words.first().is_some_and(|first| VERBS.contains(&first.as_str())) {
        words.remove(0);
    }
    words
}

/// Verbs that segments of paths begin with.
const VERBS: &[&str] = &[
    "add", "create", "delete", "fetch", "find", "get", "list", "post", "put", "remove", "search", "set",
    "update",
];

/// The words of a text in lower case, the last roughly singular: `shippingAddresses` is `shipping`, `address`.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let end = text.trim_end_matches(|c: char| !c.is_alphabetic());
    // The plural of an abbreviation: `userIDs`.
    let plural = end
        .strip_suffix('s')
        .filter(|one| one.ends_with(char::is_uppercase));
    let mut words: Vec<String> = Vec::new();
    let mut previous = None;
    let mut chars = plural.unwrap_or(end).chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphabetic() {
            let after_lower = previous.is_some_and(|c: char| c.is_lowercase());
            let before_lower = chars.peek().is_some_and(|next| next.is_lowercase());
            let begins = c.is_uppercase() && (after_lower || before_lower);
            match words.last_mut() {
                Some(word) if !begins && previous.is_some_and(char::is_alphabetic) => {
                    word.extend(c.to_lowercase());
                }
                _ => words.push(c.to_lowercase().collect()),
            }
        }
        previous = Some(c);
    }
    if let Some(last) = words.last_mut() {
        *last = stem(last);
    }
    words
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
mod tests;
