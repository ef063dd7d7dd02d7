//! Warnings that a user does not want to see, and what of that is a mistake.

use letterpress::config::{Config, file};
use letterpress::diag::Sink;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};

/// A script in the collection, in the folder `Users`, in an item there, and in an item of the same name beside it.
const COLLECTION: &str = r#"{"info": {"name": "Shop"}, "event": [SCRIPT], "item": [
    {"name": "Users", "event": [SCRIPT], "item": [{"name": "Create", "event": [SCRIPT], "request": ""}]},
    {"name": "Users", "event": [SCRIPT], "request": "https://a.io"}]}"#;
const SCRIPT: &str = r#"{"listen": "prerequest", "script": "pm.environment.set('a', 1)"}"#;

/// Codes of what is found, each after the pointer of its place.
fn found(settings: &str) -> Vec<String> {
    let (mut config, mut sink) = (Config::default(), Sink::default());
    let read = ("shop", &["shop".to_owned(), "other".to_owned()][..]);
    file::read(&mut config, "letterpress.toml", settings, read, &mut sink);
    let said = sink.into_diagnostics().into_iter().map(|found| {
        let at = found.position.map(|at| format!("{}:{}", at.line, at.column));
        let (at, help) = (at.unwrap_or_default(), found.help.unwrap_or_default());
        format!("{at} {}; {help}", found.message)
    });
    let mut said: Vec<String> = said.collect();
    let source = Source::new("shop.json", COLLECTION.replace("SCRIPT", SCRIPT));
    let outcome = pipeline::generate(&[Input::new(source)], &config);
    let found = outcome.diagnostics.iter();
    said.extend(found.map(|found| format!("{} {}", found.code.as_str(), found.place.at)));
    said
}

const OF_COLLECTION: &str = "PM0107 /event/0";
const OF_FOLDER: &str = "PM0107 /item/0/event/0";
const OF_ITEM: &str = "PM0107 /item/0/item/0/event/0";
const OF_NAMESAKE: &str = "PM0107 /item/1/event/0";
const NO_ADDRESS: &str = "PM0104 /item/0/item/0/request";

#[test]
fn what_is_allowed_is_not_found() {
    let all = [OF_COLLECTION, OF_FOLDER, OF_ITEM, OF_NAMESAKE, NO_ADDRESS];
    assert_eq!(found(""), all);
    assert_eq!(found("allow = [\"PM0107\"]"), [NO_ADDRESS]);
    assert_eq!(found("allow = [\"PM0107\", \"PM0104\"]"), [""; 0]);
    assert_eq!(found("[collection.shop]\nallow = [\"PM0107\"]"), [NO_ADDRESS]);
    assert_eq!(found("[collection.other]\nallow = [\"PM0107\"]"), all);
    assert_eq!(
        found("[folders.Users]\nallow = [\"PM0107\"]"),
        [OF_COLLECTION, OF_NAMESAKE, NO_ADDRESS]
    );
    assert_eq!(
        found("[items.Users]\nallow = [\"PM0107\"]"),
        [OF_COLLECTION, OF_FOLDER, OF_ITEM, NO_ADDRESS]
    );
    assert_eq!(
        found("[items.\"Users > Create\"]\nallow = [\"PM0104\"]"),
        [OF_COLLECTION, OF_FOLDER, OF_ITEM, OF_NAMESAKE]
    );
    // A line may outlive its cause.
    assert_eq!(found("allow = [\"PM0201\"]"), all);
}

#[test]
fn codes_that_do_not_exist_or_are_errors_are_mistakes() {
    for (settings, said) in [
        (
            "allow = [\"PM0170\"]",
            "1:10 no warning has the code `PM0170`; did you mean `PM0107`?",
        ),
        (
            "[items.Users]\nallow = [\"PM0107\", \"PM0002\"]",
            "2:20 `PM0002` is an error, which cannot be allowed; only warnings can be",
        ),
        (
            "[folders.Users]\nallow = \"PM0107\"",
            "2:9 expected a list of strings; write [\"a\", \"b\"]",
        ),
    ] {
        assert_eq!(
            found(settings).first().map(String::as_str),
            Some(said),
            "{settings}"
        );
    }
    let said = found("allow = [\"scripts\"]").remove(0);
    assert!(
        said.starts_with("1:10 no warning has the code `scripts`; one of PM0004, PM0005, "),
        "{said}"
    );
}
