//! Digest: nothing at first; the answer to a challenge then, or at once if the collection names realm and nonce.
//!
//! MD5, SHA-256 and SHA-512-256, each with `-sess` too, without `qop` and with `auth` and `auth-int`.

use std::fmt::Write as _;

use super::{
    Cx, Draft,
    hash::{Hash, hex},
};
use crate::wire::BuildError;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// What a challenge and the collection's parameters say together.
struct Answer {
    realm: String,
    nonce: String,
    opaque: String,
    qop: String,
    count: String,
    client_nonce: String,
    /// What the challenge names; it counts where the collection names none.
    algorithm: &'static str,
}

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let answer = Answer::of(cx);
    let username = cx.params.text("username");
    if username.is_empty() || answer.realm.is_empty() || answer.nonce.is_empty() {
        return Ok(());
    }
    let algorithm = cx.params.text_or("algorithm", answer.algorithm);
    let hash = match algorithm {
        "MD5" | "MD5-sess" => Hash::Md5,
        "SHA-256" | "SHA-256-sess" => Hash::Sha256,
        "SHA-512-256" | "SHA-512-256-sess" => Hash::Sha512T256,
        _ => {
            draft.remove_header("authorization");
            return cx.refuse("digest", "the algorithm is not known");
        }
    };
    let hashed = |text: String| hex(&hash.of(text.as_bytes()));
    let Answer {
        realm,
        nonce,
        opaque,
        qop,
        count,
        client_nonce,
        algorithm: _,
    } = &answer;
    let mut first = format!("{username}:{realm}:{}", cx.params.text("password"));
    if algorithm.ends_with("-sess") {
        first = format!("{}:{nonce}:{client_nonce}", hashed(first));
    }
    let target = draft.address.target();
    let mut second = format!("{}:{target}", draft.method);
    if qop == "auth-int" {
        second = format!("{second}:{}", body_hash(hash, draft)?);
    }
    let (first, second) = (hashed(first), hashed(second));
    let has_qop = qop == "auth" || qop == "auth-int";
    let response = if has_qop {
        hashed(format!("{first}:{nonce}:{count}:{client_nonce}:{qop}:{second}"))
    } else {
        hashed(format!("{first}:{nonce}:{second}"))
    };
    let mut header = format!(
        "Digest username=\"{username}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{target}\", \
         algorithm=\"{algorithm}\""
    );
    if has_qop {
        _ = write!(header, ", qop={qop}");
    }
    if has_qop || algorithm == "MD5-sess" {
        if !count.is_empty() {
            _ = write!(header, ", nc={count}");
        }
        _ = write!(header, ", cnonce=\"{client_nonce}\"");
    }
    _ = write!(header, ", response=\"{response}\"");
    if !opaque.is_empty() {
        _ = write!(header, ", opaque=\"{opaque}\"");
    }
    draft.authorize(&header)
}

impl Answer {
    fn of(cx: &Cx<'_>) -> Self {
        let params = &cx.params;
        let mut answer = Self {
            realm: params.text("realm").to_owned(),
            nonce: params.text("nonce").to_owned(),
            opaque: params.text("opaque").to_owned(),
            qop: params.text("qop").to_owned(),
            count: params.text("nonceCount").to_owned(),
            client_nonce: params.text("clientNonce").to_owned(),
            algorithm: "MD5",
        };
        let Some(challenge) = cx.handshake.challenges().last() else {
            return answer;
        };
        answer.algorithm = algorithm(challenge);
        answer.nonce = field(challenge, "nonce");
        answer.realm = field(challenge, "realm");
        for (own, name) in [(&mut answer.opaque, "opaque"), (&mut answer.qop, "qop")] {
            let asked = field(challenge, name);
            if !asked.is_empty() {
                *own = asked;
            }
        }
        // A server may offer both; a body is only hashed where it insists.
        if answer.qop.split(',').any(|qop| qop.trim() == "auth") {
            "auth".clone_into(&mut answer.qop);
        }
        if !answer.qop.is_empty() {
            "00000001".clone_into(&mut answer.count);
            answer.client_nonce = cx.settings.entropy.nonce(8, LETTERS);
        }
        answer
    }
}

/// The algorithm that a challenge names, quoted or not.
fn algorithm(challenge: &str) -> &'static str {
    const KNOWN: [&str; 6] = [
        "SHA-512-256-sess",
        "SHA-512-256",
        "SHA-256-sess",
        "SHA-256",
        "MD5-sess",
        "MD5",
    ];
    let lower = challenge.to_ascii_lowercase();
    let named = lower
        .split_once("algorithm=")
        .map_or("", |(_, rest)| rest.trim_start_matches('"'));
    let is_named = |known: &&str| named.starts_with(&known.to_ascii_lowercase());
    KNOWN
        .iter()
        .find(|known| is_named(known))
        .copied()
        .unwrap_or("MD5")
}

/// A quoted value of a challenge.
fn field(challenge: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let lower = challenge.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..).and_then(|rest| rest.find(&start)) {
        from += at + start.len();
        let before = lower.as_bytes().get(from - start.len() - 1);
        if !before.is_some_and(u8::is_ascii_alphanumeric) {
            let value = challenge.get(from..).and_then(|rest| rest.split('"').next());
            return value.unwrap_or_default().to_owned();
        }
    }
    String::new()
}

/// The hash of the body, of nothing if there is none; a multipart body has none, as in Postman.
fn body_hash(hash: Hash, draft: &Draft<'_>) -> Result<String, BuildError> {
    let mut digest = hash.start();
    let is_multipart = !draft.body.signed && matches!(draft.body.body, crate::wire::Body::Pieces(_));
    draft.body.read(&mut |bytes| digest.update(bytes))?;
    Ok(if is_multipart {
        "undefined".to_owned()
    } else {
        hex(&digest.finalize())
    })
}
