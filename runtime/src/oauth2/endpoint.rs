//! One request to an authorization server.
//!
//! In: an address, entries of a form and who asks. Out: tokens, or an error that names the address and the error's code, and nothing of
//! what was sent or answered beside.

use crate::api::Api;
use crate::call::Call;
use crate::client::Client;
use crate::decoded::Decoded;
use crate::error::{AnyError, BoxError, Unexpected};
use crate::execute;
use crate::operation::Operation;
use crate::response::{Answer, Body};
use crate::spec::{BodySpec, Entry, Spec};
use crate::tokens::{Asking, Token};
use crate::wire::encode::{DATA, encode};
use crate::wire::{FormEntry, FormValue, GivenBody, Resolver, Values};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What an authorization server gave.
#[derive(Clone)]
pub struct Tokens {
    pub(super) access: String,
    pub(super) refresh: Option<String>,
    pub(super) expires_in: Option<Duration>,
}

impl Tokens {
    /// The token that calls are sent with.
    pub fn access_token(&self) -> &str {
        &self.access
    }

    /// The token to get others with from now on: a new one, or the one of before; none if there never was one.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh.as_deref()
    }

    /// How long the first is good, if the server says so.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    pub(super) fn token(&self) -> Token {
        let token = Token::new(self.access.clone());
        match self.expires_in {
            Some(time) => token.expires_in(time),
            None => token,
        }
    }
}

/// Shows no token.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// A client, as it tells an authorization server who it is.
pub(super) struct Identity<'a> {
    pub(super) id: &'a str,
    pub(super) secret: &'a str,
    pub(super) in_body: bool,
}

/// An answer that is an error by RFC 6749.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Who answered, and how.
    answer: String,
    /// `invalid_grant` and the like.
    pub(super) code: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.answer, self.code)
    }
}

impl std::error::Error for Refusal {}

struct TokenRequest;

impl Operation for TokenRequest {
    type Output = Body;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("POST", "{{endpoint}}")
        .name("The token request")
        .headers(&[Entry::always("Accept", "application/json")])
        .body(BodySpec::UrlEncoded(&[]));

    fn output(answer: Answer) -> Decoded<Body> {
        answer.body()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// A text of the papers, whose variables are filled in, or one that a user gave, which has none.
#[derive(Clone)]
pub(super) enum Word {
    Papers(&'static str),
    Given(String),
}

impl Word {
    /// The text.
    pub(super) fn fill(&self, client: &Client) -> Result<String, BoxError> {
        let template = match self {
            Self::Papers(template) => template,
            Self::Given(text) => return Ok(text.clone()),
        };
        let (values, settings) = (Values::default(), client.inner().settings());
        let text = Resolver::new(&values, &settings).resolve(template)?;
        match text.unresolved() {
            Some(name) => Err(settings.unset(name, "token request").into()),
            None => Ok(text.into_string()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Papers(text) => text.is_empty(),
            Self::Given(text) => text.is_empty(),
        }
    }
}

/// Shows the papers' text only.
impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Papers(text) => fmt::Debug::fmt(text, f),
            Self::Given(_) => f.write_str("…"),
        }
    }
}

/// An address with its variables filled in.
pub(super) fn address(client: &Client, url: &Word) -> Result<String, BoxError> {
    match url.fill(client)? {
        url if url.is_empty() => Err("nobody says where its tokens are fetched".into()),
        url => Ok(url),
    }
}

/// Sends a form, and reads the members of the answer, if that is a success.
pub(super) async fn ask(
    asking: &Asking,
    url: &str,
    identity: &Identity<'_>,
    mut form: Vec<(String, String)>,
    is_idempotent: bool,
) -> Result<Map<String, Value>, BoxError> {
    let Identity { id, secret, in_body } = *identity;
    let client = asking.client().for_tokens(TOKENS, url.to_owned())?;
    let mut call = Call::<TokenRequest>::new(&client);
    call.limits().idempotent = is_idempotent;
    let draft = Arc::make_mut(&mut call.draft);
    if !secret.is_empty() && !in_body {
        // As RFC 6749 has it (2.3.1), encoded before they are joined.
        let pair = format!("{}:{}", encode(id, DATA), encode(secret, DATA));
        let value = format!("Basic {}", STANDARD.encode(pair));
        draft.values.headers.push(("Authorization".to_owned(), value));
    } else if !id.is_empty() {
        form.push(("client_id".to_owned(), id.to_owned()));
        if !secret.is_empty() {
            form.push(("client_secret".to_owned(), secret.to_owned()));
        }
    }
    let entry = |(key, value): (String, String)| FormEntry {
        key,
        value: FormValue::Text(value),
    };
    draft.values.body = GivenBody::Form(form.into_iter().map(entry).collect());
    let answered = execute::answered(call.draft, Call::<TokenRequest>::SPEC).await;
    let answered = answered.map_err(AnyError::new)?;
    let answer = format!("{} from {}", answered.raw.head.line(), answered.request);
    let members = members(&answered.raw.body);
    if let Some(code) = members.as_ref().and_then(|members| text(members, "error")) {
        // A code is a word; what is longer may be anything.
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        if code.len() <= 60 && code.bytes().all(is_word) {
            return Err(Refusal { answer, code }.into());
        }
    }
    match members {
        Some(members) if answered.is_success() => Ok(members),
        Some(_) | None => Err(format!("{answer}, which is no token").into()),
    }
}

const TOKENS: Api = Api::new("OAuth 2.0").any_variables();

/// The members of an answer: JSON, or a form, as some have it.
fn members(body: &[u8]) -> Option<Map<String, Value>> {
    if let Ok(members) = serde_json::from_slice(body) {
        return Some(members);
    }
    let text = std::str::from_utf8(body).ok()?.trim();
    if !text.contains('=') || text.contains(['<', '{', '\n']) {
        return None;
    }
    Some(
        form_entries(text)
            .map(|(key, value)| (key, Value::from(value)))
            .collect(),
    )
}

/// The entries of a form or a query.
pub(super) fn form_entries(text: &str) -> impl Iterator<Item = (String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let entries = text.split('&').filter(|entry| !entry.is_empty());
    entries.map(move |entry| {
        let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
        (decoded(key), decoded(value))
    })
}

/// A member that is a text, and not empty.
pub(super) fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    let text = members.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// A member that is a number of seconds, or a text of one.
pub(super) fn seconds(members: &Map<String, Value>, name: &str) -> Option<Duration> {
    let value = members.get(name)?;
    let seconds = match value.as_str() {
        Some(text) => text.trim().parse().ok()?,
        None => value.as_f64()?,
    };
    Duration::try_from_secs_f64(seconds).ok()
}

/// The tokens of an answer.
pub(super) fn tokens(url: &str, members: &Map<String, Value>) -> Result<Tokens, BoxError> {
    let Some(access) = text(members, "access_token") else {
        return Err(format!("the answer from {} has no `access_token`", shown(url)).into());
    };
    let kind = text(members, "token_type").unwrap_or_default();
    if ["mac", "dpop"]
        .iter()
        .any(|other| kind.eq_ignore_ascii_case(other))
    {
        return Err(format!(
            "the token from {} is of the type `{kind}`, not of the bearer",
            shown(url)
        )
        .into());
    }
    Ok(Tokens {
        access,
        refresh: text(members, "refresh_token"),
        expires_in: seconds(members, "expires_in"),
    })
}

/// An address without what may be secret of it.
fn shown(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}
