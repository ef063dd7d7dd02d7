//! A schema as all of it says together: references followed, `allOf` merged.
//!
//! In: a schema. Out: a [`View`]: its kinds, members, alternatives. It makes no types. What several parts say of one member is kept
//! for who types it.

use std::collections::BTreeSet;

use super::document::{At, Document, Version};
use crate::frontend::json::Value;

/// The kinds of value that schemas name, `null` aside.
const KINDS: &[&str] = &[
    "string", "number", "integer", "boolean", "array", "object", "file",
];

/// Deeper `allOf` is a circle.
const MOST_DEPTH: usize = 24;

/// What a schema says.
#[derive(Clone, Debug, Default)]
pub(in crate::frontend) struct View<'a> {
    /// The kinds of value that it admits, `null` aside; none if it does not say.
    pub(in crate::frontend) kinds: Vec<&'a str>,
    pub(in crate::frontend) nullable: bool,
    /// Members, in order.
    pub(in crate::frontend) properties: Vec<(&'a str, At<'a>)>,
    /// What other parts say of members, too.
    pub(in crate::frontend) more_of: Vec<(&'a str, At<'a>)>,
    pub(in crate::frontend) required: BTreeSet<&'a str>,
    /// What members have that are not named.
    pub(in crate::frontend) additional: Option<At<'a>>,
    /// What elements are.
    pub(in crate::frontend) items: Option<At<'a>>,
    /// What other parts say of elements, too.
    pub(in crate::frontend) more_items: Vec<At<'a>>,
    /// Whether elements are told by their place.
    pub(in crate::frontend) is_tuple: bool,
    /// The only values.
    pub(in crate::frontend) values: Option<Vec<&'a Value<'a>>>,
    pub(in crate::frontend) format: &'a str,
    /// `oneOf` or `anyOf`.
    pub(in crate::frontend) alternatives: Vec<At<'a>>,
    pub(in crate::frontend) discriminator: Option<At<'a>>,
    /// What tells apart those that have it as a part, where it is the base of others, and says nothing of alternatives.
    pub(in crate::frontend) tells_children: Option<At<'a>>,
    /// A value that the author shows.
    pub(in crate::frontend) example: Option<&'a Value<'a>>,
    /// What is meant where nothing is given.
    pub(in crate::frontend) default: Option<&'a Value<'a>>,
    /// Whether it speaks of whole numbers beyond 64 bits with a sign.
    pub(in crate::frontend) is_large: bool,
    pub(in crate::frontend) text: String,
    pub(in crate::frontend) title: &'a str,
    pub(in crate::frontend) read_only: bool,
    pub(in crate::frontend) write_only: bool,
    pub(in crate::frontend) deprecated: bool,
    /// Whether it says that there are no members of other names.
    pub(in crate::frontend) is_closed: bool,
    /// What it is made of already: each part says what it says once, however many ways lead to it.
    pub(in crate::frontend) parts: BTreeSet<*const Value<'a>>,
}

impl<'a> View<'a> {
    /// What a schema says.
    pub(in crate::frontend) fn of(document: &Document<'a>, at: &At<'a>) -> Self {
        let mut view = Self::default();
        view.merge(document, at, 0);
        view
    }

    /// Adds what another schema says.
    pub(in crate::frontend) fn merge(&mut self, document: &Document<'a>, at: &At<'a>, depth: usize) {
        if depth > MOST_DEPTH {
            return;
        }
        self.annotate(at);
        // What stands beside a reference is said too, since schemas are JSON Schema.
        if has_more_than_reference(document, at) && self.parts.insert(at.value) {
            self.add(document, at, depth);
        }
        let at = document.resolve(at.clone());
        if !self.parts.insert(at.value) {
            return;
        }
        self.annotate(&at);
        self.add(document, &at, depth);
    }

    /// Adds what a schema says itself.
    fn add(&mut self, document: &Document<'a>, at: &At<'a>, depth: usize) {
        self.add_kinds(at);
        self.add_members(document, at);
        self.add_values(at);
        if self.format.is_empty() {
            self.format = at.text("format").unwrap_or_default();
        }
        for (key, is_all) in [("oneOf", false), ("anyOf", false), ("allOf", true)] {
            let Some(list) = at.get(key) else { continue };
            for part in list.elements() {
                if is_all {
                    self.merge(document, &part, depth + 1);
                }
            }
            if !is_all && self.alternatives.is_empty() && !self.is_only_inherited(depth) {
                self.alternatives = list.elements();
                self.discriminator = at.get("discriminator");
            }
        }
        self.add_base(at, depth);
    }

