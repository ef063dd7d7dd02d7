//! The generated client in which everything is decided: the nouns that the `emit` room prints.
//!
//! In: nothing, these are plain values that the other files here fill. Out: what `emit` turns into tokens without
//! naming, choosing or failing. Text that stays text (URLs, keys, saved values) is exactly the collection's.

use super::doc_lines::DocLines;
use super::fetch::{GivenToken, OAuth2, TokenMethod};
pub use super::input::{Fill, Input, InputTy, StyledPlace};
use super::name::Ident;
use super::spec::Spec;
use super::types::{Ty, TypeItem};
pub use crate::ir::{PageEntry, PageStyle, Pages, Status, Style};

/// One module: one file.
#[derive(Clone, Debug, Hash)]
pub struct Module {
    /// What stands at the head of the file.
    pub docs: DocLines,
    /// The functions on the way from the client to the face.
    pub access: Vec<Ident>,
    /// The type whose methods are the module's functions.
    pub face: Face,
    /// Modules of sub-folders.
    pub children: Vec<Child>,
    /// Functions, in document order.
    pub calls: Vec<Call>,
    /// Types that belong to no function.
    pub types: Vec<TypeItem>,
}

/// A module as its parent declares it.
#[derive(Clone, Debug, Hash)]
pub struct Child {
    /// Its name.
    pub ident: Ident,
    /// Its file, where rustc would not find it by the name.
    pub path: Option<String>,
    /// Its handle, which the parent hands out.
    pub handle: Handle,
    /// How many functions are in it and below.
    pub functions: usize,
}

/// The type whose methods are a module's functions.
#[derive(Clone, Debug, Hash)]
pub enum Face {
    /// The client itself, in the root module.
    Client(Box<Client>),
    /// A handle that the parent hands out.
    Handle(Handle),
}

/// `client.users()`.
#[derive(Clone, Debug, Hash)]
pub struct Handle {
    /// The type: `Users`.
    pub ident: Ident,
    /// The parent's method: `users`.
    pub function: Ident,
    /// Documentation of the type.
    pub docs: DocLines,
    /// Documentation of the parent's method.
    pub function_docs: DocLines,
}

/// What only the root module has.
#[derive(Clone, Debug, Hash)]
pub struct Client {
    /// The API's name, as text.
    pub api_name: String,
    /// Variables and their defaults.
    pub variables: Vec<(String, Option<String>)>,
    /// Names of variables that only single calls have; `None` if any name may be one.
    pub call_variables: Option<Vec<String>>,
    /// What addresses begin with, as far as the host.
    pub hosts: Vec<String>,
    /// Names of variables that are never shown.
    pub secrets: Vec<String>,
    /// Names of variables without a value that every call needs.
    pub required: Vec<String>,
    /// Statuses by which it says that a call is to be sent again.
    pub retry_statuses: Vec<u16>,
    /// Features of the runtime that it takes.
    pub needs: Vec<&'static str>,
    /// Addresses that no variable stands for, as far as the host.
    pub origins: Vec<String>,
    /// Builder methods for the variables.
    pub settings: Vec<Setting>,
    /// Builder methods for the credentials.
    pub credentials: Vec<Credential>,
    /// The authorization server.
    pub oauth2: Option<OAuth2>,
    /// Builder methods through which tokens are fetched.
    pub tokens: Vec<TokenMethod>,
    /// Named sets of variables.
    pub environments: Vec<Environment>,
    /// Names of other modules that can be reached from the root.
    pub reexports: Vec<Reexport>,
    /// What the client is made of.
    pub source: &'static str,
    /// Whether there are saved responses to replay.
    pub replay: bool,
    /// The call that is shown to those who start.
    pub start: Option<Start>,
}

/// A call that shows how one starts.
#[derive(Clone, Debug, Hash)]
pub struct Start {
    /// The paths of the types that it names, from the root module.
    pub uses: Vec<String>,
    /// Its statements, which use `client`.
    pub lines: Vec<String>,
}

/// A builder method that sets a variable.
#[derive(Clone, Debug, Hash)]
pub struct Setting {
    /// The method.
    pub ident: Ident,
    /// The variable's name as templates spell it.
    pub variable: String,
    /// Where users meet it.
    pub shown: Shown,
    /// Documentation.
    pub docs: DocLines,
}

/// Where users meet a method of the builder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// Wherever methods are shown, and in the first example too if it takes it.
    First,
    /// Wherever methods are shown, but for the first example: another says the same there.
    Listed,
    /// Nowhere: another says the same. It can be called.
    Hidden,
}

