//! Server-sent events, as browsers read them (WHATWG HTML, 9.2.6).
//!
//! In: bytes, broken anywhere. Out: events. One that is not finished when the stream ends is dropped, as the standard says: nobody
//! knows what else it would have been.

use super::split::{Ends, Split, TooLong};
use std::time::Duration;

/// An event's data is no longer than this.
const MOST: usize = 16 << 20;
const MOST_OF_A_LINE: usize = 1 << 20;

/// What an event says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) name: String,
    pub(super) data: String,
    pub(super) id: String,
}

#[derive(Debug)]
pub(super) struct Parser {
    lines: Split,
    begun: bool,
    name: String,
    data: String,
    /// The id of the event that is read, and of all after it that have none.
    id: String,
    /// How long to wait before the stream is asked for again, if the server says so.
    pub(super) retry: Option<Duration>,
}

impl Parser {
    pub(super) fn new() -> Self {
        Self {
            lines: Split::new(Ends::Any, MOST_OF_A_LINE),
            begun: false,
            name: String::new(),
            data: String::new(),
            id: String::new(),
            retry: None,
        }
    }

    /// For another connection: what is unfinished of the one before is dropped.
    pub(super) fn again(&mut self) {
        let (id, retry) = (std::mem::take(&mut self.id), self.retry);
        *self = Self {
            id,
            retry,
            ..Self::new()
        };
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Option<Said>, TooLong> {
        while let Some(line) = self.lines.next()? {
            let line = String::from_utf8_lossy(&line);
            let line = if std::mem::replace(&mut self.begun, true) {
                &line
            } else {
                line.strip_prefix('\u{feff}').unwrap_or(&line)
            };
            if line.is_empty() {
                if let Some(said) = self.dispatch() {
                    return Ok(Some(said));
                }
                continue;
            }
            self.field(line)?;
        }
        Ok(None)
    }

    fn field(&mut self, line: &str) -> Result<(), TooLong> {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.name),
            "data" => {
                if self.data.len() + value.len() >= MOST {
                    return Err(TooLong(MOST));
                }
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment, or a field of another time.
            _ => {}
        }
        Ok(())
    }

    fn dispatch(&mut self) -> Option<Said> {
        let name = std::mem::take(&mut self.name);
        let mut data = std::mem::take(&mut self.data);
        if data.is_empty() {
            return None;
        }
        data.pop();
        Some(Said {
            name: if name.is_empty() {
                "message".to_owned()
            } else {
                name
            },
            data,
            id: self.id.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pieces: &[&[u8]]) -> Vec<(String, String, String)> {
        let mut parser = Parser::new();
        let mut found = Vec::new();
        for piece in pieces {
            parser.push(piece);
            while let Some(Said { name, data, id }) = parser.next().unwrap() {
                found.push((name, data, id));
            }
        }
        found
    }

    const STREAM: &str = "\u{feff}: a comment\r\ndata: one\r\ndata:two\n\revent: x\ndata\nid: 7\n\nid: a\0b\ndata:  ü\n\nid\nretry: 10\nretry: x\nevent: y\n\ndata: last\rdata: of it\r\rdata: unfinished\n";

    fn expected() -> Vec<(String, String, String)> {
        [
            ("message", "one\ntwo", ""),
            ("x", "", "7"),
            ("message", " ü", "7"),
            ("message", "last\nof it", ""),
        ]
        .map(|(name, data, id)| (name.to_owned(), data.to_owned(), id.to_owned()))
        .to_vec()
    }

    #[test]
    fn events_are_read_as_browsers_read_them() {
        assert_eq!(read(&[STREAM.as_bytes()]), expected());
        let mut parser = Parser::new();
        parser.push(STREAM.as_bytes());
        while parser.next().unwrap().is_some() {}
        assert_eq!(parser.retry, Some(Duration::from_millis(10)));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_bytes_are_broken(mut cuts in proptest::collection::vec(0..STREAM.len(), 0..12)) {
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut start = 0;
            for cut in cuts {
                pieces.push(&STREAM.as_bytes()[start..cut]);
                start = cut;
            }
            pieces.push(&STREAM.as_bytes()[start..]);
            prop_assert_eq!(read(&pieces), expected());
        }
    }

    #[test]
    fn what_never_ends_is_refused() {
        let mut parser = Parser::new();
        parser.push(&vec![b'a'; 2 << 20]);
        assert!(parser.next().is_err());
        let mut parser = Parser::new();
        let line = [b"data: ".as_slice(), &vec![b'a'; 1 << 19], b"\n"].concat();
        let refused = (0..40).any(|_| {
            parser.push(&line);
            parser.next().is_err()
        });
        assert!(refused);
    }
}
