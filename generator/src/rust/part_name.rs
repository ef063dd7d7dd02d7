//! Short names for what is part of a body: what a person would call it in the module where it stands.
//!
//! In: the keys that lead to a type, and what its operation is about. Out: names in order of preference, none where the keys say
//! nothing. `user.address` is an `Address`, and the second one a `UserAddress`; `data` in the answer of `GET /users/:id` is a
//! `User`; the `type` of one is a `UserType`, since `Type` alone says too little. The parts of what is sent are other types
//! than those of what is received, so they say so: `AddressInput`. Whoever asks falls back to names that begin with the operation's.

use super::name::{self, Case};
use super::resource::Resource;
use super::{type_name, words};
use crate::ir;

/// Last words of keys that hold anything.
const ANYTHING: &[&str] = &[
    "body",
    "collection",
    "content",
    "data",
    "datum",
    "doc",
    "element",
    "entity",
    "entry",
    "hit",
    "input",
    "item",
    "list",
    "node",
    "object",
    "output",
    "payload",
    "record",
    "req",
    "request",
    "res",
    "response",
    "result",
    "row",
    "value",
];

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
                let names = [resource.words.clone(), resource.of_its_kind.clone()];
                return names
                    .into_iter()
                    .filter(|words| !is_reserved(words, self.suffix))
                    .collect();
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
        let parent = before.last().filter(|parent| !self.says_nothing(parent));
        let around = parent.or_else(|| {
            let told = self
                .resource
                .filter(|resource| self.is_weak(last) || resource.is_about_one());
            told.map(|resource| &resource.words)
        });
        let alone = (!self.is_weak(last)).then(|| last.to_vec());
        alone
            .into_iter()
            .chain(around.and_then(|around| of(around, last)))
            .collect()
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
        let lists = self.def.origin.path.iter().filter(|step| *step == "[]").count();
        let sent = self.def.origin.role == ir::Role::Body;
        match (&self.def.kind, lists) {
            (ir::TypeKind::OpenEnum(_), _) => false,
            (ir::TypeKind::Struct(_), 0) if sent => {
                !self.steps.is_empty() && wraps(self.steps) && (resource.is_one() || resource.is_about_one())
            }
            (ir::TypeKind::Struct(_), 1) if sent => {
                wraps(self.steps) && resource.is_about_one() && !resource.is_one()
            }
            (ir::TypeKind::Struct(_), _) if sent => false,
            (ir::TypeKind::Struct(fields), 0) => resource.is(fields),
            // What is listed in one resource are parts of it, unless the list is but a wrapping.
            (ir::TypeKind::Struct(_), 1) => wraps(self.steps) && !self.steps.is_empty() || !resource.is_one(),
            (ir::TypeKind::Struct(_), _) => false,
        }
    }

    /// Whether a key holds anything. What the path leads to is something, whatever it is called.
    fn says_nothing(&self, step: &[String]) -> bool {
        let anything = matches!(step, [word] if ANYTHING.contains(&words::lower(word).as_str()));
        anything && !self.is_called(step)
    }

    /// Whether a key is no name alone.
    fn is_weak(&self, step: &[String]) -> bool {
        let [word] = step else { return false };
        let lower = words::lower(word);
        let weak = WEAK.contains(&lower.as_str()) || lower.chars().count() < SHORTEST;
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
mod tests {
    use super::*;

    fn named(method: &str, url: &str, role: ir::Role, path: &str) -> String {
        let mut operation = ir::Operation::default();
        method.clone_into(&mut operation.method);
        url.clone_into(&mut operation.url.base);
        let field = ir::StructField {
            key: "id".to_owned(),
            ty: ir::Type::String,
            boxed: false,
            nullable: false,
            required: false,
            docs: ir::Docs::default(),
            evidence: ir::Evidence::default(),
            name: None,
        };
        let path: Vec<String> = path.split_whitespace().map(str::to_owned).collect();
        let def = ir::TypeDef {
            origin: ir::Origin {
                operation: ir::Place::default(),
                operation_name: String::new(),
                role,
                path: path.clone(),
            },
            kind: ir::TypeKind::Struct(vec![field]),
            docs: ir::Docs::default(),
            sent: false,
            received: true,
            name: None,
        };
        let steps = type_name::words_of_steps(&path);
        let mut names = names(&def, &steps, None, Resource::of(&operation).as_ref());
        names.dedup();
        names.join(" ")
    }

    #[test]
    fn parts_of_answers_are_called_by_their_keys_or_by_the_path() {
        let ok = ir::Role::Result(200);
        for (method, url, path, expected) in [
            ("GET", "/users", "[]", "User"),
            ("GET", "/users", "data []", "User"),
            ("GET", "/users", "data items []", "User"),
            ("GET", "/users", "meta items []", "User"),
            ("GET", "/teams/:id/users", "[]", "User TeamUser"),
            ("GET", "/users", "data", ""),
            ("GET", "/users", "", ""),
            ("GET", "/users/:id", "", "User"),
            ("GET", "/defaults/:id", "", ""),
            ("GET", "/org/defaults/:id", "", "OrgDefault"),
            ("GET", "/entries/:id", "entry", "Entry"),
            ("GET", "/users/:id", "data", "User"),
            ("POST", "/users", "", "User"),
            ("GET", "/orders/:id", "items []", "OrderItem"),
            ("GET", "/orders/:id", "[]", ""),
            ("GET", "/orders/:id", "customer", "Customer OrderCustomer"),
            ("GET", "/orders", "customer", "Customer"),
            ("GET", "/orders/:id", "orders", "Orders"),
            (
                "GET",
                "/orders/:id",
                "customer billingAddress",
                "BillingAddress CustomerBillingAddress",
            ),
            ("GET", "/orders/:id", "customer customerType", "CustomerType"),
            ("GET", "/orders/:id", "customer type", "CustomerType"),
            ("GET", "/orders/:id", "type", "OrderType"),
            ("GET", "/status", "type", ""),
            ("GET", "/status", "", ""),
        ] {
            assert_eq!(
                named(method, url, ok.clone(), path),
                expected,
                "{method} {url} {path}"
            );
        }
    }

    #[test]
    fn parts_of_requests_say_so() {
        for (path, expected) in [
            ("address", "AddressInput OrderAddressInput"),
            ("userInput", "UserInput OrderUserInput"),
            ("items []", "OrderItemInput"),
            ("type", "OrderTypeInput"),
            ("data", "OrderInput"),
            ("[]", "OrderInput"),
            ("client", "ClientInput OrderClientInput"),
            ("order", "OrderInput"),
            ("", ""),
        ] {
            assert_eq!(named("POST", "/orders", ir::Role::Body, path), expected, "{path}");
        }
        assert_eq!(
            named("PUT", "/entries/:id", ir::Role::Body, "entry"),
            "EntryInput"
        );
        let sort = ir::Role::Param("sort_by".to_owned());
        assert_eq!(named("GET", "/orders", sort.clone(), ""), "OrderSortBy");
        assert_eq!(named("GET", "/search", sort, ""), "");
        assert_eq!(named("GET", "/orders", ir::Role::Error(404), "address"), "");
    }
}
