//! What keeps its name and its module, wherever it comes up in the document.
//!
//! In: the names that stay, and a module that is being filled. Out: the same names, taken before all others. What stays in another module
//! than the one that it comes from now is settled when all modules are there.

use super::super::folder_name;
use super::super::name::{Case, Ident, Scope};
use super::super::names::{Home, ModuleNames};
use super::super::reserved::{MODULES, TYPES};
use super::{Chooser, is_used, texts};
use crate::ir;

impl<'a> Chooser<'a, '_> {
    /// Module, function and handle of a folder.
    pub(super) fn names_of_folder(
        &mut self,
        parent: &mut ModuleNames<'a>,
        folder: &ir::Folder,
        name: String,
    ) -> [Ident; 3] {
        let scope = match parent.index {
            0 => &mut self.root,
            _ => &mut parent.idents,
        };
        if let Some([ident, function, handle]) = self.kept.folder(folder.id) {
            return [
                scope.keep(ident),
                parent.functions.keep(function),
                Scope::new(Case::Camel).keep(handle),
            ];
        }
        // The module is a name of its own beside types and a file name, so it must be free as both.
        let reserved = MODULES.contains(&name.as_str());
        let function = parent.functions.claim(&name);
        let legal = if reserved { format!("{name}_folder") } else { name };
        let ident = scope.claim_as(&legal, Case::Snake);
        let handle = Scope::reserving(Case::Camel, TYPES, "Folder")
            .claim(&folder_name::name(&folder.name, Case::Camel));
        [ident, function, handle]
    }

    /// The name of a type that comes from no body.
    pub(super) fn own(&mut self, module: &mut ModuleNames<'a>, kept: Option<&str>, name: String) -> Ident {
        match kept {
            Some(kept) => self.keep(module, kept),
            None => self.claim(module, &name),
        }
    }

    /// Gives a type the name that it keeps, and shows it at the root if it was there.
    fn keep(&mut self, module: &mut ModuleNames<'a>, name: &str) -> Ident {
        let mut path = texts(self.paths.get(module.index).map_or(&[], Vec::as_slice));
        path.push(name.to_owned());
        let ident = if module.index == 0 {
            self.root.keep(name)
        } else {
            module.idents.keep(name)
        };
        if self.kept.is_shown(&path) {
            self.reexports
                .entry(module.index)
                .or_default()
                .push(ident.clone());
        }
        ident
    }

    /// Gives a type the home that it keeps, if it does; `false` where that is another module than this.
    pub(super) fn settle_one(&mut self, module: &mut ModuleNames<'a>, id: ir::TypeId) -> Option<bool> {
        let (name, home) = self.kept.ty(id)?.split_last()?;
        if home != texts(self.paths.get(module.index).map_or(&[], Vec::as_slice)) {
            self.settled.entry(home.to_vec()).or_default().push(id);
            return Some(false);
        }
        let ident = self.keep(module, name);
        self.set_home(id, module.index, ident);
        Some(true)
    }

    /// Remembers types whose operation is not in the tree, but for those that are remembered.
    pub(super) fn settle_orphans(&mut self) {
        for (id, _) in self.types.iter().filter(|(_, def)| is_used(def)) {
            let home = self.kept.ty(id).and_then(<[String]>::split_last);
            let is_open = self.homes.get(id.0).is_some_and(Option::is_none);
            if let (true, Some((_, home))) = (is_open, home) {
                let settled = self.settled.entry(home.to_vec()).or_default();
                if !settled.contains(&id) {
                    settled.push(id);
                }
            }
        }
    }

    /// Gives homes to types that stay in other modules than those they come from.
    pub(super) fn settle(&mut self, module: &mut ModuleNames<'a>) {
        let path = texts(self.paths.get(module.index).map_or(&[], Vec::as_slice));
        for id in self.settled.remove(&path).unwrap_or_default() {
            if self.settle_one(module, id) == Some(true) && is_used(self.types.get(id)) {
                module.types.push(id);
            }
        }
        for mut inner in std::mem::take(&mut module.modules) {
            self.settle(&mut inner);
            module.modules.push(inner);
        }
    }

    pub(super) fn set_home(&mut self, id: ir::TypeId, module: usize, ident: Ident) {
        if let Some(home) = self.homes.get_mut(id.0) {
            *home = Some(Home { module, ident });
        }
    }
}
