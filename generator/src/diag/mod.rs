//! What letterpress has to say about its input: findings with a stable code, a place and a way out.
//!
//! In: findings of every room, into a [`Sink`]. Out: [`Diagnostic`]s, which `render` shows with the source line.
//! A finding is a warning if something usable was made of the input all the same, else an error.

pub mod code;
mod explain;
mod locate;
pub mod render;

pub use code::Code;
pub use locate::SourceMap;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::ir::{Locator, Place, Scheme};
use crate::secrets::Known;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Its stable code: `PM0107`.
    pub code: Code,
    /// Warning or error.
    pub severity: Severity,
    /// Where in the source.
    pub place: Place,
    /// Lower case, no full stop, names the thing.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Line and column (1-based, in characters) of the place, once located in the source text.
    pub position: Option<Position>,
    /// The source line at the position, for rendering.
    pub source_line: Option<String>,
}

impl Diagnostic {
    /// Takes known credentials out of everything that is shown.
    fn hide(&mut self, known: &Known) {
        let hide = |text: &mut String| {
            if let Cow::Owned(clean) = known.redact_ours(text) {
                *text = clean;
            }
        };
        hide(&mut self.message);
        self.help.iter_mut().chain(&mut self.source_line).for_each(hide);
        if self
            .place
            .breadcrumb
            .iter()
            .any(|name| matches!(known.redact_ours(name), Cow::Owned(_)))
        {
            let names = self.place.breadcrumb.iter();
            self.place.breadcrumb = names.map(|name| known.redact_ours(name).into_owned()).collect();
        }
    }
}

/// What users give to the client in place of what was taken out of the collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A variable, by its name.
    Variable(String),
    /// A parameter of an authentication.
    Parameter(&'static Scheme, String),
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something usable was generated all the same.
    Warning,
    /// Nothing is generated.
    Error,
}

/// A line and column of a text, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl Position {
    /// The position of a byte of this text.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self {
            line: before.matches('\n').count() + 1,
            column,
        }
    }
}

/// Warnings that are not shown.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Wherever they are.
    pub everywhere: Vec<Code>,
    /// At these places, and at all that are in them.
    pub below: Vec<(Place, Code)>,
}

/// Where a part of a converted document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where it is in the converted document.
    pub pointer: String,
    /// The file that it was read from.
    pub file: String,
    /// Where it is in that file.
    pub at: String,
}

/// Findings of a part, to be appended to those of what is before it.
#[derive(Debug)]
pub struct Findings {
    diagnostics: Vec<Diagnostic>,
    given: Vec<(usize, Given)>,
}

/// Where rooms put their findings.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// Which findings are about something that users give, until it is known by which method.
    given: Vec<(usize, Given)>,
    /// The texts that places point into, by file name.
    texts: Vec<(String, String)>,
    /// How places of a file are found in its text, by file name.
    maps: BTreeMap<String, Box<dyn SourceMap>>,
    /// Where parts of converted documents come from, by the file that the document stands for, and by pointer.
    origins: BTreeMap<String, BTreeMap<String, Origin>>,
    /// Credentials of each collection that was read: none of them is shown.
    known: Vec<Known>,
}

