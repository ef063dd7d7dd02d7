//! What an operation is about, as its path says: `GET /teams/:id/users` is about users, `GET /users/:id` about one.
//!
//! In: an operation. Out: its [`Resource`], for paths that end like those of REST: in a plural, or in a plural and which one.
//! Paths that end in a verb or in a part of something say nothing that is sure, and have none.

use super::path::{self, Step};
use super::{singular, type_name, words};
use crate::ir;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The word or words for one of it.
    pub words: Vec<String>,
    /// The same, with what it is of: `TeamUser` of `/teams/:id/users`.
    pub of_its_kind: Vec<String>,
    /// How one of them is told from the others, if the path does.
    key: Option<Vec<String>>,
    /// Whether the operation makes one.
    pub creates: bool,
    replaces: bool,
}

/// Last segments that only say which of them, or how.
const WHICH: &[&str] = &[
    "active", "all", "filter", "find", "latest", "list", "mine", "page", "query", "recent", "search",
];

/// Words of keys that hold an identity.
const IDENTITIES: &[&str] = &["gid", "guid", "id", "key", "uid", "uuid"];

impl Resource {
    /// The resource of an operation.
    pub fn of(operation: &ir::Operation) -> Option<Self> {
        let mut steps = path::steps(operation);
        without_extension(steps.last_mut()?);
        let (last, before) = steps.split_last()?;
        let is_how = WHICH.contains(&words::lower(&last.words.concat()).as_str());
        let (to_plural, key) = match is_which(last) {
            true => (before, Some(last.words.clone())),
            false if is_how => (before, None),
            false => (steps.as_slice(), None),
        };
        let (plural, before) = to_plural.split_last()?;
        if is_which(plural) {
            return None;
        }
        let one = one_of(&plural.words)?;
        let of_its_kind = of_its_kind(&one, before);
        let says_little =
            matches!(one.as_slice(), [word] if OF_SOMETHING.contains(&words::lower(word).as_str()));
        Some(Self {
            words: if says_little { of_its_kind.clone() } else { one },
            of_its_kind,
            key,
            creates: operation.method == "POST" && !is_how,
            replaces: matches!(operation.method.as_str(), "GET" | "PUT" | "PATCH"),
        })
    }

    /// Whether a key is what one of it is called.
    pub fn is_called(&self, words: &[String]) -> bool {
        lower(words) == lower(&self.words)
    }

    /// Whether the path leads to one of several.
    pub fn is_one(&self) -> bool {
        self.key.is_some()
    }

    /// Whether the path leads to one of several, or makes one.
    pub fn is_about_one(&self) -> bool {
        self.is_one() || self.creates
    }

    /// Whether an object with these keys, which an operation answers, is one of the resource: it has an identity, and
    /// the path leads to one or makes one.
    pub fn is(&self, fields: &[ir::StructField]) -> bool {
        let leads_to_one = if self.is_one() {
            self.replaces
        } else {
            self.creates
        };
        leads_to_one && fields.iter().any(|field| self.is_identity(&field.key))
    }

    fn is_identity(&self, key: &str) -> bool {
        let found = lower(&words::words(key));
        let Some((last, before)) = found.split_last() else {
            return false;
        };
        let own = lower(&self.words);
        let is_own = before.is_empty() || own.ends_with(before);
        is_own && IDENTITIES.contains(&last.as_str())
            || self.key.as_ref().is_some_and(|which| lower(which) == found)
    }
}

/// Whether a segment tells one of several: a variable, or what somebody saved in its place.
fn is_which(step: &Step) -> bool {
    let text = step.words.concat();
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    let hex = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    step.variable || number || hex
}

/// `users.json` are users.
fn without_extension(step: &mut Step) {
    let is_extension = |word: &String| ["json", "xml"].contains(&words::lower(word).as_str());
    if step.words.len() > 1 && step.words.last().is_some_and(is_extension) {
        step.words.pop();
    }
}

