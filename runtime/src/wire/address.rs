//! An URL, read the way Postman reads it: split, host made a domain name, path and query encoded.
//!
//! In: text without any variable that has a value. Out: [`Address`], which authentication may still add to. What still
//! stands in `{{…}}` separates nothing.

use super::{
    BuildError,
    encode::{PATH, QUERY, encode},
    text::{Text, next_token},
};
use std::borrow::Cow;

/// An URL, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// `http` or `https`.
    pub(crate) scheme: String,
    /// Host as sent, without port.
    pub(crate) host: String,
    /// The port as written, if it is written.
    pub(crate) port: Option<String>,
    /// The path, encoded, with its leading slash.
    pub(crate) path: String,
    /// The query, encoded, without its `?`.
    pub(crate) query: Option<String>,
    /// User name and password, decoded.
    pub(crate) user_info: Option<(String, String)>,
}

impl Address {
    /// Reads an URL that stands by itself.
    pub(crate) fn read(text: &str) -> Result<Self, BuildError> {
        parse(text, false)
    }

    /// Scheme, host and port as written.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority())
    }

    /// Host and port as written.
    pub(crate) fn authority(&self) -> String {
        match &self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// Adds a query entry, as text of which `&`, `#` and, in the name, `=` are data.
    pub(crate) fn add_query(&mut self, key: &str, value: &str) {
        let entry = format!("{}={}", reserve(key, true), reserve(value, false));
        self.push_query(&encode(&entry, QUERY));
    }

    /// Removes query entries of these names.
    pub(crate) fn remove_query(&mut self, keys: &[&str]) {
        let Some(query) = &self.query else { return };
        let keys: Vec<String> = keys
            .iter()
            .map(|key| encode(&reserve(key, true), QUERY))
            .collect();
        let is_kept = |entry: &&str| {
            let key = entry.split('=').next().unwrap_or_default();
            !keys.iter().any(|removed| removed == key)
        };
        let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
        // A bare `?` stays, as an entry that says nothing.
        self.query = (!kept.is_empty()).then(|| kept.join("&"));
    }

    /// Adds encoded text to the query.
    pub(crate) fn push_query(&mut self, entry: &str) {
        match &mut self.query {
            Some(query) => {
                query.push('&');
                query.push_str(entry);
            }
            None => self.query = Some(entry.to_owned()),
        }
    }

    /// Path and query.
    #[cfg(any(feature = "awsv4", feature = "digest", feature = "edgegrid", feature = "hawk"))]
    pub(crate) fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in [&self.scheme, "://", &self.host] {
            f.write_str(part)?;
        }
        if let Some(port) = &self.port {
            f.write_str(":")?;
            f.write_str(port)?;
        }
        f.write_str(&self.path)?;
        if let Some(query) = &self.query {
            f.write_str("?")?;
            f.write_str(query)?;
        }
        Ok(())
    }
}

/// Query text in which `&`, `#` and perhaps `=` are encoded, but not inside of `{{variables}}`.
pub(crate) fn reserve(text: &str, name: bool) -> String {
    let trusted = Text::trusted(text);
    let mut reserved = String::with_capacity(text.len());
    let mut at = 0;
    let encode_until = |end: usize, reserved: &mut String, at: usize| {
        for character in text.get(at..end).unwrap_or_default().chars() {
            match character {
                '&' => reserved.push_str("%26"),
                '#' => reserved.push_str("%23"),
                '=' if name => reserved.push_str("%3D"),
                other => reserved.push(other),
            }
        }
    };
    while let Some(token) = next_token(&trusted, at) {
        encode_until(token.start, &mut reserved, at);
        reserved.push_str(text.get(token.clone()).unwrap_or_default());
        at = token.end;
    }
    encode_until(text.len(), &mut reserved, at);
    reserved
}

/// Reads an URL the way Postman does, and encodes its parts.
pub(crate) fn parse(text: &str, raw: bool) -> Result<Address, BuildError> {
    let text = text.trim_start();
    if text.is_empty() {
        return Err(BuildError::EmptyUrl);
    }
    let pieces = Pieces::of(text);
    let scheme = pieces.scheme.unwrap_or("http").to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(BuildError::Scheme(scheme));
    }
    let encode = |text: &str, set| {
        if raw { text.to_owned() } else { encode(text, set) }
    };
    let path = format!("/{}", encode(&pieces.path, PATH));
    let query = pieces.query.map(|query| encode(query, QUERY));
    let is_sendable = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_sendable(&path) || !query.as_deref().is_none_or(is_sendable) {
        return Err(BuildError::Url(
            "it is sent as written, but holds spaces or non-ASCII characters".into(),
        ));
    }
    let (name, port) = one_port(pieces.host, pieces.port)?;
    Ok(Address {
        scheme,
        host: host(name)?,
        port: port.map(str::to_owned),
        path,
        query,
        user_info: pieces.user_info.map(|(user, password)| {
            let decode = |text: &str| {
                percent_encoding::percent_decode_str(text)
                    .decode_utf8_lossy()
                    .into_owned()
            };
            (decode(user), decode(password))
        }),
    })
}

