//! A tree of blocks as lines of Markdown for a doc comment.
//!
//! In: [`Block`]s. Out: lines without a leading space, wrapped at [`WIDTH`] where they can be.
//! Every code block has a language that rustdoc does not take for Rust, so that none becomes a doc test.

use super::blocks::{Block, Inline};
use super::escape::Position;
use super::inline::{longest_run, words};

/// Where lines are wrapped.
const WIDTH: usize = 96;
/// How long a heading may be; a longer one is a paragraph that happens to be underlined.
const LONGEST_HEADING: usize = 160;

/// The lines of these blocks; headings start at `top_heading`.
pub(super) fn lines(blocks: &[Block], top_heading: u8) -> Vec<String> {
    let highest = blocks.iter().filter_map(level).min().unwrap_or(1);
    let headings = Headings {
        highest,
        top: top_heading,
    };
    let mut lines = Vec::new();
    write_blocks(blocks, Headings { ..headings }, WIDTH, &mut lines);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// How levels of headings in the source become levels in the output.
#[derive(Clone, Copy, Debug)]
struct Headings {
    highest: u8,
    top: u8,
}

impl Headings {
    fn marker(self, level: u8) -> String {
        let level = level.saturating_sub(self.highest).saturating_add(self.top);
        "#".repeat(usize::from(level.min(6)))
    }
}

fn level(block: &Block) -> Option<u8> {
    match block {
        Block::Heading(level, _) => Some(*level),
        Block::Paragraph(_)
        | Block::Code { .. }
        | Block::Quote(_)
        | Block::List { .. }
        | Block::Table(_)
        | Block::Rule => None,
    }
}

fn write_blocks(blocks: &[Block], headings: Headings, width: usize, lines: &mut Vec<String>) {
    for block in blocks {
        let start = lines.len();
        write_block(block, headings, width, lines);
        if start > 0 && lines.len() > start {
            lines.insert(start, String::new());
        }
    }
}

fn write_block(block: &Block, headings: Headings, width: usize, lines: &mut Vec<String>) {
    match block {
        Block::Paragraph(inlines) => paragraph(inlines, width, lines),
        Block::Heading(level, inlines) => heading(&headings.marker(*level), inlines, width, lines),
        Block::Code { language, text } => code_block(known_language(language), text, lines),
        Block::Quote(blocks) => {
            let mut inner = Vec::new();
            write_blocks(&unheaded(blocks), headings, width.saturating_sub(2), &mut inner);
            lines.extend(inner.into_iter().map(|line| format!("> {line}")));
        }
        Block::List { start, items } => list(*start, items, headings, width, lines),
        Block::Table(rows) => table(rows, lines),
        Block::Rule => lines.push("---".to_owned()),
    }
}

fn heading(marker: &str, inlines: &[Inline], width: usize, lines: &mut Vec<String>) {
    let mut words: Vec<String> = words(inlines, Position::Line).concat();
    // A closing sequence of number signs would vanish.
    if let Some(last) = words.last_mut()
        && last.ends_with('#')
    {
        last.insert(last.trim_end_matches('#').len(), '\\');
    }
    let text = words.join(" ");
    if text.len() > LONGEST_HEADING {
        paragraph(inlines, width, lines);
    } else if !text.is_empty() {
        lines.push(format!("{marker} {text}"));
    }
}

fn paragraph(inlines: &[Inline], width: usize, lines: &mut Vec<String>) {
    let hard_lines = words(inlines, Position::Paragraph);
    let count = hard_lines.len();
    for (index, words) in hard_lines.into_iter().enumerate() {
        wrap(words, width, lines);
        if index + 1 < count
            && let Some(last) = lines.last_mut()
        {
            last.push('\\');
        }
    }
}

/// Puts words into lines; a word that begins a line loses what would make it the marker of a block.
fn wrap(words: Vec<String>, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut length = 0;
    for word in words {
        let word_length = word.chars().count();
        if !line.is_empty() && length + 1 + word_length > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if line.is_empty() {
            line = unmarked(word);
        } else {
            line.push(' ');
            line.push_str(&word);
            length += 1;
        }
        length += word_length;
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// Words of finished Markdown as an item of a list.
pub(super) fn list_item<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    wrapped("- ", "  ", words)
}

/// Words of finished Markdown as a paragraph.
pub(super) fn plain_paragraph<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    wrapped("", "", words)
}

/// A word that would be a marker never begins a line but the first, since it may be part of code, where nothing can
/// be escaped.
fn wrapped<'a>(first: &str, indent: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut length = first.len();
    let mut is_empty = true;
    for word in words {
        let word_length = word.chars().count();
        let is_marker = marker(word).is_some() || word.starts_with(['`', '~', '*', '_', '<']);
        if !is_empty && length + 1 + word_length > WIDTH && !is_marker {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            length = indent.len();
        } else if !is_empty {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += word_length;
        is_empty = false;
    }
    lines.push(line);
    lines
}

/// Escapes a word that would be the marker of a block at the start of a line.
pub(super) fn unmarked(mut word: String) -> String {
    if let Some(at) = marker(&word) {
        word.insert(at, '\\');
    }
    word
}

/// Where a word that would be the marker of a block is to be escaped.
fn marker(word: &str) -> Option<usize> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(word.get(digits..), Some("." | ")")) {
        return Some(digits);
    }
    let is_marker =
        word.starts_with(['>', '=', '|', '#']) || matches!(word, "-" | "+") || word.starts_with(":-");
    is_marker.then_some(0)
}

