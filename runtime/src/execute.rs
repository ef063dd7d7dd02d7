//! From a draft to an answer, without knowing what is asked or answered: compiled once, however many operations an
//! API has.
//!
//! In: a draft and its spec. Out: the bytes of an answer, or a [`Failure`] whose texts hold no secret.

use crate::answered::Answered;
use crate::call::Draft;
use crate::error::Failure;
use crate::limits::{Limits, MOST_OF_AN_ERROR};
use crate::request;
use crate::response::{Head, RawParts};
use crate::sends::{Sends, Sent, build};
use crate::spec::Spec;
use crate::transport::{Payload, Timeout, TransportError};
use crate::watch::Watch;
use crate::wire::{Parts, Resend};
use bytes::Bytes;
use http::StatusCode;
use http_body::Body as _;
use std::sync::Arc;

/// Sends and reads, until there is an answer that is for the caller.
pub(crate) async fn answered(draft: Arc<Draft>, spec: &'static Spec) -> Result<Answered, Box<Failure>> {
    let mut sends = Sends::new(&draft, spec);
    loop {
        let (wait, failure) = match sends.exchange().await {
            Err(failure) => match sends.again(Err(&failure)) {
                None => return Err(failure.after(sends.tries)),
                Some(wait) => (wait, Some(failure)),
            },
            Ok((response, sent)) => {
                let (head, body) = split(response);
                let read = match most(&draft.limits, head.status, &body) {
                    None => Ok(Read::Cut(Bytes::new())),
                    Some(limit) => match body.into_bytes(limit) {
                        Ok(bytes) => Ok(Read::Whole(bytes)),
                        // On the heap of its own: a call is allocated with room for whatever it may wait for.
                        Err(body) => Box::pin(read(&mut sends.watch, body, limit)).await,
                    },
                };
                match whole(&draft.limits, sent, head, read) {
                    Err(failure) => match sends.again(Err(&failure)) {
                        None => return Err(failure.after(sends.tries)),
                        Some(wait) => (wait, Some(failure)),
                    },
                    Ok(whole) => match sends.again(Ok((whole.head.status, &whole.head.headers))) {
                        None => {
                            let tries = sends.tries;
                            drop(sends);
                            return Ok(whole.into_answered(tries, draft, spec.name));
                        }
                        Some(wait) => (wait, None),
                    },
                }
            }
        };
        Box::pin(sends.rest(wait, failure)).await?;
    }
}

/// An answer whose body is still to be read.
pub(crate) struct Raw {
    pub(crate) response: http::Response<Payload>,
    pub(crate) sent: Sent,
    pub(crate) tries: u32,
}

/// Sends.
pub(crate) async fn raw(draft: Arc<Draft>, spec: &'static Spec) -> Result<Raw, Box<Failure>> {
    let mut sends = Sends::new(&draft, spec);
    loop {
        let outcome = sends.exchange().await;
        let told = outcome.as_ref();
        let told = told.map(|(response, _)| (response.status(), response.headers()));
        let wait = sends.again(told.map_err(AsRef::as_ref));
        match (wait, outcome) {
            (None, Ok((response, sent))) => {
                let clock = Arc::clone(&draft.client.inner().clock);
                let (tries, watch) = (sends.tries, sends.watch);
                let response = response.map(|body| watch.into_guard(clock, body));
                return Ok(Raw {
                    response,
                    sent,
                    tries,
                });
            }
            (None, Err(failure)) => return Err(failure.after(sends.tries)),
            (Some(wait), outcome) => Box::pin(sends.rest(wait, outcome.err())).await?,
        }
    }
}

/// What is asked of the head of an answer, and its body: nothing else of it is held while that is read.
fn split(response: http::Response<Payload>) -> (Head, Payload) {
    let (parts, body) = response.into_parts();
    let head = Head {
        status: parts.status,
        headers: parts.headers,
    };
    (head, body)
}

impl Whole {
    fn into_answered(self, tries: u32, draft: Arc<Draft>, name: &'static str) -> Answered {
        let Self {
            sent,
            head,
            body,
            is_cut,
        } = self;
        Answered {
            raw: Arc::new(RawParts { head, body, tries }),
            request: sent.request,
            secrets: sent.secrets,
            gaps: sent.gaps,
            is_cut,
            draft,
            name,
        }
    }
}

/// An answer with all of its body that is read.
struct Whole {
    sent: Sent,
    head: Head,
    body: Bytes,
    /// Whether there is more of the body.
    is_cut: bool,
}

