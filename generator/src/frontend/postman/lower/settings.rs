//! Which variables are settings of the client.
//!
//! In: the collection and its environments. Out: every variable that they define, and every undefined one that
//! stands in a host, in an authentication, or in a header or query entry that holds a credential. All others
//! belong to the operations that use them.

use std::collections::BTreeMap;

use super::super::model::{self, Node};
use super::super::variable;
use super::environments::{self, EnvironmentFile, Scope};
use super::gather::VAULT;
use super::vault::{self, Subject};
use super::{Cx, entries, url};
use crate::diag::Given;
use crate::ir::{Docs, Place, Scheme, Template, Variable, VariableKind, VariableRole, template};
use crate::secrets::{self, Sensitivity};

/// The settings of the client, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    list: Vec<Variable>,
    index: BTreeMap<String, usize>,
}

/// A setting to be.
pub(super) struct Definition<'a> {
    pub name: &'a str,
    pub default: Option<Template>,
    pub kind: VariableKind,
    pub docs: &'a str,
    pub place: Place,
}

impl Settings {
    /// Whether the variable is a setting.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }

    /// What kind of setting the variable is.
    pub(super) fn kind(&self, name: &str) -> Option<VariableKind> {
        self.get(name).map(|setting| setting.kind)
    }

    /// Makes the variable a setting; of several definitions the first gives the place.
    pub(super) fn define(&mut self, definition: Definition<'_>) {
        let Definition {
            name,
            default,
            kind,
            docs,
            place,
        } = definition;
        if self.contains(name) {
            return;
        }
        self.index.insert(name.to_owned(), self.list.len());
        self.list.push(Variable {
            name: name.to_owned(),
            default,
            kind,
            role: VariableRole::default(),
            set_by_script: false,
            docs: Docs::new(docs),
            place,
        });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// All settings.
    pub(super) fn into_list(self) -> Vec<Variable> {
        self.list
    }

    fn get(&self, name: &str) -> Option<&Variable> {
        self.index.get(name).and_then(|index| self.list.get(*index))
    }
}

/// Collects the settings of a collection.
pub(super) fn collect(cx: &mut Cx<'_>, collection: &model::Collection<'_>, files: &[EnvironmentFile<'_>]) {
    let mut uses = Uses::default();
    uses.auth(cx, collection.auth.as_ref());
    uses.nodes(cx, &collection.nodes);
    uses.inside_secrets(cx, &collection.variables);
    define_collection(cx, collection, &uses);
    // The first definition counts, and what is defined everywhere has a value where an environment has none.
    for scope in [Scope::Globals, Scope::Environment] {
        for file in files.iter().filter(|file| file.scope == scope) {
            define_file(cx, file, &uses);
        }
    }
    for (name, (_, place)) in &uses.in_order {
        let kind = uses.kind(name, cx.gathered.is_secret(name));
        cx.settings.define(Definition {
            name,
            default: None,
            kind,
            docs: "",
            place: place.clone(),
        });
    }
    define_nested(cx, files);
}

/// Makes settings of the variables of a file; those of globals have their values for defaults.
fn define_file(cx: &mut Cx<'_>, file: &EnvironmentFile<'_>, uses: &Uses) {
    for (name, entry) in variable::last_of_each(file.entries.iter().filter(|entry| !entry.disabled)) {
        if cx.settings.contains(&name) {
            continue;
        }
        let kind = uses.kind(&name, holds_secret(cx, &name, entry));
        let default = match file.scope {
            Scope::Environment => None,
            Scope::Globals => environments::kept(cx, file, &name, entry, kind == VariableKind::Secret),
        };
        let docs = cx.docs(entry.description).text;
        cx.settings.define(Definition {
            name: &name,
            default,
            kind,
            docs: &docs,
            place: environments::place(file, &entry.pointer),
        });
    }
}

fn define_collection(cx: &mut Cx<'_>, collection: &model::Collection<'_>, uses: &Uses) {
    // Of equal names the last enabled one counts, at the place of the first.
    let mut defined: Vec<(String, &model::Entry<'_>)> = Vec::new();
    let mut index = BTreeMap::new();
    for entry in collection.variables.iter().filter(|entry| !entry.disabled) {
        let Some(name) = variable::name(entry) else {
            continue;
        };
        let at = *index.entry(name.clone()).or_insert(defined.len());
        match defined.get_mut(at) {
            Some(present) => present.1 = entry,
            None => defined.push((name, entry)),
        }
    }
    for (name, entry) in defined {
        let text = variable::text(entry);
        let kind = uses.kind(&name, holds_secret(cx, &name, entry));
        let subject = Subject {
            kind: "the variable",
            name: &name,
            pointer: &entry.pointer,
        };
        let default = default_of(cx, text, kind, subject);
        let docs = cx.docs(entry.description).text;
        let place = cx.place(&entry.pointer);
        cx.settings.define(Definition {
            name: &name,
            default,
            kind,
            docs: &docs,
            place,
        });
    }
}

/// The default that generated code may hold: a secret has none but what is made of other variables.
fn default_of(cx: &mut Cx<'_>, text: String, kind: VariableKind, subject: Subject<'_>) -> Option<Template> {
    if cx.keep_credentials {
        return Some(text);
    }
    match kind {
        VariableKind::BaseUrl | VariableKind::Text => Some(vault::text(cx, text, subject)),
        VariableKind::Secret if template::has_variables(&text) => Some(vault::text(cx, text, subject)),
        VariableKind::Secret => {
            if !secrets::is_placeholder(&text) {
                vault::report(cx, subject, &[], &[Given::Variable(subject.name.to_owned())]);
            }
            None
        }
    }
}

/// Variables that are only named in the values of settings are settings too.
fn define_nested(cx: &mut Cx<'_>, files: &[EnvironmentFile<'_>]) {
    let mut waiting: Vec<(String, Place)> = Vec::new();
    for setting in &cx.settings.list {
        waiting.extend(
            setting
                .default
                .iter()
                .map(|default| (default.clone(), setting.place.clone())),
        );
    }
    for file in files {
        let place = Place::of_file(&file.name);
        waiting.extend(
            file.entries
                .iter()
                .map(|entry| (variable::text(entry), place.clone())),
        );
    }
    for (text, place) in waiting {
        for name in template::variables(&text).filter(|name| !template::is_dynamic(name)) {
            let kind = if cx.gathered.is_secret(name) {
                VariableKind::Secret
            } else {
                VariableKind::Text
            };
            let place = place.clone();
            cx.settings.define(Definition {
                name,
                default: None,
                kind,
                docs: "",
                place,
            });
        }
    }
}

/// Whether a variable is secret: by itself, or as it stands somewhere as a credential.
pub(super) fn holds_secret(cx: &Cx<'_>, name: &str, entry: &model::Entry<'_>) -> bool {
    is_secret(name, &variable::text(entry), entry.ty) || cx.gathered.is_secret(name)
}

/// Whether a variable of this name, value and declared type is secret.
pub(super) fn is_secret(name: &str, value: &str, ty: Option<&str>) -> bool {
    let by_name = match secrets::of_name(name) {
        Sensitivity::None => false,
        Sensitivity::Weak => secrets::looks_random(value),
        Sensitivity::Strong => !value.starts_with("http://") && !value.starts_with("https://"),
    };
    ty == Some("secret") || by_name || secrets::is_basic(value)
}

/// Variables that stand where only a setting can, in order of first use, with what they are used for.
#[derive(Default)]
struct Uses {
    in_order: Vec<(String, (VariableKind, Place))>,
    index: BTreeMap<String, usize>,
}

impl Uses {
    fn kind(&self, name: &str, secret: bool) -> VariableKind {
        let used = self.index.get(name).and_then(|index| self.in_order.get(*index));
        match used.map(|(_, (kind, _))| *kind) {
            Some(kind @ (VariableKind::BaseUrl | VariableKind::Secret)) => kind,
            Some(VariableKind::Text) | None if secret => VariableKind::Secret,
            Some(VariableKind::Text) | None => VariableKind::Text,
        }
    }

    /// The most telling use counts: a base URL over a secret over any other text.
    fn add(&mut self, name: &str, kind: VariableKind, place: &Place) {
        if template::is_dynamic(name) {
            return;
        }
        if let Some(index) = self.index.get(name) {
            if let Some((_, (known, _))) = self.in_order.get_mut(*index) {
                *known = match (*known, kind) {
                    (VariableKind::BaseUrl, _) | (_, VariableKind::BaseUrl) => VariableKind::BaseUrl,
                    (VariableKind::Secret, _) | (_, VariableKind::Secret) => VariableKind::Secret,
                    (VariableKind::Text, VariableKind::Text) => VariableKind::Text,
                };
            }
            return;
        }
        self.index.insert(name.to_owned(), self.in_order.len());
        self.in_order.push((name.to_owned(), (kind, place.clone())));
    }

    fn nodes(&mut self, cx: &mut Cx<'_>, nodes: &[Node<'_>]) {
        for node in nodes {
            match node {
                Node::Folder(folder) => {
                    cx.enter(&folder.name);
                    self.auth(cx, folder.auth.as_ref());
                    self.nodes(cx, &folder.nodes);
                }
                Node::Item(item) => {
                    cx.enter(&item.name);
                    if let Some(request) = &item.request {
                        self.request(cx, request);
                    }
                }
            }
            cx.leave();
        }
    }

    fn request(&mut self, cx: &Cx<'_>, request: &model::Request<'_>) {
        let (host, pointer) = url::host(&request.url);
        self.host(&host, &cx.place(pointer));
        self.auth(cx, request.auth.as_ref());
        let query: &[model::Entry<'_>] = match &request.url {
            model::Url::Parts(parts) => &parts.query,
            model::Url::Text { .. } | model::Url::Missing => &[],
        };
        for entry in request
            .headers
            .iter()
            .chain(query)
            .filter(|entry| !entry.disabled)
        {
            self.entry(cx, entry);
        }
    }

    /// What a secret is made of is secret.
    fn inside_secrets(&mut self, cx: &Cx<'_>, variables: &[model::Entry<'_>]) {
        const DEEPEST: usize = 8;
        for _ in 0..DEEPEST {
            for entry in variables.iter().filter(|entry| !entry.disabled) {
                let Some(name) = variable::name(entry) else {
                    continue;
                };
                let text = variable::text(entry);
                if self.kind(&name, is_secret(&name, &text, entry.ty)) == VariableKind::Secret {
                    for inner in template::variables(&text) {
                        self.add(inner, VariableKind::Secret, &cx.place(&entry.pointer));
                    }
                }
            }
        }
    }

