//! What tells an operation from another of the same name: its method, its path, its query.
//!
//! In: an operation whose name is taken, and the one that has it. Out: longer names, the best first. The first operation keeps
//! the name, so that a later one never renames it; `Users` saved twice, as `GET /users` and `POST /users`, is `users` and
//! `post_users`, and `GET /users/:id` is `users_by_id`. It knows not which names are free.

use super::path::steps;
use super::{call_name, name, words};
use crate::ir;

/// Words that names of operations begin with. Such a name says what is done, and the method would only say it again.
const VERBS: &[&str] = &[
    "add", "cancel", "check", "confirm", "copy", "create", "delete", "do", "download", "edit", "execute",
    "export", "fetch", "find", "generate", "get", "import", "insert", "list", "make", "modify", "move",
    "new", "patch", "post", "put", "query", "read", "register", "remove", "replace", "request", "retrieve",
    "run", "save", "search", "send", "set", "show", "start", "stop", "submit", "update", "upload",
    "validate", "verify", "view",
];

/// The words of longer names for an operation; `other` has its name, `None` if something else has.
pub fn names(operation: &ir::Operation, other: Option<&ir::Operation>) -> Vec<Vec<String>> {
    let own = call_name::words(operation);
    let method = words::words(&operation.method.to_lowercase());
    let differs = other.is_none_or(|other| other.method != operation.method);
    let verb = own
        .first()
        .is_some_and(|word| VERBS.contains(&words::lower(word).as_str()));
    let by_method = match (differs && !method.is_empty(), verb) {
        (true, true) if other.is_none() => None,
        (false, _) => None,
        (true, true) => Some(with(&own, &[vec!["by".to_owned()], method].concat())),
        (true, false) => Some([method, own.clone()].concat()),
    };
    let by_path = other.and_then(|other| of_path(operation, other));
    let by_query = other.and_then(|other| of_query(operation, other));
    let apart = by_path
        .iter()
        .chain(&by_query)
        .filter(|more| !own.ends_with(more));
    let mut names: Vec<_> = apart.map(|more| with(&own, more)).collect();
    let both = by_method
        .iter()
        .flat_map(|name| by_path.iter().map(|more| with(name, more)));
    names.extend(both.collect::<Vec<_>>());
    let at = if verb { names.len().min(1) } else { 0 };
    names.splice(at..at, by_method);
    names.splice(0..0, call_name::all_words(operation));
    names
}

/// A name and what is added to it, for which a long one makes space.
fn with(name: &[String], more: &[String]) -> Vec<String> {
    let heads = (1..=name.len()).rev().filter_map(|length| name.get(..length));
    let ends =
        |head: &&[String]| head.len() == name.len() || !head.last().is_some_and(|word| name::leads_on(word));
    let shorter = heads.filter(ends).map(|head| [head, more].concat());
    let mut fitting = shorter.filter(|words| name::fits(words));
    fitting.next().unwrap_or_else(|| [name, more].concat())
}

/// The last step of the path that the other's has not, or else the last that is no variable.
fn of_path(operation: &ir::Operation, other: &ir::Operation) -> Option<Vec<String>> {
    let (own, others) = (steps(operation), steps(other));
    let new = own.iter().rev().find(|step| !others.contains(step));
    let last = || {
        own.iter()
            .rev()
            .find(|step| !step.variable)
            .filter(|_| own != others)
    };
    let step = new.or_else(last)?;
    let by = step.variable.then(|| "by".to_owned());
    Some(by.into_iter().chain(step.words.iter().cloned()).collect())
}

/// The first key of the query that the other's has not.
fn of_query(operation: &ir::Operation, other: &ir::Operation) -> Option<Vec<String>> {
    let keys = |operation: &ir::Operation| -> Vec<Vec<String>> {
        let keys = operation.url.query.iter().filter_map(|entry| entry.key.as_ref());
        keys.map(|key| words::words(key.as_str())).collect()
    };
    let others = keys(other);
    let new = keys(operation)
        .into_iter()
        .find(|key| !key.is_empty() && !others.contains(key))?;
    Some([vec!["with".to_owned()], new].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::name::{Case, join};

    fn operation(name: &str, method: &str, url: &str) -> ir::Operation {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let entry = |key: &str| ir::Entry {
            key: Some(key.to_owned()),
            ..ir::Entry::default()
        };
        let mut operation = ir::Operation::default();
        name.clone_into(&mut operation.name);
        method.clone_into(&mut operation.method);
        base.clone_into(&mut operation.url.base);
        operation.url.query = query
            .split('&')
            .filter(|key| !key.is_empty())
            .map(entry)
            .collect();
        operation
    }

    #[test]
    fn the_method_the_path_or_the_query_makes_the_difference() {
        for (name, (method, url), (other_method, other_url), expected) in [
            ("Users", ("POST", "/users"), ("GET", "/users"), "post_users"),
            (
                "Users",
                ("GET", "/users/:userId"),
                ("GET", "/users"),
                "users_by_user_id",
            ),
            (
                "Users",
                ("PUT", "/users/{{id}}"),
                ("GET", "/users"),
                "put_users, users_by_id, put_users_by_id",
            ),
            (
                "Get user",
                ("GET", "/users/:name"),
                ("GET", "/users/:id"),
                "get_user_by_name",
            ),
            (
                "Get user",
                ("POST", "/users"),
                ("GET", "/users"),
                "get_user_by_post",
            ),
            (
                "Update",
                ("PATCH", "/teams/:id"),
                ("PUT", "/users/:id"),
                "update_teams, update_by_patch, update_by_patch_teams",
            ),
            (
                "Find",
                ("GET", "/users?page&name"),
                ("GET", "/users?page"),
                "find_with_name",
            ),
            ("List", ("GET", "/users"), ("GET", "/users/:id"), "list_users"),
            (
                "Metadata about all of the outbound provisioning connectors that there are",
                ("GET", "/connectors/:id"),
                ("GET", "/connectors"),
                "metadata_about_all_of_the_outbound_provisioning_connectors_by_id",
            ),
            ("Ping", ("GET", "/ping"), ("GET", "/ping"), ""),
        ] {
            let own = operation(name, method, url);
            let found = names(&own, Some(&operation(name, other_method, other_url)));
            let found: Vec<_> = found.iter().map(|words| join(words, Case::Snake)).collect();
            assert_eq!(found.join(", "), expected, "{method} {url}");
        }
        let found = names(&operation("Users", "GET", "/users"), None);
        assert_eq!(found, [["get", "Users"]]);
        assert!(names(&operation("Get users", "GET", "/users"), None).is_empty());
    }
}
