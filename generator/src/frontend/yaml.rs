//! YAML text into the value that JSON would give.
//!
//! In: YAML 1.2. Out: the first document in it, by the schema of JSON (`yes` and `on` are texts, keys are texts), anchors and merges
//! resolved. A document that would grow by its anchors beyond measure is refused. What is left out is reported by line and column.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Number;

use super::json::{Map, Value, join};
use crate::diag::{Code, Position, Sink, SourceMap};
use crate::ir::{Locator, Place};

/// Deeper nesting is refused, as in JSON.
const MAX_DEPTH: usize = 127;

/// So many values may anchors make of a document, beside those that stand in it.
const MOST_COPIES: usize = 2_000_000;

/// Parses the document; `None` if it is none, which is reported as an error.
pub(super) fn parse<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    read(text, file, Numbers::Numbers, sink).unwrap_or_else(|wrong| {
        sink.error(Code::NotYaml, &Place::of_file(file), wrong.message, wrong.help);
        sink.set_position(wrong.position);
        None
    })
}

/// Parses a file of several, whose numbers are texts as they are written; one that is wrong is reported and left out.
pub(super) fn parse_part<'a>(text: &'a str, file: &str, sink: &mut Sink) -> Option<Value<'a>> {
    read(text, file, Numbers::Texts, sink).unwrap_or_else(|wrong| {
        let message = format!("{}; leaving the file out", wrong.message);
        sink.warn(Code::NotRead, &Place::of_file(file), message, wrong.help);
        sink.set_position(wrong.position);
        None
    })
}

/// What plain numbers are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Numbers,
    Texts,
}

/// What is wrong with a text.
struct Wrong {
    message: String,
    help: &'static str,
    position: Position,
}

fn read<'a>(
    text: &'a str,
    file: &str,
    numbers: Numbers,
    sink: &mut Sink,
) -> Result<Option<Value<'a>>, Wrong> {
    let place = Place::of_file(file);
    let mut reader = Reader::new(text);
    reader.numbers = numbers;
    let value = reader.document().map_err(|refused| explained(text, refused))?;
    for (message, position) in reader.repeated {
        sink.warn(Code::DuplicateKey, &place, message, "keep one of them");
        sink.set_position(position);
    }
    Ok(Some(value))
}

/// What stops a reader of YAML is often a line or two behind what is wrong: a text that begins with braces is a map to it.
fn explained(text: &str, refused: Refused) -> Wrong {
    let Refused {
        message,
        mut position,
    } = refused;
    let begins_with_braces = |line: &str| {
        let line = line.trim_start();
        line.starts_with("- {{")
            || line
                .split_once(": ")
                .is_some_and(|(_, value)| value.trim_start().starts_with("{{"))
    };
    let near = text
        .lines()
        .enumerate()
        .take(position.line + 1)
        .skip(position.line.saturating_sub(3));
    let mut near = near.filter(|(_, line)| begins_with_braces(line));
    if let Some((index, line)) = near.next() {
        let column = line.find("{{").unwrap_or_default();
        position = Position {
            line: index + 1,
            column: line.get(..column).unwrap_or_default().chars().count() + 1,
        };
        return Wrong {
            message: "this is no YAML: a text that begins with `{{` is not in quotes".to_owned(),
            help: "put it in quotes: `'{{name}}/path'`",
            position,
        };
    }
    Wrong {
        message,
        help: "check the indentation, and put texts with special characters in quotes",
        position,
    }
}

/// Why a text is not read.
struct Refused {
    message: String,
    position: Position,
}

