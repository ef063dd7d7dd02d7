//! The item as it stands in the collection, for documentation: pretty-printed, credentials removed.
//!
//! In: the item's JSON. Out: JSON text in which every credential is `[removed]`. It is printed straight from the
//! document, as a copy of every item would cost more than all the rest of lowering.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::auth;
use crate::ir::AuthKind;
use crate::secrets;

/// The item's text.
pub(super) fn lower(item: &Value, keep_credentials: bool) -> String {
    if keep_credentials {
        return serde_json::to_string_pretty(item).unwrap_or_default();
    }
    let mut printer = Printer {
        text: String::new(),
        depth: 0,
    };
    printer.value(item, Under::Name(""));
    printer.text
}

/// What a value stands under, which decides about its secrecy.
#[derive(Clone, Copy)]
enum Under<'a> {
    /// A member of this name, or the value of an entry of this key.
    Name(&'a str),
    /// The authentication of something.
    Auth,
    /// The parameters of a scheme.
    Params(AuthKind),
    /// A secret parameter of an authentication.
    Secret,
    /// The cookies of an answer; their values are credentials, whatever they are called.
    Cookies,
}

struct Printer {
    text: String,
    depth: usize,
}

impl Printer {
    fn value(&mut self, value: &Value, under: Under<'_>) {
        match value {
            Value::Null | Value::Bool(_) => self.text.push_str(&value.to_string()),
            Value::Number(number) => match under {
                Under::Secret => self.string(secrets::REMOVED),
                Under::Name(_) | Under::Auth | Under::Params(_) | Under::Cookies => {
                    self.text.push_str(&number.to_string());
                }
            },
            Value::String(text) => self.string(&clean(text, under)),
            Value::Array(items) if items.is_empty() => self.text.push_str("[]"),
            Value::Array(items) => {
                self.open('[');
                for (index, item) in items.iter().enumerate() {
                    self.next(index);
                    self.value(item, under);
                }
                self.close(']');
            }
            Value::Object(members) if members.is_empty() => self.text.push_str("{}"),
            Value::Object(members) => self.object(members, under),
        }
    }

    fn object(&mut self, members: &Map<String, Value>, under: Under<'_>) {
        let key = members.get("key").and_then(Value::as_str);
        let scheme = members.get("type").and_then(Value::as_str).and_then(auth::kind);
        self.open('{');
        for (index, (name, value)) in members.iter().enumerate() {
            self.next(index);
            self.string(name);
            self.text.push_str(": ");
            let under = match (under, key) {
                (Under::Secret, _) => Under::Secret,
                (Under::Cookies, _) if name == "value" => Under::Secret,
                (Under::Cookies, _) => Under::Cookies,
                (Under::Auth, _) => auth::kind(name)
                    .or(scheme)
                    .map_or(Under::Name(name), Under::Params),
                (Under::Params(kind), Some(key)) if name == "value" => param(kind, key),
                (Under::Params(kind), None) => param(kind, name),
                (Under::Params(_) | Under::Name(_), Some(key)) if name == "value" => Under::Name(key),
                (Under::Params(_) | Under::Name(_), _) if name == "auth" => Under::Auth,
                (Under::Params(_) | Under::Name(_), _) if name == "cookie" && value.is_array() => {
                    Under::Cookies
                }
                (Under::Params(_) | Under::Name(_), _) => Under::Name(name),
            };
            self.value(value, under);
        }
        self.close('}');
    }

    fn string(&mut self, text: &str) {
        self.text
            .push_str(&serde_json::to_string(text).unwrap_or_default());
    }

    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
    }

    fn next(&mut self, index: usize) {
        if index > 0 {
            self.text.push(',');
        }
        self.line();
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        self.line();
        self.text.push(bracket);
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", self.depth));
    }
}

fn param(kind: AuthKind, name: &str) -> Under<'_> {
    if auth::is_credential(kind, name) {
        Under::Secret
    } else {
        Under::Name(name)
    }
}

fn clean<'t>(text: &'t str, under: Under<'_>) -> Cow<'t, str> {
    let hidden = match under {
        Under::Name(name) => secrets::is_credential(name, text),
        Under::Secret => !secrets::is_placeholder(text),
        Under::Auth | Under::Params(_) | Under::Cookies => false,
    };
    if hidden {
        Cow::Borrowed(secrets::REMOVED)
    } else {
        secrets::redact(text)
    }
}
