//! The root module's own things: settings, credentials, environments, and the names it re-exports.
//!
//! In: the API as a whole, and all names. Out: [`Client`]. Names of credential methods are taken
//! whether in use or not, so that a setting keeps its name when a credential comes into use.

use std::collections::BTreeMap;

use super::comments as docs;
use super::known;
use super::name::{Case, Ident, Scope};
use super::names::{ModuleNames, Names};
use super::needs;
use super::overlap::{self, Overlap, overlaps};
use super::tree::{Client, Credential, Environment, Reexport, Setting, Shown};
use crate::diag::{Given, Sink};
use crate::ir;

/// Methods that every client builder has.
const BUILDER: &[&str] = &[
    "api_key",
    "asap",
    "aws_v4",
    "base_url_of",
    "basic_auth",
    "bearer_token",
    "body_limit",
    "build",
    "clock",
    "clone",
    "connect_timeout",
    "credential",
    "default",
    "digest",
    "edge_grid",
    "entropy",
    "environment",
    "files",
    "hawk",
    "header",
    "idle_timeout",
    "jwt_private_key",
    "jwt_secret",
    "max_redirects",
    "new",
    "no_idle_timeout",
    "ntlm",
    "oauth1",
    "oauth2",
    "reqwest",
    "strict",
    "timeout",
    "transport",
    "try_timeout",
    "user_agent",
    "variable",
    "variables",
];

/// What only the root module has.
pub fn resolve(api: &ir::Api, names: &Names<'_>) -> Client {
    let mut variants = Scope::new(Case::Camel);
    let overlaps = overlaps(api);
    let is_secret = |setting: &&ir::Setting| setting.kind == ir::SettingKind::Secret;
    let hosts = known::hosts(api);
    Client {
        api_name: api.name.clone(),
        variables: api
            .settings
            .iter()
            .map(|setting| (setting.name.clone(), setting.default.clone()))
            .collect(),
        call_variables: known::call_variables(api),
        secrets: api
            .settings
            .iter()
            .filter(is_secret)
            .map(|setting| setting.name.clone())
            .collect(),
        needs: needs::features(api),
        origins: known::origins(api),
        settings: api
            .settings
            .iter()
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
        replay: has_samples(&api.root),
        start: None,
    }
}

/// The builder's methods for the settings, in their order.
fn setters(api: &ir::Api) -> Vec<Ident> {
    let mut methods = Scope::reserving(Case::Snake, BUILDER, "_variable");
    let settings = api.settings.iter();
    settings
        .map(|setting| methods.claim_text(&setting.name, "setting"))
        .collect()
}

/// Says in findings about what users give by which method they do.
pub fn name_given(api: &ir::Api, sink: &mut Sink) {
    let overlaps = overlaps(api);
    let setters = setters(api);
    sink.name_given(|given| match given {
        Given::Variable(name) => {
            let covered = overlaps.get(name.as_str()).filter(|overlap| overlap.is_covered);
            let index = api.settings.iter().position(|setting| setting.name == *name)?;
            match covered.and_then(|overlap| overlap.methods.first()) {
                Some(method) => Some((*method).to_owned()),
                None => setters.get(index).map(Ident::to_string),
            }
        }
        Given::Parameter(kind, name) => Some(overlap::slot(*kind, name)?.0.to_owned()),
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
    root.visit(&mut |operation| found |= !(operation.results.is_empty() && operation.errors.is_empty()));
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
    let methods: &[(_, _, &[&'static str])] = match credential.kind {
        // No token is fetched, so that of OAuth 2.0 is given like any other.
        ir::AuthKind::Bearer | ir::AuthKind::OAuth2 => &[("bearer_token", "bearer", &["token"])],
        ir::AuthKind::Basic => &[("basic_auth", "basic", &["username", "password"])],
        ir::AuthKind::ApiKey => &[("api_key", "api_key", &["value"])],
        ir::AuthKind::OAuth1 => &[("oauth1", "oauth1", &["consumer_key", "consumer_secret"])],
        ir::AuthKind::Digest => &[("digest", "digest", &["username", "password"])],
        ir::AuthKind::Hawk => &[("hawk", "hawk", &["id", "key"])],
        ir::AuthKind::AwsV4 => &[("aws_v4", "aws_v4", &["access_key", "secret_key"])],
        ir::AuthKind::EdgeGrid => &[(
            "edge_grid",
            "edge_grid",
            &["access_token", "client_token", "client_secret"],
        )],
        ir::AuthKind::Jwt => &[
            ("jwt_secret", "jwt_secret", &["secret"]),
            ("jwt_private_key", "jwt_private_key", &["private_key"]),
        ],
        ir::AuthKind::Asap => &[("asap", "asap", &["private_key"])],
        ir::AuthKind::Ntlm => &[("ntlm", "ntlm", &["username", "password"])],
    };
    let beside = |method: &'static str| {
        let overlaps = overlaps.iter();
        overlaps.filter(move |(_, overlap)| overlap.methods.contains(method))
    };
    let method = |(ident, constructor, args): &(&'static str, &'static str, &[&'static str])| Credential {
        ident: Ident::own(ident),
        constructor: Ident::own(constructor),
        args: args.iter().copied().map(Ident::own).collect(),
        shown: if beside(ident).any(|(_, overlap)| shown(overlap) == Shown::First) {
            // The variable has to be set anyhow, and then says who calls too.
            Shown::Listed
        } else {
            Shown::First
        },
        docs: docs::credential(credential, beside(ident)),
    };
    methods.iter().map(method).collect()
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
