//! Where a redirect leads: one decision, without any IO.
//!
//! In: the URL and the method of a request, and the status and `Location` of its answer. Out: the next request's URL and
//! method, whether it takes the body along, and whether it leaves the origin (scheme, host and port) that credentials
//! were given for; or why nobody goes there. What is sent along is decided elsewhere, by that.

use crate::wire;
use std::fmt;
use std::net::Ipv6Addr;

/// So many redirects are followed by default, as in Postman.
pub const MOST: u32 = 10;

/// The next request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Its URL, without user information and fragment.
    pub url: String,
    /// Its method.
    pub method: String,
    /// Whether it has the body of the one before.
    pub keeps_body: bool,
    /// Whether it goes to another origin.
    pub crosses: bool,
    /// Whether it goes to the same host, and is now encrypted: `http` to `https`, on the ports of both.
    pub upgrades: bool,
}

/// What becomes of the method where HTTP leaves a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Methods {
    /// After 303, and after 301 and 302 to a `POST`, it is `GET`, as in browsers.
    Browser,
    /// It stays as it is.
    Kept,
}

/// Why a redirect is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// From `https` to `http`.
    Downgrade,
    /// To another scheme than these two.
    Scheme(String),
    /// To what is no URL.
    Url(&'static str),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Downgrade => f.write_str("it leads from https to http, where everybody could read along"),
            Self::Scheme(scheme) => write!(
                f,
                "it leads to an address of the scheme `{scheme}`, which is neither http nor https"
            ),
            Self::Url(why) => write!(f, "its `Location` cannot be used: {why}"),
        }
    }
}

/// Whether an answer of this status leads elsewhere, if it has a `Location`.
pub fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The next request, where the answer to one is a redirect; `None` if it is none.
///
/// # Errors
///
/// If nobody should go there.
pub fn next(
    url: &str,
    method: &str,
    status: u16,
    location: &[u8],
    methods: Methods,
) -> Result<Option<Hop>, Refusal> {
    let location = location.trim_ascii();
    if !is_redirect(status) || location.is_empty() {
        return Ok(None);
    }
    // Some readers of URLs skip them, and find another address.
    if location.iter().any(u8::is_ascii_control) {
        return Err(Refusal::Url("it holds control characters"));
    }
    let from = Target::read(url.as_bytes())?;
    let to = from.resolve(location)?;
    if from.scheme == Scheme::Https && to.scheme == Scheme::Http {
        return Err(Refusal::Downgrade);
    }
    let becomes_get = match (status, method) {
        (_, "GET" | "HEAD") | (307 | 308, _) => false,
        (303, _) | (301 | 302, "POST") => methods == Methods::Browser,
        (_, _) => false,
    };
    let upgrades = from.scheme == Scheme::Http
        && to.scheme == Scheme::Https
        && from.host == to.host
        && from.has_default_port()
        && to.has_default_port();
    Ok(Some(Hop {
        url: to.to_string(),
        method: if becomes_get { "GET" } else { method }.to_owned(),
        keeps_body: !becomes_get,
        crosses: !from.is_origin_of(&to),
        upgrades,
    }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

impl Scheme {
    fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// An absolute URL in one spelling: two that compare equal are the same place for every reader of URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    scheme: Scheme,
    /// Lower case ASCII; an IPv6 address in its brackets.
    host: String,
    port: u16,
    /// With its leading slash.
    path: String,
    query: Option<String>,
}

impl Target {
    fn read(url: &[u8]) -> Result<Self, Refusal> {
        let (scheme, rest) = split_scheme(url).ok_or(Refusal::Url("it has no scheme"))?;
        absolute(scheme, rest)
    }

    /// The URL that a reference stands for which is found in an answer from here.
    fn resolve(&self, reference: &[u8]) -> Result<Self, Refusal> {
        if let Some((scheme, rest)) = split_scheme(reference) {
            return absolute(scheme, rest);
        }
        let (path, query) = split(reference);
        let path = slashed(path);
        if path.starts_with(b"//") {
            return network(self.scheme, &path, query);
        }
        let (path, query) = match path.first() {
            None => (
                self.path.clone(),
                query.map(encoded).or_else(|| self.query.clone()),
            ),
            Some(b'/') => (without_dots(&encoded(&path)), query.map(encoded)),
            Some(_) => {
                let parent = self.path.rsplit_once('/').map_or("", |(parent, _)| parent);
                let path = format!("{parent}/{}", encoded(&path));
                (without_dots(&path), query.map(encoded))
            }
        };
        Ok(Self {
            host: self.host.clone(),
            path,
            query,
            ..*self
        })
    }

    fn is_origin_of(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.host == other.host && self.port == other.port
    }

    fn has_default_port(&self) -> bool {
        self.port == self.scheme.port()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        write!(f, "{scheme}://{}", self.host)?;
        if !self.has_default_port() {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.path)?;
        self.query.iter().try_for_each(|query| write!(f, "?{query}"))
    }
}

/// The scheme before the first `:`, if that is one.
fn split_scheme(url: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = url.iter().position(|&byte| byte == b':')?;
    let (scheme, rest) = url.split_at_checked(colon)?;
    let is_scheme = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    is_scheme.then(|| (scheme, rest.get(1..).unwrap_or_default()))
}

fn absolute(scheme: &[u8], rest: &[u8]) -> Result<Target, Refusal> {
    let scheme = match String::from_utf8_lossy(scheme).to_ascii_lowercase().as_str() {
        "http" => Scheme::Http,
        "https" => Scheme::Https,
        other => return Err(Refusal::Scheme(other.to_owned())),
    };
    let (path, query) = split(rest);
    network(scheme, &slashed(path), query)
}

/// `//host:port/path`
fn network(scheme: Scheme, text: &[u8], query: Option<&[u8]>) -> Result<Target, Refusal> {
    // `https:/host` and `https:host` are read as addresses by some and as paths by others.
    let rest = text
        .strip_prefix(b"//")
        .ok_or(Refusal::Url("there is no `//` before its host"))?;
    let end = rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, b""));
    // Who would be named before an `@` is named by the server, not by the caller.
    let authority = authority.rsplit(|&byte| byte == b'@').next().unwrap_or_default();
    let authority = std::str::from_utf8(authority).map_err(|_| Refusal::Url("its host is no text"))?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        Some(_) | None => (authority, ""),
    };
    let port = match port {
        "" => scheme.port(),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map_err(|_| Refusal::Url("its port is none"))?
        }
        _ => return Err(Refusal::Url("its port is no number")),
    };
    Ok(Target {
        scheme,
        host: host_of(host)?,
        port,
        path: without_dots(&encoded(path)),
        query: query.map(encoded),
    })
}

