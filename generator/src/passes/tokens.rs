//! Which operations give a token that others are sent with.
//!
//! In: what scripts store of answers, where variables stand, and what settings say. Out: operations that give tokens. A variable is a
//! token where another operation is sent with it as a credential: in a scheme that takes a token or a key, in a header or query entry
//! that carries one. One that is stored in a way that is not understood is reported, and settings can say where it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::config::file::report;
use crate::diag::{Code, Sink};
use crate::ir::{Api, Gives, Operation, OperationId, PartPlace, Step, Store, TokenOf, template};
use crate::secrets::{self, Sensitivity};

/// The pass.
pub fn find_tokens(api: &mut Api, config: &Config, sink: &mut Sink) {
    let sent = Sent::of(api);
    let settings: BTreeSet<String> = api.settings().map(|setting| setting.name.clone()).collect();
    let overrides = &config.overrides.items;
    api.root.visit_mut(&mut |operation| {
        let said = overrides.iter().find(|item| item.selector.matches(&operation.place));
        let said = said.and_then(|item| item.token.as_ref());
        if let Some(said) = said {
            let Some(gives) = &said.gives else { return };
            if let TokenOf::Variable(name) = &gives.token
                && !settings.contains(name)
            {
                let message = format!("the client has no setting `{name}`");
                let help = "name the variable that other items are sent with, or leave `for` out for the bearer token";
                return report(sink, &said.written, message, help);
            }
            operation.gives.push(gives.clone());
            return;
        }
        let stores = std::mem::take(&mut operation.stores);
        for store in stores.iter().filter(|store| settings.contains(&store.variable)) {
            if sent.by_another(&store.variable, operation.id) {
                operation.gives.extend(gives(store, operation, sink));
            }
        }
        operation.stores = stores;
    });
    let mut tokens: BTreeSet<TokenOf> = BTreeSet::new();
    api.root
        .visit(&mut |operation| tokens.extend(operation.gives.iter().map(|gives| gives.token.clone())));
    api.tokens = tokens.into_iter().collect();
}

/// The token that an operation gives by what a script stores of its answer.
fn gives(store: &Store, operation: &Operation, sink: &mut Sink) -> Option<Gives> {
    let name = &store.variable;
    let Some(part) = &store.part else {
        let why = if store.is_ambiguous {
            "several parts of the answer are stored in it"
        } else {
            "what it stores is not understood"
        };
        let message = format!(
            "a script stores the variable `{name}`, which other items are sent with as a credential; {why}"
        );
        let help = format!(
            "say where it is: `token = {{ for = \"{name}\", value = \"access_token\" }}` for this item in letterpress.toml, or `token = false`"
        );
        sink.warn(Code::TokenNotRead, &operation.place, message, &help);
        return None;
    };
    Some(Gives {
        token: TokenOf::Variable(name.clone()),
        lifetime: lifetime(&part.place),
        part: part.clone(),
    })
}

/// What stands beside a token for its lifetime, by OAuth.
fn lifetime(place: &PartPlace) -> Option<Vec<Step>> {
    let PartPlace::Member(steps) = place else {
        return None;
    };
    let (last, parent) = steps.split_last()?;
    let Step::Key(name) = last else { return None };
    if !name.to_ascii_lowercase().contains("token") {
        return None;
    }
    let expires = Step::Key("expires_in".to_owned());
    Some(parent.iter().cloned().chain([expires]).collect())
}

/// Which operations are sent with a variable as a credential.
struct Sent(BTreeMap<String, BTreeSet<OperationId>>);

impl Sent {
    fn of(api: &Api) -> Self {
        let mut sent = Self(BTreeMap::new());
        api.root.visit(&mut |operation| {
            for name in credentials(operation) {
                sent.0.entry(name.to_owned()).or_default().insert(operation.id);
            }
        });
        sent
    }

    fn by_another(&self, name: &str, operation: OperationId) -> bool {
        let operations = self.0.get(name);
        operations.is_some_and(|operations| operations.iter().any(|other| *other != operation))
    }
}

/// The parameters of schemes that are a token or a key by themselves; user names, passwords and nonces are none.
const TOKENS: &[(&str, &str)] = &[
    ("Bearer", "token"),
    ("OAuth2", "accessToken"),
    ("ApiKey", "value"),
];

/// Variables that an operation is sent with as credentials.
fn credentials(operation: &Operation) -> Vec<&str> {
    let mut names = Vec::new();
    for used in operation.security.uses() {
        let params = used.params.iter();
        let tokens = params.filter(|(param, _)| TOKENS.contains(&(used.scheme.name, param)));
        names.extend(tokens.flat_map(|(_, text)| template::given(text)));
    }
    for entry in operation.url.query.iter().chain(&operation.headers) {
        let key = entry.key.as_deref().unwrap_or_default();
        let carries = secrets::of_name(key) == Sensitivity::Strong || key.eq_ignore_ascii_case("cookie");
        if !entry.disabled && carries {
            names.extend(entry.value.iter().flat_map(|value| template::given(value)));
        }
    }
    names
}
