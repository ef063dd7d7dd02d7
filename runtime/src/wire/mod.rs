//! Makes the request that Postman would send of a [`Spec`] and of what a caller gave.
//!
//! In: the collection's text (trusted: put together and substituted textually, as Postman does) and the caller's
//! values (data: encoded or escaped for the place they land in, or refused, and never read for `{{variables}}`).
//! Out: [`Parts`], which say method, URL, header lines and body to the byte. Nothing is sent here, no file is read,
//! and nothing is known of the answer but what a challenge asks for ([`Handshake`]).

pub mod error;
pub mod parts;
pub mod settings;
pub(crate) mod styles;
pub mod values;

mod address;
pub(crate) mod base;
mod body;
mod comments;
mod dynamic;
pub(crate) mod encode;
mod fill;
mod form;
mod given;
mod headers;
mod mime;
mod multipart;
mod resend;
mod text;
mod url;
mod variables;

#[doc(hidden)]
pub use crate::tokens::Slot as TokenSlot;
pub use base::Base;
pub use error::BuildError;
pub use parts::{Body, FormContent, FormPart, Gap, Header, HeaderSource, Parts, Piece, Secret};
pub use settings::{Clock, Entropy, FileSystem, Files, Settings, Sleep, SystemClock, SystemEntropy};
pub use values::{FormEntry, FormValue, GivenBody, Slot, Values};

pub(crate) use address::{Address, host};
pub(crate) use body::Built;
pub(crate) use body::base64_lenient;
pub(crate) use comments::strip as strip_comments;
#[cfg(any(feature = "awsv4", feature = "edgegrid"))]
pub(crate) use dynamic::Moment;
#[cfg(feature = "replay")]
pub(crate) use dynamic::value as dynamic_value;
pub(crate) use headers::bytes as header_bytes;
pub(crate) use resend::{Onward, Resend, body_shows, shows, sounds_secret};

pub(crate) use variables::{Resolver, shell_name};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use body::ContentType;
use resend::Made;
use variables::Noted;

use crate::{
    auth::{self, Draft, Handshake},
    spec::Spec,
};

/// What of the collection's own values is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What the caller gave, and entries that are sent always.
    Normal,
    /// Everything as the collection saved it, but for what the caller gave.
    Saved,
}

/// Makes the request.
///
/// # Errors
///
/// If it cannot be sent, or could not be sent without turning a given value into something else than data.
pub fn build(
    spec: &Spec,
    values: &Values,
    settings: &Settings<'_>,
    mode: Mode,
    handshake: &Handshake,
) -> Result<Parts, BuildError> {
    let mut resend = Resend {
        handshake: handshake.clone(),
        ..Resend::default()
    };
    rebuild(spec, values, settings, mode, &mut resend)
}

/// Makes the request of a call that may have been sent before.
pub(crate) fn rebuild(
    spec: &Spec,
    values: &Values,
    settings: &Settings<'_>,
    mode: Mode,
    resend: &mut Resend,
) -> Result<Parts, BuildError> {
    check_method(spec.method)?;
    let made = std::mem::take(&mut resend.made);
    let mut resolver = Resolver::new(values, settings).remembering(made);
    let address = url::build(spec, values, mode, &mut resolver)?;
    let moved = settings.bases.iter().find_map(|base| base.apply(&address));
    let address = moved.unwrap_or(address);
    let mut headers = headers::build(spec, values, mode, &mut resolver)?;
    let mut body = body::build(spec, values, settings, mode, &headers, &mut resolver)?;
    // All is made even where it is not sent: what is made up has the same order in every send.
    let (mut method, mut address, mut is_elsewhere) = (spec.method, address, false);
    if let Some(onward) = &resend.onward {
        onward.prune(&mut headers, &mut body);
        address = onward.address(address)?;
        method = &onward.method;
        is_elsewhere = onward.is_elsewhere;
    }
    let mut draft = Draft {
        method,
        address,
        headers,
        body,
        raw_url: spec.behavior.raw_url,
    };
    let adds_type = !spec.behavior.omitted_headers.contains(&"content-type");
    if let ContentType::BeforeAuth(media_type) = draft.body.content_type {
        add_content_type(&mut draft.headers, media_type, adds_type);
    }
    if is_elsewhere {
        auth::note_secrets(spec, settings, mode, &mut resolver)?;
    } else {
        auth::apply(spec, settings, mode, &resend.handshake, &mut resolver, &mut draft)?;
    }
    let (mut parts, made, asked) = finish(spec, draft, adds_type, resolver)?;
    if let Some(onward) = &resend.onward {
        onward.finish(&mut parts.headers, &parts.secrets);
    }
    resend.made = made;
    resend.asked = asked.into();
    Ok(parts)
}

