//! Descriptions as collections hold them, as clean Markdown for rustdoc.
//!
//! In: Markdown, HTML or any mixture, of any quality. Out: lines of Markdown that rustdoc accepts with every lint
//! denied and that can never leave the doc comment they are put in. It never fails: what cannot be understood is text.
//! The time is linear in the input, which is cut at [`LONGEST`].

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, Inline, Piece, Style, flatten};
use super::builder::{Builder, Container};
use super::escape::Position;
use super::html::Html;
use super::inline;
use super::memo::{Memo, remembered};
use super::write;

/// How much of a description is read, in bytes.
const LONGEST: usize = 32 * 1024;
/// The level of the highest heading in a cleaned description: the sections of a page stand above it.
const TOP_HEADING: u8 = 2;

thread_local! {
    static CLEAN: Memo<Vec<String>> = Memo::default();
    static ONE_LINE: Memo<String> = Memo::default();
    static CLEAN_INNER: Memo<Vec<String>> = Memo::default();
}

/// A description's clean lines, without a leading space; none if it says nothing.
pub(crate) fn clean(text: &str) -> Vec<String> {
    remembered(&CLEAN, text, |text| write::lines(&read(text), TOP_HEADING))
}

/// The same for a description that stands among sections of ours: its headings are strong paragraphs, so that none is
/// taken for one of them.
pub(crate) fn clean_inner(text: &str) -> Vec<String> {
    remembered(&CLEAN_INNER, text, |text| {
        write::lines(&write::unheaded(&read(text)), TOP_HEADING)
    })
}

/// A description as one clean line, for a summary, a table's cell or an item of a list.
pub(crate) fn one_line(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    remembered(&ONE_LINE, text, |text| {
        let mut line = Vec::new();
        flatten(read(text), &mut line);
        for inline in &mut line {
            inline.style.strong = false;
        }
        joined(&line)
    })
}

/// A line of Markdown as an item of a list.
pub(crate) fn list_item(line: &str) -> Vec<String> {
    write::list_item(line.split(' '))
}

/// A line of Markdown as a paragraph.
pub(crate) fn paragraph(line: &str) -> Vec<String> {
    write::plain_paragraph(line.split(' '))
}

/// Text that is no Markdown, such as a name, as Markdown that shows it.
pub(crate) fn escaped(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut builder = Builder::default();
    builder.text(text);
    let mut line = Vec::new();
    flatten(builder.finish(), &mut line);
    joined(&line)
}

/// Text that is code, such as a value or a key, as a code span; empty if there is nothing to show.
pub(crate) fn code(text: &str) -> String {
    if !text.is_empty() && is_one_line(text, |byte| (b' '..=b'~').contains(&byte) && byte != b'`') {
        return format!("`{text}`");
    }
    let mut builder = Builder::default();
    builder.code(text);
    let mut line = Vec::new();
    flatten(builder.finish(), &mut line);
    joined(&line)
}

/// Whether a text is a line that is no markup wherever it stands.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ,()".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && is_one_line(text, plain)
}

/// Whether a text has only such bytes, and single spaces between words: most names and values are like that, and
/// need no tree to be made of them.
fn is_one_line(text: &str, plain: impl Fn(u8) -> bool) -> bool {
    let spaces = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    !spaces && text.bytes().all(plain)
}

/// Running text as a line that may stand behind the marker of a list or after other text.
pub(super) fn joined(line: &[Inline]) -> String {
    let mut words = inline::words(line, Position::Line).concat();
    if let Some(first) = words.first_mut() {
        *first = write::unmarked(std::mem::take(first));
    }
    words.join(" ")
}

/// A block of code in this language.
pub(crate) fn code_block(language: &str, text: &str) -> Vec<String> {
    let block = Block::Code {
        language: language.to_owned(),
        text: normalised(text),
    };
    write::lines(&[block], TOP_HEADING)
}

/// What a description consists of.
pub(super) fn read(text: &str) -> Vec<Block> {
    let (text, cut) = shortened(text);
    let text = normalised(text);
    let mut reader = Reader::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&text, options) {
        reader.event(event);
    }
    reader.html.finish(&mut reader.builder);
    let mut blocks = reader.builder.finish();
    if cut {
        let more = Inline {
            piece: Piece::Text("…".to_owned()),
            style: Style::default(),
            link: None,
        };
        blocks.push(Block::Paragraph(vec![more]));
    }
    blocks
}

/// As much of a text as is read, and whether something was cut.
fn shortened(text: &str) -> (&str, bool) {
    if text.len() <= LONGEST {
        return (text, false);
    }
    let end = (0..=LONGEST)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let text = text.get(..end).unwrap_or_default();
    let end = text.rfind('\n').filter(|&at| at > LONGEST / 2).unwrap_or(end);
    (text.get(..end).unwrap_or_default(), true)
}

/// Text with one kind of line end.
fn normalised(text: &str) -> String {
    // The last is what the two separators begin with.
    if !text.bytes().any(|byte| matches!(byte, b'\r' | b'\0' | 0xE2)) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n")
        .replace('\0', "")
}

