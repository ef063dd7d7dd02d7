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

/// Single words that say too little, and those that mean something else in Rust.
const WEAK: &[&str] = &[
    "an",
    "any",
    "as",
    "at",
    "attribute",
    "box",
    "builder",
    "by",
    "call",
    "client",
    "clone",
    "code",
    "copy",
    "count",
    "debug",
    "default",
    "detail",
    "do",
    "drop",
    "eq",
    "err",
    "error",
    "field",
    "fn",
    "from",
    "go",
    "hash",
    "id",
    "if",
    "in",
    "info",
    "into",
    "is",
    "iterator",
    "key",
    "kind",
    "me",
    "mode",
    "my",
    "name",
    "no",
    "none",
    "of",
    "ok",
    "on",
    "option",
    "or",
    "ord",
    "other",
    "param",
    "parameter",
    "property",
    "self",
    "send",
    "size",
    "so",
    "some",
    "state",
    "status",
    "str",
    "string",
    "sync",
    "text",
    "to",
    "total",
    "type",
    "up",
    "vec",
    "word",
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
    let suffix = match (&def.origin.role, &def.kind) {
        (ir::Role::Result(_), _) => "",
        (ir::Role::Body, ir::TypeKind::OpenEnum(_)) => "",
        (ir::Role::Body, ir::TypeKind::Struct(_)) => "Input",
        (ir::Role::Error(_) | ir::Role::Param(_), _) => return Vec::new(),
    };
    let around = |step: &Vec<String>| {
        says_nothing(step)
            || matches!(step.as_slice(), [word] if AROUND.contains(&words::lower(word).as_str()))
    };
    let only_wraps = steps
        .split_last()
        .is_none_or(|(last, before)| says_nothing(last) && before.iter().all(around));
    if only_wraps {
        let received = def.origin.role != ir::Role::Body;
        if let Some(resource) = resource.filter(|resource| received && is_resource(def, steps, resource)) {
            let names = [&resource.words, &resource.of_its_kind].into_iter();
            return names.map(|words| name::join(words, Case::Camel)).collect();
        }
        if resource.is_none_or(|resource| !resource.is_one() && (wraps(steps) || !resource.is_about_one())) {
            return Vec::new();
        }
    }
    let Some((last, before)) = steps.split_last() else {
        return Vec::new();
    };
    let last = called.unwrap_or(last);
    let parent = before.last().filter(|parent| !says_nothing(parent));
    let of = match parent {
        Some(parent) => Some(parent),
        None => {
            let told = resource.filter(|resource| is_weak(last) || resource.is_about_one());
            told.map(|resource| &resource.words)
        }
    };
    let alone = (!is_weak(last)).then(|| last.to_vec());
    // `adGroups` of an ad group are said once too.
    let one = type_name::singular_of(last);
    let again = |of: &&Vec<String>| type_name::say_again(of, &one);
    let of = of.filter(|of| !again(of)).map(|of| [of, last].concat());
    let names = alone.into_iter().chain(of).filter(|words| name::fits(words));
    names.map(|words| with_suffix(&words, suffix)).collect()
}

/// Whether what stands for a whole answer, or for what is listed in one, is the resource that the path leads to.
fn is_resource(def: &ir::TypeDef, steps: &[Vec<String>], resource: &Resource) -> bool {
    // What is listed in one resource are parts of it, unless the list is but a wrapping.
    let wrapped = wraps(steps);
    let lists = def.origin.path.iter().filter(|step| *step == "[]").count();
    match (&def.kind, lists) {
        (ir::TypeKind::OpenEnum(_), _) => false,
        (ir::TypeKind::Struct(fields), 0) => resource.is(fields),
        (ir::TypeKind::Struct(_), 1) => wrapped && !steps.is_empty() || !resource.is_one(),
        (ir::TypeKind::Struct(_), _) => false,
    }
}

/// Whether these keys do but wrap the answer.
fn wraps(steps: &[Vec<String>]) -> bool {
    let mut words = steps.iter().flatten();
    words.all(|word| WRAPPING.contains(&words::lower(word).as_str()))
}

/// Whether a key holds anything.
fn says_nothing(step: &[String]) -> bool {
    matches!(step, [word] if ANYTHING.contains(&words::lower(word).as_str()))
}

/// Whether a key is no name alone.
fn is_weak(step: &[String]) -> bool {
    let [word] = step else { return false };
    let lower = words::lower(word);
    says_nothing(step) || WEAK.contains(&lower.as_str()) || lower.chars().count() < SHORTEST
}

fn with_suffix(words: &[String], suffix: &str) -> String {
    let name = name::join(words, Case::Camel);
    if name.ends_with(suffix) {
        name
    } else {
        format!("{name}{suffix}")
    }
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
            ("", ""),
        ] {
            assert_eq!(named("POST", "/orders", ir::Role::Body, path), expected, "{path}");
        }
        assert_eq!(named("GET", "/orders", ir::Role::Error(404), "address"), "");
    }
}
