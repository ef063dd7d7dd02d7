//! Authentication into the neutral model; inheritance is resolved by the caller.

use crate::frontend::json::Value;

use super::super::js;
use super::super::model;
use super::super::variable;
use super::Cx;
use super::vault::{self, Subject};
use crate::diag::{Code, Given};
use crate::ir::schemes::Objects;
use crate::ir::{Scheme, SchemeUse, Security, Template, template};
use crate::secrets;

/// Lowers the authentication that is in force for an item; none for schemes that are not known.
pub(super) fn lower(cx: &mut Cx<'_>, auth: &model::Auth<'_>) -> Security {
    if auth.scheme == "noauth" {
        return Security::default();
    }
    let Some(scheme) = Scheme::of_postman(auth.scheme) else {
        let message = format!("authentication `{}` is not known; sending without", auth.scheme);
        cx.warn(
            Code::UnknownAuth,
            &auth.pointer,
            message,
            "set the header by hand, with a variable",
        );
        return Security::default();
    };
    let mut params: Vec<(String, Template)> = Vec::new();
    // Of equal names the last one counts, even where it says nothing.
    for (name, param) in variable::last_of_each(auth.params.iter()) {
        let value = value(param, scheme);
        if let Some(value) = value.and_then(|value| kept(cx, scheme, &name, value, &param.pointer)) {
            params.push((name, value));
        }
    }
    let place = cx.place(&auth.pointer);
    Security::of(SchemeUse {
        scheme,
        params,
        place,
    })
}

/// The value of a parameter as text. What JavaScript takes as false is left out: a parameter that is there is on. Objects
/// only make sense where they become JSON; elsewhere they are sent as the text that JavaScript makes of them.
fn value(param: &model::Entry<'_>, scheme: &Scheme) -> Option<Template> {
    let value = param.value.as_deref()?;
    let is_text = param.ty.is_some_and(|ty| ty.eq_ignore_ascii_case("string"));
    match value {
        // Declared as text, `false` is the text "false", which counts as true.
        Value::Bool(_) | Value::Number(_) if is_text => Some(js::to_string(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) if !js::truthy(value) => None,
        Value::Array(_) | Value::Object(_) => match scheme.objects {
            Objects::Json => Some(value.to_string()),
            Objects::Text => Some(js::to_string(value)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(variable::text(param)),
    }
}

/// The value if it may be kept: a literal credential is given to the client, not written into it.
fn kept(
    cx: &mut Cx<'_>,
    scheme: &'static Scheme,
    name: &str,
    value: Template,
    pointer: &str,
) -> Option<Template> {
    if cx.keep_credentials {
        return Some(value);
    }
    let subject = Subject {
        kind: "the authentication's parameter",
        name,
        pointer,
    };
    let literal = !template::has_variables(&value) && !value.is_empty();
    if literal && scheme.is_credential(name) {
        let telling = scheme.is_secret(name) || secrets::looks_random(&value);
        if telling && !secrets::is_placeholder(&value) {
            let given = Given::Parameter(scheme, name.to_owned());
            vault::report(cx, subject, &[], &[given]);
        }
        return None;
    }
    Some(vault::text(cx, value, subject))
}
