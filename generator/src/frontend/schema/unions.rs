//! Alternatives: `oneOf`, `anyOf`, and several kinds.
//!
//! In: what a schema says. Out: a union, or the one thing that its alternatives come to: `null` beside something makes it nullable,
//! a text beside known texts is an open enum, and alternatives that only constrain are none.

use super::{Schemas, Site, Typed};
use crate::frontend::schema::document::At;
use crate::frontend::schema::view::{View, says_something};
use crate::ir::{Alternative, Docs, JsonKind, Type, TypeId, TypeKind, Union};

/// An alternative on its way.
pub(super) struct Branch<'a> {
    pub(super) at: At<'a>,
    pub(super) view: View<'a>,
    /// What tags say for it.
    pub(super) tags: Vec<String>,
}

impl<'a> Schemas<'a, '_> {
    /// The union that a schema is, if it has alternatives.
    pub(in crate::frontend) fn union(
        &mut self,
        view: &View<'a>,
        pointer: &str,
        site: &Site,
    ) -> Option<Typed> {
        let mut nullable = false;
        let mut branches: Vec<Branch<'a>> = Vec::new();
        for at in &view.alternatives {
            let own = View::of(self.document, at);
            let is_null =
                own.nullable && own.kinds.is_empty() && own.kind().is_none() && own.alternatives.is_empty();
            nullable |= is_null;
            // What may be anything leaves nothing to tell apart.
            if !is_null && is_anything(at) && view.properties.is_empty() && view.kinds.is_empty() {
                return Some(Typed {
                    ty: Type::Value,
                    nullable: false,
                });
            }
            if !is_null && says_something(at) {
                branches.push(Branch {
                    at: at.clone(),
                    view: own,
                    tags: Vec::new(),
                });
            }
        }
        let alone = |typed: Typed| Typed {
            nullable: typed.nullable || nullable,
            ..typed
        };
        match branches.as_slice() {
            [] => return None,
            [one] if view.properties.is_empty() => return Some(alone(self.typed(&one.at, site))),
            _ => {}
        }
        // Texts among texts, numbers among numbers are no alternatives.
        if branches.iter().all(|branch| is_scalar(&branch.view)) {
            return Some(alone(self.of_scalars(&branches, view, site)));
        }
        let tag = self.tag(view, &mut branches);
        let id = self.reserve_union(view, site);
        let ty = Type::Named(id);
        let typed = Typed {
            ty,
            nullable: nullable || view.nullable,
        };
        self.made.insert(pointer.to_owned(), typed.clone());
        self.open.insert(id);
        if let (Some(tag), true) = (&tag, view.discriminator.is_some()) {
            self.told_by.push((id, tag.clone()));
        }
        let mut alternatives = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let ty = self.branch(branch, view, index, site);
            self.add(&mut alternatives, ty, branch);
        }
        for own in &mut alternatives {
            own.name = own.name.take().or_else(|| self.told_by_schema(own));
        }
        self.open.remove(&id);
        self.types.get_mut(id).kind = TypeKind::Union(Union { tag, alternatives });
        Some(typed)
    }

    /// A union that is filled later. Until then it has no alternatives, so that one that is an alternative of itself, directly or by
    /// way of others, adds none.
    pub(super) fn reserve_union(&mut self, view: &View<'_>, site: &Site) -> TypeId {
        let id = self.reserve(view, site);
        self.types.get_mut(id).kind = TypeKind::Union(Union::default());
        id
    }

    /// The type of an alternative: with the members that all share, if there are such.
    fn branch(&mut self, branch: &Branch<'a>, view: &View<'a>, index: usize, site: &Site) -> Type {
        let name = match (branch.view.title, branch.tags.first()) {
            ("", Some(tag)) => tag.clone(),
            ("", None) => format!("option {}", index + 1),
            (title, _) => title.to_owned(),
        };
        let own = Site {
            declared: site
                .declared
                .as_ref()
                .map(|declared| format!("{declared} {name}")),
            ..site.part(&name)
        };
        if view.properties.is_empty() || branch.view.kind() != Some("object") {
            return self.typed(&branch.at, &own).ty;
        }
        let mut all = View {
            alternatives: Vec::new(),
            discriminator: None,
            text: String::new(),
            title: "",
            ..view.clone()
        };
        all.merge(self.document, &branch.at, 1);
        all.alternatives.clear();
        self.strukt(&all, None, &own)
    }

    /// Adds an alternative; one that is a union itself adds its own.
    pub(super) fn add(&self, alternatives: &mut Vec<Alternative>, ty: Type, branch: &Branch<'_>) {
        if let Type::Named(id) = &ty
            && let TypeKind::Union(union) = &self.types.get(*id).kind
        {
            for own in &union.alternatives {
                if alternatives.iter().all(|known| known.ty != own.ty) {
                    alternatives.push(own.clone());
                }
            }
            return;
        }
        let kind = self.types.kind_of(&ty);
        let same = alternatives
            .iter_mut()
            .find(|own| own.ty == ty || is_one(self.types.kind_of(&own.ty), kind));
        if let Some(same) = same {
            same.tagged.extend(branch.tags.iter().cloned());
            same.ty = wider(&same.ty, ty);
            return;
        }
        let is_open = matches!(&ty, Type::Named(id) if self.open.contains(id));
        alternatives.push(Alternative {
            ty,
            boxed: is_open,
            tagged: branch.tags.clone(),
            docs: Docs::new(branch.view.text.as_str()),
            name: None,
        });
    }

    /// The name of an alternative that no word of a tag gives one, if its type is declared under one.
    pub(super) fn told_by_schema(&self, own: &Alternative) -> Option<String> {
        let Type::Named(id) = &own.ty else { return None };
        let def = self.types.get(*id);
        let is_word = |tag: &String| tag.starts_with(|char: char| char.is_alphabetic());
        let is_own = def.origin.path.is_empty();
        match own.tagged.first() {
            Some(tag) => def.declared.clone().filter(|_| !is_word(tag)),
            None => def.declared.clone().filter(|_| is_own),
        }
    }

    /// What scalars come to together.
    fn of_scalars(&mut self, branches: &[Branch<'a>], view: &View<'a>, site: &Site) -> Typed {
        let nullable = branches.iter().any(|branch| branch.view.nullable);
        let mut texts: Vec<&str> = Vec::new();
        let mut alternatives: Vec<Alternative> = Vec::new();
        for branch in branches {
            if let Some(own) = branch.view.texts() {
                texts.extend(own);
                continue;
            }
            let ty = self.typed(&branch.at, site).ty;
            self.add(&mut alternatives, ty, branch);
        }
        if !texts.is_empty() {
            alternatives.retain(|alternative| self.types.kind_of(&alternative.ty) != Some(JsonKind::Text));
            let ty = self.of_texts(&texts, view, site);
            alternatives.push(Alternative {
                ty,
                boxed: false,
                tagged: Vec::new(),
                docs: Docs::default(),
                name: None,
            });
        }
        Typed {
            ty: self.of_alternatives(alternatives, view, site),
            nullable,
        }
    }

    /// The type of a schema that names several kinds.
    pub(in crate::frontend) fn of_kinds(
        &mut self,
        kinds: &[&'a str],
        view: &View<'a>,
        pointer: &str,
        site: &Site,
    ) -> Type {
        let mut alternatives: Vec<Alternative> = Vec::new();
        for kind in kinds {
            // The place is that of the whole, not of the object that it may be.
            let ty = match *kind {
                "object" if !view.properties.is_empty() => self.strukt(view, None, &site.part("object")),
                kind => self.of_kind(kind, view, pointer, site),
            };
            let same = |own: &Alternative| is_one(self.types.kind_of(&own.ty), self.types.kind_of(&ty));
            let same = alternatives.iter().position(same);
            match same.and_then(|at| alternatives.get_mut(at)) {
                Some(own) => own.ty = wider(&own.ty, ty),
                None => alternatives.push(Alternative {
                    ty,
                    boxed: false,
                    tagged: Vec::new(),
                    docs: Docs::default(),
                    name: None,
                }),
            }
        }
        self.of_alternatives(alternatives, view, site)
    }

    /// A union, unless there is only one.
    fn of_alternatives(&mut self, mut alternatives: Vec<Alternative>, view: &View<'_>, site: &Site) -> Type {
        if alternatives
            .iter()
            .any(|alternative| alternative.ty == Type::Value)
        {
            return Type::Value;
        }
        if alternatives.len() < 2 {
            return alternatives
                .pop()
                .map_or(Type::Value, |alternative| alternative.ty);
        }
        let id = self.reserve(view, site);
        self.types.get_mut(id).kind = TypeKind::Union(Union {
            tag: None,
            alternatives,
        });
        Type::Named(id)
    }
}

/// Whether an alternative takes whatever there is: it says nothing of kinds nor of members.
fn is_anything(at: &At<'_>) -> bool {
    let constrains = [
        "required",
        "not",
        "minProperties",
        "if",
        "dependentRequired",
        "contains",
    ];
    let is_schema = at.value.is_object() && !constrains.iter().any(|key| at.value.get(key).is_some());
    is_schema && !says_something(at)
}

fn is_scalar(view: &View<'_>) -> bool {
    view.alternatives.is_empty() && matches!(view.kind(), Some("string" | "number" | "integer" | "boolean"))
}

/// Whether two alternatives cannot be told apart by kind, and need not be: scalars and lists of one kind.
fn is_one(a: Option<JsonKind>, b: Option<JsonKind>) -> bool {
    a.is_some() && a == b && a != Some(JsonKind::Object)
}

/// What holds both of one kind.
fn wider(a: &Type, b: Type) -> Type {
    match (a, &b) {
        _ if *a == b => b,
        (Type::List(_), _) => Type::List(Box::new(Type::Value)),
        (Type::F64, _) | (_, Type::F64) => Type::F64,
        (Type::Named(_), Type::String | Type::External(_)) => a.clone(),
        (Type::String | Type::External(_), Type::Named(_)) => b,
        (Type::String | Type::External(_), _) => Type::String,
        _ => a.clone(),
    }
}
