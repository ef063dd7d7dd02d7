//! Which names stay, by what has them now.
//!
//! In: the lines of `letterpress.lock`, and the model. Out: [`Kept`]: for each folder, operation and type that a line is of, the name
//! that it keeps, and which lines are of nothing any more. An operation is known by its id, else by method and path in its folder, else
//! by method and path alone, else by its name; a folder by its id, its name, or by what is in it; a type by its place in an operation.
//! What a user named in the settings keeps nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, Keys};
use super::{
    folder_name,
    name::{self, Case},
    places, reserved, status,
};
use crate::config::lock::{Lock, What};
use crate::config::overrides::Overrides;
use crate::ir;

/// A path from the client's module.
type Path = Vec<String>;

/// Names that stay.
#[derive(Debug, Default)]
pub struct Kept {
    folders: BTreeMap<ir::FolderId, [String; 3]>,
    functions: BTreeMap<ir::OperationId, String>,
    own: BTreeMap<(ir::OperationId, &'static str), String>,
    types: BTreeMap<ir::TypeId, Path>,
    /// Types that the root shows, by their paths.
    uses: BTreeSet<Path>,
    /// Names that are taken in a module before anything else is named.
    taken: BTreeMap<Path, Taken>,
    /// Names that nothing has any more.
    pub gone: Vec<String>,
}

/// Names that are taken in a module.
#[derive(Debug, Default)]
pub struct Taken {
    /// Functions.
    pub functions: Vec<String>,
    /// Types, and modules in it.
    pub idents: Vec<String>,
}

/// What a type of an operation is that comes from no body.
pub const OWN: [&str; 3] = ["call", "results", "errors"];

impl Kept {
    /// Finds what has the names.
    pub fn of(api: &ir::Api, lock: &Lock, overrides: &Overrides, flatten: bool) -> Self {
        let mut kept = Self::default();
        if lock.lines.is_empty() {
            return kept;
        }
        let matched = keys::operations(api, lock);
        let mut finder = Finder {
            lock,
            overrides,
            flatten,
            matched: &matched,
            modules: [Path::new()].into_iter().collect(),
            used: BTreeSet::new(),
        };
        finder.folder(&mut kept, &api.root, Some(&Path::new()));
        finder.types(&mut kept, api);
        let Finder { used, .. } = finder;
        let unused = lock.lines.iter().enumerate().filter(|(at, _)| !used.contains(at));
        kept.gone = unused.map(|(_, line)| line.shown()).collect();
        kept
    }

    /// Module, function and handle of a folder.
    pub fn folder(&self, id: ir::FolderId) -> Option<&[String; 3]> {
        self.folders.get(&id)
    }

    /// The function of an operation.
    pub fn function(&self, id: ir::OperationId) -> Option<&str> {
        self.functions.get(&id).map(String::as_str)
    }

    /// A type of an operation that comes from no body.
    pub fn own(&self, id: ir::OperationId, which: &'static str) -> Option<&str> {
        self.own.get(&(id, which)).map(String::as_str)
    }

    /// The path of a type.
    pub fn ty(&self, id: ir::TypeId) -> Option<&[String]> {
        self.types.get(&id).map(Vec::as_slice)
    }

    /// Whether the root shows a type.
    pub fn is_shown(&self, path: &[String]) -> bool {
        self.uses.contains(path)
    }

    /// Names that are taken in a module.
    pub fn taken(&self, module: &[String]) -> Option<&Taken> {
        self.taken.get(module)
    }

    fn take(&mut self, path: &[String], function: bool) {
        if let Some((name, module)) = path.split_last() {
            let taken = self.taken.entry(module.to_vec()).or_default();
            let names = if function {
                &mut taken.functions
            } else {
                &mut taken.idents
            };
            names.push(name.clone());
        }
    }
}

/// Whether a user's settings say another name than the one that is locked; they win.
fn named_otherwise<'s>(said: impl IntoIterator<Item = &'s str>, locked: &str, case: Case) -> bool {
    let mut said = said.into_iter();
    said.any(|said| said != locked && name::name(said, case, "") != locked)
}

struct Finder<'a> {
    lock: &'a Lock,
    overrides: &'a Overrides,
    flatten: bool,
    matched: &'a Keys,
    /// Modules that keep their names.
    modules: BTreeSet<Path>,
    /// Lines that are of something.
    used: BTreeSet<usize>,
}

