//! Reads single values of `letterpress.toml`.
//!
//! In: what the parser found. Out: texts, lists, flags and choices, each with its place; a value of another kind is
//! reported. It knows no key.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::formats;
use crate::config::nearest::nearest;
use crate::config::overrides::{Selector, Written};
use crate::diag::{Code, Position, Sink};
use crate::ir::Place;

/// What reading carries along.
pub(super) struct Cx<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    /// Modules of all collections that the file may speak of; empty if they are not known.
    pub(super) beside: &'a [String],
    pub(super) sink: &'a mut Sink,
}

/// A key and where it stands.
pub(super) type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;
/// A value and where it stands.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

impl Cx<'_> {
    pub(super) fn each(&mut self, value: &Value<'_>, mut read: impl FnMut(&mut Self, &Key<'_>, &Value<'_>)) {
        if let Some(table) = self.as_table(value) {
            for (key, value) in ordered(table) {
                read(self, key, value);
            }
        }
    }

    pub(super) fn as_table<'v, 'i>(&mut self, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.error(
                &value.span(),
                "expected a table".to_owned(),
                "write it as [a.b] or { key = value }",
            );
        }
        table
    }

    pub(super) fn string(&mut self, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.error(&value.span(), "expected a string".to_owned(), "put it in quotes");
        }
        text
    }

    /// The name of a crate that has a type for a format, or the path of a type.
    pub(super) fn type_of_format(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<String> {
        let text = self.string(value)?;
        if formats::is_known(key.get_ref(), &text) {
            return Some(text);
        }
        if text.starts_with("::") && syn::parse_str::<syn::TypePath>(&text).is_ok() {
            return Some(text);
        }
        let message = format!("`{text}` is no type for a format");
        let help = "write the path of a type, `\"::my::Money\"`, or a crate that has one: uuid, rust_decimal, url; for `date` jiff or chrono";
        self.error(&value.span(), message, help);
        None
    }

    pub(super) fn rust_path(&mut self, value: &Value<'_>) -> Option<String> {
        let path = self.string(value)?;
        if syn::parse_str::<syn::TypePath>(&path).is_ok() {
            return Some(path);
        }
        self.error(
            &value.span(),
            format!("`{path}` is no path of a type"),
            "write it in full: `::jiff::Timestamp`",
        );
        None
    }

    pub(super) fn strings(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        let listed = self.selectors(value)?.into_iter();
        Some(listed.map(|listed| listed.text).collect())
    }

    /// The name of a header.
    pub(super) fn header_name(&mut self, value: &Value<'_>) -> Option<String> {
        let name = self.string(value)?;
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_part) {
            let message = format!("`{name}` is no name of a header");
            self.error(
                &value.span(),
                message,
                "write it as the API does: \"Idempotency-Key\"",
            );
            return None;
        }
        Some(name)
    }

    /// A list of statuses that are errors.
    pub(super) fn statuses(&mut self, value: &Value<'_>) -> Option<Vec<u16>> {
        let number = |value: &Value<'_>| {
            let number = value.get_ref().as_integer()?;
            let number = number.as_str().parse::<u16>().ok()?;
            (400..600).contains(&number).then_some(number)
        };
        let array = value.get_ref().as_array();
        let statuses: Option<Vec<u16>> = array.and_then(|array| array.iter().map(number).collect());
        if statuses.is_none() {
            let message = "expected a list of statuses from 400 to 599".to_owned();
            self.error(&value.span(), message, "write [409, 423]");
        }
        statuses
    }

    /// A list of strings, each with where it is written.
    pub(super) fn selectors(&mut self, value: &Value<'_>) -> Option<Vec<Selector>> {
        let Some(array) = value.get_ref().as_array() else {
            self.error(
                &value.span(),
                "expected a list of strings".to_owned(),
                "write [\"a\", \"b\"]",
            );
            return None;
        };
        let listed = array.iter().map(|value| {
            let text = self.string(value)?;
            let written = self.written(&value.span());
            Some(Selector { text, written })
        });
        listed.collect()
    }

    /// Codes of warnings.
    pub(super) fn codes(&mut self, value: &Value<'_>) -> Vec<Code> {
        let listed = self.selectors(value).unwrap_or_default();
        let codes = listed.into_iter().filter_map(|listed| {
            let known = Code::ALL.iter().filter(|code| !code.is_error());
            let (message, help) = match Code::ALL.iter().find(|code| code.as_str() == listed.text) {
                Some(code) if !code.is_error() => return Some(*code),
                Some(_) => (
                    format!("`{}` is an error, which cannot be allowed", listed.text),
                    "only warnings can be".to_owned(),
                ),
                None => {
                    let known: Vec<&str> = known.map(|code| code.as_str()).collect();
                    let help = match nearest(&listed.text, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("one of {}", known.join(", ")),
                    };
                    (format!("no warning has the code `{}`", listed.text), help)
                }
            };
            report(self.sink, &listed.written, message, &help);
            None
        });
        codes.collect()
    }

    pub(super) fn bool(&mut self, value: &Value<'_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.error(&value.span(), "expected true or false".to_owned(), "");
        }
        flag
    }

    pub(super) fn choice<T: Copy>(&mut self, value: &Value<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.string(value)?;
        let found = choices
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, choice)| *choice);
        if found.is_none() {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            self.error(
                &value.span(),
                format!("unknown value `{text}`"),
                &format!("one of {}", names.join(", ")),
            );
        }
        found
    }

    pub(super) fn selector(&self, key: &Key<'_>) -> Selector {
        Selector {
            text: key.get_ref().to_string(),
            written: self.written(&key.span()),
        }
    }

    pub(super) fn written(&self, span: &Range<usize>) -> Written {
        let (position, line) = locate(self.text, span.start);
        Written {
            file: self.file.to_owned(),
            position: Some(position),
            line: line.to_owned(),
        }
    }

    pub(super) fn unknown(&mut self, key: &Key<'_>, known: &[&str]) {
        let help = match nearest(key.get_ref(), known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("one of {}", known.join(", ")),
        };
        self.error(&key.span(), format!("unknown key `{}`", key.get_ref()), &help);
    }

    pub(super) fn no_collection(&mut self, key: &Key<'_>) {
        let known = self.beside.iter().map(String::as_str);
        let help = match nearest(key.get_ref(), known.clone()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("there is {}", known.collect::<Vec<_>>().join(", ")),
        };
        let message = format!(
            "no collection beside this file makes a module `{}`",
            key.get_ref()
        );
        self.error(&key.span(), message, &help);
    }

    pub(super) fn error(&mut self, span: &Range<usize>, message: String, help: &str) {
        let written = self.written(span);
        report(self.sink, &written, message, help);
    }
}

/// The entries as they were written: the parser sorts by key, but people are answered in their own order.
pub(super) fn ordered<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Key<'i>, &'t Value<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Reports something wrong with what a user wrote, where they wrote it.
pub fn report(sink: &mut Sink, written: &Written, message: String, help: &str) {
    let place = Place::of_file(&written.file);
    sink.error_at(
        Code::Setting,
        place,
        written.position,
        &written.line,
        message,
        help,
    );
}

fn locate(text: &str, offset: usize) -> (Position, &str) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let position = Position {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
    };
    (
        position,
        text.get(line_start..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default(),
    )
}
