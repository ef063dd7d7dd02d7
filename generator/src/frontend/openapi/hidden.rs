//! Credentials that a description shows: taken out of everything that is read of it.
//!
//! In: the lowered model. Out: the same without them. Examples of parameters whose name promises a credential are none of the client's
//! business; a value that was recognised there is taken out of every text, as is what looks like one in a text.

use crate::ir::{Api, Child, Docs, Entry, Folder, Operation, TypeKind};
use crate::secrets::{self, Known};

/// Takes them out.
pub(super) fn hide(api: &mut Api) -> Known {
    let mut known = Known::default();
    api.root
        .visit_mut(&mut |operation| drop_examples(operation, &mut known));
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
        match &mut def.kind {
            TypeKind::Struct(fields) => fields.iter_mut().for_each(|field| hide(&mut field.docs)),
            TypeKind::OpenEnum(values) => values.iter_mut().for_each(|value| hide(&mut value.docs)),
            TypeKind::Union(union) => union.alternatives.iter_mut().for_each(|own| hide(&mut own.docs)),
        }
    }
    known
}

/// Drops examples that are credentials, and remembers them.
fn drop_examples(operation: &mut Operation, known: &mut Known) {
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
        }
    }
}

fn hide_folder(folder: &mut Folder, known: &Known) {
    let hide = |text: &mut String| *text = known.redact(text).into_owned();
    hide(&mut folder.docs.text);
    for child in &mut folder.children {
        match child {
            Child::Folder(folder) => hide_folder(folder, known),
            Child::Operation(operation) => {
                hide(&mut operation.docs.text);
                operation.summary.iter_mut().for_each(&hide);
                operation
                    .params
                    .iter_mut()
                    .for_each(|param| hide(&mut param.docs.text));
                for outcome in operation.results.iter_mut().chain(&mut operation.errors) {
                    hide(&mut outcome.docs.text);
                }
                let entries = operation.url.query.iter_mut().chain(&mut operation.headers);
                entries.for_each(|entry| hide(&mut entry.docs.text));
            }
        }
    }
}
