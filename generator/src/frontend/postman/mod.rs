//! Postman collections: v3, v2.1, v2.0, v1, wrapped ones, and single items.
//!
//! In: a collection's text, or the files of its folder. Out: the neutral model. The way is text → JSON → (v1, v3: converted) →
//! [`model`] → [`Api`]. What Postman puts on the wire is what the model is lowered to; scripts are not looked at.

mod format;
mod js;
mod lower;
mod model;
mod other;
mod parse;
mod url_text;
mod v1;
mod v3;
mod variable;

use std::collections::BTreeSet;

use super::Source;
use super::json::{JsonMap, Value};
use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::ir::{Api, Place};
use format::Format;

/// Whether a path, from the folder of a collection, is that of a file which only collections of v3 have.
pub(in crate::frontend) use v3::is_of_tree;

/// Reads a collection; `None` if it is none, which is reported as an error.
pub(super) fn read(
    document: &Value<'_>,
    text: &str,
    source: &Source,
    config: &Config,
    sink: &mut Sink,
) -> Option<Api> {
    let mut found = format::detect(document, &source.file, sink)?;
    found.pointer.insert_str(0, &source.at);
    let converted = match found.format {
        Format::Collection | Format::Item => None,
        Format::V1Collection => {
            let converted = v1::convert(found.value, &found.pointer, &source.file, sink);
            sink.keep_map(&source.file, JsonMap::of_converted(converted.origins));
            Some(converted.collection)
        }
        Format::V1Request => Some(v1::convert_item(found.value)),
        Format::V3Collection => {
            let root = v3::of_json(found.value, &source.file, &found.pointer);
            return nodes(&root, text, source, config, sink);
        }
    };
    let value = converted.as_ref().unwrap_or(found.value);
    let is_item = matches!(found.format, Format::Item | Format::V1Request);
    collection(value, &found.pointer, is_item, text, source, config, sink)
}

/// Reads the files of a folder, each with what it holds; `text` is that of all of them.
pub(super) fn read_tree<'a>(
    files: impl IntoIterator<Item = (String, Value<'a>)>,
    text: &str,
    source: &Source,
    config: &Config,
    sink: &mut Sink,
) -> Option<Api> {
    let root = v3::read_tree(&source.file, files);
    nodes(&root, text, source, config, sink)
}

fn nodes(root: &v3::Node<'_>, text: &str, source: &Source, config: &Config, sink: &mut Sink) -> Option<Api> {
    let converted = v3::convert(root, sink);
    sink.keep_origins(&source.file, converted.origins);
    let mut api = collection(&converted.collection, "", false, text, source, config, sink)?;
    v3::apply(&mut api, &converted.schemas, &source.file, config, sink);
    Some(api)
}

/// Reads what is, or became, a collection of v2.1.
fn collection(
    value: &Value<'_>,
    pointer: &str,
    is_item: bool,
    text: &str,
    source: &Source,
    config: &Config,
    sink: &mut Sink,
) -> Option<Api> {
    let mut parser = parse::Parser {
        file: &source.file,
        sink,
        breadcrumb: Vec::new(),
        set_by_scripts: BTreeSet::new(),
    };
    let collection = if is_item {
        single(parse::parse_item(&mut parser, value, pointer))
    } else {
        parse::parse_collection(&mut parser, value, pointer)
    };
    let set_by_scripts = parser.set_by_scripts;
    if collection.nodes.is_empty() {
        let place = Place::of_file(&source.file);
        let help = "add a request to it in Postman, and export it again";
        sink.error(Code::EmptyCollection, &place, "the collection has no items", help);
        return None;
    }
    let mut api = lower::lower(&collection, value, text, source, config, sink);
    for variable in &mut api.variables {
        variable.set_by_script = set_by_scripts.contains(&variable.name);
    }
    Some(api)
}

/// A collection of one item, named after it.
fn single(item: model::Item<'_>) -> model::Collection<'_> {
    model::Collection {
        pointer: String::new(),
        name: item.name.clone(),
        description: "",
        auth: None,
        variables: Vec::new(),
        behavior: None,
        nodes: vec![model::Node::Item(Box::new(item))],
    }
}
