//! `multipart/form-data` bodies: parts as Postman's HTTP stack writes them, files streamed.
//!
//! In: entries of a form. Out: pieces, bytes and files in turn. Names of the collection are not escaped, as in
//! Postman; what a caller gave cannot leave its quotes.

use std::fmt::Write as _;

use bytes::Bytes;

use super::{
    Body, BuildError, FormContent, FormPart, Mode, Piece,
    body::{Built, ContentType, Cx, base64_lenient},
    encode::{DATA, encode},
    form::{Field, Value},
    mime,
    text::{Part, Text},
};
use crate::file::{FilePart, FileSource};

const OCTET_STREAM: &str = "application/octet-stream";

/// Makes the body; none if no part is left.
pub(crate) fn build(fields: Vec<Field>, cx: &mut Cx<'_, '_>) -> Result<Built, BuildError> {
    let (boundary, content_type) = boundary(cx);
    let mut body = Writer {
        boundary,
        bytes: Vec::new(),
        pieces: Vec::new(),
        parts: Vec::new(),
    };
    for field in fields {
        body.field(field, cx)?;
    }
    let parts = std::mem::take(&mut body.parts);
    let pieces = body.finish();
    if pieces.is_empty() {
        return Ok(Built::default());
    }
    Ok(Built {
        body: Body::Pieces(pieces),
        content_type,
        parts: Some(parts),
        ..Built::default()
    })
}

/// The boundary: that of the item's own header, else a new one.
fn boundary(cx: &mut Cx<'_, '_>) -> (String, ContentType) {
    let header = cx.headers.iter().rev().find(|header| header.is("content-type"));
    let own = header.and_then(|header| own_boundary(&header.text()));
    if let Some(own) = own {
        return (own, ContentType::None);
    }
    let entropy = cx.settings.entropy;
    let make = || entropy.nonce(24, "0123456789");
    let digits = cx.resolver.make("boundary", make);
    let boundary = format!("--------------------------{digits}");
    let content_type = format!("multipart/form-data; boundary={boundary}");
    (boundary, ContentType::Form(content_type))
}

fn own_boundary(header: &str) -> Option<String> {
    let parameters = header.strip_prefix("multipart/form-data;")?;
    let (_, value) = parameters.rsplit_once("boundary=")?;
    let quoted = value.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let boundary = match quoted {
        Some((boundary, _)) if !boundary.is_empty() => boundary,
        Some(_) | None => value.split(';').next().unwrap_or_default(),
    };
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

/// What a part says of itself.
struct Head<'a> {
    key: &'a Text,
    file_name: Option<String>,
    content_type: Option<String>,
}

/// Collects pieces; bytes that follow each other become one piece.
struct Writer {
    boundary: String,
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    parts: Vec<FormPart>,
}

impl Writer {
    fn field(&mut self, field: Field, cx: &Cx<'_, '_>) -> Result<(), BuildError> {
        let Field {
            key,
            value,
            content_type,
        } = field;
        match value {
            Value::Text(text) => {
                let head = Head {
                    key: &key,
                    file_name: None,
                    content_type,
                };
                self.part(head, Piece::Bytes(text.into_bytes().into()))
            }
            Value::Sources(sources, name) if sources.is_empty() => {
                let file_name = name.unwrap_or_default();
                let content_type = content_type.or_else(|| mime::of_name(&file_name).map(str::to_owned));
                let head = Head {
                    key: &key,
                    file_name: Some(file_name),
                    content_type,
                };
                self.part(head, Piece::Bytes(Bytes::new()))
            }
            Value::Sources(sources, name) => {
                for source in sources {
                    self.source(&key, &source, name.as_deref(), content_type.clone(), cx)?;
                }
                Ok(())
            }
            Value::Inline(base64, name) => {
                let by_name = name.as_deref().and_then(mime::of_name).unwrap_or(OCTET_STREAM);
                let head = Head {
                    key: &key,
                    content_type: Some(content_type.unwrap_or_else(|| by_name.to_owned())),
                    file_name: name,
                };
                self.part(head, Piece::Bytes(base64_lenient(&base64)))
            }
            Value::File(part) => self.given(&key, part, content_type),
        }
    }

