//! Methods of the builder through which a client fetches its tokens by itself, and which calls give them.
//!
//! In: the API as a whole. Out: [`TokenMethod`]s, and for each call the tokens that its answer holds. Names of methods that do not
//! depend on an API are taken whether in use or not, like those of credentials.

use super::fetch::{Fetches, GivenToken, OAuth2, Part, PartPlace, TokenMethod};
use super::links;
use super::name::Ident;
use super::names::Names;
use crate::ir::{self, AnswerPart, Step, TokenOf};

/// Names that no setting's method can have.
pub const NAMES: &[&str] = &[
    "bearer_token_by",
    "bearer_token_from",
    "oauth2_client_credentials",
    "oauth2_password",
    "oauth2_refresh_token",
];

/// All methods, in the order in which users meet them.
pub fn resolve(api: &ir::Api, names: &Names<'_>) -> Vec<TokenMethod> {
    let mut resolved: Vec<TokenMethod> = Vec::new();
    if takes_tokens(api) {
        resolved.push(TokenMethod {
            ident: Ident::own("bearer_token_from"),
            fetches: Fetches::Source,
            docs: lines(
                "A source of the bearer token in place of the token itself: a closure that fetches one, or another\n\
                 `rt::TokenSource`. It is asked when a call first needs a token, before the token expires, and once after a `401`;\n\
                 however many calls wait, one asks.",
            ),
        });
    }
    if let Some(server) = &api.oauth2 {
        resolved.extend(server.grants.iter().map(|grant| granted(*grant, server)));
    }
    for (index, (token, ident)) in names.tokens.iter().enumerate() {
        let (variable, what) = match token {
            TokenOf::Bearer => (None, "The bearer token".to_owned()),
            TokenOf::Variable(name) => (Some(name.clone()), super::docs::code(name)),
        };
        let givers = givers(api, names, token);
        resolved.push(TokenMethod {
            ident: ident.clone(),
            fetches: Fetches::Call { index, variable },
            docs: lines(&format!(
                "{what} as the answer to a call holds it: {}.\n\n\
                 The call is made when another first needs the token, before the token expires, and once after a `401`; however\n\
                 many calls wait, it is made once. The client that the closure is given has everything but this token.",
                givers.join("; ")
            )),
        });
    }
    resolved
}

