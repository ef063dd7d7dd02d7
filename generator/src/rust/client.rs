//! The root module's own things: settings, credentials, environments, and the names it re-exports.
//!
//! In: the API as a whole, and the finished modules. Out: [`Client`]. Names of credential methods are taken
//! whether in use or not, so that a setting keeps its name when a credential comes into use.

use super::comments as docs;
use super::name::{Case, Ident, Scope};
use super::tree;
use super::tree::{Client, Credential, Environment, Module, Reexport, Setting};
use super::types::TypeItem;
use crate::ir;

/// Methods that every client builder has.
const BUILDER: &[&str] = &[
    "api_key",
    "asap",
    "aws_v4",
    "basic_auth",
    "bearer_token",
    "build",
    "clock",
    "clone",
    "credential",
    "default",
    "digest",
    "edge_grid",
    "entropy",
    "environment",
    "hawk",
    "header",
    "jwt_private_key",
    "jwt_secret",
    "new",
    "ntlm",
    "oauth1",
    "oauth2",
    "reqwest",
    "strict",
    "timeout",
    "transport",
    "user_agent",
    "variable",
    "variables",
];

/// What only the root module has, but for the re-exports, which the finished modules tell.
pub fn resolve(api: &ir::Api) -> Client {
    let mut methods = Scope::reserving(Case::Snake, BUILDER, "_variable");
    let mut variants = Scope::new(Case::Camel);
    let is_secret = |setting: &&ir::Setting| setting.kind == ir::SettingKind::Secret;
    Client {
        api_name: api.name.clone(),
        variables: api
            .settings
            .iter()
            .map(|setting| (setting.name.clone(), setting.default.clone()))
            .collect(),
        secrets: api
            .settings
            .iter()
            .filter(is_secret)
            .map(|setting| setting.name.clone())
            .collect(),
        settings: api
            .settings
            .iter()
            .map(|setting| Setting {
                ident: methods.claim_text(&setting.name, "setting"),
                variable: setting.name.clone(),
                docs: docs::setting(setting),
            })
            .collect(),
        credentials: distinct(api.credentials.iter().flat_map(credentials)),
        environments: api
            .environments
            .iter()
            .map(|environment| Environment {
                ident: variants.claim_text(&environment.name, "Environment"),
                values: environment.values.clone(),
                docs: docs::environment(environment),
            })
            .collect(),
        reexports: Vec::new(),
        replay: has_samples(&api.root),
    }
}

/// Whether any answer was saved.
fn has_samples(root: &ir::Folder) -> bool {
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
fn credentials(credential: &ir::Credential) -> Vec<Credential> {
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
    let method = |(ident, constructor, args): &(&'static str, &'static str, &[&'static str])| Credential {
        ident: Ident::own(ident),
        constructor: Ident::own(constructor),
        args: args.iter().copied().map(Ident::own).collect(),
        docs: docs::credential(credential),
    };
    methods.iter().map(method).collect()
}

/// Names of the modules below that can be reached from the root: the first of equal ones, in document order.
pub fn reexports(root: &Module) -> Vec<Reexport> {
    let mut taken = Scope::reserving(
        Case::Camel,
        &["API", "Client", "ClientBuilder", "Environment"],
        "",
    );
    root.modules
        .iter()
        .for_each(|module| drop(taken.claim(module.ident.as_str())));
    own_names(root)
        .into_iter()
        .for_each(|ident| drop(taken.claim(ident.as_str())));
    let mut reexports = Vec::new();
    let mut open: Vec<(Vec<Ident>, &Module)> = Vec::new();
    push_children(&mut open, &[], root);
    while let Some((path, module)) = open.pop() {
        let names: Vec<_> = own_names(module)
            .into_iter()
            .filter(|ident| taken.is_free(ident.as_str()))
            .collect();
        names.iter().for_each(|ident| drop(taken.claim(ident.as_str())));
        push_children(&mut open, &path, module);
        if !names.is_empty() {
            reexports.push(Reexport { module: path, names });
        }
    }
    reexports
}

fn push_children<'a>(open: &mut Vec<(Vec<Ident>, &'a Module)>, path: &[Ident], module: &'a Module) {
    for child in module.modules.iter().rev() {
        let path = path.iter().chain([&child.ident]).cloned().collect();
        open.push((path, child));
    }
}

/// The types that a module defines, handles left out.
fn own_names(module: &Module) -> Vec<Ident> {
    let ident = |item: &TypeItem| item.ident.clone();
    let mut names: Vec<_> = module.calls.iter().flat_map(call_names).collect();
    names.extend(module.types.iter().map(ident));
    names
}

fn call_names(call: &tree::Call) -> Vec<Ident> {
    let mut names = vec![call.ty.clone()];
    if let tree::Output::Several(results) = &call.output {
        names.push(results.ident.clone());
    }
    if let tree::Failure::Known(errors) = &call.failure {
        names.push(errors.ident.clone());
    }
    names.extend(call.types.iter().map(|item| item.ident.clone()));
    names
}
