//! Header lines: which are sent, in which order and spelling.
//!
//! In: the spec's headers and the caller's. Out: lines as Postman's HTTP stack writes them: equal names together at
//! the first one's place, of names that differ only in case the last one alone, numbers first.

use super::{BuildError, Header, HeaderSource, Mode, Slot, Values, given, url::is_sent, variables::Resolver};
use crate::spec::{Sent, Spec};

/// What is sent where a value is made for each call: a random UUID.
const FRESH: &str = "{{$guid}}";

/// Headers of the item and of the caller, in order.
pub(crate) fn build(
    spec: &Spec,
    values: &Values,
    mode: Mode,
    resolver: &mut Resolver<'_>,
) -> Result<Vec<Header>, BuildError> {
    let mut headers = Vec::with_capacity(spec.headers.len() + 4);
    for (index, entry) in spec.headers.iter().enumerate() {
        let given = values.get(Slot::Header(index));
        if given.is_none() && !is_sent(entry, mode, resolver)? {
            continue;
        }
        let name = resolver.resolve(entry.key.unwrap_or_default())?.into_string();
        if name.is_empty() {
            continue;
        }
        let (value, source) = if let Some(given) = given {
            (given_bytes(&name, given)?, HeaderSource::Given)
        } else {
            let is_fresh = mode == Mode::Normal && entry.sent == Sent::Fresh;
            let template = if is_fresh {
                FRESH
            } else {
                entry.value.unwrap_or_default()
            };
            let value = resolver.resolve(template)?;
            given::in_header(&name, &value)?;
            let source = if value.has_given() {
                HeaderSource::Given
            } else {
                HeaderSource::Item
            };
            (bytes(&name, value.as_str())?, source)
        };
        headers.push(Header { name, value, source });
    }
    for (name, value) in &values.headers {
        put(&mut headers, name, given_bytes(name, value)?);
    }
    Ok(headers)
}

/// Puts a caller's header in the place of all of that name, or at the end.
fn put(headers: &mut Vec<Header>, name: &str, value: Vec<u8>) {
    let header = Header {
        name: name.to_owned(),
        value,
        source: HeaderSource::Caller,
    };
    let Some(place) = headers.iter().position(|header| header.is(name)) else {
        headers.push(header);
        return;
    };
    let mut index = 0;
    headers.retain(|header| {
        index += 1;
        index - 1 == place || !header.is(name)
    });
    if let Some(place) = headers.get_mut(place) {
        *place = header;
    }
}

/// Whether there is a header of this name.
pub(crate) fn has(headers: &[Header], name: &str) -> bool {
    headers.iter().any(|header| header.is(name))
}

fn given_bytes(name: &str, value: &str) -> Result<Vec<u8>, BuildError> {
    let mut text = super::text::Text::default();
    text.push_given(value, super::text::Origin::Call);
    given::in_header(name, &text)?;
    bytes(name, value)
}

/// A header's value as HTTP sends it: Latin-1 without control characters.
pub(crate) fn bytes(name: &str, value: &str) -> Result<Vec<u8>, BuildError> {
    let latin1 = |character: char| {
        let byte = u8::try_from(u32::from(character)).ok();
        byte.filter(|&byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f))
    };
    if value.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Ok(value.as_bytes().to_vec());
    }
    let bytes: Option<Vec<u8>> = value.chars().map(latin1).collect();
    bytes.ok_or_else(|| BuildError::Header {
        name: name.to_owned(),
        why: "holds a line break, a control character or a character beyond Latin-1",
    })
}

/// Lines in the order they are written.
pub(crate) fn arrange(headers: Vec<Header>) -> Result<Vec<Header>, BuildError> {
    let mut headers = headers;
    // Names of HTTP/2's own are dropped.
    headers.retain(|header| !header.name.starts_with(':'));
    for header in &headers {
        check_name(&header.name)?;
    }
    let is_plain = |(index, header): (usize, &Header)| {
        let before = headers.get(..index).unwrap_or_default();
        integer(&header.name).is_none() && !has(before, &header.name)
    };
    if headers.iter().enumerate().all(is_plain) {
        return Ok(headers);
    }
    let mut groups: Vec<Vec<Header>> = Vec::with_capacity(headers.len());
    for header in headers {
        match groups.iter_mut().find(|group| name_of(group) == header.name) {
            Some(group) => group.push(header),
            None => groups.push(vec![header]),
        }
    }
    let mut places: Vec<Vec<Header>> = Vec::with_capacity(groups.len());
    for group in groups {
        match places
            .iter_mut()
            .find(|place| name_of(place).eq_ignore_ascii_case(name_of(&group)))
        {
            Some(place) => *place = group,
            None => places.push(group),
        }
    }
    places.sort_by_key(|group| integer(name_of(group)).map_or(u64::MAX, u64::from));
    places.iter_mut().for_each(join_cookies);
    Ok(places.into_iter().flatten().collect())
}

/// A value in UTF-8. Values are Latin-1, but the lines of a request go out with the beginning of its body: if that is text,
/// they are encoded as it is.
pub(crate) fn widen(header: &mut Header) {
    if !header.value.is_ascii() {
        header.value = header
            .value
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>()
            .into_bytes();
    }
}

fn name_of(group: &[Header]) -> &str {
    group.first().map_or("", |header| header.name.as_str())
}

/// The number that a name is, if JavaScript would take it for an index: those come first.
pub(crate) fn integer(name: &str) -> Option<u32> {
    if !name.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let number = name.parse::<u32>().ok().filter(|&number| number != u32::MAX)?;
    (number.to_string() == name).then_some(number)
}

fn join_cookies(group: &mut Vec<Header>) {
    if group.len() > 1 && name_of(group).eq_ignore_ascii_case("cookie") {
        let values: Vec<&[u8]> = group.iter().map(|header| header.value.as_slice()).collect();
        let joined = values.join(b"; ".as_slice());
        group.truncate(1);
        if let Some(first) = group.first_mut() {
            first.value = joined;
        }
    }
}

fn check_name(name: &str) -> Result<(), BuildError> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.bytes().all(is_token) {
        return Ok(());
    }
    let name = name.to_owned();
    let why = "has a name that HTTP cannot send";
    Err(BuildError::Header { name, why })
}
