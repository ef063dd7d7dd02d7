//! HTTP/1.1 to the byte: header names in their spelling and order, and the URL with every character it was given.
//!
//! In: a request with its [`ExactHeaders`] and [`ExactUrl`]. Out: what the server answers, as it comes. Each request has a
//! connection of its own: this is for APIs that mind the spelling of a header, and for comparing with what Postman
//! sends. Everybody else is better served by a pool.

mod received;

use super::{ExactHeaders, ExactUrl, Payload, Sent, Timeout, Transport, TransportError};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use received::{Received, Stream};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends every request as it is written, on a connection of its own.
///
/// NTLM, which authenticates a connection and not a request, does not work over it.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    redirect: Option<SocketAddr>,
    connect: Duration,
}

impl Default for Exact {
    fn default() -> Self {
        Self {
            redirect: None,
            connect: Duration::from_secs(10),
        }
    }
}

/// A head that is longer is none.
const LONGEST_HEAD: usize = 256 << 10;

impl Exact {
    /// Connects to the host of each URL.
    pub fn new() -> Self {
        Self::default()
    }

    /// Connects to this address instead, whatever host the URL names, and without TLS: for a recorder.
    #[must_use]
    pub fn redirect(mut self, address: SocketAddr) -> Self {
        self.redirect = Some(address);
        self
    }

    /// Waits this long for a connection, its host's name and its TLS included, instead of 10 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect = timeout;
        self
    }

    async fn exchange(
        self,
        request: http::Request<Payload>,
    ) -> Result<http::Response<Payload>, TransportError> {
        let url = match request.extensions().get::<ExactUrl>() {
            Some(ExactUrl(url)) => url.clone(),
            None => request.uri().to_string(),
        };
        let url = Url::parse(&url).ok_or_else(|| TransportError::unsent("the URL has no host"))?;
        let connecting = tokio::time::timeout(self.connect, self.connect(&url)).await;
        let mut stream = connecting.map_err(TransportError::connect_timeout)??;
        let is_head = request.method() == Method::HEAD;
        let (parts, mut body) = request.into_parts();
        let (head, framing) = head(&parts, &url, http_body::Body::size_hint(&body).exact());
        let mut written = stream.write_all(&head).await;
        while written.is_ok() {
            let Some(chunk) = body.chunk().await? else { break };
            written = write(&mut stream, framing, &chunk).await;
        }
        if written.is_ok() {
            written = end(&mut stream, framing).await;
        }
        // A server that answers before it has read everything may close its side: what it says counts.
        match (read(stream, is_head).await, written) {
            (Ok(response), _) => Ok(response),
            (Err(_), Err(error)) => Err(TransportError::other(error)),
            (Err(error), Ok(())) => Err(error),
        }
    }

    async fn connect(self, url: &Url<'_>) -> Result<Box<dyn Stream>, TransportError> {
        if let Some(address) = self.redirect {
            let tcp = TcpStream::connect(address)
                .await
                .map_err(TransportError::connect)?;
            return Ok(Box::new(tcp));
        }
        let tcp = TcpStream::connect((url.host, url.port))
            .await
            .map_err(TransportError::connect)?;
        if url.is_secure {
            secured(tcp, url.host).await
        } else {
            Ok(Box::new(tcp))
        }
    }
}

impl Transport for Exact {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(async move {
            let exchange = |request| self.exchange(request);
            match request.extensions().get::<Timeout>().copied() {
                None => exchange(request).await,
                Some(Timeout(timeout)) => tokio::time::timeout(timeout, exchange(request))
                    .await
                    .unwrap_or_else(|error| Err(TransportError::timeout(error))),
            }
        })
    }
}

#[cfg(feature = "rustls")]
async fn secured(tcp: TcpStream, host: &str) -> Result<Box<dyn Stream>, TransportError> {
    let config = super::tls::config()?;
    let name = rustls::pki_types::ServerName::try_from(host.to_owned()).map_err(TransportError::connect)?;
    let tls = tokio_rustls::TlsConnector::from(std::sync::Arc::new(config))
        .connect(name, tcp)
        .await;
    Ok(Box::new(tls.map_err(TransportError::connect)?))
}

#[cfg(not(feature = "rustls"))]
#[expect(clippy::unused_async, reason = "waits where there is TLS")]
async fn secured(_tcp: TcpStream, _host: &str) -> Result<Box<dyn Stream>, TransportError> {
    Err(TransportError::connect(
        "this build has no TLS: enable the feature `rustls`",
    ))
}

/// An URL in the parts that matter here.
struct Url<'a> {
    is_secure: bool,
    /// Host and port as written.
    authority: &'a str,
    host: &'a str,
    port: u16,
    target: String,
}

