//! Request bodies, by mode, and the `Content-Type` that each brings along.
//!
//! In: the spec's body and what the caller gave for it. Out: [`Built`]: bytes or pieces, and which header is added
//! when. Which bodies are left out by method is decided here too. Files are named, not read.

use std::io::Read as _;

use bytes::Bytes;

use super::{
    Body, BuildError, FormPart, GivenBody, Header, Mode, Piece, Settings, Values, comments, fill,
    form::{self, Field},
    given, mime, multipart,
    text::Text,
    variables::Resolver,
};
use crate::{
    file::{FilePart, FileSource},
    spec::{BodySpec, Language, Spec},
};

/// A body, and what it wants of the headers.
#[derive(Debug, Default)]
#[cfg_attr(
    not(feature = "hashes"),
    allow(dead_code, reason = "read by schemes that sign")
)]
pub(crate) struct Built {
    /// The body.
    pub(crate) body: Body,
    /// The `Content-Type` that it brings along.
    pub(crate) content_type: ContentType,
    /// The entries of an urlencoded form.
    pub(crate) form: Option<Vec<(String, String)>>,
    /// The parts of a multipart form, for showing.
    pub(crate) parts: Option<Vec<FormPart>>,
    /// Whether the method has no body, and it is not sent; signatures still cover it.
    pub(crate) pruned: bool,
    /// Whether signatures cover it: all but multipart bodies and none.
    pub(crate) signed: bool,
}

#[cfg_attr(
    not(feature = "oauth1"),
    allow(dead_code, reason = "used by schemes that sign")
)]
impl Built {
    /// Reads the body that signatures cover, piece by piece; whether there is one.
    pub(crate) fn read(&self, read: &mut dyn FnMut(&[u8])) -> Result<bool, BuildError> {
        match &self.body {
            Body::Empty => return Ok(false),
            Body::Bytes(bytes) => read(bytes),
            Body::Pieces(_) if !self.signed => return Ok(false),
            Body::Pieces(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Bytes(bytes) => read(bytes),
                        Piece::File(part) => read_file(part, read)?,
                    }
                }
            }
        }
        Ok(true)
    }

    /// Makes the body again of other entries of its form.
    pub(crate) fn set_form(&mut self, entries: Vec<(String, String)>) {
        let field = |(key, value): (String, String)| Field {
            key: Text::trusted(key),
            value: form::Value::Text(value),
            content_type: None,
        };
        let entries = form::group(entries.into_iter().map(field).collect());
        self.body = Body::Bytes(form::encode(&entries).into_bytes().into());
        self.form = Some(entries);
    }
}

#[cfg_attr(
    not(feature = "hashes"),
    allow(dead_code, reason = "used by schemes that sign")
)]
fn read_file(part: &FilePart, read: &mut dyn FnMut(&[u8])) -> Result<(), BuildError> {
    let path = match part.source() {
        FileSource::Bytes(bytes) => {
            read(bytes);
            return Ok(());
        }
        FileSource::Path(path) => path,
        FileSource::Reader(_) => {
            let why = "a stream can be read once only, so it cannot be signed and sent: give a path or bytes";
            return Err(BuildError::Body(why.to_owned()));
        }
    };
    let failed = |error: std::io::Error| BuildError::Body(format!("{}: {error}", path.display()));
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok(()),
            count => read(buffer.get(..count).unwrap_or_default()),
        }
    }
}

