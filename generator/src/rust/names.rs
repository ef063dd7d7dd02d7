//! Chooses the names of all modules, functions and types, in document order, before anything is spelled out.
//!
//! In: the neutral model. Out: [`Names`]: the tree of modules with what is in each, and the home of every named
//! type. Names are claimed strictly in document order, so what is added behind never renames what was there.
//! It knows nothing of fields, signatures or documentation.

use std::collections::BTreeMap;

use super::name::{self, Case, Ident, Scope};
use super::order::{Child, in_document_order, is_empty};
use super::type_name::{self, Owner};
use super::types::TypePath;
use super::uses::Uses;
use super::{call_name, status};
use crate::ir;

/// Module names that would be taken for something else as a file name, by rustc, cargo or Windows.
const MODULES: &[&str] = &[
    "aux", "bin", "com1", "com2", "com3", "com4", "con", "lib", "lpt1", "lpt2", "lpt3", "lpt4", "main",
    "mod", "nul", "prn", "rt",
];

/// Functions of `Client` and of every handle that are not the collection's.
const FUNCTIONS: &[&str] = &["builder", "clone", "environment", "inner", "new"];

/// Types of every module that are not the collection's: those that the output names without a path.
const TYPES: &[&str] = &[
    "API",
    "Box",
    "Client",
    "ClientBuilder",
    "Environment",
    "Err",
    "Into",
    "None",
    "Ok",
    "Option",
    "Some",
    "String",
    "Vec",
];

/// Names for everything.
#[derive(Debug)]
pub struct Names<'a> {
    /// The root module.
    pub root: ModuleNames<'a>,
    types: &'a ir::Types,
    /// Path of every module from the root, by index.
    paths: Vec<Vec<Ident>>,
    homes: Vec<Home>,
    /// By module, what of it can be reached from the root.
    reexports: BTreeMap<usize, Vec<Ident>>,
    uses: Uses,
}

/// Names of one module.
#[derive(Debug)]
pub struct ModuleNames<'a> {
    /// Its number.
    pub index: usize,
    /// The folder it is made of.
    pub folder: &'a ir::Folder,
    /// Its name.
    pub ident: Ident,
    /// Name of its file or directory, without extension; differs from its own where that is not ASCII.
    pub file: String,
    /// Directories of the modules above it, from the root's.
    pub folders: Vec<String>,
    /// The functions on the way from the client to its handle.
    pub access: Vec<Ident>,
    /// The type of its handle.
    pub handle: Ident,
    /// The parent's function that hands it out.
    pub function: Ident,
    /// Modules of sub-folders.
    pub modules: Vec<ModuleNames<'a>>,
    /// Its operations.
    pub calls: Vec<CallNames<'a>>,
    /// Types that belong to no operation.
    pub types: Vec<ir::TypeId>,
    functions: Scope,
    idents: Scope,
    files: Scope,
}

/// Names of one operation.
#[derive(Debug)]
pub struct CallNames<'a> {
    /// What they name.
    pub operation: &'a ir::Operation,
    /// The function.
    pub function: Ident,
    /// The call's type.
    pub ty: Ident,
    /// The enum of its results, where there is one.
    pub results: Option<Ident>,
    /// The enum of its errors, where there is one.
    pub errors: Option<Ident>,
    /// Types that come from it.
    pub types: Vec<ir::TypeId>,
}

/// Where a named type lives.
#[derive(Clone, Debug)]
pub struct Home {
    /// The module.
    pub module: usize,
    /// The name.
    pub ident: Ident,
}

