//! Servers: what addresses begin with, and the environments that there are.
//!
//! In: `servers`, or `host`, `basePath` and `schemes` of Swagger 2.0. Out: variables with their defaults, an environment for each
//! server beside the first, and what the addresses of an operation begin with.

use crate::diag::Code;
use crate::frontend::schema::document::{At, Document, Version};
use crate::ir::{Docs, Environment, Variable, VariableKind, VariableRole, template};
use crate::secrets::{self, Known};

/// The variable that addresses begin with.
const BASE: &str = "baseUrl";

/// What is known of the servers.
pub(super) struct Servers {
    /// What addresses begin with: a variable, and a path if the description only has that.
    pub(super) base: String,
    pub(super) variables: Vec<Variable>,
    pub(super) environments: Vec<Environment>,
    /// The credentials that were taken out.
    pub(super) known: Known,
    /// Whether credentials stay where they are.
    keep_credentials: bool,
}

/// A server, with variables as templates have them.
struct Server<'a> {
    url: String,
    variables: Vec<(&'a str, At<'a>)>,
    name: &'a str,
    pointer: String,
}

impl Servers {
    pub(super) fn of(document: &Document<'_>, keep_credentials: bool) -> Self {
        let mut all = Self {
            base: format!("{{{{{BASE}}}}}"),
            variables: Vec::new(),
            environments: Vec::new(),
            known: Known::default(),
            keep_credentials,
        };
        let servers = servers(document);
        let first = servers.first();
        all.variables.push(Variable {
            name: BASE.to_owned(),
            default: None,
            kind: VariableKind::BaseUrl,
            role: VariableRole::Setting,
            set_by_script: false,
            docs: Docs::default(),
            place: document.place(first.map_or("", |server| &server.pointer), &[]),
        });
        let urls: Vec<String> = servers.iter().map(|server| all.admit(document, server)).collect();
        let url = urls.first().map_or("", String::as_str);
        let (origin, path) = split(url);
        if origin.is_empty() {
            let path = path.trim_end_matches('/');
            all.base.push_str(path);
            let pointer = first.map_or("", |server| server.pointer.as_str());
            let mut message =
                "no server with a host is named; the client must be given a base URL".to_owned();
            if let Some(base) = all.variables.first_mut().filter(|_| !path.is_empty()) {
                message = format!("{message}, without `{path}`, which follows in every call");
                base.docs = Docs::new(format!(
                    "The base URL of every call: scheme (`http` if there is none) and host. `{path}` follows in every call, and is no \
                     part of it."
                ));
            }
            document.warn(
                Code::Server,
                pointer,
                message,
                "name one under `servers`: `https://api.example.com`",
            );
            return all;
        }
        if let Some(base) = all.variables.first_mut() {
            base.default = Some(url.trim_end_matches('/').to_owned());
        }
        if servers.len() > 1 {
            let environments = servers.iter().zip(&urls);
            all.environments = environments
                .filter_map(|(server, url)| environment(server, url, document))
                .collect();
        }
        all
    }

    /// What addresses begin with where an operation or its path has a server of its own; `None` if that is none.
    pub(super) fn own(&mut self, document: &Document<'_>, at: &At<'_>) -> Option<String> {
        let at = at.get("servers")?.elements().into_iter().next()?;
        let url = self.admit(document, &server(&at));
        let (origin, _) = split(&url);
        let root = self.variables.first().and_then(|base| base.default.as_deref());
        let url = url.trim_end_matches('/').to_owned();
        (!origin.is_empty() && root != Some(url.as_str())).then_some(url)
    }

    /// Takes in the variables of a server, and gives its URL without credentials: a user with a password is left out, and any
    /// other is a setting.
    fn admit(&mut self, document: &Document<'_>, server: &Server<'_>) -> String {
        for (name, at) in &server.variables {
            let variable = self.variable(document, name, at);
            self.add(variable);
        }
        if self.keep_credentials {
            return server.url.clone();
        }
        let (mut url, password) = without_user(&server.url);
        self.known.add(password, "url_password");
        let found = secrets::find_in_address(&url);
        if url != server.url || !found.is_empty() {
            let message = "the address of a server holds a credential, which is taken out";
            let help = "consider it as known to others; the client is given its credentials when it is built";
            document.warn(Code::Credential, &server.pointer, message, help);
        }
        url = secrets::replace(&url, &found, |found| format!("{{{{{}}}}}", found.label));
        for found in found {
            let value = server.url.get(found.range.clone()).unwrap_or_default();
            self.known.add(value, &found.label);
            self.add(Variable {
                name: found.label,
                default: None,
                kind: VariableKind::Secret,
                role: VariableRole::Setting,
                set_by_script: false,
                docs: Docs::default(),
                place: document.place(&server.pointer, &[]),
            });
        }
        url
    }

    /// A variable of a server; the value of a secret is not kept.
    fn variable(&mut self, document: &Document<'_>, name: &str, at: &At<'_>) -> Variable {
        let choices = at.texts("enum");
        let mut text = at.text("description").unwrap_or_default().to_owned();
        if choices.len() > 1 {
            let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
            let one_of = format!("{text}\n\nOne of {}.", choices.join(", "));
            one_of.trim().clone_into(&mut text);
        }
        let default = at.text("default").map(str::to_owned);
        let value = default.as_deref().unwrap_or_default();
        let is_secret = secrets::is_credential(name, value) || !secrets::find(value).is_empty();
        if is_secret && !self.keep_credentials {
            self.known.add(value, &secrets::label(name));
            let message = format!("the variable `{name}` holds a literal credential, which is taken out");
            document.warn(
                Code::Credential,
                &at.pointer,
                message,
                "no generated code holds it; consider it as known to others",
            );
        }
        Variable {
            name: name.to_owned(),
            default: default.filter(|_| self.keep_credentials || !is_secret),
            kind: if is_secret {
                VariableKind::Secret
            } else {
                VariableKind::Text
            },
            role: VariableRole::Setting,
            set_by_script: false,
            docs: Docs::new(text),
            place: document.place(&at.pointer, &[]),
        }
    }

    fn add(&mut self, variable: Variable) {
        if self.variables.iter().all(|known| known.name != variable.name) {
            self.variables.push(variable);
        }
    }
}

/// A URL without the user and the password that it names, and that password; variables in their place are left.
fn without_user(url: &str) -> (String, &str) {
    let from = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(from..).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    match user.split_once(':') {
        Some((_, password)) if !template::has_variables(user) => {
            let scheme = url.get(..from).unwrap_or_default();
            let host = rest.get(user.len() + 1..).unwrap_or_default();
            (format!("{scheme}{host}"), password)
        }
        Some(_) | None => (url.to_owned(), ""),
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
    listed.iter().map(server).collect()
}

fn server<'a>(at: &At<'a>) -> Server<'a> {
    let (url, variables) = templated(at);
    Server {
        url,
        variables,
        name: at.text("description").unwrap_or_default(),
        pointer: at.pointer.clone(),
    }
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

fn environment(server: &Server<'_>, url: &str, document: &Document<'_>) -> Option<Environment> {
    let (origin, _) = split(url);
    let name = if server.name.trim().is_empty() {
        origin
    } else {
        server.name
    };
    let url = url.trim_end_matches('/').to_owned();
    (!origin.is_empty()).then(|| Environment {
        name: name.to_owned(),
        values: vec![(BASE.to_owned(), url)],
        place: document.place(&server.pointer, &[]),
    })
}
