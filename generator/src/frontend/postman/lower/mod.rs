//! The model into the neutral model: what Postman would put on the wire, in the terms of `ir`.
//!
//! In: a [`model::Collection`], environment files. Out: an [`Api`] whose types are still to be inferred. Everything
//! that is inherited is resolved here; credentials are taken out here. It refuses to know how anything is encoded:
//! texts keep their `{{variables}}` and their reserved characters.

mod apart;
mod auth;
mod behavior;
mod body;
mod entries;
mod environments;
mod gather;
mod named;
mod oauth2;
mod original;
mod responses;
mod settings;
mod source;
mod under;
mod url;
mod vault;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::js;
use super::model::{self, Node};
use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::frontend::Source;
use crate::frontend::json::Value;
use crate::frontend::text::crumb;
use crate::ir::{
    Api, Child, Credential, Docs, Folder, FolderKind, Locator, Operation, OperationId, Place, SchemeUse,
    Security, template,
};
use crate::secrets;
use behavior::Switches;
use gather::Gathered;
use settings::Settings;

/// What lowering carries along.
struct Cx<'a> {
    file: &'a str,
    /// Keep literal credentials, for comparisons with Postman.
    keep_credentials: bool,
    sink: &'a mut Sink,
    settings: Settings,
    /// What is known to be secret.
    gathered: Arc<Gathered>,
    /// Names of the folders and the item above the current element, for each level that was gone into.
    breadcrumbs: Vec<Arc<[String]>>,
    /// The document's text, to keep invented variable names apart from those in it.
    text: &'a str,
    /// All names of variables in that text, once somebody asked.
    named: Option<BTreeSet<&'a str>>,
    /// Settings that hold what was taken out, by what it is.
    hidden: BTreeMap<String, String>,
    /// Placeholders of the body that is being lowered.
    placeholders: BTreeSet<String>,
    /// Whether parts may be lowered on other processors: this is none itself.
    is_whole: bool,
}

impl Cx<'_> {
    fn place(&self, pointer: &str) -> Place {
        Place {
            file: self.file.to_owned(),
            at: Locator::new(pointer),
            breadcrumb: self.breadcrumbs.last().cloned().unwrap_or_default(),
            nth: 0,
        }
    }

    /// Whether the document names a variable anywhere.
    fn is_named(&mut self, name: &str) -> bool {
        let text = self.text;
        self.named
            .get_or_insert_with(|| template::variables(text).collect())
            .contains(name)
    }

    /// Goes into a folder or an item. Names are shortened, as every place holds them.
    fn enter(&mut self, name: &str) {
        let above = self.breadcrumbs.last().cloned().unwrap_or_default();
        let crumb = self.gathered.known.redact_ours(&crumb(name)).into_owned();
        let breadcrumb = above.iter().cloned().chain([crumb]).collect();
        self.breadcrumbs.push(breadcrumb);
    }

    fn leave(&mut self) {
        self.breadcrumbs.pop();
    }

    fn warn(&mut self, code: Code, pointer: &str, message: impl Into<String>, help: &str) {
        let place = self.place(pointer);
        self.sink.warn(code, &place, message, help);
    }

    fn docs(&self, text: &str) -> Docs {
        Docs::new(self.shown(text))
    }

    /// What Postman knows an item or a folder by. What is more than an id is none.
    fn source_id(&self, json: &Value<'_>) -> Option<String> {
        const LONGEST: usize = 100;
        let found = ["id", "_postman_id"]
            .iter()
            .find_map(|key| json.get(key)?.as_str());
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let id = found.filter(|id| !id.is_empty() && id.len() <= LONGEST && id.chars().all(plain))?;
        (self.keep_credentials || self.gathered.known.redact_ours(id) == id).then(|| id.to_owned())
    }

    /// The path of a file, without the folders of the author's machine.
    fn path(&self, path: &str) -> String {
        let path = if self.keep_credentials {
            path
        } else {
            secrets::file_name(path)
        };
        path.to_owned()
    }

    /// Text that is only shown, such as a name: an item's may be its address.
    fn shown(&self, text: &str) -> String {
        if self.keep_credentials {
            return text.to_owned();
        }
        self.gathered.known.redact(text).into_owned()
    }
}

