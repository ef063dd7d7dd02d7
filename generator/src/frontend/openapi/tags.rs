//! Tags as folders: in those that they name as their parents (3.2), or in the groups that `x-tagGroups` puts them into.
//!
//! In: the tags of a description. Out: for each the folders that it is in, and the tree.

use std::collections::BTreeMap;

use crate::frontend::schema::document::{At, Document};
use crate::ir::{Child, Docs, Folder, FolderKind};

/// Longer ways from parent to parent are circles.
const MOST_DEPTH: usize = 8;

/// Which folder each tag is in.
pub(super) struct Tags<'a> {
    parents: BTreeMap<&'a str, &'a str>,
    declared: BTreeMap<&'a str, At<'a>>,
}

impl<'a> Tags<'a> {
    pub(super) fn of(document: &Document<'a>) -> Self {
        let elements = |name: &str| {
            let list = document.top().get(name);
            list.map(|list| list.elements()).unwrap_or_default()
        };
        let mut tags = Self {
            parents: BTreeMap::new(),
            declared: BTreeMap::new(),
        };
        for group in elements("x-tagGroups") {
            let Some(name) = group.text("name").filter(|name| !name.trim().is_empty()) else {
                continue;
            };
            for tag in group.texts("tags").into_iter().filter(|tag| *tag != name) {
                tags.parents.insert(tag, name);
            }
        }
        for at in elements("tags") {
            let Some(name) = at.text("name") else { continue };
            if let Some(parent) = at.text("parent") {
                tags.parents.insert(name, parent);
            }
            tags.declared.entry(name).or_insert(at);
        }
        tags
    }

    /// The folders on the way to a tag, and it; the outermost first.
    pub(super) fn way(&self, tag: &'a str) -> Vec<&'a str> {
        let mut way = vec![tag];
        while let Some(parent) = way.last().and_then(|last| self.parents.get(last)) {
            if way.contains(parent) || way.len() > MOST_DEPTH {
                break;
            }
            way.push(parent);
        }
        way.reverse();
        way
    }

    /// Puts a child where the way leads.
    pub(super) fn put(
        &self,
        document: &Document<'a>,
        children: &mut Vec<Child>,
        way: &[&'a str],
        child: Child,
    ) {
        self.put_below(document, children, (&[], way), child);
    }

    fn put_below(
        &self,
        document: &Document<'a>,
        children: &mut Vec<Child>,
        (above, way): (&[&'a str], &[&'a str]),
        child: Child,
    ) {
        let Some((first, rest)) = way.split_first() else {
            children.push(child);
            return;
        };
        let above = [above, &[first]].concat();
        let is_it = |child: &Child| matches!(child, Child::Folder(folder) if folder.name == **first);
        if !children.iter().any(is_it) {
            children.push(Child::Folder(self.folder(document, &above)));
        }
        for child_of in children.iter_mut() {
            if let Child::Folder(folder) = child_of
                && folder.name == **first
            {
                self.put_below(document, &mut folder.children, (&above, rest), child);
                return;
            }
        }
    }

    fn folder(&self, document: &Document<'a>, way: &[&'a str]) -> Folder {
        let name = way.last().copied().unwrap_or_default();
        let declared = self.declared.get(name);
        let text = declared.and_then(|at| at.text("description")).unwrap_or_default();
        let pointer = declared.map_or("", |at| at.pointer.as_str());
        let breadcrumb: Vec<String> = way.iter().map(|name| (*name).to_owned()).collect();
        Folder {
            name: name.to_owned(),
            docs: Docs::new(text),
            place: document.place(pointer, &breadcrumb),
            kind: FolderKind::Handle,
            ..Folder::default()
        }
    }
}
