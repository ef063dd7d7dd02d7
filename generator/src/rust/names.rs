//! The names of all modules, functions and types, chosen before anything is spelled out.
//!
//! In: what [`chooser`](super::chooser) decided. Out: [`Names`]: the tree of modules with what is in each, and the home of every
//! named type. It knows nothing of fields, signatures or documentation.

use std::collections::{BTreeMap, BTreeSet};

use super::name::{Ident, Scope};
use super::uses::Uses;
use crate::ir;

/// The way from one module to a type of another (or the same).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypePath {
    /// How many `super` to begin with.
    pub supers: usize,
    /// Modules from there.
    pub modules: Vec<Ident>,
    /// The type.
    pub ident: Ident,
}

/// Names for everything.
#[derive(Debug)]
pub struct Names<'a> {
    /// The root module.
    pub root: ModuleNames<'a>,
    /// Types of the root that belong to no operation of its own.
    pub(super) shared: BTreeSet<ir::TypeId>,
    pub(super) types: &'a ir::Types,
    /// Whether what must be given is declared.
    pub(super) is_declared: bool,
    /// Path of every module from the root, by index.
    pub(super) paths: Vec<Vec<Ident>>,
    pub(super) homes: Vec<Home>,
    /// By module, what of it can be reached from the root.
    pub(super) reexports: BTreeMap<usize, Vec<Ident>>,
    pub(super) uses: Uses,
    /// Tokens that calls give, and the methods of the builder that take such calls.
    pub(super) tokens: Vec<(&'a ir::TokenOf, Ident)>,
    /// Which operations store what of their answers, by the variable.
    pub(super) stores: BTreeMap<&'a str, Vec<(ir::OperationId, &'a ir::AnswerPart)>>,
}

/// Names of one module.
#[derive(Debug)]
pub struct ModuleNames<'a> {
    /// Its number.
    pub index: usize,
    /// The folder it is made of.
    pub folder: &'a ir::Folder,
    /// Other folders of its name beside it, whose items are here too.
    pub more: Vec<&'a ir::Folder>,
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
    pub(super) functions: Scope,
    pub(super) idents: Scope,
    pub(super) files: Scope,
    /// The first operation of each name.
    pub(super) named: BTreeMap<String, &'a ir::Operation>,
    /// The module of the first folder of each name.
    pub(super) by_name: BTreeMap<String, usize>,
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

    /// What the client is made of, in a word.
    pub fn source(&self) -> &'static str {
        if self.is_declared {
            "description"
        } else {
            "collection"
        }
    }

    /// How types are sent.
    pub fn uses(&self) -> &Uses {
        &self.uses
    }
}
