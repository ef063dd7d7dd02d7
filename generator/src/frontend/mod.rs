//! From text to the neutral model: one folder per input format, and the dispatch between them.
//!
//! In: a [`Source`] as it was read from disk. Out: an [`Api`], or nothing and an error in the sink. What is not
//! understood degrades and is reported; only what is neither a collection nor a description is an error.

pub(crate) mod beside;
pub(crate) mod dump;
mod json;
mod openapi;
mod postman;
mod schema;
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
    /// The name of the collection's file or folder, without those above it.
    pub file: String,
    /// The collection's bytes; none of a folder.
    pub bytes: Vec<u8>,
    /// Where in them it stands, as a JSON pointer, if there are several: empty for the whole.
    pub at: String,
    /// Other files that a description refers to, or those of a folder, by their path from the folder that `file` is in: path and
    /// bytes.
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
            at: String::new(),
            parts: Vec::new(),
            environments: Vec::new(),
        }
    }
}

impl Source {
    /// A collection that is a folder; `parts` are its files, by their path in it.
    pub fn folder(name: impl Into<String>, parts: Vec<(String, Vec<u8>)>) -> Self {
        let name = name.into();
        let parts = parts.into_iter();
        Self {
            parts: parts
                .map(|(path, bytes)| (format!("{name}/{path}"), bytes))
                .collect(),
            ..Self::new(name, Vec::new())
        }
    }

    /// Whether it is a folder.
    fn is_folder(&self) -> bool {
        let above = format!("{}/", self.file);
        self.bytes.is_empty() && self.parts.iter().any(|(path, _)| path.starts_with(&above))
    }
}

/// The other files that a file refers to, as it writes them; none unless it is a description or a part of one.
pub fn references(bytes: &[u8]) -> Vec<String> {
    openapi::references(&text::lossy(bytes))
}

/// The path of a file that is named in another, from the folder of the first; `None` for what is not on this disk.
pub fn part_beside(file: &str, named: &str) -> Option<String> {
    schema::document::beside(file, named)
}

/// Reads a source into the neutral model.
pub fn read(source: &Source, config: &Config, sink: &mut Sink) -> Option<Api> {
    sink.keep_map(&source.file, json::JsonMap::default());
    if source.is_folder() {
        let mut api = read_folder(source, config, sink);
        if let Some(api) = &mut api {
            api.root.number();
        }
        keep_text(source, sink);
        return api;
    }
    let text = text::decode(&source.file, &source.bytes, sink)?;
    let document = parse(&text, &source.file, sink)?;
    let mut api = if openapi::is_description(&document) {
        openapi::read(&document, source, config, sink)
    } else {
        postman::read(dump::within(&document, &source.at)?, &text, source, config, sink)
    };
    if let Some(api) = &mut api {
        api.root.number();
    }
    keep_text(source, sink);
    api
}

/// Reads a folder of files, each by itself; one that cannot be read is left out.
fn read_folder(source: &Source, config: &Config, sink: &mut Sink) -> Option<Api> {
    let mut texts = Vec::with_capacity(source.parts.len());
    for (file, bytes) in &source.parts {
        texts.push((file, text::decode_bytes(bytes, &Place::of_file(file), sink)));
    }
    #[cfg(not(feature = "yaml"))]
    if let Some((file, text)) = texts.iter().find(|(file, text)| is_yaml(text, file)) {
        yaml(text, file, sink);
        return None;
    }
    let above = format!("{}/", source.file);
    let mut files = Vec::with_capacity(texts.len());
    for (file, text) in &texts {
        keep_map(file, sink);
        if let (Some(path), Some(value)) = (file.strip_prefix(&above), part(text, file, sink)) {
            files.push((path.to_owned(), value));
        }
    }
    let all: Vec<&str> = texts.iter().map(|(_, text)| &**text).collect();
    postman::read_tree(files, &all.join("\n"), source, config, sink)
}

/// What a file of several holds. YAML's numbers are texts as they are written: the format has none, and `007` is a name.
pub(in crate::frontend) fn part<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    #[cfg(feature = "yaml")]
    if is_yaml(text, file) {
        return yaml::parse_part(text, file, sink);
    }
    #[cfg(not(feature = "yaml"))]
    if is_yaml(text, file) {
        let message = "this is YAML, which takes the feature `yaml` of letterpress; leaving the file out";
        sink.warn(
            Code::NotRead,
            &Place::of_file(file),
            message,
            "name the feature among the build dependencies",
        );
        return None;
    }
    json::parse_part(text, file, sink)
}

/// What a repository of Postman's names beside what it keeps in its own folder: paths from the folder of the file that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// Collections, each a file or a folder.
    pub collections: Vec<String>,
    /// Files of variables.
    pub environments: Vec<String>,
}

/// Reads `.postman/resources.yaml`; what it says in another way is as if it were not there.
pub fn resources(text: &str) -> Resources {
    let document = part(text, "resources.yaml", &mut Sink::default()).unwrap_or_default();
    let list = |pointer: &str| {
        let list = document.pointer(pointer).and_then(Value::as_array);
        let paths = list.into_iter().flatten().filter_map(Value::as_str);
        paths.map(str::to_owned).collect()
    };
    Resources {
        collections: list("/localResources/collections"),
        environments: list("/localResources/environments"),
    }
}

/// Whether a path, from the folder of a collection, is that of a file which only such folders have.
pub fn is_of_folder(path: &str) -> bool {
    postman::is_of_tree(path)
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