/// The method of a grant.
fn granted(grant: ir::Grant, server: &ir::OAuth2) -> TokenMethod {
    const ID: [&str; 2] = ["id", "secret"];
    let (name, function, more_args, docs): (_, _, &[&'static str], _) = match grant {
        ir::Grant::ClientCredentials => (
            "oauth2_client_credentials",
            "client_credentials",
            &[],
            "The bearer token by OAuth 2.0, for a program itself: fetched with a client's id and secret",
        ),
        ir::Grant::Password => (
            "oauth2_password",
            "password",
            &["username", "password"],
            "The bearer token by OAuth 2.0, for a user: fetched with name and password, and a client's id and secret",
        ),
        ir::Grant::Refresh => (
            "oauth2_refresh_token",
            "refresh_token",
            &["token"],
            "The bearer token by OAuth 2.0, by a token to refresh with that came with an earlier one",
        ),
    };
    let more = match grant {
        ir::Grant::ClientCredentials => "",
        ir::Grant::Password => " A client without a secret gives an empty one.",
        ir::Grant::Refresh => {
            " A client without a secret gives an empty one. Where the server replaces the token each time, store the new one: \
             `bearer_token_from(OAUTH2.refresh_token(…).on_new_tokens(…))`."
        }
    };
    let url = super::docs::code(&server.token_url);
    TokenMethod {
        ident: Ident::own(name),
        fetches: Fetches::Grant {
            function: Ident::own(function),
            args: ID.iter().chain(more_args).map(|arg| Ident::own(arg)).collect(),
        },
        docs: vec![format!(
            "{docs}, from {url}, whenever it is needed; see [`OAUTH2`].{more}"
        )],
    }
}

/// The constant of the authorization server.
pub fn server(server: &ir::OAuth2) -> OAuth2 {
    let texts = [
        ("refresh_url", server.refresh_url.as_deref()),
        ("auth_url", server.auth_url.as_deref()),
        ("device_url", server.device_url.as_deref()),
        ("scope", Some(server.scope.as_str())),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?.to_owned())));
    let mut docs = vec![format!(
        "The authorization server: tokens are fetched from {}. Its methods are sources of tokens for",
        super::docs::code(&server.token_url)
    )];
    docs.push("[`bearer_token_from`](ClientBuilder::bearer_token_from), which can be told more than the builder's own.".to_owned());
    if !server.scopes.is_empty() {
        docs.extend([
            String::new(),
            "Scopes to ask for, with `scope(…)`:".to_owned(),
            String::new(),
        ]);
        docs.extend(server.scopes.iter().flat_map(|(name, about)| {
            let about = super::docs::brief(about, 200);
            let about = if about.is_empty() {
                about
            } else {
                format!(": {about}")
            };
            super::docs::list_item(&format!("{}{about}", super::docs::code(name)))
        }));
    }
    OAuth2 {
        token_url: server.token_url.clone(),
        texts: texts.filter(|(_, text)| !text.is_empty()).collect(),
        in_body: server.in_body,
        docs,
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// Links to the functions that give a token, with the part of the answer that it is.
fn givers(api: &ir::Api, names: &Names<'_>, token: &TokenOf) -> Vec<String> {
    const MOST: usize = 6;
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    let (mut count, mut others) = (0, 0);
    api.root.visit(&mut |operation| {
        for gives in operation.gives.iter().filter(|gives| gives.token == *token) {
            let Some(link) = links::function(names, names.root.index, operation.id) else {
                continue;
            };
            if count == MOST {
                others += 1;
                continue;
            }
            count += 1;
            let part = shown(&gives.part);
            match parts.iter_mut().find(|(other, _)| *other == part) {
                Some((_, links)) => links.push(link),
                None => parts.push((part, vec![link])),
            }
        }
    });
    let parts = parts.into_iter();
    let mut givers: Vec<String> = parts
        .map(|(part, links)| format!("{part} of {}", links.join(", ")))
        .collect();
    match others {
        0 => {}
        1 => givers.push("and of one other".to_owned()),
        others => givers.push(format!("and of {others} others")),
    }
    givers
}

/// A part of an answer in words.
pub fn shown(part: &AnswerPart) -> String {
    match &part.place {
        ir::PartPlace::Member(steps) if steps.is_empty() => "the answer".to_owned(),
        ir::PartPlace::Member(steps) => super::docs::code(&AnswerPart::path(steps)),
        ir::PartPlace::Text => "the text".to_owned(),
        ir::PartPlace::Header(name) => format!("the header {}", super::docs::code(name)),
    }
}

/// The tokens that the answer to a call holds.
pub fn given(names: &Names<'_>, operation: &ir::Operation) -> Vec<GivenToken> {
    let mut given: Vec<GivenToken> = Vec::new();
    for gives in &operation.gives {
        let mut tokens = names.tokens.iter().enumerate();
        let Some((index, (_, method))) = tokens.find(|(_, (token, _))| **token == gives.token) else {
            continue;
        };
        if given.iter().all(|other| other.index != index) {
            given.push(GivenToken {
                index,
                method: method.clone(),
                part: part(gives),
            });
        }
    }
    given
}

fn part(gives: &ir::Gives) -> Part {
    let path = |steps: &[Step]| {
        let steps = steps.iter();
        let text = |step: &Step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        };
        steps.map(text).collect()
    };
    Part {
        before: gives.part.before.clone(),
        place: match &gives.part.place {
            ir::PartPlace::Member(steps) => PartPlace::Member(path(steps)),
            ir::PartPlace::Text => PartPlace::Text,
            ir::PartPlace::Header(name) => PartPlace::Header(name.clone()),
        },
        lifetime: gives.lifetime.as_deref().map(path),
    }
}

/// Whether any call is proved by a token of the bearer.
fn takes_tokens(api: &ir::Api) -> bool {
    let mut methods = api
        .credentials
        .iter()
        .flat_map(|credential| credential.scheme.methods);
    methods.any(|method| method.name == "bearer_token")
}
