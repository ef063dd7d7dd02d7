//! Text in which some pieces are data.
//!
//! In: trusted text of the collection, into which the resolver puts what a caller gave. Out: the same text with the
//! given pieces escaped for where they stand; until then they are only marked, so that nothing ever reads them as
//! `{{variables}}` or as structure.

use std::ops::Range;

/// Text, and which pieces of it a caller gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    text: String,
    given: Vec<Given>,
}

/// A piece that a caller gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Who gave it.
    pub(crate) origin: Origin,
}

/// Who gave a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The caller of one request.
    Call,
    /// Who built the client.
    Client,
}

/// One step through a text.
pub(crate) enum Part<'a> {
    /// Text of the collection.
    Trusted(&'a str),
    /// Text that a caller gave, and the collection's text that follows it.
    Given {
        value: &'a str,
        origin: Origin,
        rest: &'a str,
    },
}

impl Text {
    /// Text of the collection only.
    pub(crate) fn trusted(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            given: Vec::new(),
        }
    }

    /// The text, given pieces unescaped: for places where every text is data.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, given pieces unescaped.
    pub(crate) fn into_string(self) -> String {
        self.text
    }

    /// Whether a caller gave any of it.
    pub(crate) fn has_given(&self) -> bool {
        !self.given.is_empty()
    }

    /// Adds text of the collection.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a piece that a caller gave.
    pub(crate) fn push_given(&mut self, text: &str, origin: Origin) {
        let start = self.text.len();
        self.text.push_str(text);
        let range = start..self.text.len();
        self.given.push(Given { range, origin });
    }

    /// Adds this range of another text.
    pub(crate) fn push_range(&mut self, other: &Self, range: Range<usize>) {
        let offset = self.text.len();
        let Some(piece) = other.text.get(range.clone()) else {
            return;
        };
        self.text.push_str(piece);
        let inside = |given: &&Given| range.start <= given.range.start && given.range.end <= range.end;
        let moved = |given: &Given| Given {
            range: given.range.start - range.start + offset..given.range.end - range.start + offset,
            origin: given.origin,
        };
        self.given.extend(other.given.iter().filter(inside).map(moved));
    }

    /// Whether the byte at this index was given.
    pub(crate) fn is_given(&self, index: usize) -> bool {
        self.given.iter().any(|given| given.range.contains(&index))
    }

    /// The text from front to back.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let mut at = 0;
        let mut parts = Vec::with_capacity(self.given.len() * 2 + 1);
        for given in &self.given {
            parts.push(Part::Trusted(
                self.text.get(at..given.range.start).unwrap_or_default(),
            ));
            parts.push(Part::Given {
                value: self.text.get(given.range.clone()).unwrap_or_default(),
                origin: given.origin,
                rest: self.text.get(given.range.end..).unwrap_or_default(),
            });
            at = given.range.end;
        }
        parts.push(Part::Trusted(self.text.get(at..).unwrap_or_default()));
        parts.into_iter()
    }

    /// The first `{{name}}` that is still in the collection's text.
    pub(crate) fn unresolved(&self) -> Option<&str> {
        let token = next_token(self, 0)?;
        self.text.get(token.start + 2..token.end - 2)
    }
}

/// The next `{{name}}` at or behind an index: two braces, no brace, two braces, none of them given.
pub(crate) fn next_token(text: &Text, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_str().as_bytes();
    let mut start = from;
    loop {
        start += bytes.get(start..)?.windows(2).position(|pair| pair == b"{{")?;
        let is_brace = |index: usize| {
            matches!(bytes.get(index), Some(b'{' | b'}')) && !(text.has_given() && text.is_given(index))
        };
        let end = (start + 2..bytes.len()).find(|&index| is_brace(index))?;
        let closed = bytes.get(end..end + 2) == Some(b"}}") && is_brace(end + 1);
        if closed && is_brace(start) && is_brace(start + 1) {
            return Some(start..end + 2);
        }
        start += 1;
    }
}
