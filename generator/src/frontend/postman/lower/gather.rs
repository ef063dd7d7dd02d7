//! The first walk over a collection and its environments: what is known to be secret before anything is lowered.
//!
//! In: the documents. Out: the values that stand as credentials anywhere, and the names of the variables that stand
//! where a literal would be one. It goes through everything that is JSON, also what no later step looks at: a token of
//! a script is a token in a description too.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::frontend::json::{Map, Value};

use super::super::js;
use super::settings;
use super::under::{Object, Under};
use crate::ir::template;
use crate::parallel::in_parallel;
use crate::secrets::{self, Found, Known, Sensitivity};

/// What is known of credentials.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Their values.
    pub known: Known,
    /// The variables that hold some.
    pub variables: BTreeSet<String>,
}

impl Gathered {
    /// Whether a variable holds a credential, by what it is called and where it stands.
    pub(super) fn is_secret(&self, name: &str) -> bool {
        secrets::of_name(name) == Sensitivity::Strong
            || name.starts_with(VAULT)
            || self.variables.contains(name)
    }
}

/// What names begin with of variables that are in the vault of Postman, and in no file.
pub(super) const VAULT: &str = "vault:";

/// Lists whose entries are variables.
const LISTS: &[&str] = &["values", "variable", "variables"];

/// As far as variables are made of other ones.
const DEEPEST: usize = 8;

/// Walks over the documents.
pub(super) fn gather<'v>(documents: impl IntoIterator<Item = &'v Value<'v>>) -> Gathered {
    let mut walk = Walk {
        is_first: true,
        ..Walk::default()
    };
    for document in documents {
        walk.value(document, Under::Name(""), "");
    }
    walk.resolve();
    walk.gathered
}

#[derive(Default)]
struct Walk {
    gathered: Gathered,
    defined: Vec<Defined>,
    /// Variables under names that promise little: they are secret if their values look so.
    weak: BTreeSet<String>,
    /// Whether this walk may have others do parts of it.
    is_first: bool,
}

/// Lists of items, by the names that formats give them.
const ITEMS: &[&str] = &["item", "items", "requests"];

/// As many elements of a list as are worth a walk of their own.
const MANY: usize = 32;

/// A variable as some list defines it.
struct Defined {
    name: String,
    value: String,
    is_secret: bool,
}

