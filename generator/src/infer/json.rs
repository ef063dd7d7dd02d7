//! Samples as data: JSON text in, [`Json`] out, read as leniently as people write samples.
//!
//! Besides JSON proper it reads comments, trailing, doubled and missing commas, `...` for "and so on", `{{variables}}`
//! and `<stand-ins>` outside quotes, single quotes and control characters in strings. What stands for a value without
//! telling anything of it is [`Json::Unknown`]: `{"id": {{id}}, /* later */ "ok": <boolean>,}`.
//! It refuses text that is no JSON at all, and nesting that no JSON reader would follow.

pub mod served;

use std::collections::BTreeMap;

use super::lexical::{bare_word, lenient_space, number, variable};
use super::placeholder::{Placeholder, placeholder};

/// Deepest nesting that is read; serde's own limit is 128.
pub const MAX_DEPTH: usize = 120;

/// A value of a sample.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object: members in order, keys unique.
    Object(Vec<(String, Json)>),
    /// A stand-in for a value of a known kind: `"<integer>"`.
    Placeholder(Placeholder),
    /// A stand-in for any value: an unquoted `{{variable}}`.
    Unknown,
}

/// A number, in the narrowest of the types that JSON readers use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer within `i64`.
    I64(i64),
    /// An integer above `i64`.
    U64(u64),
    /// Any other number.
    F64(f64),
}

/// What was read of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value.
    pub json: Json,
    /// Whether the text is JSON as the standard has it.
    pub exact: bool,
}

/// Reads a text that should be JSON; `None` if it cannot be meant as such. A text that is nothing but a
/// `{{variable}}` or an unknown word is not.
pub fn read(text: &str) -> Option<Reading> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        text,
        at: 0,
        exact: true,
    };
    reader.skip_space();
    let json = reader.value(0)?;
    reader.skip_space();
    let done = reader.rest().is_empty() && json != Json::Unknown;
    done.then_some(Reading {
        json,
        exact: reader.exact,
    })
}

impl Json {
    /// Whether it is an object or a list.
    pub fn is_composite(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }
}

impl From<Placeholder> for Json {
    fn from(placeholder: Placeholder) -> Self {
        match placeholder {
            Placeholder::Any => Self::Unknown,
            known => Self::Placeholder(known),
        }
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::Number(number) => Self::Number(Number::from(number)),
            Value::String(text) => string(text.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        number
            .as_i64()
            .map(Self::I64)
            .or_else(|| number.as_u64().map(Self::U64))
            .unwrap_or_else(|| Self::F64(number.as_f64().unwrap_or(f64::MAX)))
    }
}

fn string(text: String) -> Json {
    placeholder(&text).map_or(Json::String(text), Into::into)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    exact: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// White space, comments and `...`.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            self.at += rest.len() - trimmed.len();
            let Some(skipped) = lenient_space(trimmed) else {
                return;
            };
            self.exact = false;
            self.at += skipped;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            '{' if variable(self.rest()).is_some() => self.bare(),
            '{' => self.object(depth),
            '[' => self.array(depth),
            '"' => self.quoted('"').map(string),
            '\'' => self.quoted('\'').map(string),
            _ => self.bare(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut members = Members::default();
        loop {
            self.separators(members.list.is_empty());
            if self.eat("}") {
                return Some(Json::Object(members.list));
            }
            let bare = variable(self.rest());
            let key = self.key(bare)?;
            self.skip_space();
            if self.eat(":") {
                members.insert(key, self.member(depth)?);
            } else if bare.is_none() {
                return None;
            }
            // Else a variable that brings whole members along.
        }
    }

    /// The key of a member, which may be a `{{variable}}` of this length.
    fn key(&mut self, bare: Option<usize>) -> Option<String> {
        let Some(length) = bare else {
            let quote = self.peek().filter(|char| matches!(char, '"' | '\''))?;
            return self.quoted(quote);
        };
        self.exact = false;
        let key = self.rest().get(..length)?.to_owned();
        self.at += length;
        Some(key)
    }

    /// What stands behind the colon; nothing is an unknown value.
    fn member(&mut self, depth: usize) -> Option<Json> {
        self.skip_space();
        if self.rest().starts_with([',', '}']) {
            self.exact = false;
            return Some(Json::Unknown);
        }
        self.value(depth + 1)
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.separators(items.is_empty());
            if self.eat("]") {
                return Some(Json::Array(items));
            }
            items.push(self.value(depth + 1)?);
        }
    }

    /// What stands before the next member or the closing bracket: one comma between members, strictly.
    fn separators(&mut self, first: bool) {
        self.skip_space();
        let mut commas = 0;
        while self.eat(",") {
            commas += 1;
            self.skip_space();
        }
        let closing = self.rest().starts_with(['}', ']']);
        let wanted = usize::from(!first && !closing);
        self.exact &= commas == wanted;
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        self.exact &= quote == '"';
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find([quote, '\\'])?;
            let piece = rest.get(..plain)?;
            self.exact &= !piece.contains(|char| char < ' ');
            text.push_str(piece);
            self.at += plain;
            if self.rest().starts_with(quote) {
                self.at += 1;
                return Some(text);
            }
            self.at += 1;
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(match char {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => self.unicode_escape(),
            '"' | '\\' | '/' => char,
            _ => {
                self.exact = false;
                char
            }
        })
    }

    fn unicode_escape(&mut self) -> char {
        let Some(high) = self.hex4() else {
            self.exact = false;
            return 'u';
        };
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high).unwrap_or('\u{fffd}');
        }
        let before = self.at;
        if self.eat("\\u")
            && let Some(low) = self.hex4()
            && (0xDC00..0xE000).contains(&low)
        {
            let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            return char::from_u32(code).unwrap_or('\u{fffd}');
        }
        self.at = before;
        self.exact = false;
        '\u{fffd}'
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| hex)?;
        self.at += 4;
        Some(code)
    }

    /// A word without quotes: a literal, a number, or something that stands for a value.
    fn bare(&mut self) -> Option<Json> {
        let word = bare_word(self.rest())?;
        self.at += word.len();
        let literal = match word {
            "null" => Some(Json::Null),
            "true" => Some(Json::Bool(true)),
            "false" => Some(Json::Bool(false)),
            _ => number(word).map(|number| Json::Number(Number::from(&number))),
        };
        if literal.is_some() {
            return literal;
        }
        self.exact = false;
        Some(match word {
            "True" | "TRUE" => Json::Bool(true),
            "False" | "FALSE" => Json::Bool(false),
            "true/false" | "true|false" | "false/true" => Json::Placeholder(Placeholder::Bool),
            _ => placeholder(word).map_or(Json::Unknown, Into::into),
        })
    }
}

/// Object members under construction: the last of equal keys wins, at the place of the first.
#[derive(Default)]
struct Members {
    list: Vec<(String, Json)>,
    index: BTreeMap<String, usize>,
}

impl Members {
    fn insert(&mut self, key: String, value: Json) {
        let next = self.list.len();
        let at = *self.index.entry(key.clone()).or_insert(next);
        match self.list.get_mut(at) {
            Some(member) => member.1 = value,
            None => self.list.push((key, value)),
        }
    }
}

#[cfg(test)]
mod tests;
