//! The root module's own things: settings, credentials, environments, and the names it re-exports.
//!
//! In: the API as a whole, and all names. Out: [`Client`]. Names of credential methods are taken
//! whether in use or not, so that a setting keeps its name when a credential comes into use.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::comments as docs;
use super::known;
use super::name::{Case, Ident, Scope};
use super::names::{ModuleNames, Names};
use super::needs;
use super::overlap::{Overlap, overlaps};
use super::tokens;
use super::tree::{Client, Credential, Environment, Reexport, Setting, Shown};
use crate::diag::{Given, Sink};
use crate::ir;
use crate::ir::schemes::Method;

/// Methods that every client builder has, beside those for credentials.
const BUILDER: &[&str] = &[
    "base_url_of",
    "body_limit",
    "build",
    "clock",
    "clone",
    "connect_timeout",
    "credential",
    "default",
    "entropy",
    "environment",
    "files",
    "header",
    "idle_timeout",
    "max_concurrent",
    "max_redirects",
    "new",
    "no_idle_timeout",
    "oauth2",
    "on_request",
    "on_try",
    "rate_limit",
    "reqwest",
    "retry",
    "on_drift",
    "strict",
    "timeout",
    "transport",
    "try_timeout",
    "user_agent",
    "variable",
    "variable_from",
    "variables",
];

/// Names that no setting's method can have.
static TAKEN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let credentials = ir::SCHEMES.iter().flat_map(|scheme| scheme.methods);
    let credentials = credentials.map(|method| method.name);
    let tokens = tokens::NAMES.iter().copied();
    BUILDER.iter().copied().chain(credentials).chain(tokens).collect()
});

/// What only the root module has.
pub fn resolve(api: &ir::Api, names: &Names<'_>) -> Client {
    let mut variants = Scope::new(Case::Camel);
    let overlaps = overlaps(api);
    let is_secret = |setting: &&ir::Variable| setting.kind == ir::VariableKind::Secret;
    let hosts = known::hosts(api);
    Client {
        api_name: api.name.clone(),
        variables: variables(api),
        call_variables: known::call_variables(api),
        secrets: api
            .variables
            .iter()
            .filter(is_secret)
            .map(|setting| setting.name.clone())
            .collect(),
        required: known::required(api),
        retry_statuses: api.retry_statuses.clone(),
        needs: needs::features(api),
        origins: known::origins(api),
        settings: api
            .settings()
            .zip(setters(api))
            .map(|(setting, ident)| {
                let overlap = overlaps.get(setting.name.as_str());
                Setting {
                    ident,
                    variable: setting.name.clone(),
                    shown: overlap.map_or(Shown::First, shown),
                    docs: docs::setting(setting, &hosts, overlap),
                }
            })
            .collect(),
        credentials: distinct(
            api.credentials
                .iter()
                .flat_map(|credential| credentials(credential, &overlaps)),
        ),
        oauth2: api.oauth2.as_ref().map(tokens::server),
        tokens: tokens::resolve(api, names),
        environments: api
            .environments
            .iter()
            .map(|environment| Environment {
                ident: variants.claim_text(&environment.name, "Environment"),
                values: environment.values.clone(),
                docs: docs::environment(environment),
            })
            .collect(),
        hosts,
        reexports: reexports(names),
        source: names.source(),
        replay: has_samples(&api.root),
        start: None,
    }
}

/// All variables and their defaults: settings first, as their setters are told by their order.
fn variables(api: &ir::Api) -> Vec<(String, Option<String>)> {
    let examples = api
        .variables
        .iter()
        .filter(|variable| variable.role == ir::VariableRole::Example);
    let all = api.settings().chain(examples);
    all.map(|variable| (variable.name.clone(), variable.default.clone()))
        .collect()
}

/// The builder's methods for the settings, in their order.
fn setters(api: &ir::Api) -> Vec<Ident> {
    let mut methods = scope();
    let settings = api.settings();
    settings
        .map(|setting| methods.claim_text(&setting.name, "setting"))
        .collect()
}

