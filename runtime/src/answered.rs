//! An answer that was read to its end, before anybody knows its type.
//!
//! In: bytes, and what is known of the request. Out: a typed answer, or a [`Failure`] whose texts hold no secret.

use crate::call::Draft;
use crate::charset;
use crate::decode::{Drift, DriftReport};
use crate::decoded::Decoded;
use crate::error::{Error, Failure, Kind};
use crate::promised;
use crate::redact::redacted;
use crate::response::{Answer, RawParts, Response};
use crate::wire::{Gap, parts::Secret};
use http::StatusCode;
use std::sync::Arc;

/// An answer that was read to its end, and what it answers.
pub(crate) struct Answered {
    pub(crate) raw: Arc<RawParts>,
    pub(crate) request: String,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) gaps: Vec<Gap>,
    /// Whether there was more of its body than anybody reads of an error.
    pub(crate) is_cut: bool,
    pub(crate) draft: Arc<Draft>,
    /// The operation's name.
    pub(crate) name: &'static str,
}

impl Answered {
    pub(crate) fn is_success(&self) -> bool {
        self.raw.head.status.is_success()
    }

    /// Reads a success.
    pub(crate) fn finish<T, E>(
        self,
        read: impl FnOnce(Answer) -> Decoded<T>,
    ) -> Result<Response<T>, Error<E>> {
        let decoded = read(self.answer());
        self.tell(&decoded.drift);
        match decoded.value {
            Ok(value) => Ok(Response::new(value, self.raw, decoded.drift)),
            Err(why) => Err(Error::new(
                self.failure(Kind::Decode, Some(&why), decoded.drift),
                None,
            )),
        }
    }

    /// Reads an error.
    pub(crate) fn fail<E>(self, read: impl FnOnce(Answer) -> Decoded<E>) -> Error<E> {
        let decoded = read(self.answer());
        self.tell(&decoded.drift);
        match decoded.value {
            Ok(api) => Error::new(self.failure(Kind::Api, None, decoded.drift), Some(api)),
            Err(why) => Error::new(self.failure(Kind::Decode, Some(&why), decoded.drift), None),
        }
    }

    /// The failure of an error that nobody reads as a type.
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is large, and only ever an error"
    )]
    pub(crate) fn refused(self) -> Box<Failure> {
        self.failure(Kind::Api, None, Vec::new())
    }

    /// Tells of what did not fit, whether or not the call succeeds.
    fn tell(&self, drift: &[Drift]) {
        if drift.is_empty() {
            return;
        }
        let report = DriftReport::new(self.name, self.raw.head.status.as_u16(), drift);
        match &self.draft.client.inner().hooks.drift {
            Some(hook) => hook(&report),
            None => report.trace(),
        }
    }

    fn answer(&self) -> Answer {
        Answer {
            raw: Arc::clone(&self.raw),
            strict: self.draft.client.inner().strict,
        }
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is large, and only ever an error"
    )]
    fn failure(mut self, kind: Kind, why: Option<&str>, drift: Vec<Drift>) -> Box<Failure> {
        self.secrets.extend(promised::of_body(&self.draft.values));
        let excerpt = excerpt(&self.raw, &self.secrets);
        let message = match why {
            None => excerpt,
            Some(why) if excerpt.is_empty() => why.to_owned(),
            Some(why) => format!("{why}: {excerpt}"),
        };
        let mut failure = Failure::new(kind, &self.request, message);
        if explained_by_gaps(self.raw.head.status) {
            failure.gaps = self.gaps;
        }
        failure.is_cut = self.is_cut;
        failure.tries = self.raw.tries;
        failure.answer = Some(self.raw);
        failure.drift = drift;
        failure
    }
}

/// Whether a server may answer so because something is not in the request.
fn explained_by_gaps(status: StatusCode) -> bool {
    [
        StatusCode::BAD_REQUEST,
        StatusCode::UNAUTHORIZED,
        StatusCode::FORBIDDEN,
    ]
    .contains(&status)
}

/// A bounded piece of a body, on one line. What is secret goes before it is cut: a piece of it would be left.
fn excerpt(raw: &RawParts, secrets: &[Secret]) -> String {
    const MOST_BYTES: usize = 2_000;
    const MOST_CHARS: usize = 400;
    let head = raw.body.get(..MOST_BYTES).unwrap_or(&raw.body);
    let text = charset::text(head, raw.head.content_type());
    let text = text.unwrap_or_else(|_| String::from_utf8_lossy(head));
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = redacted(line, secrets);
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
