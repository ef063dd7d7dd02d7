//! Security: alternatives of sets of schemes, by the names that they are declared under.
//!
//! In: `security` and the schemes that it names. Out: the schemes of the runtime, and a secret variable for each API key, as a
//! client may hold several. What no scheme of ours can prove is left out and reported.

use std::collections::{BTreeMap, BTreeSet};

use super::oauth2;
use crate::diag::Code;
use crate::frontend::schema::document::{At, Document, Version};
use crate::ir::{Docs, OAuth2, Scheme, SchemeUse, Security, Variable, VariableKind, VariableRole};

/// The schemes of a description.
pub(super) struct Schemes<'a> {
    declared: BTreeMap<&'a str, At<'a>>,
    /// Where the root says what is asked for.
    root: Option<At<'a>>,
    /// Secrets that the client holds.
    pub(super) variables: Vec<Variable>,
    /// Where tokens are fetched, of the schemes that are used.
    pub(super) oauth2: Option<OAuth2>,
    /// Schemes whose tokens were looked for.
    looked: BTreeSet<String>,
}

impl<'a> Schemes<'a> {
    pub(super) fn of(document: &Document<'a>) -> Self {
        let top = document.top();
        let declared = match document.version {
            Version::V2 => top.get("securityDefinitions"),
            Version::V30 | Version::V31 => top.get("components").and_then(|at| at.get("securitySchemes")),
        };
        let declared = declared.iter().flat_map(At::members);
        Self {
            declared: declared.map(|(name, at)| (name, document.resolve(at))).collect(),
            root: top.get("security"),
            variables: Vec::new(),
            oauth2: None,
            looked: BTreeSet::new(),
        }
    }

    /// What an operation asks for: its own word, else the root's.
    pub(super) fn security(&mut self, document: &Document<'a>, operation: &At<'a>) -> Security {
        let Some(list) = operation.get("security").or_else(|| self.root.clone()) else {
            return Security::default();
        };
        let mut security = Security::default();
        for set in list.elements() {
            let names = set.members();
            if names.is_empty() {
                security.anonymous = true;
                continue;
            }
            let uses = names.iter().map(|(name, at)| self.scheme(document, name, at));
            let uses: Option<Vec<SchemeUse>> = uses.collect();
            // A set of which one cannot be proved proves nothing.
            security
                .alternatives
                .extend(uses.filter(|uses| !security.alternatives.contains(uses)));
        }
        // Without another way left, calls are sent as they are.
        if security.alternatives.is_empty() {
            return Security::default();
        }
        security
    }

    fn scheme(&mut self, document: &Document<'a>, name: &str, at: &At<'a>) -> Option<SchemeUse> {
        let Some(declared) = self.declared.get(name).cloned() else {
            let message = format!("no security scheme is called `{name}`; sending without");
            document.warn(
                Code::UnknownAuth,
                &at.pointer,
                message,
                "declare it among the security schemes",
            );
            return None;
        };
        let kind = declared.text("type").unwrap_or_default();
        let scheme = declared.text("scheme").unwrap_or_default().to_ascii_lowercase();
        let used = |postman: &str, params: Vec<(String, String)>| {
            let scheme = Scheme::of_postman(postman)?;
            let place = document.place(&declared.pointer, &[]);
            Some(SchemeUse {
                scheme,
                params,
                place,
            })
        };
        if kind == "oauth2" && self.looked.insert(name.to_owned()) {
            self.fetch(document, &declared);
        }
        match (kind, scheme.as_str()) {
            ("http", "basic") | ("basic", _) => used("basic", Vec::new()),
            ("http", "bearer") | ("oauth2" | "openIdConnect", _) => used("bearer", Vec::new()),
            ("http", "digest") => used("digest", Vec::new()),
            ("apiKey", _) => {
                let key = declared.text("name").unwrap_or_default();
                let (place, key, value) = match declared.text("in") {
                    Some("query") => ("query", key, format!("{{{{{name}}}}}")),
                    Some("cookie") => ("header", "Cookie", format!("{key}={{{{{name}}}}}")),
                    Some(_) | None => ("header", key, format!("{{{{{name}}}}}")),
                };
                self.hold(document, name, &declared);
                let params = [("key", key), ("value", &value), ("in", place)];
                used(
                    "apikey",
                    params
                        .map(|(name, value)| (name.to_owned(), value.to_owned()))
                        .into(),
                )
            }
            _ => {
                let message =
                    format!("security of the type `{kind}` `{scheme}` is not known; sending without");
                let help = "set the header by hand: `call.header(name, value)`";
                document.warn(Code::UnknownAuth, &declared.pointer, message, help);
                None
            }
        }
    }

    /// Notes where tokens of a scheme are fetched.
    fn fetch(&mut self, document: &Document<'a>, declared: &At<'a>) {
        let Some(server) = oauth2::server(document, declared) else {
            return;
        };
        let url = server.token_url.clone();
        match &mut self.oauth2 {
            None => self.oauth2 = Some(server),
            Some(first) => {
                if !first.merge(server) {
                    let message = format!(
                        "tokens are fetched from `{url}` here; the client fetches them from `{}`",
                        first.token_url
                    );
                    let help = "for the others, give `bearer_token_from` a source with their `token_url`";
                    document.warn(Code::UnknownAuth, &declared.pointer, message, help);
                }
            }
        }
    }

    /// A secret of the client.
    fn hold(&mut self, document: &Document<'a>, name: &str, declared: &At<'a>) {
        if self.variables.iter().any(|known| known.name == name) {
            return;
        }
        self.variables.push(Variable {
            name: name.to_owned(),
            default: None,
            kind: VariableKind::Secret,
            role: VariableRole::Setting,
            set_by_script: false,
            docs: Docs::new(declared.text("description").unwrap_or_default()),
            place: document.place(&declared.pointer, &[]),
        });
    }
}