/// The methods that take calls which give tokens.
pub fn token_methods(api: &ir::Api) -> Vec<(&ir::TokenOf, Ident)> {
    let mut methods = scope();
    let mut settings = api.settings();
    settings
        .by_ref()
        .for_each(|setting| _ = methods.claim_text(&setting.name, "setting"));
    let method = |token: &ir::TokenOf| match token {
        ir::TokenOf::Bearer => Ident::own("bearer_token_by"),
        ir::TokenOf::Variable(name) => methods.claim_text(&format!("{name} from"), "token from"),
    };
    let idents: Vec<Ident> = api.tokens.iter().map(method).collect();
    api.tokens.iter().zip(idents).collect()
}

/// Names of methods, but for those that no setting can have.
fn scope() -> Scope {
    Scope::reserving(Case::Snake, &TAKEN, "_variable")
}

/// Says in findings about what users give by which method they do.
pub fn name_given(api: &ir::Api, sink: &mut Sink) {
    let overlaps = overlaps(api);
    let setters = setters(api);
    sink.name_given(|given| match given {
        Given::Variable(name) => {
            let covered = overlaps.get(name.as_str()).filter(|overlap| overlap.is_covered);
            let index = api.settings().position(|setting| setting.name == *name)?;
            match covered.and_then(|overlap| overlap.methods.first()) {
                Some(method) => Some((*method).to_owned()),
                None => setters.get(index).map(Ident::to_string),
            }
        }
        Given::Parameter(scheme, name) => Some(scheme.slot(name)?.0.to_owned()),
    });
}

/// Where users meet a variable that shares its place with credentials.
fn shown(overlap: &Overlap) -> Shown {
    match (overlap.is_covered, overlap.is_elsewhere) {
        (true, _) => Shown::Hidden,
        (false, true) => Shown::First,
        (false, false) => Shown::Listed,
    }
}

/// Whether any answer was saved.
pub fn has_samples(root: &ir::Folder) -> bool {
    let mut found = false;
    root.visit(&mut |operation| {
        let mut outcomes = operation.results.iter().chain(&operation.errors);
        found |= outcomes.any(|outcome| !outcome.samples.is_empty());
    });
    found
}

/// The first of each name.
fn distinct(credentials: impl Iterator<Item = Credential>) -> Vec<Credential> {
    let mut distinct: Vec<Credential> = Vec::new();
    for credential in credentials {
        if distinct.iter().all(|other| other.ident != credential.ident) {
            distinct.push(credential);
        }
    }
    distinct
}

/// The builder methods of a scheme; arguments are those of the runtime's constructor.
fn credentials(credential: &ir::Credential, overlaps: &BTreeMap<&str, Overlap>) -> Vec<Credential> {
    let beside = |method: &'static str| {
        let overlaps = overlaps.iter();
        overlaps.filter(move |(_, overlap)| overlap.methods.contains(method))
    };
    let method = |method: &Method| Credential {
        ident: Ident::own(method.name),
        constructor: Ident::own(method.constructor),
        args: method.args.iter().map(|(arg, _)| Ident::own(arg)).collect(),
        shown: if beside(method.name).any(|(_, overlap)| shown(overlap) == Shown::First) {
            // The variable has to be set anyhow, and then says who calls too.
            Shown::Listed
        } else {
            Shown::First
        },
        docs: docs::credential(credential, beside(method.name)),
    };
    credential.scheme.methods.iter().map(method).collect()
}

/// Names of the modules below that can be reached from the root.
fn reexports(names: &Names<'_>) -> Vec<Reexport> {
    let reexport = |module: &ModuleNames<'_>| Reexport {
        module: names.module_path(module.index).to_vec(),
        names: names.reexports(module.index).to_vec(),
    };
    let modules = names.modules().into_iter().map(reexport);
    modules.filter(|reexport| !reexport.names.is_empty()).collect()
}
