//! Authentication into the neutral model; inheritance is resolved by the caller.

use crate::frontend::postman::json::Value;

use super::super::js;
use super::super::model;
use super::super::variable;
use super::Cx;
use super::vault::{self, Subject};
use crate::diag::{Code, Given};
use crate::ir::{AuthKind, AuthUse, Template, template};
use crate::secrets;

/// Lowers the authentication that is in force for an item; `None` for none, and for kinds that are not known.
pub(super) fn lower(cx: &mut Cx<'_>, auth: &model::Auth<'_>) -> Option<AuthUse> {
    if auth.scheme == "noauth" {
        return None;
    }
    let Some(kind) = kind(auth.scheme) else {
        let message = format!("authentication `{}` is not known; sending without", auth.scheme);
        cx.warn(
            Code::UnknownAuth,
            &auth.pointer,
            message,
            "set the header by hand, with a variable",
        );
        return None;
    };
    let mut params: Vec<(String, Template)> = Vec::new();
    // Of equal names the last one counts, even where it says nothing.
    for (name, param) in variable::last_of_each(auth.params.iter()) {
        if let Some(value) = value(param, kind).and_then(|value| kept(cx, kind, &name, value, &param.pointer))
        {
            params.push((name, value));
        }
    }
    let place = cx.place(&auth.pointer);
    Some(AuthUse { kind, params, place })
}

/// The kind that a scheme's name stands for.
pub(super) fn kind(scheme: &str) -> Option<AuthKind> {
    Some(match scheme {
        "bearer" => AuthKind::Bearer,
        "basic" => AuthKind::Basic,
        "apikey" => AuthKind::ApiKey,
        "oauth2" => AuthKind::OAuth2,
        "oauth1" => AuthKind::OAuth1,
        "digest" => AuthKind::Digest,
        "hawk" => AuthKind::Hawk,
        "awsv4" => AuthKind::AwsV4,
        "edgegrid" => AuthKind::EdgeGrid,
        "jwt" => AuthKind::Jwt,
        "asap" => AuthKind::Asap,
        "ntlm" => AuthKind::Ntlm,
        _ => return None,
    })
}

/// Whether a parameter of a scheme is secret by itself.
pub(super) fn is_secret(kind: AuthKind, name: &str) -> bool {
    let names: &[&str] = match kind {
        AuthKind::Bearer => &["token"],
        AuthKind::Basic | AuthKind::Digest | AuthKind::Ntlm => &["password"],
        AuthKind::ApiKey => &["value"],
        AuthKind::OAuth2 => &["accessToken", "clientSecret", "password", "refreshToken", "code"],
        AuthKind::OAuth1 => &["consumerSecret", "token", "tokenSecret", "privateKey"],
        AuthKind::Hawk => &["authKey"],
        AuthKind::AwsV4 => &["accessKey", "secretKey", "sessionToken"],
        AuthKind::EdgeGrid => &["accessToken", "clientToken", "clientSecret"],
        AuthKind::Jwt => &["secret", "privateKey"],
        AuthKind::Asap => &["privateKey"],
    };
    names.contains(&name)
}

/// Whether a parameter is part of what the caller gives as a credential.
pub(super) fn is_credential(kind: AuthKind, name: &str) -> bool {
    is_secret(kind, name) || is_identity(kind, name)
}

/// Whether a parameter says who calls: no secret, but part of the credential that the caller gives.
fn is_identity(kind: AuthKind, name: &str) -> bool {
    match kind {
        AuthKind::Basic | AuthKind::Digest | AuthKind::Ntlm | AuthKind::OAuth2 => name == "username",
        AuthKind::OAuth1 => name == "consumerKey",
        AuthKind::Hawk => name == "authId",
        AuthKind::Bearer
        | AuthKind::ApiKey
        | AuthKind::AwsV4
        | AuthKind::EdgeGrid
        | AuthKind::Jwt
        | AuthKind::Asap => false,
    }
}

/// The value of a parameter as text. What JavaScript takes as false is left out: a parameter that is there is on. Objects
/// only make sense where they become JSON; elsewhere they are sent as the text that JavaScript makes of them.
fn value(param: &model::Entry<'_>, kind: AuthKind) -> Option<Template> {
    let value = param.value.as_deref()?;
    let is_text = param.ty.is_some_and(|ty| ty.eq_ignore_ascii_case("string"));
    match value {
        // Declared as text, `false` is the text "false", which counts as true.
        Value::Bool(_) | Value::Number(_) if is_text => Some(js::to_string(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) if !js::truthy(value) => None,
        Value::Array(_) | Value::Object(_) => match kind {
            AuthKind::Jwt | AuthKind::Asap => Some(value.to_string()),
            AuthKind::Bearer
            | AuthKind::Basic
            | AuthKind::ApiKey
            | AuthKind::OAuth2
            | AuthKind::OAuth1
            | AuthKind::Digest
            | AuthKind::Hawk
            | AuthKind::AwsV4
            | AuthKind::EdgeGrid
            | AuthKind::Ntlm => Some(js::to_string(value)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(variable::text(param)),
    }
}

/// The value if it may be kept: a literal credential is given to the client, not written into it.
fn kept(cx: &mut Cx<'_>, kind: AuthKind, name: &str, value: Template, pointer: &str) -> Option<Template> {
    if cx.keep_credentials {
        return Some(value);
    }
    let subject = Subject {
        kind: "the authentication's parameter",
        name,
        pointer,
    };
    let literal = !template::has_variables(&value) && !value.is_empty();
    if literal && is_credential(kind, name) {
        let telling = is_secret(kind, name) || secrets::looks_random(&value);
        if telling && !secrets::is_placeholder(&value) {
            let given = Given::Parameter(kind, name.to_owned());
            vault::report(cx, subject, &[], &[given]);
        }
        return None;
    }
    Some(vault::text(cx, value, subject))
}
