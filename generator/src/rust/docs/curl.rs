//! The cURL command of an item, as the runtime's `.curl()` shows its saved call.
//!
//! In: an operation and the values of settings. Out: the command's lines, for requests of which it is certain how they
//! are sent; for others nothing is shown rather than something else than what is sent. Doc tests compare the two.

use crate::ir::{Body, Entry, Language, Operation, Security, Sent};
use crate::secrets;

/// A longer body is not shown.
const LONGEST_BODY: usize = 1200;

/// The command, and how a client is told the credential that it hides.
pub(super) struct Curl {
    /// The command, in lines that end with a backslash but for the last.
    pub(super) command: String,
    /// A call of the client's builder.
    pub(super) credential: String,
}

/// The command of the saved call, where `settings` are the variables that have a value.
pub(super) fn curl(operation: &Operation, settings: &[(&str, &str)]) -> Option<Curl> {
    if operation.url.bare_question_mark {
        return None;
    }
    let (body, sends_body) = body(operation)?;
    let url = url(operation, settings)?;
    // Nothing else of a plain URL is encoded than spaces, and those would stay as they are.
    if operation.behavior.raw_url && url.contains('%') {
        return None;
    }
    let mut command = vec![format!("curl {}", quoted(&url))];
    match operation.method.as_str() {
        "GET" if !sends_body => {}
        "POST" if sends_body => {}
        "HEAD" => command.push("--head".to_owned()),
        "GET" | "OPTIONS" | "POST" | "PUT" | "PATCH" | "DELETE" => {
            command.push(format!("--request {}", operation.method));
        }
        _ => return None,
    }
    let headers = operation
        .headers
        .iter()
        .filter(|entry| !matches!(entry.sent, Sent::WhenSet | Sent::WhenGiven));
    for entry in headers {
        command.push(header(entry)?);
    }
    let (auth, credential) = auth_line(&operation.security)?;
    // The type of a body may be signed, so it is there before the credential; that there is none is said at the end.
    let omits_type = (operation.behavior.omitted_headers.iter()).any(|name| name == "content-type");
    let ty = |ty: &str| sends_body.then(|| format!("--header 'Content-Type:{ty}'"));
    command.extend(ty(" application/json").filter(|_| !omits_type));
    command.extend(auth);
    command.extend(ty("").filter(|_| omits_type));
    command.extend(body);
    Some(Curl {
        command: command.join(" \\\n  "),
        credential,
    })
}

/// The longest URL that a command is shown for, in bytes.
const LONGEST_URL: usize = 2000;

fn url(operation: &Operation, settings: &[(&str, &str)]) -> Option<String> {
    let mut base = operation.url.base.clone();
    for (name, value) in settings {
        base = base.replace(&format!("{{{{{name}}}}}"), value);
        // Variables can multiply each other; a line that long is no example.
        if base.len() > LONGEST_URL {
            return None;
        }
    }
    let (scheme, rest) = base.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let plain_host = host
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b':'));
    if !matches!(scheme, "http" | "https") || host.is_empty() || !plain_host {
        return None;
    }
    let mut url = format!("{scheme}://{host}");
    for segment in path.split('/') {
        url.push('/');
        let saved = segment.strip_prefix(':').and_then(|name| {
            let variable = operation
                .url
                .path_variables
                .iter()
                .find(|variable| variable.name == name);
            variable?.saved.as_deref()
        });
        url.push_str(&encoded(saved.unwrap_or(segment))?);
    }
    let mut separator = '?';
    for entry in operation
        .url
        .query
        .iter()
        .filter(|entry| !matches!(entry.sent, Sent::WhenSet | Sent::WhenGiven))
    {
        let (key, value) = (entry.key.as_deref()?, entry.value.as_deref()?);
        if key.is_empty() || value.is_empty() || secrets::is_credential(key, value) {
            return None;
        }
        url.push(separator);
        url.push_str(&encoded(key)?);
        url.push('=');
        url.push_str(&encoded(value)?);
        separator = '&';
    }
    Some(url)
}

/// Text of which it is plain how it is encoded.
fn encoded(text: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,:@ ".contains(&byte);
    let usable = text.bytes().all(is_plain) && !matches!(text, "." | "..") && text.trim() == text;
    usable.then(|| text.replace(' ', "%20"))
}

fn header(entry: &Entry) -> Option<String> {
    let (key, value) = (entry.key.as_deref()?, entry.value.as_deref()?);
    let is_token = key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_plain = value
        .bytes()
        .all(|byte| (b' '..=b'~').contains(&byte) && !b"{}".contains(&byte));
    let lower = key.to_ascii_lowercase();
    let hidden = [
        "authorization",
        "cookie",
        "token",
        "secret",
        "password",
        "api-key",
        "apikey",
    ];
    let shown = !hidden.iter().any(|word| lower.contains(word));
    let usable =
        is_token && is_plain && shown && !key.is_empty() && !value.is_empty() && value.trim() == value;
    (usable && key.parse::<u64>().is_err())
        .then(|| format!("--header {}", quoted(&format!("{key}: {value}"))))
}

/// The line for the credential, and how the builder is given one; `None` if it is not certain.
fn auth_line(security: &Security) -> Option<(Option<String>, String)> {
    let auth = match security.alternatives.as_slice() {
        [] => return Some((None, String::new())),
        [set] if !security.anonymous => match set.as_slice() {
            [auth] if auth.params.is_empty() => auth,
            _ => return None,
        },
        _ => return None,
    };
    let (command, method) = (auth.scheme.command?, auth.scheme.methods.first()?);
    let given: Vec<_> = command
        .credential
        .iter()
        .map(|text| format!("{text:?}"))
        .collect();
    let call = format!(".{}({})", method.name, given.join(", "));
    Some((Some(command.line.to_owned()), call))
}

/// The line for the body, which is JSON then, and whether there is one; `None` if it is not certain.
fn body(operation: &Operation) -> Option<(Option<String>, bool)> {
    let raw = match &operation.body {
        Body::None => return Some((None, false)),
        Body::Raw(raw) => raw,
        Body::UrlEncoded { .. } | Body::FormData { .. } | Body::File { .. } | Body::GraphQl(_) => {
            return None;
        }
    };
    let has_type = operation.headers.iter().any(|entry| {
        entry
            .key
            .as_deref()
            .is_some_and(|key| key.eq_ignore_ascii_case("content-type"))
    });
    let comments = raw.text.contains("//") || raw.text.contains("/*");
    let sends = match operation.method.as_str() {
        "POST" | "PUT" | "PATCH" => true,
        "GET" => operation.behavior.keep_body,
        _ => false,
    };
    let usable = sends
        && !has_type
        && raw.language == Language::Json
        && !(raw.strip_comments && comments)
        && !raw.text.contains("{{")
        && raw.text.is_ascii()
        && !raw
            .text
            .bytes()
            .any(|byte| byte.is_ascii_control() && byte != b'\n')
        && !raw.text.trim().is_empty()
        && raw.text.len() <= LONGEST_BODY
        && matches!(secrets::redact(&raw.text), std::borrow::Cow::Borrowed(_));
    usable.then(|| (Some(format!("--data-raw {}", quoted(&raw.text))), true))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
