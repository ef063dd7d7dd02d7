//! What changed for those who use a client, and what that asks of its version.
//!
//! In: two surfaces. Out: changes, the worst first, each with its level and its reason, by the rules of cargo's semver reference.

use super::request;
use super::surface::{Kind, Surface};

/// What a change asks of the version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Nothing that a caller could see.
    Patch,
    /// Something was added.
    Minor,
    /// Something that worked may not compile any more.
    Major,
}

impl Level {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) level: Level,
    /// What it is about: `function users::Users::get`.
    pub(super) what: String,
    /// What became of it.
    pub(super) why: String,
}

/// All changes from one surface to another.
pub(super) fn changes(old: &Surface, new: &Surface) -> Vec<Change> {
    let mut changes = Vec::new();
    for ((kind, path), before) in old {
        // What goes with its type is no news of its own.
        if *kind != Kind::Type && is_part_of_other(*kind, path, old, new) {
            continue;
        }
        let key = (*kind, path.clone());
        match new.get(&key) {
            None => changes.push(removed(*kind, path)),
            Some(after) if after == before => {}
            Some(after) => changes.push(changed(*kind, path, before, after)),
        }
    }
    for (kind, path) in new.keys() {
        let is_new = !old.contains_key(&(*kind, path.clone()));
        if is_new && (*kind == Kind::Type || !is_part_of_other(*kind, path, new, old)) {
            changes.extend(added(*kind, path, old));
        }
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.level));
    changes
}

/// Whether something belongs to a type that only one side has.
fn is_part_of_other(kind: Kind, path: &str, here: &Surface, there: &Surface) -> bool {
    let owner = owner(kind, path);
    let key = (Kind::Type, owner.to_owned());
    owner != path && here.contains_key(&key) && !there.contains_key(&key)
        || kind == Kind::Exhaustive && !there.contains_key(&(Kind::Type, path.to_owned()))
        || kind == Kind::Request && !there.contains_key(&(Kind::Type, path.to_owned()))
}

/// The type that something belongs to.
fn owner(kind: Kind, path: &str) -> &str {
    match kind {
        Kind::Field => path.split('.').next().unwrap_or(path),
        Kind::Variant | Kind::Function | Kind::Output => {
            path.rsplit_once("::").map_or(path, |(owner, _)| owner)
        }
        Kind::Trait => path.rsplit_once(" of ").map_or(path, |(_, owner)| owner),
        Kind::Module | Kind::Type | Kind::Exhaustive | Kind::Request => path,
    }
}

fn what(kind: Kind, path: &str) -> String {
    let kind = match kind {
        Kind::Module => "module",
        Kind::Type | Kind::Exhaustive => "type",
        Kind::Field => "field",
        Kind::Variant => "variant",
        Kind::Function => "function",
        Kind::Output => "answer",
        Kind::Trait => "trait",
        Kind::Request => "request",
    };
    format!("{kind} {path}")
}

fn removed(kind: Kind, path: &str) -> Change {
    let why = match kind {
        Kind::Exhaustive => "cannot be made by writing its fields, or matched without a rest, any more",
        Kind::Trait => "is not implemented any more",
        _ => "is gone",
    };
    Change {
        level: Level::Major,
        what: what(kind, path),
        why: why.to_owned(),
    }
}

fn changed(kind: Kind, path: &str, before: &str, after: &str) -> Change {
    let (level, why) = match kind {
        Kind::Request => (Level::Patch, request::difference(before, after)),
        _ => (Level::Major, format!("was `{before}` and is `{after}`")),
    };
    Change {
        level,
        what: what(kind, path),
        why,
    }
}

fn added(kind: Kind, path: &str, old: &Surface) -> Option<Change> {
    let was_exhaustive = old.contains_key(&(Kind::Exhaustive, owner(kind, path).to_owned()));
    let (level, why) = match kind {
        Kind::Request => return None,
        Kind::Field if was_exhaustive => (
            Level::Major,
            "is new in a struct that callers may write field by field",
        ),
        Kind::Variant if was_exhaustive => (
            Level::Major,
            "is new in an enum that callers may match without a rest",
        ),
        Kind::Exhaustive => (
            Level::Minor,
            "can be made by writing its fields, or matched without a rest",
        ),
        Kind::Trait => (Level::Minor, "is implemented"),
        _ => (Level::Minor, "is new"),
    };
    Some(Change {
        level,
        what: what(kind, path),
        why: why.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::diff::surface;
    use letterpress::output::File;

    fn of(text: &str) -> Surface {
        surface::of(&[File::new("src/lib.rs", text)])
    }

    fn said(old: &str, new: &str) -> Vec<String> {
        let changes = changes(&of(old), &of(new));
        changes
            .iter()
            .map(|change| format!("{} {}: {}", change.level.name(), change.what, change.why))
            .collect()
    }

    #[test]
    fn each_change_has_its_level() {
        let base = "pub struct A { pub x: i64 } #[non_exhaustive] pub struct B { pub x: i64 } impl A { pub fn f(&self, id: i64) -> B {} }
            #[non_exhaustive] pub enum E { V(A) } impl rt::Operation for A { type Output = B; const SPEC: rt::Spec = rt::Spec::new(1); }";
        for (from, to, said_of) in [
            ("id: i64", "number: i64", &[][..]),
            ("pub fn f", "/// Documented.\n pub fn f", &[]),
            (
                "id: i64",
                "id: u64",
                &["major function A::f: was `(&self, i64) -> B` and is `(&self, u64) -> B`"],
            ),
            ("pub fn f", "fn f", &["major function A::f: is gone"]),
            (
                "impl A {",
                "impl A { pub fn g() {}",
                &["minor function A::g: is new"],
            ),
            ("V(A)", "V(A), W", &["minor variant E::W: is new"]),
            (
                "V(A)",
                "W",
                &["major variant E::V: is gone", "minor variant E::W: is new"],
            ),
            (
                "struct B { pub x: i64 }",
                "struct B { pub x: i64, pub y: i64 }",
                &["minor field B.y: is new"],
            ),
            (
                "struct A { pub x: i64 }",
                "struct A { pub x: i64, pub y: i64 }",
                &["major field A.y: is new in a struct that callers may write field by field"],
            ),
            (
                "Output = B",
                "Output = A",
                &["major answer A::Output: was `B` and is `A`"],
            ),
            (
                "new(1)",
                "new(2)",
                &["patch request A: is sent, or saved, otherwise"],
            ),
            ("pub enum E { V(A) }", "", &["major type E: is gone"]),
            (
                "pub struct A {",
                "#[non_exhaustive] pub struct A {",
                &["major type A: cannot be made by writing its fields, or matched without a rest, any more"],
            ),
            (
                "pub struct B",
                "#[derive(Clone)] pub struct B",
                &["minor trait Clone of B: is implemented"],
            ),
        ] {
            assert_eq!(said(base, &base.replacen(from, to, 1)), said_of, "{from} → {to}");
        }
        assert!(said(base, base).is_empty());
    }
}
