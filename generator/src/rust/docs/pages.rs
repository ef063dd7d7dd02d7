//! How much is written above each function, and where its example is compiled.
//!
//! In: the settings and what the whole API has in common. Out: the lines of one function's page.

use super::example::Home;
use super::page::{self, Page};
use crate::config::{Config, DocsLevel};
use crate::ir::{Api, Operation, SettingKind};
use crate::rust::tree::{Call, DocLines};

/// What all pages of an API have in common.
#[derive(Debug)]
pub(crate) struct Pages<'a> {
    level: DocsLevel,
    root: Option<String>,
    unset: Vec<(&'a str, &'a str)>,
}

impl<'a> Pages<'a> {
    /// Pages of the API that is the module of this name.
    pub(crate) fn new(api: &'a Api, module: &str, config: &Config) -> Self {
        let unset = api.settings.iter().filter(|setting| setting.default.is_none());
        let value = |kind| match kind {
            SettingKind::BaseUrl => "http://localhost",
            SettingKind::Text | SettingKind::Secret => "x",
        };
        Self {
            level: config.docs,
            root: config.doc_tests.as_ref().map(|path| root(path, module)),
            unset: unset
                .map(|setting| (setting.name.as_str(), value(setting.kind)))
                .collect(),
        }
    }

    /// The page of a function that is called on this handle, and whose call is in this module.
    pub(crate) fn of(&self, operation: &Operation, call: &Call, handle: &str, module: &str) -> DocLines {
        match self.level {
            DocsLevel::None => page::head(operation).into_iter().take(1).collect(),
            DocsLevel::Brief => page::head(operation),
            DocsLevel::Full => {
                let home = self.root.as_deref().map(|root| Home {
                    root,
                    module,
                    unset: &self.unset,
                });
                page::page(&Page {
                    operation,
                    call,
                    handle,
                    home,
                })
            }
        }
    }
}

/// The path of the root module. A path that ends with `::` is that of the module itself, as in a crate of its own.
fn root(path: &str, module: &str) -> String {
    match path.strip_suffix("::") {
        Some(path) => path.to_owned(),
        None => format!("{path}::{module}"),
    }
}
