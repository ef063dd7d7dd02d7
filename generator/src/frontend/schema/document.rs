//! A description as a document: its version, and what its references lead to.
//!
//! In: the JSON of a description. Out: values, each with the pointer to where it stands. A value that several references lead to is
//! one place. What leads nowhere is reported once, and is as if it said nothing.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::frontend) use super::at::At;
use super::at::{Ways, search};
use crate::diag::{Code, Sink};
use crate::frontend::json::Value;
use crate::ir::{Locator, Place};

/// Longer ways from reference to reference are circles.
const MOST_HOPS: usize = 64;

/// What stands where nothing is.
static NOTHING: Value<'static> = Value::Null;

/// A description.
pub(in crate::frontend) struct Document<'a> {
    pub(in crate::frontend) root: &'a Value<'a>,
    pub(in crate::frontend) version: Version,
    pub(in crate::frontend) file: &'a str,
    /// Other files, by their path from the folder of this one.
    parts: &'a BTreeMap<String, Value<'a>>,
    sink: RefCell<&'a mut Sink>,
    /// What was reported already.
    said: RefCell<BTreeSet<(Code, String)>>,
    /// The schemas that have another as a part, by where that one stands; once somebody asks.
    pub(super) children: OnceCell<BTreeMap<String, Vec<String>>>,
    ways: Ways<'a>,
}

/// The versions that differ in what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::frontend) enum Version {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and 3.2, whose schemas are JSON Schema.
    V31,
}

impl<'a> Document<'a> {
    pub(in crate::frontend) fn new(
        root: &'a Value<'a>,
        parts: &'a BTreeMap<String, Value<'a>>,
        version: Version,
        file: &'a str,
        sink: &'a mut Sink,
    ) -> Self {
        Self {
            root,
            version,
            file,
            parts,
            sink: RefCell::new(sink),
            said: RefCell::default(),
            children: OnceCell::new(),
            ways: Ways::default(),
        }
    }

    /// The whole.
    pub(in crate::frontend) fn top(&self) -> At<'a> {
        At {
            value: self.root,
            pointer: String::new(),
        }
    }

    /// Every file whole.
    pub(in crate::frontend) fn roots(&self) -> impl Iterator<Item = &'a Value<'a>> {
        std::iter::once(self.root).chain(self.parts.values())
    }

    /// What a value is once references are followed; nothing if they lead nowhere.
    pub(in crate::frontend) fn resolve(&self, at: At<'a>) -> At<'a> {
        let mut at = at;
        for _ in 0..MOST_HOPS {
            // What is bound later is bound here.
            let Some(reference) = at.text("$ref").or_else(|| at.text("$dynamicRef")) else {
                return at;
            };
            let Some(found) = self.find(reference, &at.pointer) else {
                self.warn(
                    Code::Reference,
                    &at.pointer,
                    format!("the reference `{reference}` leads nowhere"),
                    "write the path to something in this file, `#/components/schemas/Name`, or in one below its folder",
                );
                return At {
                    value: &NOTHING,
                    pointer: at.pointer,
                };
            };
            at = found;
        }
        let message = "the reference leads back to itself";
        self.warn(Code::Reference, &at.pointer, message, "let it lead to a schema");
        At {
            value: &NOTHING,
            pointer: at.pointer,
        }
    }

    /// What a reference names, which may be a reference again; `from` is where it stands.
    pub(in crate::frontend) fn find(&self, reference: &str, from: &str) -> Option<At<'a>> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = percent_decoded(fragment);
        let own = file_of(from);
        let base = if file.is_empty() {
            self.identified(from)
        } else {
            self.by_identity(file)
        };
        // Many write the way from the top of the document all the same.
        if let Some(found) = base.and_then(|base| self.ways.within(base, &fragment)) {
            return Some(found);
        }
        let file = if file.is_empty() {
            own.to_owned()
        } else {
            beside(own, &percent_decoded(file))?
        };
        let file = if file == self.file { "" } else { &file };
        self.ways.within(self.in_file(file, "")?, &fragment)
    }

    /// The resource that a place is in, if it says its own identity.
    fn identified(&self, from: &str) -> Option<At<'a>> {
        if self.version != Version::V31 {
            return None;
        }
        let file = file_of(from);
        let pointer = from.get(file.len()..).unwrap_or_default().trim_start_matches('#');
        let mut at = self.in_file(file, "")?;
        let mut found = None;
        for name in pointer.split('/').skip(1) {
            at = self.ways.step(at, &format!("/{name}"))?;
            if at.text("$id").is_some() {
                found = Some(at.clone());
            }
        }
        found
    }

    /// The resource of this identity, as far as it is written alike.
    fn by_identity(&self, named: &str) -> Option<At<'a>> {
        if self.version != Version::V31 {
            return None;
        }
        let named = named.trim_start_matches("./");
        let is_it = |id: &str| id == named || id.rsplit('/').next() == Some(named);
        let says = |at: &At<'a>| at.text("$id").is_some_and(is_it);
        let schemas = self.top().get("components")?.get("schemas")?;
        search(&schemas, 0, &says)
    }

    /// What stands at a place.
    pub(in crate::frontend) fn at(&self, place: &Place) -> Option<At<'a>> {
        let file = if place.file == self.file { "" } else { &place.file };
        self.in_file(file, place.at.token())
    }

    /// The pointer of ours to a place.
    pub(in crate::frontend) fn pointer(&self, place: &Place) -> String {
        let token = place.at.token();
        if place.file == self.file {
            token.to_owned()
        } else {
            format!("{}#{token}", place.file)
        }
    }

    /// What stands where a pointer of ours says.
    pub(in crate::frontend) fn at_pointer(&self, pointer: &str) -> Option<At<'a>> {
        let file = file_of(pointer);
        let fragment = pointer.get(file.len()..).unwrap_or_default();
        self.in_file(file, fragment.trim_start_matches('#'))
    }

    /// What stands in a file, this one if it has no name.
    fn in_file(&self, file: &str, pointer: &str) -> Option<At<'a>> {
        let at = if file.is_empty() {
            self.top()
        } else {
            At {
                value: self.parts.get(file)?,
                pointer: format!("{file}#"),
            }
        };
        self.ways.step(at, pointer)
    }

    /// Reports what was degraded, once for each place.
    pub(in crate::frontend) fn warn(
        &self,
        code: Code,
        pointer: &str,
        message: impl Into<String>,
        help: &str,
    ) {
        if self.said.borrow_mut().insert((code, pointer.to_owned())) {
            let place = self.place(pointer, &[]);
            self.sink.borrow_mut().warn(code, &place, message, help);
        }
    }

    pub(in crate::frontend) fn place(&self, pointer: &str, breadcrumb: &[String]) -> Place {
        let file = file_of(pointer);
        let token = pointer
            .get(file.len()..)
            .unwrap_or_default()
            .trim_start_matches('#');
        Place {
            file: if file.is_empty() { self.file } else { file }.to_owned(),
            at: Locator::new(token),
            breadcrumb: breadcrumb.into(),
            nth: 0,
        }
    }
}

