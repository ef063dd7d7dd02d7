//! What the sections of a page begin with: a heading, and the first paragraph below it.
//!
//! In: lines of documentation. Out: the same with a heading behind them, or what is said first.

use crate::rust::doc_lines::DocLines;

/// The heading of a section of ours.
pub(super) fn section(title: &str, lines: &mut DocLines) {
    lines.extend([String::new(), format!("# {title}"), String::new()]);
}

/// The first paragraph of some lines as one line; empty if they begin with something else.
pub(crate) fn first_paragraph(lines: &[String]) -> String {
    let paragraph: Vec<&str> = lines
        .iter()
        .take_while(|line| !line.is_empty())
        .map(|line| line.strip_suffix('\\').unwrap_or(line))
        .collect();
    let is_text = paragraph.first().is_some_and(|first| {
        !(first.starts_with(['#', '|', '>'])
            || first.starts_with("```")
            || first.starts_with("- ")
            || *first == "---")
    });
    if is_text {
        paragraph.join(" ")
    } else {
        String::new()
    }
}