/// Host and port, where the host brings a port of its own, as that of a variable may: one that says nothing beside another
/// is left out. Postman takes all of `localhost:8080` for the name of a host then, and finds none.
fn one_port<'a>(host: &'a str, port: Option<&'a str>) -> Result<(&'a str, Option<&'a str>), BuildError> {
    let Some(port) = port.map(str::trim) else {
        return Ok((host, None));
    };
    // The colons of an address in brackets are no port's, nor are those of a variable that is left.
    let bracket = host.rfind([']', '}']).map_or(0, |bracket| bracket + 1);
    let own = host.get(bracket..).and_then(|rest| rest.find(':'));
    let Some(own) = own.map(|colon| bracket + colon) else {
        return Ok((host, Some(port)));
    };
    let (name, own) = (
        host.get(..own).unwrap_or_default(),
        host.get(own + 1..).unwrap_or_default(),
    );
    let says_nothing = |port: &str| port.is_empty() || port == "0";
    match (own.trim_matches(':'), port) {
        (own, port) if says_nothing(port) => Ok((name, Some(own).filter(|own| !own.is_empty()))),
        ("", port) => Ok((name, Some(port))),
        (own, port) => Err(BuildError::Url(format!(
            "its host has two ports, `{own}` and `{port}`"
        ))),
    }
}

/// The parts of an URL, as written.
struct Pieces<'a> {
    scheme: Option<&'a str>,
    user_info: Option<(&'a str, &'a str)>,
    host: &'a str,
    port: Option<&'a str>,
    path: String,
    query: Option<&'a str>,
}

impl<'a> Pieces<'a> {
    /// Splits an URL; what stands in `{{…}}` separates nothing.
    fn of(text: &'a str) -> Self {
        let masked = mask(text);
        let masked = masked.as_str();
        let end = masked.find('#').unwrap_or(masked.len());
        let question_mark = masked.get(..end).and_then(|text| text.find('?'));
        let query = question_mark.and_then(|start| text.get(start + 1..end));
        let end = question_mark.unwrap_or(end);

        let colon = masked.get(..end).and_then(|text| text.find("://"));
        let scheme = colon.and_then(|colon| text.get(..colon));
        let mut start = colon.map_or(0, |colon| colon + 3);
        if colon.is_some() {
            let rest = masked.get(start..end).unwrap_or_default();
            start += rest.len() - rest.trim_start_matches('/').len();
        }
        let slash = masked.get(start..end).and_then(|rest| rest.find('/'));
        let slash = slash.map_or(end, |slash| start + slash);
        let path = text.get(slash + 1..end).unwrap_or_default();
        let path_mask = masked.get(slash + 1..end).unwrap_or_default();
        let path = if path.contains('\\') {
            let is_slash = |(character, mask)| if mask == '/' { '/' } else { character };
            path.chars().zip(path_mask.chars()).map(is_slash).collect()
        } else {
            path.to_owned()
        };

        let at = masked.get(start..slash).and_then(|rest| rest.rfind('@'));
        let user_info = at.map(|at| {
            let user_info = text.get(start..start + at).unwrap_or_default();
            let colon = masked.get(start..start + at).and_then(|masked| masked.find(':'));
            let colon = colon.unwrap_or(user_info.len());
            let password = user_info.get(colon + 1..).unwrap_or_default();
            (user_info.get(..colon).unwrap_or_default(), password)
        });
        let start = at.map_or(start, |at| start + at + 1);

        let colon = masked
            .get(start..slash)
            .and_then(|rest| rest.rfind(':'))
            .map(|colon| start + colon);
        let port = colon
            .and_then(|colon| text.get(colon + 1..slash))
            .filter(|port| !port.contains(']'));
        let host_end = colon.filter(|_| port.is_some()).unwrap_or(slash);
        let host = text.get(start..host_end).unwrap_or_default();
        Self {
            scheme,
            user_info,
            host,
            port,
            path,
            query,
        }
    }
}

/// The text with everything in `{{…}}` made harmless and `\` outside of query and fragment made `/`; as long as the text.
fn mask(text: &str) -> String {
    let trusted = Text::trusted(text);
    let mut masked = text.as_bytes().to_vec();
    let mut at = 0;
    while let Some(token) = next_token(&trusted, at) {
        at = token.end;
        if let Some(bytes) = masked.get_mut(token) {
            bytes.fill(b'_');
        }
    }
    let end = masked
        .iter()
        .position(|&byte| byte == b'?' || byte == b'#')
        .unwrap_or(masked.len());
    for byte in masked.iter_mut().take(end).filter(|byte| **byte == b'\\') {
        *byte = b'/';
    }
    // Tokens begin and end at character boundaries, so this is UTF-8 still.
    String::from_utf8(masked).unwrap_or_default()
}

