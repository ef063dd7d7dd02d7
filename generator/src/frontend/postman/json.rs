//! JSON text into a value: data after the end and repeated keys are reported, nesting is bounded.
//!
//! In: text. Out: the first document in it. Of repeated keys the last counts, as in JavaScript.

use serde_json::{Deserializer, Value};

use super::repeated;
use crate::diag::{Code, Position, Sink};
use crate::ir::Place;

/// Parses the document; `None` if it is none, which is reported as an error.
pub(super) fn parse(text: &str, file: &str, sink: &mut Sink) -> Option<Value> {
    let place = Place {
        file: file.to_owned(),
        ..Place::default()
    };
    let mut documents = Deserializer::from_str(text).into_iter::<Value>();
    let value = match documents.next()? {
        Ok(value) => value,
        Err(error) => {
            report_error(text, &place, &error, sink);
            return None;
        }
    };
    let end = documents.byte_offset();
    if let Some(extra) = text
        .get(end..)
        .map(str::trim_start)
        .filter(|rest| !rest.is_empty())
    {
        let message = "there is data after the end of the document; using what is before it";
        sink.warn(
            Code::TrailingData,
            &place,
            message,
            "remove what follows the document",
        );
        sink.set_position(Position::of_offset(text, text.len() - extra.len()));
    }
    for (pointer, key) in repeated::repeated_keys(text.get(..end).unwrap_or_default()) {
        let place = Place {
            pointer,
            ..place.clone()
        };
        let message = format!("the key `{key}` is given more than once; the last one counts");
        sink.warn(Code::DuplicateKey, &place, message, "keep one of them");
    }
    Some(value)
}

fn report_error(text: &str, place: &Place, error: &serde_json::Error, sink: &mut Sink) {
    let start = text.trim_start();
    let description = error.to_string();
    // The position is shown by itself.
    let what = description.split(" at line ").next().unwrap_or_default();
    let (message, help) = if start.starts_with("$kind:") || start.contains("\n$kind:") {
        (
            "this is a file of a v3 collection, which is a folder of YAML files; v3 is not supported yet"
                .to_owned(),
            "export the collection as v2.1",
        )
    } else if start.starts_with('<') {
        (
            "this is no JSON, but looks like HTML or XML".to_owned(),
            "export the collection as v2.1",
        )
    } else if what.contains("recursion limit") {
        (
            "the document is nested more than 127 levels deep".to_owned(),
            "is this really a collection?",
        )
    } else {
        (format!("not JSON: {what}"), "export the collection as v2.1")
    };
    sink.error(Code::NotJson, place, message, help);
    sink.set_position(Position {
        line: error.line().max(1),
        column: error.column().max(1),
    });
}
