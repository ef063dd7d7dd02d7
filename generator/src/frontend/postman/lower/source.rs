//! The item as it stands in the collection, for documentation: without what is shown elsewhere, credentials removed.
//!
//! In: the item's JSON. Out: JSON text in which every credential is `[removed]`, and no descriptions, saved answers and
//! scripts are. It is printed straight from the document, as a copy of every item would cost more than all the rest
//! of lowering.

use std::borrow::Cow;

use crate::frontend::json::{Map, Value};

use super::super::js;
use super::Cx;
use super::under::{Object, Under};
use crate::secrets::{self, Known};

/// Members that are left out wherever they are: what the page of an item shows already, and scripts.
const LEFT_OUT: &[&str] = &["response", "responses", "description", "event", "events"];

/// The item's text.
pub(super) fn lower(cx: &Cx<'_>, item: &Value<'_>) -> String {
    let mut printer = Printer {
        text: Vec::new(),
        known: (!cx.keep_credentials).then_some(&cx.gathered.known),
    };
    printer.value(item, Under::Name(""));
    String::from_utf8(printer.text).unwrap_or_default()
}

struct Printer<'k> {
    text: Vec<u8>,
    /// What is known to be secret; `None` if that is to be kept.
    known: Option<&'k Known>,
}

impl Printer<'_> {
    fn value(&mut self, value: &Value<'_>, under: Under<'_>) {
        match value {
            Value::Number(number) if self.known.is_some() && under.hides(&number.to_string()) => {
                self.string(secrets::REMOVED);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                self.text.extend(value.to_string().into_bytes());
            }
            Value::String(text) => self.string(&self.clean(text, under)),
            Value::Array(items) => self.list(items, under),
            Value::Object(members) => self.object(members, under),
        }
    }

    fn list(&mut self, items: &[Value<'_>], under: Under<'_>) {
        // A password may be spread over the labels of a host.
        if under == Under::Address {
            let host = js::join(items, ".");
            if let Cow::Owned(clean) = self.clean(&host, under) {
                self.string(&clean);
                return;
            }
        }
        self.text.push(b'[');
        for (index, item) in items.iter().enumerate() {
            self.text.extend((index > 0).then_some(b','));
            self.value(item, under);
        }
        self.text.push(b']');
    }

    fn object(&mut self, members: &Map<'_>, under: Under<'_>) {
        let object = Object::new(members);
        self.text.push(b'{');
        let shown = members.iter().filter(|(name, _)| !LEFT_OUT.contains(name));
        for (index, (name, value)) in shown.enumerate() {
            self.text.extend((index > 0).then_some(b','));
            self.string(&self.clean(name, Under::Name("")));
            self.text.push(b':');
            self.value(value, object.member(under, name, value));
        }
        self.text.push(b'}');
    }

    fn clean<'t>(&self, text: &'t str, under: Under<'_>) -> Cow<'t, str> {
        match (self.known, under) {
            (None, _) => Cow::Borrowed(text),
            (Some(_), _) if under.hides(text) => Cow::Borrowed(secrets::REMOVED),
            (Some(known), Under::Address) => known.redact_address(text),
            (Some(known), Under::Name("src")) => known.redact(secrets::file_name(text)),
            (Some(known), _) => known.redact(text),
        }
    }

    fn string(&mut self, text: &str) {
        // Writing into memory cannot fail.
        drop(serde_json::to_writer(&mut self.text, text));
    }
}
