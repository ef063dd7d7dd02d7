//! The tree: the collection, its folders, its items.

use crate::frontend::json::{Map, Value};

use super::{Auth, Entry, Request, Response};
use crate::ir::Store;

/// A collection.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Collection<'a> {
    /// Where it is: not at the root of the document if it is wrapped.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: &'a str,
    /// Its authentication, which items inherit.
    pub auth: Option<Auth<'a>>,
    /// Its variables, disabled ones too.
    pub variables: Vec<Entry<'a>>,
    /// Its `protocolProfileBehavior`.
    pub behavior: Option<&'a Map<'a>>,
    /// Folders and items in order.
    pub nodes: Vec<Node<'a>>,
}

/// A folder or an item.
#[derive(Debug)]
pub(in crate::frontend::postman) enum Node<'a> {
    /// Anything that has items of its own.
    Folder(Folder<'a>),
    /// Anything else.
    Item(Box<Item<'a>>),
}

/// A folder. Its own variables are left out: Postman ignores them.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Folder<'a> {
    /// Where it is.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: &'a str,
    /// Its authentication.
    pub auth: Option<Auth<'a>>,
    /// Its `protocolProfileBehavior`.
    pub behavior: Option<&'a Map<'a>>,
    /// Folders and items in order.
    pub nodes: Vec<Node<'a>>,
    /// The folder as it stands in the document.
    pub json: &'a Value<'a>,
}

/// An item: a request and the answers that were saved of it.
#[derive(Debug)]
pub(in crate::frontend::postman) struct Item<'a> {
    /// Where it is.
    pub pointer: String,
    /// Its name.
    pub name: String,
    /// Its own description; the request usually has one as well.
    pub description: &'a str,
    /// What it sends; `None` if that is missing.
    pub request: Option<Request<'a>>,
    /// Its saved answers.
    pub responses: Vec<Response<'a>>,
    /// Its `protocolProfileBehavior`.
    pub behavior: Option<&'a Map<'a>>,
    /// What its scripts store of its answer.
    pub stores: Vec<Store>,
    /// The item as it stands in the document.
    pub json: &'a Value<'a>,
}
