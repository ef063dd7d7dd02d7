//! A sample as an answer: JSON proper, in which what stands for a value is a value of its type.
//!
//! In: the text of a sample, as leniently as [`read`](super::read) takes it, and the type that was made of it. Out: the
//! same text without comments and the like, each `<stand-in>` replaced by a value, and for each `{{variable}}` what stands
//! in where it has no value. Text that is JSON already, without stand-ins, stays as it is to the byte.

use super::Reader;
use crate::infer::lexical::{bare_word, lenient_space, number, variable};
use crate::infer::placeholder::{Placeholder, placeholder};
use crate::ir::{StructField, Type, TypeKind, Types, template};

/// How deep a value that is made up goes: types may hold themselves.
const MADE_UP_DEPTH: usize = 8;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Its JSON; variables are still in it, outside of quotes too.
    pub text: String,
    /// What variables stand for that have no value: names, and JSON values.
    pub stand_ins: Vec<(String, String)>,
}

/// The sample as an answer; `None` if it is no JSON at all.
pub fn served(text: &str, ty: &Type, types: &Types) -> Option<Served> {
    super::read(text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut writer = Writer {
        reader: Reader {
            text,
            at: 0,
            exact: true,
        },
        types,
        served: Served {
            text: String::with_capacity(text.len()),
            stand_ins: Vec::new(),
        },
        bare: Vec::new(),
        comma_at: 0,
    };
    writer.space();
    writer.value(Some(ty), 0)?;
    writer.space();
    writer.reader.rest().is_empty().then_some(writer.served)
}

struct Writer<'a> {
    reader: Reader<'a>,
    types: &'a Types,
    served: Served,
    /// Variables that stand outside of quotes: what stands in for them must be right there.
    bare: Vec<String>,
    /// Where the comma before the next member goes.
    comma_at: usize,
}

impl<'a> Writer<'a> {
    fn push(&mut self, text: &str) {
        self.served.text.push_str(text);
    }

    /// White space is kept, comments and `...` are not.
    fn space(&mut self) {
        loop {
            let rest = self.reader.rest();
            let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            let space = rest.len() - trimmed.len();
            self.served.text.push_str(rest.get(..space).unwrap_or_default());
            self.reader.at += space;
            let Some(skipped) = lenient_space(trimmed) else {
                return;
            };
            self.reader.at += skipped;
        }
    }

    fn value(&mut self, ty: Option<&'a Type>, depth: usize) -> Option<()> {
        if depth > super::MAX_DEPTH {
            return None;
        }
        match self.reader.peek()? {
            '{' if variable(self.reader.rest()).is_some() => self.word(ty),
            '{' => self.object(ty, depth),
            '[' => self.array(ty, depth),
            quote @ ('"' | '\'') => self.text(quote, ty),
            _ => self.word(ty),
        }
    }

    fn object(&mut self, ty: Option<&'a Type>, depth: usize) -> Option<()> {
        self.open("{");
        let mut first = true;
        loop {
            if self.separators(first, "}") {
                return Some(());
            }
            let key = match variable(self.reader.rest()) {
                Some(length) => {
                    let key = self.reader.rest().get(..length)?.to_owned();
                    self.reader.at += length;
                    self.reader.skip_space();
                    if !self.reader.rest().starts_with(':') {
                        // A variable that brings members along: there are none to bring.
                        continue;
                    }
                    self.comma(first);
                    self.push(&quoted(&key));
                    key
                }
                None => {
                    self.comma(first);
                    let quote = self.reader.peek().filter(|char| matches!(char, '"' | '\''))?;
                    self.verbatim(quote)?
                }
            };
            first = false;
            self.space();
            if !self.reader.eat(":") {
                return None;
            }
            self.push(":");
            self.space();
            let ty = ty.and_then(|ty| self.member(ty, &key));
            if self.reader.rest().starts_with([',', '}']) {
                let made = self.made_up(ty, None, 0);
                self.push(&made);
            } else {
                self.value(ty, depth + 1)?;
            }
        }
    }

