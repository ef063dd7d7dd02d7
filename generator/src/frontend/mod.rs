//! From text to the neutral model: one folder per input format, and the dispatch between them.
//!
//! In: a [`Source`] as it was read from disk. Out: an [`Api`], or nothing and an error in the sink. What is not
//! understood degrades and is reported; only what is neither a collection nor a description is an error.

pub(crate) mod beside;
mod json;
mod openapi;
mod postman;
mod text;
#[cfg(feature = "yaml")]
mod yaml;

use crate::config::Config;
#[cfg(not(feature = "yaml"))]
use crate::diag::Code;
use crate::diag::Sink;
use crate::ir::{Api, Place};
use json::Value;

/// A collection and what lies beside it, as bytes.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The collection's file name, without folders.
    pub file: String,
    /// The collection's bytes.
    pub bytes: Vec<u8>,
    /// Other files that a description refers to, by their path from its folder: path and bytes.
    pub parts: Vec<(String, Vec<u8>)>,
    /// Files of variables beside it, environments and globals: name and bytes, in the order of their names.
    pub environments: Vec<(String, Vec<u8>)>,
}

impl Source {
    /// A collection without environments.
    pub fn new(file: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            file: file.into(),
            bytes: bytes.into(),
            parts: Vec::new(),
            environments: Vec::new(),
        }
    }
}

/// The other files that a text refers to, as it writes them; none unless it is a description or a part of one.
pub fn references(text: &str) -> Vec<String> {
    openapi::references(text)
}

/// The path of a file that is named in another, from the folder of the first; `None` for what is not on this disk.
pub fn part_beside(file: &str, named: &str) -> Option<String> {
    openapi::part_beside(file, named)
}

/// Reads a source into the neutral model.
pub fn read(source: &Source, config: &Config, sink: &mut Sink) -> Option<Api> {
    sink.keep_map(&source.file, json::JsonMap::default());
    let text = text::decode(&source.file, &source.bytes, sink)?;
    let document = parse(&text, &source.file, sink)?;
    let mut api = if openapi::is_description(&document) {
        openapi::read(&document, source, config, sink)
    } else {
        postman::read(&document, &text, source, config, sink)
    };
    if let Some(api) = &mut api {
        api.root.number();
    }
    keep_text(source, sink);
    api
}

/// The document: JSON, or YAML if that is what its name or its first character says.
pub(in crate::frontend) fn parse<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    if is_yaml(text, file) {
        return yaml(text, file, sink);
    }
    json::parse(text, file, sink)
}

/// Says how places of a file are found that was read as another's part.
fn keep_map(file: &str, sink: &mut Sink) {
    #[cfg(feature = "yaml")]
    if is_yaml("", file) {
        return sink.keep_map(file, yaml::YamlMap);
    }
    sink.keep_map(file, json::JsonMap::default());
}

fn is_yaml(text: &str, file: &str) -> bool {
    let extension = file.rsplit('.').next().unwrap_or_default();
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    matches!(extension, "yaml" | "yml") && !looks_like_json || openapi::is_yaml(text) && extension != "json"
}

#[cfg(feature = "yaml")]
fn yaml<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    sink.keep_map(file, yaml::YamlMap);
    yaml::parse(text, file, sink)
}

#[cfg(not(feature = "yaml"))]
fn yaml<'a>(_text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    sink.error(
        Code::NotYaml,
        &Place::of_file(file),
        "this is YAML, which takes the feature `yaml` of letterpress",
        "say so among the build dependencies: `letterpress = { version = \"…\", features = [\"yaml\"] }`",
    );
    None
}

/// The JSON that a YAML text says; `None` if it is none.
#[cfg(feature = "yaml")]
pub fn json_of_yaml(text: &str) -> Option<String> {
    yaml::parse(text, "", &mut Sink::default()).map(|value| value.to_string())
}

/// Keeps the source's text for its findings, those that later rooms made; without any, so long a text is not copied.
pub fn keep_text(source: &Source, sink: &mut Sink) {
    for (file, bytes) in &source.parts {
        if sink.wants_text(file) {
            let text = text::decode_bytes(bytes, &Place::of_file(file), &mut Sink::default()).into_owned();
            sink.keep_text(file, text);
        }
    }
    if sink.wants_text(&source.file) {
        // What is wrong with the bytes was reported when they were read.
        let place = Place::of_file(&source.file);
        let text = text::decode_bytes(&source.bytes, &place, &mut Sink::default());
        let text = text.into_owned();
        sink.keep_text(&source.file, text);
    }
}
