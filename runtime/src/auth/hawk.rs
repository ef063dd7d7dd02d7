//! Hawk: a keyed hash over method, target, host, port, time and nonce, and perhaps the body.
//!
//! As in Postman, an algorithm other than sha1 and sha256 gives an empty header, and the target is hashed the way
//! Node's old URL reader writes it.

use std::fmt::Write as _;

use super::{
    Cx, Draft,
    hash::{Hash, base64},
};
use crate::wire::BuildError;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let params = &cx.params;
    let (id, key) = (params.text("authId"), params.text("authKey"));
    if id.is_empty() || key.is_empty() {
        return Ok(());
    }
    let hash = match params.text("algorithm") {
        "sha1" => Hash::Sha1,
        "sha256" => Hash::Sha256,
        _ => return draft.authorize(""),
    };
    let nonce = match params.text("nonce") {
        "" => cx.settings.entropy.nonce(6, LETTERS),
        nonce => nonce.to_owned(),
    };
    let time = match params.text("timestamp") {
        text if leading_integer(text) != 0 => text.to_owned(),
        _ => cx.settings.clock.now().as_secs().to_string(),
    };
    let payload = if params.is_on("includePayloadHash") {
        payload_hash(hash, draft)?
    } else {
        None
    };
    let payload = payload.unwrap_or_default();
    let (ext, app, delegation) = (
        params.text("extraData"),
        params.text("app"),
        params.text("delegation"),
    );
    let port = draft.address.port.clone().filter(|port| !port.is_empty());
    let port = port.unwrap_or_else(|| {
        if draft.address.scheme == "http" {
            "80"
        } else {
            "443"
        }
        .to_owned()
    });
    let mut text = format!(
        "hawk.1.header\n{time}\n{nonce}\n{}\n{}\n{}\n{port}\n{payload}\n",
        draft.method.to_ascii_uppercase(),
        old_target(&draft.address.target()),
        draft.address.host.trim_matches(['[', ']']),
    );
    text.push_str(&ext.replacen('\\', "\\\\", 1).replacen('\n', "\\n", 1));
    text.push('\n');
    if !app.is_empty() {
        _ = write!(text, "{app}\n{delegation}\n");
    }
    let mac = base64(&hash.keyed(key.as_bytes(), text.as_bytes()));
    let mut header = format!("Hawk id=\"{id}\", ts=\"{time}\", nonce=\"{nonce}\"");
    if !payload.is_empty() {
        _ = write!(header, ", hash=\"{payload}\"");
    }
    if !ext.is_empty() {
        _ = write!(
            header,
            ", ext=\"{}\"",
            ext.replace('\\', "\\\\").replace('"', "\\\"")
        );
    }
    _ = write!(header, ", mac=\"{mac}\"");
    if !app.is_empty() {
        _ = write!(header, ", app=\"{app}\"");
        if !delegation.is_empty() {
            _ = write!(header, ", dlg=\"{delegation}\"");
        }
    }
    draft.authorize(&header)
}

/// The number that a text begins with, as JavaScript's `parseInt` reads it; 0 for none.
fn leading_integer(text: &str) -> u64 {
    let digits = text.trim_start();
    let end = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    digits
        .get(..end)
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

fn payload_hash(hash: Hash, draft: &Draft<'_>) -> Result<Option<String>, BuildError> {
    let header = draft
        .headers
        .iter()
        .rev()
        .find(|header| header.is("content-type"));
    let media_type = header.map(crate::wire::Header::text).unwrap_or_default();
    let media_type = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let mut payload = hash.start();
    payload.update(format!("hawk.1.payload\n{media_type}\n").as_bytes());
    if !draft.body.read(&mut |bytes| payload.update(bytes))? {
        return Ok(None);
    }
    payload.update(b"\n");
    Ok(Some(base64(&payload.finalize())))
}

/// A target with the characters encoded that Node's old URL reader encodes.
fn old_target(target: &str) -> String {
    let mut encoded = String::with_capacity(target.len());
    for character in target.chars() {
        if character.is_ascii() && "{}|\\^`<>\"' ".contains(character) {
            _ = write!(encoded, "%{:02X}", u32::from(character));
        } else {
            encoded.push(character);
        }
    }
    encoded
}