fn code_block(language: &str, text: &str, lines: &mut Vec<String>) {
    let text = text.strip_prefix('\n').unwrap_or(text).trim_end();
    // What is not printed may part what is then one run.
    let text: Vec<String> = text.lines().map(printable).collect();
    let longest = text
        .iter()
        .map(|line| longest_run(line, '`'))
        .max()
        .unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    lines.push(format!("{fence}{language}"));
    lines.extend(text);
    lines.push(fence);
}

/// A line of code as a doc comment can hold it.
fn printable(line: &str) -> String {
    if line.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return line.to_owned();
    }
    let mut printable = String::with_capacity(line.len());
    for c in line.chars() {
        if c == '\t' {
            printable.push_str("    ");
        } else if super::blocks::is_shown(c) {
            printable.push(c);
        }
    }
    printable
}

/// The name of a language that may label a code block; anything else is text, above all Rust, which would be run.
fn known_language(label: &str) -> &'static str {
    const KNOWN: &[(&str, &str)] = &[
        ("bash", "bash"),
        ("c", "c"),
        ("console", "console"),
        ("cpp", "cpp"),
        ("csharp", "csharp"),
        ("css", "css"),
        ("csv", "csv"),
        ("curl", "bash"),
        ("go", "go"),
        ("graphql", "graphql"),
        ("html", "html"),
        ("http", "http"),
        ("java", "java"),
        ("javascript", "javascript"),
        ("js", "javascript"),
        ("json", "json"),
        ("json5", "json"),
        ("jsonc", "json"),
        ("kotlin", "kotlin"),
        ("markdown", "markdown"),
        ("php", "php"),
        ("powershell", "powershell"),
        ("python", "python"),
        ("ruby", "ruby"),
        ("sh", "sh"),
        ("shell", "sh"),
        ("sql", "sql"),
        ("swift", "swift"),
        ("toml", "toml"),
        ("typescript", "typescript"),
        ("xml", "xml"),
        ("yaml", "yaml"),
        ("yml", "yaml"),
    ];
    let label = label
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let label = label.to_ascii_lowercase();
    let known = KNOWN.binary_search_by_key(&label.as_str(), |(name, _)| name).ok();
    known
        .and_then(|at| KNOWN.get(at))
        .map_or("text", |(_, language)| language)
}

fn list(start: Option<u64>, items: &[Vec<Block>], headings: Headings, width: usize, lines: &mut Vec<String>) {
    let loose = items.iter().any(|item| is_loose(item));
    let start = start.map(|start| start.min(999_999));
    for (item, index) in items.iter().zip(0u64..) {
        let marker = start.map_or("- ".to_owned(), |start| format!("{}. ", start + index));
        let mut inner = Vec::new();
        let item = unheaded(item);
        if loose {
            write_blocks(&item, headings, width.saturating_sub(marker.len()), &mut inner);
        } else {
            for block in &item {
                write_block(block, headings, width.saturating_sub(marker.len()), &mut inner);
            }
        }
        if loose && index > 0 && !inner.is_empty() {
            lines.push(String::new());
        }
        let indent = " ".repeat(marker.len());
        for (number, line) in inner.into_iter().enumerate() {
            let prefix = if number == 0 { &marker } else { &indent };
            lines.push(format!("{prefix}{line}"));
        }
    }
}

/// Whether an item must stand in a list with empty lines between its blocks.
fn is_loose(item: &[Block]) -> bool {
    let mut blocks = item.iter();
    let first = match blocks.next() {
        Some(Block::Paragraph(_) | Block::Heading(..)) => true,
        Some(Block::Code { .. } | Block::Quote(_) | Block::List { .. } | Block::Table(_) | Block::Rule) => {
            false
        }
        None => return false,
    };
    // Only a bulleted list, or one that starts at 1, can follow a paragraph directly.
    let rest = blocks.all(|block| {
        matches!(
            block,
            Block::List {
                start: None | Some(1),
                ..
            }
        )
    }) && item.len() <= 2;
    !(first && rest)
}

/// Blocks in which headings are strong paragraphs: within a list, a quotation or a section there is no outline.
pub(super) fn unheaded(blocks: &[Block]) -> Vec<Block> {
    let strong = |inline: &Inline| {
        let mut inline = inline.clone();
        inline.style.strong = true;
        inline
    };
    let unhead = |block: &Block| match block {
        Block::Heading(_, inlines) => Block::Paragraph(inlines.iter().map(strong).collect()),
        Block::Paragraph(_)
        | Block::Code { .. }
        | Block::Quote(_)
        | Block::List { .. }
        | Block::Table(_)
        | Block::Rule => block.clone(),
    };
    blocks.iter().map(unhead).collect()
}

fn table(rows: &[Vec<Vec<Inline>>], lines: &mut Vec<String>) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::from("|");
        for column in 0..columns {
            let cell = row.get(column).map(Vec::as_slice).unwrap_or_default();
            let text = words(cell, Position::Cell).concat().join(" ");
            line.push_str(&format!(" {text} |").replace("  ", " "));
        }
        lines.push(line);
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
}
