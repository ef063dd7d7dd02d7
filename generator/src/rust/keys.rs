//! Which line of `letterpress.lock` is of which operation and folder.
//!
//! In: the model, and the lines. Out: pairs of both. Each is paired once, by what tells most first; what could be one of several is left
//! unpaired. It knows nothing of names that code has.

use std::collections::{BTreeMap, BTreeSet};

use super::path;
use crate::config::lock::{Known, Lock, What};
use crate::ir;

/// Lines by what they are of.
#[derive(Debug, Default)]
pub struct Keys {
    /// Of operations.
    pub operations: BTreeMap<ir::OperationId, usize>,
    /// Of folders.
    pub folders: BTreeMap<ir::FolderId, usize>,
    /// Operations by the path of their function in the lock.
    pub by_name: BTreeMap<Vec<String>, ir::OperationId>,
}

/// The path of an operation without the names of its variables.
pub fn address(operation: &ir::Operation) -> String {
    let segments = path::path(operation.url.base.as_str()).split('/');
    let segments = segments.map(|segment| if path::is_variable(segment) { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

/// What an operation is known by.
pub fn of_operation(operation: &ir::Operation) -> Known {
    let mut way = operation.place.breadcrumb.join(" > ");
    // As settings name it.
    if operation.place.nth > 0 {
        way.push_str(&format!("#{}", operation.place.nth + 1));
    }
    Known {
        way,
        id: operation.source_id.clone(),
    }
}

/// What a folder is known by.
pub fn of_folder(folder: &ir::Folder) -> Known {
    Known {
        way: folder.place.breadcrumb.join(" > "),
        id: folder.source_id.clone(),
    }
}

/// An operation or a line, as far as they are compared.
struct Side {
    id: Option<String>,
    method: String,
    path: String,
    way: String,
}

impl Side {
    fn folder(&self) -> &str {
        self.way.rsplit_once(" > ").map_or("", |(folder, _)| folder)
    }

    /// The way, without the number of an item that is called as another.
    fn unnumbered(&self) -> &str {
        match self.way.rsplit_once('#') {
            Some((way, number)) if number.parse::<usize>().is_ok() => way,
            Some(_) | None => &self.way,
        }
    }
}

/// What two sides may have in common, by what tells most first; `None` where a side does not have it.
const COMMON: [fn(&Side) -> Option<String>; 6] = [
    |side| side.id.clone(),
    |side| Some([&side.method, " ", &side.path, " ", side.unnumbered()].concat()),
    |side| Some([&side.method, " ", &side.path, " ", &side.way].concat()),
    |side| Some([&side.method, " ", &side.path, " ", side.folder()].concat()),
    |side| Some([&side.method, " ", &side.path].concat()),
    |side| Some(side.way.clone()),
];

/// Pairs operations and folders with their lines.
pub fn operations(api: &ir::Api, lock: &Lock) -> Keys {
    let mut keys = Keys::default();
    let mut present: Vec<(ir::OperationId, Side)> = Vec::new();
    api.root.visit(&mut |operation| {
        let Known { way, id } = of_operation(operation);
        let side = Side {
            id,
            method: operation.method.clone(),
            path: address(operation),
            way,
        };
        present.push((operation.id, side));
    });
    let mut lines: Vec<(usize, Side)> = Vec::new();
    for (at, line) in lock.lines.iter().enumerate() {
        if let What::Call { method, path, of } = &line.what {
            let side = Side {
                id: of.id.clone(),
                method: method.clone(),
                path: path.clone(),
                way: of.way.clone(),
            };
            lines.push((at, side));
        }
    }
    for common in COMMON {
        let mut by_key: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (index, (_, side)) in lines.iter().enumerate() {
            if let Some(key) = common(side) {
                by_key.entry(key).or_default().0.push(index);
            }
        }
        for (index, (_, side)) in present.iter().enumerate() {
            if let Some(key) = common(side) {
                by_key.entry(key).or_default().1.push(index);
            }
        }
        let (mut paired_lines, mut paired) = (BTreeSet::new(), BTreeSet::new());
        for (of_lines, of_present) in by_key.into_values() {
            if let ([line], [operation]) = (of_lines.as_slice(), of_present.as_slice())
                && let (Some((at, _)), Some((id, _))) = (lines.get(*line), present.get(*operation))
            {
                keys.operations.insert(*id, *at);
                paired_lines.insert(*at);
                paired.insert(*id);
            }
        }
        lines.retain(|(at, _)| !paired_lines.contains(at));
        present.retain(|(id, _)| !paired.contains(id));
    }
    for (id, at) in &keys.operations {
        let name = lock.lines.get(*at).map(|line| line.name.clone());
        keys.by_name.extend(name.map(|name| (name, *id)));
    }
    folders(api, lock, &mut keys);
    keys
}

/// Pairs folders: by id, by name, and those that were renamed by what is in them.
fn folders(api: &ir::Api, lock: &Lock, keys: &mut Keys) {
    let mut open: BTreeMap<usize, &Known> = BTreeMap::new();
    for (at, line) in lock.lines.iter().enumerate() {
        if let What::Folder { of, .. } = &line.what {
            open.insert(at, of);
        }
    }
    let mut present = Vec::new();
    below(&api.root, &mut present);
    let is_same: [fn(&Known, &Known) -> bool; 2] =
        [|a, b| a.id.is_some() && a.id == b.id, |a, b| a.way == b.way];
    for is_same in is_same {
        for folder in &present {
            let own = of_folder(folder);
            let found = open
                .iter()
                .find(|(_, known)| is_same(known, &own))
                .map(|(at, _)| *at);
            if let (false, Some(at)) = (keys.folders.contains_key(&folder.id), found) {
                open.remove(&at);
                keys.folders.insert(folder.id, at);
            }
        }
    }
    // The innermost first: a folder is also known by the folders in it.
    for folder in present.iter().rev() {
        if keys.folders.contains_key(&folder.id) {
            continue;
        }
        let module = module_of(folder, lock, keys);
        let found = open.keys().find(|at| {
            let line = lock.lines.get(**at);
            line.is_some_and(|line| Some(&line.name) == module.as_ref())
        });
        if let Some(at) = found.copied() {
            open.remove(&at);
            keys.folders.insert(folder.id, at);
        }
    }
}

/// All folders, each before those in it.
fn below<'a>(folder: &'a ir::Folder, found: &mut Vec<&'a ir::Folder>) {
    for inner in folder.folders() {
        found.push(inner);
        below(inner, found);
    }
}

/// The module that most of what is in a folder was in.
fn module_of(folder: &ir::Folder, lock: &Lock, keys: &Keys) -> Option<Vec<String>> {
    let mut counts: BTreeMap<&[String], usize> = BTreeMap::new();
    let operations = folder
        .operations()
        .filter_map(|operation| keys.operations.get(&operation.id));
    let folders = folder.folders().filter_map(|inner| keys.folders.get(&inner.id));
    for at in operations.chain(folders) {
        let name = lock.lines.get(*at).and_then(|line| line.name.split_last());
        if let Some((_, module)) = name {
            *counts.entry(module).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(module, _)| module.to_vec())
        .filter(|module| !module.is_empty())
}
