//! Names that a collection has, so that a client can refuse others: its variables, and the hosts of its calls.
//!
//! In: the API. Out: the variables that only single calls have, and what addresses begin with. `{{a{{b}}}}` is a variable whose
//! name is made of a value: then nobody knows which names there are.

use std::collections::BTreeSet;

use crate::ir::{self, template};

/// Names of variables that only single calls have, in order of first use; `None` if any name may be one.
pub fn call_variables(api: &ir::Api) -> Option<Vec<String>> {
    let mut seen: BTreeSet<&str> = api
        .variables
        .iter()
        .map(|variable| variable.name.as_str())
        .collect();
    let mut names = Vec::new();
    let mut is_open = api.values_of_variables().any(is_nested);
    api.root.visit_from_top(&mut |operation| {
        let auth = operation.security.uses().flat_map(|auth| &auth.params);
        for text in operation
            .templates()
            .into_iter()
            .chain(auth.map(|(_, text)| text.as_str()))
        {
            is_open |= is_nested(text);
            let variables = template::variables(text).filter(|name| !template::is_dynamic(name));
            names.extend(variables.filter(|name| seen.insert(name)).map(str::to_owned));
        }
    });
    (!is_open).then_some(names)
}

/// Whether a value becomes part of a variable's name.
fn is_nested(text: &str) -> bool {
    let mut filled = String::with_capacity(text.len());
    let mut from = 0;
    for token in template::tokens(text) {
        filled.push_str(text.get(from..token.start).unwrap_or_default());
        filled.push('x');
        from = token.end;
    }
    from > 0 && {
        filled.push_str(text.get(from..).unwrap_or_default());
        template::has_variables(&filled)
    }
}

/// Settings without a value that the address of every operation needs, in their order. A header can come from elsewhere.
pub fn required(api: &ir::Api) -> Vec<String> {
    let is_unset = |setting: &&ir::Variable| {
        setting
            .default
            .as_deref()
            .is_none_or(|value| value.trim().is_empty())
    };
    let mut required: Vec<&ir::Variable> = api.settings().filter(is_unset).collect();
    api.root.visit(&mut |operation| {
        let has = |name: &str| operation.url.place_of(name) != ir::AddressPart::None;
        required.retain(|setting| has(&setting.name));
    });
    required.iter().map(|setting| setting.name.clone()).collect()
}

/// What addresses begin with that clients know, as far as the host, in order of first use.
pub fn hosts(api: &ir::Api) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut hosts = Vec::new();
    api.root.visit_from_top(&mut |operation| {
        let host = host(operation.url.base.trim_start());
        if !host.is_empty() && !is_given(operation) && seen.insert(host.clone()) {
            hosts.push(host);
        }
    });
    hosts
}

/// Whether the caller says where an operation's calls go.
fn is_given(operation: &ir::Operation) -> bool {
    operation.params.iter().any(|param| match &param.place {
        ir::ParamPlace::Variable(name) => operation.url.place_of(name) == ir::AddressPart::Origin,
        ir::ParamPlace::Path(_) | ir::ParamPlace::Query(_) | ir::ParamPlace::Header(_) => false,
    })
}

/// The addresses that are written out, as far as the host, in order of first use.
pub fn origins(api: &ir::Api) -> Vec<String> {
    let hosts = hosts(api).into_iter();
    hosts
        .filter(|host| !host.contains(['{', '}', '`', ' ', '"']))
        .collect()
}

/// Scheme, host and port of an address; nothing that stands in a variable's braces ends it.
fn host(address: &str) -> String {
    let mut masked = address.to_owned();
    for token in template::tokens(address) {
        masked.replace_range(token.clone(), &"_".repeat(token.len()));
    }
    let start = masked.find("://").map_or(0, |scheme| scheme + 3);
    let rest = masked.get(start..).unwrap_or_default();
    let rest = rest
        .get(..rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()))
        .unwrap_or_default();
    let host = rest.rfind('@').map_or(0, |at| at + 1);
    match address.get(start + host..start + rest.len()) {
        Some(host) if !host.is_empty() => format!("{}{host}", address.get(..start).unwrap_or_default()),
        Some(_) | None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diag::Sink;
    use crate::frontend::{self, Source};

    fn api(urls: &[&str]) -> ir::Api {
        let item =
            |url: &&str| format!(r#"{{"name": "x", "request": {{"method": "POST", "url": "{url}"}}}}"#);
        let items: Vec<String> = urls.iter().map(item).collect();
        let text = format!(
            r#"{{"info": {{"name": "x"}}, "item": [{}], "variable": [{{"key": "base", "value": "https://a.io/{{{{v}}}}"}}]}}"#,
            items.join(",")
        );
        frontend::read(
            &Source::new("x.json", text),
            &Config::default(),
            &mut Sink::default(),
        )
        .unwrap()
    }

    #[test]
    fn names_are_known_unless_they_are_made_of_values() {
        let names = |urls: &[&str]| call_variables(&api(urls));
        let known = ["{{base}}/{{id}}?a={{b}}&c={{$guid}}", "{{base}}/{{b}}/{{{{d}}}}"];
        assert_eq!(names(&known[..1]), Some(vec!["id".to_owned(), "b".to_owned()]));
        assert_eq!(names(&known), None);
        assert_eq!(names(&["{{base}}/{{a{{b}}}}"]), None);
        assert_eq!(names(&["{{base}}"]), Some(Vec::new()));
    }

    #[test]
    fn hosts_end_where_paths_begin() {
        let api = api(&[
            "{{base}}/x",
            "https://b.io?x",
            "{{a/b}}.io/c",
            "{{base}}/y",
            "https://u:{{p}}@{{h}}:8080",
            "c.io",
        ]);
        assert_eq!(
            hosts(&api),
            [
                "{{base}}",
                "https://b.io",
                "{{a/b}}.io",
                "https://{{h}}:8080",
                "c.io"
            ]
        );
        assert_eq!(origins(&api), ["https://b.io", "c.io"]);
    }
}
