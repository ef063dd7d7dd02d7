//! Collections of the format v3 into v2.1: folders of YAML files as they lie in repositories, and one JSON of the same.
//!
//! In: the nodes of a collection. Out: the JSON of the v2.1 collection, and where its elements come from. What v3 says in
//! another way is said as v2.1 does; what only one of the two can say is left out or reported. Rules are those of
//! Postman's own reference, its linter and its converter.

mod entries;
mod keys;
mod node;
mod origins;
mod request;
mod response;
mod scripts;
mod tree;
mod typed;
mod value;

pub(super) use node::{Node, of_json};
pub(in crate::frontend) use tree::is_of_tree;
pub(super) use tree::read as read_tree;
pub(super) use typed::apply;

use crate::diag::{Code, Origin, Sink};
use crate::frontend::json::{Map, Value};
use crate::ir::{Locator, Place};
use origins::Origins;
use value::copy;

/// A converted collection.
pub(super) struct Converted<'a> {
    /// The v2.1 collection.
    pub collection: Value<'a>,
    /// Where its elements come from.
    pub origins: Vec<Origin>,
    /// What is declared of its elements.
    pub schemas: Vec<Schema>,
}

/// A schema of `$type`, which v2.1 does not have.
pub(super) struct Schema {
    /// What it is of: a body, a saved answer or an entry of the converted collection.
    pub pointer: String,
    /// The JSON of the schema.
    pub text: String,
    /// Where it is written.
    pub file: String,
    pub at: String,
}

/// What converting carries along.
struct Cx<'s> {
    sink: &'s mut Sink,
    origins: Origins,
    schemas: Vec<Schema>,
    /// Names of the folders and the item above the current element.
    breadcrumb: Vec<String>,
}

impl Cx<'_> {
    /// Keeps what is declared of an element of the converted collection.
    fn declare(&mut self, node: &Node<'_>, pointer: String, own: &str, text: &str) {
        if !text.trim().is_empty() {
            self.schemas.push(Schema {
                pointer,
                text: text.to_owned(),
                file: node.file.clone(),
                at: format!("{}{own}", node.pointer),
            });
        }
    }

    fn warn(&mut self, code: Code, node: &Node<'_>, pointer: &str, message: impl Into<String>, help: &str) {
        let place = Place {
            file: node.file.clone(),
            at: Locator::new(format!("{}{pointer}", node.pointer)),
            breadcrumb: self.breadcrumb.as_slice().into(),
            nth: 0,
        };
        self.sink.warn(code, &place, message, help);
    }
}

/// Converts a collection.
pub(super) fn convert<'a>(root: &Node<'a>, sink: &mut Sink) -> Converted<'a> {
    let mut cx = Cx {
        sink,
        origins: Origins::default(),
        schemas: Vec::new(),
        breadcrumb: Vec::new(),
    };
    let mut collection = Map::new();
    let mut info = Map::new();
    info.insert("name", Value::text(root.name()));
    copy(&root.value, "description", &mut info);
    collection.insert("info", Value::Object(info));
    cx.origins.add("/info", root, "");
    common(&mut cx, root, "", &mut collection);
    let variables = entries::list(root.value.get("variables"));
    if !variables.is_empty() {
        collection.insert("variable", Value::Array(variables));
        cx.origins.add("/variable", root, "/variables");
    }
    let items = items(&mut cx, root, "/item");
    collection.insert("item", Value::Array(items));
    Converted {
        collection: Value::Object(collection),
        origins: cx.origins.into_list(),
        schemas: cx.schemas,
    }
}

/// What collections, folders and requests say alike.
fn common<'a>(cx: &mut Cx<'_>, node: &Node<'a>, pointer: &str, into: &mut Map<'a>) {
    keys::report(cx, node);
    cx.origins.add(pointer, node, "");
    if let Some(auth) = auth(cx, node) {
        into.insert("auth", auth);
        cx.origins.add(&format!("{pointer}/auth"), node, "/auth");
    }
    let events = scripts::events(&node.value);
    if !events.is_empty() {
        into.insert("event", Value::Array(events));
        cx.origins.add(&format!("{pointer}/event"), node, "/scripts");
    }
}

fn items<'a>(cx: &mut Cx<'_>, node: &Node<'a>, pointer: &str) -> Vec<Value<'a>> {
    let mut items = Vec::new();
    for child in &node.children {
        let at = format!("{pointer}/{}", items.len());
        cx.breadcrumb.push(crate::frontend::text::crumb(&child.name()));
        items.extend(item(cx, child, &at));
        cx.breadcrumb.pop();
    }
    items
}

fn item<'a>(cx: &mut Cx<'_>, node: &Node<'a>, pointer: &str) -> Option<Value<'a>> {
    let mut item = Map::new();
    item.insert("name", Value::text(node.name()));
    if node.is_folder {
        copy(&node.value, "description", &mut item);
        common(cx, node, pointer, &mut item);
        item.insert("item", Value::Array(items(cx, node, &format!("{pointer}/item"))));
        return Some(Value::Object(item));
    }
    let kind = node
        .value
        .get("$kind")
        .and_then(Value::as_str)
        .unwrap_or("http-request");
    if !["http-request", "graphql-request"].contains(&kind) {
        let message = format!("`{kind}` is no HTTP; leaving it out");
        let help = "nothing: a client of HTTP has no function for it";
        cx.warn(Code::Skipped, node, "/$kind", message, help);
        return None;
    }
    request::convert(cx, node, pointer, &mut item);
    let responses: Vec<Value<'a>> = node
        .examples
        .iter()
        .enumerate()
        .map(|(index, example)| response::convert(cx, example, &format!("{pointer}/response/{index}")))
        .collect();
    item.insert("response", Value::Array(responses));
    Some(Value::Object(item))
}

/// The authentication; `None` if it is inherited. Of several the last one is sent.
fn auth<'a>(cx: &mut Cx<'_>, node: &Node<'a>) -> Option<Value<'a>> {
    let said = node.value.get("auth")?;
    let auth = match said {
        Value::Array(several) => {
            if several.len() > 1 {
                let message = "several authentications are given; taking the last one, as Postman does";
                cx.warn(
                    Code::OddValue,
                    node,
                    "/auth",
                    message,
                    "keep the one that is sent",
                );
            }
            several.last()?
        }
        one => one,
    };
    let kind = auth
        .get("type")
        .and_then(Value::as_str)
        .filter(|kind| *kind != "inherit")?;
    let mut converted = Map::new();
    converted.insert("type", Value::text(kind.to_owned()));
    let params = entries::list(auth.get("credentials"));
    if !params.is_empty() {
        converted.insert(kind.to_owned(), Value::Array(params));
    }
    Some(Value::Object(converted))
}