impl<'a> Names<'a> {
    /// The definition of a type.
    pub fn def(&self, id: ir::TypeId) -> &'a ir::TypeDef {
        self.types.get(id)
    }

    /// Where a type lives.
    pub fn home(&self, id: ir::TypeId) -> &Home {
        self.homes
            .get(id.0)
            .expect("invariant: every type was given a home")
    }

    /// The way from a module to a type.
    pub fn path(&self, from: usize, id: ir::TypeId) -> TypePath {
        let home = self.home(id);
        let (from, to) = (self.module_path(from), self.module_path(home.module));
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let modules = to.get(shared..).unwrap_or_default().to_vec();
        TypePath {
            supers: from.len() - shared,
            modules,
            ident: home.ident.clone(),
        }
    }

    /// The way from the root to a module.
    pub fn module_path(&self, module: usize) -> &[Ident] {
        self.paths.get(module).map(Vec::as_slice).unwrap_or_default()
    }

    /// All modules, each before those below it.
    pub fn modules(&self) -> Vec<&ModuleNames<'a>> {
        let mut modules = Vec::new();
        let mut open = vec![&self.root];
        while let Some(module) = open.pop() {
            modules.push(module);
            open.extend(module.modules.iter().rev());
        }
        modules
    }

    /// What of a module can be reached from the root: the first definition of each name in the document.
    pub fn reexports(&self, module: usize) -> &[Ident] {
        self.reexports.get(&module).map(Vec::as_slice).unwrap_or_default()
    }

    /// How types are sent.
    pub fn uses(&self) -> &Uses {
        &self.uses
    }
}

/// Chooses all names of an API; `flatten` puts every function on the client.
pub fn choose<'a>(api: &'a ir::Api, module: &str, flatten: bool) -> Names<'a> {
    let mut chooser = Chooser::new(api, flatten);
    let ident = Scope::reserving(Case::Snake, MODULES, "_api").claim_text(module, "api");
    let file = file_name(&ident, &mut Scope::new(Case::Snake));
    let names = [ident, Ident::own("client"), Ident::own("Client")];
    let mut root = chooser.module(None, &api.root, names, file);
    chooser.fill(&mut root, &api.root);
    chooser.adopt_orphans(&mut root);
    let homes = chooser
        .homes
        .into_iter()
        .map(|home| home.expect("invariant: orphans were adopted"))
        .collect();
    Names {
        root,
        types: &api.types,
        paths: chooser.paths,
        homes,
        reexports: chooser.reexports,
        uses: chooser.uses,
    }
}

struct Chooser<'a> {
    types: &'a ir::Types,
    flatten: bool,
    paths: Vec<Vec<Ident>>,
    homes: Vec<Option<Home>>,
    /// Names in the root module, re-exported ones too: they are taken as they come up in the document, so that
    /// neither a later item of the root nor a later folder changes what a name there means.
    root: Scope,
    reexports: BTreeMap<usize, Vec<Ident>>,
    /// Types by the pointer of the operation they come from, until it claims them.
    by_operation: BTreeMap<&'a str, Vec<ir::TypeId>>,
    uses: Uses,
}