/// Adds what comes after authentication, and puts the lines in order.
fn finish(
    spec: &Spec,
    draft: Draft<'_>,
    adds_type: bool,
    resolver: Resolver<'_>,
) -> Result<(Parts, Made, Vec<usize>), BuildError> {
    let Draft {
        method,
        address,
        mut headers,
        body,
        ..
    } = draft;
    if let ContentType::AfterAuth(media_type) = body.content_type {
        add_content_type(&mut headers, media_type, adds_type);
    }
    // An empty `Host` is filled in where it stands.
    for header in headers
        .iter_mut()
        .filter(|header| header.is("host") && header.value.is_empty())
    {
        header.value = address.authority().into_bytes();
    }
    let omitted = spec.behavior.omitted_headers;
    let given: Vec<String> = headers
        .iter()
        .filter(|header| header.source == HeaderSource::Caller)
        .map(|header| header.name.clone())
        .collect();
    headers.retain(|header| {
        let is_overridden = given.iter().any(|name| header.is(name));
        let is_omitted = header.is("host") && omitted.contains(&"host");
        header.source != HeaderSource::Auth || !(is_overridden || is_omitted)
    });
    let mut headers = headers::arrange(headers)?;
    if let ContentType::Form(media_type) = &body.content_type
        && adds_type
    {
        force_content_type(&mut headers, media_type)?;
    }
    if let Some((user, password)) = &address.user_info
        && !headers::has(&headers, "authorization")
    {
        headers.push(Header {
            name: "Authorization".to_owned(),
            value: format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))).into_bytes(),
            source: HeaderSource::Url,
        });
    }
    if let ContentType::Last(media_type) = &body.content_type
        && !headers::has(&headers, "content-type")
        && adds_type
    {
        let value = headers::bytes("Content-Type", media_type)?;
        headers.push(content_type(value));
    }
    if body.content_type.is_of_text() {
        headers.iter_mut().for_each(headers::widen);
    }
    let Noted {
        secrets,
        gaps,
        made,
        asked,
    } = resolver.finish();
    let gaps = open_gaps(gaps, &headers);
    let parts = Parts {
        method: method.to_owned(),
        url: address.to_string(),
        headers,
        form: body.parts.filter(|_| !body.pruned),
        body: if body.pruned { Body::Empty } else { body.body },
        omitted_headers: omitted,
        secrets,
        gaps,
    };
    Ok((parts, made, asked))
}

/// Gaps that the caller did not close by a header of that name.
fn open_gaps(gaps: Vec<Gap>, headers: &[Header]) -> Vec<Gap> {
    let is_open = |gap: &Gap| match gap {
        Gap::Entry { name, .. } => !headers::has(headers, name),
        // The scheme's own may be there, with the name of the variable that has no value.
        Gap::Credential { .. } => !headers
            .iter()
            .any(|header| header.source != HeaderSource::Auth && header.is("authorization")),
    };
    gaps.into_iter().filter(is_open).collect()
}

fn content_type(value: Vec<u8>) -> Header {
    Header {
        name: "Content-Type".to_owned(),
        value,
        source: HeaderSource::Body,
    }
}

fn add_content_type(headers: &mut Vec<Header>, media_type: &str, adds_type: bool) {
    if adds_type && !headers::has(headers, "content-type") {
        headers.push(content_type(media_type.as_bytes().to_vec()));
    }
}

/// Replaces the `Content-Type` of an item that sends a form, unless it says as much.
fn force_content_type(headers: &mut Vec<Header>, media_type: &str) -> Result<(), BuildError> {
    let value = headers::bytes("Content-Type", media_type)?;
    let kind = media_type.split(';').next().unwrap_or_default();
    let Some(place) = headers.iter().position(|header| header.is("content-type")) else {
        headers.push(content_type(value));
        return Ok(());
    };
    let own = headers.iter().filter(|header| header.is("content-type"));
    let fits = |header: &Header| kind == FORM && starts_with_word(&header.text(), kind);
    if own.clone().count() == 1 && own.into_iter().all(fits) {
        return Ok(());
    }
    // One takes the place of all.
    let mut index = 0;
    headers.retain(|header| {
        index += 1;
        index - 1 == place || !header.is("content-type")
    });
    if let Some(own) = headers.get_mut(place) {
        own.value = value;
        own.source = HeaderSource::Body;
    }
    Ok(())
}

const FORM: &str = "application/x-www-form-urlencoded";

fn starts_with_word(text: &str, word: &str) -> bool {
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(is_word))
}

fn check_method(method: &str) -> Result<(), BuildError> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if method.is_empty() || !method.bytes().all(is_token) {
        return Err(BuildError::Method(method.to_owned()));
    }
    Ok(())
}
