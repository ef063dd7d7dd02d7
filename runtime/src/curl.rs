//! The cURL command of a request, for people: it can be shown, logged and pasted.
//!
//! In: [`Parts`]. Out: one command for a POSIX shell. Credentials are replaced by `$VARIABLES`: by value wherever a known
//! secret stands, and as a whole where a header proves who calls in a way that cannot be taken apart.

use crate::{
    file::FileSource,
    redact,
    wire::{Body, FormContent, FormPart, Header, HeaderSource, Parts, Piece, Secret},
};

/// A secret this short is only replaced where it is a whole value: it could be part of any word.
const SHORT: usize = 4;

/// One command, credentials replaced by `$VARIABLES`.
pub(crate) fn line(parts: &Parts) -> String {
    let secrets = Secrets::of(parts);
    let mut command = Vec::new();
    let mut first = "curl ".to_owned();
    if parts.url.contains(['[', ']', '{', '}']) {
        first.push_str("--globoff ");
    }
    if parts
        .target()
        .split('/')
        .any(|segment| matches!(segment, "." | ".."))
    {
        first.push_str("--path-as-is ");
    }
    first.push_str(&quote(&secrets.hide(&parts.url)));
    command.push(first);
    let default = if matches!(parts.body, Body::Empty) {
        "GET"
    } else {
        "POST"
    };
    match parts.method.as_str() {
        "HEAD" => command.push("--head".to_owned()),
        method if method != default => command.push(format!("--request {method}")),
        _ => {}
    }
    let is_form = parts.form.is_some();
    let shown = parts
        .headers
        .iter()
        .filter(|header| !(is_form && header.is("content-type")));
    command.extend(shown.map(|header| self::header(header, &secrets)));
    if !matches!(parts.body, Body::Empty) && !is_form && parts.header("content-type").is_none() {
        command.push("--header 'Content-Type:'".to_owned());
    }
    match &parts.form {
        Some(form) => command.extend(form.iter().map(|part| form_part(part, &secrets))),
        None => command.extend(body(&parts.body, &secrets)),
    }
    command.join(" \\\n  ")
}

fn header(header: &Header, secrets: &Secrets<'_>) -> String {
    let value = header.text();
    if header.source == HeaderSource::Auth && value.starts_with("Basic ") {
        return "--user \"${USERNAME}:${PASSWORD}\"".to_owned();
    }
    let hidden = secrets.hide(&value);
    let is_proof = match header.source {
        HeaderSource::Auth | HeaderSource::Url => header.is("authorization"),
        HeaderSource::Item | HeaderSource::Given | HeaderSource::Caller => is_credential(&header.name),
        HeaderSource::Body => false,
    };
    let value = if is_proof && hidden.iter().all(|piece| matches!(piece, Shown::Text(_))) {
        vec![Shown::Variable(shell_name(&header.name))]
    } else {
        hidden
    };
    if value.is_empty() {
        return format!("--header {}", quote(&[Shown::Text(format!("{};", header.name))]));
    }
    let mut line = vec![Shown::Text(format!("{}: ", header.name))];
    line.extend(value);
    format!("--header {}", quote(&line))
}

/// Whether a header of this name usually proves who calls.
fn is_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words = [
        "authorization",
        "cookie",
        "token",
        "secret",
        "password",
        "api-key",
        "apikey",
        "api_key",
    ];
    words.iter().any(|word| name.contains(word))
}

fn form_part(part: &FormPart, secrets: &Secrets<'_>) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let ty = part.content_type.as_deref().filter(|ty| !ty.is_empty());
    let ty = ty.map_or_else(String::new, |ty| format!(";type={ty}"));
    match &part.content {
        FormContent::Text(text) if ty.is_empty() => {
            let mut shown = vec![Shown::Text(format!("{}=", part.name))];
            shown.extend(secrets.hide(text));
            format!("--form-string {}", quote(&shown))
        }
        FormContent::Text(text) => {
            let mut shown = vec![Shown::Text(format!("{}=\"", part.name))];
            shown.extend(secrets.hide(&escape(text)));
            shown.push(Shown::Text(format!("\"{ty}")));
            format!("--form {}", quote(&shown))
        }
        FormContent::File(path) => {
            let name = part.file_name.as_deref().map(escape);
            let name = name.map_or_else(String::new, |name| format!(";filename=\"{name}\""));
            let text = format!("{}=@\"{}\"{name}{ty}", part.name, escape(path));
            format!("--form {}", quote(&[Shown::Text(text)]))
        }
    }
}

