//! Bases of others: a schema with a discriminator that other schemas have as a part is any of them.
//!
//! In: what a base says. Out: a union of those that have it, each with what the base says too, and of the base alone, for what its
//! member does not say to be another. It types a place where the base is used, never one where it is only a part.

use std::collections::{BTreeMap, VecDeque};

use super::unions::Branch;
use super::view::View;
use super::{Schemas, Site};
use crate::frontend::schema::document::{At, Document};
use crate::ir::{Alternative, Docs, StructField, Type, TypeKind, Union};

/// The member that a discriminator names.
pub(super) fn key<'a>(discriminator: &At<'a>) -> Option<&'a str> {
    // In 2.0 it is only a name.
    let name = discriminator.value.as_str();
    name.or_else(|| discriminator.text("propertyName"))
}

/// The member that tells a thing apart from others, where a discriminator names one that is not declared.
pub(super) fn tag(key: &str) -> StructField {
    StructField {
        key: key.to_owned(),
        ty: Type::String,
        docs: Docs::new("Says which of several kinds of thing it is."),
        ..StructField::default()
    }
}

impl<'a> Document<'a> {
    /// The declared schemas that have one as a part by `allOf`, and those that have these, in order.
    fn descendants(&self, pointer: &str) -> Vec<At<'a>> {
        let children = self.children.get_or_init(|| self.children());
        let mut found: Vec<&str> = Vec::new();
        let mut next: VecDeque<&str> = VecDeque::from([pointer]);
        while let Some(parent) = next.pop_front() {
            for child in children.get(parent).into_iter().flatten() {
                if child != pointer && !found.contains(&child.as_str()) {
                    found.push(child);
                    next.push_back(child);
                }
            }
        }
        found
            .into_iter()
            .filter_map(|pointer| self.at_pointer(pointer))
            .collect()
    }

    fn children(&self) -> BTreeMap<String, Vec<String>> {
        let components = self.top().get("components");
        let schemas = components.and_then(|components| components.get("schemas"));
        let declared = schemas.or_else(|| self.top().get("definitions"));
        let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, schema) in declared.iter().flat_map(At::members) {
            let parts = schema.get("allOf").map(|parts| parts.elements());
            let parts = parts.into_iter().flatten();
            for part in parts.filter(|part| part.text("$ref").is_some()) {
                let parent = self.resolve(part).pointer;
                children.entry(parent).or_default().push(schema.pointer.clone());
            }
        }
        children
    }
}

impl<'a> Schemas<'a, '_> {
    /// The union that a base is, if there are others that have it as a part.
    pub(super) fn family(&mut self, view: &View<'a>, pointer: &str, site: &Site) -> Option<Type> {
        let discriminator = view.tells_children.as_ref()?;
        let key = key(discriminator)?;
        let mut branches = self.members_of_family(discriminator, pointer);
        if branches.is_empty() || view.kind() != Some("object") {
            return None;
        }
        self.label(key, Some(discriminator), &mut branches);
        let id = self.reserve_union(view, site);
        let ty = Type::Named(id);
        let typed = super::Typed {
            ty: ty.clone(),
            nullable: view.nullable,
        };
        self.made.insert(pointer.to_owned(), typed);
        self.open.insert(id);
        self.told_by.push((id, key.to_owned()));
        // What all of them have is called after the base.
        for (key, at) in &view.properties {
            self.typed(at, &site.part(key));
        }
        let mut alternatives = Vec::new();
        for branch in &branches {
            let own = self.typed(&branch.at, &site.part("kind")).ty;
            self.add(&mut alternatives, own, branch);
        }
        for own in &mut alternatives {
            own.name = own.name.take().or_else(|| self.told_by_schema(own));
        }
        alternatives.push(self.base(view, site));
        self.open.remove(&id);
        self.types.get_mut(id).kind = TypeKind::Union(Union {
            tag: Some(key.to_owned()),
            alternatives,
        });
        Some(ty)
    }

    /// Those that the discriminator names, and those that have the base as a part.
    fn members_of_family(&self, discriminator: &At<'a>, pointer: &str) -> Vec<Branch<'a>> {
        let mapping = discriminator.get("mapping");
        let entries = mapping.iter().flat_map(At::members);
        let named = entries.filter_map(|(_, to)| self.mapped(&to));
        let mut members: Vec<At<'a>> = Vec::new();
        for at in named.chain(self.document.descendants(pointer)) {
            if at.pointer != pointer && members.iter().all(|known| known.pointer != at.pointer) {
                members.push(at);
            }
        }
        let branch = |at: At<'a>| {
            let mut view = View::of(self.document, &at);
            // What is said of the base is not said of them.
            at.text("description")
                .unwrap_or_default()
                .clone_into(&mut view.text);
            Branch {
                view,
                at,
                tags: Vec::new(),
            }
        };
        members.into_iter().map(branch).collect()
    }

    /// The base alone: what says that it is none of the others, or does not say.
    fn base(&mut self, view: &View<'a>, site: &Site) -> Alternative {
        let own = Site {
            declared: site.declared.as_ref().map(|declared| format!("{declared} base")),
            ..site.part("base")
        };
        Alternative {
            ty: self.strukt(view, None, &own),
            boxed: false,
            tagged: Vec::new(),
            docs: Docs::new("None of the others: what all of them have."),
            name: Some("base".to_owned()),
        }
    }
}
