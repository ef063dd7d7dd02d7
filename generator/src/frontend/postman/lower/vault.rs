//! Takes literal credentials out of texts, and leaves variables or placeholders in their place.
//!
//! In: a value and what it is called. Out: the value, or `{{name}}` of a secret setting that stands for it. One
//! setting serves all credentials that are called alike, whatever their values. What stands in a body is the caller's
//! to give with each call: there, `<name>` is left. Each is reported.

use super::Cx;
use super::settings::Definition;
use crate::diag::{Code, Given};
use crate::ir::{Template, VariableKind};
use crate::secrets::{self, Found, Sensitivity, Stands};

/// What was looked at, for the finding: `header`, `Authorization`.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// Its kind, in words.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Where it is.
    pub pointer: &'a str,
}

/// A value under a name: replaced as a whole if it is a credential, else freed of credentials inside of it.
pub(super) fn named(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    if secrets::is_credential(subject.name, &value) {
        let name = hide(cx, &secrets::label(subject.name), subject.pointer);
        report(cx, subject, &[], &[Given::Variable(name.clone())]);
        return token(&name);
    }
    text(cx, value, subject)
}

/// A text of any kind, freed of credentials.
pub(super) fn text(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    let found = cx.gathered.known.find(&value);
    replaced(cx, value, &found, subject)
}

/// An address up to its path, freed of credentials; it may lack its scheme.
pub(super) fn host(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    let found = cx.gathered.known.find_in_address(&value);
    replaced(cx, value, &found, subject)
}

/// The path of an address on this host, freed of credentials.
pub(super) fn path(cx: &mut Cx<'_>, host: &str, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    let found = cx.gathered.known.find_in_path(host, &value);
    replaced(cx, value, &found, subject)
}

/// Leaves variables of settings where something was found.
fn replaced(cx: &mut Cx<'_>, value: String, found: &[Found], subject: Subject<'_>) -> Template {
    if found.is_empty() {
        return cx.shown(&value);
    }
    let mut given = Vec::new();
    let replaced = secrets::replace(&value, found, |finding| {
        let name = hide(cx, &finding.label, subject.pointer);
        let replaced = token(&name);
        if !given.contains(&Given::Variable(name.clone())) {
            given.push(Given::Variable(name));
        }
        replaced
    });
    report(cx, subject, &labels(found), &given);
    replaced
}

/// What was found, each kind once.
fn labels(found: &[Found]) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for finding in found {
        if !labels.contains(&finding.label.as_str()) {
            labels.push(&finding.label);
        }
    }
    labels
}

/// The text of a body: a field that holds a credential stays one, with a placeholder for its saved value.
pub(super) fn body(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    let found = cx.gathered.known.find(&value);
    if found.is_empty() {
        return cx.shown(&value);
    }
    report_body(cx, subject, &labels(&found));
    let placeholders = found.iter().map(placeholder_of);
    cx.placeholders.extend(placeholders);
    held_open(&value, &found)
}

/// The value of a form's entry, in the same manner.
pub(super) fn field(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if !cx.keep_credentials && secrets::is_credential(subject.name, &value) {
        report_body(cx, subject, &[]);
        let placeholder = placeholder(&secrets::label(subject.name));
        cx.placeholders.insert(placeholder.clone());
        return placeholder;
    }
    body(cx, value, subject)
}

/// A value that is only sent when set: no setting stands for it, as nothing would use that.
pub(super) fn unsent(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    if secrets::is_credential(subject.name, &value) {
        report(cx, subject, &[], &[]);
        return placeholder(&secrets::label(subject.name));
    }
    let found = cx.gathered.known.find(&value);
    if found.is_empty() {
        return cx.shown(&value);
    }
    report(cx, subject, &[], &[]);
    held_open(&value, &found)
}

/// Leaves placeholders where something was found.
fn held_open(value: &str, found: &[Found]) -> Template {
    secrets::replace(value, found, placeholder_of)
}

fn placeholder_of(finding: &Found) -> String {
    match finding.stands {
        Stands::Number => "0".to_owned(),
        Stands::Element => format!("&lt;{}&gt;", finding.label),
        Stands::Text => placeholder(&finding.label),
    }
}

/// What stands for a value that a caller gives.
fn placeholder(label: &str) -> String {
    format!("<{label}>")
}

fn report_body(cx: &mut Cx<'_>, subject: Subject<'_>, labels: &[&str]) {
    let message = format!(
        "{}; a placeholder stands in the saved body",
        message(subject, labels)
    );
    cx.warn(Code::Credential, subject.pointer, message, HELP_BODY);
}

const HELP_BODY: &str = "give the field its value with each call, or use a variable for it in Postman; and consider \
    the credential as known to others";

/// Reports a credential that was taken out; `labels` say what it is, where the subject is not called so itself.
pub(super) fn report(cx: &mut Cx<'_>, subject: Subject<'_>, labels: &[&str], given: &[Given]) {
    cx.warn(Code::Credential, subject.pointer, message(subject, labels), HELP);
    for given in given {
        cx.sink.set_given(given.clone());
    }
}

fn message(subject: Subject<'_>, labels: &[&str]) -> String {
    let labels: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
    let what = match labels.as_slice() {
        [] => String::new(),
        labels => format!(" ({})", labels.join(", ")),
    };
    let Subject { kind, name, .. } = subject;
    format!("{kind} `{name}` holds a literal credential{what}, which is taken out")
}

const HELP: &str = "use a variable for it in Postman, and consider the credential as known to others";

/// A variable as templates name it.
fn token(name: &str) -> Template {
    format!("{{{{{name}}}}}")
}

/// The variable that stands for credentials of this label.
fn hide(cx: &mut Cx<'_>, label: &str, pointer: &str) -> String {
    if let Some(name) = cx.hidden.get(label) {
        return name.clone();
    }
    let name = free_name(cx, label);
    let place = cx.place(pointer);
    cx.settings.define(Definition {
        name: &name,
        default: None,
        kind: VariableKind::Secret,
        docs: "",
        place,
    });
    cx.hidden.insert(label.to_owned(), name.clone());
    name
}

/// The label itself, unless a variable of another meaning is called so; else numbered. A variable whose name
/// promises a credential is one: what was taken out and what is left open are then given together.
fn free_name(cx: &mut Cx<'_>, label: &str) -> String {
    let mut name = label.to_owned();
    let mut number = 2;
    while !may_hold_credential(cx, &name) {
        name = format!("{label}_{number}");
        number += 1;
    }
    name
}

fn may_hold_credential(cx: &mut Cx<'_>, name: &str) -> bool {
    match cx.settings.kind(name) {
        Some(VariableKind::Secret) => true,
        Some(VariableKind::BaseUrl | VariableKind::Text) => false,
        None => secrets::of_name(name) == Sensitivity::Strong || !cx.is_named(name),
    }
}
