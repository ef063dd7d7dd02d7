//! What every generated client is made of: an API's constants, a transport, settings and credentials.
//!
//! In: what the user of a client sets, once. Out: what every call looks up. Cloning is cheap; nothing is global, and
//! `Debug` shows no value that was given.

use crate::api::Api;
use crate::auth::Credential;
use crate::default_transport;
use crate::error::{AnyError, Failure, Kind};
use crate::gate::Gate;
use crate::hooks::Hooks;
use crate::limits::Limits;
use crate::retry::Budget;
use crate::tokens::{Slot, Source};
use crate::transport::{Called, Transport};
use crate::wire::{Base, Clock, Entropy, FileSystem, Files, Settings, SystemClock, SystemEntropy};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client, without the functions of its API.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) api: Api,
    /// The path of the module that the client is in.
    module: &'static str,
    pub(crate) transport: Arc<dyn Transport>,
    variables: Vec<(String, String)>,
    environment: Vec<(&'static str, &'static str)>,
    bases: Vec<Base>,
    credentials: Vec<Credential>,
    /// Variables whose values are tokens of sources.
    sources: Vec<(String, Arc<Source>)>,
    /// The places of tokens of sources.
    pub(crate) tokens: Vec<Slot>,
    /// Set on every call that does not set the same header.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) user_agent: String,
    pub(crate) limits: Limits,
    /// What its calls may spend on being sent again.
    pub(crate) budget: Budget,
    pub(crate) strict: bool,
    pub(crate) hooks: Hooks,
    pub(crate) gate: Gate,
    pub(crate) clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    files: Arc<dyn Files>,
    #[cfg(feature = "blocking")]
    pub(crate) blocking: crate::blocking::Driver,
}

impl Client {
    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// The extension of requests that says which operation they are of; none where the client is not generated.
    pub(crate) fn called(&self, operation: &'static str) -> Option<Called> {
        Called::new(Arc::downgrade(&self.0), self.0.module, operation)
    }

    /// A builder of another client, set as this one is and on the same connections.
    pub fn to_builder(&self) -> ClientBuilder {
        let Inner {
            api,
            module,
            transport,
            variables,
            environment,
            bases,
            credentials,
            sources,
            headers,
            user_agent,
            limits,
            strict,
            hooks,
            gate,
            clock,
            entropy,
            files,
            ..
        } = &*self.0;
        ClientBuilder {
            api: *api,
            module,
            transport: Some(Arc::clone(transport)),
            variables: variables.clone(),
            environment: environment.clone(),
            bases: bases.iter().map(Base::texts).collect(),
            credentials: credentials.clone(),
            sources: sources.clone(),
            headers: headers.clone(),
            user_agent: Some(user_agent.clone()),
            limits: *limits,
            connect: None,
            strict: *strict,
            hooks: hooks.clone(),
            gate: gate.clone(),
            clock: Arc::clone(clock),
            entropy: Arc::clone(entropy),
            files: Arc::clone(files),
        }
    }

    /// The name of the API.
    pub fn name(&self) -> &'static str {
        self.0.api.name
    }
}

impl Inner {
    /// Refuses the name of a variable that the API does not have.
    pub(crate) fn check_variable(&self, name: &str) -> Result<(), String> {
        self.api.known.check_variable(name, self.api.variables)
    }

    /// Refuses a client of which no call could be sent.
    fn check_required(&self) -> Result<(), String> {
        let settings = self.settings();
        let mut required = self.api.required.iter();
        let is_unset = |name: &&&str| settings.value(name).is_none_or(str::is_empty);
        match required.find(is_unset) {
            Some(name) => {
                let setter = settings.setter(name).unwrap_or("variable");
                Err(format!(
                    "`{name}` has no value, but every call needs it: build the client with `{setter}(…)`"
                ))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn settings(&self) -> Settings<'_> {
        Settings {
            given: &self.variables,
            environment: &self.environment,
            defaults: self.api.variables,
            setters: self.api.setters,
            secrets: self.api.secrets,
            bases: &self.bases,
            credentials: &self.credentials,
            tokens: &self.tokens,
            clock: &*self.clock,
            entropy: &*self.entropy,
            files: &*self.files,
        }
    }

    /// What a variable stands for here, as it is written, dynamic ones too; nothing if it is secret.
    #[cfg(feature = "replay")]
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        if self.api.secrets.contains(&name) || self.settings().token_of_variable(name).is_some() {
            return None;
        }
        let made = || crate::wire::dynamic_value(name, &*self.clock, &*self.entropy);
        self.settings().value(name).map(str::to_owned).or_else(made)
    }
}

/// Names what is set, and no values.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.variables.iter().map(|(name, _)| name).collect();
        f.debug_struct("Client")
            .field("api", &self.0.api.name)
            .field("variables", &names)
            .field("credentials", &self.0.credentials)
            .finish_non_exhaustive()
    }
}

/// Makes a client.
pub struct ClientBuilder {
    pub(crate) api: Api,
    module: &'static str,
    transport: Option<Arc<dyn Transport>>,
    pub(crate) variables: Vec<(String, String)>,
    environment: Vec<(&'static str, &'static str)>,
    bases: Vec<(String, String)>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) sources: Vec<(String, Arc<Source>)>,
    pub(crate) headers: Vec<(String, String)>,
    user_agent: Option<String>,
    pub(crate) limits: Limits,
    pub(crate) connect: Option<Duration>,
    strict: bool,
    pub(crate) hooks: Hooks,
    pub(crate) gate: Gate,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    files: Arc<dyn Files>,
}

