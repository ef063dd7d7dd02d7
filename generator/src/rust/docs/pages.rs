//! How much is written above each function, and where its example is compiled.
//!
//! In: the settings and what the whole API has in common. Out: the lines of one function's page.

use std::collections::BTreeSet;

use super::example::PORT;
use super::home::Home;
use super::page;
use super::runnable::is_port;
use super::subject::Page;
use super::{level, module, request};
use crate::config::{Config, DocTests, DocsLevel};
use crate::ir::{Api, Operation, Variable, VariableKind, template};
use crate::rust::doc_lines::DocLines;
use crate::rust::tree::{Call, Module};

/// What all pages of an API have in common.
#[derive(Debug)]
pub(crate) struct Pages<'a> {
    level: DocsLevel,
    root: Option<String>,
    /// The module's own name, which the crate that includes it sees; `None` if it is put where it is included.
    near: Option<String>,
    base_variable: Option<&'a str>,
    unset: Vec<(&'a str, &'a str)>,
    set: Vec<(&'a str, &'a str)>,
}

/// Whether a setting has a value with which a request can be made, where some of them are parts of hosts.
fn is_set(setting: &Variable, in_hosts: &BTreeSet<&str>) -> bool {
    let default = setting.default.as_deref();
    match setting.kind {
        VariableKind::BaseUrl => default.is_some_and(|default| {
            let rest = default
                .strip_prefix("https://")
                .or_else(|| default.strip_prefix("http://"));
            rest.is_some_and(can_be_in_host)
        }),
        VariableKind::Text | VariableKind::Secret if in_hosts.contains(setting.name.as_str()) => {
            // What others fill in is asked of them.
            let literal = default.map(template::literal);
            let is_filled = default.is_some_and(template::has_variables);
            literal.is_some_and(|literal| can_be_in_host(&literal) || is_filled && literal.is_empty())
        }
        VariableKind::Text | VariableKind::Secret => default.is_some(),
    }
}

/// Whether a text is no stand-in, which no address can be made of: `<your host>`.
fn can_be_in_host(text: &str) -> bool {
    let odd = |char: char| char.is_control() || " \"#<>?@[]\\^`{|}".contains(char);
    !text.is_empty() && !text.contains(odd)
}

/// The variables that stand before the path of some address.
fn in_hosts(api: &Api) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    api.root
        .visit_from_top(&mut |operation| found.extend(template::variables(operation.url.origin())));
    found
}

impl<'a> Pages<'a> {
    /// Pages of the API that is the module of this name.
    pub(crate) fn new(api: &'a Api, module: &str, config: &Config) -> Self {
        let in_hosts = in_hosts(api);
        let unset = api.settings().filter(|setting| !is_set(setting, &in_hosts));
        let set = api
            .variables
            .iter()
            .filter(|variable| is_set(variable, &in_hosts));
        let set = set.filter_map(|setting| Some((setting.name.as_str(), setting.default.as_deref()?)));
        let mut bases = Vec::new();
        api.root
            .visit(&mut |operation| bases.push(operation.url.base.as_str()));
        let value = |setting: &Variable| {
            if bases.iter().any(|base| is_port(base, &setting.name)) {
                return PORT;
            }
            match setting.kind {
                VariableKind::BaseUrl => "http://localhost",
                VariableKind::Text | VariableKind::Secret => "x",
            }
        };
        Self {
            level: config.docs,
            root: match &config.doc_tests {
                DocTests::Crate(name) => Some(name.clone()),
                DocTests::Below(path) if config.inline => Some(path.clone()),
                DocTests::Below(path) => Some(format!("{path}::{module}")),
                DocTests::IfCrate | DocTests::Off => None,
            },
            near: (!config.inline).then(|| module.to_owned()),
            base_variable: request::base_variable(api),
            set: set.collect(),
            unset: unset
                .map(|setting| (setting.name.as_str(), value(setting)))
                .collect(),
        }
    }

    /// The first line of a function's page.
    pub(crate) fn title(&self, operation: &Operation) -> String {
        page::title(operation, self.base_variable)
    }

    /// The page of a function that is called on this handle, and whose call is in this module.
    pub(crate) fn of(&self, operation: &Operation, call: &Call, handle: &str, module: &str) -> DocLines {
        match self.level {
            DocsLevel::None => vec![self.title(operation)],
            DocsLevel::Brief => page::head(operation, self.base_variable),
            DocsLevel::Full => {
                let home = self.root.as_deref().map(|root| Home {
                    root,
                    module,
                    unset: &self.unset,
                });
                let near = self.near.as_ref().map(|near| format!("{near}::{module}"));
                page::page(&Page {
                    operation,
                    call,
                    handle,
                    base_variable: self.base_variable,
                    settings: &self.set,
                    home,
                    near: near.as_deref(),
                })
            }
        }
    }

    /// Brings a finished module to the level that is wanted.
    pub(crate) fn finish(&self, mut module: Module) -> Module {
        match self.level {
            DocsLevel::None => level::thin(&mut module),
            DocsLevel::Brief => {}
            DocsLevel::Full => {
                let sections = module::sections(
                    &module,
                    self.root.as_deref(),
                    self.near.as_deref(),
                    self.base_variable,
                );
                module.docs = module::with_sections(module.docs, sections);
            }
        }
        module
    }
}