/// What folders hand down to what is in them.
#[derive(Clone)]
struct Inherited<'m, 'a> {
    auth: Option<&'m model::Auth<'a>>,
    switches: Switches,
}

/// Lowers a whole collection.
pub(super) fn lower(
    collection: &model::Collection<'_>,
    document: &Value<'_>,
    text: &str,
    source: &Source,
    config: &Config,
    sink: &mut Sink,
) -> Api {
    let mut cx = Cx {
        file: &source.file,
        keep_credentials: config.keep_credentials,
        sink,
        settings: Settings::default(),
        gathered: Arc::default(),
        breadcrumbs: Vec::new(),
        text,
        named: None,
        hidden: BTreeMap::new(),
        placeholders: BTreeSet::new(),
        is_whole: true,
    };
    let documents = environments::read(&mut cx, &source.environments);
    if !cx.keep_credentials {
        let environments = documents.iter().map(|(_, document)| document);
        cx.gathered = Arc::new(gather::gather(std::iter::once(document).chain(environments)));
        cx.sink.keep_known(cx.gathered.known.clone());
    }
    let mut files = environments::parse(&mut cx, &documents);
    named::keep_used(&mut files, collection);
    settings::collect(&mut cx, collection, &files);
    let environments = environments::lower(&mut cx, &files);
    let inherited = Inherited {
        auth: collection.auth.as_ref(),
        switches: Switches::default().overlaid(collection.behavior),
    };
    let docs = cx.docs(collection.description);
    let place = cx.place(&collection.pointer);
    let mut root = Folder {
        name: cx.shown(&collection.name),
        docs: docs.clone(),
        place: place.clone(),
        ..Folder::default()
    };
    lower_nodes(&mut cx, &collection.nodes, &inherited, &mut root);
    let oauth2 = oauth2::lower(&mut cx, &root);
    Api {
        name: cx.shown(&collection.name),
        docs,
        place,
        is_declared: false,
        variables: cx.settings.into_list(),
        environments,
        credentials: credentials(&root),
        oauth2,
        tokens: Vec::new(),
        retry_statuses: Vec::new(),
        root,
        types: crate::ir::Types::default(),
    }
}

fn lower_nodes(cx: &mut Cx<'_>, nodes: &[Node<'_>], inherited: &Inherited<'_, '_>, into: &mut Folder) {
    for node in apart::lower_nodes(cx, nodes, inherited, into) {
        match node {
            Node::Item(item) => {
                cx.enter(&item.name);
                into.children.push(Child::from(lower_item(cx, item, inherited)));
                cx.leave();
            }
            Node::Folder(folder) => {
                let folder = lower_folder(cx, folder, inherited);
                into.children.push(Child::Folder(folder));
            }
        }
    }
}

fn lower_folder(cx: &mut Cx<'_>, folder: &model::Folder<'_>, inherited: &Inherited<'_, '_>) -> Folder {
    cx.enter(&folder.name);
    let inherited = Inherited {
        auth: folder.auth.as_ref().or(inherited.auth),
        switches: inherited.switches.overlaid(folder.behavior),
    };
    let mut lowered = Folder {
        source_id: cx.source_id(folder.json),
        name: cx.shown(&folder.name),
        docs: cx.docs(folder.description),
        place: cx.place(&folder.pointer),
        kind: folder_kind(&folder.name),
        ..Folder::default()
    };
    lower_nodes(cx, &folder.nodes, &inherited, &mut lowered);
    cx.leave();
    lowered
}

