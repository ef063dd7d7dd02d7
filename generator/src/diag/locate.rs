//! Gives findings their line and column.
//!
//! In: the findings of a file, its text, and the map that the front end which read it brought. Out: positions and source
//! lines. How a place is written is the map's own business.

use std::fmt;

use super::{Code, Diagnostic, Position};
use crate::ir::Locator;
use crate::secrets;

/// A line above this length is no help: the whole document is in it.
const LONGEST_LINE: usize = 200;

/// From where something is, as a front end writes it, to where that is in the text.
pub trait SourceMap: fmt::Debug + Send + Sync {
    /// The byte at which each of these begins in the text, or the nearest thing around it that is there; in their order.
    fn offsets(&self, text: &str, wanted: &[&Locator]) -> Vec<Option<usize>>;

    /// Whether something is another thing, or a part of it.
    fn is_within(&self, part: &Locator, whole: &Locator) -> bool;
}

/// Gives every finding of this file its position and its source line.
pub(super) fn locate(diagnostics: &mut [Diagnostic], file: &str, text: &str, map: Option<&dyn SourceMap>) {
    let mut mine: Vec<&mut Diagnostic> = diagnostics
        .iter_mut()
        .filter(|diagnostic| diagnostic.place.file == file)
        .collect();
    if mine.is_empty() {
        return;
    }
    let lines = Lines::new(text);
    let mut open: Vec<_> = mine
        .iter_mut()
        .filter(|diagnostic| diagnostic.position.is_none())
        .collect();
    let wanted: Vec<&Locator> = open.iter().map(|diagnostic| &diagnostic.place.at).collect();
    let found = map.map(|map| map.offsets(text, &wanted)).unwrap_or_default();
    for (diagnostic, offset) in open.iter_mut().zip(found) {
        diagnostic.position = offset.map(|offset| lines.position(offset));
    }
    for diagnostic in mine {
        // The line of a credential is the credential.
        if let Some(position) = diagnostic.position
            && diagnostic.code != Code::Credential
            && diagnostic.source_line.is_none()
        {
            let line = Some(lines.line(position.line)).filter(|line| line.len() <= LONGEST_LINE);
            diagnostic.source_line = line.map(|line| secrets::redact(line).into_owned());
        }
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
