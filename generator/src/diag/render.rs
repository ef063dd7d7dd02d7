//! Shows diagnostics to people: `file:line:column`, message, source line, help.

use super::{Diagnostic, Severity};
use std::fmt::Write as _;

/// A finding on one line.
pub fn line(found: &Diagnostic) -> String {
    let mut text = found.place.file.clone();
    if let Some(position) = found.position {
        let _ = write!(text, ":{}:{}", position.line, position.column);
    }
    let severity = match found.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let _ = write!(text, ": {severity}[{}]: {}", found.code.as_str(), found.message);
    if !found.place.breadcrumb.is_empty() {
        let _ = write!(text, " ({})", found.place.breadcrumb.join(" > "));
    }
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A finding with its source line and help.
pub fn full(found: &Diagnostic) -> String {
    let mut text = line(found);
    if let (Some(position), Some(source)) = (found.position, &found.source_line) {
        let gutter = position.line.to_string();
        let caret = " ".repeat(position.column.saturating_sub(1));
        let blank = " ".repeat(gutter.len());
        let _ = write!(text, "\n{blank} |\n{gutter} | {source}\n{blank} | {caret}^");
    }
    if let Some(help) = &found.help {
        let _ = write!(text, "\n  help: {help}");
    }
    text
}
