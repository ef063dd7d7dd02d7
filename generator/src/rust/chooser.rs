//! Chooses the names of all modules, functions and types, in document order.
//!
//! In: the neutral model. Out: [`Names`]. Names are claimed strictly in document order, so what is added behind never renames
//! what was there: of several operations of one name the first keeps it, and the later ones say what tells them from it.
//! It knows nothing of fields, signatures or documentation.

mod settle;

use std::collections::BTreeMap;

use super::chains;
use super::client;
use super::kept::{Kept, OWN};
use super::name::{self, Case, Ident, Scope};
use super::names::{CallNames, Home, ModuleNames, Names};
use super::reserved::{FUNCTIONS, MODULES, TYPES};
use super::resource::{self, Resource};
use super::type_name::{self, Owner};
use super::uses::Uses;
use super::{call_name, called, folder_name, status, told_apart};
use crate::ir;

/// Chooses all names of an API but for those that are kept; `flatten` puts every function on the client.
pub fn choose<'a>(api: &'a ir::Api, module: &str, flatten: bool, kept: &Kept) -> Names<'a> {
    let mut chooser = Chooser::new(api, flatten, kept);
    let ident = Scope::reserving(Case::Snake, MODULES, "_api").claim_text(module, "api");
    let file = file_name(&ident, &mut Scope::new(Case::Snake));
    let names = [ident, Ident::own("client"), Ident::own("Client")];
    let mut root = chooser.module(None, &api.root, names, file);
    chooser.fill(&mut root, &api.root);
    root.types.append(&mut chooser.error_types);
    chooser.settle_orphans();
    let errors = root.types.len();
    chooser.settle(&mut root);
    chooser.adopt_orphans(&mut root);
    if let Some(others) = root.types.get_mut(errors..) {
        others.sort();
    }
    let homes = chooser
        .homes
        .into_iter()
        .map(|home| home.expect("invariant: orphans were adopted"))
        .collect();
    Names {
        shared: root.types.iter().copied().collect(),
        root,
        types: &api.types,
        is_declared: api.is_declared,
        paths: chooser.paths,
        homes,
        reexports: chooser.reexports,
        uses: chooser.uses,
        tokens: client::token_methods(api),
        stores: chains::stores(api),
    }
}

struct Chooser<'a, 'k> {
    types: &'a ir::Types,
    kept: &'k Kept,
    flatten: bool,
    paths: Vec<Vec<Ident>>,
    homes: Vec<Option<Home>>,
    /// Names in the root module, re-exported ones too: they are taken as they come up in the document, so that
    /// neither a later item of the root nor a later folder changes what a name there means.
    root: Scope,
    reexports: BTreeMap<usize, Vec<Ident>>,
    /// Types by the operation they come from, until it claims them.
    by_operation: BTreeMap<ir::OperationId, Vec<ir::TypeId>>,
    uses: Uses,
    /// Types of the first error in the document, which live in the root module.
    first_error: Option<(ir::OperationId, &'a ir::Role)>,
    error_types: Vec<ir::TypeId>,
    /// Types that stay in another module than the one they come from, by its path.
    settled: BTreeMap<Vec<String>, Vec<ir::TypeId>>,
}

impl<'a, 'k> Chooser<'a, 'k> {
    fn new(api: &'a ir::Api, flatten: bool, kept: &'k Kept) -> Self {
        let mut by_operation: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, def) in api.types.iter().filter(|(_, def)| is_used(def)) {
            by_operation.entry(def.origin.operation).or_default().push(id);
        }
        let homes = api.types.iter().map(|_| None).collect();
        Self {
            types: &api.types,
            kept,
            flatten,
            paths: Vec::new(),
            homes,
            root: Scope::reserving(Case::Camel, TYPES, "Item"),
            reexports: BTreeMap::new(),
            by_operation,
            uses: Uses::default(),
            first_error: first_error(&api.types),
            error_types: Vec::new(),
            settled: BTreeMap::new(),
        }
    }