/// The `Content-Type` that a body brings along, and when it is added.
#[derive(Debug, Default)]
pub(crate) enum ContentType {
    /// None.
    #[default]
    None,
    /// If there is none, before authentication (which may sign it).
    BeforeAuth(&'static str),
    /// If there is none, after authentication.
    AfterAuth(&'static str),
    /// In place of any that does not say the same already.
    Form(String),
    /// If there is none, behind everything.
    Last(String),
}

impl ContentType {
    /// Whether it is that of text, a form included, and not that of a file.
    pub(crate) fn is_of_text(&self) -> bool {
        match self {
            Self::BeforeAuth(_) | Self::AfterAuth(_) | Self::Form(_) => true,
            Self::None | Self::Last(_) => false,
        }
    }
}

/// Makes the body of a request.
pub(crate) fn build(
    spec: &Spec,
    values: &Values,
    settings: &Settings<'_>,
    mode: Mode,
    headers: &[Header],
    resolver: &mut Resolver<'_>,
) -> Result<Built, BuildError> {
    let mut cx = Cx {
        mode,
        headers,
        settings,
        resolver,
    };
    let filled = fill::fill(spec, &values.body, mode, cx.resolver)?;
    let mut built = match (&spec.body, filled.as_ref().unwrap_or(&values.body)) {
        (body, GivenBody::None) => cx.saved(body)?,
        (BodySpec::Raw { language, .. }, GivenBody::Json(json)) => raw(json.clone(), *language, false),
        (BodySpec::Raw { language, .. }, GivenBody::Text(text)) => raw(text.clone().into(), *language, false),
        (_, GivenBody::Json(json)) => raw(json.clone(), Language::Json, false),
        (_, GivenBody::Text(text)) => raw(text.clone().into(), Language::Text, false),
        (BodySpec::UrlEncoded(fields), GivenBody::Form(entries)) => {
            urlencoded(form::given(fields, entries, cx.resolver)?)
        }
        (BodySpec::FormData(fields), GivenBody::Form(entries)) => {
            multipart::build(form::given(fields, entries, cx.resolver)?, &mut cx)?
        }
        (_, GivenBody::Form(entries)) => urlencoded(form::given(&[], entries, cx.resolver)?),
        (_, GivenBody::File(part)) => file(part.clone(), None),
        (body, GivenBody::GraphQlVariables(variables)) => cx.graphql(body, Some(variables))?,
    };
    let has_no_body = ["GET", "COPY", "HEAD", "PURGE", "UNLOCK"].contains(&spec.method);
    if has_no_body && !spec.behavior.keep_body {
        built.content_type = ContentType::None;
        built.pruned = true;
    }
    Ok(built)
}

/// What every mode needs to know.
pub(crate) struct Cx<'a, 'r> {
    pub(crate) mode: Mode,
    pub(crate) headers: &'a [Header],
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) resolver: &'a mut Resolver<'r>,
}

impl Cx<'_, '_> {
    /// The body as the collection saved it.
    fn saved(&mut self, body: &BodySpec) -> Result<Built, BuildError> {
        match *body {
            BodySpec::None => Ok(Built::default()),
            // A sample is not intent: it goes out in saved calls only.
            BodySpec::Raw { .. }
            | BodySpec::UrlEncoded(_)
            | BodySpec::FormData(_)
            | BodySpec::File { .. }
                if self.mode == Mode::Normal =>
            {
                Ok(Built::default())
            }
            BodySpec::Raw {
                text,
                language,
                strip_comments,
                json: _,
            } => self.raw(text, language, strip_comments),
            BodySpec::UrlEncoded(fields) => Ok(urlencoded(form::saved(fields, self.resolver)?)),
            BodySpec::FormData(fields) => {
                let fields = form::saved(fields, self.resolver)?;
                multipart::build(fields, self)
            }
            BodySpec::File { src, content } => self.file(src, content),
            BodySpec::GraphQl { .. } => self.graphql(body, None),
        }
    }

    /// Text with its variables filled in; in a normal call each must have a value.
    fn text(&mut self, template: &str) -> Result<Text, BuildError> {
        let text = self.resolver.resolve(template)?;
        match text.unresolved() {
            Some(name) if self.mode == Mode::Normal => Err(self.resolver.unset(name, "body")),
            Some(_) | None => Ok(text),
        }
    }

    fn raw(&mut self, template: &str, language: Language, strip_comments: bool) -> Result<Built, BuildError> {
        let text = self.text(template)?;
        let is_json = language == Language::Json || strip_comments;
        let text = if !text.has_given() {
            text.into_string()
        } else if is_json || language == Language::JavaScript || self.is_media_type("json") {
            given::in_json(&text)
        } else if matches!(language, Language::Xml | Language::Html) || self.is_media_type("xml") {
            given::in_xml(&text)
        } else {
            text.into_string()
        };
        let stripped = if strip_comments {
            comments::strip(&text)
        } else {
            text
        };
        Ok(raw(stripped.into_bytes(), language, strip_comments))
    }

    fn is_media_type(&self, kind: &str) -> bool {
        let header = self.headers.iter().find(|header| header.is("content-type"));
        header.is_some_and(|header| header.text().to_ascii_lowercase().contains(kind))
    }

