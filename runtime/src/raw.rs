//! An answer as it comes: any status, nothing decoded, the body still streaming.

use crate::response::Head;
use crate::transport::{Payload, TransportError};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// An answer whose body is still to be read.
pub struct RawResponse {
    head: Head,
    body: Payload,
    request: String,
}

impl RawResponse {
    pub(crate) fn new(response: http::Response<Payload>, request: String) -> Self {
        let (parts, body) = response.into_parts();
        let head = Head {
            status: parts.status,
            headers: parts.headers,
        };
        Self::of(head, body, request)
    }

    pub(crate) fn of(head: Head, body: Payload, request: String) -> Self {
        Self { head, body, request }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Waits for the next chunk of the body; `None` at its end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or if nothing comes for as long as the call's `idle_timeout` says.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        let chunk = self.body.chunk().await;
        chunk.map_err(|error| error.of(&self.request))
    }

    /// Waits for the whole body, however large it is.
    ///
    /// # Errors
    ///
    /// Like [`chunk`](Self::chunk).
    pub async fn bytes(self) -> Result<Bytes, TransportError> {
        let bytes = self.body.collect().await;
        bytes.map_err(|error| error.of(&self.request))
    }

    /// The body, an [`http_body::Body`].
    pub fn into_body(self) -> Payload {
        self.body
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.head)
            .finish_non_exhaustive()
    }
}