    fn module(
        &mut self,
        parent: Option<&ModuleNames<'a>>,
        folder: &'a ir::Folder,
        [ident, function, handle]: [Ident; 3],
        file: String,
    ) -> ModuleNames<'a> {
        let index = self.paths.len();
        let mut idents = Scope::reserving(Case::Camel, TYPES, "Item");
        let (mut path, mut folders, mut access) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(parent) = parent {
            path.extend(self.paths.get(parent.index).into_iter().flatten().cloned());
            path.push(ident.clone());
            folders.extend(parent.folders.iter().chain([&parent.file]).cloned());
            access.extend(parent.access.iter().chain([&function]).cloned());
            idents.claim(handle.as_str());
        }
        let mut functions = Scope::reserving(Case::Snake, FUNCTIONS, "_item");
        if let Some(taken) = self.kept.taken(&texts(&path)) {
            let types = if parent.is_some() {
                &mut idents
            } else {
                &mut self.root
            };
            taken.idents.iter().for_each(|name| _ = types.keep(name));
            taken.functions.iter().for_each(|name| _ = functions.keep(name));
        }
        // Of two modules in one another that are found by the same `#[path]`, rustc says that they are circular.
        let mut files = Scope::reserving(Case::Snake, MODULES, "_folder");
        let above = folders.iter().skip(1).chain([&file]);
        for (_, file) in path
            .iter()
            .zip(above)
            .filter(|(ident, file)| ident.as_str() != *file)
        {
            files.keep(file);
        }
        self.paths.push(path);
        ModuleNames {
            index,
            folder,
            more: Vec::new(),
            ident,
            file,
            folders,
            access,
            handle,
            function,
            modules: Vec::new(),
            calls: Vec::new(),
            types: Vec::new(),
            functions,
            idents,
            files,
            named: BTreeMap::new(),
            by_name: BTreeMap::new(),
        }
    }

    /// Names what is in a folder, in document order.
    fn fill(&mut self, module: &mut ModuleNames<'a>, folder: &'a ir::Folder) {
        for child in &folder.children {
            match child {
                ir::Child::Operation(operation) => self.call(module, operation),
                ir::Child::Folder(folder) if folder.is_empty() => {}
                ir::Child::Folder(folder) if self.flatten || folder.kind == ir::FolderKind::PathParameter => {
                    self.fill(module, folder);
                }
                ir::Child::Folder(folder) => self.folder(module, folder),
            }
        }
    }

    fn folder(&mut self, parent: &mut ModuleNames<'a>, folder: &'a ir::Folder) {
        let name = folder_name::name(&folder.name, Case::Snake);
        let at = parent.modules.len();
        let named = !folder_name::words(&folder.name).is_empty();
        let same = *parent.by_name.entry(name.clone()).or_insert(at);
        if named && same < at {
            // As one sees it in Postman, both are the folder of that name.
            let mut module = parent.modules.remove(same);
            module.more.push(folder);
            self.fill(&mut module, folder);
            return parent.modules.insert(same, module);
        }
        let names = self.names_of_folder(parent, folder, name);
        let file = file_name(&names[0], &mut parent.files);
        let mut module = self.module(Some(parent), folder, names, file);
        self.fill(&mut module, folder);
        parent.modules.push(module);
    }

    fn call(&mut self, module: &mut ModuleNames<'a>, operation: &'a ir::Operation) {
        let (function, words) = self.function(module, operation);
        let name = name::join(&words, Case::Camel);
        // An item is often called as its folder is: then the call steps back, and what comes of it keeps the name.
        let steps_back = module.index != 0 && module.handle.as_str() == name;
        // So does one that is called as a type before it.
        let steps_back = steps_back
            || function.as_str() == name::join(&words, Case::Snake) && !self.is_free(module, &name);
        // And one in a script without capitals, which no argument could have for its name.
        let steps_back = steps_back || !name::has_capital(&name);
        let ty = if steps_back {
            format!("{name}Call")
        } else {
            name.clone()
        };
        let kept = |which| self.kept.own(operation.id, which);
        let [kept_ty, kept_results, kept_errors] = OWN.map(kept);
        let ty = self.own(module, kept_ty, ty);
        let steps_back = steps_back && kept_ty.is_none();
        let name = if steps_back { name.as_str() } else { ty.as_str() };
        let results = status::differ(&operation.results)
            .then(|| self.own(module, kept_results, format!("{name}Response")));
        let errors =
            (!operation.errors.is_empty()).then(|| self.own(module, kept_errors, format!("{name}Error")));
        let types = self.by_operation.remove(&operation.id).unwrap_or_default();
        let resource = Resource::of(operation);
        let end_of_path = resource::end_of_path(operation);
        let owner = Owner {
            resource: resource.as_ref(),
            end_of_path: &end_of_path,
            call: name,
            body: type_name::body_word(&operation.body),
            several: results.is_some(),
            errors: &operation.errors,
        };
        let (shared, types): (Vec<_>, Vec<_>) = types.into_iter().partition(|id| self.is_of_first_error(*id));
        for id in shared {
            self.give_home_to_error(id);
        }
        let called = called::by_several_keys(self.types, &types);
        let mut here = Vec::new();
        for id in types {
            match self.settle_one(module, id) {
                Some(false) => continue,
                Some(true) => {}
                None => self.give_home(module, id, owner, called.get(&id).map(Vec::as_slice)),
            }
            here.push(id);
        }
        self.uses.note(self.types, operation);
        module.calls.push(CallNames {
            operation,
            function,
            ty,
            results,
            errors,
            types: here,
        });
    }

    /// Names a function, and says in which words. That of a folder does not say the folder's name again, unless it would not be
    /// free without; one whose name is taken says what tells it from the one that has it.
    fn function(&self, module: &mut ModuleNames<'a>, operation: &'a ir::Operation) -> (Ident, Vec<String>) {
        let folder = match module.index {
            0 => "",
            _ => &module.folder.name,
        };
        let words = call_name::words(operation);
        let long = name::join(&words, Case::Snake);
        let short = call_name::words_in(folder, operation).map(|words| name::join(&words, Case::Snake));
        let short = short.unwrap_or_else(|| long.clone());
        let other = *module.named.entry(long.clone()).or_insert(operation);
        if let Some(kept) = self.kept.function(operation.id) {
            return (module.functions.keep(kept), words);
        }
        let names = [&short, &long].into_iter();
        let free = names.clone().find(|name| module.functions.is_free(name));
        if let Some(name) = free.or_else(|| names.clone().find(|name| module.functions.is_reserved(name))) {
            return (module.functions.claim(name), words);
        }
        let other = (other.id != operation.id).then_some(other);
        let apart = told_apart::names(operation, other).into_iter().find(|words| {
            module.functions.is_free(&name::join(words, Case::Snake))
                && self.is_free(module, &name::join(words, Case::Camel))
        });
        let words = apart.unwrap_or(words);
        (module.functions.claim(&name::join(&words, Case::Snake)), words)
    }

    /// Takes a name for a type of a module, and at the root if it is free there.
    fn claim(&mut self, module: &mut ModuleNames<'a>, name: &str) -> Ident {
        if module.index == 0 {
            return self.root.claim(name);
        }
        let ident = module.idents.claim(name);
        if self.root.is_free(ident.as_str()) {
            self.root.claim(ident.as_str());
            self.reexports
                .entry(module.index)
                .or_default()
                .push(ident.clone());
        }
        ident
    }

    fn is_free(&self, module: &ModuleNames<'a>, name: &str) -> bool {
        match module.index {
            0 => self.root.is_free(name),
            _ => module.idents.is_free(name),
        }
    }

    fn give_home(
        &mut self,
        module: &mut ModuleNames<'a>,
        id: ir::TypeId,
        owner: Owner<'_>,
        called: Option<&[String]>,
    ) {
        let def = self.types.get(id);
        let candidates = type_name::candidates(def, owner, called);
        let free = candidates
            .iter()
            .find(|name| self.is_free(module, name))
            .or(candidates.last());
        let ident = self.claim(module, free.map_or("Type", String::as_str));
        self.set_home(id, module.index, ident);
    }

    fn is_of_first_error(&self, id: ir::TypeId) -> bool {
        let origin = &self.types.get(id).origin;
        self.first_error == Some((origin.operation, &origin.role))
    }

    fn give_home_to_error(&mut self, id: ir::TypeId) {
        if let Some((name, home)) = self.kept.ty(id).and_then(<[String]>::split_last) {
            if home.is_empty() {
                let ident = self.root.keep(name);
                self.set_home(id, 0, ident);
                self.error_types.push(id);
            } else {
                self.settled.entry(home.to_vec()).or_default().push(id);
            }
            return;
        }
        let candidates = type_name::of_first_error(self.types.get(id));
        let free = candidates
            .iter()
            .find(|name| self.root.is_free(name))
            .or(candidates.last());
        let ident = self.root.claim(free.map_or("ErrorBody", String::as_str));
        self.set_home(id, 0, ident);
        self.error_types.push(id);
    }

    /// Types whose operation is not in the tree live in the root.
    fn adopt_orphans(&mut self, root: &mut ModuleNames<'a>) {
        for (id, def) in self.types.iter() {
            if self.homes.get(id.0).is_some_and(Option::is_none) {
                let call = name::name(&def.origin.operation_name, Case::Camel, "Shared");
                let owner = Owner {
                    resource: None,
                    end_of_path: &[],
                    call: &call,
                    body: "Body",
                    several: true,
                    errors: &[],
                };
                self.give_home(root, id, owner, None);
                root.types.extend(Some(id).filter(|_| is_used(def)));
            }
        }
    }
}

/// Whether anything of the kind is sent or received; what is only declared is not.
fn is_used(def: &ir::TypeDef) -> bool {
    def.sent || def.received
}

/// Where the first type of an error in the document comes from.
fn first_error(types: &ir::Types) -> Option<(ir::OperationId, &ir::Role)> {
    let mut origins = types.iter().map(|(_, def)| &def.origin);
    let first = origins.find(|origin| matches!(origin.role, ir::Role::Error(_)))?;
    Some((first.operation, &first.role))
}

/// A module's file: its name, or a number where rustc would not find that (it looks for ASCII names only).
fn file_name(ident: &Ident, files: &mut Scope) -> String {
    let name = if ident.as_str().is_ascii() {
        ident.as_str()
    } else {
        "folder"
    };
    files.claim(name).as_str().to_owned()
}

/// Names as they are in a path.
fn texts(path: &[Ident]) -> Vec<String> {
    path.iter().map(|ident| ident.as_str().to_owned()).collect()
}
