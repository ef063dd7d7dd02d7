//! Where a value comes from that a call takes: which other call's answer it is a part of.
//!
//! In: what operations store of their answers, by the variable, and the parameters that stand for variables. Out: sentences with
//! links, for the pages of functions. Nothing is passed on by itself.

use std::collections::BTreeMap;

use super::links;
use super::names::Names;
use super::tokens::shown;
use crate::ir::{self, AnswerPart, OperationId, ParamPlace};

/// Which operations store what, by the variable; tokens have methods of their own.
pub fn stores(api: &ir::Api) -> BTreeMap<&str, Vec<(OperationId, &AnswerPart)>> {
    let mut stores: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    api.root.visit(&mut |operation| {
        for store in &operation.stores {
            if let Some(part) = &store.part {
                let known = stores.entry(store.variable.as_str()).or_default();
                known.push((operation.id, part));
            }
        }
    });
    stores
}

/// Where the values of an operation's parameters come from, by the parameter's number.
pub fn comes(names: &Names<'_>, module: usize, operation: &ir::Operation) -> Vec<(usize, String)> {
    const MOST: usize = 3;
    let mut comes = Vec::new();
    for (number, param) in operation.params.iter().enumerate() {
        let stores = variable(param).and_then(|name| names.stores.get(name));
        let others = stores
            .into_iter()
            .flatten()
            .filter(|(other, _)| *other != operation.id);
        let givers: Vec<String> = others
            .filter_map(|(other, part)| {
                let link = links::function(names, module, *other)?;
                Some(format!("{} of what {link} answers", shown(part)))
            })
            .collect();
        let more = if givers.len() > MOST { ", and others" } else { "" };
        let shown: Vec<&str> = givers.iter().take(MOST).map(String::as_str).collect();
        if !shown.is_empty() {
            comes.push((number, format!("It is {}{more}.", shown.join(", or "))));
        }
    }
    comes
}

/// The variable that a parameter stands for.
fn variable(param: &ir::Param) -> Option<&str> {
    match &param.place {
        ParamPlace::Variable(name) => Some(name),
        ParamPlace::Path(_) | ParamPlace::Query(_) | ParamPlace::Header(_) => {
            let inner = param
                .saved
                .as_deref()?
                .trim()
                .strip_prefix("{{")?
                .strip_suffix("}}")?;
            (!inner.contains(['{', '}'])).then_some(inner)
        }
    }
}