    fn file(&mut self, src: Option<&str>, content: Option<&str>) -> Result<Built, BuildError> {
        if let Some(src) = src {
            let src = self.resolver.resolve(src)?.into_string();
            let found = self.settings.files.open(&src);
            return Ok(found.map_or_else(Built::default, |part| file(part, Some(&src))));
        }
        let Some(content) = content else {
            return Ok(Built::default());
        };
        let bytes = base64_lenient(self.resolver.resolve(content)?.as_str());
        Ok(Built {
            body: Body::Bytes(bytes),
            ..Built::default()
        })
    }

    fn graphql(&mut self, body: &BodySpec, given_variables: Option<&str>) -> Result<Built, BuildError> {
        let BodySpec::GraphQl {
            query,
            operation_name,
            variables,
            saved_text,
        } = *body
        else {
            return Ok(raw(
                given_variables.unwrap_or_default().into(),
                Language::Json,
                false,
            ));
        };
        if let (Mode::Saved, Some(text), None) = (self.mode, saved_text, given_variables) {
            let text = given::in_json(&self.text(text)?);
            return Ok(graphql(text));
        }
        let mut members = Vec::new();
        for (name, template) in [("query", query), ("operationName", operation_name)] {
            if let Some(template) = template {
                let text = given::in_graphql(&self.text(template)?);
                members.push(format!("\"{name}\":{}", given::quote(&text)));
            }
        }
        let variables = match (given_variables, self.mode, variables) {
            (Some(given), _, _) => given.to_owned(),
            (None, Mode::Saved, Some(template)) => given::in_json(&self.text(template)?),
            (None, Mode::Saved, None) | (None, Mode::Normal, _) => String::new(),
        };
        if !variables.is_empty() {
            members.push(format!("\"variables\":{variables}"));
        }
        Ok(graphql(format!("{{{}}}", members.join(","))))
    }
}

fn graphql(text: String) -> Built {
    Built {
        body: Body::Bytes(text.into_bytes().into()),
        content_type: ContentType::AfterAuth("application/json"),
        ..Built::default()
    }
}

fn raw(bytes: Vec<u8>, language: Language, strip_comments: bool) -> Built {
    if bytes.is_empty() {
        return Built::default();
    }
    let media_type = match language {
        Language::Json => "application/json",
        Language::Xml => "application/xml",
        Language::Html => "text/html",
        Language::JavaScript => "application/javascript",
        Language::Text => "text/plain",
    };
    Built {
        body: Body::Bytes(bytes.into()),
        content_type: if language == Language::Json || strip_comments {
            ContentType::BeforeAuth(media_type)
        } else {
            ContentType::AfterAuth(media_type)
        },
        ..Built::default()
    }
}

fn urlencoded(fields: Vec<Field>) -> Built {
    if fields.is_empty() {
        return Built::default();
    }
    let entries = form::group(fields);
    Built {
        body: Body::Bytes(form::encode(&entries).into_bytes().into()),
        content_type: ContentType::Form("application/x-www-form-urlencoded".to_owned()),
        form: Some(entries),
        ..Built::default()
    }
}

fn file(part: FilePart, src: Option<&str>) -> Built {
    let named = match part.source() {
        FileSource::Path(path) => path.to_str().and_then(mime::of_path),
        FileSource::Bytes(_) | FileSource::Reader(_) => None,
    };
    let by_name = src
        .and_then(mime::of_path)
        .or(named)
        .or_else(|| part.file_name().and_then(|name| mime::of_path(&name)));
    let content_type = part
        .content_type()
        .or(by_name)
        .unwrap_or("application/octet-stream");
    Built {
        content_type: ContentType::Last(content_type.to_owned()),
        body: Body::Pieces(vec![Piece::File(part)]),
        signed: true,
        ..Built::default()
    }
}

/// Base64 the way Node reads it: both alphabets, everything else skipped, the end at `=`.
pub(crate) fn base64_lenient(text: &str) -> Bytes {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for sextet in text.bytes().take_while(|&byte| byte != b'=').filter_map(value) {
        buffer = (buffer << 6) | u32::from(sextet);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((buffer >> bits) & 0xff).unwrap_or_default());
        }
    }
    bytes.into()
}