    /// A variable at the very start of an address brings the scheme with it, unless one is written after it.
    fn host(&mut self, host: &str, place: &Place) {
        for token in template::tokens(host) {
            let Some(name) = host
                .get(token.start + 2..token.end - 2)
                .filter(|name| !name.is_empty())
            else {
                continue;
            };
            let starts =
                token.start == 0 && !host.get(token.end..).is_some_and(|rest| rest.starts_with("://"));
            let kind = if starts {
                VariableKind::BaseUrl
            } else {
                VariableKind::Text
            };
            self.add(name, kind, place);
        }
    }

    fn auth(&mut self, cx: &Cx<'_>, auth: Option<&model::Auth<'_>>) {
        let Some(auth) = auth else { return };
        let Some(scheme) = Scheme::of_postman(auth.scheme) else {
            return;
        };
        for param in &auth.params {
            let name = variable::name(param).unwrap_or_default();
            let kind = if scheme.is_secret(&name) {
                VariableKind::Secret
            } else {
                VariableKind::Text
            };
            let place = cx.place(&param.pointer);
            for name in template::variables(&variable::text(param)) {
                self.add(name, kind, &place);
            }
        }
    }

    /// A header or query entry that carries a credential: what is in it is the same for all calls of a client.
    fn entry(&mut self, cx: &Cx<'_>, entry: &model::Entry<'_>) {
        let key = entries::text_of(entry.key.as_deref());
        let value = entries::text_of(entry.value.as_deref());
        for name in template::variables(&value).filter(|name| name.starts_with(VAULT)) {
            self.add(name, VariableKind::Secret, &cx.place(&entry.pointer));
        }
        if secrets::of_name(&key) != Sensitivity::Strong {
            return;
        }
        let mut names = template::variables(&value).peekable();
        while let Some(name) = names.next() {
            let last = names.peek().is_none();
            let kind = if last {
                VariableKind::Secret
            } else {
                VariableKind::Text
            };
            self.add(name, kind, &cx.place(&entry.pointer));
        }
    }
}
