//! Servers: what addresses begin with, and the environments that there are.
//!
//! In: `servers`, or `host`, `basePath` and `schemes` of Swagger 2.0. Out: variables with their defaults, an environment for each
//! server beside the first, and what the addresses of an operation begin with.

use super::document::{At, Document, Version};
use crate::diag::Code;
use crate::ir::{Docs, Environment, Place, Variable, VariableKind, VariableRole};

/// The variable that addresses begin with.
const BASE: &str = "baseUrl";

/// What is known of the servers.
pub(super) struct Servers {
    /// What addresses begin with: a variable, and a path if the description only has that.
    pub(super) base: String,
    pub(super) variables: Vec<Variable>,
    pub(super) environments: Vec<Environment>,
}

/// A server, with variables as templates have them.
struct Server<'a> {
    url: String,
    variables: Vec<(&'a str, At<'a>)>,
    name: &'a str,
    pointer: String,
}

impl Servers {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let servers = servers(document);
        let first = servers.first();
        let url = first.map_or("", |server| server.url.as_str());
        let (origin, path) = split(url);
        if origin.is_empty() {
            let pointer = first.map_or("", |server| server.pointer.as_str());
            let message = "no server with a host is named; the client must be given a base URL";
            document.warn(
                Code::Server,
                pointer,
                message,
                "name one under `servers`: `https://api.example.com`",
            );
        }
        let mut variables = vec![Variable {
            name: BASE.to_owned(),
            default: Some(url.trim_end_matches('/').to_owned()).filter(|_| !origin.is_empty()),
            kind: VariableKind::BaseUrl,
            role: VariableRole::Setting,
            set_by_script: false,
            docs: Docs::default(),
            place: document.place(first.map_or("", |server| &server.pointer), &[]),
        }];
        for server in &servers {
            for (name, at) in &server.variables {
                if variables.iter().all(|known| known.name != *name) {
                    variables.push(variable(name, at, document.place(&at.pointer, &[])));
                }
            }
        }
        let environments = if servers.len() > 1 && !origin.is_empty() {
            servers
                .iter()
                .filter_map(|server| environment(server, document))
                .collect()
        } else {
            Vec::new()
        };
        Self {
            base: if origin.is_empty() {
                format!("{{{{{BASE}}}}}{}", path.trim_end_matches('/'))
            } else {
                format!("{{{{{BASE}}}}}")
            },
            variables,
            environments,
        }
    }

    /// What addresses begin with where an operation or its path has a server of its own; `None` if that is none.
    pub(super) fn own(&self, at: &At<'_>) -> Option<String> {
        let server = at.get("servers")?.elements().into_iter().next()?;
        let (url, _) = templated(&server);
        let (origin, _) = split(&url);
        let root = self.variables.first().and_then(|base| base.default.as_deref());
        let url = url.trim_end_matches('/').to_owned();
        (!origin.is_empty() && root != Some(url.as_str())).then_some(url)
    }
}

fn servers<'a>(document: &Document<'a>) -> Vec<Server<'a>> {
    let top = document.top();
    if document.version == Version::V2 {
        let schemes = top.texts("schemes");
        let scheme = if schemes.contains(&"http") && !schemes.contains(&"https") {
            "http"
        } else {
            "https"
        };
        let path = top.text("basePath").unwrap_or_default();
        let host = top.text("host").filter(|host| !host.is_empty());
        let url = host.map_or_else(|| path.to_owned(), |host| format!("{scheme}://{host}{path}"));
        return vec![Server {
            url,
            variables: Vec::new(),
            name: "",
            pointer: "/host".to_owned(),
        }];
    }
    let listed = top
        .get("servers")
        .map(|servers| servers.elements())
        .unwrap_or_default();
    let server = |at: &At<'a>| {
        let (url, variables) = templated(at);
        Server {
            url,
            variables,
            name: at.text("description").unwrap_or_default(),
            pointer: at.pointer.clone(),
        }
    };
    listed.iter().map(server).collect()
}

/// A server's URL with its variables as templates have them: `https://{{region}}.example.com`.
fn templated<'a>(at: &At<'a>) -> (String, Vec<(&'a str, At<'a>)>) {
    let mut url = at.text("url").unwrap_or_default().trim().to_owned();
    let variables = at
        .get("variables")
        .map(|variables| variables.members())
        .unwrap_or_default();
    for (name, _) in &variables {
        url = url.replace(&format!("{{{name}}}"), &format!("{{{{{name}}}}}"));
    }
    (url, variables)
}

/// Scheme and host, and the path; no host if the URL is relative.
fn split(url: &str) -> (&str, &str) {
    let Some((scheme, rest)) = url.split_once("://") else {
        let host = if url.starts_with("{{") { url } else { "" };
        return (host, if host.is_empty() { url } else { "" });
    };
    let end = rest.find('/').unwrap_or(rest.len());
    url.split_at(scheme.len() + "://".len() + end)
}

fn variable(name: &str, at: &At<'_>, place: Place) -> Variable {
    let choices = at.texts("enum");
    let mut text = at.text("description").unwrap_or_default().to_owned();
    if choices.len() > 1 {
        let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        let one_of = format!("{text}\n\nOne of {}.", choices.join(", "));
        one_of.trim().clone_into(&mut text);
    }
    Variable {
        name: name.to_owned(),
        default: at.text("default").map(str::to_owned),
        kind: VariableKind::Text,
        role: VariableRole::Setting,
        set_by_script: false,
        docs: Docs::new(text),
        place,
    }
}

fn environment(server: &Server<'_>, document: &Document<'_>) -> Option<Environment> {
    let (origin, _) = split(&server.url);
    let name = if server.name.trim().is_empty() {
        origin
    } else {
        server.name
    };
    let url = server.url.trim_end_matches('/').to_owned();
    (!origin.is_empty()).then(|| Environment {
        name: name.to_owned(),
        values: vec![(BASE.to_owned(), url)],
        place: document.place(&server.pointer, &[]),
    })
}
