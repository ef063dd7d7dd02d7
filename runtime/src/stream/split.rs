//! Lines of a text that comes in pieces.
//!
//! In: bytes, broken anywhere. Out: lines without their ends, however those are written, each no longer than a limit.

/// A line is no longer than this.
pub(super) const MOST: usize = 16 << 20;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// CR, LF or both, as in server-sent events.
    Any,
    /// LF, and a CR before it.
    Lf,
}

#[derive(Debug)]
pub(super) struct Split {
    ends: Ends,
    most: usize,
    rest: Vec<u8>,
    /// As far as this there is no end of a line in it.
    seen: usize,
    /// Whether the last line ended in a CR, to which an LF may belong.
    after_cr: bool,
}

/// A line is longer than the limit.
#[derive(Debug)]
pub(super) struct TooLong(pub(super) usize);

impl Split {
    pub(super) fn new(ends: Ends, most: usize) -> Self {
        Self {
            ends,
            most,
            rest: Vec::new(),
            seen: 0,
            after_cr: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
    }

    /// The next whole line.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        if self.after_cr && !self.rest.is_empty() {
            self.after_cr = false;
            if self.rest.first() == Some(&b'\n') {
                self.rest.remove(0);
                self.seen = 0;
            }
        }
        let is_end = |byte: &u8| *byte == b'\n' || self.ends == Ends::Any && *byte == b'\r';
        let found = self
            .rest
            .get(self.seen..)
            .and_then(|rest| rest.iter().position(is_end));
        let Some(found) = found else {
            self.seen = self.rest.len();
            return if self.seen > self.most {
                Err(TooLong(self.most))
            } else {
                Ok(None)
            };
        };
        let at = self.seen + found;
        if at > self.most {
            return Err(TooLong(self.most));
        }
        let after = self.rest.split_off(at + 1);
        let mut line = std::mem::replace(&mut self.rest, after);
        self.seen = 0;
        self.after_cr = line.pop() == Some(b'\r');
        if self.ends == Ends::Lf && line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(line))
    }

    /// What is behind the last end of a line.
    pub(super) fn rest(&mut self) -> Vec<u8> {
        self.seen = 0;
        std::mem::take(&mut self.rest)
    }
}