impl ClientBuilder {
    /// Starts a client of this API.
    pub fn new(api: Api) -> Self {
        Self {
            api,
            module: "",
            transport: None,
            variables: Vec::new(),
            environment: Vec::new(),
            bases: Vec::new(),
            credentials: Vec::new(),
            sources: Vec::new(),
            headers: Vec::new(),
            user_agent: None,
            limits: Limits::default(),
            connect: None,
            strict: false,
            hooks: Hooks::default(),
            gate: Gate::default(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            files: Arc::new(FileSystem),
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn module(mut self, path: &'static str) -> Self {
        self.module = path;
        self
    }

    /// Sends through this transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends through a `reqwest` client of one's own. It connects, keeps connections and follows redirects as it was
    /// built: by default `reqwest` sends API keys in headers wherever it is redirected, which a client without this
    /// does not. All other limits of this builder hold.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest(self, client: reqwest::Client) -> Self {
        self.transport(crate::transport::Reqwest::from(client))
    }

    /// Sends a header with every call, in place of the collection's of that name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Names the program, where the collection does not.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Makes an error of every answer that does not fit its type.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets a variable of the collection; one that it does not have is an error of [`build`](Self::build).
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.variables.retain(|(other, _)| *other != name);
        self.sources.retain(|(other, _)| *other != name);
        self.variables.push((name, value.into()));
        self
    }

    /// Sets the variables of an environment that came with the collection.
    #[must_use]
    pub fn variables(mut self, environment: &[(&'static str, &'static str)]) -> Self {
        self.environment = environment.to_vec();
        self
    }

    /// Sends calls whose address begins with one base URL to another, for instance to a test server: for addresses of
    /// the collection that no variable stands for. Without a scheme the first one is that of both; the second must have
    /// one. One that no call's address begins with is an error of [`build`](Self::build).
    #[must_use]
    pub fn base_url_of(mut self, of: impl Into<String>, to: impl Into<String>) -> Self {
        let of = of.into();
        self.bases.retain(|(other, _)| *other != of);
        self.bases.push((of, to.into()));
        self
    }

    /// Proves who calls, wherever the collection says so in this way.
    #[must_use]
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credentials.retain(|other| other.kind() != credential.kind());
        self.credentials.push(credential);
        self
    }

    /// Tells the time for signatures, dynamic variables and timeouts; for tests.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Makes nonces and dynamic variables; for tests.
    #[must_use]
    pub fn entropy(mut self, entropy: impl Entropy + 'static) -> Self {
        self.entropy = Arc::new(entropy);
        self
    }

    /// Finds the files that the collection names, for calls as they were saved; for tests.
    #[must_use]
    pub fn files(mut self, files: impl Files + 'static) -> Self {
        self.files = Arc::new(files);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// If the default transport cannot be made, for instance because the system's certificates cannot be read; if what was given
    /// as a base URL has another scheme than `http` or `https`, no host, or a port that is none; if the collection has no
    /// variable or address of a name that was given; if every call needs a setting that has no value; or if there is a
    /// `connect_timeout` for a transport that has its own.
    pub fn build(self) -> Result<Client, AnyError> {
        let name = self.api.name;
        let refused = |why| AnyError::new(Failure::new(Kind::Build, &any_call_of(name), why));
        let client = self.finish()?;
        let inner = client.inner();
        inner.api.known.check(&inner.settings()).map_err(refused)?;
        let mut sources = inner.sources.iter();
        let unknown = sources.find_map(|(name, _)| inner.check_variable(name).err());
        unknown.map_or(Ok(()), |why| Err(refused(why)))?;
        inner.check_required().map_err(refused)?;
        Ok(client)
    }

    /// What a client is made of, whether or not it is enough for its calls.
    pub(crate) fn finish(self) -> Result<Client, AnyError> {
        let name = self.api.name;
        let refused = |why| AnyError::new(Failure::new(Kind::Build, &any_call_of(name), why));
        let bases = self.bases.iter().map(|(of, to)| Base::new(of, to));
        let bases: Vec<_> = bases.collect::<Result<_, _>>().map_err(refused)?;
        let transport = match self.transport {
            Some(_) if self.connect.is_some() => {
                let why =
                    "`connect_timeout` is for the default transport, and this client has one of its own";
                return Err(refused(why.to_owned()));
            }
            Some(transport) => transport,
            None => default_transport::make(name, self.connect)?,
        };
        let tokens = Slot::all(&self.sources, &self.credentials);
        Ok(Client(Arc::new(Inner {
            api: self.api,
            module: self.module,
            transport,
            variables: self.variables,
            environment: self.environment,
            bases,
            credentials: self.credentials,
            sources: self.sources,
            tokens,
            headers: self.headers,
            user_agent: self.user_agent.unwrap_or_else(|| USER_AGENT.to_owned()),
            limits: self.limits,
            budget: Budget::default(),
            strict: self.strict,
            hooks: self.hooks,
            gate: self.gate,
            clock: self.clock,
            entropy: self.entropy,
            files: self.files,
            #[cfg(feature = "blocking")]
            blocking: crate::blocking::Driver::default(),
        })))
    }
}

/// What a client that is refused would have been for; a title may end like a sentence.
fn any_call_of(api: &str) -> String {
    format!("any call of {}", api.trim_end_matches(['.', ' ']))
}

const USER_AGENT: &str = concat!("letterpress/", env!("CARGO_PKG_VERSION"));

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .finish_non_exhaustive()
    }
}