/// Reads events into values.
struct Reader<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    anchors: BTreeMap<usize, Value<'a>>,
    copies: usize,
    depth: usize,
    repeated: Vec<(String, Position)>,
    numbers: Numbers,
    /// Where elements begin, by pointer, if that is asked for.
    offsets: Option<BTreeMap<String, usize>>,
    pointer: String,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            parser: Parser::new_from_str(text),
            anchors: BTreeMap::new(),
            copies: 0,
            depth: 0,
            repeated: Vec::new(),
            numbers: Numbers::Numbers,
            offsets: None,
            pointer: String::new(),
        }
    }

    /// The first document.
    fn document(&mut self) -> Result<Value<'a>, Refused> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(Value::Null),
                Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) | Event::Alias(_) => {
                    return self.value(event, span);
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Refused> {
        match self.parser.next_event() {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => Err(of_scan(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span) -> Result<Value<'a>, Refused> {
        if let Some(offsets) = &mut self.offsets {
            let offset = span.byte_range().map_or(0, |range| range.start);
            offsets.entry(self.pointer.clone()).or_insert(offset);
        }
        if self.depth > MAX_DEPTH {
            return Err(refused("the document is nested too deeply", &span));
        }
        self.depth += 1;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                (scalar(text, style, tag.as_deref(), self.numbers), anchor)
            }
            Event::SequenceStart(_, anchor, _) => (self.sequence()?, anchor),
            Event::MappingStart(_, anchor, _) => (self.mapping()?, anchor),
            Event::Alias(anchor) => (self.copy(anchor, &span)?, 0),
            _ => (Value::Null, 0),
        };
        self.depth -= 1;
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    /// What an anchor stands for. Anchors of anchors grow by powers, so what they make is counted.
    fn copy(&mut self, anchor: usize, span: &Span) -> Result<Value<'a>, Refused> {
        let Some(value) = self.anchors.get(&anchor) else {
            return Err(refused("the alias stands in what it names", span));
        };
        self.copies += size(value);
        if self.copies > MOST_COPIES {
            return Err(refused("the document grows beyond measure by its anchors", span));
        }
        Ok(value.clone())
    }

    fn sequence(&mut self) -> Result<Value<'a>, Refused> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::SequenceEnd | Event::StreamEnd => return Ok(Value::Array(items)),
                Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) | Event::Alias(_) => {
                    let item = self.below(&items.len().to_string(), event, span)?;
                    items.push(item);
                }
                _ => {}
            }
        }
    }

    fn below(&mut self, step: &str, event: Event<'a>, span: Span) -> Result<Value<'a>, Refused> {
        if self.offsets.is_none() {
            return self.value(event, span);
        }
        let length = self.pointer.len();
        self.pointer = join(&self.pointer, step);
        let value = self.value(event, span);
        self.pointer.truncate(length);
        value
    }

    fn mapping(&mut self) -> Result<Value<'a>, Refused> {
        let mut members: Vec<(Cow<'a, str>, Value<'a>)> = Vec::new();
        let mut merged: Vec<Value<'a>> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let (key, is_merge) = match event {
                Event::MappingEnd | Event::StreamEnd => break,
                Event::Scalar(key, style, _, _) => {
                    let is_merge = key == "<<" && style == ScalarStyle::Plain;
                    (key, is_merge)
                }
                Event::Alias(anchor) => match self.copy(anchor, &span)? {
                    Value::String(key) => (key, false),
                    value => (Cow::Owned(value.to_string()), false),
                },
                // A key that is no text names nothing: it and its value are read over.
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    self.value(event, span)?;
                    (Cow::Borrowed(""), true)
                }
                _ => continue,
            };
            let (event, value_span) = self.next_node()?;
            let value = self.below(&key, event, value_span)?;
            if is_merge {
                match value {
                    Value::Array(all) => merged.extend(all),
                    value => merged.push(value),
                }
                continue;
            }
            if members.iter().any(|(own, _)| *own == key) {
                let message = format!("the key `{key}` is given more than once; the last one counts");
                self.repeated.push((message, position(&span)));
            }
            members.push((key, value));
        }
        for value in merged {
            let Value::Object(more) = value else { continue };
            for (key, value) in more.iter() {
                if members.iter().all(|(own, _)| own != key) {
                    members.push((Cow::Owned(key.to_owned()), value.clone()));
                }
            }
        }
        Ok(Value::Object(members.into_iter().collect::<Map<'a>>()))
    }

    /// The next event that is a value, or the end.
    fn next_node(&mut self) -> Result<(Event<'a>, Span), Refused> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::MappingStart(..)
                | Event::Alias(_)
                | Event::StreamEnd => return Ok((event, span)),
                _ => {}
            }
        }
    }
}

fn of_scan(error: &ScanError) -> Refused {
    let marker = error.marker();
    Refused {
        message: format!("this is no YAML: {}", error.info()),
        position: Position {
            line: marker.line().max(1),
            column: marker.col() + 1,
        },
    }
}

fn refused(message: &str, span: &Span) -> Refused {
    Refused {
        message: message.to_owned(),
        position: position(span),
    }
}

fn position(span: &Span) -> Position {
    Position {
        line: span.start.line().max(1),
        column: span.start.col() + 1,
    }
}

/// How many values one is.
fn size(value: &Value<'_>) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.iter().map(|(_, value)| size(value)).sum::<usize>(),
    }
}

/// A scalar by the core schema: what is quoted or said to be a text is one.
fn scalar<'a>(text: Cow<'a, str>, style: ScalarStyle, tag: Option<&Tag>, numbers: Numbers) -> Value<'a> {
    let is_plain = style == ScalarStyle::Plain;
    if !is_plain || tag.is_some_and(|tag| tag.suffix() == "str") {
        return Value::String(text);
    }
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if numbers == Numbers::Texts => Value::String(text),
        _ => number(&text).map_or(Value::String(text), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let unsigned = text.trim_start_matches(['+', '-']);
    if let Some(hex) = unsigned.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok().map(Number::from);
    }
    if let Some(octal) = unsigned.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok().map(Number::from);
    }
    let starts = unsigned.starts_with(|char: char| char.is_ascii_digit() || char == '.');
    let plain = unsigned
        .chars()
        .all(|char| char.is_ascii_digit() || "+-.eE".contains(char));
    if !starts || !plain || text.len() - unsigned.len() > 1 {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Number::from(whole));
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(Number::from(whole));
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

