//! From text to the neutral model: one folder per input format, and the dispatch between them.
//!
//! In: a [`Source`] as it was read from disk. Out: an [`Api`], or nothing and an error in the sink. What is not
//! understood degrades and is reported; only what is no collection at all is an error.

pub(crate) mod beside;
mod json;
mod openapi;
mod postman;
mod text;

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::{Api, Place};

/// A collection and what lies beside it, as bytes.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The collection's file name, without folders.
    pub file: String,
    /// The collection's bytes.
    pub bytes: Vec<u8>,
    /// Files of variables beside it, environments and globals: name and bytes, in the order of their names.
    pub environments: Vec<(String, Vec<u8>)>,
}

impl Source {
    /// A collection without environments.
    pub fn new(file: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            file: file.into(),
            bytes: bytes.into(),
            environments: Vec::new(),
        }
    }
}

/// Reads a source into the neutral model.
pub fn read(source: &Source, config: &Config, sink: &mut Sink) -> Option<Api> {
    sink.keep_map(&source.file, json::JsonMap::default());
    let text = text::decode(&source.file, &source.bytes, sink)?;
    let document = json::parse(&text, &source.file, sink)?;
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

/// Keeps the source's text for its findings, those that later rooms made; without any, so long a text is not copied.
pub fn keep_text(source: &Source, sink: &mut Sink) {
    if sink.wants_text(&source.file) {
        // What is wrong with the bytes was reported when they were read.
        let place = Place::of_file(&source.file);
        let text = text::decode_bytes(&source.bytes, &place, &mut Sink::default());
        let text = text.into_owned();
        sink.keep_text(&source.file, text);
    }
}
