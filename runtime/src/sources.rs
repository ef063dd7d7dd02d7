//! What a client holds of sources of tokens.
//!
//! In: what its user gives in place of texts. Out: a builder that knows of it, and clients that ask sources.

use crate::api::Api;
use crate::client::{Client, ClientBuilder};
use crate::error::AnyError;
use crate::limits::{Limits, Most};
use crate::tokens::{Source, TokenSource};
use std::sync::Arc;
use std::time::Duration;

impl ClientBuilder {
    /// Sets a variable of the collection to the token of a source, which is fetched when a call needs it, kept as long as it is good,
    /// and never shown.
    #[must_use]
    pub fn variable_from(mut self, name: impl Into<String>, source: impl TokenSource) -> Self {
        let name = name.into();
        self.variables.retain(|(other, _)| *other != name);
        self.sources.retain(|(other, _)| *other != name);
        self.sources.push((name, Source::new(source)));
        self
    }
}

impl Client {
    /// A client for requests to an authorization server: on the same connections, by the same clock, with the same base URLs in place of
    /// others, and nothing else of this one.
    pub(crate) fn for_tokens(&self, api: Api, url: String) -> Result<Self, AnyError> {
        const LONGEST: Duration = Duration::from_secs(30);
        let mut builder = self.to_builder();
        builder.api = api;
        builder.variables = vec![("endpoint".to_owned(), url)];
        builder.headers = Vec::new();
        builder.credentials = Vec::new();
        builder.sources = Vec::new();
        // Nobody is sent on from there: what is asked with is for one address.
        builder.limits = Limits {
            whole: Some(LONGEST),
            redirects: Most::Client(0),
            ..Limits::default()
        };
        builder.variables(&[]).finish()
    }

    /// This client without one of its sources. What every call needs of it may just be that token, so that is not asked.
    pub(crate) fn without(&self, source: &Arc<Source>) -> Result<Self, AnyError> {
        let mut builder = self.to_builder();
        builder.sources.retain(|(_, other)| !Arc::ptr_eq(other, source));
        builder.credentials.retain(|credential| {
            let own = credential.source();
            own.is_none_or(|own| !Arc::ptr_eq(own, source))
        });
        builder.finish()
    }
}
