//! From a draft to an answer, without knowing what is asked or answered: compiled once, however many operations an
//! API has.
//!
//! In: a draft and its spec. Out: the bytes of an answer, or a [`Failure`] whose texts hold no secret.

use crate::auth::Handshake;
use crate::call::Draft;
use crate::error::{Error, Failure, Kind};
use crate::promised;
use crate::redact::redacted;
use crate::response::{Answer, Decoded, Head, RawParts, Response};
use crate::spec::Spec;
use crate::transport::{ExactHeaders, ExactUrl, Payload, Timeout};
use crate::wire::{self, BuildError, Gap, HeaderSource, Parts, Settings, parts::Secret};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use std::sync::Arc;

/// A scheme that is not content after this many answers never will be.
const MOST_CHALLENGES: usize = 4;

/// An answer that was read to its end, and what it answers.
pub(crate) struct Answered {
    raw: Arc<RawParts>,
    request: String,
    strict: bool,
    secrets: Vec<Secret>,
    gaps: Vec<Gap>,
    draft: Arc<Draft>,
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
        match decoded.value {
            Ok(api) => Error::new(self.failure(Kind::Api, None, decoded.drift), Some(api)),
            Err(why) => Error::new(self.failure(Kind::Decode, Some(&why), decoded.drift), None),
        }
    }

    fn answer(&self) -> Answer {
        Answer {
            raw: Arc::clone(&self.raw),
            strict: self.strict,
        }
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is large, and only ever an error"
    )]
    fn failure(mut self, kind: Kind, why: Option<&str>, drift: Vec<crate::decode::Drift>) -> Box<Failure> {
        self.secrets.extend(promised::of_body(&self.draft.values));
        let excerpt = excerpt(&self.raw.body, &self.secrets);
        let message = match why {
            None => excerpt,
            Some(why) if excerpt.is_empty() => why.to_owned(),
            Some(why) => format!("{why}: {excerpt}"),
        };
        let mut failure = Failure::new(kind, &self.request, message);
        if explained_by_gaps(self.raw.head.status) {
            failure.gaps = self.gaps;
        }
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
fn excerpt(body: &[u8], secrets: &[Secret]) -> String {
    const MOST_BYTES: usize = 1_000;
    const MOST_CHARS: usize = 200;
    let head = body.get(..MOST_BYTES).unwrap_or(body);
    let text = String::from_utf8_lossy(head);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = redacted(line, secrets);
    match line.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Sends and reads.
pub(crate) async fn answered(draft: Arc<Draft>, spec: &'static Spec) -> Result<Answered, Box<Failure>> {
    let strict = draft.client.inner().strict;
    let (response, sent) = exchange(&draft, spec).await?;
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(|error| sent.failed(error))?;
    let head = Head {
        status: parts.status,
        headers: parts.headers,
    };
    Ok(Answered {
        raw: Arc::new(RawParts { head, body }),
        request: sent.line,
        strict,
        secrets: sent.secrets,
        gaps: sent.gaps,
        draft,
    })
}

/// Sends.
pub(crate) async fn raw(
    draft: Arc<Draft>,
    spec: &'static Spec,
) -> Result<http::Response<Payload>, Box<Failure>> {
    exchange(&draft, spec).await.map(|(response, _)| response)
}

/// What is known of a request once it is gone.
struct Sent {
    /// Method and path, secrets replaced.
    line: String,
    /// The same with scheme, host and port, for failures that are about them.
    address: String,
    secrets: Vec<Secret>,
    gaps: Vec<Gap>,
}

impl Sent {
    fn of(parts: &Parts, draft: &Draft, spec: &Spec) -> Self {
        let mut secrets = parts.secrets.clone();
        secrets.extend(promised::of_entries(&draft.values, spec));
        let path = parts.target().split('?').next().unwrap_or_default();
        let line = redacted(format!("{} {path}", parts.method), &secrets);
        let address = format!("{} {}{path}", parts.method, parts.origin());
        Self {
            line,
            address: redacted(address, &secrets),
            secrets,
            gaps: parts.gaps.clone(),
        }
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "a failure is large, and only ever an error"
    )]
    fn failed(&self, error: crate::transport::TransportError) -> Box<Failure> {
        let mut failure = Failure::transport(&self.address, error);
        failure.message = redacted(failure.message, &self.secrets);
        failure
    }
}

async fn exchange(
    draft: &Draft,
    spec: &'static Spec,
) -> Result<(http::Response<Payload>, Sent), Box<Failure>> {
    let mut handshake = Handshake::default();
    let mut challenges = 0;
    loop {
        let parts = build(draft, spec, &handshake)?;
        let sent = Sent::of(&parts, draft, spec);
        let request = http_request(draft, parts).map_err(|error| Failure::refused(spec.name, error))?;
        let answer = draft.client.inner().transport.send(request).await;
        let response = answer.map_err(|error| sent.failed(error))?;
        challenges += 1;
        let asked = response.headers().get_all(header::WWW_AUTHENTICATE);
        let asked = asked.iter().filter_map(|value| value.to_str().ok());
        if challenges < MOST_CHALLENGES && handshake.answered(spec, response.status().as_u16(), asked) {
            // Read to its end, the connection can be used again; some schemes authenticate the connection.
            let _ = response.into_body().collect().await;
            continue;
        }
        return Ok((response, sent));
    }
}

/// The request in its parts.
pub(crate) fn parts(draft: &Draft, spec: &Spec) -> Result<Parts, Box<Failure>> {
    build(draft, spec, &Handshake::default())
}

/// The request, ready for a transport.
pub(crate) fn request(draft: &Draft, spec: &Spec) -> Result<http::Request<Payload>, Box<Failure>> {
    let parts = parts(draft, spec)?;
    http_request(draft, parts).map_err(|error| Failure::refused(spec.name, error))
}

fn build(draft: &Draft, spec: &Spec, handshake: &Handshake) -> Result<Parts, Box<Failure>> {
    if let Some(why) = &draft.refused {
        return Err(Failure::build(spec.name, why));
    }
    let settings = draft.client.inner().settings();
    wire::build(spec, &draft.values, &settings, draft.mode, handshake)
        .map_err(|error| Failure::refused(spec.name, error))
}

fn http_request(draft: &Draft, parts: Parts) -> Result<http::Request<Payload>, BuildError> {
    let method =
        Method::from_bytes(parts.method.as_bytes()).map_err(|_| BuildError::Method(parts.method.clone()))?;
    let uri = uri(&parts.url, &draft.client.inner().settings())?;
    let user_agent = &draft.client.inner().user_agent;
    let (headers, exact) = header_lines(&parts, user_agent)?;
    let mut request = http::Request::new(Payload::from(parts.body));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    let extensions = request.extensions_mut();
    if let Some(called) = draft.client.called(draft.operation) {
        extensions.insert(called);
    }
    extensions.insert(exact);
    extensions.insert(ExactUrl(parts.url));
    if let Some(timeout) = draft.timeout {
        extensions.insert(Timeout(timeout));
    }
    Ok(request)
}

/// The URL as `http` has it: characters that it refuses are percent-encoded, as any other client would.
fn uri(url: &str, settings: &Settings<'_>) -> Result<Uri, BuildError> {
    if let Ok(uri) = url.parse() {
        return Ok(uri);
    }
    let mut encoded = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'_' | b'a'..=b'z' | b'~' => encoded.push(char::from(byte)),
            byte => encoded.extend(["%", &format!("{byte:02X}")]),
        }
    }
    encoded.parse().map_err(|error| refused(url, &error, settings))
}

