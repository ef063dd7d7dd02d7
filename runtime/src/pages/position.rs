//! Where a list goes on.
//!
//! In: what the pager reached. Out: a text that can be kept, and read again by another run of the program.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Where a list goes on: kept as text or by `serde`, it leads there again tomorrow, as long as the server still knows it.
///
/// It holds what the server said of the next page, which may be an URL with all that was asked: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Position {
    pub(super) at: At,
    /// So many items of the page are known already.
    pub(super) skip: u64,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum At {
    /// Where the call begins by itself.
    Start,
    /// The second page, where nobody knows yet whether its number is 1 or 2.
    Second,
    Cursor(String),
    Page(u64),
    Offset(u64),
    Url(String),
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.skip > 0 {
            write!(f, "{} ", self.skip)?;
        }
        match &self.at {
            At::Start => f.write_str("start"),
            At::Second => f.write_str("second"),
            At::Cursor(cursor) => write!(f, "cursor:{cursor}"),
            At::Page(page) => write!(f, "page:{page}"),
            At::Offset(offset) => write!(f, "offset:{offset}"),
            At::Url(url) => write!(f, "url:{url}"),
        }
    }
}

impl FromStr for Position {
    type Err = NoPosition;

    fn from_str(text: &str) -> Result<Self, NoPosition> {
        let skipped = text
            .split_once(' ')
            .and_then(|(skip, rest)| Some((skip.parse().ok()?, rest)));
        let (skip, text) = skipped.unwrap_or((0, text));
        let at = match text.split_once(':') {
            Some(("cursor", cursor)) => At::Cursor(cursor.to_owned()),
            Some(("page", page)) => At::Page(page.parse().map_err(|_| NoPosition(()))?),
            Some(("offset", offset)) => At::Offset(offset.parse().map_err(|_| NoPosition(()))?),
            Some(("url", url)) => At::Url(url.to_owned()),
            None if text == "start" => At::Start,
            None if text == "second" => At::Second,
            Some(_) | None => return Err(NoPosition(())),
        };
        Ok(Self { at, skip })
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Position(…)")
    }
}

/// A text that is no [`Position`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPosition(());

impl fmt::Display for NoPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no position of a list")
    }
}

impl std::error::Error for NoPosition {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_they_are_written() {
        for text in [
            "start",
            "second",
            "cursor:a:b c",
            "7 cursor:",
            "page:0",
            "12 offset:40",
            "url:/x?y=1",
        ] {
            let position: Position = text.parse().unwrap();
            assert_eq!(position.to_string(), text);
            let json = serde_json::to_string(&position).unwrap();
            assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
        }
        for text in ["", "page:x", "page", "x:1", "1", "begin"] {
            assert_eq!(text.parse::<Position>(), Err(NoPosition(())), "{text}");
        }
    }
}
