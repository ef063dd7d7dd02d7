//! One call: what the caller sets of it, and the ways to send it.
//!
//! In: values from generated setters, as text. Out: a request, its cURL line, or the answer. Only the last step, the
//! reading of the answer's body, depends on the operation; all before it is compiled once, in `execute`.

use crate::client::Client;
use crate::curl;
use crate::decode::{Form, FormFields};
use crate::error::{AnyError, Error, Failure};
use crate::execute;
use crate::file::FilePart;
use crate::limits::Limits;
use crate::operation::{Operation, Wrap};
use crate::promised;
use crate::raw::RawResponse;
use crate::response::{Answer, Response};
use crate::sending::Sending;
use crate::spec::Spec;
use crate::transport::Payload;
use crate::wire::{GivenBody, Mode, Slot, Values};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::type_name;
use std::fmt;
use std::fmt::Display;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// A call of the operation `O`.
pub struct Call<O> {
    pub(crate) draft: Arc<Draft>,
    operation: PhantomData<fn() -> O>,
}

/// What is known of a call before it is sent.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) values: Values,
    pub(crate) mode: Mode,
    /// The type of the call, as the compiler writes its path.
    pub(crate) operation: &'static str,
    pub(crate) limits: Limits,
    /// Why a body could not be made of the caller's value.
    pub(crate) refused: Option<String>,
    /// The URL of a page, on the same origin, in place of the operation's own.
    pub(crate) goes_on_at: Option<Arc<str>>,
}

impl Draft {
    fn new<O>(client: &Client, mode: Mode) -> Arc<Self> {
        let inner = client.inner();
        let mut values = Values::default();
        values.headers.clone_from(&inner.headers);
        Arc::new(Self {
            client: client.clone(),
            values,
            mode,
            operation: type_name::<O>(),
            limits: inner.limits,
            refused: None,
            goes_on_at: None,
        })
    }

    /// Says in the request which operation it is of.
    pub(crate) fn name(&self, request: &mut http::Request<Payload>) {
        if let Some(called) = self.client.called(self.operation) {
            request.extensions_mut().insert(called);
        }
    }
}

/// What generated setters are made of.
#[doc(hidden)]
impl<O> Call<O> {
    /// With other values.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Values)) -> Self {
        change(&mut Arc::make_mut(&mut self.draft).values);
        self
    }

    pub fn new(client: &Client) -> Self {
        Self {
            draft: Draft::new::<O>(client, Mode::Normal),
            operation: PhantomData,
        }
    }

    pub fn saved(client: &Client) -> Self {
        Self {
            draft: Draft::new::<O>(client, Mode::Saved),
            operation: PhantomData,
        }
    }

    #[inline]
    #[must_use]
    pub fn path(mut self, index: usize, value: impl Display) -> Self {
        set(&mut self.draft, Slot::Path(index), value.to_string());
        self
    }

    #[inline]
    #[must_use]
    pub fn set_query(mut self, index: usize, value: impl Display) -> Self {
        set(&mut self.draft, Slot::Query(index), value.to_string());
        self
    }

    #[inline]
    #[must_use]
    pub fn set_queries(mut self, index: usize, values: impl IntoIterator<Item = impl Display>) -> Self {
        let values = values.into_iter().map(|value| value.to_string());
        set_all(&mut self.draft, Slot::Query(index), values.collect());
        self
    }

    #[inline]
    #[must_use]
    pub fn set_header(mut self, index: usize, value: impl Display) -> Self {
        set(&mut self.draft, Slot::Header(index), value.to_string());
        self
    }

    #[inline]
    #[must_use]
    pub fn set_variable(mut self, name: &'static str, value: impl Display) -> Self {
        set(&mut self.draft, Slot::Variable(name), value.to_string());
        self
    }

    #[inline]
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        give_made(&mut self.draft, serde_json::to_vec(body).map(GivenBody::Json));
        self
    }

    #[inline]
    #[must_use]
    pub fn graphql_variables<T: Serialize + ?Sized>(mut self, variables: &T) -> Self {
        give_made(
            &mut self.draft,
            serde_json::to_string(variables).map(GivenBody::GraphQlVariables),
        );
        self
    }

    #[inline]
    #[must_use]
    pub fn form<T: Form + ?Sized>(mut self, form: &T) -> Self {
        let mut fields = FormFields::default();
        form.write(&mut fields);
        give_made(&mut self.draft, fields.finish().map(GivenBody::Form));
        self
    }

    #[inline]
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        give(&mut self.draft, GivenBody::Text(text.into()));
        self
    }

    #[inline]
    #[must_use]
    pub fn file(mut self, file: impl Into<FilePart>) -> Self {
        give(&mut self.draft, GivenBody::File(file.into()));
        self
    }

    #[inline]
    #[must_use]
    pub fn add_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        add_header(&mut self.draft, name.into(), value.into());
        self
    }

    #[inline]
    #[must_use]
    pub fn add_query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(|values| values.query.push((name.into(), value.into())))
    }

    #[inline]
    #[must_use]
    pub fn set_timeout(mut self, timeout: Duration) -> Self {
        self.limits().whole = Some(timeout);
        self
    }
}

