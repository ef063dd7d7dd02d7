//! JSON text into a value: data after the end and repeated keys are reported, nesting is bounded.
//!
//! In: text. Out: the first document in it. Of repeated keys the last counts, as in JavaScript.

mod foreign;
mod map;
mod repeated;
mod value;

pub(in crate::frontend) use foreign::{explain, is_too_deep};
pub(in crate::frontend) use map::JsonMap;
#[cfg(test)]
pub(in crate::frontend) use value::json;
pub(in crate::frontend) use value::{Map, Value};

use std::thread;

use serde_json::Deserializer;

use crate::diag::{Code, Position, Sink};
use crate::ir::{Locator, Place};

/// From how many bytes on a text is worth a second thread.
const LONG: usize = 1 << 20;

/// A pointer one member further down.
pub(in crate::frontend) fn join(pointer: &str, key: &str) -> String {
    if key.contains(['~', '/']) {
        return format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
    }
    format!("{pointer}/{key}")
}

/// Parses the document; `None` if it is none, which is reported as an error.
pub(in crate::frontend) fn parse<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    let place = Place::of_file(file);
    match parse_first(text, &place, sink) {
        Ok(value) => value,
        Err(error) if is_about_surrogates(&error) => {
            let message = "half of a character (`\\ud800` to `\\udfff` alone) stands in a text; replacing it with U+FFFD";
            sink.warn(Code::Encoding, &place, message, "write the character as it is");
            sink.set_position(Position {
                line: error.line(),
                column: error.column(),
            });
            let mended = mend_surrogates(text);
            let found = parse_first(&mended, &place, sink).unwrap_or_else(|error| {
                report_error(text, &place, &error, sink);
                None
            });
            found.map(Value::into_owned)
        }
        Err(error) => {
            report_error(text, &place, &error, sink);
            None
        }
    }
}

/// Parses a file of several; one that is wrong is reported and left out.
pub(in crate::frontend) fn parse_part<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let description = error.to_string();
            let what = description.split(" at line ").next().unwrap_or_default();
            let message = format!("not JSON: {what}; leaving the file out");
            let help = "correct it at this place";
            sink.warn(Code::NotRead, &Place::of_file(file), message, help);
            sink.set_position(Position {
                line: error.line().max(1),
                column: error.column().max(1),
            });
            None
        }
    }
}

fn parse_first<'a>(text: &'a str, place: &Place, sink: &mut Sink) -> serde_json::Result<Option<Value<'a>>> {
    let (document, end, repeated) = thread::scope(|scope| {
        // Both take a walk through the whole text: at once if it is long.
        let looking = (text.len() > LONG).then(|| scope.spawn(|| repeated::repeated_keys(text)));
        let mut documents = Deserializer::from_str(text).into_iter::<Value<'_>>();
        let document = documents.next().transpose();
        let repeated = looking.and_then(|looking| looking.join().ok());
        (document, documents.byte_offset(), repeated)
    });
    let Some(value) = document? else {
        return Ok(None);
    };
    if let Some(extra) = text
        .get(end..)
        .map(str::trim_start)
        .filter(|rest| !rest.is_empty())
    {
        let message = "there is data after the end of the document; using what is before it";
        sink.warn(
            Code::TrailingData,
            place,
            message,
            "remove what follows the document",
        );
        sink.set_position(Position::of_offset(text, text.len() - extra.len()));
    }
    let document = text.get(..end).unwrap_or_default();
    let repeated = repeated
        .filter(|_| document.len() >= text.trim_end().len())
        .unwrap_or_else(|| repeated::repeated_keys(document));
    for (pointer, key) in repeated {
        let place = Place {
            breadcrumb: breadcrumb(&value, &pointer).into(),
            at: Locator::new(pointer),
            ..place.clone()
        };
        let message = format!("the key `{key}` is given more than once; the last one counts");
        sink.warn(Code::DuplicateKey, &place, message, "keep one of them");
    }
    Ok(Some(value))
}

/// The names of the folders and the item that a pointer leads through.
fn breadcrumb(document: &Value<'_>, pointer: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut value = Some(document);
    let mut list = "";
    for step in pointer.split('/').skip(1) {
        value = match value {
            Some(Value::Array(elements)) => step.parse().ok().and_then(|at: usize| elements.get(at)),
            Some(value) => value.get(&step.replace("~1", "/").replace("~0", "~")),
            None => None,
        };
        let is_element =
            ["item", "items", "requests"].contains(&list) && step.bytes().all(|byte| byte.is_ascii_digit());
        let name = value.and_then(|value| value.get("name")).and_then(Value::as_str);
        names.extend(name.filter(|_| is_element).map(super::text::crumb));
        list = step;
    }
    names
}

fn report_error(text: &str, place: &Place, error: &serde_json::Error, sink: &mut Sink) {
    let description = error.to_string();
    // The position is shown by itself.
    let what = description.split(" at line ").next().unwrap_or_default();
    let (message, help) = explain(text, what, error.line());
    let code = if is_too_deep(what) {
        Code::TooDeep
    } else {
        Code::NotJson
    };
    sink.error(code, place, message, help);
    sink.set_position(Position {
        line: error.line().max(1),
        column: error.column().max(1),
    });
}

/// JavaScript's strings may hold half a character; ours cannot.
fn is_about_surrogates(error: &serde_json::Error) -> bool {
    let text = error.to_string();
    text.contains("surrogate") || text.contains("unexpected end of hex escape")
}

/// Replaces escapes that are half of a character by one of the same length, so that positions stay true.
fn mend_surrogates(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (_, _) => escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end),
        };
        let (whole, after) = escape.split_at(length);
        mended.push_str(whole);
        rest = after;
    }
    mended + rest
}

/// The unit of `\\uXXXX` at the start of a text.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}
