//! A description as a tree of blocks.
//!
//! In: nothing; this is the noun between reading (Markdown, HTML) and writing (Markdown). It knows no syntax, only
//! what a doc comment can hold: which characters, and what remains of a tree that must be one line.

use std::rc::Rc;

/// A block of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of this level (1-6).
    Heading(u8, Vec<Inline>),
    /// Preformatted text with the language that it was labelled with.
    Code { language: String, text: String },
    /// A quotation.
    Quote(Vec<Block>),
    /// A list; numbered from `start` if there is one.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    /// A table; its first row is the head.
    Table(Vec<Vec<Vec<Inline>>>),
    /// A thematic break.
    Rule,
}

/// A piece of running text with its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inline {
    /// What it shows.
    pub(super) piece: Piece,
    /// How it shows it.
    pub(super) style: Style,
    /// Where it leads.
    pub(super) link: Option<Rc<str>>,
}

/// What an [`Inline`] shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, runs of white space already single spaces.
    Text(String),
    /// Code.
    Code(String),
    /// A picture by its description and address.
    Image { alt: String, address: String },
    /// The end of a line.
    Break,
}

/// The style of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Strong.
    pub(super) strong: bool,
    /// Emphasised.
    pub(super) emphasis: bool,
    /// Struck out.
    pub(super) strike: bool,
    /// Code.
    pub(super) code: bool,
}

impl Piece {
    /// Takes up a piece of the same kind; false if that is not possible.
    pub(super) fn append(&mut self, next: &Self) -> bool {
        match (self, next) {
            (Self::Text(text), Self::Text(more)) | (Self::Code(text), Self::Code(more)) => {
                let more = if text.ends_with(' ') {
                    more.trim_start_matches(' ')
                } else {
                    more
                };
                text.push_str(more);
                true
            }
            (Self::Text(_) | Self::Code(_) | Self::Image { .. } | Self::Break, _) => false,
        }
    }

    /// The text that it shows, or a character that stands for the markup it begins with.
    pub(super) fn shown(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Code(_) => "`",
            Self::Image { .. } => "!",
            Self::Break => " ",
        }
    }

    /// Whether it shows nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) | Self::Code(text) => text.trim().is_empty(),
            Self::Image { .. } => false,
            Self::Break => true,
        }
    }
}

/// All text of these blocks as one line of inline text.
pub(super) fn flatten(blocks: Vec<Block>, line: &mut Vec<Inline>) {
    for block in blocks {
        if !line.is_empty() {
            line.push(plain(Piece::Text(" ".to_owned())));
        }
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => {
                line.extend(inlines.into_iter().map(unbroken));
            }
            Block::Code { text, .. } => line.push(plain(Piece::Code(collapse(text.trim())))),
            Block::Quote(blocks) => flatten(blocks, line),
            Block::List { items, .. } => items.into_iter().for_each(|item| flatten_part(item, line)),
            Block::Table(rows) => {
                for cell in rows.into_iter().flatten() {
                    flatten_part(vec![Block::Paragraph(cell)], line);
                }
            }
            Block::Rule => {}
        }
    }
}

fn flatten_part(blocks: Vec<Block>, line: &mut Vec<Inline>) {
    line.push(plain(Piece::Text(" ".to_owned())));
    flatten(blocks, line);
}

fn unbroken(mut inline: Inline) -> Inline {
    if inline.piece == Piece::Break {
        inline.piece = Piece::Text(" ".to_owned());
    }
    inline
}

fn plain(piece: Piece) -> Inline {
    Inline {
        piece,
        style: Style::default(),
        link: None,
    }
}

/// Text in which every run of white space is one space, and nothing is hidden.
pub(super) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_whitespace() || is_shown(*c)) {
        if !c.is_whitespace() {
            collapsed.push(c);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}

/// Whether a character may stand in a doc comment: no control, no change of direction, nothing invisible.
pub(super) fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'
                ..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}