// The setters above are inlined into every program that uses them; what they do is here, once.

fn set(draft: &mut Arc<Draft>, slot: Slot, value: String) {
    Arc::make_mut(draft).values.set(slot, value);
}

fn set_all(draft: &mut Arc<Draft>, slot: Slot, values: Vec<String>) {
    Arc::make_mut(draft).values.set_all(slot, values.into_iter());
}

/// A name that the API does not have is an error of the call.
fn set_variable(draft: &mut Arc<Draft>, name: String, value: String) {
    let unknown = draft.client.inner().check_variable(&name).err();
    let draft = Arc::make_mut(draft);
    match unknown {
        Some(why) => draft.refused = Some(why),
        None => draft.values.set_variable(name, value),
    }
}

fn give(draft: &mut Arc<Draft>, body: GivenBody) {
    Arc::make_mut(draft).values.body = body;
}

/// Gives a body, or refuses the call if it could not be made.
fn give_made(draft: &mut Arc<Draft>, body: serde_json::Result<GivenBody>) {
    match body {
        Ok(body) => give(draft, body),
        Err(error) => refuse(draft, &error),
    }
}

fn refuse(draft: &mut Arc<Draft>, error: &serde_json::Error) {
    Arc::make_mut(draft).refused = Some(format!("the body cannot be written as JSON: {error}"));
}

/// The last of a name counts, whether the client or the call set it.
fn add_header(draft: &mut Arc<Draft>, name: String, value: String) {
    let headers = &mut Arc::make_mut(draft).values.headers;
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
    headers.push((name, value));
}

// The name of the parameter is read where the page of a generated call shows these methods: `-> This`.

/// What can be changed of any call. The call itself stays as it is, like with the ways to send it.
impl<This: Wrap> Call<This> {
    /// Sends a header, in place of the collection's of that name.
    #[inline]
    pub fn header(&self, name: impl Into<String>, value: impl Into<String>) -> This {
        This::wrap(self.clone().add_header(name, value))
    }

    /// Gives a variable another value, for this call only: a setting of the client, or any other `{{name}}` of the
    /// request. A name that the API does not have is an error of the call.
    #[inline]
    pub fn variable(&self, name: impl Into<String>, value: impl Into<String>) -> This {
        let mut call = self.clone();
        set_variable(&mut call.draft, name.into(), value.into());
        This::wrap(call)
    }

    /// Sends a query entry that the collection does not have.
    #[inline]
    pub fn query(&self, name: impl Into<String>, value: impl Into<String>) -> This {
        This::wrap(self.clone().add_query(name, value))
    }

    /// Like `query`, for calls that have a parameter of that name.
    #[inline]
    pub fn extra_query(&self, name: impl Into<String>, value: impl Into<String>) -> This {
        self.query(name, value)
    }
}

