//! Grows a tree of blocks.
//!
//! In: openings, closings and text, from Markdown events and HTML tags alike, in any order and nesting.
//! Out: a [`Block`] tree in which nothing is misnested, nothing is deeper than [`DEPTH`], and no text is lost.
//! Styles are flags of each piece of text, so that a tag that nobody closed ends with its block.
//! It knows neither Markdown nor HTML syntax.

use std::rc::Rc;

use super::blocks::{Block, Inline, Piece, Style, collapse, flatten};

/// How deep lists, quotes and tables may be in each other; what is deeper joins its parent.
const DEPTH: usize = 12;

/// Something that is open while its content is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A quotation.
    Quote,
    /// A list, perhaps numbered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
}

/// Grows a tree of blocks.
#[derive(Debug, Default)]
pub(super) struct Builder {
    root: Flow,
    stack: Vec<Frame>,
    style: Style,
    link: Option<Rc<str>>,
}

/// Blocks in the making, with the text that is not yet one.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    heading: Option<u8>,
}

/// An open container with what was found of it so far.
#[derive(Debug)]
enum Frame {
    Quote(Flow),
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Flow),
    Table(Vec<Vec<Vec<Inline>>>),
    Row(Vec<Vec<Inline>>),
    Cell(Flow),
}

impl Builder {
    /// Opens a container, and the ones that it cannot do without.
    pub(super) fn open(&mut self, container: Container) {
        self.end_paragraph();
        match container {
            Container::Quote => self.push(Frame::Quote(Flow::default())),
            Container::List(start) => self.push(Frame::List(start, Vec::new())),
            Container::Item => {
                if !self.leave_inner(
                    |frame| matches!(frame, Frame::List(..)),
                    |frame| matches!(frame, Frame::Cell(_)),
                ) {
                    self.push(Frame::List(None, Vec::new()));
                }
                self.push(Frame::Item(Flow::default()));
            }
            Container::Table => self.push(Frame::Table(Vec::new())),
            Container::Row => {
                if !self.leave_inner(|frame| matches!(frame, Frame::Table(_)), |_| false) {
                    self.push(Frame::Table(Vec::new()));
                }
                self.push(Frame::Row(Vec::new()));
            }
            Container::Cell => {
                if !self.leave_inner(
                    |frame| matches!(frame, Frame::Row(_)),
                    |frame| matches!(frame, Frame::Table(_)),
                ) {
                    self.open(Container::Row);
                }
                self.push(Frame::Cell(Flow::default()));
            }
        }
    }

    /// Closes the innermost container of this kind and all that is open inside; nothing if there is none.
    pub(super) fn close(&mut self, container: Container) {
        self.end_paragraph();
        if let Some(index) = self.stack.iter().rposition(|frame| frame.is(container)) {
            self.unwind(index);
        }
    }

    /// Whether any container is open.
    pub(super) fn is_inside(&self) -> bool {
        !self.stack.is_empty()
    }

    /// Ends the paragraph or heading, and all styles that were not closed in it.
    pub(super) fn end_paragraph(&mut self) {
        self.style = Style::default();
        self.link = None;
        if let Some(flow) = self.flow() {
            flow.end_paragraph();
        }
    }

    /// Ends the paragraph; what follows is a heading of this level.
    pub(super) fn start_heading(&mut self, level: u8) {
        self.end_paragraph();
        self.content().heading = Some(level);
    }

    /// The style of the text that follows.
    pub(super) fn style(&mut self) -> &mut Style {
        &mut self.style
    }

    /// The text that follows leads to this address, or nowhere.
    pub(super) fn set_link(&mut self, address: Option<&str>) {
        self.link = address.map(Rc::from);
    }

    /// Adds text; white space counts as one space.
    pub(super) fn text(&mut self, text: &str) {
        let piece = if self.style.code { Piece::Code } else { Piece::Text };
        self.add(piece(collapse(text)));
    }

    /// Adds code.
    pub(super) fn code(&mut self, text: &str) {
        self.add(Piece::Code(collapse(text)));
    }

    /// Adds the end of a line.
    pub(super) fn line_break(&mut self) {
        self.add(Piece::Break);
    }

    /// Adds a picture.
    pub(super) fn image(&mut self, alt: &str, address: &str) {
        self.add(Piece::Image {
            alt: collapse(alt),
            address: address.to_owned(),
        });
    }

    /// Adds a block that has no blocks inside.
    pub(super) fn block(&mut self, block: Block) {
        self.end_paragraph();
        self.content().blocks.push(block);
    }

