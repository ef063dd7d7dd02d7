//! Running text as Markdown words that show exactly that text, whatever is in it.
//!
//! In: [`Inline`] pieces. Out: lines of words; the words of a line may be wrapped between any two of them.
//! Everything that Markdown, smart punctuation or rustdoc would take for markup is escaped, and addresses stand
//! in `<…>`. Where a delimiter would not be seen as one (`**note:**text`) a space is added.

use super::blocks::{Inline, Piece};
use super::escape::{Bare, Position, UNKNOWN, escape, safe_address};

/// The lines (by hard breaks) of words of this text.
pub(super) fn words(inlines: &[Inline], position: Position) -> Vec<Vec<String>> {
    let mut writer = Writer {
        position,
        ..Writer::default()
    };
    writer.text_of(inlines);
    writer.space();
    writer.lines.retain(|line| !line.is_empty());
    writer.lines
}

/// Code as a span.
pub(super) fn code_span(code: &str) -> String {
    let code = code.trim();
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// The longest run of a character.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// What was written last; decides whether a delimiter can follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    /// Nothing in this word.
    #[default]
    Nothing,
    /// A character of text.
    Char(char),
    /// An opening delimiter.
    Opening,
    /// A closing delimiter; whether a letter or digit stands before it.
    Closing { after_letter: bool },
}

#[derive(Debug, Default)]
struct Writer {
    position: Position,
    lines: Vec<Vec<String>>,
    word: String,
    last: Last,
    /// How many delimiters are open.
    depth: usize,
}

impl Writer {
    /// A link that is strong as a whole is part of the strong text around it; any other has its own.
    fn text_of(&mut self, inlines: &[Inline]) {
        let links = inlines.chunk_by(|one, two| one.link == two.link);
        let outer = links.flat_map(|run| {
            let whole = run.iter().all(|inline| inline.style.strong);
            run.iter().map(move |inline| match inline.link {
                Some(_) => whole,
                None => inline.style.strong,
            })
        });
        let outer: Vec<bool> = outer.collect();
        let mut start = 0;
        for flags in outer.chunk_by(|one, two| one == two) {
            let run = inlines.get(start..start + flags.len()).unwrap_or_default();
            start += flags.len();
            let on = flags.first().is_some_and(|on| *on);
            self.styled(on, "**", run, |writer, run| {
                let mut run = run.to_vec();
                if on {
                    for inline in &mut run {
                        inline.style.strong = false;
                    }
                }
                writer.linked(&run);
            });
        }
    }

    fn linked(&mut self, inlines: &[Inline]) {
        for run in inlines.chunk_by(|one, two| one.link == two.link) {
            let address = run
                .first()
                .and_then(|inline| safe_address(inline.link.as_deref()?));
            match address {
                Some(address) => self.link(&address, run),
                None => self.strong(run, Bare::Wrapped),
            }
        }
    }

    fn link(&mut self, address: &str, run: &[Inline]) {
        let (before, run, after) = trim(run);
        self.space_if(before);
        if run.is_empty() {
            return;
        }
        // Text `!` before a link would make a picture of it.
        if self.word.ends_with('!') {
            self.word.pop();
            self.word.push_str("\\!");
        }
        let shown: String = run.iter().map(|inline| inline.piece.shown()).collect();
        if shown.trim() == address && !address.contains('&') {
            self.glue(&format!("<{address}>"));
        } else {
            self.open("[", '[');
            self.strong(&trim_text(run), Bare::Plain);
            self.glue(&format!("]({})", address.replace('&', "&amp;")));
            self.depth = self.depth.saturating_sub(1);
        }
        self.space_if(after);
    }

    fn strong(&mut self, run: &[Inline], bare: Bare) {
        for run in run.chunk_by(|one, two| one.style.strong == two.style.strong) {
            let on = run.first().is_some_and(|inline| inline.style.strong);
            self.styled(on, "**", run, |writer, run| writer.emphasis(run, bare));
        }
    }

    fn emphasis(&mut self, run: &[Inline], bare: Bare) {
        for run in run.chunk_by(|one, two| one.style.emphasis == two.style.emphasis) {
            let on = run.first().is_some_and(|inline| inline.style.emphasis);
            self.styled(on, "*", run, |writer, run| writer.strike(run, bare));
        }
    }

    fn strike(&mut self, run: &[Inline], bare: Bare) {
        for run in run.chunk_by(|one, two| one.style.strike == two.style.strike) {
            let on = run.first().is_some_and(|inline| inline.style.strike);
            self.styled(on, "~~", run, |writer, run| {
                for inline in run {
                    writer.piece(&inline.piece, bare);
                }
            });
        }
    }

    /// Writes a run between delimiters if the style is on; white space at its ends goes outside.
    fn styled(
        &mut self,
        on: bool,
        delimiter: &str,
        run: &[Inline],
        inner: impl FnOnce(&mut Self, &[Inline]),
    ) {
        if !on {
            return inner(self, run);
        }
        let (before, run, after) = trim(run);
        self.space_if(before);
        if let Some(first) = run.first() {
            let run = trim_text(run);
            let first = run.first().unwrap_or(first);
            let shown = first.piece.shown();
            // An address will be wrapped, and a nested delimiter may come first.
            let wrapped = first.style.strike || first.link.is_some() || shown.starts_with("http");
            let first = if wrapped {
                '<'
            } else {
                shown.chars().next().unwrap_or(' ')
            };
            self.open(delimiter, first);
            inner(self, &run);
            self.close(delimiter);
        }
        self.space_if(after);
    }