/// The file that a pointer of ours is in; empty for the first.
pub(in crate::frontend) fn file_of(pointer: &str) -> &str {
    if pointer.starts_with('/') {
        return "";
    }
    pointer.split_once('#').map_or("", |(file, _)| file)
}

/// The path of a file that is named in another; `None` for what is not on this disk.
pub(in crate::frontend) fn beside(file: &str, named: &str) -> Option<String> {
    if named.contains("://") || named.starts_with('/') {
        return None;
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in named.split('/') {
        match step {
            "" | "." => {}
            ".." if path.last().is_none_or(|last| *last == "..") => path.push(".."),
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

/// A text in which `%7B` is `{`.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let hex = others.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .filter(|_| *first == b'%')
        {
            Some(byte) => {
                bytes.push(byte);
                rest = others.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::json;

    #[test]
    fn references_are_followed_as_far_as_they_lead() {
        let text = r##"{"a/b": {"~c": [{"x": 1}, {"$ref": "#/a~1b/~0c/0"}]}, "round": {"$ref": "#/round"},
            "components": {"schemas": {"S{1}": {"$anchor": "here", "type": "string"}}}}"##;
        let mut sink = Sink::default();
        let root = json::parse(text, "d.json", &mut sink).unwrap();
        let other = json::parse(
            r##"{"x": {"$ref": "d.json#/a~1b/~0c/0"}, "y": {"$ref": "#/x"}}"##,
            "o.json",
            &mut sink,
        );
        let parts = BTreeMap::from([
            (
                "p/o.json".to_owned(),
                json::parse("{}", "p/o.json", &mut Sink::default()).unwrap(),
            ),
            ("o.json".to_owned(), other.unwrap()),
        ]);
        let document = Document::new(&root, &parts, Version::V31, "d.json", &mut sink);
        for (reference, pointer) in [
            ("#/a~1b/~0c/0", Some("/a~1b/~0c/0")),
            ("#/a~1b/~0c/1", Some("/a~1b/~0c/0")),
            ("#/components/schemas/S%7B1%7D", Some("/components/schemas/S{1}")),
            ("#here", Some("/components/schemas/S{1}")),
            ("#/a~1b/~0c/2", None),
            ("#/a~1b/~0c/x", None),
            ("other.json#/a", None),
            ("o.json#/x", Some("/a~1b/~0c/0")),
            ("./p/../o.json#/y", Some("/a~1b/~0c/0")),
            ("p/o.json", Some("p/o.json#")),
            ("https://example.com/o.json#/x", None),
        ] {
            let found = document
                .find(reference, "")
                .map(|at| document.resolve(at).pointer);
            assert_eq!(found.as_deref(), pointer, "{reference}");
        }
        assert!(
            document
                .resolve(document.top().get("round").unwrap())
                .value
                .is_null()
        );
        drop(document);
        assert_eq!(sink.len(), 1);
    }
}