fn body(body: &Body, secrets: &Secrets<'_>) -> Option<String> {
    match body {
        Body::Empty => None,
        Body::Bytes(bytes) => Some(match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => format!("--data-raw {}", quote(&secrets.hide(text))),
            Ok(_) | Err(_) => format!("--data-binary '@{} bytes'", bytes.len()),
        }),
        Body::Pieces(pieces) => {
            let path = pieces.iter().find_map(|piece| match piece {
                Piece::File(file) => Some(match file.source() {
                    FileSource::Path(path) => path.to_string_lossy().into_owned(),
                    FileSource::Bytes(_) | FileSource::Reader(_) => {
                        file.file_name().unwrap_or_else(|| "-".to_owned())
                    }
                }),
                Piece::Bytes(_) => None,
            });
            path.map(|path| format!("--data-binary {}", quote(&[Shown::Text(format!("@{path}"))])))
        }
    }
}

/// A piece of what is shown.
enum Shown {
    Text(String),
    Variable(String),
}

/// Texts that must not be shown, longest first, and the names to show instead.
struct Secrets<'a> {
    texts: Vec<(String, &'a str)>,
}

impl<'a> Secrets<'a> {
    fn of(parts: &'a Parts) -> Self {
        let mut texts = Vec::new();
        for Secret { name, text } in &parts.secrets {
            for text in [text.clone(), redact::in_json(text)] {
                if !texts.iter().any(|(other, _)| *other == text) {
                    texts.push((text, name.as_str()));
                }
            }
        }
        texts.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        Self { texts }
    }

    /// The text in pieces, secrets replaced.
    fn hide(&self, text: &str) -> Vec<Shown> {
        let mut shown = Vec::new();
        let (mut at, mut kept) = (0, 0);
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let found = self.texts.iter().find_map(|(secret, name)| {
                let length = redact::length_at(rest, secret)?;
                (secret.len() >= SHORT || is_whole(text, at, length)).then_some((length, name))
            });
            if let Some((length, name)) = found {
                shown.extend(
                    text.get(kept..at)
                        .filter(|text| !text.is_empty())
                        .map(|text| Shown::Text(text.to_owned())),
                );
                shown.push(Shown::Variable((*name).to_owned()));
                at += length;
                kept = at;
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        shown.extend(
            text.get(kept..)
                .filter(|text| !text.is_empty())
                .map(|text| Shown::Text(text.to_owned())),
        );
        shown
    }
}

/// Whether nothing that a word could go on with stands around.
fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + length..).and_then(|text| text.chars().next());
    let ends = |character: Option<char>| character.is_none_or(|character| "=&\" \n".contains(character));
    ends(before) && ends(after) && !(before == Some(' ') && after == Some(' '))
}

/// An argument of a POSIX shell: single quotes where nothing is to be replaced, else double ones.
fn quote(pieces: &[Shown]) -> String {
    let pieces = &joined(pieces)[..];
    let is_plain = |text: &str| !text.contains(['\\', '"', '$', '`', '!']);
    let simple = pieces.iter().all(|piece| match piece {
        Shown::Text(text) => is_plain(text),
        Shown::Variable(_) => true,
    });
    let has_variable = pieces.iter().any(|piece| matches!(piece, Shown::Variable(_)));
    if simple && has_variable {
        let inner: String = pieces
            .iter()
            .map(|piece| match piece {
                Shown::Text(text) => text.clone(),
                Shown::Variable(name) => format!("${{{name}}}"),
            })
            .collect();
        return format!("\"{inner}\"");
    }
    let pieces = pieces.iter().map(|piece| match piece {
        Shown::Text(text) => format!("'{}'", text.replace('\'', "'\\''")),
        Shown::Variable(name) => format!("\"${{{name}}}\""),
    });
    pieces.collect()
}

