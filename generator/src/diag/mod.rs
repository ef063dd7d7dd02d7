//! What letterpress has to say about its input: findings with a stable code, a place and a way out.
//!
//! In: findings of every room, into a [`Sink`]. Out: [`Diagnostic`]s, which `render` shows with the source line.
//! A finding is a warning if something usable was made of the input all the same, else an error.

pub mod code;
pub mod render;

pub use code::Code;

use crate::ir::Place;

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

/// Where rooms put their findings.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
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
        self.push(code, Severity::Error, &place, message, help.to_owned());
        if let Some(last) = self.diagnostics.last_mut() {
            last.position = position;
            last.source_line = position.map(|_| line.to_owned());
        }
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

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings, in the order they were made.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
