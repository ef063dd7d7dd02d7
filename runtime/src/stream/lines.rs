//! JSON by lines (NDJSON), and as a sequence of texts (RFC 7464).
//!
//! In: the body of an answer. Out: its lines as they come. Empty ones are none.

use super::split::{Ends, MOST, Split};
use crate::client::Client;
use crate::error::{AnyError, Failure, Kind};
use crate::transport::Payload;
use serde::de::DeserializeOwned;
use std::fmt;

/// The lines of an answer, one after the other.
#[must_use = "nothing is read until `next` is awaited"]
pub struct Lines {
    pub(super) body: Option<Payload>,
    split: Split,
    request: String,
    #[cfg_attr(
        not(feature = "blocking"),
        expect(dead_code, reason = "only iterators ask it")
    )]
    pub(super) client: Client,
}

/// A line of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// Its text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The value, if it is JSON of this type.
    ///
    /// # Errors
    ///
    /// If it is not; the lines after it can be read all the same.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, AnyError> {
        serde_json::from_str(&self.0)
            .map_err(|why| AnyError::new(Failure::undecodable("a line", &why.to_string())))
    }
}

impl Lines {
    pub(super) fn new(body: Payload, request: String, client: &Client) -> Self {
        Self {
            body: Some(body),
            split: Split::new(Ends::Lf, MOST),
            request,
            client: client.clone(),
        }
    }

    /// Waits for the next line; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, if nothing comes for as long as `idle_timeout` says, or if a line is longer than 16 MiB; there are no
    /// lines after that.
    pub async fn next(&mut self) -> Option<Result<Line, AnyError>> {
        loop {
            match self.split.next() {
                Ok(None) => {}
                Ok(Some(line)) => match text(&line) {
                    Some(line) => return Some(Ok(line)),
                    None => continue,
                },
                Err(error) => {
                    self.body = None;
                    self.split.rest();
                    return Some(Err(too_long(&self.request, error.0)));
                }
            }
            match self.body.as_mut()?.chunk().await {
                Ok(Some(bytes)) => self.split.push(&bytes),
                Ok(None) => {
                    self.body = None;
                    return text(&self.split.rest()).map(Ok);
                }
                Err(error) => {
                    self.body = None;
                    return Some(Err(error.of(&self.request).into()));
                }
            }
        }
    }
}

/// A line that is not empty; texts of a sequence begin with a character that separates them.
fn text(line: &[u8]) -> Option<Line> {
    const SEPARATOR: char = '\u{1e}';
    let line = String::from_utf8_lossy(line);
    let line = line.trim_start_matches(['\u{feff}', SEPARATOR]).trim();
    (!line.is_empty()).then(|| Line(line.to_owned()))
}

pub(super) fn too_long(request: &str, most: usize) -> AnyError {
    let why = format!("a line or an event of it is longer than {most} bytes");
    AnyError::new(Failure::new(Kind::TooLarge, request, why))
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lines(…)")
    }
}