/// The host in its one spelling.
fn host_of(text: &str) -> Result<String, Refusal> {
    let no_host = Refusal::Url("its host is none");
    if let Some(address) = text.strip_prefix('[') {
        let address = address.strip_suffix(']').ok_or(no_host.clone())?;
        let address: Ipv6Addr = address.parse().map_err(|_| no_host)?;
        return Ok(format!("[{address}]"));
    }
    let host = wire::host(text).map_err(|_| no_host.clone())?;
    let is_name = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    if !is_name || host.bytes().all(|byte| byte == b'.') {
        return Err(no_host);
    }
    Ok(host)
}

/// Path and query, without the fragment.
fn split(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let end = text.iter().position(|&byte| byte == b'#').unwrap_or(text.len());
    let text = text.get(..end).unwrap_or_default();
    match text.iter().position(|&byte| byte == b'?') {
        Some(start) => (text.get(..start).unwrap_or_default(), text.get(start + 1..)),
        None => (text, None),
    }
}

/// With `\` as `/`, as browsers read it: else `/\host` would be a path here and a host there.
fn slashed(text: &[u8]) -> Vec<u8> {
    let slash = |&byte: &u8| if byte == b'\\' { b'/' } else { byte };
    text.iter().map(slash).collect()
}

/// With what an URL cannot hold percent-encoded, byte by byte; what is encoded stays.
fn encoded(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for &byte in text {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The path without `.` and `..`, encoded or not: whoever reads the URL next would take them out too.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_folder = true;
    for segment in path.strip_prefix('/').unwrap_or(path).split('/') {
        let dots = segment.to_ascii_lowercase().replace("%2e", ".");
        ends_in_folder = true;
        match dots.as_str() {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => {
                kept.push(segment);
                ends_in_folder = false;
            }
        }
    }
    let slash = if ends_in_folder && !kept.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{slash}", kept.join("/"))
}

#[cfg(test)]
mod tests;