/// Turns Markdown events into blocks.
#[derive(Debug, Default)]
struct Reader {
    builder: Builder,
    html: Html,
    /// The language and text of the code block that is being read.
    code: Option<(String, String)>,
    /// The HTML of the block that is being read.
    html_block: Option<String>,
    /// The address and text of the picture that is being read.
    image: Option<(String, String)>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => match &mut self.image {
                Some((_, alt)) => alt.push_str(&code),
                None => self.builder.code(&code),
            },
            Event::Html(html) => match &mut self.html_block {
                Some(block) => block.push_str(&html),
                None => self.html.read(&html, &mut self.builder),
            },
            Event::InlineHtml(html) => self.html.read(&html, &mut self.builder),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.builder.line_break(),
            Event::Rule => self.builder.block(Block::Rule),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        match (&mut self.code, &mut self.image) {
            (Some((_, code)), _) => code.push_str(text),
            (None, Some((_, alt))) => alt.push_str(text),
            (None, None) => self.html.plain(text, &mut self.builder),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.builder.end_paragraph(),
            Tag::Heading { level, .. } => self.builder.start_heading(number(level)),
            Tag::BlockQuote(_) => self.builder.open(Container::Quote),
            Tag::CodeBlock(kind) => self.code = Some((language(kind), String::new())),
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::List(start) => self.builder.open(Container::List(start)),
            Tag::Item => self.builder.open(Container::Item),
            Tag::Table(_) => self.builder.open(Container::Table),
            Tag::TableHead | Tag::TableRow => self.builder.open(Container::Row),
            Tag::TableCell => self.builder.open(Container::Cell),
            Tag::Emphasis => self.builder.style().emphasis = true,
            Tag::Strong => self.builder.style().strong = true,
            Tag::Strikethrough => self.builder.style().strike = true,
            Tag::Link { dest_url, .. } => self.builder.set_link(Some(&dest_url)),
            Tag::Image { dest_url, .. } => self.image = Some((dest_url.to_string(), String::new())),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_)
            | Tag::Superscript
            | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.builder.end_paragraph(),
            TagEnd::BlockQuote(_) => self.builder.close(Container::Quote),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html_block.take() {
                    self.html.read(&html, &mut self.builder);
                }
            }
            TagEnd::List(_) => self.builder.close(Container::List(None)),
            TagEnd::Item => self.builder.close(Container::Item),
            TagEnd::Table => self.builder.close(Container::Table),
            TagEnd::TableHead | TagEnd::TableRow => self.builder.close(Container::Row),
            TagEnd::TableCell => self.builder.close(Container::Cell),
            TagEnd::Emphasis => self.builder.style().emphasis = false,
            TagEnd::Strong => self.builder.style().strong = false,
            TagEnd::Strikethrough => self.builder.style().strike = false,
            TagEnd::Link => self.builder.set_link(None),
            TagEnd::Image => {
                if let Some((address, alt)) = self.image.take() {
                    self.builder.image(&alt, &address);
                }
            }
            TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_)
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    fn end_code(&mut self) {
        let Some((language, text)) = self.code.take() else {
            return;
        };
        let tags = language == INDENTED && text.trim_start().starts_with('<');
        if tags && self.builder.is_inside() {
            // HTML that is indented after an empty line is no code while its list or table is still open.
            self.html.read(&text, &mut self.builder);
        } else if !text.trim().is_empty() {
            self.builder.block(Block::Code { language, text });
        }
    }
}

/// What an indented code block has for a language; no fence can be labelled so.
const INDENTED: &str = " ";

fn language(kind: CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Indented => INDENTED.to_owned(),
        CodeBlockKind::Fenced(label) => label.to_string(),
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The text that a description shows, for comparison with what rustdoc makes of its cleaned form.
#[cfg(test)]
pub(super) fn visible(text: &str) -> String {
    fn collect(blocks: Vec<Block>, shown: &mut String) {
        let mut line = Vec::new();
        for block in blocks {
            match block {
                Block::Code { text, .. } => {
                    shown.extend(text.chars().filter(|c| super::blocks::is_shown(*c)));
                }
                Block::Quote(blocks) => collect(blocks, shown),
                Block::List { items, .. } => items.into_iter().for_each(|item| collect(item, shown)),
                Block::Table(rows) => rows
                    .into_iter()
                    .flatten()
                    .flatten()
                    .for_each(|cell| line.push(cell)),
                Block::Paragraph(_) | Block::Heading(..) => flatten(vec![block], &mut line),
                Block::Rule => {}
            }
            for inline in line.drain(..) {
                match &inline.piece {
                    Piece::Text(text) | Piece::Code(text) => shown.push_str(text),
                    Piece::Image { alt, .. } => shown.push_str(alt),
                    Piece::Break => {}
                }
            }
        }
    }
    let mut shown = String::new();
    collect(read(text), &mut shown);
    shown
}
