//! What a value of the document stands under, which decides about its secrecy.
//!
//! In: the members on the way down to a value. Out: whether it is a credential as a whole, and where else to look for
//! some. Two walks share it: the one that gathers what is known, and the one that prints items.

use crate::frontend::json::{Map, Value};

use crate::ir::Scheme;
use crate::secrets;

/// What a value stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Under<'a> {
    /// A member of this name, or the value of an entry of this key.
    Name(&'a str),
    /// An address, or its host.
    Address,
    /// The authentication of something.
    Auth,
    /// The parameters of a scheme.
    Params(&'static Scheme),
    /// A secret parameter of an authentication, by its label.
    Secret(&'a str),
    /// A parameter that says who calls.
    Identity,
    /// The cookies of an answer; their values are credentials, whatever they are called.
    Cookies,
}

/// What an API key is called and holds, where that is an entry each; else `key` is what it is called.
const API_KEY: &[&str] = &["key", "value", "in", "addTo"];

/// What the members of an object say of each other: its `key`, and the scheme that its `type` names.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    key: Option<&'a str>,
    scheme: Option<&'static Scheme>,
}

impl<'a> Object<'a> {
    /// Looks at an object.
    pub(super) fn new(members: &'a Map<'_>) -> Self {
        Self {
            key: members.get("key").and_then(Value::as_str),
            scheme: members
                .get("type")
                .and_then(Value::as_str)
                .and_then(Scheme::of_postman),
        }
    }

    /// What the member of this name is under, where the object is.
    pub(super) fn member(self, under: Under<'a>, name: &'a str, value: &Value<'_>) -> Under<'a> {
        match (under, self.key) {
            (Under::Secret(_) | Under::Identity, _) => under,
            (Under::Cookies, _) if name == "value" => Under::Secret("cookie"),
            (Under::Cookies, _) => Under::Cookies,
            (Under::Auth, _) => Scheme::of_postman(name)
                .or(self.scheme)
                .map_or(Under::Name(name), Under::Params),
            // A scheme with parameters of these names: they are not an entry, but two parameters.
            (Under::Params(scheme), Some(key))
                if name == "value" && scheme.is_secret(name) && !API_KEY.contains(&key) =>
            {
                Under::Secret("api_key")
            }
            (Under::Params(scheme), Some(key)) if name == "value" => param(scheme, key),
            (Under::Params(scheme), None) => param(scheme, name),
            (Under::Params(_) | Under::Name(_) | Under::Address, _) => self.named(name, value),
        }
    }

    fn named(self, name: &'a str, value: &Value<'_>) -> Under<'a> {
        match (name, self.key) {
            // The key of an entry names what its value is; it is none itself.
            ("key", Some(_)) => Under::Name(""),
            ("value", Some(key)) => Under::Name(key),
            ("auth", _) if value.is_object() => Under::Auth,
            ("cookie", _) if value.is_array() => Under::Cookies,
            ("url" | "raw" | "host", _) if !value.is_object() => Under::Address,
            _ => Under::Name(name),
        }
    }
}

impl Under<'_> {
    /// Whether a value is a credential as a whole.
    pub(super) fn hides(self, text: &str) -> bool {
        match self {
            Under::Name(name) => secrets::is_credential(name, text),
            Under::Secret(_) | Under::Identity => !secrets::is_placeholder(text),
            Under::Auth | Under::Params(_) | Under::Cookies | Under::Address => false,
        }
    }
}

fn param<'a>(scheme: &Scheme, name: &'a str) -> Under<'a> {
    if scheme.is_secret(name) {
        // What an API key is called is said by another parameter.
        Under::Secret(if name == "value" { "api_key" } else { name })
    } else if scheme.is_credential(name) {
        Under::Identity
    } else {
        Under::Name(name)
    }
}
