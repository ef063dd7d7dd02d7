//! JSON web tokens, made for each request: HS, RS, PS and ES with 256, 384 and 512.
//!
//! The payload is the collection's (or the client's) JSON; no time is added. What cannot be made is not sent, as in
//! Postman; in a call that is not the saved one it is an error.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{Cx, Draft, hash::Hash, keys};
use crate::wire::{BuildError, base64_lenient};

const ALGORITHMS: [&str; 12] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
    "ES512",
];

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let params = &cx.params;
    if params.text("secret").is_empty() && params.text("privateKey").is_empty() {
        return Ok(());
    }
    let token = match token(cx) {
        Ok(token) => token,
        Err(why) => return cx.refuse("JWT", &why),
    };
    match params.text_or("addTokenTo", "header") {
        "header" => {
            let prefix = params.get("headerPrefix").unwrap_or("Bearer");
            let separator = if prefix.is_empty() { "" } else { " " };
            draft.authorize(&format!("{prefix}{separator}{token}"))
        }
        "queryParam" => {
            let key = params.text_or("queryParamKey", "token");
            draft.address.remove_query(&[key]);
            draft.address.add_query(key, &token);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn token(cx: &Cx<'_>) -> Result<String, String> {
    let params = &cx.params;
    let algorithm = params.text("algorithm");
    if !ALGORITHMS.contains(&algorithm) {
        return Err("the algorithm is not known".to_owned());
    }
    let mut header = object(params.text("header")).ok_or("the header is no JSON object")?;
    header.insert("alg".to_owned(), algorithm.into());
    let payload = object(params.text("payload")).ok_or("the payload is no JSON object")?;
    let text = signed_text(&header, &payload);
    let signature = match algorithm.strip_prefix("HS") {
        Some(hash) => {
            let secret = match params.text("secret") {
                "" => return Err("there is no secret".to_owned()),
                secret if params.is_on("isSecretBase64Encoded") => base64_lenient(secret).to_vec(),
                secret => secret.as_bytes().to_vec(),
            };
            let hash = Hash::named(hash).ok_or("the algorithm is not known")?;
            hash.keyed(&secret, text.as_bytes())
        }
        None => keys::jwt(params.text("privateKey"), algorithm, text.as_bytes())?,
    };
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// A token of these claims, signed with a shared secret or a private key.
pub(crate) fn signed(
    algorithm: &str,
    key: &str,
    header: &Map<String, Value>,
    payload: &Map<String, Value>,
) -> Result<String, String> {
    if !ALGORITHMS.contains(&algorithm) {
        return Err("the algorithm is not known".to_owned());
    }
    let text = signed_text(header, payload);
    let signature = match algorithm.strip_prefix("HS") {
        Some(hash) => {
            let hash = Hash::named(hash).ok_or("the algorithm is not known")?;
            hash.keyed(key.as_bytes(), text.as_bytes())
        }
        None => keys::jwt(key, algorithm, text.as_bytes())?,
    };
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// A JSON object; no text is an empty one.
pub(super) fn object(text: &str) -> Option<Map<String, Value>> {
    match text.trim() {
        "" => Some(Map::new()),
        text => serde_json::from_str(text).ok(),
    }
}

/// Header and payload as a token holds them.
pub(super) fn signed_text(header: &Map<String, Value>, payload: &Map<String, Value>) -> String {
    [header, payload]
        .map(|object| URL_SAFE_NO_PAD.encode(stringify(&Value::Object(object.clone()))))
        .join(".")
}

/// JSON as JavaScript writes it: numbers are all of one kind there (`1.0` is `1`).
fn stringify(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e21 => format!("{float:.0}"),
            Some(_) | None => number.to_string(),
        },
        Value::Array(items) => format!("[{}]", items.iter().map(stringify).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                format!("{}:{}", Value::from(key.as_str()), stringify(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
    }
}
