//! The API as a whole: its settings, credentials, environments, types, and the tree of folders.

use super::{AuthUse, Credential, Docs, Operation, Place, Template, Types};

/// Everything that one collection describes.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The collection's name as its author wrote it.
    pub name: String,
    /// The collection's description.
    pub docs: Docs,
    /// The whole document.
    pub place: Place,
    /// Variables that a client is configured with, in document order, then in order of first use.
    pub settings: Vec<Setting>,
    /// Named sets of setting values.
    pub environments: Vec<Environment>,
    /// One entry per kind of credential that any operation uses.
    pub credentials: Vec<Credential>,
    /// The root of the folder tree; its own name and docs repeat the API's.
    pub root: Folder,
    /// All types, by identity.
    pub types: Types,
}

impl Api {
    /// What settings stand for, as far as the collection and its environments say.
    pub fn values_of_settings(&self) -> impl Iterator<Item = &str> {
        let defaults = self
            .settings
            .iter()
            .filter_map(|setting| setting.default.as_deref());
        let environments = self
            .environments
            .iter()
            .flat_map(|environment| &environment.values);
        defaults.chain(environments.map(|(_, value)| value.as_str()))
    }
}

/// A variable of the client: `{{baseUrl}}`, `{{tenant}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The variable's name as templates spell it.
    pub name: String,
    /// The collection's value for it. `None`: the user must give one (or it is secret and was removed).
    pub default: Option<Template>,
    /// What it is for.
    pub kind: SettingKind,
    /// Its description.
    pub docs: Docs,
    /// Where it was defined or first used.
    pub place: Place,
}

/// What a setting is for, as far as that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    /// Stands where an URL begins: scheme, host and perhaps a path.
    BaseUrl,
    /// Any other text.
    Text,
    /// A password, token or key: never shown, never given a default in generated code.
    Secret,
}

/// A named set of setting values, read from an environment file beside the collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its name: `Production`.
    pub name: String,
    /// Values by variable name, in file order; secrets are left out.
    pub values: Vec<(String, Template)>,
    /// Where it was read.
    pub place: Place,
}

/// A folder, and the operations and folders in it.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The folder's name as its author wrote it.
    pub name: String,
    /// The folder's description.
    pub docs: Docs,
    /// Where it is.
    pub place: Place,
    /// Whether users see it.
    pub kind: FolderKind,
    /// Sub-folders in document order.
    pub folders: Vec<Folder>,
    /// Operations in document order.
    pub operations: Vec<Operation>,
}

/// Whether a folder gets a module and a handle of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FolderKind {
    /// A module with a handle: `client.users()`.
    #[default]
    Handle,
    /// Only names a path parameter (`{user Id}`, `:id`): what it holds belongs to its parent.
    PathParameter,
}

impl Folder {
    /// Calls `visit` on every operation below this folder: own ones first, then those of sub-folders.
    pub fn visit<'a>(&'a self, visit: &mut impl FnMut(&'a Operation)) {
        self.operations.iter().for_each(&mut *visit);
        self.folders.iter().for_each(|folder| folder.visit(visit));
    }

    /// Like [`Folder::visit`], for changing them.
    pub fn visit_mut(&mut self, visit: &mut impl FnMut(&mut Operation)) {
        self.operations.iter_mut().for_each(&mut *visit);
        self.folders.iter_mut().for_each(|folder| folder.visit_mut(visit));
    }

    /// Every authentication in use below this folder.
    pub fn auths(&self) -> Vec<&AuthUse> {
        let mut auths = Vec::new();
        self.visit(&mut |operation| auths.extend(&operation.auth));
        auths
    }
}
