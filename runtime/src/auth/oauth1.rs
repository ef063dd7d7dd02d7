//! OAuth 1: a signature over method, URL and parameters, sent in `Authorization`, in the body or in the query.
//!
//! HMAC with SHA-1, 256 and 512, PLAINTEXT, and (feature `private-keys`) RSA with the same hashes. As in Postman nothing is
//! put in for a missing method or version, though HMAC-SHA1 is what is signed with then.

use super::{
    Cx, Draft,
    hash::{Hash, base64},
};
use crate::wire::{
    BuildError,
    encode::{DATA, encode},
};

const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXTZabcdefghiklmnopqrstuvwxyz";
const NAMES: [&str; 10] = [
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_timestamp",
    "oauth_nonce",
    "oauth_version",
    "oauth_signature",
    "oauth_callback",
    "oauth_verifier",
    "oauth_body_hash",
];

/// A parameter: name and value.
type Pair = (String, String);

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let params = &cx.params;
    let method = params.text("signatureMethod");
    let is_rsa = method
        .split('-')
        .next()
        .unwrap_or_default()
        .eq_ignore_ascii_case("rsa");
    let key = params.text(if is_rsa { "privateKey" } else { "consumerSecret" });
    if params.text("consumerKey").is_empty() || key.is_empty() {
        return Ok(());
    }
    draft.headers.retain(|header| header.name != "Authorization");
    draft.address.remove_query(&NAMES);
    if let Some(mut form) = draft.body.form.take() {
        form.retain(|(key, _)| !NAMES.contains(&key.as_str()));
        draft.body.set_form(form);
    }
    let mut signed = signed_params(cx, draft)?;
    let Some(query) = decode_query(draft.address.query.as_deref().unwrap_or_default()) else {
        return cx.refuse("OAuth 1", "the query is not valid percent-encoding");
    };
    let text = base_string(draft, &signed, &query, method);
    let Some(signature) = sign(cx, method, &text)? else {
        return Ok(());
    };
    if !draft.raw_url
        && draft
            .address
            .query
            .as_deref()
            .is_some_and(|query| !query.is_empty())
    {
        draft.address.query = None;
        for (key, value) in &query {
            push_query(draft, key, value.as_deref(), true);
        }
    }
    signed.push(("oauth_signature".to_owned(), signature));
    send(cx, draft, &signed)
}

