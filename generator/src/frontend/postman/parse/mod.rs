//! JSON into the model: accepts every form that Postman accepts, and never fails.
//!
//! In: the JSON of a v2 collection (or of one item). Out: the [`model`]. What is no element at all, as a number
//! in a list of items, is left out and reported. It refuses to know what any of it means on the wire.

mod auth;
mod body;
mod entries;
mod request;
mod response;
mod script_reads;
mod script_sets;
mod script_stores;
mod script_values;
mod script_words;
mod scripts;

pub(super) use entries::{parse_variables, split_query};

use std::collections::BTreeSet;

use crate::frontend::json::{Map, Value};

use super::model::{Collection, Folder, Item, Node, Url};
use crate::diag::{Code, Sink};
use crate::frontend::json::join;
use crate::frontend::text::crumb;
use crate::ir::{Locator, Place};

/// What the parser carries along.
pub(super) struct Parser<'s> {
    /// The source's file name.
    pub file: &'s str,
    /// Where findings go.
    pub sink: &'s mut Sink,
    /// Names of the folders and the item above the current element.
    pub breadcrumb: Vec<String>,
    /// Names of variables that scripts set, before a request or after it.
    pub set_by_scripts: BTreeSet<String>,
}

impl Parser<'_> {
    fn warn(&mut self, code: Code, pointer: &str, message: &str, help: &str) {
        let place = Place {
            file: self.file.to_owned(),
            at: Locator::new(pointer),
            breadcrumb: self.breadcrumb.as_slice().into(),
            nth: 0,
        };
        self.sink.warn(code, &place, message, help);
    }

    fn skipped(&mut self, pointer: &str, what: &str) {
        let message = format!("{what} is no JSON object; leaving it out");
        self.warn(
            Code::Skipped,
            pointer,
            &message,
            "remove it, or write it as an object",
        );
    }
}

/// Parses a collection that stands at `pointer`.
pub(super) fn parse_collection<'a>(
    parser: &mut Parser<'_>,
    value: &'a Value<'a>,
    pointer: &str,
) -> Collection<'a> {
    let info = value.get("info").unwrap_or(value);
    let name = text(info.get("name").or_else(|| value.get("name")));
    let description = [info, value]
        .into_iter()
        .map(description)
        .find(|text| !text.is_empty());
    let (variables, variables_key) = either(value, "variable", "variables");
    scripts::report(parser, value, pointer);
    Collection {
        name,
        description: description.unwrap_or_default(),
        auth: auth::parse_auth(value, pointer),
        variables: entries::parse_variables(variables, &join(pointer, variables_key)),
        behavior: behavior(value),
        nodes: parse_nodes(parser, value, pointer),
        pointer: pointer.to_owned(),
    }
}

/// Parses one item that stands at `pointer`.
pub(super) fn parse_item<'a>(parser: &mut Parser<'_>, value: &'a Value<'a>, pointer: &str) -> Item<'a> {
    let own_name = text(value.get("name"));
    let request = value.get("request").filter(|request| !request.is_null());
    let name = match request {
        Some(request) if own_name.is_empty() => text(request.get("name")),
        Some(_) | None => own_name,
    };
    parser.breadcrumb.push(crumb(&name));
    scripts::report(parser, value, pointer);
    let request = request.map(|request| request::parse_request(parser, request, &join(pointer, "request")));
    let (responses, responses_key) = either(value, "response", "responses");
    let responses = response::parse_responses(parser, responses, &join(pointer, responses_key));
    parser.breadcrumb.pop();
    Item {
        pointer: pointer.to_owned(),
        name,
        description: description(value),
        request,
        responses,
        behavior: behavior(value),
        stores: scripts::stores(value),
        json: value,
    }
}

fn parse_nodes<'a>(parser: &mut Parser<'_>, value: &'a Value<'a>, pointer: &str) -> Vec<Node<'a>> {
    let (items, key) = either(value, "item", "items");
    let pointer = join(pointer, key);
    let mut nodes = Vec::new();
    for (element, at) in elements(items, &pointer) {
        if element.is_object() {
            nodes.push(parse_node(parser, element, &at));
        } else {
            parser.skipped(&at, "item");
        }
    }
    nodes
}

fn parse_node<'a>(parser: &mut Parser<'_>, value: &'a Value<'a>, pointer: &str) -> Node<'a> {
    if !is_folder(value) {
        return Node::Item(Box::new(parse_item(parser, value, pointer)));
    }
    let name = text(value.get("name"));
    parser.breadcrumb.push(crumb(&name));
    scripts::report(parser, value, pointer);
    let nodes = parse_nodes(parser, value, pointer);
    parser.breadcrumb.pop();
    Node::Folder(Folder {
        pointer: pointer.to_owned(),
        name,
        description: description(value),
        auth: auth::parse_auth(value, pointer),
        behavior: behavior(value),
        nodes,
        json: value,
    })
}

/// Postman's rule: anything with a truthy `item` is a folder. A request beside `items` is not one, though.
pub(super) fn is_folder(value: &Value<'_>) -> bool {
    match (value.get("item"), value.get("items")) {
        (Some(item), _) => super::js::truthy(item),
        (None, Some(items)) => items.is_array() && value.get("request").is_none(),
        (None, None) => false,
    }
}

/// The elements of a list, or the members of a map in its place, with their pointers.
pub(super) fn elements<'v, 'a>(list: Option<&'v Value<'a>>, pointer: &str) -> Vec<(&'v Value<'a>, String)> {
    match list {
        Some(Value::Array(items)) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (item, format!("{pointer}/{index}")))
            .collect(),
        Some(Value::Object(members)) => members
            .iter()
            .map(|(key, item)| (item, join(pointer, key)))
            .collect(),
        Some(_) | None => Vec::new(),
    }
}

/// A member under its name, or under the name that older exports use.
pub(super) fn either<'a, 'k>(
    value: &'a Value<'a>,
    name: &'k str,
    other: &'k str,
) -> (Option<&'a Value<'a>>, &'k str) {
    match (value.get(name), value.get(other)) {
        (Some(found), _) => (Some(found), name),
        (None, Some(found)) => (Some(found), other),
        (None, None) => (None, name),
    }
}

/// Text as people wrote it: empty if missing or null.
pub(super) fn text(value: Option<&Value<'_>>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(value) => super::js::to_string(value),
    }
}

/// A description in either of its forms.
pub(super) fn description<'v>(value: &'v Value<'_>) -> &'v str {
    match value.get("description") {
        Some(Value::String(text)) => text,
        Some(Value::Object(members)) => members.get("content").and_then(Value::as_str).unwrap_or_default(),
        Some(_) | None => "",
    }
}

fn behavior<'a>(value: &'a Value<'a>) -> Option<&'a Map<'a>> {
    value.get("protocolProfileBehavior").and_then(Value::as_object)
}

/// Whether an address is one at all.
fn url_or_missing<'a>(url: Option<&'a Value<'a>>) -> Result<&'a Value<'a>, Url<'a>> {
    url.filter(|url| super::js::truthy(url)).ok_or(Url::Missing)
}
