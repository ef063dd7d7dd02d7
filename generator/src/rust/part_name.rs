//! Short names for what is part of a body: what a person would call it in the module where it stands.
//!
//! In: the keys that lead to a type, and what its operation is about. Out: names in order of preference, none where the keys say
//! nothing. `user.address` is an `Address`, and the second one a `UserAddress`; `data` in the answer of `GET /users/:id` is a
//! `User`; the `type` of one is a `UserType`, since `Type` alone says too little. The parts of what is sent are other types
//! than those of what is received, so they say so: `AddressInput`. Whoever asks falls back to names that begin with the operation's.

use super::name::{self, Case};
use super::resource::Resource;
use super::{singular, type_name, words};
use crate::ir;

/// Those that hold what was asked for, even in a list.
const WRAPPING: &[&str] = &["body", "data", "datum", "payload", "response", "result"];

/// Those around what holds what was asked for: `meta.items`.
const AROUND: &[&str] = &["embedded", "meta", "metadata", "page", "pagination", "paging"];

/// Single words that say too little.
const WEAK: &[&str] = &[
    "an",
    "as",
    "at",
    "attribute",
    "by",
    "code",
    "count",
    "detail",
    "do",
    "field",
    "go",
    "id",
    "if",
    "in",
    "info",
    "is",
    "key",
    "kind",
    "me",
    "mode",
    "my",
    "name",
    "no",
    "of",
    "on",
    "or",
    "other",
    "param",
    "parameter",
    "property",
    "size",
    "so",
    "state",
    "status",
    "text",
    "to",
    "total",
    "type",
    "up",
    "word",
];

/// Single words that mean something else in Rust.
const RESERVED: &[&str] = &[
    "any",
    "box",
    "builder",
    "call",
    "client",
    "clone",
    "copy",
    "debug",
    "default",
    "drop",
    "eq",
    "err",
    "error",
    "fn",
    "from",
    "hash",
    "into",
    "iterator",
    "none",
    "ok",
    "option",
    "ord",
    "partialeq",
    "partialord",
    "self",
    "send",
    "some",
    "str",
    "string",
    "sync",
    "vec",
];

/// Fewest letters of a name that stands alone.
const SHORTEST: usize = 2;

/// Names for a type; `steps` are the keys down to it in words, singular where they hold several, and `called` the last of
/// them if others are more to the point.
pub fn names(
    def: &ir::TypeDef,
    steps: &[Vec<String>],
    called: Option<&[String]>,
    resource: Option<&Resource>,
) -> Vec<String> {
    let names = match &def.origin.role {
        ir::Role::Error(_) => Vec::new(),
        ir::Role::Param(param) => {
            let of_resource = |resource: &Resource| of(&resource.words, &name::words_of(param));
            resource.and_then(of_resource).into_iter().collect()
        }
        ir::Role::Body | ir::Role::Result(_) => {
            let part = Part {
                def,
                steps,
                resource,
                suffix: suffix(def),
            };
            part.names(called)
        }
    };
    let names = names.into_iter().filter(|words| name::fits(words));
    names
        .map(|words| with_suffix(&name::join(&words, Case::Camel), def))
        .collect()
}

/// A name for a part by the end of a path and its key, if it is part of a request or an answer.
pub fn in_place(end_of_path: &[String], last: &[String], def: &ir::TypeDef) -> Option<String> {
    let is_part = matches!(def.origin.role, ir::Role::Body | ir::Role::Result(_)) && !end_of_path.is_empty();
    let words = of(end_of_path, last).filter(|words| is_part && name::fits(words))?;
    Some(with_suffix(&name::join(&words, Case::Camel), def))
}

/// A name with what tells parts of requests from those of answers.
pub fn with_suffix(name: &str, def: &ir::TypeDef) -> String {
    let suffix = suffix(def);
    if name.ends_with(suffix) {
        name.to_owned()
    } else {
        format!("{name}{suffix}")
    }
}

/// What names of parts of requests end with. An enum is written and read alike.
fn suffix(def: &ir::TypeDef) -> &'static str {
    match (&def.origin.role, &def.kind) {
        (ir::Role::Body, ir::TypeKind::Struct(_)) if !def.origin.path.is_empty() => "Input",
        (ir::Role::Body | ir::Role::Result(_) | ir::Role::Error(_) | ir::Role::Param(_), _) => "",
    }
}

/// A type that is part of a body, or the whole.
struct Part<'a> {
    def: &'a ir::TypeDef,
    steps: &'a [Vec<String>],
    resource: Option<&'a Resource>,
    suffix: &'static str,
}

