//! Credentials that a description shows: taken out of everything that is read of it.
//!
//! In: the lowered model, and what the servers showed. Out: the same without them. Examples of parameters whose name promises a credential are none of the client's
//! business; a value that was recognised there is taken out of every text, as is what looks like one in a text.

use crate::diag::Code;
use crate::frontend::json::{Map, Value};
use crate::frontend::schema::document::Document;
use crate::ir::{Api, Child, Docs, Entry, Folder, Operation, Place, Sample, Sent, TypeKind};
use crate::secrets::{self, Known};

/// Takes them out.
pub(super) fn hide(api: &mut Api, document: &Document<'_>, known: Known) -> Known {
    let mut known = known;
    for root in document.roots() {
        gather(root, "", &mut known);
    }
    api.root
        .visit_mut(&mut |operation| drop_examples(operation, &mut known, document));
    let name = |name: &mut String| *name = known.redact(name).into_owned();
    name(&mut api.name);
    api.environments
        .iter_mut()
        .for_each(|environment| name(&mut environment.name));
    let hide = |docs: &mut Docs| {
        let shown = known.redact(&docs.text).into_owned();
        docs.text = shown;
    };
    hide(&mut api.docs);
    hide_folder(&mut api.root, &known);
    api.variables
        .iter_mut()
        .for_each(|variable| hide(&mut variable.docs));
    for def in api.types.all_mut() {
        hide(&mut def.docs);
        hide_json(&mut def.example, "", &known);
        match &mut def.kind {
            TypeKind::Struct(fields) => {
                for field in fields {
                    hide(&mut field.docs);
                    hide_json(&mut field.example, &field.key, &known);
                }
            }
            TypeKind::OpenEnum(values) => values.iter_mut().for_each(|value| hide(&mut value.docs)),
            TypeKind::Union(union) => union.alternatives.iter_mut().for_each(|own| hide(&mut own.docs)),
        }
    }
    known
}

/// Members of a schema or a parameter that hold a value of it.
const VALUES: &[&str] = &["example", "x-example", "default"];

/// Learns the credentials that examples hold, in whatever part of the document: values of parameters and properties by their
/// names, and members of examples by theirs. `name` is of whom `value` tells.
fn gather(value: &Value<'_>, name: &str, known: &mut Known) {
    match value {
        Value::Object(members) => {
            // A parameter says its own name.
            let own = value.get("in").and(value.get("name")).and_then(Value::as_str);
            let name = own.unwrap_or(name);
            for (key, member) in members.iter() {
                match key {
                    _ if VALUES.contains(&key) => learn(member, name, known),
                    "examples" => gather_examples(member, name, known),
                    "properties" | "headers" => {
                        for (name, property) in member.as_object().into_iter().flat_map(Map::iter) {
                            gather(property, name, known);
                        }
                    }
                    // What these hold tells of the same.
                    "schema" | "items" | "allOf" | "oneOf" | "anyOf" => gather(member, name, known),
                    _ => gather(member, "", known),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| gather(element, name, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Several examples: of a list each is one, of an object each is under `value`, or it is an answer by its media type.
fn gather_examples(examples: &Value<'_>, name: &str, known: &mut Known) {
    match examples {
        Value::Array(list) => list.iter().for_each(|value| learn(value, name, known)),
        Value::Object(named) => {
            for (_, example) in named.iter() {
                learn(example.get("value").unwrap_or(example), name, known);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Learns from a value itself.
fn learn(value: &Value<'_>, name: &str, known: &mut Known) {
    match value {
        Value::String(text) if secrets::is_credential(name, text) => {
            known.add(text, &secrets::label(name));
        }
        Value::Object(members) => members.iter().for_each(|(name, value)| learn(value, name, known)),
        Value::Array(elements) => elements.iter().for_each(|element| learn(element, name, known)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Drops examples that are credentials, and remembers them.
fn drop_examples(operation: &mut Operation, known: &mut Known, document: &Document<'_>) {
    for param in &mut operation.params {
        let is_one = |value: &String| secrets::is_credential(&param.name, value);
        if let Some(value) = param.saved.take_if(|value| is_one(value)) {
            known.add(&value, &secrets::label(&param.name));
        }
    }
    let entries = operation.url.query.iter_mut().chain(&mut operation.headers);
    for Entry { key, value, .. } in entries {
        if let (Some(key), Some(value)) = (key, value)
            && secrets::is_credential(key, value)
            && !value.contains("{{")
        {
            known.add(value, &secrets::label(key));
            value.clear();
            let message = format!("the value of `{key}` in the path is a credential, which is taken out");
            let help = "declare it as a parameter; and consider it as known to others";
            document.warn(
                Code::Credential,
                &document.pointer(&operation.place),
                message,
                help,
            );
        }
    }
}

fn hide_folder(folder: &mut Folder, known: &Known) {
    let hide = |text: &mut String| *text = known.redact(text).into_owned();
    hide(&mut folder.name);
    hide_place(&mut folder.place, known);
    hide(&mut folder.docs.text);
    for child in &mut folder.children {
        match child {
            Child::Folder(folder) => hide_folder(folder, known),
            Child::Operation(operation) => {
                hide(&mut operation.name);
                hide_place(&mut operation.place, known);
                hide(&mut operation.docs.text);
                operation.summary.iter_mut().for_each(&hide);
                operation
                    .params
                    .iter_mut()
                    .for_each(|param| hide(&mut param.docs.text));
                for outcome in operation.results.iter_mut().chain(&mut operation.errors) {
                    hide(&mut outcome.docs.text);
                    outcome
                        .samples
                        .iter_mut()
                        .for_each(|sample| hide_sample(sample, known));
                }
                if let Some((text, _)) = &mut operation.example {
                    hide(text);
                }
                for param in &mut operation.params {
                    param.saved.take_if(|value| is_known(value, known));
                }
                let entries = operation.url.query.iter_mut().chain(&mut operation.headers);
                for entry in entries {
                    hide(&mut entry.docs.text);
                    // What is always sent is no example.
                    let shown = entry.value.as_mut().filter(|_| entry.sent == Sent::WhenSet);
                    if let Some(value) = shown.filter(|value| is_known(value, known)) {
                        value.clear();
                    }
                }
            }
        }
    }
}

/// An answer that is shown.
fn hide_sample(sample: &mut Sample, known: &Known) {
    let hide = |text: &mut String| *text = known.redact(text).into_owned();
    hide(&mut sample.id);
    hide(&mut sample.name);
    hide(&mut sample.docs.text);
    hide(&mut sample.body);
    for (name, value) in &mut sample.headers {
        if secrets::is_credential(name, value) {
            secrets::REMOVED.clone_into(value);
        } else {
            hide(value);
        }
    }
}

/// The value of a member of this name: none is shown of which something must be hidden.
fn hide_json(json: &mut Option<String>, name: &str, known: &Known) {
    let text = |json: &String| serde_json::from_str::<String>(json).ok();
    json.take_if(|json| {
        text(json).is_some_and(|text| secrets::is_credential(name, &text)) || is_known(json, known)
    });
}

/// Whether something of a text must be hidden.
fn is_known(text: &str, known: &Known) -> bool {
    !known.find(text).is_empty()
}

fn hide_place(place: &mut Place, known: &Known) {
    let names = place.breadcrumb.iter();
    place.breadcrumb = names.map(|name| known.redact(name).into_owned()).collect();
}
