//! Makes given text data where it stands: in an URL, a header, JSON, XML.
//!
//! In: [`Text`], in which the pieces that a caller gave are marked. Out: plain text, in which they are escaped, or a
//! refusal that names the place, never the value.

use super::{
    BuildError,
    encode::{GIVEN_PATH, GIVEN_QUERY_KEY, GIVEN_QUERY_VALUE, encode},
    text::{Origin, Part, Text},
};

const NOT_EMPTY: &str = "is empty, and would change which resource the path names";
const NOT_DOTS: &str = "is a dot segment, and would change which resource the path names";

/// Refuses what cannot be one path segment whatever its encoding: URL readers resolve dot segments, encoded or not.
pub(crate) fn check_segment(value: &str) -> Result<(), &'static str> {
    match value {
        "" => Err(NOT_EMPTY),
        "." | ".." => Err(NOT_DOTS),
        _ => Ok(()),
    }
}

/// The URL with given pieces encoded for where they stand.
pub(crate) fn in_url(text: &Text) -> Result<String, BuildError> {
    if !text.has_given() {
        return Ok(text.as_str().to_owned());
    }
    let mut url = String::with_capacity(text.as_str().len());
    let mut segments: Vec<usize> = Vec::new();
    for part in text.parts() {
        match part {
            Part::Trusted(text) => url.push_str(text),
            Part::Given { value, origin, rest } => {
                let position = Position::after(&url);
                if position == Position::Path {
                    segments.push(url.len());
                }
                push_in_url(&mut url, value, origin, rest, position)?;
            }
        }
    }
    for index in segments {
        check_segment_at(&url, index)?;
    }
    Ok(url)
}

/// Where in an URL text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// At its very beginning.
    Start,
    /// At the beginning of host and port.
    Authority,
    /// Further on in host and port.
    Host,
    /// At the beginning of the port.
    Port,
    Path,
    QueryKey,
    QueryValue,
    Fragment,
}

impl Position {
    fn after(url: &str) -> Self {
        if url.trim_start().is_empty() {
            return Self::Start;
        }
        if url.contains('#') {
            return Self::Fragment;
        }
        if let Some((_, query)) = url.split_once('?') {
            let entry = query.rsplit('&').next().unwrap_or_default();
            return if entry.contains('=') {
                Self::QueryValue
            } else {
                Self::QueryKey
            };
        }
        let authority = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest.trim_start_matches(['/', '\\']));
        if authority.contains(['/', '\\']) {
            Self::Path
        } else if authority.is_empty() || authority.ends_with('@') {
            Self::Authority
        } else if authority.ends_with(':') {
            Self::Port
        } else {
            Self::Host
        }
    }
}

fn push_in_url(
    url: &mut String,
    value: &str,
    origin: Origin,
    rest: &str,
    position: Position,
) -> Result<(), BuildError> {
    let refuse = |why| {
        let what = "a variable in the URL's host".to_owned();
        Err(BuildError::Unsafe { what, why })
    };
    match position {
        Position::Start => {
            if value.contains(|c: char| c.is_ascii_control() || " #{}".contains(c)) {
                let what = "the base URL".to_owned();
                let why = "holds a fragment, braces, spaces or control characters";
                return Err(BuildError::Unsafe { what, why });
            }
            if value.contains('?') && !(rest.is_empty() || rest.starts_with(['&', '#'])) {
                let what = "the base URL".to_owned();
                let why = "holds a query, which would take in what follows";
                return Err(BuildError::Unsafe { what, why });
            }
            // Whoever sets a base URL does not think of what follows it: `//` is never meant.
            let value = if rest.starts_with('/') {
                value.trim_end_matches('/')
            } else {
                value
            };
            if value.ends_with(':') && rest.starts_with('/') {
                let what = "the base URL".to_owned();
                let why = "names no host";
                return Err(BuildError::Unsafe { what, why });
            }
            url.push_str(value);
        }
        Position::Authority if origin == Origin::Client && is_whole_authority(rest) => {
            if value.is_empty() || value.starts_with(['/', '\\']) {
                return refuse("names no host, and would make one of what follows it");
            }
            if value.contains("://") {
                return refuse("holds a scheme, which stands before it already");
            }
            if value.contains(|c: char| c.is_ascii_control() || c == ' ' || c == '?' || c == '#') {
                return refuse("holds characters that end a host");
            }
            url.push_str(value);
        }
        Position::Authority | Position::Host => {
            let ends = |c: char| c.is_ascii_control() || " /\\?#@:%[]<>^|".contains(c);
            if value.is_empty() || value.contains(ends) {
                return refuse("is empty or holds characters that end a host");
            }
            url.push_str(value);
        }
        Position::Port => {
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
                return refuse("stands for a port, and is no number");
            }
            url.push_str(value);
        }
        Position::Path => url.push_str(&encode(value, GIVEN_PATH)),
        Position::QueryKey => url.push_str(&encode(value, GIVEN_QUERY_KEY)),
        Position::QueryValue => url.push_str(&encode(value, GIVEN_QUERY_VALUE)),
        Position::Fragment => {}
    }
    Ok(())
}

