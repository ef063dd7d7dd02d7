//! How a call is asked for as a stream.
//!
//! In: a call. Out: its events, lines or chunks, or the error that its operation answers.

use super::events::Events;
use super::lines::Lines;
use super::open::{begin, open};
use crate::call::{Call, Draft};
use crate::error::Error;
use crate::operation::Operation;
use crate::raw::RawResponse;
use crate::spec::Spec;
use std::sync::Arc;

impl<This: Operation> Call<This> {
    /// Sends the call, and gives the server-sent events of the answer as they come, each read by `event.json::<T>()`:
    /// `while let Some(event) = events.next().await { … }`. It may be sent again like any other, until the answer begins; `timeout` and
    /// `try_timeout` bound the time to that, and `idle_timeout` the time between its bytes. There is no limit to the length of the
    /// stream.
    ///
    /// # Errors
    ///
    /// Like `send`, and if the answer is no `text/event-stream`.
    pub fn events(&self) -> impl Future<Output = Result<Events, Error<This::Error>>> + Send + use<This> {
        let draft = asking(&self.draft, Self::SPEC, "text/event-stream");
        async move {
            match open(Arc::clone(&draft), Self::SPEC).await {
                Ok(Ok(opened)) => Ok(Events::new(opened, draft, Self::SPEC)),
                Ok(Err(answered)) => Err(answered.fail(This::error)),
                Err(failure) => Err(Error::new(failure, None)),
            }
        }
    }

    /// Sends the call, and gives the body of a success as it comes, chunk by chunk, however large it is:
    /// `while let Some(chunk) = file.chunk().await? { … }`. Unlike with `send_raw`, what the API answers instead of a success is an error.
    /// What bounds `events` bounds it too.
    ///
    /// # Errors
    ///
    /// Like `send`.
    pub fn download(
        &self,
    ) -> impl Future<Output = Result<RawResponse, Error<This::Error>>> + Send + use<This> {
        let draft = Arc::clone(&self.draft);
        async move {
            match begin(draft, Self::SPEC).await {
                Ok(Ok(begun)) => Ok(begun.into_raw()),
                Ok(Err(answered)) => Err(answered.fail(This::error)),
                Err(failure) => Err(Error::new(failure, None)),
            }
        }
    }

    /// Sends the call, and gives the lines of the answer as they come, each read by `line.json::<T>()`: JSON by lines, or a sequence of
    /// JSON texts. What bounds `events` bounds it too.
    ///
    /// # Errors
    ///
    /// Like `send`.
    pub fn lines(&self) -> impl Future<Output = Result<Lines, Error<This::Error>>> + Send + use<This> {
        let draft = Arc::clone(&self.draft);
        async move {
            match begin(Arc::clone(&draft), Self::SPEC).await {
                Ok(Ok(begun)) => Ok(Lines::new(begun.body, begun.request, &draft.client)),
                Ok(Err(answered)) => Err(answered.fail(This::error)),
                Err(failure) => Err(Error::new(failure, None)),
            }
        }
    }
}

/// The draft with an `Accept`, where neither the collection nor the caller says what is taken.
fn asking(draft: &Arc<Draft>, spec: &Spec, media_type: &str) -> Arc<Draft> {
    let mut draft = Arc::clone(draft);
    let is_accept = |name: &str| name.eq_ignore_ascii_case("accept");
    let given = draft.values.headers.iter().any(|(name, _)| is_accept(name));
    let of_spec = spec.headers.iter().any(|entry| entry.key.is_some_and(is_accept));
    if !given && !of_spec {
        let accept = ("Accept".to_owned(), media_type.to_owned());
        Arc::make_mut(&mut draft).values.headers.push(accept);
    }
    draft
}