impl Finder<'_> {
    /// What is in a folder whose module has this path, if that one stays.
    fn folder(&mut self, kept: &mut Kept, folder: &ir::Folder, path: Option<&Path>) {
        let mut named: BTreeMap<String, Option<Path>> = BTreeMap::new();
        for child in &folder.children {
            match child {
                ir::Child::Operation(operation) => self.operation(kept, operation, path),
                ir::Child::Folder(inner) if inner.is_empty() => {}
                ir::Child::Folder(inner) if self.flatten || inner.kind == ir::FolderKind::PathParameter => {
                    self.folder(kept, inner, path);
                }
                ir::Child::Folder(inner) => {
                    // Folders of one name are one module, so those behind the first go with it.
                    let natural = folder_name::name(&inner.name, Case::Snake);
                    let own = match named.get(&natural) {
                        Some(path) => path.clone(),
                        None => path.and_then(|path| self.module(kept, inner, path)),
                    };
                    self.folder(kept, inner, own.as_ref());
                    named.insert(natural, own);
                }
            }
        }
    }

    /// The path that a folder's module keeps.
    fn module(&mut self, kept: &mut Kept, folder: &ir::Folder, above: &Path) -> Option<Path> {
        let at = *self.matched.folders.get(&folder.id)?;
        let line = self.lock.lines.get(at)?;
        let What::Folder { handle, function, .. } = &line.what else {
            return None;
        };
        let (name, module) = line.name.split_last()?;
        let said = self.overrides.folders.iter();
        let said = said.filter(|said| said.selector.matches(&folder.place));
        if named_otherwise(said.filter_map(|said| said.name.as_deref()), name, Case::Snake) {
            return None;
        }
        let is_free = !reserved::MODULES.contains(&name.as_str())
            && !reserved::FUNCTIONS.contains(&function.as_str())
            && !reserved::TYPES.contains(&handle.as_str());
        if !is_free || module != above.as_slice() || !self.modules.insert(line.name.clone()) {
            return None;
        }
        self.used.insert(at);
        kept.take(&line.name, false);
        kept.take(&[above.as_slice(), std::slice::from_ref(function)].concat(), true);
        kept.folders
            .insert(folder.id, [name.clone(), function.clone(), handle.clone()]);
        Some(line.name.clone())
    }

    fn operation(&mut self, kept: &mut Kept, operation: &ir::Operation, path: Option<&Path>) {
        let Some(at) = self.matched.operations.get(&operation.id).copied() else {
            return;
        };
        let Some(line) = self.lock.lines.get(at) else {
            return;
        };
        // One that was moved is where it is now, with what comes of it.
        let (Some(path), Some((name, module))) = (path, line.name.split_last()) else {
            return;
        };
        let said = self.overrides.items.iter();
        let said = said.filter(|said| said.selector.matches(&operation.place));
        let is_named = named_otherwise(said.filter_map(|said| said.name.as_deref()), name, Case::Snake);
        if is_named || module != path.as_slice() || reserved::FUNCTIONS.contains(&name.as_str()) {
            return;
        }
        self.used.insert(at);
        kept.take(&line.name, true);
        kept.functions.insert(operation.id, name.clone());
    }

    fn types(&mut self, kept: &mut Kept, api: &ir::Api) {
        let mut operations = BTreeMap::new();
        api.root.visit(&mut |operation| {
            operations.insert(operation.id, operation);
        });
        for (at, line) in self.lock.lines.iter().enumerate() {
            let Some((name, module)) = line.name.split_last() else {
                continue;
            };
            if !self.modules.contains(module) || reserved::TYPES.contains(&name.as_str()) {
                continue;
            }
            let found = match &line.what {
                What::Folder { .. } | What::Call { .. } | What::Use(_) => continue,
                What::Schema(declared) => places::declared(&api.types, declared),
                What::Type { of, role, path } => {
                    let id = self.matched.by_name.get(of);
                    let Some(operation) = id.and_then(|id| operations.get(id)) else {
                        continue;
                    };
                    if let Some(own) = OWN.iter().find(|own| *own == role) {
                        let is_there = kept.function(operation.id).is_some()
                            && (*own != "results" || status::differ(&operation.results))
                            && (*own != "errors" || !operation.errors.is_empty());
                        if is_there {
                            self.used.insert(at);
                            kept.take(&line.name, false);
                            kept.own.insert((operation.id, *own), name.clone());
                        }
                        continue;
                    }
                    places::find(&api.types, operation, role, path)
                }
            };
            let is_named =
                |id: &ir::TypeId| named_otherwise(api.types.get(*id).name.as_deref(), name, Case::Camel);
            if let Some(id) = found.filter(|id| !is_named(id) && !kept.types.contains_key(id)) {
                self.used.insert(at);
                kept.take(&line.name, false);
                kept.types.insert(id, line.name.clone());
            }
        }
        self.uses(kept);
    }

    /// Types that the root shows, of those that stay.
    fn uses(&mut self, kept: &mut Kept) {
        for (at, line) in self.lock.lines.iter().enumerate() {
            let What::Use(of) = &line.what else { continue };
            let Some((name, module)) = of.split_last() else {
                continue;
            };
            let stays = kept
                .taken(module)
                .is_some_and(|taken| taken.idents.contains(name));
            if stays && line.name == [name.clone()] && !module.is_empty() {
                self.used.insert(at);
                kept.take(&line.name, false);
                kept.uses.insert(of.clone());
            }
        }
    }
}