impl<This: Operation> Call<This> {
    pub(crate) const SPEC: &'static Spec = &This::SPEC;

    /// Sends the call. The call itself can be awaited too; this leaves it at hand, to be sent again.
    ///
    /// # Errors
    ///
    /// If the request cannot be made, if there is no answer, if the answer is an error (`error.api()` gives it by its
    /// status), or if its body cannot be read.
    #[must_use = "a call is sent when this is awaited"]
    pub fn send(&self) -> Sending<This> {
        Sending::new(execute::answered(Arc::clone(&self.draft), Self::SPEC))
    }

    /// Sends the call, and decodes a success into a type of one's own.
    ///
    /// # Errors
    ///
    /// Like `send`.
    pub fn send_as<T: DeserializeOwned>(
        &self,
    ) -> impl Future<Output = Result<Response<T>, Error<This::Error>>> + Send + use<This, T> {
        let answered = execute::answered(Arc::clone(&self.draft), Self::SPEC);
        async move {
            match answered.await {
                Ok(answered) if answered.is_success() => answered.finish(Answer::json_as),
                Ok(answered) => Err(answered.fail(This::error)),
                Err(failure) => Err(Error::new(failure, None)),
            }
        }
    }

    /// Sends the call, and gives the answer as it comes: any status, nothing decoded, the body not yet read.
    ///
    /// # Errors
    ///
    /// If there is no answer.
    pub fn send_raw(
        &self,
    ) -> impl Future<Output = Result<RawResponse, Error<This::Error>>> + Send + use<This> {
        let exchange = execute::raw(Arc::clone(&self.draft), Self::SPEC);
        async move {
            exchange
                .await
                .map(|raw| RawResponse::new(raw.response, raw.sent.request))
                .map_err(|failure| Error::new(failure, None))
        }
    }

    /// Sends the call and waits for the answer on this thread.
    ///
    /// # Errors
    ///
    /// Like `send`, and if this thread runs asynchronous code.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(&self) -> Result<Response<This::Output>, Error<This::Error>> {
        let driver = &self.draft.client.inner().blocking;
        match driver.run(self.send()) {
            Ok(result) => result,
            Err(why) => Err(Error::new(Failure::build(This::SPEC.name, why), None)),
        }
    }

    #[doc(hidden)]
    #[cfg(not(feature = "blocking"))]
    pub fn send_blocking(&self) -> Result<Response<This::Output>, Error<This::Error>>
    where
        This: crate::missing::Blocking,
    {
        let why = "it takes the feature `blocking` of letterpress-runtime";
        Err(Error::new(Failure::build(This::SPEC.name, why), None))
    }

    /// The request, without sending it. It holds credentials.
    ///
    /// # Errors
    ///
    /// If it cannot be made, for instance because a setting has no value.
    pub fn request(&self) -> Result<http::Request<Payload>, AnyError> {
        execute::request(&self.draft, Self::SPEC).map_err(AnyError::new)
    }

    /// The call as a cURL command, or a comment that says why there is none.
    ///
    /// Credentials are replaced by `$VARIABLES`: those of the client, and what was given for the call, in its body too,
    /// under a name that promises one, such as `password` or `access_token`. All else that was given is shown.
    pub fn curl(&self) -> String {
        match execute::parts(&self.draft, Self::SPEC) {
            Ok(mut parts) => {
                let values = &self.draft.values;
                parts.secrets.extend(promised::of_entries(values, Self::SPEC));
                parts.secrets.extend(promised::of_body(values));
                curl::line(&parts)
            }
            Err(failure) => format!("# {failure}"),
        }
    }
}

impl<O> Clone for Call<O> {
    fn clone(&self) -> Self {
        Self {
            draft: Arc::clone(&self.draft),
            operation: PhantomData,
        }
    }
}

/// Shows no value that was given.
impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spec {
            name, method, url, ..
        } = O::SPEC;
        write!(f, "Call({name:?}, {method} {url})")
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Sending<O> {
        self.send()
    }
}