impl Walk {
    fn value(&mut self, value: &Value<'_>, under: Under<'_>, list: &str) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => self.text(&number.to_string(), under),
            Value::String(text) => self.text(text, under),
            Value::Array(items) => {
                if under == Under::Address {
                    self.text(&js::join(items, "."), under);
                }
                let rest = if self.is_first && items.len() > MANY && ITEMS.contains(&list) {
                    self.apart(items, under, list)
                } else {
                    items.as_slice()
                };
                for item in rest {
                    self.value(item, under, list);
                }
            }
            Value::Object(members) => self.object(members, under, list),
        }
    }

    /// Walks through a list in parts, on all processors, and gives what is left to do. What is found in a part depends on what
    /// was found before it only through values that are known by then, and hardly any collection holds one: after a part
    /// with such a value, the rest is left.
    fn apart<'v, 'a>(&mut self, items: &'v [Value<'a>], under: Under<'_>, list: &str) -> &'v [Value<'a>] {
        if !self.gathered.known.is_empty() {
            return items;
        }
        let parts: Vec<&[Value<'_>]> = items.chunks(MANY).collect();
        let stop = AtomicBool::new(false);
        let walks = in_parallel(&parts, |part| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let mut walk = Self::default();
            part.iter().for_each(|item| walk.value(item, under, list));
            stop.fetch_or(!walk.gathered.known.is_empty(), Ordering::Relaxed);
            Some(walk)
        });
        let mut done = 0;
        for (part, walk) in parts.iter().zip(walks.into_iter().map_while(|walk| walk)) {
            done += part.len();
            let knows = !walk.gathered.known.is_empty();
            self.gathered.known = walk.gathered.known;
            self.gathered.variables.extend(walk.gathered.variables);
            self.defined.extend(walk.defined);
            self.weak.extend(walk.weak);
            if knows {
                break;
            }
        }
        items.get(done..).unwrap_or_default()
    }

    fn object(&mut self, members: &Map<'_>, under: Under<'_>, list: &str) {
        if LISTS.contains(&list) {
            self.define(members);
        }
        self.address(members);
        let object = Object::new(members);
        for (name, value) in members.iter() {
            // Variables of an address are no others: their names are those of its segments.
            let of_address = members.get("path").is_some() || members.get("raw").is_some();
            let list = if of_address { "" } else { name };
            self.value(value, object.member(under, name, value), list);
        }
    }

    fn define(&mut self, members: &Map<'_>) {
        let text = |name: &str| {
            members
                .get(name)
                .filter(|value| !value.is_null())
                .map(js::to_string)
        };
        let (Some(name), Some(value)) = (text("key"), text("value")) else {
            return;
        };
        let ty = members.get("type").and_then(Value::as_str);
        let marked = members.get("secret").is_some_and(js::truthy);
        self.defined.push(Defined {
            is_secret: marked || settings::is_secret(&name, &value, ty),
            name,
            value,
        });
    }

    /// The address that an object holds in parts.
    fn address(&mut self, members: &Map<'_>) {
        let joined = |name: &str, separator: &str| match members.get(name) {
            Some(Value::Array(parts)) => js::join(parts, separator),
            other => other.and_then(Value::as_str).unwrap_or_default().to_owned(),
        };
        let (host, path) = (joined("host", "."), joined("path", "/"));
        if host.is_empty() || path.is_empty() {
            return;
        }
        for found in self.gathered.known.find_in_path(&host, &path) {
            let segments = path.get(found.range).unwrap_or_default().split('/');
            segments.for_each(|segment| self.gathered.known.add(segment, &found.label));
        }
    }

    fn text(&mut self, text: &str, under: Under<'_>) {
        self.variables(text, under);
        if under.hides(text) {
            match under {
                Under::Name(name) => self.credential(text, &secrets::label(name)),
                Under::Secret(name) => self.credential(text, &secrets::label(name)),
                // Who calls is no secret, and may be anybody's name.
                Under::Identity | Under::Address | Under::Auth | Under::Params(_) | Under::Cookies => {}
            }
        }
        let found = if under == Under::Address {
            secrets::find_in_address(text)
        } else {
            secrets::find(text)
        };
        for Found { range, label, .. } in found {
            self.credential(text.get(range).unwrap_or_default(), &label);
        }
    }

    fn credential(&mut self, value: &str, label: &str) {
        let known = &mut self.gathered.known;
        if label.ends_with("cookie") {
            let pairs = value.split(';').filter_map(|pair| pair.split_once('='));
            pairs.for_each(|(_, value)| known.add(value.trim(), label));
        }
        if label == "webhook_path" {
            value.split('/').for_each(|segment| known.add(segment, label));
        }
        if let Some(password) = secrets::basic_password(value) {
            known.add(&password, "password");
        }
        // A UUID under a name that promises little is an id of something most of the time.
        if secrets::of_name(label) != Sensitivity::Weak || !secrets::is_uuid(value) {
            known.add(value, label);
        }
    }

    /// The variables in a text that stand where a literal would be a credential.
    fn variables(&mut self, text: &str, under: Under<'_>) {
        if !template::has_variables(text) {
            return;
        }
        let known = &mut self.gathered.variables;
        let mut add = |name: &str| {
            if !template::is_dynamic(name) {
                known.insert(name.to_owned());
            }
        };
        match under {
            Under::Secret(_) => template::variables(text).for_each(&mut add),
            Under::Name(name) if secrets::label(name).ends_with("cookie") => {
                template::variables(text).for_each(&mut add);
            }
            // Of several the last one is: the scheme, or the user, stands before it.
            Under::Name(name) if secrets::of_name(name) == Sensitivity::Strong && !text.contains("://") => {
                template::variables(text).last().into_iter().for_each(&mut add);
            }
            Under::Name(name) if secrets::of_name(name) == Sensitivity::Weak => {
                let last = template::variables(text).last();
                self.weak.extend(last.map(str::to_owned));
            }
            Under::Name(_)
            | Under::Address
            | Under::Auth
            | Under::Params(_)
            | Under::Identity
            | Under::Cookies => {}
        }
        for (name, sure) in secrets::variables(text) {
            if sure == Sensitivity::Strong {
                add(name);
            } else {
                self.weak.insert(name.to_owned());
            }
        }
    }

    /// What a secret variable is made of is secret, and so is its value.
    fn resolve(&mut self) {
        let promising = self.defined.iter().filter(|defined| {
            self.weak.contains(&defined.name)
                && secrets::looks_random(&defined.value)
                && !defined.value.contains("://")
                && !template::has_variables(&defined.value)
        });
        let promising: Vec<String> = promising.map(|defined| defined.name.clone()).collect();
        self.gathered.variables.extend(promising);
        for _ in 0..DEEPEST {
            let before = self.gathered.variables.len();
            for Defined {
                name,
                value,
                is_secret,
            } in &self.defined
            {
                if (*is_secret || self.gathered.is_secret(name)) && !value.contains("://") {
                    let inner = template::variables(value).filter(|inner| !template::is_dynamic(inner));
                    self.gathered.variables.extend(inner.map(str::to_owned));
                }
            }
            if self.gathered.variables.len() == before {
                break;
            }
        }
        for defined in std::mem::take(&mut self.defined) {
            let secret = defined.is_secret || self.gathered.is_secret(&defined.name);
            if secret && !template::has_variables(&defined.value) {
                self.credential(&defined.value, &defined.name);
            }
        }
    }
}
