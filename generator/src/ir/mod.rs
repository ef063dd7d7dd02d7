//! The neutral model of an HTTP API as a collection of requests describes it.
//!
//! In: what a front end understood of its input. Out: what the passes and the `rust` room work on.
//! It knows nothing of Postman, of JSON text, of Rust names, or of how anything is printed.
//! Lists keep document order everywhere; nothing here iterates in hash order.

pub mod api;
pub mod auth;
pub mod body;
pub mod docs;
pub mod ids;
pub mod oauth2;
pub mod operation;
pub mod pages;
pub mod param;
pub mod response;
pub mod schemes;
pub mod stores;
pub mod template;
pub mod types;
pub mod url;

pub use api::{Api, Child, Environment, Folder, FolderKind, Variable, VariableKind, VariableRole};
pub use auth::{Credential, SchemeUse, Security};
pub use body::{Body, Field, FieldContent, FormStyle, GraphQl, GraphQlVariables, Language, Raw, RawContent};
pub use docs::{Docs, Locator, Place};
pub use ids::{FolderId, OperationId};
pub use oauth2::{Grant, OAuth2};
pub use operation::{Behavior, Operation, Redirects};
pub use pages::{PageEntry, PageStyle, Pages};
pub use param::{Declared, Param, ParamPlace, Presence, Style};
pub use response::{AnswerHeader, BodyType, Outcome, Sample, SavedBody, SavedRequest, Shown, Status};
pub use schemes::{SCHEMES, Scheme};
pub use stores::{AnswerPart, Gives, PartPlace, Step, Store, TokenOf};
pub use types::{
    Alternative, Evidence, JsonKind, Origin, Role, StructField, Type, TypeDef, TypeId, TypeKind, Types,
    Union, alternative_step, holds_anything,
};
pub use url::{AddressPart, Entry, PathVariable, Sent, Url};

/// Text in which `{{name}}` stands for a variable's value, exactly as the collection wrote it.
pub type Template = String;
