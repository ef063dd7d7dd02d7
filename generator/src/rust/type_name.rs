//! The names that a type could have: short ones first, longer ones for when those are taken.
//!
//! In: where a type comes from and the name of its operation's call. Out: candidates. The rule is operation and
//! field: the objects of `users` in the answer of `ListUsers` are `ListUsersUser`; the second `User` of the same
//! operation says more of the way to it: `ListUsersOwnerUser`.

use super::name::{self, Case};
use super::{singular, status, words};
use crate::ir;

/// What the names of an operation's types begin with and contain.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The type of the call.
    pub call: &'a str,
    /// What its body is called.
    pub body: &'static str,
    /// Whether it has results of several types.
    pub several: bool,
}

/// What the body of an operation is called in names.
pub fn body_word(body: &ir::Body) -> &'static str {
    match body {
        ir::Body::UrlEncoded { .. } | ir::Body::FormData { .. } => "Form",
        ir::Body::GraphQl(_) => "Variables",
        ir::Body::None | ir::Body::Raw(_) | ir::Body::File { .. } => "Body",
    }
}

/// Names for a type in order of preference.
pub fn candidates(def: &ir::TypeDef, owner: Owner<'_>) -> Vec<String> {
    let call = owner.call;
    if let Some(name) = &def.name {
        return vec![name::name(name, Case::Camel, "Type")];
    }
    let role = role(&def.origin.role, owner);
    let steps = steps(&def.origin.path);
    if steps.is_empty() {
        let item = if def.origin.path.is_empty() { "" } else { "Item" };
        let short = if item.is_empty() { &role } else { item };
        return vec![format!("{call}{short}"), format!("{call}{role}{item}")];
    }
    let mut names: Vec<String> = (1..=steps.len().min(4))
        .map(|length| {
            format!(
                "{call}{}",
                steps.get(steps.len() - length..).unwrap_or_default().concat()
            )
        })
        .collect();
    names.push(format!("{call}{role}{}", steps.concat()));
    names
}

/// What a type is of its operation, as part of its name.
fn role(role: &ir::Role, owner: Owner<'_>) -> String {
    match role {
        ir::Role::Body => owner.body.to_owned(),
        ir::Role::Param(param) => name::name(param, Case::Camel, "Param"),
        ir::Role::Result(status) if owner.several => status::word(*status),
        ir::Role::Result(_) => "Response".to_owned(),
        ir::Role::Error(status) => status::word(*status),
    }
}

/// The keys on the way, singular where they hold several.
fn steps(path: &[String]) -> Vec<String> {
    let mut steps = Vec::new();
    for (index, key) in path.iter().enumerate() {
        if is_container(key) {
            continue;
        }
        let holds_several = path.get(index + 1).is_some_and(|next| is_container(next));
        let mut words = name::words_of(key);
        if holds_several && let Some(last) = words.last_mut() {
            *last = singular_of(last);
        }
        let step = name::join(&words, Case::Camel);
        if !step.is_empty() {
            steps.push(step);
        }
    }
    steps
}

fn singular_of(word: &str) -> String {
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