/// Why an URL cannot be used: a variable that is still in it says more than what is wrong with its characters.
fn refused(url: &str, error: &http::uri::InvalidUri, settings: &Settings<'_>) -> BuildError {
    let unset = url
        .split_once("{{")
        .and_then(|(_, rest)| rest.split_once("}}"))
        .map(|(name, _)| name);
    match unset {
        Some(name) => settings.unset(name, "URL"),
        None => BuildError::Url(error.to_string()),
    }
}

fn header_lines(parts: &Parts, user_agent: &str) -> Result<(HeaderMap, ExactHeaders), BuildError> {
    let mut map = HeaderMap::with_capacity(parts.headers.len() + 1);
    let mut lines = Vec::with_capacity(parts.headers.len() + 1);
    for line in &parts.headers {
        let refused = |why| BuildError::Header {
            name: line.name.clone(),
            why,
        };
        let name =
            HeaderName::from_bytes(line.name.as_bytes()).map_err(|_| refused("has an invalid name"))?;
        let mut value = HeaderValue::from_bytes(&line.value).map_err(|_| refused("has an invalid value"))?;
        let text = String::from_utf8_lossy(&line.value);
        let is_known = parts.secrets.iter().any(|secret| text.contains(&secret.text));
        value.set_sensitive(is_known || is_secret(line.source, &name));
        map.append(name, value.clone());
        lines.push((line.name.clone(), value));
    }
    let omitted = parts.omitted_headers.contains(&"user-agent");
    if !omitted
        && !map.contains_key(header::USER_AGENT)
        && let Ok(value) = HeaderValue::from_str(user_agent)
    {
        map.insert(header::USER_AGENT, value.clone());
        lines.push(("User-Agent".to_owned(), value));
    }
    Ok((
        map,
        ExactHeaders {
            lines,
            omitted: parts.omitted_headers,
        },
    ))
}

/// Whether `Debug` of the request must not show the value.
fn is_secret(source: HeaderSource, name: &HeaderName) -> bool {
    match source {
        HeaderSource::Auth | HeaderSource::Url => true,
        HeaderSource::Item | HeaderSource::Body | HeaderSource::Caller => {
            let known = [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION];
            known.contains(name) || name.as_str().contains("token") || name.as_str().contains("key")
        }
    }
}