    fn array(&mut self, ty: Option<&'a Type>, depth: usize) -> Option<()> {
        self.open("[");
        let item = match ty.map(plain) {
            Some(Type::List(item)) => Some(&**item),
            Some(_) | None => None,
        };
        let mut first = true;
        loop {
            if self.separators(first, "]") {
                return Some(());
            }
            self.comma(first);
            first = false;
            self.value(item, depth + 1)?;
        }
    }

    fn open(&mut self, bracket: &str) {
        self.reader.at += bracket.len();
        self.push(bracket);
        self.space();
    }

    /// Goes on to the next member, or over the closing bracket: whether that came.
    fn separators(&mut self, first: bool, closing: &str) -> bool {
        if !first {
            self.space();
        }
        // The comma is written where the next member is sure to come.
        let before = self.served.text.len();
        while self.reader.eat(",") {
            self.space();
        }
        self.comma_at = before;
        let closed = self.reader.eat(closing);
        if closed {
            self.push(closing);
        }
        closed
    }

    fn comma(&mut self, first: bool) {
        if !first {
            self.served.text.insert(self.comma_at, ',');
        }
    }

    /// A quoted text, as it is written if that is JSON; gives back what it says.
    fn verbatim(&mut self, quote: char) -> Option<String> {
        let start = self.reader.at;
        self.reader.exact = true;
        let text = self.reader.quoted(quote)?;
        let written = self.reader.text.get(start..self.reader.at)?;
        if self.reader.exact {
            self.push(written);
        } else {
            self.push(&quoted(&text));
        }
        Some(text)
    }

    fn text(&mut self, quote: char, ty: Option<&'a Type>) -> Option<()> {
        let (start, length) = (self.reader.at, self.served.text.len());
        let text = self.verbatim(quote)?;
        if let Some(kind) = placeholder(&text) {
            self.served.text.truncate(length);
            let made = self.made_up(ty, Some((kind, &text)), 0);
            self.push(&made);
        } else if let Some(name) = only_variable(&text) {
            let made = self.made_up(ty, None, 0);
            let is_text = matches!(ty.map(plain), None | Some(Type::Value | Type::String));
            let stand_in = if is_text { quoted(name) } else { made };
            self.stand_in(name, stand_in, false);
        }
        (self.reader.at > start).then_some(())
    }

    /// A word without quotes.
    fn word(&mut self, ty: Option<&'a Type>) -> Option<()> {
        let word = bare_word(self.reader.rest())?;
        self.reader.at += word.len();
        if matches!(word, "null" | "true" | "false") || number(word).is_some() {
            self.push(word);
            return Some(());
        }
        if let Some(name) = only_variable(word) {
            self.push(word);
            let made = self.made_up(ty, None, 0);
            self.stand_in(name, made, true);
            return Some(());
        }
        let digits = word.trim_start_matches('0');
        let made = match word {
            "True" | "TRUE" => "true".to_owned(),
            "False" | "FALSE" => "false".to_owned(),
            _ if digits.len() < word.len() && number(digits).is_some() => digits.to_owned(),
            _ => self.made_up(ty, placeholder(word).map(|kind| (kind, word)), 0),
        };
        self.push(&made);
        Some(())
    }

    /// What a variable stands for if nothing else does; outside of quotes it must be right, in them it may be anything.
    fn stand_in(&mut self, name: &str, json: String, is_bare: bool) {
        let is_known = |known: &&mut (String, String)| known.0 == name;
        let known = self.served.stand_ins.iter_mut().find(is_known);
        match known {
            None => self.served.stand_ins.push((name.to_owned(), json)),
            Some(known) if is_bare && !self.bare.iter().any(|bare| bare == name) => known.1 = json,
            Some(_) => {}
        }
        if is_bare {
            self.bare.push(name.to_owned());
        }
    }

