//! The names that a type could have: short ones first, longer ones for when those are taken.
//!
//! In: where a type comes from and the name of its operation's call. Out: candidates. The rule is operation and
//! field: the objects of `users` in the answer of `ListUsers` are `ListUsersUser`; the second `User` of the same
//! operation says more of the way to it: `ListUsersOwnerUser`. What would stutter says what it is part of: the `order` that
//! `GetOrder` answers is `GetOrderResponseOrder`.

use super::name::{self, Case};
use super::resource::Resource;
use super::{part_name, singular, status, words};
use crate::ir;

/// What the names of an operation's types begin with and contain.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// What it is about.
    pub resource: Option<&'a Resource>,
    /// The end of its path in words.
    pub end_of_path: &'a [String],
    /// The type of the call.
    pub call: &'a str,
    /// What its body is called.
    pub body: &'static str,
    /// Whether it has results of several types.
    pub several: bool,
    /// Its errors.
    pub errors: &'a [ir::Outcome],
}

/// What the body of an operation is called in names.
pub fn body_word(body: &ir::Body) -> &'static str {
    match body {
        ir::Body::UrlEncoded { .. } | ir::Body::FormData { .. } => "Form",
        ir::Body::GraphQl(_) => "Variables",
        ir::Body::None | ir::Body::Raw(_) | ir::Body::File { .. } => "Body",
    }
}

/// Names for a type in order of preference: the shortest first, but those that say a word twice in a row last. `called` is
/// what it is called if not by the key that leads to it first.
pub fn candidates(def: &ir::TypeDef, owner: Owner<'_>, called: Option<&[String]>) -> Vec<String> {
    if let Some(name) = &def.name {
        return vec![name::name(name, Case::Camel, "Type")];
    }
    if let Some(declared) = &def.declared {
        let name = name::name(declared, Case::Camel, "Type");
        return vec![name.clone(), format!("{name}Type"), format!("{name}Schema")];
    }
    let path = &def.origin.path;
    let role = role(&def.origin.role, owner);
    let mut names = part_name::names(def, &words_of_steps(path), called, owner.resource);
    // The name of an item that is a sentence makes worse names than its path does.
    if owner.call.chars().count() > LONG_CALL
        && let Some(last) = words_of_steps(path).last()
    {
        names.extend(part_name::in_place(
            owner.end_of_path,
            called.unwrap_or(last),
            def,
        ));
    }
    let longer = candidates_in(owner.call, &role, path).into_iter();
    names.extend(longer.map(|name| part_name::with_suffix(&name, def)));
    names
}

/// Letters of a call's name that is better not repeated.
const LONG_CALL: usize = 30;

/// Names for a type of the first error of a collection: most likely that of all its errors, so it is not named after one.
pub fn of_first_error(def: &ir::TypeDef) -> Vec<String> {
    match &def.name {
        Some(name) => vec![name::name(name, Case::Camel, "Type")],
        None => candidates_in(ERROR, "", &def.origin.path)
            .into_iter()
            // `errors` of errors are what is wrong in detail.
            .map(|name| {
                name.strip_suffix("BodyError")
                    .map_or(name.clone(), |start| format!("{start}Detail"))
            })
            .collect(),
    }
}

/// What the body of errors is called.
const ERROR: &str = "ErrorBody";

fn candidates_in(call: &str, role: &str, path: &[String]) -> Vec<String> {
    let steps = steps(path);
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let names: Vec<Vec<&str>> = match steps.split_last() {
        None if path.is_empty() => vec![vec![call, role]],
        None => vec![vec![call, "Item"], vec![call, role, "Item"]],
        Some((last, _)) => {
            let tails = (1..=steps.len().min(4)).filter_map(|length| steps.get(steps.len() - length..));
            let mut names: Vec<_> = tails.map(|tail| [&[call], tail].concat()).collect();
            let at = if says_again(&[call, last]) { 0 } else { names.len() };
            names.insert(at, vec![call, role, last]);
            let held = if path.last().is_some_and(|step| is_container(step)) {
                "Item"
            } else {
                "Value"
            };
            names.extend([[&[call, role], steps.as_slice()].concat(), vec![call, last, held]]);
            names
        }
    };
    let (again, once): (Vec<_>, Vec<_>) = names.into_iter().partition(|parts| says_again(parts));
    once.into_iter()
        .chain(again)
        .map(|parts| parts.concat())
        .collect()
}

/// Whether the second words begin as the first end.
pub fn say_again(first: &[String], second: &[String]) -> bool {
    let [first, second] = [first, second].map(|words| name::join(words, Case::Camel));
    says_again(&[&first, &second])
}

/// Whether a part begins with the words that the parts before it end with: `GetOrder` and `OrderTotal`.
fn says_again(parts: &[&str]) -> bool {
    let mut said: Vec<String> = Vec::new();
    parts.iter().any(|part| {
        let words: Vec<String> = words::words(part).iter().map(|word| words::lower(word)).collect();
        let again =
            (1..=words.len()).any(|length| words.get(..length).is_some_and(|start| said.ends_with(start)));
        said.extend(words);
        again
    })
}

/// What a type is of its operation, as part of its name.
fn role(role: &ir::Role, owner: Owner<'_>) -> String {
    match role {
        ir::Role::Body => owner.body.to_owned(),
        ir::Role::Param(param) => name::name(param, Case::Camel, "Param"),
        ir::Role::Result(status) if owner.several => status::word(*status),
        ir::Role::Result(_) => "Response".to_owned(),
        ir::Role::Error(status) if is_shared(owner.errors, *status) => ERROR.to_owned(),
        ir::Role::Error(status) => status::word(*status),
    }
}