impl Part<'_> {
    fn names(&self, called: Option<&[String]>) -> Vec<Vec<String>> {
        if self.is_wrapped() {
            if let Some(resource) = self.resource.filter(|resource| self.is_resource(resource)) {
                return self.names_of(resource);
            }
            let tells =
                |resource: &&Resource| resource.is_one() || resource.is_about_one() && !wraps(self.steps);
            if !self.resource.as_ref().is_some_and(tells) {
                return Vec::new();
            }
        }
        let Some((last, before)) = self.steps.split_last() else {
            return Vec::new();
        };
        let last = called.unwrap_or(last);
        let parent = before.last().filter(|parent| !self.is_weak(parent));
        let around = parent.or_else(|| {
            let told = self
                .resource
                .filter(|resource| self.is_weak(last) || resource.is_about_one());
            told.map(|resource| &resource.words)
        });
        // What several keys have in common is more than any of them, however little it says.
        let tells = !self.is_weak(last) || called.is_some() && !is_reserved(last, self.suffix);
        let alone = tells.then(|| last.to_vec());
        alone
            .into_iter()
            .chain(around.and_then(|around| of(around, last)))
            .collect()
    }

    /// Names for a type that is the resource: if another has the name already, lists mostly hold less of each than there is,
    /// and what updates one is not what makes one.
    fn names_of(&self, resource: &Resource) -> Vec<Vec<String>> {
        let one = &resource.words;
        let sent = self.def.origin.role == ir::Role::Body;
        let listed = self.def.origin.path.iter().any(|step| step == "[]");
        let (before, after) = match (sent, listed) {
            (true, _) if resource.creates => (Some("Create"), None),
            (true, _) => (Some("Update"), None),
            (false, true) => (None, Some("Summary")),
            (false, false) => (None, Some("Details")),
        };
        let [before, after] = [before, after].map(|word| word.map(str::to_owned));
        let other = before.into_iter().chain(one.iter().cloned()).chain(after);
        let names = [one.clone(), resource.of_its_kind.clone(), other.collect()];
        let names = names.into_iter().filter(|words| !is_reserved(words, self.suffix));
        names.collect()
    }

    /// Whether this is the whole, or all keys down to it do but wrap it.
    fn is_wrapped(&self) -> bool {
        let around = |step: &Vec<String>| {
            self.says_nothing(step)
                || matches!(step.as_slice(), [word] if AROUND.contains(&words::lower(word).as_str()))
        };
        let steps = self.steps.split_last();
        steps.is_none_or(|(last, before)| self.says_nothing(last) && before.iter().all(around))
    }

    /// Whether this, a whole body or what is listed in one, is the resource that the path leads to.
    fn is_resource(&self, resource: &Resource) -> bool {
        let path = &self.def.origin.path;
        let lists = path.iter().filter(|step| *step == "[]").count();
        if lists > 0 && path.last().is_some_and(|last| last != "[]") {
            return false;
        }
        let sent = self.def.origin.role == ir::Role::Body;
        match (&self.def.kind, lists) {
            (ir::TypeKind::OpenEnum(_) | ir::TypeKind::Union(_), _) => false,
            (ir::TypeKind::Struct(_), 0) if sent => {
                !self.steps.is_empty() && wraps(self.steps) && resource.is_about_one()
            }
            (ir::TypeKind::Struct(_), 1) if sent => {
                wraps(self.steps) && resource.is_about_one() && !resource.is_one()
            }
            (ir::TypeKind::Struct(_), _) if sent => false,
            (ir::TypeKind::Struct(fields), 0) => resource.is(fields),
            // What is listed in one resource are parts of it, unless the list is but a wrapping.
            (ir::TypeKind::Struct(_), 1) => {
                let whole = self.steps.is_empty();
                wraps(self.steps) && !(whole && resource.is_one()) || !resource.is_about_one()
            }
            (ir::TypeKind::Struct(_), _) => false,
        }
    }

    /// Whether a key holds anything. What the path leads to is something, whatever it is called.
    fn says_nothing(&self, step: &[String]) -> bool {
        let anything = matches!(step, [word] if ir::holds_anything(&words::lower(word)));
        anything && !self.is_called(step)
    }

    /// Whether a key is no name alone.
    fn is_weak(&self, step: &[String]) -> bool {
        let [word] = step else { return false };
        let lower = words::lower(word);
        let one = singular::singular(&lower);
        let weak = WEAK.contains(&one.as_str()) || lower.chars().count() < SHORTEST;
        self.says_nothing(step) || weak && !self.is_called(step) || is_reserved(step, self.suffix)
    }

    fn is_called(&self, step: &[String]) -> bool {
        self.resource.is_some_and(|resource| resource.is_called(step))
    }
}

/// A name that says what something is of; `None` if that would say a word twice. `adGroups` of an ad group are said once too.
fn of(around: &[String], last: &[String]) -> Option<Vec<String>> {
    let again = type_name::say_again(around, &type_name::singular_of(last));
    (!again).then(|| [around, last].concat())
}

/// Whether a name means something else in Rust.
fn is_reserved(name: &[String], suffix: &str) -> bool {
    let reserved = RESERVED.contains(&words::lower(&name.concat()).as_str());
    reserved && suffix.is_empty()
}

/// Whether these keys do but wrap the answer.
fn wraps(steps: &[Vec<String>]) -> bool {
    let mut words = steps.iter().flatten();
    words.all(|word| WRAPPING.contains(&words::lower(word).as_str()))
}

#[cfg(test)]
mod tests;