    /// Everything that was added.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.unwind(0);
        self.root.finish()
    }

    fn add(&mut self, piece: Piece) {
        let (style, link) = (self.style, self.link.clone());
        if piece.is_blank() && self.flow().is_none() {
            return;
        }
        let inlines = &mut self.content().inlines;
        if let Some(last) = inlines.last_mut()
            && last.style == style
            && last.link == link
            && last.piece.append(&piece)
        {
            return;
        }
        inlines.push(Inline { piece, style, link });
    }

    fn push(&mut self, frame: Frame) {
        // Where a frame is refused its content joins the innermost flow; rows and cells follow their table.
        let refused = match &frame {
            Frame::Quote(_) | Frame::List(..) | Frame::Table(_) => self.stack.len() >= DEPTH,
            Frame::Item(_) => !matches!(self.stack.last(), Some(Frame::List(..))),
            Frame::Row(_) => !matches!(self.stack.last(), Some(Frame::Table(_))),
            Frame::Cell(_) => !matches!(self.stack.last(), Some(Frame::Row(_))),
        };
        if refused {
            return;
        }
        if !matches!(frame, Frame::Item(_) | Frame::Row(_) | Frame::Cell(_)) {
            // A list in a list, or a table in a row, needs an item or a cell around it.
            self.content();
        }
        self.stack.push(frame);
    }

    /// Closes what is inside the innermost wanted frame, unless a barrier is met first.
    fn leave_inner(&mut self, wanted: fn(&Frame) -> bool, barrier: fn(&Frame) -> bool) -> bool {
        for index in (0..self.stack.len()).rev() {
            let Some(frame) = self.stack.get(index) else { break };
            if wanted(frame) {
                self.unwind(index + 1);
                return true;
            }
            if barrier(frame) {
                break;
            }
        }
        false
    }

    /// The innermost flow, if the innermost frame is one.
    fn flow(&mut self) -> Option<&mut Flow> {
        match self.stack.last_mut() {
            None => Some(&mut self.root),
            Some(Frame::Quote(flow) | Frame::Item(flow) | Frame::Cell(flow)) => Some(flow),
            Some(Frame::List(..) | Frame::Table(_) | Frame::Row(_)) => None,
        }
    }

    /// The innermost flow; made if the innermost frame is none.
    fn content(&mut self) -> &mut Flow {
        match self.stack.last() {
            Some(Frame::List(..)) => self.stack.push(Frame::Item(Flow::default())),
            Some(Frame::Table(_)) => {
                self.stack.push(Frame::Row(Vec::new()));
                self.stack.push(Frame::Cell(Flow::default()));
            }
            Some(Frame::Row(_)) => self.stack.push(Frame::Cell(Flow::default())),
            None | Some(Frame::Quote(_) | Frame::Item(_) | Frame::Cell(_)) => {}
        }
        match self.stack.last_mut() {
            Some(Frame::Quote(flow) | Frame::Item(flow) | Frame::Cell(flow)) => flow,
            None | Some(Frame::List(..) | Frame::Table(_) | Frame::Row(_)) => &mut self.root,
        }
    }

    /// Closes frames until only this many are open.
    fn unwind(&mut self, keep: usize) {
        while self.stack.len() > keep {
            let Some(frame) = self.stack.pop() else { break };
            self.fold(frame);
        }
    }

    fn fold(&mut self, frame: Frame) {
        match frame {
            Frame::Quote(flow) => self.nested(Block::Quote, flow.finish()),
            Frame::List(start, items) => self.nested(|items| Block::List { start, items }, items),
            Frame::Table(rows) => self.nested(Block::Table, rows),
            Frame::Item(flow) => {
                let blocks = flow.finish();
                if let (Some(Frame::List(_, items)), false) = (self.stack.last_mut(), blocks.is_empty()) {
                    items.push(blocks);
                }
            }
            Frame::Row(cells) => {
                if let Some(Frame::Table(rows)) = self.stack.last_mut()
                    && !cells.is_empty()
                {
                    rows.push(cells);
                }
            }
            Frame::Cell(flow) => {
                let mut line = Vec::new();
                flatten(flow.finish(), &mut line);
                if let Some(Frame::Row(cells)) = self.stack.last_mut() {
                    cells.push(line);
                }
            }
        }
    }

    fn nested<T>(&mut self, block: impl FnOnce(Vec<T>) -> Block, parts: Vec<T>) {
        if !parts.is_empty() {
            let block = block(parts);
            self.content().blocks.push(block);
        }
    }
}

impl Frame {
    fn is(&self, container: Container) -> bool {
        match container {
            Container::Quote => matches!(self, Self::Quote(_)),
            Container::List(_) => matches!(self, Self::List(..)),
            Container::Item => matches!(self, Self::Item(_)),
            Container::Table => matches!(self, Self::Table(_)),
            Container::Row => matches!(self, Self::Row(_)),
            Container::Cell => matches!(self, Self::Cell(_)),
        }
    }
}

impl Flow {
    fn finish(mut self) -> Vec<Block> {
        self.end_paragraph();
        self.blocks
    }

    /// Makes paragraphs of the text so far; an empty line in it (two breaks) separates two.
    fn end_paragraph(&mut self) {
        let inlines = std::mem::take(&mut self.inlines);
        let heading = self.heading.take();
        let mut paragraph = Vec::new();
        let mut breaks = Vec::new();
        for inline in inlines {
            if inline.piece == Piece::Break {
                breaks.push(inline);
            } else if breaks.is_empty() || !inline.piece.is_blank() {
                if breaks.len() > 1 && heading.is_none() {
                    self.paragraph(std::mem::take(&mut paragraph), None);
                } else if !paragraph.is_empty() {
                    paragraph.extend(breaks.pop());
                }
                breaks.clear();
                paragraph.push(inline);
            }
        }
        self.paragraph(paragraph, heading);
    }

    fn paragraph(&mut self, inlines: Vec<Inline>, heading: Option<u8>) {
        if inlines.iter().all(|inline| inline.piece.is_blank()) {
            return;
        }
        self.blocks.push(match heading {
            Some(level) => Block::Heading(level, inlines),
            None => Block::Paragraph(inlines),
        });
    }
}
