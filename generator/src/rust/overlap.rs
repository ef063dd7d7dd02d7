//! Variables that fill what a credential fills too: `{{token}}` of a bearer scheme, beside `bearer_token`.
//!
//! In: the API. Out: for each such variable, whether the credential's method says all that there is to say, so that
//! users see one way; for each method, the variables that it shares its place with. Names that were once given stay:
//! what is not shown can still be called.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Operation, template};

/// A method of the builder, and which of its arguments.
type Slot = (&'static str, usize);

/// How a variable and the methods of credentials share a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The methods over which the variable wins where it is set.
    pub methods: BTreeSet<&'static str>,
    /// Whether one method fills all that the variable fills.
    pub is_covered: bool,
    /// Whether it has to be set for more than that: it stands outside of authentication too, or in a longer text.
    pub is_elsewhere: bool,
    /// Which argument of the method it stands for, to name variables in that order.
    pub argument: usize,
    /// What the collection says of the variable.
    pub docs: String,
}

/// The variables that share a place with a credential, by name.
pub fn overlaps(api: &Api) -> BTreeMap<&str, Overlap> {
    let mut slots: BTreeMap<Slot, BTreeSet<&str>> = BTreeMap::new();
    let mut elsewhere: BTreeSet<&str> = BTreeSet::new();
    for text in api.values_of_variables() {
        elsewhere.extend(template::variables(text));
    }
    api.root.visit(&mut |operation| {
        for text in operation.templates() {
            elsewhere.extend(template::variables(text));
        }
        authentication(operation, &mut slots, &mut elsewhere);
    });
    let mut overlaps: BTreeMap<&str, Overlap> = BTreeMap::new();
    for ((method, argument), variables) in &slots {
        let is_one = slots
            .iter()
            .all(|((other, _), variables)| other != method || variables.len() == 1);
        for variable in variables {
            let is_elsewhere = elsewhere.contains(variable);
            let setting = api.settings().find(|setting| setting.name == **variable);
            let overlap = overlaps.entry(variable).or_insert_with(|| Overlap {
                methods: BTreeSet::new(),
                is_covered: true,
                is_elsewhere,
                argument: *argument,
                docs: setting
                    .map(|setting| setting.docs.text.clone())
                    .unwrap_or_default(),
            });
            overlap.methods.insert(method);
            overlap.is_covered &= is_one && !is_elsewhere && overlap.methods.len() == 1;
        }
    }
    overlaps
}

/// Notes which variable is the whole of a credential, and which is only a part of something.
fn authentication<'a>(
    operation: &'a Operation,
    slots: &mut BTreeMap<Slot, BTreeSet<&'a str>>,
    elsewhere: &mut BTreeSet<&'a str>,
) {
    for auth in operation.security.uses() {
        for (param, text) in &auth.params {
            match (auth.scheme.slot(param), whole(text)) {
                (Some(slot), Some(variable)) => _ = slots.entry(slot).or_default().insert(variable),
                // What is put around it belongs to the collection: the method alone would leave it out.
                (Some(slot), None) => {
                    let variables = || template::variables(text);
                    elsewhere.extend(variables());
                    if variables().next().is_some() {
                        slots.entry(slot).or_default().extend(variables());
                    }
                }
                (None, _) => elsewhere.extend(template::variables(text)),
            }
        }
    }
}

/// The variable that a template is nothing but.
fn whole(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    template::variables(text).eq([name]).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::diag::Sink;
    use crate::frontend::{self, Source};
    use crate::passes::choose_arguments::choose_arguments;
    use crate::rust::docs::first_steps;
    use crate::rust::tree::{Client, Face, Shown};

    fn client(items: &[&str]) -> Client {
        let text = format!(r#"{{"info": {{"name": "x"}}, "item": [{}]}}"#, items.join(","));
        let (config, mut sink) = (Config::default(), Sink::default());
        let mut api = frontend::read(&Source::new("x.json", text), &config, &mut sink).unwrap();
        choose_arguments(&mut api, &config, &mut sink);
        let plan = super::super::Plan::new(&api, "x", &config);
        match plan.outline(&plan.names().root).face {
            Face::Client(client) => *client,
            Face::Handle(_) => unreachable!(),
        }
    }

    fn bearer(token: &str, header: &str) -> String {
        format!(
            r#"{{"name": "a", "request": {{"url": "https://a.io", "header": [{{"key": "X-Key", "value": "{header}"}}],
            "auth": {{"type": "bearer", "bearer": {{"token": "{token}"}}}}}}}}"#
        )
    }

    fn shows(items: &[&str], methods: &[&str], first: &[&str]) {
        let client = client(items);
        let settings = client
            .settings
            .iter()
            .filter(|setting| setting.shown != Shown::Hidden);
        let shown: Vec<_> = settings.map(|setting| setting.ident.to_string()).collect();
        assert_eq!(shown, methods, "{items:?}");
        let steps = first_steps(&client);
        let steps: Vec<_> = steps
            .iter()
            .filter_map(|line| line.strip_prefix("    .")?.split_once('('))
            .map(|(method, _)| method)
            .take_while(|method| *method != "build")
            .collect();
        assert_eq!(steps, first, "{items:?}");
    }

    #[test]
    fn there_is_one_way_to_give_a_token() {
        let (a, b) = (bearer("{{a}}", ""), bearer("{{b}}", ""));
        shows(&[&a], &[], &["bearer_token"]);
        // Two tokens cannot be given as one.
        shows(&[&a, &b], &["a", "b"], &["bearer_token"]);
        // What stands around a variable belongs to the token.
        shows(&[&bearer("x-{{a}}", "")], &["a"], &["a"]);
        let basic = r#"{"name": "b", "request": {"url": "https://a.io", "auth": {"type": "basic", "basic":
            {"username": "{{user}}", "password": "{{password}}"}}}}"#;
        shows(&[basic], &[], &["basic_auth"]);
        // What is sent elsewhere too has to be set, and is a credential then.
        shows(&[&bearer("{{token}}", "{{token}}")], &["token"], &["token"]);
    }

    #[test]
    fn documentation_says_what_wins() {
        let docs = |items: &[&str]| {
            let client = client(items);
            let setting = client.settings.first().map(|setting| setting.docs.join("\n"));
            (client.credentials[0].docs.join("\n"), setting.unwrap_or_default())
        };
        let (a, b) = (bearer("{{a}}", ""), bearer("{{b}}", ""));
        let (credential, _) = docs(&[&a]);
        assert!(
            credential.ends_with("call of this scheme: what the collection calls `a`."),
            "{credential}"
        );
        let variables = r#"], "variable": [{"key": "a", "value": "", "description": "See *Account*."}"#;
        let (credential, _) = docs(&[&format!("{a}{variables}")]);
        assert!(
            credential.ends_with("calls `a`.\n\nSee *Account*."),
            "{credential}"
        );
        let (credential, setting) = docs(&[&a, &b]);
        assert!(
            credential.ends_with("Where `a` or `b` is set, it wins in the calls that name it."),
            "{credential}"
        );
        assert!(setting.ends_with("it wins over `bearer_token`."), "{setting}");
    }
}
