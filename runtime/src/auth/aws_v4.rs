//! AWS Signature version 4, in headers or in the query, as the `aws4` library makes it that Postman uses.
//!
//! The signed path is encoded once more (but for S3), the hash of the body is a header of its own, and a query that
//! the request had before is signed even where signing replaces it.

use std::fmt::Write as _;

use super::{
    Cx, Draft,
    hash::{Hash, hex},
};
use crate::wire::{
    BuildError, Header, Mode, Moment,
    encode::{DATA, encode},
};

const REPLACED_HEADERS: [&str; 4] = [
    "authorization",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-content-sha256",
];
const REPLACED_QUERY: [&str; 6] = [
    "X-Amz-Security-Token",
    "X-Amz-Date",
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
];
const NOT_SIGNED: [&str; 7] = [
    "authorization",
    "connection",
    "x-amzn-trace-id",
    "user-agent",
    "expect",
    "presigned-expires",
    "range",
];

pub(super) fn apply(cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
    let has_key = !cx.params.text("accessKey").is_empty() && !cx.params.text("secretKey").is_empty();
    if cx.mode == Mode::Normal && !has_key {
        return Ok(());
    }
    for name in REPLACED_HEADERS {
        draft.remove_header(name);
    }
    let target = draft.address.target();
    draft.address.remove_query(&REPLACED_QUERY);
    let (path, query) = read_target(&target);
    let mut signer = Signer::new(cx, path, query);
    if cx.params.is_on("addAuthDataToQuery") {
        signer.sign_query(cx, draft)
    } else {
        signer.sign_headers(cx, draft)
    }
}

/// What both ways of signing need.
struct Signer {
    path: String,
    query: Vec<(String, String)>,
    time: String,
    region: String,
    service: String,
}

impl Signer {
    fn new(cx: &Cx<'_>, path: String, query: Vec<(String, String)>) -> Self {
        let Moment {
            year,
            month,
            day,
            hour,
            minute,
            second,
            ..
        } = Moment::at(cx.settings.clock.now());
        Self {
            path,
            query,
            time: format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"),
            region: cx.params.text_or("region", "us-east-1").to_owned(),
            service: match cx.params.text_or("service", "execute-api") {
                "email" => "ses".to_owned(),
                service => service.to_owned(),
            },
        }
    }

    fn is_s3(&self) -> bool {
        self.service == "s3"
    }

    fn sign_headers(&mut self, cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
        let mut hash = Hash::Sha256.start();
        let has_body = draft.body.read(&mut |bytes| hash.update(bytes))?;
        let body_hash = hex(&if has_body {
            hash.finalize().into_vec()
        } else {
            Hash::Sha256.of(b"")
        });
        if has_body {
            draft.add_header("X-Amz-Content-Sha256", &body_hash)?;
        }
        add_host(draft)?;
        let token = cx.params.text("sessionToken");
        if !token.is_empty() {
            draft.add_header("X-Amz-Security-Token", token)?;
        }
        if self.is_s3() && !has_body {
            draft.add_header("X-Amz-Content-Sha256", &body_hash)?;
        }
        draft.add_header("X-Amz-Date", &self.time)?;
        let headers = signed_headers(&draft.headers);
        let proof = format!(
            "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
            access_key(cx),
            self.scope(),
            names(&headers),
            self.signature(cx, draft, &headers, &body_hash),
        );
        draft.add_header("Authorization", &proof)
    }