/// What the last segment says that is no variable: the words of a path that has no resource.
pub fn end_of_path(operation: &ir::Operation) -> Vec<String> {
    let steps = path::steps(operation);
    let end = steps
        .into_iter()
        .rfind(|step| !is_which(step) && !is_version(step));
    end.map_or_else(Vec::new, |step| step.words)
}

/// Whether a segment is `v2` or `api`.
fn is_version(step: &Step) -> bool {
    let text = words::lower(&step.words.concat());
    let number = text.strip_prefix('v').unwrap_or(&text);
    number.bytes().all(|byte| byte.is_ascii_digit()) || ["api", "apis", "rest"].contains(&text.as_str())
}

/// The words for one of what a segment names in the plural; `None` if that is none.
fn one_of(words: &[String]) -> Option<Vec<String>> {
    let (last, before) = words.split_last()?;
    let many = words::lower(last);
    let one = singular::singular(&many);
    (one != many && one.len() > 1).then(|| before.iter().cloned().chain([one]).collect())
}

/// Words that say too little without what they are of: `/providers/instances` are provider instances.
const OF_SOMETHING: &[&str] = &[
    "detail", "element", "entity", "entry", "instance", "item", "model", "object", "option", "record",
    "resource", "result", "setting", "type", "value",
];

fn of_its_kind(one: &[String], before: &[Step]) -> Vec<String> {
    let kind = before.iter().rfind(|step| !is_which(step) && !is_version(step));
    let kind = kind.map(|kind| one_of(&kind.words).unwrap_or_else(|| kind.words.clone()));
    let kind = kind.unwrap_or_default();
    if type_name::say_again(&kind, one) {
        return one.to_vec();
    }
    [kind.as_slice(), one].concat()
}

fn lower(words: &[String]) -> Vec<String> {
    words.iter().map(|word| words::lower(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: &str, url: &str) -> ir::Operation {
        let mut operation = ir::Operation::default();
        method.clone_into(&mut operation.method);
        url.clone_into(&mut operation.url.base);
        operation
    }

    #[test]
    fn paths_lead_to_what_their_plurals_name() {
        for (url, expected) in [
            ("{{baseUrl}}/api/v2/users", Some("User")),
            ("{{baseUrl}}/teams/:id/users/:userId", Some("User")),
            ("https://a.example/users/42.json", Some("User")),
            ("https://a.example/users.json", Some("User")),
            ("/payment-methods/search", Some("PaymentMethod")),
            ("/identity-providers/instances", Some("IdentityProviderInstance")),
            ("/users/:id/activate", None),
            ("/status/:id", None),
            ("/news", None),
            ("{{baseUrl}}/:id", None),
            ("{{baseUrl}}", None),
        ] {
            let resource = Resource::of(&operation("GET", url));
            let found = resource
                .map(|resource| super::super::name::join(&resource.words, super::super::name::Case::Camel));
            assert_eq!(found.as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn what_it_is_of_tells_one_from_another() {
        for (url, expected) in [
            ("/v2/users", "User"),
            ("/teams/:id/users", "TeamUser"),
            ("/{{api}}/users", "User"),
            ("/app-users/users", "User"),
        ] {
            let resource = Resource::of(&operation("GET", url)).expect("a plural");
            assert_eq!(
                super::super::name::join(&resource.of_its_kind, super::super::name::Case::Camel),
                expected
            );
        }
    }

    #[test]
    fn one_of_several_has_an_identity() {
        let field = |key: &str| ir::StructField {
            key: key.to_owned(),
            ty: ir::Type::String,
            ..ir::StructField::default()
        };
        for (method, url, key, expected) in [
            ("GET", "/users/:id", "id", true),
            ("GET", "/users/:id", "userId", true),
            ("GET", "/users/:name", "name", true),
            ("GET", "/users/:id", "name", false),
            ("GET", "/users/:id", "teamId", false),
            ("GET", "/users", "id", false),
            ("POST", "/users", "uuid", true),
            ("DELETE", "/users/:id", "id", false),
        ] {
            let resource = Resource::of(&operation(method, url)).expect("a plural");
            assert_eq!(resource.is(&[field(key)]), expected, "{method} {url} {key}");
        }
    }
}