    fn member(&self, ty: &'a Type, key: &str) -> Option<&'a Type> {
        match plain(ty) {
            Type::Map(inner) => Some(inner),
            Type::Named(id) => match &self.types.get(*id).kind {
                TypeKind::Struct(fields) => fields
                    .iter()
                    .find(|field| field.key == key)
                    .map(|field| &field.ty),
                // Of the alternatives, those that have the member mostly agree.
                TypeKind::Union(union) => union
                    .alternatives
                    .iter()
                    .find_map(|alternative| self.member(&alternative.ty, key)),
                TypeKind::OpenEnum(_) => None,
            },
            Type::Value
            | Type::Bool
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::Number
            | Type::String
            | Type::List(_)
            | Type::Nullable(_)
            | Type::File
            | Type::FileOrText
            | Type::External(_) => None,
        }
    }

    /// A value of this type, which this text stands for.
    fn made_up(&self, ty: Option<&Type>, stands_for: Option<(Placeholder, &str)>, depth: usize) -> String {
        let Some(ty) = ty else {
            return of_kind(stands_for);
        };
        match ty {
            Type::Value => of_kind(stands_for),
            Type::Bool => "true".to_owned(),
            Type::I64 | Type::U64 => "1".to_owned(),
            Type::F64 | Type::Number => "1.5".to_owned(),
            Type::String | Type::File | Type::FileOrText => quoted(&text_of_kind(stands_for)),
            Type::External(_) => match stands_for {
                Some((Placeholder::DateTime, _)) | None => quoted(DATE_TIME),
                Some(_) => of_kind(stands_for),
            },
            Type::List(_) => "[]".to_owned(),
            Type::Map(_) => "{}".to_owned(),
            Type::Nullable(inner) => self.made_up(Some(inner), stands_for, depth),
            Type::Named(id) => match &self.types.get(*id).kind {
                TypeKind::Struct(fields) => self.object_of(fields, depth),
                TypeKind::Union(union) if depth < MADE_UP_DEPTH => {
                    let first = union.alternatives.first();
                    self.made_up(first.map(|alternative| &alternative.ty), stands_for, depth + 1)
                }
                TypeKind::Union(_) => "null".to_owned(),
                TypeKind::OpenEnum(values) => {
                    quoted(values.first().map_or("string", |value| value.text.as_str()))
                }
            },
        }
    }

    /// An object with what its type must have.
    fn object_of(&self, fields: &[StructField], depth: usize) -> String {
        let required = fields
            .iter()
            .filter(|field| field.required && depth < MADE_UP_DEPTH);
        let members = required.map(|field| {
            let value = self.made_up(Some(&field.ty), None, depth + 1);
            format!("{}:{value}", quoted(&field.key))
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

const DATE_TIME: &str = "2024-01-31T12:30:00Z";

/// A value of the kind, where the type says nothing.
fn of_kind(stands_for: Option<(Placeholder, &str)>) -> String {
    let Some((kind, _)) = stands_for else {
        return "null".to_owned();
    };
    match kind {
        Placeholder::Bool => "true".to_owned(),
        Placeholder::Integer => "1".to_owned(),
        Placeholder::Number => "1.5".to_owned(),
        Placeholder::Text | Placeholder::DateTime => quoted(&text_of_kind(stands_for)),
        Placeholder::List => "[]".to_owned(),
        Placeholder::Object => "{}".to_owned(),
        Placeholder::Any => "null".to_owned(),
    }
}

/// A text such as the stand-in names.
fn text_of_kind(stands_for: Option<(Placeholder, &str)>) -> String {
    let name = stands_for.map_or("", |(_, text)| text.trim_matches(['<', '>']).trim());
    let text = match name.to_ascii_lowercase().as_str() {
        "datetime" | "date-time" => DATE_TIME,
        "date" => "2024-01-31",
        "time" => "12:30:00",
        "uuid" | "guid" => "7d1b1b5e-3f0c-4f6e-9a53-0d1c2b3a4f5e",
        "uri" | "url" => "https://example.com",
        "email" => "user@example.com",
        "byte" | "binary" | "base64" => "AQID",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => "string",
    };
    text.to_owned()
}

/// The type without its being nullable.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => plain(inner),
        Type::Value
        | Type::Bool
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Number
        | Type::String
        | Type::List(_)
        | Type::Map(_)
        | Type::Named(_)
        | Type::File
        | Type::FileOrText
        | Type::External(_) => ty,
    }
}

/// The name of the variable that is all of a text.
fn only_variable(text: &str) -> Option<&str> {
    let name = template::variables(text).next()?;
    (text.len() == name.len() + 4).then_some(name)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_value(text: &str) -> Option<Served> {
        served(text, &Type::Value, &Types::default())
    }

    #[test]
    fn json_stays_as_it_is() {
        for text in [
            "{ \"a\" : 1.50 ,\n\t\"b\":[1 , 2,12345678901234567890123],\"c\":{} , \"d\":[ ] }\r\n",
            "[]",
            "\"\\u00e9 \\n {{x}} y\"",
            " null ",
            "{\"a\":\"<b>text</b>\",\"a\":1e5}",
        ] {
            let served = of_value(text).expect(text);
            assert_eq!(served.text, text);
            assert_eq!(served.stand_ins, []);
        }
    }

    #[test]
    fn what_people_write_becomes_json() {
        for (text, expected) in [
            ("{\"a\": 1, // one\n \"b\": 2,}", "{\"a\": 1 ,\n \"b\": 2}"),
            (
                "{\"a\": 00012, 'b': 'it\"s', \"c\": True, \"d\":}",
                "{\"a\": 12, \"b\": \"it\\\"s\", \"c\": true, \"d\":null}",
            ),
            ("[1 2, ...]", "[1, 2 ]"),
            (
                "{{{members}}, \"a\": <boolean>, \"b\": oops}",
                "{ \"a\": true, \"b\": null}",
            ),
            ("[\"a\nb\"]", "[\"a\\nb\"]"),
        ] {
            let served = of_value(text).expect(text);
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect(text);
            assert_eq!(value(&served.text), value(expected), "{text}");
        }
        for text in ["", "<html></html>", "{\"a\": 1} trailing", "{\"a\" 1}", "[1"] {
            assert_eq!(of_value(text), None, "{text}");
        }
        let deep = "[".repeat(1_000);
        assert_eq!(of_value(&deep), None);
    }

    #[test]
    fn stand_ins_are_of_the_type() {
        let field = |key: &str, ty| StructField {
            key: key.to_owned(),
            ty,
            ..StructField::default()
        };
        let mut types = Types::default();
        let inner = types.add(def(vec![field("n", Type::I64)]));
        let fields = vec![
            field("id", Type::I64),
            field("price", Type::F64),
            field("who", Type::String),
            field("list", Type::List(Box::new(Type::Named(inner)))),
        ];
        let ty = Type::Named(types.add(def(fields)));
        let text = r#"{"id":"<long>","price":{{p}},"who":"{{who}}","list":[{"n":"<string>"}, {"n": {{who}}}],
            "more":"<dateTime>","mail":"<email>","any":"<any>"}"#;
        let served = served(text, &ty, &types).expect("it is JSON with stand-ins");
        assert_eq!(
            served.text,
            r#"{"id":1,"price":{{p}},"who":"{{who}}","list":[{"n":1}, {"n": {{who}}}],
            "more":"2024-01-31T12:30:00Z","mail":"user@example.com","any":null}"#
        );
        let pair = |name: &str, json: &str| (name.to_owned(), json.to_owned());
        assert_eq!(served.stand_ins, [pair("p", "1.5"), pair("who", "1")]);
    }

    fn def(fields: Vec<StructField>) -> crate::ir::TypeDef {
        crate::ir::TypeDef {
            origin: crate::ir::Origin {
                operation: crate::ir::OperationId::default(),
                operation_name: String::new(),
                role: crate::ir::Role::Result(200.into()),
                path: Vec::new(),
            },
            kind: TypeKind::Struct(fields),
            docs: crate::ir::Docs::default(),
            sent: false,
            received: true,
            name: None,
            declared: None,
            is_declared: false,
            is_closed: false,
            example: None,
        }
    }
}