/// A builder method that takes a credential.
#[derive(Clone, Debug, Hash)]
pub struct Credential {
    /// The method.
    pub ident: Ident,
    /// The runtime's constructor.
    pub constructor: Ident,
    /// Its arguments, all text.
    pub args: Vec<Ident>,
    /// Where users meet it.
    pub shown: Shown,
    /// Documentation.
    pub docs: DocLines,
}

/// A variant of `Environment`.
#[derive(Clone, Debug, Hash)]
pub struct Environment {
    /// The variant.
    pub ident: Ident,
    /// Values by variable.
    pub values: Vec<(String, String)>,
    /// Documentation.
    pub docs: DocLines,
}

/// `pub use users::token::{GetAUserToken, …};`
#[derive(Clone, Debug, Hash)]
pub struct Reexport {
    /// The module, from the root.
    pub module: Vec<Ident>,
    /// The names.
    pub names: Vec<Ident>,
}

/// One operation: a function, and the type of its call.
#[derive(Clone, Debug, Hash)]
pub struct Call {
    /// The function.
    pub function: Ident,
    /// Whether its author says not to call it any more.
    pub deprecated: bool,
    /// The type of the call.
    pub ty: Ident,
    /// The way from the call's module to the client's: this many `super`.
    pub depth: usize,
    /// Documentation of the function.
    pub docs: DocLines,
    /// Documentation of the call's type.
    pub ty_docs: DocLines,
    /// What must be given.
    pub args: Vec<Input>,
    /// What can be given.
    pub setters: Vec<Input>,
    /// What the collection says of the request.
    pub spec: Spec,
    /// What a success is decoded into.
    pub output: Output,
    /// What a failure is decoded into.
    pub failure: Failure,
    /// Types that come from this operation.
    pub types: Vec<TypeItem>,
    /// The type among them that is the whole body, and so has a saved value.
    pub saved: Option<Ident>,
    /// How a body begins of which nothing is saved.
    pub begins: Option<Begins>,
    /// What it lists.
    pub pages: Option<Paged>,
    /// A body as an example shows it.
    pub built: Option<Built>,
    /// The tokens that its answer holds.
    pub gives: Vec<GivenToken>,
    /// Where values of parameters come from, by the parameter's number.
    pub comes: Vec<(usize, String)>,
}

/// What a call lists, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Paged {
    /// How the next page is asked for.
    pub paging: Pages,
    /// What is listed.
    pub item: Ty,
    /// The way from an answer to the list.
    pub way: Vec<Step>,
    /// Whether there may be no list at its end.
    pub is_optional: bool,
}

/// A step from an answer to the list in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A field.
    Field(Ident),
    /// A field of what may not be there.
    Map(Ident),
    /// A field that may not be there, of what may not be there.
    Then(Ident),
    /// Out of a box.
    Unbox,
    /// The same, of what may not be there.
    MapUnbox,
    /// What may not be there in two ways.
    Flatten,
}

/// A body in an example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Built {
    /// The types that it names, by their paths from the root.
    pub uses: Vec<String>,
    /// The statements that make it; none if what is passed stands for itself.
    pub lines: Vec<String>,
    /// What is passed to the function.
    pub passed: String,
}

/// How a value of a struct begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Begins {
    /// The struct.
    pub ty: Ident,
    /// What must be given; `None` if it has a default.
    pub args: Option<Vec<Ident>>,
}

/// What a success is decoded into.
#[derive(Clone, Debug, Hash)]
pub enum Output {
    /// One type, whatever the status.
    One(Decoded),
    /// A type per status.
    Several(StatusEnum),
}

/// What a failure is decoded into.
#[derive(Clone, Debug, Hash)]
pub enum Failure {
    /// Nothing was saved: the runtime's own type.
    Unexpected,
    /// A type per status, and one for all others.
    Known(StatusEnum),
}

/// A type, and how a body becomes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decoded {
    /// The type.
    pub ty: Ty,
    /// How.
    pub decode: Decode,
}

/// How a body becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decode {
    /// There is none.
    Empty,
    /// As JSON.
    Json,
    /// As JSON in a JSON string.
    JsonInString,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// Left to the caller.
    Body,
}

/// An enum with a variant per status.
#[derive(Clone, Debug, Hash)]
pub struct StatusEnum {
    /// Its name.
    pub ident: Ident,
    /// Documentation.
    pub docs: DocLines,
    /// Variants by status, ascending.
    pub variants: Vec<StatusVariant>,
    /// What says which statuses there are.
    pub source: &'static str,
}

/// A variant of a [`StatusEnum`].
#[derive(Clone, Debug, Hash)]
pub struct StatusVariant {
    /// Its name.
    pub ident: Ident,
    /// HTTP status.
    pub status: Status,
    /// Documentation.
    pub docs: DocLines,
    /// What it holds.
    pub decoded: Decoded,
}
