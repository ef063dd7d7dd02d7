//! What tells alternatives apart: a member of each, by what a discriminator says, or by what they say themselves.
//!
//! In: alternatives. Out: the member, and what it says for each of them. It makes no types.

use super::Schemas;
use super::families;
use super::unions::Branch;
use super::view::View;
use crate::frontend::schema::document::At;
use crate::ir::{TypeId, TypeKind, Types};

impl<'a> Schemas<'a, '_> {
    /// What tells the alternatives apart: what the schema names, or a member of which each has a text of its own.
    pub(super) fn tag(&self, view: &View<'a>, branches: &mut [Branch<'a>]) -> Option<String> {
        let named = view.discriminator.as_ref().and_then(|at| at.text("propertyName"));
        let Some(key) = named.or_else(|| told_apart_by(branches)) else {
            return self.told_apart_below(branches);
        };
        self.label(key, view.discriminator.as_ref(), branches);
        Some(key.to_owned())
    }

    /// The member of a member of which each has a text of its own.
    fn told_apart_below(&self, branches: &mut [Branch<'a>]) -> Option<String> {
        let (first, others) = branches.split_first()?;
        let keys = first.view.properties.iter().map(|(key, _)| *key);
        for key in keys.filter(|key| !key.contains('/')) {
            let inner = |branch: &Branch<'a>| {
                let (_, at) = branch.view.properties.iter().find(|(own, _)| *own == key)?;
                let view = View::of(self.document, at);
                (view.kind() == Some("object") && branch.view.required.contains(key)).then(|| Branch {
                    at: at.clone(),
                    view,
                    tags: Vec::new(),
                })
            };
            let below: Option<Vec<Branch<'a>>> = std::iter::once(first).chain(others).map(inner).collect();
            let Some(mut below) = below else { continue };
            let Some(name) = told_apart_by(&below).filter(|name| !name.contains('/')) else {
                continue;
            };
            self.label(name, None, &mut below);
            for (branch, below) in branches.iter_mut().zip(below) {
                branch.tags = below.tags;
            }
            return Some(format!("/{key}/{name}"));
        }
        None
    }

    /// Gives alternatives what a member says for each: as the mapping of a discriminator has it, as they have it themselves, or
    /// else their names.
    pub(super) fn label(&self, key: &str, discriminator: Option<&At<'a>>, branches: &mut [Branch<'a>]) {
        let mapping = discriminator.and_then(|at| at.get("mapping"));
        let own: Vec<Vec<String>> = branches
            .iter()
            .map(|branch| self.own_labels(key, branch))
            .collect();
        // What is said of several tells nothing: they have it of what they share.
        let is_shared = |label: &String| own.iter().filter(|own| own.contains(label)).count() > 1;
        for (branch, own) in branches.iter_mut().zip(&own) {
            let pointer = self.document.resolve(branch.at.clone()).pointer;
            let name = pointer.rsplit('/').next().unwrap_or_default().to_owned();
            let mapped = mapping.iter().flat_map(At::members).filter(|(_, to)| {
                to.value.as_str() == Some(&*name) || self.mapped(to).is_some_and(|at| at.pointer == pointer)
            });
            branch.tags.extend(mapped.map(|(text, _)| text.to_owned()));
            branch
                .tags
                .extend(own.iter().filter(|label| !is_shared(label)).cloned());
            let is_declared = pointer.contains("/schemas/") || pointer.contains("/definitions/");
            if branch.tags.is_empty() && discriminator.is_some() && is_declared {
                branch.tags.push(name);
            }
            let mut seen = std::collections::BTreeSet::new();
            branch.tags.retain(|tag| seen.insert(tag.clone()));
        }
    }

    /// What an entry of a mapping leads to: it is the name of a schema, or a reference.
    pub(super) fn mapped(&self, to: &At<'a>) -> Option<At<'a>> {
        let named = to.value.as_str()?;
        let is_name = !named.contains(['/', '#']);
        let declared = format!("#/components/schemas/{named}");
        let declared = is_name.then(|| self.document.find(&declared, ""));
        let found = declared
            .flatten()
            .or_else(|| self.document.find(named, &to.pointer));
        found.map(|at| self.document.resolve(at))
    }

    /// What an alternative says itself of the member that tells it.
    fn own_labels(&self, key: &str, branch: &Branch<'a>) -> Vec<String> {
        let member = branch.view.properties.iter().find(|(own, _)| *own == key);
        let labels = member.and_then(|(_, at)| View::of(self.document, at).labels());
        let value = self.document.resolve(branch.at.clone());
        let value = value.text("x-discriminator-value").map(str::to_owned);
        value.into_iter().chain(labels.unwrap_or_default()).collect()
    }
}

/// Gives the alternatives of a union the member that tells them apart, where a discriminator names one that they do not declare.
pub(super) fn declare(types: &mut Types, union: TypeId, key: &str) {
    let TypeKind::Union(union) = &types.get(union).kind else {
        return;
    };
    let structs: Vec<TypeId> = union
        .alternatives
        .iter()
        .filter_map(|own| own.ty.named())
        .collect();
    for id in structs {
        if let TypeKind::Struct(fields) = &mut types.get_mut(id).kind
            && fields.iter().all(|field| field.key != key)
        {
            fields.insert(0, families::tag(key));
        }
    }
}

/// The member of which each alternative has a text or a number of its own.
fn told_apart_by<'a>(branches: &[Branch<'a>]) -> Option<&'a str> {
    let (first, others) = branches.split_first()?;
    let label = |branch: &Branch<'a>, key: &str| {
        let (_, at) = branch.view.properties.iter().find(|(own, _)| *own == key)?;
        let mut view = View::default();
        // What is written there itself: a reference to a text of its own is not how anybody writes it.
        view.add_only_values(at);
        <[String; 1]>::try_from(view.labels()?).ok().map(|[label]| label)
    };
    let keys = first.view.properties.iter().map(|(key, _)| *key);
    let mut tells = keys.filter(|key| {
        let mut labels = vec![label(first, key)];
        labels.extend(others.iter().map(|branch| label(branch, key)));
        let all: Option<std::collections::BTreeSet<String>> = labels.into_iter().collect();
        all.is_some_and(|all| all.len() == branches.len())
    });
    tells.next()
}