    fn piece(&mut self, piece: &Piece, bare: Bare) {
        match piece {
            Piece::Text(text) => self.text(text, bare),
            Piece::Code(code) => self.code(code),
            Piece::Image { alt, address } => self.image(alt, address),
            Piece::Break => {
                self.space();
                match self.position {
                    Position::Paragraph => self.lines.push(Vec::new()),
                    Position::Line | Position::Cell => {}
                }
            }
        }
    }

    fn code(&mut self, code: &str) {
        self.space_if(code.starts_with(' '));
        if !code.trim().is_empty() {
            let span = code_span(code);
            let span = if self.position == Position::Cell {
                span.replace('|', "\\|")
            } else {
                span
            };
            // Two spans that touch would be one.
            if self.word.ends_with('`') {
                self.space();
            }
            self.glue_after('`', &span);
        }
        self.space_if(code.ends_with(' ') && !code.trim().is_empty());
    }

    fn image(&mut self, alt: &str, address: &str) {
        let address = safe_address(address).filter(|address| address.starts_with("http"));
        match address {
            Some(address) => {
                let alt = escape(alt.trim(), UNKNOWN, self.position);
                let alt = if alt.is_empty() { "image" } else { &alt };
                self.glue_after('!', &format!("![{alt}]({})", address.replace('&', "&amp;")));
            }
            None => self.text(alt, Bare::Plain),
        }
    }

    fn text(&mut self, text: &str, bare: Bare) {
        let mut words = text.split(' ').peekable();
        let mut first = true;
        while let Some(word) = words.next() {
            self.space_if(!first);
            first = false;
            let mut rest = word;
            while let Some((before, address, after)) = bare.find(rest) {
                self.escaped(before, '<');
                self.glue_after('<', &format!("<{address}>"));
                rest = after;
            }
            self.escaped(rest, if words.peek().is_some() { ' ' } else { UNKNOWN });
        }
    }

    fn escaped(&mut self, text: &str, after: char) {
        if let (Some(first), Some(end)) = (text.chars().next(), text.chars().next_back()) {
            let text = escape(text, after, self.position);
            self.glue_after(first, &text);
            self.last = Last::Char(end);
        }
    }

    /// Adds to the word; a space comes before if a delimiter just closed would not be seen as closing.
    fn glue_after(&mut self, first: char, text: &str) {
        if let Last::Closing { after_letter } = self.last
            && !(after_letter || first.is_ascii_punctuation())
        {
            self.space();
        }
        self.glue(text);
    }

    fn glue(&mut self, text: &str) {
        self.word.push_str(text);
        self.last = text.chars().next_back().map_or(self.last, Last::Char);
    }

    /// Opens a delimiter before text that begins with this character.
    fn open(&mut self, delimiter: &str, first: char) {
        let apart = match self.last {
            Last::Nothing | Last::Opening => false,
            // Between two signs a delimiter could also be the end of what is open around it.
            Last::Char(_) if self.depth > 0 && !first.is_alphanumeric() => true,
            Last::Char(before) => {
                before == '*' || !(first.is_alphanumeric() || before.is_ascii_punctuation())
            }
            Last::Closing { .. } => true,
        };
        self.space_if(apart);
        self.word.push_str(delimiter);
        self.last = Last::Opening;
        self.depth += 1;
    }

    fn close(&mut self, delimiter: &str) {
        let after_letter = match self.last {
            Last::Char(before) => before.is_alphanumeric(),
            Last::Closing { after_letter } => after_letter,
            Last::Nothing | Last::Opening => false,
        };
        self.word.push_str(delimiter);
        self.depth = self.depth.saturating_sub(1);
        let after_letter = after_letter && delimiter != "~~";
        self.last = Last::Closing { after_letter };
    }

    fn space_if(&mut self, wanted: bool) {
        // Never between an opening delimiter and what it opens.
        if wanted && self.last != Last::Opening {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.word.is_empty() {
            let word = std::mem::take(&mut self.word);
            match self.lines.last_mut() {
                Some(line) => line.push(word),
                None => self.lines.push(vec![word]),
            }
        }
        self.last = Last::Nothing;
    }
}

/// A run without the blank pieces at its ends, and whether there was white space at either.
fn trim(run: &[Inline]) -> (bool, &[Inline], bool) {
    let start = run
        .iter()
        .position(|inline| !inline.piece.is_blank())
        .unwrap_or(run.len());
    let end = run
        .iter()
        .rposition(|inline| !inline.piece.is_blank())
        .map_or(start, |last| last + 1);
    let inner = run.get(start..end).unwrap_or_default();
    let blank = |inline: Option<&Inline>, edge: fn(&str) -> bool| match inline.map(|inline| &inline.piece) {
        Some(Piece::Text(text) | Piece::Code(text)) => edge(text),
        Some(Piece::Image { .. } | Piece::Break) | None => false,
    };
    let before = start > 0 || blank(inner.first(), |text| text.starts_with(' '));
    let after = end < run.len() || blank(inner.last(), |text| text.ends_with(' '));
    (before, inner, after)
}

/// A run whose first and last texts have no white space at the ends of the run.
fn trim_text(run: &[Inline]) -> Vec<Inline> {
    let mut run = run.to_vec();
    if let Some(Inline {
        piece: Piece::Text(text) | Piece::Code(text),
        ..
    }) = run.first_mut()
    {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline {
        piece: Piece::Text(text) | Piece::Code(text),
        ..
    }) = run.last_mut()
    {
        text.truncate(text.trim_end().len());
    }
    run
}