impl<'a> Chooser<'a> {
    fn new(api: &'a ir::Api, flatten: bool) -> Self {
        let mut by_operation: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (id, def) in api.types.iter() {
            by_operation
                .entry(def.origin.operation.pointer.as_str())
                .or_default()
                .push(id);
        }
        let homes = api.types.iter().map(|_| None).collect();
        Self {
            types: &api.types,
            flatten,
            paths: Vec::new(),
            homes,
            root: Scope::reserving(Case::Camel, TYPES, "Item"),
            reexports: BTreeMap::new(),
            by_operation,
            uses: Uses::default(),
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
        self.paths.push(path);
        ModuleNames {
            index,
            folder,
            ident,
            file,
            folders,
            access,
            handle,
            function,
            modules: Vec::new(),
            calls: Vec::new(),
            types: Vec::new(),
            functions: Scope::reserving(Case::Snake, FUNCTIONS, "_item"),
            idents,
            files: Scope::reserving(Case::Snake, MODULES, "_folder"),
        }
    }

    /// Names what is in a folder, in document order.
    fn fill(&mut self, module: &mut ModuleNames<'a>, folder: &'a ir::Folder) {
        for child in in_document_order(folder) {
            match child {
                Child::Operation(operation) => self.call(module, operation),
                Child::Folder(folder) if is_empty(folder) => {}
                Child::Folder(folder) if self.flatten || folder.kind == ir::FolderKind::PathParameter => {
                    self.fill(module, folder);
                }
                Child::Folder(folder) => self.folder(module, folder),
            }
        }
    }

    fn folder(&mut self, parent: &mut ModuleNames<'a>, folder: &'a ir::Folder) {
        let function = parent.functions.claim_text(&folder.name, "folder");
        // The module is a name of its own beside types and a file name, so it must be free as both.
        let name = name::name(&folder.name, Case::Snake, "folder");
        let reserved = MODULES.contains(&name.as_str());
        let legal = if reserved { format!("{name}_folder") } else { name };
        let ident = match parent.index {
            0 => self.root.claim_as(&legal, Case::Snake),
            _ => parent.idents.claim_as(&legal, Case::Snake),
        };
        let file = file_name(&ident, &mut parent.files);
        let handle = Scope::reserving(Case::Camel, TYPES, "Folder").claim_text(&folder.name, "Folder");
        let mut module = self.module(Some(parent), folder, [ident, function, handle], file);
        self.fill(&mut module, folder);
        parent.modules.push(module);
    }

    fn call(&mut self, module: &mut ModuleNames<'a>, operation: &'a ir::Operation) {
        let words = call_name::words(operation);
        let function = Self::function(module, operation);
        let ty = self.claim(module, &name::join(&words, Case::Camel));
        let results = status::differ(&operation.results)
            .then(|| self.claim(module, &format!("{}Response", ty.as_str())));
        let errors =
            (!operation.errors.is_empty()).then(|| self.claim(module, &format!("{}Error", ty.as_str())));
        let types = self
            .by_operation
            .remove(operation.place.pointer.as_str())
            .unwrap_or_default();
        let owner = Owner {
            call: ty.as_str(),
            body: type_name::body_word(&operation.body),
            several: results.is_some(),
        };
        for id in &types {
            self.give_home(module, *id, owner);
        }
        self.uses.note(self.types, operation);
        module.calls.push(CallNames {
            operation,
            function,
            ty,
            results,
            errors,
            types,
        });
    }

    /// Names a function; that of a folder does not say the folder's name again, unless it would not be free without.
    fn function(module: &mut ModuleNames<'a>, operation: &'a ir::Operation) -> Ident {
        let folder = match module.index {
            0 => "",
            _ => &module.folder.name,
        };
        let short = name::join(&call_name::words_in(folder, operation), Case::Snake);
        let long = name::join(&call_name::words(operation), Case::Snake);
        let free = module.functions.is_free(&short);
        module.functions.claim(if free { &short } else { &long })
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

    fn give_home(&mut self, module: &mut ModuleNames<'a>, id: ir::TypeId, owner: Owner<'_>) {
        let def = self.types.get(id);
        let candidates = type_name::candidates(def, owner);
        let free = candidates
            .iter()
            .find(|name| self.is_free(module, name))
            .or(candidates.last());
        let ident = self.claim(module, free.map_or("Type", String::as_str));
        if let Some(home) = self.homes.get_mut(id.0) {
            *home = Some(Home {
                module: module.index,
                ident,
            });
        }
    }

    /// Types whose operation is not in the tree live in the root.
    fn adopt_orphans(&mut self, root: &mut ModuleNames<'a>) {
        for (id, def) in self.types.iter() {
            if self.homes.get(id.0).is_some_and(Option::is_none) {
                let call = name::name(&def.origin.operation_name, Case::Camel, "Shared");
                let owner = Owner {
                    call: &call,
                    body: "Body",
                    several: true,
                };
                self.give_home(root, id, owner);
                root.types.push(id);
            }
        }
    }
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