/// The parameters of the scheme, in the order they are sent.
fn signed_params(cx: &Cx<'_>, draft: &Draft<'_>) -> Result<Vec<Pair>, BuildError> {
    let params = &cx.params;
    let keeps_empty = params.is_on("addEmptyParamsToSign");
    let text = |name: &str| {
        let text = params.text(name);
        let is_kept = keeps_empty || !text.trim().is_empty();
        if is_kept { text.to_owned() } else { String::new() }
    };
    let or = |text: &str, default: &dyn Fn() -> String| {
        if text.is_empty() {
            default()
        } else {
            text.to_owned()
        }
    };
    let nonce = or(params.text("nonce"), &|| cx.settings.entropy.nonce(11, LETTERS));
    let time = or(params.text("timestamp"), &|| {
        cx.settings.clock.now().as_secs().to_string()
    });
    let mut pairs = vec![
        ("oauth_consumer_key", text("consumerKey")),
        ("oauth_token", text("token")),
        ("oauth_signature_method", text("signatureMethod")),
        ("oauth_timestamp", time),
        ("oauth_nonce", nonce),
        ("oauth_version", text("version")),
    ];
    pairs.retain(|(_, value)| keeps_empty || !value.is_empty());
    let hash = params
        .text("signatureMethod")
        .split('-')
        .nth(1)
        .and_then(Hash::named);
    if let Some(hash) = hash.filter(|_| params.is_on("includeBodyHash") && draft.body.form.is_none()) {
        let mut digest = hash.start();
        let is_multipart = !draft.body.signed && matches!(draft.body.body, crate::wire::Body::Pieces(_));
        draft.body.read(&mut |bytes| digest.update(bytes))?;
        if !is_multipart {
            pairs.push(("oauth_body_hash", base64(&digest.finalize())));
        }
    }
    for (name, param) in [("oauth_callback", "callback"), ("oauth_verifier", "verifier")] {
        let value = text(param);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    Ok(pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect())
}

/// Entries of a query, decoded; `None` where they cannot be.
fn decode_query(query: &str) -> Option<Vec<(String, Option<String>)>> {
    let decode = |text: &str| {
        let is_code = |piece: &str| {
            piece
                .get(..2)
                .is_some_and(|code| u8::from_str_radix(code, 16).is_ok())
        };
        if !text.split('%').skip(1).all(is_code) {
            return None;
        }
        let spaced = text.replace('+', " ");
        let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8().ok()?;
        Some(decoded.into_owned())
    };
    let entries = query.split('&').filter(|entry| !entry.is_empty());
    entries
        .map(|entry| match entry.split_once('=') {
            Some((key, value)) => Some((decode(key)?, Some(decode(value)?))),
            None => Some((decode(entry)?, None)),
        })
        .collect()
}

/// The text that is signed: method, URL and all parameters, sorted.
fn base_string(
    draft: &Draft<'_>,
    signed: &[Pair],
    query: &[(String, Option<String>)],
    method: &str,
) -> String {
    let mut pairs: Vec<Pair> = query
        .iter()
        .map(|(key, value)| (key.clone(), value.clone().unwrap_or_default()))
        .collect();
    pairs.extend_from_slice(signed);
    pairs.extend(draft.body.form.iter().flatten().cloned());
    if method.is_empty() {
        pairs.retain(|(key, _)| key != "oauth_signature_method");
        pairs.push(("oauth_signature_method".to_owned(), "HMAC-SHA1".to_owned()));
    }
    let mut encoded: Vec<Pair> = pairs
        .iter()
        .map(|(key, value)| (encode(key, DATA), encode(value, DATA)))
        .collect();
    encoded.sort();
    let params: Vec<String> = encoded
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let address = &draft.address;
    let authority = match address.port.as_deref() {
        None | Some("80" | "443") => address.host.to_lowercase(),
        Some(port) => format!("{}:{port}", address.host.to_lowercase()),
    };
    let url = format!("{}://{authority}{}", address.scheme, address.path);
    [draft.method.to_uppercase(), url, params.join("&")]
        .map(|part| encode(&part, DATA))
        .join("&")
}

/// The signature; `None` if this request cannot be signed and is sent without.
fn sign(cx: &Cx<'_>, method: &str, text: &str) -> Result<Option<String>, BuildError> {
    let params = &cx.params;
    let key = || {
        let secrets = [params.text("consumerSecret"), params.text("tokenSecret")];
        secrets.map(|secret| encode(secret, DATA)).join("&")
    };
    let method = method.strip_suffix("-Accessor").unwrap_or(method);
    let hash = match method {
        "PLAINTEXT" => return Ok(Some(key())),
        "" | "HMAC-SHA1" => Hash::Sha1,
        "HMAC-SHA256" => Hash::Sha256,
        "HMAC-SHA512" => Hash::Sha512,
        "RSA-SHA1" | "RSA-SHA256" | "RSA-SHA512" => {
            let hash = Hash::named(method.trim_start_matches("RSA-"));
            let signed = hash.map(|hash| super::keys::rsa(params.text("privateKey"), hash, text.as_bytes()));
            return match signed {
                Some(Ok(signature)) => Ok(Some(base64(&signature))),
                Some(Err(why)) => cx.refuse("OAuth 1", &why).map(|()| None),
                None => Ok(None),
            };
        }
        _ => {
            return cx
                .refuse("OAuth 1", "the signature method is not known")
                .map(|()| None);
        }
    };
    Ok(Some(base64(&hash.keyed(key().as_bytes(), text.as_bytes()))))
}

/// Puts the parameters where the collection wants them.
fn send(cx: &Cx<'_>, draft: &mut Draft<'_>, signed: &[Pair]) -> Result<(), BuildError> {
    if cx.params.is_on("addParamsToHeader") {
        let header = header(cx, signed);
        return draft.add_header("Authorization", &header);
    }
    let takes_form = draft.method.contains("PUT") || draft.method.contains("POST");
    if takes_form && let Some(mut form) = draft.body.form.take() {
        form.extend_from_slice(signed);
        draft.body.set_form(form);
        return Ok(());
    }
    for (key, value) in signed {
        let is_encoded = !draft.raw_url;
        push_query(draft, key, Some(value), is_encoded);
    }
    Ok(())
}

fn push_query(draft: &mut Draft<'_>, key: &str, value: Option<&str>, is_encoded: bool) {
    let text = |text: &str| {
        if is_encoded {
            encode(text, DATA)
        } else {
            text.to_owned()
        }
    };
    match value {
        Some(value) => draft
            .address
            .push_query(&format!("{}={}", text(key), text(value))),
        None => draft.address.push_query(&text(key)),
    }
}

fn header(cx: &Cx<'_>, signed: &[Pair]) -> String {
    let raw = cx.params.is_on("disableHeaderEncoding");
    let text = |text: &str| if raw { text.to_owned() } else { encode(text, DATA) };
    let realm = cx.params.text("realm");
    let mut pairs = Vec::new();
    if !realm.trim().is_empty() {
        pairs.push(format!("realm=\"{}\"", text(realm)));
    }
    for (key, value) in signed.iter().filter(|(_, value)| !value.is_empty()) {
        pairs.push(format!("{}=\"{}\"", text(key), text(value.trim())));
    }
    format!("OAuth {}", pairs.join(","))
}