    /// Notes that this is the base of others, and not only a part of what is.
    fn add_base(&mut self, at: &At<'a>, depth: usize) {
        if depth == 0 && self.alternatives.is_empty() {
            self.tells_children = at.get("discriminator");
        }
    }

    /// A base that lists its children has no alternatives where it is a part of one of them.
    fn is_only_inherited(&self, depth: usize) -> bool {
        depth > 0 && self.discriminator.is_some()
    }

    fn annotate(&mut self, at: &At<'a>) {
        if self.text.is_empty() {
            at.text("description")
                .unwrap_or_default()
                .clone_into(&mut self.text);
        }
        if self.title.is_empty() {
            self.title = at.text("title").unwrap_or_default();
        }
        let shown = at.value.get("example").or_else(|| first_example(at.value));
        self.example = self.example.or(shown);
        self.default = self.default.or_else(|| at.value.get("default"));
        self.is_large |= ["maximum", "default", "example"]
            .iter()
            .any(|key| at.value.get(key).is_some_and(is_large));
        self.read_only |= at.flag("readOnly");
        self.write_only |= at.flag("writeOnly");
        self.deprecated |= at.flag("deprecated");
        self.nullable |= at.flag("nullable") || at.flag("x-nullable");
    }

    fn add_kinds(&mut self, at: &At<'a>) {
        let said: Vec<&str> = match at.value.get("type") {
            Some(Value::String(kind)) => vec![&**kind],
            Some(Value::Array(_)) => at.texts("type"),
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => Vec::new(),
        };
        for kind in said {
            match kind {
                "null" => self.nullable = true,
                kind if KINDS.contains(&kind) && !self.kinds.contains(&kind) => self.kinds.push(kind),
                // `any` and other words of no schema.
                _ => {}
            }
        }
    }

    fn add_members(&mut self, document: &Document<'a>, at: &At<'a>) {
        self.required.extend(at.texts("required"));
        // What is bundled later may be kept elsewhere as a whole.
        let properties = at
            .get("properties")
            .map(|properties| document.resolve(properties));
        for (name, property) in properties.iter().flat_map(At::members) {
            match self.properties.iter_mut().find(|(own, _)| *own == name) {
                Some((_, own)) if says_something(own) && !says_something(&property) => {}
                Some((_, own)) if says_something(own) && !std::ptr::eq(own.value, property.value) => {
                    self.more_of.push((name, property));
                }
                Some((_, own)) => *own = property,
                None => self.properties.push((name, property)),
            }
        }
        if let Some(additional) = at.get("additionalProperties").filter(|at| !is_false(at.value)) {
            self.additional = Some(additional);
        } else if let Some((_, pattern)) = at.get("patternProperties").iter().flat_map(At::members).next() {
            self.additional = Some(pattern);
        }
        self.is_closed |= at
            .get("additionalProperties")
            .is_some_and(|at| is_false(at.value));
        match at.get("items") {
            Some(items) if items.value.is_array() => self.is_tuple = true,
            Some(items) if self.items.as_ref().is_some_and(says_something) => self.more_items.push(items),
            Some(items) => self.items = Some(items),
            None => {}
        }
        self.is_tuple |= at.value.get("prefixItems").is_some();
    }

    fn add_values(&mut self, at: &At<'a>) {
        let listed = at.value.get("enum").and_then(Value::as_array);
        let listed = listed.map(|values| values.iter().collect::<Vec<_>>());
        let Some(values) = listed.or_else(|| at.value.get("const").map(|value| vec![value])) else {
            return;
        };
        let is_null = |value: &&Value<'_>| value.is_null();
        self.nullable |= values.iter().any(is_null);
        let values = values.into_iter().filter(|value| !value.is_null()).collect();
        // Of two lists the shorter says more.
        let shorter = |own: &Vec<&Value<'_>>, other: &Vec<&Value<'_>>| own.len() <= other.len();
        match &self.values {
            Some(own) if shorter(own, &values) => {}
            Some(_) | None => self.values = Some(values),
        }
    }

    /// Adds the only values of a schema, and nothing else.
    pub(in crate::frontend) fn add_only_values(&mut self, at: &At<'a>) {
        self.add_values(at);
    }

