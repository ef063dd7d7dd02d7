//! Akamai `EdgeGrid`: a keyed hash over method, URL, chosen headers and, for POST, the beginning of the body.

use super::{
    Cx, Draft,
    hash::{Hash, base64},
};
use crate::wire::{Address, BuildError, Moment};

/// So much of a body is signed unless `maxBodySize` says otherwise.
const SIGNED_BYTES: usize = 131_072;

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let params = &cx.params;
    let access = params.text("accessToken");
    let (client, secret) = (params.text("clientToken"), params.text("clientSecret"));
    if access.is_empty() || client.is_empty() || secret.is_empty() {
        return Ok(());
    }
    let nonce = match params.text("nonce") {
        "" => cx.settings.entropy.uuid(),
        nonce => nonce.to_owned(),
    };
    let time = match params.text("timestamp") {
        "" => timestamp(cx),
        time => time.to_owned(),
    };
    let host = match params.text("baseURL") {
        "" => draft.address.authority(),
        base => Address::read(base)
            .map(|address| address.authority())
            .unwrap_or_default(),
    };
    let body = match draft.method {
        "POST" => body_hash(cx, draft)?,
        _ => String::new(),
    };
    let proof = format!(
        "EG1-HMAC-SHA256 client_token={client};access_token={access};timestamp={time};nonce={nonce};"
    );
    let text = [
        draft.method,
        &draft.address.scheme,
        &host,
        &draft.address.target(),
        &signed_headers(cx, draft),
        &body,
        &proof,
    ]
    .join("\t");
    let key = base64(&Hash::Sha256.keyed(secret.as_bytes(), time.as_bytes()));
    let signature = base64(&Hash::Sha256.keyed(key.as_bytes(), text.as_bytes()));
    draft.authorize(&format!("{proof}signature={signature}"))
}

/// `20231114T22:13:20+0000`.
fn timestamp(cx: &Cx<'_>) -> String {
    let Moment {
        year,
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = Moment::at(cx.settings.clock.now());
    format!("{year}{month:02}{day:02}T{hour:02}:{minute:02}:{second:02}+0000")
}

/// The chosen headers that are there once and not empty, white space folded.
fn signed_headers(cx: &Cx<'_>, draft: &Draft<'_>) -> String {
    let names = cx.params.text("headersToSign").split(',');
    let line = |name: &str| {
        let name = name.trim().to_lowercase();
        let mut named = draft.headers.iter().filter(|header| header.is(&name));
        let value = named.next().filter(|_| named.next().is_none())?.text();
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!value.is_empty()).then(|| format!("{name}:{value}"))
    };
    names.filter_map(line).collect::<Vec<_>>().join("\t")
}

fn body_hash(cx: &Cx<'_>, draft: &Draft<'_>) -> Result<String, BuildError> {
    let mut left = match cx.params.text("maxBodySize") {
        "" => SIGNED_BYTES,
        size => size.trim().parse().unwrap_or(SIGNED_BYTES),
    };
    let mut hash = Hash::Sha256.start();
    let is_there = draft.body.read(&mut |bytes| {
        let signed = bytes.get(..left).unwrap_or(bytes);
        hash.update(signed);
        left -= signed.len();
    })?;
    Ok(if is_there {
        base64(&hash.finalize())
    } else {
        String::new()
    })
}