    /// A file that the collection names. One that is not there is left out, as in Postman.
    fn source(
        &mut self,
        key: &Text,
        source: &str,
        name: Option<&str>,
        content_type: Option<String>,
        cx: &Cx<'_, '_>,
    ) -> Result<(), BuildError> {
        let Some(part) = cx.settings.files.open(source) else {
            return match cx.mode {
                Mode::Saved => Ok(()),
                Mode::Normal => Err(BuildError::Body(format!("`{source}` cannot be read"))),
            };
        };
        let by_name = mime::of_path(source).or_else(|| name.and_then(mime::of_name));
        let head = Head {
            key,
            file_name: Some(name.unwrap_or(source).to_owned()),
            content_type: Some(content_type.unwrap_or_else(|| by_name.unwrap_or(OCTET_STREAM).to_owned())),
        };
        self.part(head, Piece::File(part))
    }

    /// A file that a caller gave.
    fn given(&mut self, key: &Text, part: FilePart, content_type: Option<String>) -> Result<(), BuildError> {
        let file_name = part.file_name();
        let of_path = match part.source() {
            FileSource::Path(path) => path.to_str().and_then(mime::of_path),
            FileSource::Bytes(_) | FileSource::Reader(_) => None,
        };
        let by_name = file_name
            .as_deref()
            .and_then(mime::of_path)
            .or(of_path)
            .unwrap_or(OCTET_STREAM);
        let ty = part.content_type().map(str::to_owned).or(content_type);
        let head = Head {
            key,
            file_name: file_name.map(|name| quoted(&name)),
            content_type: Some(ty.unwrap_or_else(|| by_name.to_owned())),
        };
        self.part(head, Piece::File(part))
    }

    /// Remembers a part for showing.
    fn show(&mut self, head: &Head<'_>, content: &Piece) {
        let file_name = head.file_name.clone();
        let content = match content {
            Piece::Bytes(bytes) if file_name.is_none() => {
                FormContent::Text(String::from_utf8_lossy(bytes).into_owned())
            }
            Piece::File(part) => match part.source() {
                FileSource::Path(path) => FormContent::File(path.to_string_lossy().into_owned()),
                FileSource::Bytes(_) | FileSource::Reader(_) => {
                    FormContent::File(file_name.clone().unwrap_or_else(|| "-".to_owned()))
                }
            },
            Piece::Bytes(_) => FormContent::File(file_name.clone().unwrap_or_default()),
        };
        self.parts.push(FormPart {
            name: head.key.as_str().to_owned(),
            content,
            file_name,
            content_type: head.content_type.clone(),
        });
    }

    fn part(&mut self, head: Head<'_>, content: Piece) -> Result<(), BuildError> {
        self.show(&head, &content);
        let mut text = format!("--{}\r\nContent-Disposition: form-data; name=\"", self.boundary);
        for part in head.key.parts() {
            match part {
                Part::Trusted(name) => text.push_str(name),
                Part::Given { value, .. } => text.push_str(&quoted(value)),
            }
        }
        text.push('"');
        if let Some(name) = head.file_name {
            let name = base_name(&name);
            _ = write!(text, "; filename=\"{name}\"");
            if !name.chars().all(is_latin1) {
                _ = write!(text, "; filename*=UTF-8''{}", extended(name));
            }
        }
        text.push_str("\r\n");
        if let Some(ty) = head.content_type {
            if ty.contains(['\r', '\n']) {
                return Err(BuildError::Unsafe {
                    what: "the media type of a part".to_owned(),
                    why: "holds a line break",
                });
            }
            _ = write!(text, "Content-Type: {ty}\r\n");
        }
        text.push_str("\r\n");
        self.bytes.extend_from_slice(text.as_bytes());
        match content {
            Piece::Bytes(bytes) => self.bytes.extend_from_slice(&bytes),
            Piece::File(file) => {
                self.flush();
                self.pieces.push(Piece::File(file));
            }
        }
        self.bytes.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            self.pieces
                .push(Piece::Bytes(std::mem::take(&mut self.bytes).into()));
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        if !self.bytes.is_empty() {
            self.bytes
                .extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
            self.flush();
        }
        self.pieces
    }
}

/// A given name inside of quotes: what could end it is encoded, as browsers do.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '"' => quoted.push_str("%22"),
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            other => quoted.push(other),
        }
    }
    quoted
}

/// The last segment of a path, by POSIX rules.
fn base_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn is_latin1(character: char) -> bool {
    matches!(character, '\t' | ' '..='~' | '\u{80}'..='\u{ff}')
}

/// A file name by RFC 8187.
fn extended(name: &str) -> String {
    let encoded = encode(name, DATA);
    // JavaScript leaves these as they are, and writes the quote's code in lower case (which has no letters).
    ["%7C|", "%60`", "%5E^", "%21!"]
        .into_iter()
        .fold(encoded, |text, pair| {
            let (from, to) = pair.split_at(3);
            text.replace(from, to)
        })
        .replace("%2A", "%2a")
}