/// Whether errors of other statuses have the body of this one.
fn is_shared(errors: &[ir::Outcome], status: ir::Status) -> bool {
    let own = errors.iter().find(|error| error.status == status);
    own.is_some_and(|own| errors.iter().filter(|error| error.body == own.body).count() > 1)
}

/// The keys on the way as parts of names.
fn steps(path: &[String]) -> Vec<String> {
    let steps = words_of_steps(path).into_iter();
    let steps = steps.map(|words| name::join(&words, Case::Camel));
    steps.filter(|step| !step.is_empty()).collect()
}

/// The words of the keys on the way, singular where they hold several. A key without letters, `*`, has no name to give.
pub fn words_of_steps(path: &[String]) -> Vec<Vec<String>> {
    let mut steps: Vec<Vec<String>> = Vec::new();
    for (index, key) in path.iter().enumerate() {
        if is_container(key) {
            continue;
        }
        if let Some(alternative) = ir::types::alternative(key) {
            steps.push(words_of_alternative(alternative, steps.last()));
            continue;
        }
        if words::words(key).is_empty() {
            let held = steps.last().cloned().unwrap_or_default();
            steps.push(held.into_iter().chain(["Value".to_owned()]).collect());
            continue;
        }
        let several = path.get(index + 1).is_some_and(|next| is_container(next));
        steps.push(words_of_key(key, several));
    }
    steps
}

/// What tells an alternative of a union, and what it is an alternative of, unless that could be anything: among events, what says that
/// it is a `message` is a message event.
fn words_of_alternative(alternative: &str, of: Option<&Vec<String>>) -> Vec<String> {
    let own = name::words_of(alternative);
    let of = of.filter(|of| !matches!(of.as_slice(), [word] if ir::holds_anything(&words::lower(word))));
    let lower = |words: &[String]| words.iter().map(|word| words::lower(word)).collect::<Vec<_>>();
    let Some(of) = of.filter(|of| !lower(&own).ends_with(&lower(of))) else {
        return own;
    };
    if alternative == ir::types::OBJECT {
        return of.iter().cloned().chain(own).collect();
    }
    own.into_iter().chain(of.iter().cloned()).collect()
}

/// The words for what a key holds, or for one of it if it holds several.
pub fn words_of_key(key: &str, several: bool) -> Vec<String> {
    let mut words = name::words_of_key(key);
    if several {
        one_of(&mut words);
    }
    words
}

/// Makes the name of what holds several that of one: `userAddresses` and `userAddressList` are `userAddress`.
fn one_of(words: &mut Vec<String>) {
    let lower: Vec<String> = words.iter().map(|word| words::lower(word)).collect();
    if let [.., of, list] = lower.as_slice()
        && ["array", "collection", "list"].contains(&list.as_str())
        && !LISTS.contains(&of.as_str())
    {
        words.pop();
    }
    if let Some(last) = words.last_mut() {
        *last = singular_of_word(last);
    }
}

/// These words with the last in the singular.
pub fn singular_of(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = singular_of_word(last);
    }
    words
}

/// What comes before `list` in words for things that are no lists of that.
const LISTS: &[&str] = &[
    "allow", "black", "block", "check", "deny", "mailing", "play", "price", "to", "white", "wish",
];

fn singular_of_word(word: &str) -> String {
    let lower = words::lower(word);
    let singular = singular::singular(&lower);
    if singular == lower {
        word.to_owned()
    } else {
        singular
    }
}

fn is_container(step: &str) -> bool {
    matches!(step, "[]" | "{}")
}

#[cfg(test)]
mod tests {
    use super::candidates_in;

    #[test]
    fn short_names_come_first_unless_they_say_a_word_twice_in_a_row() {
        for (call, path, expected) in [
            ("ListUsers", "", "ListUsersResponse"),
            ("ListUsers", "users []", "ListUsersUser ListUsersResponseUser"),
            ("ListUsers", "[]", "ListUsersItem ListUsersResponseItem"),
            ("GetOrder", "order", "GetOrderResponseOrder GetOrderOrder"),
            (
                "GetOrder",
                "orderTotal",
                "GetOrderResponseOrderTotal GetOrderOrderTotal",
            ),
            (
                "UpdateAdGroup",
                "adGroup",
                "UpdateAdGroupResponseAdGroup UpdateAdGroupAdGroup",
            ),
            ("GetItem", "[]", "GetItemResponseItem GetItemItem"),
            (
                "Get",
                "item [] item []",
                "GetItem GetResponseItem GetItemItem GetResponseItemItem",
            ),
            ("Get", "rateItemList []", "GetRateItem GetResponseRateItem"),
            ("Get", "allowList []", "GetAllowList GetResponseAllowList"),
            (
                "Get",
                "balance *",
                "GetBalanceValue GetResponseBalanceValue GetBalanceBalanceValue",
            ),
        ] {
            let path: Vec<String> = path.split_whitespace().map(str::to_owned).collect();
            let mut found = candidates_in(
                call,
                if path.iter().any(|key| key == "payTo") {
                    "Body"
                } else {
                    "Response"
                },
                &path,
            );
            found.dedup();
            let expected: Vec<_> = expected.split(' ').collect();
            assert!(
                found.starts_with(&expected.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()),
                "{found:?}"
            );
        }
    }
}
