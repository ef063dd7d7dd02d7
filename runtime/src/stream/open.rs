//! The beginning of a stream.
//!
//! In: a call. Out: the body of a success, still to be read, or all of what was answered instead.

use crate::answered::Answered;
use crate::call::Draft;
use crate::error::{Failure, Kind};
use crate::execute;
use crate::limits::MOST_OF_AN_ERROR;
use crate::raw::RawResponse;
use crate::response::{Head, RawParts};
use crate::spec::Spec;
use crate::transport::Payload;
use http::StatusCode;
use std::sync::Arc;

/// A stream of events.
pub(super) struct Opened {
    pub(super) body: Payload,
    pub(super) request: String,
    /// Whether the server says that there is nothing more.
    pub(super) is_over: bool,
}

/// A success whose body is still to be read.
pub(super) struct Begun {
    head: Head,
    pub(super) body: Payload,
    pub(super) request: String,
}

impl Begun {
    /// The same, for whoever reads it.
    pub(super) fn into_raw(self) -> RawResponse {
        let Self { head, body, request } = self;
        RawResponse::of(head, body, request)
    }
}

/// A stream of events, or what was answered instead.
pub(super) async fn open(
    draft: Arc<Draft>,
    spec: &'static Spec,
) -> Result<Result<Opened, Answered>, Box<Failure>> {
    let Begun { head, body, request } = match begin(draft, spec).await? {
        Ok(begun) => begun,
        Err(answered) => return Ok(Err(answered)),
    };
    let is_over = head.status == StatusCode::NO_CONTENT;
    let found = head.media_type().unwrap_or("no media type");
    if !is_over && !found.eq_ignore_ascii_case("text/event-stream") {
        let why = format!("expected text/event-stream, found {found}");
        let mut failure = Failure::new(Kind::Decode, &request, why);
        failure.answer_with(head);
        return Err(failure);
    }
    Ok(Ok(Opened {
        body,
        request,
        is_over,
    }))
}

/// The beginning of a success, or all of what was answered instead.
pub(super) async fn begin(
    draft: Arc<Draft>,
    spec: &'static Spec,
) -> Result<Result<Begun, Answered>, Box<Failure>> {
    let execute::Raw {
        response,
        sent,
        tries,
    } = execute::raw(Arc::clone(&draft), spec).await?;
    let (parts, mut body) = response.into_parts();
    let head = Head {
        status: parts.status,
        headers: parts.headers,
    };
    if head.status.is_success() {
        let request = sent.request;
        return Ok(Ok(Begun { head, body, request }));
    }
    let most = usize::try_from(draft.limits.body.min(MOST_OF_AN_ERROR)).unwrap_or(usize::MAX);
    let (mut read, mut is_cut) = (Vec::new(), false);
    while !is_cut {
        match body.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) => {
                let rest = most - read.len();
                is_cut = chunk.len() > rest;
                read.extend_from_slice(chunk.get(..rest.min(chunk.len())).unwrap_or_default());
            }
            Err(error) => return Err(sent.broken(head, error).after(tries)),
        }
    }
    let body = read.into();
    Ok(Err(Answered {
        raw: Arc::new(RawParts { head, body, tries }),
        request: sent.request,
        secrets: sent.secrets,
        gaps: sent.gaps,
        is_cut,
        draft,
        name: spec.name,
    }))
}