    fn sign_query(&mut self, cx: &Cx<'_>, draft: &mut Draft<'_>) -> Result<(), BuildError> {
        add_host(draft)?;
        let headers = signed_headers(&draft.headers);
        let mut added = Vec::new();
        let token = cx.params.text("sessionToken");
        if !token.is_empty() {
            added.push(("X-Amz-Security-Token", token.to_owned()));
        }
        let has = |name: &str, query: &[(String, String)]| query.iter().any(|(key, _)| key == name);
        if self.is_s3() && !has("X-Amz-Expires", &self.query) {
            added.push(("X-Amz-Expires", "86400".to_owned()));
        }
        if let Some((_, time)) = self.query.iter().find(|(key, _)| key == "X-Amz-Date") {
            self.time = time.clone();
        }
        added.push(("X-Amz-Date", self.time.clone()));
        added.push(("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()));
        let credential = format!("{}/{}", access_key(cx), self.scope());
        added.push(("X-Amz-Credential", credential));
        added.push(("X-Amz-SignedHeaders", names(&headers)));
        for (name, value) in &added {
            self.query.retain(|(key, _)| key != name);
            self.query.push(((*name).to_owned(), value.clone()));
        }
        let body_hash = if self.is_s3() {
            "UNSIGNED-PAYLOAD".to_owned()
        } else {
            hex(&Hash::Sha256.of(b""))
        };
        let signature = self.signature(cx, draft, &headers, &body_hash);
        added.push(("X-Amz-Signature", signature));
        for (name, value) in &added {
            draft
                .address
                .push_query(&format!("{name}={}", encode(value, DATA)));
        }
        Ok(())
    }

    /// `20231114/us-east-1/execute-api/aws4_request`.
    fn scope(&self) -> String {
        let date = self.time.get(..8).unwrap_or_default();
        format!("{date}/{}/{}/aws4_request", self.region, self.service)
    }

    fn signature(
        &self,
        cx: &Cx<'_>,
        draft: &Draft<'_>,
        headers: &[(String, String)],
        body_hash: &str,
    ) -> String {
        let lines: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        let canonical = format!(
            "{}\n{}\n{}\n{}\n\n{}\n{body_hash}",
            draft.method,
            self.canonical_path(),
            self.canonical_query(),
            lines.join("\n"),
            names(headers),
        );
        let scope = self.scope();
        let hash = hex(&Hash::Sha256.of(canonical.as_bytes()));
        let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{hash}", self.time);
        let secret = format!("AWS4{}", cx.params.get("secretKey").unwrap_or("undefined"));
        let parts = [
            self.time.get(..8).unwrap_or_default(),
            &self.region,
            &self.service,
            "aws4_request",
        ];
        let key = parts.iter().fold(secret.into_bytes(), |key, part| {
            Hash::Sha256.keyed(&key, part.as_bytes())
        });
        hex(&Hash::Sha256.keyed(&key, text.as_bytes()))
    }

    fn canonical_path(&self) -> String {
        if self.path == "/" {
            return self.path.clone();
        }
        let mut pieces: Vec<String> = Vec::new();
        let mut last_was_slash = false;
        let normalized: String = self
            .path
            .chars()
            .filter(|&character| {
                let dropped = !self.is_s3() && character == '/' && last_was_slash;
                last_was_slash = character == '/';
                !dropped
            })
            .collect();
        for piece in normalized.split('/') {
            if self.is_s3() {
                pieces.push(encode(&decode(piece), DATA));
            } else if piece == ".." {
                pieces.pop();
            } else if piece != "." {
                pieces.push(encode(piece, DATA));
            }
        }
        let path = pieces.join("/");
        let path = if path.starts_with('/') {
            path
        } else {
            format!("/{path}")
        };
        if self.is_s3() {
            path.replace("%2F", "/")
        } else {
            path
        }
    }

    fn canonical_query(&self) -> String {
        let mut entries: Vec<(String, String)> = Vec::new();
        for (key, value) in self.query.iter().filter(|(key, _)| !key.is_empty()) {
            let key = encode(key, DATA);
            let is_again = entries.iter().any(|(other, _)| *other == key);
            if !(self.is_s3() && is_again) {
                entries.push((key, encode(value, DATA)));
            }
        }
        entries.sort();
        let entries = entries.into_iter().map(|(key, value)| format!("{key}={value}"));
        entries.collect::<Vec<_>>().join("&")
    }
}

/// The access key; Postman signs even where there is none, and calls it as JavaScript does.
fn access_key<'a>(cx: &'a Cx<'_>) -> &'a str {
    cx.params.get("accessKey").unwrap_or("undefined")
}

fn add_host(draft: &mut Draft<'_>) -> Result<(), BuildError> {
    if draft
        .headers
        .iter()
        .any(|header| header.name == "Host" || header.name == "host")
    {
        return Ok(());
    }
    let host = draft.address.authority();
    draft.add_header("Host", &host)
}

/// Names and values that are signed, in order: lower case, white space folded, several values joined by commas.
fn signed_headers(headers: &[Header]) -> Vec<(String, String)> {
    let mut signed: Vec<(String, String)> = Vec::new();
    for header in headers {
        let name = header.name.to_ascii_lowercase();
        if NOT_SIGNED.contains(&name.as_str()) {
            continue;
        }
        let value = header.text();
        match signed.iter_mut().find(|(other, _)| *other == name) {
            Some((_, values)) => {
                values.push(',');
                values.push_str(&value);
            }
            None => signed.push((name, value)),
        }
    }
    for (_, value) in &mut signed {
        *value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    signed.sort();
    signed
}

fn names(headers: &[(String, String)]) -> String {
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    names.join(";")
}

/// Path and query entries of a target, the query decoded.
fn read_target(target: &str) -> (String, Vec<(String, String)>) {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b";,/?:@&=+$-_.!~*'()#%".contains(&byte);
    let target = if target.bytes().all(is_known) {
        target.to_owned()
    } else {
        encode_again(target)
    };
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, query),
        None => (target.as_str(), ""),
    };
    let entry = |entry: &str| {
        let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
        (decode(key), decode(value))
    };
    let entries = query.split('&').filter(|entry| !entry.is_empty()).map(entry);
    (path.to_owned(), entries.collect())
}

/// `encodeURI(decodeURI(text))`: reserved characters stay as they are written, encoded or not, but for their `%`.
fn encode_again(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = text
            .get(at + 1..at + 3)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        if let Some(code) = code.filter(|code| byte == b'%' && !b";/?:@&=+$,#".contains(code)) {
            decoded.push(code);
            at += 3;
        } else {
            decoded.push(byte);
            at += 1;
        }
    }
    let mut encoded = String::with_capacity(text.len());
    for byte in decoded {
        if byte.is_ascii_alphanumeric() || b";,/?:@&=+$-_.!~*'()#".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Text of a query: `+` is a space.
fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8_lossy()
        .into_owned()
}