/// The request in its parts.
pub(crate) fn parts(draft: &Draft, spec: &Spec) -> Result<Parts, Box<Failure>> {
    build(draft, spec, &mut Resend::default(), &draft.client.inner().tokens)
}

/// The request, ready for a transport.
pub(crate) fn request(draft: &Draft, spec: &Spec) -> Result<http::Request<Payload>, Box<Failure>> {
    let (mut resend, inner) = (Resend::default(), draft.client.inner());
    let mut tokens = inner.tokens.clone();
    if !tokens.is_empty() {
        let now = inner.clock.now();
        for slot in &mut tokens {
            slot.look(now);
        }
    }
    let parts = build(draft, spec, &mut resend, &tokens)?;
    let is_absent = |index: &usize| tokens.get(*index).is_some_and(|slot| slot.held.is_none());
    if resend.asked.iter().any(is_absent) {
        let why = "its token is not at hand, and is fetched only where a call is sent";
        return Err(Failure::build(spec.name, why));
    }
    let refused = |error| Failure::refused(spec.name, error);
    let mut request = request::of(&draft.client, parts).map_err(refused)?;
    draft.name(&mut request);
    if let Some(timeout) = draft.limits.whole {
        request.extensions_mut().insert(Timeout(timeout));
    }
    Ok(request)
}

/// As much as is read of the body of an answer; nothing of a success that is larger than that.
fn most(limits: &Limits, status: StatusCode, body: &Payload) -> Option<u64> {
    let limit = limits.body;
    if status.is_success() {
        (body.size_hint().lower() <= limit).then_some(limit)
    } else {
        Some(limit.min(MOST_OF_AN_ERROR))
    }
}

/// What was read of an answer, if that is enough.
fn whole(
    limits: &Limits,
    sent: Sent,
    head: Head,
    read: Result<Read, TransportError>,
) -> Result<Whole, Box<Failure>> {
    let (body, is_cut) = match read {
        Ok(Read::Whole(body)) => (body, false),
        Ok(Read::Cut(body)) if !head.status.is_success() => (body, true),
        Ok(Read::Cut(_)) => return Err(Failure::too_large(&sent.request, head, limits.body)),
        Err(error) => return Err(sent.broken(head, error)),
    };
    Ok(Whole {
        sent,
        head,
        body,
        is_cut,
    })
}

/// As much of the body of an answer as there may be.
enum Read {
    Whole(Bytes),
    /// There is more of it.
    Cut(Bytes),
}

async fn read(watch: &mut Watch<'_>, mut body: Payload, limit: u64) -> Result<Read, TransportError> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut first: Option<Bytes> = None;
    let mut all = Vec::new();
    while let Some(chunk) = watch.within(body.chunk()).await?? {
        let length = all.len().max(first.as_ref().map_or(0, Bytes::len));
        let rest = most - length;
        let is_cut = chunk.len() > rest;
        let chunk = chunk.slice(..chunk.len().min(rest));
        if first.is_none() {
            first = Some(chunk);
        } else {
            grow(&mut all, first.as_deref().unwrap_or_default(), &chunk, most);
        }
        if is_cut {
            let read = if all.is_empty() {
                first.unwrap_or_default()
            } else {
                all.into()
            };
            return Ok(Read::Cut(read));
        }
    }
    // One chunk alone is not copied.
    let whole = if all.is_empty() {
        first.unwrap_or_default()
    } else {
        all.into()
    };
    Ok(Read::Whole(whole))
}

/// Adds a chunk, with room for no more than may come.
fn grow(all: &mut Vec<u8>, first: &[u8], chunk: &[u8], most: usize) {
    if all.is_empty() {
        all.reserve_exact((first.len() + chunk.len()).min(most));
        all.extend_from_slice(first);
    }
    if all.capacity() - all.len() < chunk.len() {
        let room = (all.len() * 2).max(all.len() + chunk.len()).min(most);
        all.reserve_exact(room.saturating_sub(all.len()));
    }
    all.extend_from_slice(chunk);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size<F>(_: fn(Arc<Draft>, &'static Spec) -> F) -> usize {
        size_of::<F>()
    }

    /// Allocators keep what is not larger at hand: above it, every call would be an eighth dearer.
    #[test]
    fn a_call_is_no_larger_than_a_page_of_small_things() {
        assert!(size(answered) <= 1024, "{}", size(answered));
    }
}
