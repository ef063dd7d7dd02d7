//! Where elements of a JSON text stand: the map from JSON pointers to offsets, for `diag`.
//!
//! In: pointers (RFC 6901) and the text they point into. Out: where their elements begin, found in one pass over the text.
//! A pointer that leads nowhere gets the place of the nearest element above it. The text need not be valid beyond what
//! was parsed of it.

use std::collections::BTreeMap;

use crate::diag::SourceMap;
use crate::ir::Locator;

/// The map of one JSON text.
#[derive(Debug, Default)]
pub(in crate::frontend) struct JsonMap {
    /// Where elements of a converted document come from: pointer there, pointer in the text.
    origins: BTreeMap<String, String>,
}

impl JsonMap {
    /// The map of a text that was converted from an older format, with where elements come from.
    pub(in crate::frontend) fn of_converted(origins: impl IntoIterator<Item = (String, String)>) -> Self {
        Self {
            origins: origins.into_iter().collect(),
        }
    }
}

impl SourceMap for JsonMap {
    fn offsets(&self, text: &str, wanted: &[&Locator]) -> Vec<Option<usize>> {
        let pointers: Vec<String> = wanted
            .iter()
            .map(|locator| original(locator.token(), &self.origins))
            .collect();
        let mut tree = Node::default();
        for pointer in &pointers {
            tree.want(pointer);
        }
        let mut scanner = Scanner { text, at: 0 };
        scanner.value(&mut tree, 0);
        pointers.iter().map(|pointer| tree.offset(pointer)).collect()
    }

    fn is_within(&self, part: &Locator, whole: &Locator) -> bool {
        // Not of the text, but of the document as it was converted: its tree is the one that was read.
        let rest = part.token().strip_prefix(whole.token());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The pointer into the source: the longest part of it that was converted is put back.
fn original(pointer: &str, origins: &BTreeMap<String, String>) -> String {
    if origins.is_empty() {
        return pointer.to_owned();
    }
    let mut end = pointer.len();
    loop {
        let (head, tail) = pointer.split_at(end);
        if let Some(origin) = origins.get(head) {
            return format!("{origin}{tail}");
        }
        match head.rfind('/') {
            Some(slash) => end = slash,
            None => return pointer.to_owned(),
        }
    }
}

/// The wanted pointers, as a tree of their members, and what was found of them.
#[derive(Default)]
struct Node {
    offset: Option<usize>,
    members: BTreeMap<String, Node>,
}

impl Node {
    fn want(&mut self, pointer: &str) {
        let mut node = self;
        for member in pointer.split('/').skip(1) {
            node = node
                .members
                .entry(member.replace("~1", "/").replace("~0", "~"))
                .or_default();
        }
    }

    fn offset(&self, pointer: &str) -> Option<usize> {
        let mut node = self;
        let mut offset = self.offset;
        for member in pointer.split('/').skip(1) {
            let Some(next) = node.members.get(&member.replace("~1", "/").replace("~0", "~")) else {
                break;
            };
            node = next;
            offset = node.offset.or(offset);
        }
        offset
    }
}

/// Walks over JSON text, into the wanted elements and past all others.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// As deep as the parser goes.
const MAX_DEPTH: usize = 128;

impl Scanner<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn value(&mut self, wanted: &mut Node, depth: usize) {
        let first = self.peek();
        wanted.offset = Some(self.at);
        if wanted.members.is_empty() || depth > MAX_DEPTH {
            self.skip();
            return;
        }
        match first {
            Some(b'{') => self.object(wanted, depth),
            Some(b'[') => self.list(wanted, depth),
            Some(_) | None => self.skip(),
        }
    }

    fn object(&mut self, wanted: &mut Node, depth: usize) {
        self.at += 1;
        while self.peek() == Some(b'"') {
            let start = self.at;
            self.skip();
            let key = self.text.get(start..self.at).unwrap_or_default();
            let key: String = serde_json::from_str(key).unwrap_or_default();
            if self.peek() == Some(b':') {
                self.at += 1;
            }
            match wanted.members.get_mut(&key) {
                Some(member) => self.value(member, depth + 1),
                None => self.skip(),
            }
            if self.at == start {
                return;
            }
            if self.peek() == Some(b',') {
                self.at += 1;
            }
        }
        self.at += 1;
    }

    fn list(&mut self, wanted: &mut Node, depth: usize) {
        self.at += 1;
        let mut index = 0_usize;
        while let Some(byte) = self.peek()
            && byte != b']'
        {
            let start = self.at;
            match wanted.members.get_mut(&index.to_string()) {
                Some(element) => self.value(element, depth + 1),
                None => self.skip(),
            }
            if self.at == start {
                return;
            }
            index += 1;
            if self.peek() == Some(b',') {
                self.at += 1;
            }
        }
        self.at += 1;
    }

    /// Goes past one value, however deep it is.
    fn skip(&mut self) {
        self.peek();
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' | b':' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            let ended = matches!(byte, b'"' | b'}' | b']');
            if depth == 0 && ended {
                return;
            }
        }
    }

    fn skip_string(&mut self) {
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => 1,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_found_in_one_pass() {
        let text = "{ \"a\\u0062\": [1, {\"x\": \"}\\\"\"}, null],\n  \"ü\": {\"k\": 2}, \"a/b\": 3}";
        let pointers = ["", "/ab/1/x", "/ab/2", "/ü/k", "/a~1b", "/ü/gone/deeper"].map(Locator::new);
        let found = JsonMap::default().offsets(text, &pointers.each_ref());
        let rest = found.iter().map(|offset| text.get((*offset)?..));
        let rest: Vec<_> = rest.map(|rest| rest.unwrap_or("gone")).collect();
        for (rest, start) in rest.iter().zip(["{ ", "\"}", "null", "2}", "3}", "{\"k"]) {
            assert!(rest.starts_with(start), "{rest}");
        }
    }

    #[test]
    fn what_was_converted_is_found_where_it_comes_from() {
        let text = r#"{"requests": [{}, {"url": 1}]}"#;
        let origins = [("/item/0".to_owned(), "/requests/1".to_owned())];
        let wanted = Locator::new("/item/0/url");
        let found = JsonMap::of_converted(origins).offsets(text, &[&wanted]);
        assert_eq!(found, [text.find("1}")]);
    }
}
