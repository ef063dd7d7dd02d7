//! Calls whose answer holds a token: a login, an exchange of keys.
//!
//! In: a closure that makes the typed call, and where in its answer the token is, which generated code knows. Out: a source of tokens.
//! The token is read from the body as it came, so that an answer of another type than the one that is documented does no harm.

use crate::call::Call;
use crate::client::Client;
use crate::error::{AnyError, BoxError};
use crate::execute;
use crate::operation::Operation;
use crate::response::RawParts;
use crate::tokens::{Asking, Token, TokenFuture, TokenSource};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

/// A call whose answer holds a token; generated code says so of the calls that do. The number tells the tokens of an API apart.
#[diagnostic::on_unimplemented(
    message = "the answer of `{Self}` holds no such token",
    label = "this call gives another token, or none",
    note = "the documentation of the builder's method lists the calls that do; `letterpress.toml` can name others"
)]
pub trait Gives<const TOKEN: usize>: Operation + Deref<Target = Call<Self>> {
    /// Where in the answer it is.
    const PART: Part;
}

/// A part of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    place: Place,
    before: &'static str,
    lifetime: Option<&'static [&'static str]>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Member(&'static [&'static str]),
    Text,
    Header(&'static str),
}

impl Part {
    /// A member of a JSON body, by the keys and indices that lead there.
    pub const fn member(path: &'static [&'static str]) -> Self {
        Self::new(Place::Member(path))
    }

    /// The whole body as text.
    pub const fn text() -> Self {
        Self::new(Place::Text)
    }

    /// A header.
    pub const fn header(name: &'static str) -> Self {
        Self::new(Place::Header(name))
    }

    const fn new(place: Place) -> Self {
        Self {
            place,
            before: "",
            lifetime: None,
        }
    }

    /// With this text before it.
    #[must_use]
    pub const fn before(mut self, text: &'static str) -> Self {
        self.before = text;
        self
    }

    /// With the member that says for how many seconds it is good.
    #[must_use]
    pub const fn lifetime(mut self, path: &'static [&'static str]) -> Self {
        self.lifetime = Some(path);
        self
    }

    fn read(&self, answer: &RawParts) -> Option<Token> {
        let json = || serde_json::from_slice::<Value>(&answer.body).ok();
        let text = match self.place {
            Place::Member(path) => text(at(&json()?, path)?)?,
            Place::Text => std::str::from_utf8(&answer.body).ok()?.trim().to_owned(),
            Place::Header(name) => answer.head.headers.get(name)?.to_str().ok()?.to_owned(),
        };
        if text.is_empty() {
            return None;
        }
        let token = Token::new([self.before, &text].concat());
        let lifetime = self.lifetime.and_then(|path| seconds(at(&json()?, path)?));
        Some(match lifetime {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        })
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Member(path) => write!(f, "`{}`", path.join(".")),
            Place::Text => f.write_str("text"),
            Place::Header(name) => write!(f, "header `{name}`"),
        }
    }
}

fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, step| match value {
        Value::Object(members) => members.get(*step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn seconds(value: &Value) -> Option<Duration> {
    let seconds = text(value)?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// The source that a builder's method makes of a closure that makes such a call.
pub fn token_of<const TOKEN: usize, C: Gives<TOKEN>>(
    call: impl Fn(Client) -> C + Send + Sync + 'static,
) -> impl TokenSource {
    TokenOf::<TOKEN, _, C>(call, PhantomData)
}

struct TokenOf<const TOKEN: usize, F, C>(F, PhantomData<fn() -> C>);

impl<const TOKEN: usize, F, C> TokenSource for TokenOf<TOKEN, F, C>
where
    F: Fn(Client) -> C + Send + Sync + 'static,
    C: Gives<TOKEN>,
{
    fn token<'a>(&'a self, asking: &'a Asking) -> TokenFuture<'a> {
        let call = (self.0)(asking.client().clone());
        let answer = execute::answered(Arc::clone(&call.draft), Call::<C>::SPEC);
        Box::pin(async move {
            let answered = answer.await.map_err(AnyError::new)?;
            if !answered.is_success() {
                return Err(AnyError::new(answered.refused()).into());
            }
            let token = C::PART.read(&answered.raw);
            token.ok_or_else(|| {
                let why = format!("there is no {} in the answer from {}", C::PART, answered.request);
                BoxError::from(why)
            })
        })
    }
}
