//! Where the files of a client go.
//!
//! In: the names of its modules. Out: the path of the file of each, as the code that declares it expects it.

use crate::rust::names::{ModuleNames, Names};

/// Where the files of a client go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// `zoom/mod.rs`, to be declared by another file.
    Module,
    /// `src/lib.rs` of a crate of its own.
    Crate,
}

impl Layout {
    /// The path of a module's file.
    pub(super) fn path(self, names: &Names<'_>, module: &ModuleNames<'_>) -> String {
        let root = self.root_folder(names);
        let mut path = root.to_owned();
        let below = module.folders.iter().skip(1);
        let own = (module.index != names.root.index).then_some(&module.file);
        for folder in below.chain(own) {
            path.extend(["/", folder]);
        }
        let is_root = module.index == names.root.index;
        match (is_root, self) {
            (true, Self::Crate) => path.push_str("/lib.rs"),
            (true, Self::Module) => path.push_str("/mod.rs"),
            (false, _) if module.modules.is_empty() => path.push_str(".rs"),
            (false, _) => path.push_str("/mod.rs"),
        }
        path
    }

    /// The folder that all of them are in.
    pub(super) fn root_folder<'n>(self, names: &'n Names<'_>) -> &'n str {
        match self {
            Self::Module => &names.root.file,
            Self::Crate => "src",
        }
    }
}
