//! The item as it stands in the collection, for documentation: without what is shown elsewhere, credentials removed.
//!
//! In: the item's JSON. Out: JSON text in which every credential is `[removed]`, and no descriptions, saved answers and
//! scripts are. It is printed straight from the document, as a copy of every item would cost more than all the rest
//! of lowering.

use std::borrow::Cow;

use crate::frontend::postman::json::{Map, Value};

use super::auth;
use crate::ir::AuthKind;
use crate::secrets;

/// Members that are left out wherever they are: what the page of an item shows already, and scripts.
const LEFT_OUT: &[&str] = &["response", "responses", "description", "event", "events"];

/// The item's text.
pub(super) fn lower(item: &Value<'_>, keep_credentials: bool) -> String {
    let mut printer = Printer {
        text: Vec::new(),
        keep_credentials,
    };
    printer.value(item, Under::Name(""));
    String::from_utf8(printer.text).unwrap_or_default()
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
    text: Vec<u8>,
    keep_credentials: bool,
}

impl Printer {
    fn value(&mut self, value: &Value<'_>, under: Under<'_>) {
        match value {
            Value::Number(number) if !self.keep_credentials && is_hidden(&number.to_string(), under) => {
                self.string(secrets::REMOVED);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                self.text.extend(value.to_string().into_bytes());
            }
            Value::String(text) if self.keep_credentials => self.string(text),
            Value::String(text) => self.string(&clean(text, under)),
            Value::Array(items) => {
                self.text.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    self.text.extend((index > 0).then_some(b','));
                    self.value(item, under);
                }
                self.text.push(b']');
            }
            Value::Object(members) => self.object(members, under),
        }
    }

    fn object(&mut self, members: &Map<'_>, under: Under<'_>) {
        let key = members.get("key").and_then(Value::as_str);
        let scheme = members.get("type").and_then(Value::as_str).and_then(auth::kind);
        self.text.push(b'{');
        let shown = members.iter().filter(|(name, _)| !LEFT_OUT.contains(name));
        for (index, (name, value)) in shown.enumerate() {
            self.text.extend((index > 0).then_some(b','));
            self.string(name);
            self.text.push(b':');
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
        self.text.push(b'}');
    }

    fn string(&mut self, text: &str) {
        // Writing into memory cannot fail.
        drop(serde_json::to_writer(&mut self.text, text));
    }
}

fn param(kind: AuthKind, name: &str) -> Under<'_> {
    if auth::is_credential(kind, name) {
        Under::Secret
    } else {
        Under::Name(name)
    }
}

/// Whether a value is a credential as a whole.
fn is_hidden(text: &str, under: Under<'_>) -> bool {
    match under {
        Under::Name(name) => secrets::is_credential(name, text),
        Under::Secret => !secrets::is_placeholder(text),
        Under::Auth | Under::Params(_) | Under::Cookies => false,
    }
}

fn clean<'t>(text: &'t str, under: Under<'_>) -> Cow<'t, str> {
    if is_hidden(text, under) {
        Cow::Borrowed(secrets::REMOVED)
    } else {
        secrets::redact(text)
    }
}
