//! Where a piece of code may stand, as rustfmt reckons it.
//!
//! In: where the code before it ended. Out: how wide it may be there, and where its further lines begin.

use unicode_width::UnicodeWidthStr as _;

/// The width of a line.
const LINE: usize = 100;
/// The steps of indentation.
pub(super) const STEP: usize = 4;

/// Where the next piece of code stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// So many columns are free on its first line, less what must stand behind it.
    pub(super) width: usize,
    /// Its further lines begin here.
    pub(super) indent: usize,
    /// Its first line begins so far behind the indent.
    pub(super) offset: usize,
    /// A chain of calls has to stand on one line.
    pub(super) one_line_chain: bool,
    /// It stands in a call of a macro, where a comma at the end may mean something else.
    pub(super) in_macro: bool,
    /// The width of a line; without a bound where something does not fit anyhow.
    pub(super) line: usize,
}

impl Shape {
    /// A line of its own.
    pub(super) fn indented(indent: usize) -> Self {
        Self {
            width: LINE - indent,
            indent,
            offset: 0,
            one_line_chain: false,
            in_macro: false,
            line: LINE,
        }
    }

    /// The same where lines may be as long as they like.
    pub(super) fn unbounded(self) -> Self {
        const FAR: usize = 1 << 30;
        Self {
            width: self.width + FAR,
            line: LINE + FAR,
            ..self
        }
    }

    /// Further right.
    pub(super) fn offset_left(self, by: usize) -> Option<Self> {
        let shape = self.sub_width(by)?;
        Some(Self {
            offset: shape.offset + by,
            ..shape
        })
    }

    /// With something behind it.
    pub(super) fn sub_width(self, by: usize) -> Option<Self> {
        Some(Self {
            width: self.width.checked_sub(by)?,
            ..self
        })
    }

    /// On a line of its own, deeper by this much.
    pub(super) fn block(self, deeper: usize) -> Self {
        let indent = self.indent + deeper;
        Self {
            width: self.line.saturating_sub(indent),
            indent,
            offset: 0,
            ..self
        }
    }

    /// What is to the left of it.
    pub(super) fn used(self) -> usize {
        self.indent + self.offset
    }

    /// What must stand behind it.
    pub(super) fn behind(self) -> usize {
        self.line.saturating_sub(self.used() + self.width)
    }

    /// A new line where its further lines begin.
    pub(super) fn break_line(self) -> String {
        let mut text = String::with_capacity(self.indent + 1);
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', self.indent));
        text
    }

    /// The text, if it fits.
    pub(super) fn fitting(self, text: String) -> Option<String> {
        self.fits(&text).then_some(text)
    }

    /// Whether the text fits.
    pub(super) fn fits(self, text: &str) -> bool {
        let mut lines = text.split('\n');
        let first = lines.next().unwrap_or_default();
        if width(first) > self.width {
            return false;
        }
        let mut last = None;
        for line in lines {
            if width(line) > self.line {
                return false;
            }
            last = Some(line);
        }
        last.is_none_or(|last| width(last) <= self.used() + self.width)
    }
}

/// The columns that a text of one line takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The columns that its first line takes.
pub(super) fn first_line(text: &str) -> usize {
    width(text.split('\n').next().unwrap_or_default())
}

/// The columns that its last line takes.
pub(super) fn last_line(text: &str) -> usize {
    width(text.rsplit('\n').next().unwrap_or_default())
}

/// Whether it has several lines.
pub(super) fn is_long(text: &str) -> bool {
    text.contains('\n')
}
