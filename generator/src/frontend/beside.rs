//! Which files of variables beside a collection are its own.
//!
//! In: a source with every environment and globals of its directory, and the names of the collections there. Out: the
//! same with those that concern it. A file that begins with a collection's name is that one's alone: `shop`, `shop.eu`,
//! `shop-eu`, `shop_eu` and `shop eu` of the collection `shop`, unless there is a collection `shop-eu` too. One that
//! begins with no collection's name is everybody's. The setting `environments` says otherwise.

use std::borrow::Cow;

use super::Source;
use crate::config::{Config, file::report, nearest::nearest};
use crate::diag::Sink;

/// Where variables of a file are in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Where the environment is chosen: over the collection's.
    Environment,
    /// Everywhere: below the collection's.
    Globals,
}

/// How names of files end that hold variables: of exports, and of repositories.
const ENDINGS: &[(&str, Scope)] = &[
    (".postman_environment.json", Scope::Environment),
    (".postman_globals.json", Scope::Globals),
    (".environment.yaml", Scope::Environment),
    (".environment.yml", Scope::Environment),
    (".environment.json", Scope::Environment),
    (".globals.yaml", Scope::Globals),
    (".globals.yml", Scope::Globals),
    (".globals.json", Scope::Globals),
];

/// Whether a file of this name holds variables, and where they are in force.
pub(crate) fn scope_of(name: &str) -> Option<Scope> {
    let mut endings = ENDINGS.iter();
    endings
        .find(|(ending, _)| name.ends_with(ending))
        .map(|(_, scope)| *scope)
}

/// The name of a file that is said to be an environment, whatever it is called.
pub(crate) fn as_environment(name: &str) -> String {
    if scope_of(name).is_some() {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.environment.{extension}"),
        None => format!("{name}.environment.json"),
    }
}

/// Leaves out what belongs to another collection, or was not chosen.
pub(crate) fn own<'a>(
    source: &'a Source,
    beside: &[String],
    config: &Config,
    sink: &mut Sink,
) -> Cow<'a, Source> {
    let is_own = |(name, _): &(String, Vec<u8>)| match &config.environments {
        Some(chosen) if scope_of(name) == Some(Scope::Environment) => {
            chosen.iter().any(|chosen| is_called(name, &chosen.text))
        }
        Some(_) | None => is_for(name, &source.file, beside),
    };
    for chosen in config.environments.iter().flatten() {
        let environments = source.environments.iter().map(|(name, _)| name.as_str());
        let mut known = environments.filter(|name| scope_of(name) == Some(Scope::Environment));
        if known.clone().any(|name| is_called(name, &chosen.text)) {
            continue;
        }
        let help = match nearest(&chosen.text, known.clone().flat_map(|name| [name, stem(name)])) {
            Some(name) => format!("did you mean `{name}`?"),
            None => match known.next() {
                Some(first) => {
                    let all = known.fold(first.to_owned(), |all, name| all + ", " + name);
                    format!("there is {all}")
                }
                None => "there is no file that ends in `.postman_environment.json` or `.environment.yaml`"
                    .to_owned(),
            },
        };
        let message = format!("no environment beside the collection is called `{}`", chosen.text);
        report(sink, &chosen.written, message, &help);
    }
    if source.environments.iter().all(is_own) {
        return Cow::Borrowed(source);
    }
    let environments = source.environments.iter().filter(|file| is_own(file)).cloned();
    Cow::Owned(Source {
        file: source.file.clone(),
        bytes: source.bytes.clone(),
        at: source.at.clone(),
        parts: source.parts.clone(),
        environments: environments.collect(),
    })
}

fn is_called(file: &str, name: &str) -> bool {
    file == name || stem(file) == name
}

/// Whether a file of variables is for this collection, among those beside it.
fn is_for(file: &str, collection: &str, beside: &[String]) -> bool {
    let all = beside.iter().map(String::as_str).chain([collection]);
    let named = all.map(stem).filter(|name| begins_with(stem(file), name));
    // Of `shop` and `shop-eu` the longer one is meant.
    let nearest = named.map(str::len).max();
    nearest.is_none_or(|length| begins_with(stem(file), stem(collection)) && stem(collection).len() == length)
}

