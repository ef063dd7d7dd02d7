//! From a request's parts to `http`'s types.
//!
//! In: [`Parts`]. Out: a request for any transport: what `http` cannot say of it is in its extensions, and values that
//! are secret are marked.

use crate::client::Client;
use crate::transport::{ExactHeaders, ExactUrl, Payload};
use crate::wire::{BuildError, HeaderSource, Parts, Secret, Settings, sounds_secret};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};

pub(crate) fn of(client: &Client, parts: Parts) -> Result<http::Request<Payload>, BuildError> {
    let method =
        Method::from_bytes(parts.method.as_bytes()).map_err(|_| BuildError::Method(parts.method.clone()))?;
    let uri = uri(&parts.url, &client.inner().settings())?;
    let (headers, exact) = header_lines(&parts, &client.inner().user_agent)?;
    let mut request = http::Request::new(Payload::from(parts.body));
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    let extensions = request.extensions_mut();
    extensions.insert(exact);
    extensions.insert(ExactUrl(parts.url));
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
        value.set_sensitive(is_secret(line.source, &name) || is_known(&line.value, &parts.secrets));
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

/// Whether a value holds a secret of the call.
fn is_known(value: &[u8], secrets: &[Secret]) -> bool {
    let text = String::from_utf8_lossy(value);
    secrets.iter().any(|secret| text.contains(&secret.text))
}

/// Whether `Debug` of the request must not show the value.
fn is_secret(source: HeaderSource, name: &HeaderName) -> bool {
    match source {
        HeaderSource::Auth | HeaderSource::Url => true,
        HeaderSource::Item | HeaderSource::Given | HeaderSource::Body | HeaderSource::Caller => {
            sounds_secret(name.as_str())
        }
    }
}