/// The pieces with texts that follow each other made one.
fn joined(pieces: &[Shown]) -> Vec<Shown> {
    let mut joined: Vec<Shown> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (joined.last_mut(), piece) {
            (Some(Shown::Text(before)), Shown::Text(text)) => before.push_str(text),
            (_, Shown::Text(text)) => joined.push(Shown::Text(text.clone())),
            (_, Shown::Variable(name)) => joined.push(Shown::Variable(name.clone())),
        }
    }
    joined
}

/// A header's name as that of an environment variable.
fn shell_name(name: &str) -> String {
    name.chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::{
        auth::{Credential, Handshake},
        spec::{AuthKind, BodySpec, Entry, FieldSpec, Language, Spec},
        wire::{self, Mode, Settings, Values},
    };

    fn curl(spec: &Spec, credentials: &[Credential]) -> String {
        let settings = Settings {
            credentials,
            ..Settings::NONE
        };
        let parts = wire::build(
            spec,
            &Values::default(),
            &settings,
            Mode::Saved,
            &Handshake::default(),
        );
        line(&parts.expect("the request can be built"))
    }

    #[test]
    fn tokens_are_variables() {
        const QUERY: &[Entry] = &[Entry::saved("q", "it's")];
        let spec = Spec::new("GET", "https://api.example.com/users")
            .query(QUERY)
            .auth(AuthKind::Bearer, &[]);
        let expected =
            "curl 'https://api.example.com/users?q=it%27s' \\\n  --header \"Authorization: Bearer ${TOKEN}\"";
        assert_eq!(curl(&spec, &[Credential::bearer("s3cr3t-token")]), expected);
    }

    #[test]
    fn user_name_and_password_are_variables() {
        let spec = Spec::new("GET", "https://api.example.com/").auth(AuthKind::Basic, &[]);
        let expected = "curl 'https://api.example.com/' \\\n  --user \"${USERNAME}:${PASSWORD}\"";
        assert_eq!(curl(&spec, &[Credential::basic("ann", "pass")]), expected);
    }

    #[test]
    fn a_key_in_the_query_is_hidden_too() {
        const PARAMS: &[(&str, &str)] = &[("key", "key"), ("in", "query")];
        let spec = Spec::new("GET", "https://api.example.com/").auth(AuthKind::ApiKey, PARAMS);
        for key in ["a+b/c=", "7"] {
            let expected = "curl \"https://api.example.com/?key=${API_KEY}\"";
            assert_eq!(curl(&spec, &[Credential::api_key(key)]), expected, "{key}");
        }
    }

    #[test]
    fn a_literal_credential_in_a_header_is_hidden() {
        const HEADERS: &[Entry] = &[Entry::always("X-Api-Key", "abc")];
        let spec = Spec::new("GET", "https://api.example.com/").headers(HEADERS);
        let expected = "curl 'https://api.example.com/' \\\n  --header \"X-Api-Key: ${X_API_KEY}\"";
        assert_eq!(curl(&spec, &[]), expected);
    }

    #[test]
    fn bodies_are_quoted() {
        let spec = Spec::new("PUT", "https://api.example.com/").body(BodySpec::Raw {
            text: "{\"a\": \"it's\"}",
            language: Language::Json,
            strip_comments: true,
            json: true,
        });
        let expected = "curl 'https://api.example.com/' \\\n  --request PUT \\\n  \
                        --header 'Content-Type: application/json' \\\n  --data-raw '{\"a\": \"it'\\''s\"}'";
        assert_eq!(curl(&spec, &[]), expected);
    }

    #[test]
    fn forms_are_made_by_curl() {
        const FIELDS: &[FieldSpec] = &[
            FieldSpec::text("a", "1"),
            FieldSpec::text("b", "{}").content_type("application/json"),
        ];
        let spec = Spec::new("POST", "https://api.example.com/").body(BodySpec::FormData(FIELDS));
        let expected = "curl 'https://api.example.com/' \\\n  --form-string 'a=1' \\\n  \
                        --form 'b=\"{}\";type=application/json'";
        assert_eq!(curl(&spec, &[]), expected);
    }
}