/// Whether nothing of the authority comes after.
fn is_whole_authority(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '\\', '?', '#'])
}

/// Refuses an empty or dot segment that a given value made.
fn check_segment_at(url: &str, index: usize) -> Result<(), BuildError> {
    let (before, after) = url.split_at_checked(index).unwrap_or((url, ""));
    let start = before.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    let end = after.find(['/', '\\', '?', '#']).unwrap_or(after.len());
    let segment = [before.get(start..), after.get(..end)]
        .map(Option::unwrap_or_default)
        .concat();
    check_segment(&segment).map_err(|why| BuildError::Unsafe {
        what: "a variable in the URL's path".to_owned(),
        why,
    })
}

/// A header's value: line breaks would begin another header.
pub(crate) fn in_header(name: &str, text: &Text) -> Result<(), BuildError> {
    let breaks = |value: &str| value.contains(['\r', '\n', '\0']);
    let given = text.parts().any(|part| match part {
        Part::Trusted(_) => false,
        Part::Given { value, .. } => breaks(value),
    });
    if given {
        let what = format!("the value given for header `{name}`");
        let why = "holds a line break or a null character";
        return Err(BuildError::Unsafe { what, why });
    }
    Ok(())
}

/// XML or HTML text: given pieces become character data.
pub(crate) fn in_xml(text: &Text) -> String {
    let mut out = String::with_capacity(text.as_str().len());
    for part in text.parts() {
        match part {
            Part::Trusted(text) => out.push_str(text),
            Part::Given { value, .. } => value.chars().for_each(|character| push_xml(&mut out, character)),
        }
    }
    out
}

fn push_xml(out: &mut String, character: char) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        other => out.push(other),
    }
}

/// JSON text: given pieces become part of the string they stand in; outside of strings they are one value, as they
/// are if they are JSON, else a string.
pub(crate) fn in_json(text: &Text) -> String {
    in_strings(text, Comments::Slashes, |value| {
        serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok()
    })
}

/// A GraphQL document: given pieces become part of the string they stand in; outside of strings they are a name or
/// a number, else a string.
pub(crate) fn in_graphql(text: &Text) -> String {
    in_strings(text, Comments::Hash, |value| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+.".contains(&byte);
        !value.is_empty() && value.bytes().all(is_plain)
    })
}

/// Text with strings: given pieces stay inside of the one they stand in; elsewhere they stay if they `fit`, else they
/// become a string; in a comment they say nothing.
fn in_strings(text: &Text, comments: Comments, fits: impl Fn(&str) -> bool) -> String {
    if !text.has_given() {
        return text.as_str().to_owned();
    }
    let mut state = Scan {
        comments,
        place: Place::Plain,
    };
    let mut out = String::with_capacity(text.as_str().len());
    for part in text.parts() {
        match part {
            Part::Trusted(text) => {
                state.read(text);
                out.push_str(text);
            }
            Part::Given { value, .. } => match state.place {
                Place::String | Place::Escape => {
                    let quoted = quote(value);
                    out.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
                    state.place = Place::String;
                }
                Place::Line | Place::Block => {}
                Place::Plain if fits(value) => out.push_str(value.trim()),
                Place::Plain => out.push_str(&quote(value)),
            },
        }
    }
    out
}

/// The text as a JSON string, with its quotes.
pub(crate) fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// How a language writes comments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comments {
    /// `//` and `/* */`.
    Slashes,
    /// `#`.
    Hash,
}

/// Where in a text with strings and comments a reader is.
#[derive(Clone, Copy)]
enum Place {
    Plain,
    String,
    /// Behind a backslash in a string.
    Escape,
    /// In a comment that ends with its line.
    Line,
    /// In a comment that ends with `*/`.
    Block,
}

/// Reads such a text from front to back.
struct Scan {
    comments: Comments,
    place: Place,
}

impl Scan {
    fn read(&mut self, text: &str) {
        let mut bytes = text.bytes().peekable();
        while let Some(byte) = bytes.next() {
            let slashes = self.comments == Comments::Slashes;
            let next = bytes.peek().copied().filter(|_| slashes);
            self.place = match (self.place, byte, next) {
                (Place::Plain, b'"', _) | (Place::Escape, _, _) => Place::String,
                (Place::Plain, b'#', _) if !slashes => Place::Line,
                (Place::Plain, b'/', Some(b'/')) => Place::Line,
                (Place::Plain, b'/', Some(b'*')) => Place::Block,
                (Place::String, b'"', _) | (Place::Line, b'\n', _) | (Place::Block, b'*', Some(b'/')) => {
                    Place::Plain
                }
                (Place::String, b'\\', _) => Place::Escape,
                (place, _, _) => place,
            };
        }
    }
}