impl<'a> Url<'a> {
    fn parse(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at_checked(end)?;
        let is_secure = scheme.eq_ignore_ascii_case("https");
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().ok()),
            _ => (authority, None),
        };
        let host = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let port = port.unwrap_or(if is_secure { 443 } else { 80 });
        let slash = if target.starts_with('/') { "" } else { "/" };
        (!host.is_empty()).then(|| Self {
            is_secure,
            authority,
            host,
            port,
            target: format!("{slash}{target}"),
        })
    }
}

/// How the end of a body is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framing {
    Plain,
    Chunked,
}

async fn write(stream: &mut Box<dyn Stream>, framing: Framing, chunk: &[u8]) -> io::Result<()> {
    match framing {
        Framing::Plain => stream.write_all(chunk).await,
        Framing::Chunked => {
            let size = format!("{:x}\r\n", chunk.len());
            stream
                .write_all(&[size.as_bytes(), chunk, b"\r\n"].concat())
                .await
        }
    }
}

async fn end(stream: &mut Box<dyn Stream>, framing: Framing) -> io::Result<()> {
    match framing {
        Framing::Plain => {}
        Framing::Chunked => stream.write_all(b"0\r\n\r\n").await?,
    }
    stream.flush().await
}

/// The request's head, and how its body is to be written.
fn head(parts: &http::request::Parts, url: &Url<'_>, length: Option<u64>) -> (Vec<u8>, Framing) {
    let from_map = || ExactHeaders {
        lines: parts
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.clone()))
            .collect(),
        omitted: &[],
    };
    let exact = parts
        .extensions
        .get::<ExactHeaders>()
        .cloned()
        .unwrap_or_else(from_map);
    let has = |name: &str| {
        exact
            .lines
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
    };
    let adds = |name: &str| !has(name) && !exact.omitted.contains(&name);
    let mut head = format!("{} {} HTTP/1.1\r\n", parts.method, url.target).into_bytes();
    let mut line = |name: &str, value: &[u8]| {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    };
    for (name, value) in &exact.lines {
        line(name, value.as_bytes());
    }
    if adds("host") {
        line("Host", url.authority.as_bytes());
    }
    if adds("connection") {
        line("Connection", b"close");
    }
    // Methods that are not expected to have a body do not say that they have none.
    let bodyless = ["GET", "HEAD", "TRACE", "DELETE", "CONNECT", "OPTIONS"].contains(&parts.method.as_str());
    let mut framing = if has("transfer-encoding") {
        Framing::Chunked
    } else {
        Framing::Plain
    };
    match length {
        Some(0) if bodyless => {}
        Some(length) if adds("content-length") => line("Content-Length", length.to_string().as_bytes()),
        None if adds("content-length") && adds("transfer-encoding") => {
            line("Transfer-Encoding", b"chunked");
            framing = Framing::Chunked;
        }
        Some(_) | None => {}
    }
    head.extend_from_slice(b"\r\n");
    (head, framing)
}

async fn read(mut stream: Box<dyn Stream>, is_head: bool) -> Result<http::Response<Payload>, TransportError> {
    let mut buffer = Vec::new();
    loop {
        let (mut response, used) = loop {
            match parse_head(&buffer)? {
                Some(parsed) => break parsed,
                None if more(&mut stream, &mut buffer).await? == 0 => {
                    return Err(TransportError::other(
                        "the connection was closed before the answer's head ended",
                    ));
                }
                None if buffer.len() > LONGEST_HEAD => {
                    return Err(TransportError::other("the answer's head has no end"));
                }
                None => {}
            }
        };
        buffer.drain(..used.min(buffer.len()));
        if response.status().is_informational() {
            continue;
        }
        let bodyless = is_head
            || matches!(
                response.status(),
                StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
            );
        if !bodyless {
            let body = Received::new(stream, &buffer, response.headers());
            *response.body_mut() = Payload::stream(body);
        }
        return Ok(response);
    }
}

/// Reads some more; 0 at the end.
async fn more(stream: &mut Box<dyn Stream>, buffer: &mut Vec<u8>) -> Result<usize, TransportError> {
    stream.read_buf(buffer).await.map_err(TransportError::other)
}

/// The head, and how many bytes it takes; `None` if there is more to come.
fn parse_head(buffer: &[u8]) -> Result<Option<(http::Response<Payload>, usize)>, TransportError> {
    const MOST_HEADERS: usize = 256;
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(used) = parsed.parse(buffer).map_err(TransportError::other)? else {
        return Ok(None);
    };
    let mut response = http::Response::new(Payload::empty());
    *response.status_mut() =
        StatusCode::from_u16(parsed.code.unwrap_or_default()).map_err(TransportError::other)?;
    for header in parsed.headers.iter() {
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(TransportError::other)?;
        let value = HeaderValue::from_bytes(header.value).map_err(TransportError::other)?;
        response.headers_mut().append(name, value);
    }
    Ok(Some((response, used)))
}
