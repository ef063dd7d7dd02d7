//! Finds the line and column of JSON pointers, in one pass over the text for all findings of a file.
//!
//! In: findings whose places hold pointers, and the text they point into. Out: their positions and source lines.
//! A pointer that leads nowhere gets the position of the nearest element above it. The text need not be valid
//! beyond what was parsed of it.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Position};
use crate::secrets;

/// A line above this length is no help: the whole document is in it.
const LONGEST_LINE: usize = 200;

/// Gives every finding of this file its position and its source line.
pub(super) fn locate(diagnostics: &mut [Diagnostic], file: &str, text: &str, origins: &[(&str, &str)]) {
    let origins: BTreeMap<&str, &str> = origins.iter().copied().collect();
    let mut wanted = Node::default();
    let mine = |diagnostic: &&mut Diagnostic| diagnostic.place.file == file;
    if !diagnostics.iter_mut().any(|diagnostic| mine(&diagnostic)) {
        return;
    }
    for diagnostic in diagnostics.iter_mut().filter(mine) {
        if diagnostic.position.is_none() {
            wanted.want(&original(&diagnostic.place.pointer, &origins));
        }
    }
    let mut scanner = Scanner { text, at: 0 };
    scanner.value(&mut wanted, 0);
    let lines = Lines::new(text);
    for diagnostic in diagnostics.iter_mut().filter(mine) {
        let pointer = original(&diagnostic.place.pointer, &origins);
        let position = diagnostic
            .position
            .or_else(|| Some(lines.position(wanted.offset(&pointer)?)));
        diagnostic.position = position;
        // The line of a credential is the credential.
        if let Some(position) = position
            && diagnostic.code != Code::Credential
            && diagnostic.source_line.is_none()
        {
            let line = Some(lines.line(position.line)).filter(|line| line.len() <= LONGEST_LINE);
            diagnostic.source_line = line.map(|line| secrets::redact(line).into_owned());
        }
    }
}

/// The pointer into the source: the longest part of it that was converted is put back.
fn original(pointer: &str, origins: &BTreeMap<&str, &str>) -> String {
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

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(after).collect(),
        }
    }

    fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
            .copied()
            .unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or_default();
        Position {
            line: line.max(1),
            column: before.chars().count() + 1,
        }
    }

    fn line(&self, line: usize) -> &'a str {
        let start = line
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
            .copied();
        let rest = start.and_then(|start| self.text.get(start..)).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default().trim_end_matches('\r')
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
    use crate::diag::Sink;
    use crate::ir::Place;

    #[test]
    fn pointers_are_found_in_one_pass() {
        let text = "{ \"a\\u0062\": [1, {\"x\": \"}\\\"\"}, null],\n  \"ü\": {\"k\": 2}, \"a/b\": 3}";
        let mut sink = Sink::default();
        for pointer in ["", "/ab/1/x", "/ab/2", "/ü/k", "/a~1b", "/ü/gone/deeper"] {
            let place = Place {
                file: "f".into(),
                pointer: pointer.into(),
                breadcrumb: [].into(),
            };
            sink.warn(Code::DuplicateKey, &place, "m", "");
        }
        sink.keep_text("f", text.to_owned());
        let found: Vec<_> = sink
            .into_diagnostics()
            .iter()
            .map(|found| found.position)
            .collect();
        let expected = [(1, 1), (1, 24), (1, 32), (2, 14), (2, 25), (2, 8)];
        let expected: Vec<_> = expected
            .iter()
            .map(|(line, column)| {
                Some(Position {
                    line: *line,
                    column: *column,
                })
            })
            .collect();
        assert_eq!(found, expected);
    }
}
