//! The API as a whole: its settings, credentials, environments, types, and the tree of folders.

use super::{Credential, Docs, FolderId, OAuth2, Operation, Place, SchemeUse, Template, TokenOf, Types};

/// Everything that one collection describes.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The collection's name as its author wrote it.
    pub name: String,
    /// The collection's description.
    pub docs: Docs,
    /// The whole document.
    pub place: Place,
    /// Whether parameters, bodies and answers are declared, with types; else samples are all there is to go by.
    pub is_declared: bool,
    /// All variables that have a value or that a client is configured with, in document order, then in order of first
    /// use.
    pub variables: Vec<Variable>,
    /// Named sets of setting values.
    pub environments: Vec<Environment>,
    /// One entry per kind of credential that any operation uses.
    pub credentials: Vec<Credential>,
    /// Where tokens of OAuth 2.0 are fetched.
    pub oauth2: Option<OAuth2>,
    /// Statuses by which it says that a call that may be made twice is to be sent again.
    pub retry_statuses: Vec<u16>,
    /// The tokens that operations give, each once.
    pub tokens: Vec<TokenOf>,
    /// The root of the folder tree; its own name and docs repeat the API's.
    pub root: Folder,
    /// All types, by identity.
    pub types: Types,
}

impl Api {
    /// The variables that a client is configured with.
    pub fn settings(&self) -> impl Iterator<Item = &Variable> {
        self.variables
            .iter()
            .filter(|variable| variable.role == VariableRole::Setting)
    }

    /// What variables stand for, as far as the collection and its environments say.
    pub fn values_of_variables(&self) -> impl Iterator<Item = &str> {
        let defaults = self
            .variables
            .iter()
            .filter_map(|variable| variable.default.as_deref());
        let environments = self
            .environments
            .iter()
            .flat_map(|environment| &environment.values);
        defaults.chain(environments.map(|(_, value)| value.as_str()))
    }
}

/// A variable of the API as a whole: `{{baseUrl}}`, `{{tenant}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The variable's name as templates spell it.
    pub name: String,
    /// The collection's value for it. `None`: it has none, or it is secret and was removed.
    pub default: Option<Template>,
    /// What it is for.
    pub kind: VariableKind,
    /// Who gives it a value; decided by a pass.
    pub role: VariableRole,
    /// Whether a script of the collection sets it: its value is then the one of a run, not of the API.
    pub set_by_script: bool,
    /// Its description.
    pub docs: Docs,
    /// Where it was defined or first used.
    pub place: Place,
}

/// Who gives a variable its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VariableRole {
    /// Whoever configures a client: the builder has a method of its name.
    Setting,
    /// Nobody but the collection: saved requests are filled in with it, and callers give theirs as arguments.
    #[default]
    Example,
}

/// What a variable is for, as far as that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
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
    /// Its identity.
    pub id: FolderId,
    /// What the author's tool knows it by, whatever it is called.
    pub source_id: Option<String>,
    /// The folder's name as its author wrote it.
    pub name: String,
    /// The folder's description.
    pub docs: Docs,
    /// Where it is.
    pub place: Place,
    /// Whether users see it.
    pub kind: FolderKind,
    /// What it holds, in document order.
    pub children: Vec<Child>,
}

/// What a folder holds.
#[derive(Clone, Debug)]
pub enum Child {
    /// A folder in it.
    Folder(Folder),
    /// An operation of its own.
    Operation(Box<Operation>),
}

impl From<Operation> for Child {
    fn from(operation: Operation) -> Self {
        Self::Operation(Box::new(operation))
    }
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
    /// A folder without a name, of these children.
    pub fn of(children: Vec<Child>) -> Self {
        Self {
            children,
            ..Self::default()
        }
    }

    /// Its own operations, in document order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.children.iter().filter_map(|child| match child {
            Child::Operation(operation) => Some(operation.as_ref()),
            Child::Folder(_) => None,
        })
    }

    /// The folders directly in it, in document order.
    pub fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.children.iter().filter_map(|child| match child {
            Child::Folder(folder) => Some(folder),
            Child::Operation(_) => None,
        })
    }

    /// Whether there is no operation in it nor below it.
    pub fn is_empty(&self) -> bool {
        self.children.iter().all(|child| match child {
            Child::Folder(folder) => folder.is_empty(),
            Child::Operation(_) => false,
        })
    }

    /// Calls `visit` on every operation in this folder and below it, in document order.
    pub fn visit<'a>(&'a self, visit: &mut impl FnMut(&'a Operation)) {
        for child in &self.children {
            match child {
                Child::Folder(folder) => folder.visit(visit),
                Child::Operation(operation) => visit(operation),
            }
        }
    }

    /// Like [`Folder::visit`], but own operations before those of folders, whichever stand first: the order of lists of
    /// what an API uses, in which what stands at the top of a collection leads.
    pub fn visit_from_top<'a>(&'a self, visit: &mut impl FnMut(&'a Operation)) {
        self.operations().for_each(&mut *visit);
        self.folders().for_each(|folder| folder.visit_from_top(visit));
    }

    /// Like [`Folder::visit`], for changing them.
    pub fn visit_mut<'a>(&'a mut self, visit: &mut impl FnMut(&'a mut Operation)) {
        for child in &mut self.children {
            match child {
                Child::Folder(folder) => folder.visit_mut(visit),
                Child::Operation(operation) => visit(operation),
            }
        }
    }

    /// Every use of a scheme of authentication below this folder, from the top.
    pub fn schemes(&self) -> Vec<&SchemeUse> {
        let mut schemes = Vec::new();
        self.visit_from_top(&mut |operation| schemes.extend(operation.security.uses()));
        schemes
    }
}