/// Whether a name is another one, or that and more words.
fn begins_with(name: &str, first: &str) -> bool {
    let (Some(begin), Some(rest)) = (name.get(..first.len()), name.get(first.len()..)) else {
        return false;
    };
    !first.is_empty()
        && begin.eq_ignore_ascii_case(first)
        && (rest.is_empty() || rest.starts_with(['.', '-', '_', ' ']))
}

/// A file's name without what says its kind.
pub(crate) fn stem(file: &str) -> &str {
    let endings = ENDINGS.iter().map(|(ending, _)| *ending);
    let mut endings = endings.chain([".postman_collection.json", ".json"]);
    let found = endings.find_map(|ending| file.strip_suffix(ending));
    found.unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::{is_for, own};
    use crate::config::{Config, overrides::Selector};
    use crate::diag::Sink;
    use crate::frontend::Source;

    #[test]
    fn a_file_that_is_named_after_a_collection_is_its_own() {
        let beside = ["shop.postman_collection.json", "shop-eu.json", "plain.json"].map(str::to_owned);
        for (file, owner) in [
            (
                "shop.postman_environment.json",
                Some("shop.postman_collection.json"),
            ),
            (
                "Shop.staging.postman_environment.json",
                Some("shop.postman_collection.json"),
            ),
            (
                "shop-staging.postman_environment.json",
                Some("shop.postman_collection.json"),
            ),
            ("shop-eu.postman_environment.json", Some("shop-eu.json")),
            ("shop-eu staging.postman_environment.json", Some("shop-eu.json")),
            ("plain.postman_globals.json", Some("plain.json")),
            ("shops.postman_environment.json", None),
            ("staging.postman_environment.json", None),
            (".postman_environment.json", None),
            ("Größe.postman_environment.json", None),
        ] {
            for collection in &beside {
                let expected = owner.is_none_or(|owner| owner == collection);
                assert_eq!(is_for(file, collection, &beside), expected, "{file} {collection}");
            }
        }
        assert!(is_for("shop.postman_environment.json", "shop.json", &[]));
    }

    #[test]
    fn settings_choose() {
        let mut source = Source::new("plain.json", "{}");
        for file in [
            "shop.postman_environment.json",
            "eu.postman_environment.json",
            "all.postman_globals.json",
        ] {
            source.environments.push((file.to_owned(), Vec::new()));
        }
        let beside = ["plain.json", "shop.json"].map(str::to_owned);
        let own = |chosen: Option<&[&str]>| {
            let selector = |text: &&str| Selector {
                text: (*text).to_owned(),
                ..Selector::default()
            };
            let config = Config {
                environments: chosen.map(|chosen| chosen.iter().map(selector).collect()),
                ..Config::default()
            };
            let mut sink = Sink::default();
            let own = own(&source, &beside, &config, &mut sink).into_owned();
            let names: Vec<String> = own.environments.into_iter().map(|(name, _)| name).collect();
            let said = sink.into_diagnostics().into_iter();
            let said: Vec<String> = said
                .map(|found| format!("{}; {}", found.message, found.help.unwrap_or_default()))
                .collect();
            (names.join(" "), said.join(" "))
        };
        let (eu, shop, globals) = (
            "eu.postman_environment.json",
            "shop.postman_environment.json",
            "all.postman_globals.json",
        );
        assert_eq!(own(None), (format!("{eu} {globals}"), String::new()));
        assert_eq!(own(Some(&["shop"])), (format!("{shop} {globals}"), String::new()));
        assert_eq!(own(Some(&[shop])), (format!("{shop} {globals}"), String::new()));
        assert_eq!(own(Some(&[])), (globals.to_owned(), String::new()));
        let (names, said) = own(Some(&["shoq"]));
        assert_eq!(names, globals);
        assert_eq!(
            said,
            "no environment beside the collection is called `shoq`; did you mean `shop`?"
        );
    }
}
