//! ASAP: a bearer JWT with issuer, audience, identifier and lifetime, signed with a private key.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{Cx, Draft, jwt, keys};
use crate::wire::BuildError;

/// Seconds that a token lives unless `exp` says otherwise.
const LIFETIME: u64 = 3_600;

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    if cx.params.text("privateKey").is_empty() {
        return Ok(());
    }
    match token(cx) {
        Ok(token) => draft.authorize(&format!("Bearer {token}")),
        Err(why) => cx.refuse("ASAP", &why),
    }
}

fn token(cx: &Cx<'_>) -> Result<String, String> {
    let params = &cx.params;
    let mut claims = jwt::object(params.text("claims")).ok_or("the claims are no JSON object")?;
    let claim =
        |claims: &Map<String, Value>, name: &str| claims.get(name).filter(|value| is_truthy(value)).cloned();
    let given = |name: &str| {
        Some(params.text(name))
            .filter(|text| !text.is_empty())
            .map(Value::from)
    };
    let issuer = claim(&claims, "iss").or_else(|| given("iss"));
    let subject = claim(&claims, "sub")
        .or_else(|| given("sub"))
        .or_else(|| issuer.clone());
    let audience = claim(&claims, "aud").or_else(|| given("aud"));
    let key_id = claim(&claims, "kid").or_else(|| given("kid"));
    let (Some(issuer), Some(subject), Some(audience), Some(key_id)) = (issuer, subject, audience, key_id)
    else {
        return Err("issuer, audience and key id are all needed".to_owned());
    };
    let now = cx.settings.clock.now().as_secs();
    let id = claim(&claims, "jti").unwrap_or_else(|| cx.settings.entropy.uuid().into());
    let issued = claim(&claims, "iat").unwrap_or_else(|| now.into());
    let lifetime = integer(params.text("exp")).unwrap_or(LIFETIME);
    let claimed = claim(&claims, "exp").and_then(|exp| integer(exp.to_string().trim_matches('"')));
    let expires = claimed.unwrap_or(now + lifetime);
    let algorithm = params.text_or("alg", "RS256");
    let key = private_key(params.text("privateKey"), &key_id)?;
    for (name, value) in [
        ("iat", issued),
        ("iss", issuer),
        ("sub", subject),
        ("jti", id),
        ("aud", audience),
        ("exp", expires.into()),
    ] {
        claims.insert(name.to_owned(), value);
    }
    let header = Map::from_iter([("alg".to_owned(), algorithm.into()), ("kid".to_owned(), key_id)]);
    let text = jwt::signed_text(&header, &claims);
    if !["RS", "PS", "ES"]
        .iter()
        .any(|family| algorithm.starts_with(family))
    {
        return Err("the algorithm is not known".to_owned());
    }
    let signature = keys::jwt(&key, algorithm, text.as_bytes())?;
    Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => true,
    }
}

/// The number that a text begins with; `None` for none and for zero.
fn integer(text: &str) -> Option<u64> {
    let text = text.trim_start();
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end)?.parse().ok().filter(|&number| number != 0)
}

/// The key in PEM: as it is given (quoted or percent-encoded, too), or out of a data URI that names the same key.
fn private_key(text: &str, key_id: &Value) -> Result<String, String> {
    let text = text.replace('\n', "");
    let text = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(&text);
    let text = percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned();
    let Some(uri) = text.strip_prefix("data:") else {
        return Ok(text);
    };
    let parts = uri
        .strip_prefix("application/pkcs8;kid=")
        .and_then(|rest| rest.split_once(";base64,"));
    match parts {
        Some((kid, base64)) if key_id.as_str() == Some(kid) => Ok(format!(
            "-----BEGIN PRIVATE KEY-----{base64}-----END PRIVATE KEY-----"
        )),
        Some(_) | None => Err("the private key's data URI is malformed, or names another key".to_owned()),
    }
}
