//! Takes literal credentials out of texts, and leaves variables in their place.
//!
//! In: a value and what it is called. Out: the value, or `{{name}}` of a secret setting that stands for it. One
//! setting serves all credentials that are called alike, whatever their values. Each is reported.

use super::Cx;
use super::settings::Definition;
use crate::diag::Code;
use crate::ir::{SettingKind, Template};
use crate::secrets::{self, Sensitivity};

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
        report(cx, subject);
        return hide(cx, &secrets::label(subject.name), subject.pointer);
    }
    text(cx, value, subject)
}

/// A text of any kind, freed of credentials.
pub(super) fn text(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    let found = secrets::find(&value);
    if found.is_empty() {
        return value;
    }
    report(cx, subject);
    secrets::replace(&value, &found, |finding| {
        hide(cx, &finding.label, subject.pointer)
    })
}

/// A value that is only sent when set: no setting stands for it, as nothing would use that.
pub(super) fn unsent(cx: &mut Cx<'_>, value: String, subject: Subject<'_>) -> Template {
    if cx.keep_credentials {
        return value;
    }
    if secrets::is_credential(subject.name, &value) {
        report(cx, subject);
        return format!("<{}>", secrets::label(subject.name));
    }
    let redacted = secrets::redact(&value).into_owned();
    if redacted != value {
        report(cx, subject);
    }
    redacted
}

/// Reports a credential that was taken out.
pub(super) fn report(cx: &mut Cx<'_>, subject: Subject<'_>) {
    let Subject { kind, name, pointer } = subject;
    let message = format!("{kind} `{name}` holds a literal credential, which is taken out");
    let help = "use a variable for it in Postman, and consider the credential as known to others";
    cx.warn(Code::Credential, pointer, message, help);
}

/// The variable that stands for credentials of this label.
fn hide(cx: &mut Cx<'_>, label: &str, pointer: &str) -> Template {
    if let Some(name) = cx.hidden.get(label) {
        return format!("{{{{{name}}}}}");
    }
    let name = free_name(cx, label);
    let place = cx.place(pointer);
    cx.settings.define(Definition {
        name: &name,
        default: None,
        kind: SettingKind::Secret,
        docs: "",
        place,
    });
    cx.hidden.insert(label.to_owned(), name.clone());
    format!("{{{{{name}}}}}")
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
        Some(SettingKind::Secret) => true,
        Some(SettingKind::BaseUrl | SettingKind::Text) => false,
        None => secrets::of_name(name) == Sensitivity::Strong || !cx.is_named(name),
    }
}