/// The host as it is sent: lower case, punycode, nothing percent-encoded.
pub(crate) fn host(host: &str) -> Result<String, BuildError> {
    if host.is_empty() {
        return Err(BuildError::Url("it names no host".into()));
    }
    let host = unescaped(host)?;
    let mut lower = if host.is_ascii() {
        host.to_ascii_lowercase()
    } else {
        host.to_lowercase()
    };
    if !lower.is_ascii() {
        lower = idna::domain_to_ascii(&lower)
            .map_err(|_| BuildError::Url("its host is no domain name".into()))?;
    }
    // Digits and dots of other scripts are those of ASCII by now, so this may be an address too.
    if lower.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        return Err(BuildError::Url(
            "its host holds spaces or control characters".into(),
        ));
    }
    Ok(ipv4(&lower).unwrap_or(lower))
}

/// The host without percent escapes; none of them may stand for what ends a host.
fn unescaped(host: &str) -> Result<Cow<'_, str>, BuildError> {
    if !host.contains('%') {
        return Ok(Cow::Borrowed(host));
    }
    let refused =
        || BuildError::Url("its host holds percent escapes that are no characters of a host".into());
    let text = percent_encoding::percent_decode_str(host).decode_utf8();
    let text = text.map_err(|_| refused())?;
    let ends = |c: char| c.is_ascii_control() || " /\\?#@:%[]<>^|{}".contains(c);
    if text.is_empty() || text.contains(ends) {
        return Err(refused());
    }
    Ok(text)
}

/// The address that a host of one to four numbers stands for, as browsers read it: `127.1`, `0x7f.1`, `7`.
fn ipv4(host: &str) -> Option<String> {
    let host = host.strip_suffix('.').unwrap_or(host);
    // Names end in a letter, mostly: this is asked of every host.
    let last = host.rsplit('.').next().unwrap_or_default();
    if !last.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let numbers: Vec<&str> = host.split('.').collect();
    let (last, first) = numbers.split_last()?;
    if numbers.len() > 4 {
        return None;
    }
    let mut address = number(last)?;
    if address >= 1 << (8 * (4 - first.len())) {
        return None;
    }
    for (index, text) in first.iter().enumerate() {
        let number = number(text).filter(|&number| number < 256)?;
        address += number << (8 * (3 - index));
    }
    let [_, _, _, _, bytes @ ..] = address.to_be_bytes();
    Some(bytes.map(|byte| byte.to_string()).join("."))
}

/// A decimal, octal (`0…`) or hexadecimal (`0x…`) number.
fn number(text: &str) -> Option<u64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return if digits.is_empty() {
            Some(0)
        } else {
            u64::from_str_radix(digits, 16).ok()
        };
    }
    let is_octal = text.len() > 1 && text.starts_with('0');
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| u64::from_str_radix(text, if is_octal { 8 } else { 10 }).ok())?
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_port_that_says_nothing_leaves_the_one_of_the_host() {
        for (url, authority) in [
            ("http://localhost:8080:/x", Ok("localhost:8080")),
            ("http://localhost:8080:0/x", Ok("localhost:8080")),
            ("http://localhost:8080: /x", Ok("localhost:8080")),
            ("http://localhost::9090/x", Ok("localhost:9090")),
            ("http://localhost:::/x", Ok("localhost")),
            ("http://[::1]:8080:/x", Ok("[::1]:8080")),
            ("http://[::1]:8080/x", Ok("[::1]:8080")),
            ("http://[::1]/x", Ok("[::1]")),
            // As Postman sends them.
            ("http://localhost:/x", Ok("localhost:")),
            ("http://localhost:0/x", Ok("localhost:0")),
            ("http://user:secret@localhost:8080:/x", Ok("localhost:8080")),
            (
                "http://localhost:8080:9090/x",
                Err("its host has two ports, `8080` and `9090`"),
            ),
            (
                "http://[::1]:8080:9090/x",
                Err("its host has two ports, `8080` and `9090`"),
            ),
        ] {
            match (Address::read(url), authority) {
                (Ok(address), Ok(expected)) => assert_eq!(address.authority(), expected, "{url}"),
                (Err(error), Err(expected)) => {
                    let shown = error.to_string();
                    assert!(shown.contains(expected), "{url}: {shown}");
                }
                (found, _) => assert!(found.is_err() == authority.is_err(), "{url}: {found:?}"),
            }
        }
    }
}
