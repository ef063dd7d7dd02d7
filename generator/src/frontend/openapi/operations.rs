//! Operations: a function for each method of each path, in folders by their first tag.
//!
//! In: `paths`. Out: the tree of folders. First all operations are found, then typed: a type says of which operation it is, so their
//! numbers come first.

use super::security::Schemes;
use super::servers::Servers;
use super::tags::Tags;
use super::{answers, body, params};
use crate::frontend::schema::document::{At, Document};
use crate::frontend::schema::{Schemas, Site};
use crate::ir::{Child, Docs, Operation, OperationId, Origin, Role};

/// Methods that have a member of their own, and others under `additionalOperations`.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Methods that have no body for most; one that is declared is meant all the same.
const WITHOUT_BODY: &[&str] = &["GET", "HEAD"];

/// All operations: those without a tag first, then a folder for each tag in the order of first use.
pub(super) fn tree<'a>(
    document: &Document<'a>,
    servers: &mut Servers,
    schemes: &mut Schemes<'a>,
) -> Vec<Child> {
    let tags = Tags::of(document);
    let mut loose: Vec<Child> = Vec::new();
    let mut folders: Vec<Child> = Vec::new();
    for (path, item) in document.top().get("paths").iter().flat_map(At::members) {
        let item = document.resolve(item);
        for (method, at) in methods(&item) {
            // An operation may be kept in a file of its own.
            let at = document.resolve(at);
            let found = Found {
                path,
                method: &method,
                item: &item,
                at: &at,
            };
            let tag = at.texts("tags").into_iter().find(|tag| !tag.trim().is_empty());
            let way = tag.map(|tag| tags.way(tag)).unwrap_or_default();
            let operation = found.operation(document, servers, schemes, &way);
            if way.is_empty() {
                loose.push(operation.into());
            } else {
                tags.put(document, &mut folders, &way, operation.into());
            }
        }
    }
    loose.extend(folders);
    loose
}

/// The operations of a path, in order.
fn methods<'a>(item: &At<'a>) -> Vec<(String, At<'a>)> {
    let mut methods = Vec::new();
    for (name, at) in item.members() {
        if METHODS.contains(&name) && at.value.is_object() {
            methods.push((name.to_uppercase(), at));
        } else if name == "additionalOperations" {
            let more = at.members().into_iter().filter(|(_, at)| at.value.is_object());
            methods.extend(more.map(|(name, at)| (name.to_owned(), at)));
        }
    }
    methods
}

/// A method of a path.
struct Found<'f, 'a> {
    path: &'a str,
    method: &'f str,
    item: &'f At<'a>,
    at: &'f At<'a>,
}

impl<'a> Found<'_, 'a> {
    fn operation(
        &self,
        document: &Document<'a>,
        servers: &mut Servers,
        schemes: &mut Schemes<'a>,
        way: &[&str],
    ) -> Operation {
        let id = self
            .at
            .text("operationId")
            .map(str::trim)
            .filter(|id| !id.is_empty());
        let name = id.map_or_else(|| format!("{} {}", self.method, self.path), str::to_owned);
        let folders = way.iter().map(|tag| (*tag).to_owned());
        let breadcrumb: Vec<String> = folders.chain([name.clone()]).collect();
        let own = servers.own(document, self.at);
        let own = own.or_else(|| servers.own(document, self.item));
        let base = own.as_deref().unwrap_or(&servers.base).to_owned();
        let mut operation = Operation {
            source_id: id.map(str::to_owned),
            name,
            summary: self
                .at
                .text("summary")
                .map(str::to_owned)
                .filter(|text| !text.trim().is_empty()),
            docs: self.docs(),
            deprecated: self.at.flag("deprecated"),
            place: document.place(&self.at.pointer, &breadcrumb),
            method: self.method.to_owned(),
            security: schemes.security(document, self.at),
            ..Operation::default()
        };
        params::lower(document, &mut operation, &base, self.path, self.item, self.at);
        body::lower(document, &mut operation, self.at);
        answers::lower(document, &mut operation, self.at);
        operation.behavior.keep_body = !operation.body.is_none() && WITHOUT_BODY.contains(&self.method);
        operation
    }

    fn docs(&self) -> Docs {
        let mut text = self.at.text("description").unwrap_or_default().to_owned();
        if let Some(url) = self
            .at
            .get("externalDocs")
            .and_then(|docs| docs.text("url").map(str::to_owned))
        {
            text = format!("{text}\n\nSee <{url}>.");
        }
        Docs::new(text.trim())
    }
}

/// Gives types to what an operation takes, sends and answers.
pub(super) fn type_operation(operation: &mut Operation, schemas: &mut Schemas<'_, '_>) {
    let Some(at) = schemas.document.at(&operation.place) else {
        return;
    };
    let origin = |role: Role| Origin {
        operation: operation.id,
        operation_name: operation.name.clone(),
        role,
        path: Vec::new(),
    };
    let site = |role: Role| Site {
        origin: origin(role),
        declared: None,
    };
    let own: Vec<Site> = operation
        .params
        .iter()
        .map(|param| site(Role::Param(param.name.clone())))
        .collect();
    let body = site(Role::Body);
    params::type_all(operation, schemas, &own);
    body::type_body(operation, schemas, &at, &body);
    let id: OperationId = operation.id;
    answers::type_all(operation, schemas, &at, &|operation_name, role| Site {
        origin: Origin {
            operation: id,
            operation_name,
            role,
            path: Vec::new(),
        },
        declared: None,
    });
}