impl Sink {
    /// Reports that something was generated, but not what the collection says.
    pub fn warn(&mut self, code: Code, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Warning, place, message.into(), help.into());
    }

    /// Reports that nothing can be generated.
    pub fn error(&mut self, code: Code, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(code, Severity::Error, place, message.into(), help.into());
    }

    /// Reports an error in a text of the user's own, whose position is known already.
    pub fn error_at(
        &mut self,
        code: Code,
        place: Place,
        position: Option<Position>,
        line: &str,
        message: String,
        help: &str,
    ) {
        // A settings file is read once for each collection that it speaks of, and is wrong only once.
        let is_known = |known: &Diagnostic| {
            known.position == position && known.message == message && known.place.file == place.file
        };
        if position.is_some() && self.diagnostics.iter().any(is_known) {
            return;
        }
        self.push(code, Severity::Error, &place, message, help.to_owned());
        if let Some(last) = self.diagnostics.last_mut() {
            last.position = position;
            last.source_line = position.map(|_| line.to_owned());
        }
    }

    /// Says that users give this in place of what the last finding is about.
    pub fn set_given(&mut self, given: Given) {
        if let Some(last) = self.diagnostics.len().checked_sub(1) {
            self.given.push((last, given));
        }
    }

    /// Says by which methods of the client's builder things are given, as far as there are such.
    pub fn name_given(&mut self, method: impl Fn(&Given) -> Option<String>) {
        for (index, given) in std::mem::take(&mut self.given).into_iter().rev() {
            if let (Some(found), Some(method)) = (self.diagnostics.get_mut(index), method(&given)) {
                let call = format!("give it by `Client::builder().{method}(…)`");
                found.help = Some(match found.help.take() {
                    Some(help) if help.contains(&call) => help,
                    Some(help) => format!("{call}; {help}"),
                    None => call,
                });
            }
        }
    }

    /// Gives the last finding its position, where that is known without its map.
    pub fn set_position(&mut self, position: Position) {
        if let Some(last) = self.diagnostics.last_mut() {
            last.position = Some(position);
        }
    }

    /// Whether there are findings of this file that want to be placed in its text.
    pub fn wants_text(&self, file: &str) -> bool {
        let mut found = self.diagnostics.iter();
        let found = found.any(|found| match self.origin(&found.place) {
            Some(place) => place.file == file,
            None => found.place.file == file,
        });
        found && self.texts.iter().all(|(known, _)| known != file)
    }

    /// Keeps the text that places of this file point into, so that findings get line and column.
    pub fn keep_text(&mut self, file: &str, text: String) {
        self.texts.push((file.to_owned(), text));
    }

    /// Says how places of this file are found in its text; what was said before is forgotten.
    pub fn keep_map(&mut self, file: &str, map: impl SourceMap + 'static) {
        self.maps.insert(file.to_owned(), Box::new(map));
    }

    /// Says where parts of a document come from that stands for this file, so that findings are placed there.
    pub fn keep_origins(&mut self, file: &str, origins: Vec<Origin>) {
        let origins = origins.into_iter();
        let origins = origins.map(|origin| (origin.pointer.clone(), origin)).collect();
        self.origins.insert(file.to_owned(), origins);
    }

    /// The place that a part of a converted document comes from.
    fn origin(&self, place: &Place) -> Option<Place> {
        let origins = self.origins.get(&place.file)?;
        let pointer = place.at.token();
        let mut end = pointer.len();
        let origin = loop {
            match origins.get(pointer.get(..end)?) {
                Some(origin) => break origin,
                None => end = pointer.get(..end)?.rfind('/')?,
            }
        };
        let rest = pointer.get(end..).unwrap_or_default();
        Some(Place {
            file: origin.file.clone(),
            at: Locator::new(format!("{}{rest}", origin.at)),
            ..place.clone()
        })
    }

    /// Keeps the credentials of a collection, so that no finding shows one.
    pub fn keep_known(&mut self, known: Known) {
        if !known.is_empty() {
            self.known.push(known);
        }
    }

    /// The findings as they are, to be appended to others.
    pub fn into_findings(self) -> Findings {
        Findings {
            diagnostics: self.diagnostics,
            given: self.given,
        }
    }

    /// Adds findings behind those that are there.
    pub fn append(&mut self, findings: Findings) {
        let from = self.diagnostics.len();
        self.diagnostics.extend(findings.diagnostics);
        let given = findings.given.into_iter();
        self.given
            .extend(given.map(|(index, given)| (from + index, given)));
    }

    fn push(&mut self, code: Code, severity: Severity, place: &Place, message: String, help: String) {
        let help = Some(help).filter(|help| !help.is_empty());
        let place = place.clone();
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            place,
            message,
            help,
            position: None,
            source_line: None,
        });
    }

    /// How many findings there are.
    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Takes back warnings that were made after the first `from` findings and that are allowed. What users give is named
    /// by then.
    pub fn silence(&mut self, from: usize, allowed: &Allowed) {
        // They point to findings by number.
        self.given.clear();
        let maps = &self.maps;
        let is_below = |found: &Place, place: &Place| {
            let map = maps.get(&found.file).filter(|_| found.file == place.file);
            map.is_some_and(|map| map.is_within(&found.at, &place.at))
        };
        let mut index = 0;
        self.diagnostics.retain(|found| {
            index += 1;
            let mut below = allowed.below.iter();
            let is_allowed = allowed.everywhere.contains(&found.code)
                || below.any(|(place, code)| *code == found.code && is_below(&found.place, place));
            index <= from || found.severity == Severity::Error || !is_allowed
        });
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings, in the order they were made, with line and column where their text is known.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.diagnostics);
        for found in &mut found {
            if let Some(place) = self.origin(&found.place) {
                found.place = place;
            }
        }
        self.diagnostics = found;
        for (file, text) in &self.texts {
            let map = self.maps.get(file).map(AsRef::as_ref);
            locate::locate(&mut self.diagnostics, file, text, map);
        }
        for known in &self.known {
            self.diagnostics.iter_mut().for_each(|found| found.hide(known));
        }
        self.diagnostics
    }
}
