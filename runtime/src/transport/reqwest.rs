//! The default transport: a `reqwest` client, ours or the user's.

use super::{Payload, Sent, Timeout, Transport, TransportError};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Sends with `reqwest`: pooled connections, redirects, proxies, HTTP/2 as the client is set.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
    redirects: Redirects,
}

/// Who follows redirects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Redirects {
    /// This crate's client: it knows which headers are secret.
    Ours,
    /// The user's own `reqwest` client, as it was built.
    Theirs,
}

/// A connection that is not made by then never will be.
const CONNECT: Duration = Duration::from_secs(10);

/// Most servers and load balancers close a connection that is idle for a minute; it is not used that late.
const POOL_IDLE: Duration = Duration::from_secs(55);

impl Reqwest {
    /// A client with this crate's TLS, which waits 10 seconds for a connection and follows no redirect by itself: a
    /// letterpress client follows them, and keeps credentials from other origins.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::connecting_within(CONNECT)
    }

    /// The same, which waits as long for a connection, its host's name and its TLS included.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn connecting_within(timeout: Duration) -> Result<Self, TransportError> {
        #[cfg(feature = "rustls")]
        let builder = reqwest::Client::builder().tls_backend_preconfigured(super::tls::config()?);
        #[cfg(not(feature = "rustls"))]
        let builder = reqwest::Client::builder();
        let builder = builder
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(timeout)
            .pool_idle_timeout(POOL_IDLE);
        let client = builder.build().map_err(TransportError::unsent)?;
        Ok(Self {
            client,
            redirects: Redirects::Ours,
        })
    }
}

/// Redirects, connecting and pooling are as the client was built. By default `reqwest` follows redirects, and keeps
/// only `Authorization`, `Cookie` and their like from other hosts: API keys in headers are sent there.
impl From<reqwest::Client> for Reqwest {
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            redirects: Redirects::Theirs,
        }
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(async move {
            let timeout = request.extensions().get::<Timeout>().copied();
            let (mut parts, payload) = request.into_parts();
            // Nothing of ours for layers below to copy into a new request after a redirect.
            parts.extensions.clear();
            let body = match payload.as_bytes() {
                Some([]) => reqwest::Body::default(),
                // Bytes can be sent again after a redirect or on a connection that was closed meanwhile.
                Some(_) if !payload.is_watched() => reqwest::Body::from(payload.collect().await?),
                Some(_) | None => reqwest::Body::wrap(payload),
            };
            let request = http::Request::from_parts(parts, body);
            let mut request = reqwest::Request::try_from(request).map_err(failed)?;
            if let Some(Timeout(timeout)) = timeout {
                *request.timeout_mut() = Some(timeout);
            }
            let response = self.client.execute(request).await.map_err(failed)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| Payload::stream(Failing(body))))
        })
    }

    fn follows_redirects(&self) -> bool {
        self.redirects == Redirects::Theirs
    }
}

/// The URL is left out: it may hold a key.
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_builder() {
        TransportError::unsent(error)
    } else if error.is_connect() && error.is_timeout() {
        TransportError::connect_timeout(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else if error.is_connect() {
        TransportError::connect(error)
    } else {
        TransportError::other(error)
    }
}

/// A body whose failures are told apart like those of its head.
struct Failing(reqwest::Body);

impl Body for Failing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(cx).map_err(failed)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
