//! Which variables of environments a collection uses.
//!
//! In: the collection, and the variables of the files beside it. Out: of those only what requests, saved answers, other
//! variables or credentials of the collection name as `{{name}}`, and what the values of these name in turn. An
//! environment is usually shared by many collections: what another one uses is nothing to this one. Descriptions
//! and scripts use nothing.

use std::collections::BTreeSet;

use crate::frontend::json::Value;

use super::super::model::{Auth, Collection, Entry, Node};
use super::super::variable;
use super::entries::text_of;
use super::environments::EnvironmentFile;
use crate::ir::template;

/// Members whose texts are read by people or by a JavaScript engine.
const NOT_SENT: &[&str] = &["description", "event", "events"];

/// Leaves variables out of files that the collection does not use.
pub(super) fn keep_used(files: &mut Vec<EnvironmentFile<'_>>, collection: &Collection<'_>) {
    if files.is_empty() {
        return;
    }
    let mut named = Named::default();
    named.entries(&collection.variables);
    named.auth(collection.auth.as_ref());
    named.nodes(&collection.nodes);
    // What a file sets for a variable of the collection's own is used even where nothing names that.
    let own = collection.variables.iter().filter(|entry| !entry.disabled);
    named.exact.extend(own.filter_map(variable::name));
    let mut more = true;
    while more {
        more = false;
        for file in files.iter() {
            more |= named.more(&file.entries);
        }
    }
    for file in files.iter_mut() {
        file.entries.retain(|entry| {
            !entry.disabled && variable::name(entry).is_some_and(|name| named.contains(&name))
        });
    }
    files.retain(|file| !file.entries.is_empty());
}

/// Names of variables.
#[derive(Debug, Default)]
struct Named {
    exact: BTreeSet<String>,
    /// Beginnings and ends of names that are put together: `{{url_{{stage}}}}`.
    composed: BTreeSet<(String, String)>,
    /// Variables whose values were looked through.
    seen: BTreeSet<(String, String)>,
}

impl Named {
    fn contains(&self, name: &str) -> bool {
        let is_composed = |(begin, end): &(String, String)| {
            name.len() > begin.len() + end.len() && name.starts_with(begin) && name.ends_with(end)
        };
        self.exact.contains(name) || self.composed.iter().any(is_composed)
    }

    /// Adds what the values of used variables name; says whether any was not known before.
    fn more(&mut self, entries: &[Entry<'_>]) -> bool {
        let mut more = false;
        for entry in entries.iter().filter(|entry| !entry.disabled) {
            let Some(name) = variable::name(entry).filter(|name| self.contains(name)) else {
                continue;
            };
            let text = variable::text(entry);
            if !self.seen.contains(&(name.clone(), text.clone())) {
                self.text(&text);
                self.seen.insert((name, text));
                more = true;
            }
        }
        more
    }

    fn nodes(&mut self, nodes: &[Node<'_>]) {
        for node in nodes {
            match node {
                Node::Folder(folder) => {
                    self.auth(folder.auth.as_ref());
                    self.nodes(&folder.nodes);
                }
                Node::Item(item) => self.value(item.json, NOT_SENT),
            }
        }
    }

    fn auth(&mut self, auth: Option<&Auth<'_>>) {
        if let Some(auth) = auth {
            self.entries(&auth.params);
        }
    }

    fn entries(&mut self, entries: &[Entry<'_>]) {
        for entry in entries {
            self.text(&text_of(entry.key.as_deref()));
            self.text(&text_of(entry.value.as_deref()));
        }
    }

    fn value(&mut self, value: &Value<'_>, but: &[&str]) {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
            Value::String(text) => self.text(text),
            Value::Array(values) => values.iter().for_each(|value| self.value(value, but)),
            Value::Object(members) => {
                for (key, value) in members.iter().filter(|(key, _)| !but.contains(key)) {
                    self.text(key);
                    // What GraphQL variables are called is the API's affair.
                    self.value(value, if key == "graphql" { &[] } else { but });
                }
            }
        }
    }

    /// Adds what a text names, from the inside out, as the substitution goes.
    fn text(&mut self, text: &str) {
        /// Stands for what is put in for an inner variable; no name holds it.
        const HOLE: &str = "\u{0}";
        let mut text = std::borrow::Cow::Borrowed(text);
        while text.contains("{{") {
            let mut rest = String::with_capacity(text.len());
            let mut from = 0;
            for token in template::tokens(&text) {
                let name = text.get(token.start + 2..token.end - 2).unwrap_or_default();
                match (name.split_once(HOLE), name.rsplit_once(HOLE)) {
                    (Some((begin, _)), Some((_, end))) => {
                        self.composed.insert((begin.to_owned(), end.to_owned()));
                    }
                    (_, _) => _ = self.exact.insert(name.to_owned()),
                }
                rest.push_str(text.get(from..token.start).unwrap_or_default());
                rest.push_str(HOLE);
                from = token.end;
            }
            if from == 0 {
                return;
            }
            rest.push_str(text.get(from..).unwrap_or_default());
            text = std::borrow::Cow::Owned(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn names_are_found_from_the_inside_out() {
        for (text, name, is_named) in [
            ("{{a}}/{{b}}", "b", true),
            ("{{a}}", "b", false),
            ("{{url_{{stage}}}}", "url_prod", true),
            ("{{url_{{stage}}}}", "stage", true),
            ("{{url_{{stage}}}}", "url_", false),
            ("{{url_{{stage}}}}", "my_url_prod", false),
            ("{{a{{b{{c}}}}d}}", "a1d", true),
            ("{{a{{b{{c}}}}d}}", "b1", true),
            ("{{open {{a}}", "a", true),
            ("{{}}", "a", false),
        ] {
            let mut named = Named::default();
            named.text(text);
            assert_eq!(named.contains(name), is_named, "{text} {name}");
        }
    }
}
