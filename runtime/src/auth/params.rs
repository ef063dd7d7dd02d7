//! The parameters of a scheme, for one request.
//!
//! In: the collection's parameters, the client's credential and variables. Out: a value per name. What the user of
//! the client set for a variable wins over the credential, the credential over the collection's own values.

use crate::{
    spec::{AuthKind, AuthSpec},
    wire::{BuildError, Mode, Resolver, Settings},
};

/// Parameters by Postman's names; one that has no value is not there.
#[derive(Debug, Default)]
pub(crate) struct Params {
    values: Vec<(String, String)>,
    /// Parameters that name a variable without a value; in a saved call they have that as their value.
    unset: Vec<String>,
}

/// Parameters that say how, not who: they may be shown.
const PUBLIC: &[&str] = &[
    "addAuthDataToQuery",
    "addEmptyParamsToSign",
    "addParamsToHeader",
    "addTokenTo",
    "alg",
    "algorithm",
    "aud",
    "authUrl",
    "baseURL",
    "disableHeaderEncoding",
    "disableRetryRequest",
    "domain",
    "exp",
    "grant_type",
    "header",
    "headerPrefix",
    "headersToSign",
    "in",
    "includeBodyHash",
    "includePayloadHash",
    "isSecretBase64Encoded",
    "iss",
    "key",
    "kid",
    "maxBodySize",
    "nonceCount",
    "payload",
    "qop",
    "queryParamKey",
    "realm",
    "region",
    "scope",
    "service",
    "signatureMethod",
    "sub",
    "timestamp",
    "tokenType",
    "username",
    "version",
    "workstation",
];

impl Params {
    /// The parameters of a request.
    pub(crate) fn resolve(
        auth: &AuthSpec,
        settings: &Settings<'_>,
        mode: Mode,
        resolver: &mut Resolver<'_>,
    ) -> Result<Self, BuildError> {
        let mut params = Self::default();
        let token = settings.token_of_scheme(auth.kind);
        for (name, template) in auth.params {
            let text = resolver.resolve(template)?;
            let credential = settings
                .credentials
                .iter()
                .find_map(|credential| credential.get(auth.kind, name));
            let token = token.filter(|(_, param, _)| param == name && !text.has_given());
            if let Some((index, _, _)) = token {
                resolver.add_token(index);
            }
            let credential = credential.or(token.map(|(_, _, slot)| slot.text()));
            let is_resolved = text.unresolved().is_none();
            if credential.is_none() && !is_resolved {
                params.unset.push((*name).to_owned());
            }
            let value = match credential {
                Some(credential) if !text.has_given() => credential.to_owned(),
                Some(_) | None if is_resolved || mode == Mode::Saved => text.into_string(),
                Some(_) | None => continue,
            };
            params.set(name, value, resolver);
        }
        if let Some((index, name, slot)) = token
            && params.get(name).is_none()
        {
            resolver.add_token(index);
            params.set(name, slot.text().to_owned(), resolver);
        }
        for credential in settings.credentials {
            for (name, value) in credential.params(auth.kind) {
                if params.get(name).is_none() {
                    params.set(name, value.to_owned(), resolver);
                }
            }
        }
        Ok(params)
    }

    /// Whether nobody said who calls.
    pub(crate) fn lacks(&self, kind: AuthKind) -> bool {
        let names = kind.scheme().credential;
        let is_unset = |name: &&str| self.unset.iter().any(|unset| unset == name);
        names.iter().any(is_unset) || names.iter().all(|name| self.text(name).is_empty())
    }

    fn set(&mut self, name: &str, value: String, resolver: &mut Resolver<'_>) {
        if !PUBLIC.contains(&name) {
            let shown = if name == "value" { "apiKey" } else { name };
            resolver.add_secret(shown, &value);
        }
        self.values.retain(|(other, _)| other != name);
        self.values.push((name.to_owned(), value));
    }

    /// The parameter, if it is there; it may be empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The parameter; empty if it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The parameter, or what stands for it if it is missing or empty.
    pub(crate) fn text_or<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        match self.text(name) {
            "" => default,
            text => text,
        }
    }

    /// Whether a switch is on: any text is true in JavaScript, even "false".
    pub(crate) fn is_on(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
}