    /// The texts that a value can only be; `None` if it can be anything else.
    pub(in crate::frontend) fn texts(&self) -> Option<Vec<&'a str>> {
        let values = self.values.as_ref().filter(|values| !values.is_empty())?;
        values.iter().map(|value| value.as_str()).collect()
    }

    /// What tags say for it: the only texts, whole numbers and truth values that it can be, as texts.
    pub(in crate::frontend) fn labels(&self) -> Option<Vec<String>> {
        let values = self.values.as_ref().filter(|values| !values.is_empty())?;
        let label = |value: &&Value<'_>| match value {
            Value::String(text) => Some(text.to_string()),
            Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        };
        values.iter().map(label).collect()
    }

    /// The one kind that it is of, also where only its keywords say so.
    pub(in crate::frontend) fn kind(&self) -> Option<&'a str> {
        match self.kinds.as_slice() {
            [kind] => Some(kind),
            [] if !self.properties.is_empty() => Some("object"),
            [] if self.items.is_some() && !self.is_tuple => Some("array"),
            [] if self.texts().is_some() => Some("string"),
            [] if self.additional.is_some() => Some("object"),
            [] => self.kind_of_values(),
            _ => None,
        }
    }

    /// The kind of the only values, where they are numbers or truth values.
    fn kind_of_values(&self) -> Option<&'static str> {
        let values = self.values.as_ref().filter(|values| !values.is_empty())?;
        let all = |is: fn(&Value<'_>) -> bool| values.iter().all(|value| is(value));
        if all(|value| matches!(value, Value::Bool(_))) {
            Some("boolean")
        } else if all(|value| matches!(value, Value::Number(number) if number.is_i64())) {
            Some("integer")
        } else if all(|value| matches!(value, Value::Number(_))) {
            Some("number")
        } else {
            None
        }
    }
}

/// The words by which a schema says more than a description does.
pub(in crate::frontend) const SAYS: &[&str] = &[
    "$ref",
    "$dynamicRef",
    "type",
    "properties",
    "items",
    "enum",
    "const",
    "allOf",
    "oneOf",
    "anyOf",
    "additionalProperties",
    "format",
    "prefixItems",
];

/// Whether a schema says more than a description does.
pub(in crate::frontend) fn says_something(at: &At<'_>) -> bool {
    SAYS.iter().any(|key| at.value.get(key).is_some())
}

/// Whether a reference stands beside something that a schema says, in a version in which that counts.
pub(in crate::frontend) fn has_more_than_reference(document: &Document<'_>, at: &At<'_>) -> bool {
    let is_own = |key: &&&str| !key.starts_with('$') && at.value.get(key).is_some();
    document.version == Version::V31
        && at.value.get("$ref").is_some()
        && SAYS.iter().chain(&["required"]).any(|key| is_own(&key))
}

/// The first of several examples, which schemas list and others name.
fn first_example<'a>(value: &'a Value<'a>) -> Option<&'a Value<'a>> {
    value.get("examples")?.as_array()?.first()
}

/// Whether a value is a number that no `i64` holds.
fn is_large(value: &Value<'_>) -> bool {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    match value {
        Value::Number(number) => {
            !number.is_i64() && number.as_f64().is_some_and(|float| float.abs() >= LIMIT)
        }
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

fn is_false(value: &Value<'_>) -> bool {
    matches!(value, Value::Bool(false))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::diag::Sink;
    use crate::frontend::json;

    /// Each doubles what the one before it holds: 2^24 ways lead to the last, and it is read once.
    #[test]
    fn parts_are_merged_once() {
        let mut schemas: Vec<String> = (0..40)
            .map(|n| {
                let next = format!(r##"{{"$ref": "#/s/{}"}}"##, n + 1);
                format!(r#"{{"allOf": [{next}, {next}]}}"#)
            })
            .collect();
        schemas[30] = r##"{"allOf": [{"$ref": "#/s/30"}, {"$ref": "#/s/12"}]}"##.to_owned();
        schemas[20] = r##"{"allOf": [{"$ref": "#/s/21"}, {"properties": {"last": {}}}]}"##.to_owned();
        let text = format!(r#"{{"s": [{}]}}"#, schemas.join(","));
        let mut sink = Sink::default();
        let root = json::parse(&text, "d.json", &mut sink).unwrap();
        let parts = BTreeMap::new();
        let document = Document::new(&root, &parts, Version::V31, "d.json", &mut sink);
        let view = View::of(&document, &document.find("#/s/0", "").unwrap());
        assert_eq!(view.properties.len(), 1);
    }
}