/// Where elements of a YAML text stand.
#[derive(Debug)]
pub(super) struct YamlMap;

impl SourceMap for YamlMap {
    fn offsets(&self, text: &str, wanted: &[&Locator]) -> Vec<Option<usize>> {
        let mut reader = Reader::new(text);
        reader.offsets = Some(BTreeMap::new());
        // What comes before an error has its place.
        let _ = reader.document();
        let offsets = reader.offsets.unwrap_or_default();
        let offset = |locator: &&Locator| {
            let mut pointer = locator.token();
            loop {
                if let Some(offset) = offsets.get(pointer) {
                    return Some(*offset);
                }
                pointer = &pointer[..pointer.rfind('/')?];
            }
        };
        wanted.iter().map(offset).collect()
    }

    fn is_within(&self, part: &Locator, whole: &Locator) -> bool {
        let rest = part.token().strip_prefix(whole.token());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, Vec<String>) {
        let mut sink = Sink::default();
        let value = parse(text, "x.yaml", &mut sink).map(|value| value.to_string());
        let found = sink.into_diagnostics().into_iter();
        let said = found.map(|found| {
            let position = found
                .position
                .map_or((0, 0), |position| (position.line, position.column));
            format!("{}:{}: {}", position.0, position.1, found.message)
        });
        (value, said.collect())
    }

    fn value(text: &str) -> String {
        let (value, said) = read(text);
        assert_eq!(said, [""; 0], "{text}");
        value.unwrap()
    }

    #[test]
    fn scalars_are_those_of_json() {
        for (text, json) in [
            (
                "a: yes\nb: on\nc: ~\nd:\n",
                r#"{"a":"yes","b":"on","c":null,"d":null}"#,
            ),
            (
                "[1, -2, +3, 0x1F, 0o17, 1.5, 1e3, .5]",
                "[1,-2,3,31,15,1.5,1000,0.5]",
            ),
            (
                "['1', \"true\", !!str 2, 1.2.3, 2020-01-01, 1-2]",
                r#"["1","true","2","1.2.3","2020-01-01","1-2"]"#,
            ),
            ("200:\n  x: 1\ntrue: 2\n", r#"{"200":{"x":1},"true":2}"#),
            (
                "a: |\n  one\n  two\nb: >\n  one\n  two\n",
                r#"{"a":"one\ntwo\n","b":"one two\n"}"#,
            ),
            ("# nothing\n", "null"),
        ] {
            assert_eq!(value(text), json, "{text}");
        }
    }

    #[test]
    fn anchors_and_merges_are_resolved() {
        let text = "base: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\nboth:\n  <<: [*base, {c: 4, a: 5}]\nlist: [*base]\n";
        let json =
            r#"{"base":{"a":1,"b":2},"own":{"b":3,"a":1},"both":{"a":1,"b":2,"c":4},"list":[{"a":1,"b":2}]}"#;
        assert_eq!(value(text), json);
    }

    #[test]
    fn what_is_wrong_has_a_line_and_a_column() {
        let (value, said) = read("a:\n  b: [1, 2\nc: 3\n");
        assert!(value.is_none());
        assert!(said[0].contains("this is no YAML"), "{said:?}");
        let (value, said) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(value.as_deref(), Some(r#"{"a":3,"b":2}"#));
        assert_eq!(
            said,
            ["3:1: the key `a` is given more than once; the last one counts"]
        );
        let (value, said) = read(&"[".repeat(300));
        assert!(value.is_none());
        assert_eq!(said.len(), 1);
    }

    #[test]
    fn anchors_of_anchors_are_bounded() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let before = format!("*a{}, ", level - 1).repeat(10);
            text += &format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", "));
        }
        let (value, said) = read(&text);
        assert!(value.is_none());
        assert!(said[0].contains("beyond measure"), "{said:?}");
    }

    #[test]
    fn elements_are_found_in_the_text() {
        let text = "a:\n  b: 1\n  c:\n    - x\n    - y: 2\n";
        let [b, y, nearest] = ["/a/b", "/a/c/1/y", "/a/c/7/q"].map(Locator::new);
        let offsets = YamlMap.offsets(text, &[&b, &y, &nearest]);
        let at = |text_at: usize| text.get(text_at..text_at + 1);
        assert_eq!(
            offsets
                .iter()
                .map(|offset| at(offset.unwrap()))
                .collect::<Vec<_>>(),
            [Some("1"), Some("2"), Some("-")]
        );
    }
}