/// Converters from other formats make folders of path segments; those of parameters are called like these:
/// `{user Id}`, `:id`, `{{id}}`.
fn folder_kind(name: &str) -> FolderKind {
    let name = name.trim();
    let inner = name.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
    let inner = inner.map(|name| {
        name.strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
            .unwrap_or(name)
    });
    let braces = inner.is_some_and(|name| !name.is_empty() && !name.contains(['{', '}', '/']));
    let colon = name.strip_prefix(':').is_some_and(|name| {
        !name.is_empty()
            && !name.contains(|character: char| character.is_whitespace() || ":/".contains(character))
    });
    if braces || colon {
        FolderKind::PathParameter
    } else {
        FolderKind::Handle
    }
}

fn lower_item(cx: &mut Cx<'_>, item: &model::Item<'_>, inherited: &Inherited<'_, '_>) -> Operation {
    let (results, errors) = responses::lower(cx, &item.responses);
    let switches = inherited.switches.overlaid(item.behavior);
    let place = cx.place(&item.pointer);
    let mut operation = Operation {
        other_media: Vec::new(),
        deprecated: false,
        example: None,
        id: OperationId::default(),
        source_id: cx.source_id(item.json),
        name: cx.shown(&item.name),
        docs: cx.docs(item.description),
        place,
        method: "GET".to_owned(),
        url: crate::ir::Url::default(),
        headers: Vec::new(),
        params: Vec::new(),
        body: crate::ir::Body::None,
        drops_body: false,
        declared_body: None,
        declared: Vec::new(),
        optional_body: false,
        summary: None,
        fills: Vec::new(),
        placeholders: Vec::new(),
        pages: None,
        stores: item.stores.clone(),
        gives: Vec::new(),
        idempotent: None,
        security: Security::default(),
        behavior: switches.into_behavior(),
        results,
        errors,
        source: source::lower(cx, item.json),
    };
    match &item.request {
        Some(request) => lower_request(cx, request, inherited, &mut operation),
        None => report_empty_url(cx, &item.pointer),
    }
    operation
}

/// Methods whose body Postman does not send, unless it is told to.
const WITHOUT_BODY: &[&str] = &["GET", "COPY", "HEAD", "PURGE", "UNLOCK"];

fn lower_request(
    cx: &mut Cx<'_>,
    request: &model::Request<'_>,
    inherited: &Inherited<'_, '_>,
    operation: &mut Operation,
) {
    if !request.description.trim().is_empty() {
        operation.docs = cx.docs(request.description);
    }
    operation.method = method(request.method);
    operation.url = url::lower(cx, &request.url);
    if operation.url.base.is_empty() && operation.url.query.is_empty() {
        report_empty_url(cx, &request.pointer);
    }
    operation.headers = entries::lower_headers(cx, &request.headers);
    let auth = request.auth.as_ref().or(inherited.auth);
    operation.security = auth.map_or_else(Security::default, |auth| auth::lower(cx, auth));
    operation.body = body::lower(cx, request.body.as_ref(), &request.headers);
    operation.placeholders = std::mem::take(&mut cx.placeholders).into_iter().collect();
    operation.drops_body = !operation.behavior.keep_body && WITHOUT_BODY.contains(&operation.method.as_str());
}

fn report_empty_url(cx: &mut Cx<'_>, pointer: &str) {
    cx.warn(
        Code::EmptyUrl,
        pointer,
        "the request has no address; Postman refuses to send it, and so does the function",
        "give it a URL (of a URL object only the parts count, not `raw`)",
    );
}

fn method(value: Option<&Value<'_>>) -> String {
    let text = value
        .filter(|value| !value.is_null())
        .map(js::to_string)
        .unwrap_or_default();
    if text.is_empty() {
        "GET".to_owned()
    } else {
        text.to_uppercase()
    }
}

/// One credential per scheme, in order of first use.
fn credentials(root: &Folder) -> Vec<Credential> {
    let mut credentials: Vec<Credential> = Vec::new();
    for SchemeUse { scheme, place, .. } in root.schemes() {
        if !credentials.iter().any(|credential| credential.scheme == *scheme) {
            credentials.push(Credential {
                scheme,
                place: place.clone(),
            });
        }
    }
    credentials
}
