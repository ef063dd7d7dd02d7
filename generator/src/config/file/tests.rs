//! What is read of `letterpress.toml`, and what is said of what is not.

use super::*;
use crate::ir::{AnswerPart, PartPlace, TokenOf};

fn read_text(text: &str, module: &str) -> (Config, Vec<String>) {
    let (mut config, mut sink) = (Config::default(), Sink::default());
    let beside = ["zoom".to_owned(), "other".to_owned()];
    read(
        &mut config,
        "letterpress.toml",
        text,
        (module, &beside),
        &mut sink,
    );
    let found = sink.into_diagnostics().into_iter().map(|found| {
        let at = found
            .position
            .map(|at| format!("{}:{}", at.line, at.column))
            .unwrap_or_default();
        format!("{at} {}; {}", found.message, found.help.unwrap_or_default())
    });
    (config, found.collect())
}

#[test]
fn settings_of_no_collection_are_an_error() {
    let (config, found) = read_text("[collection.zom]\nflatten = true\n", "zoom");
    assert!(!config.flatten);
    assert_eq!(
        found,
        ["1:13 no collection beside this file makes a module `zom`; did you mean `zoom`?"]
    );
}

#[test]
fn a_full_file_is_read() {
    let (config, found) = read_text(
        r#"
docs = "brief"
[collection.zoom]
flatten = true
[collection.other]
datetime = "jiff"
[items."Users > Create"]
name = "make_user"
params.type = { values = ["a", "b"], variants = { a = "First" } }
responses.200."items[].price" = { type = "::my::Money", required = true }
body."" = { type_name = "NewUser" }
[folders.Old]
exclude = true
"#,
        "zoom",
    );
    assert_eq!(found, [""; 0]);
    assert!(config.flatten && config.docs == DocsLevel::Brief && config.datetime == DateTime::Text);
    let item = &config.overrides.items[0];
    assert_eq!(item.name.as_deref(), Some("make_user"));
    let roles: Vec<_> = item
        .values
        .iter()
        .map(|value| (&value.role, value.path.join("/")))
        .collect();
    assert!(
        roles.contains(&(&Role::Result(200.into()), "items/[]/price".to_owned())),
        "{roles:?}"
    );
    assert!(config.overrides.folders[0].exclude);
}

#[test]
fn what_is_not_understood_is_an_error_with_its_place_and_a_suggestion() {
    let (_, found) = read_text(
        "flaten = true\ndocs = \"ful\"\n[items.X]\nnme = \"x\"\nparams.a.requird = 1\n",
        "m",
    );
    assert_eq!(
        found,
        [
            "1:1 unknown key `flaten`; did you mean `flatten`?",
            "2:8 unknown value `ful`; one of full, brief, none",
            "4:1 unknown key `nme`; did you mean `name`?",
            "5:10 unknown key `requird`; did you mean `required`?",
        ]
    );
    let (_, found) = read_text("a = [\n", "m");
    assert!(found[0].contains("not TOML"), "{found:?}");
}

#[test]
fn environments_are_chosen_by_name() {
    let (config, found) = read_text(
        "environments = []\n[collection.zoom]\nenvironments = [\"eu\", \"us\"]\n",
        "zoom",
    );
    assert_eq!(found, [""; 0]);
    let chosen: Vec<_> = config.environments.iter().flatten().collect();
    let [eu, us] = chosen.as_slice() else {
        unreachable!("{chosen:?}")
    };
    assert_eq!((eu.text.as_str(), us.text.as_str()), ("eu", "us"));
    assert_eq!(us.written.position.map(|at| (at.line, at.column)), Some((3, 23)));
    let (_, found) = read_text("environments = \"eu\"\n", "zoom");
    assert_eq!(found, ["1:16 expected a list of strings; write [\"a\", \"b\"]"]);
}

#[test]
fn tokens_are_read() {
    let text = "[items.A]\ntoken = { for = \"t\", value = \"data.list[0].text\", lifetime = \"data.ttl\" }\n\
                [items.B]\ntoken = false\n[items.C]\ntoken = { value = \"header: X-Auth\" }\n";
    let (config, found) = read_text(text, "m");
    assert_eq!(found, [""; 0]);
    let gives = |at: usize| config.overrides.items[at].token.clone().unwrap().gives;
    let first = gives(0).unwrap();
    assert_eq!(first.token, TokenOf::Variable("t".to_owned()));
    let PartPlace::Member(steps) = &first.part.place else {
        panic!("{first:?}");
    };
    assert_eq!(AnswerPart::path(steps), "data.list[0].text");
    assert_eq!(AnswerPart::path(&first.lifetime.unwrap()), "data.ttl");
    assert_eq!(gives(1), None);
    let third = gives(2).unwrap();
    assert_eq!(third.token, TokenOf::Bearer);
    assert_eq!(third.part.place, PartPlace::Header("X-Auth".to_owned()));

    let (_, found) = read_text(
        "[items.A]\ntoken = { val = \"x\" }\n[items.B]\ntoken = true\n",
        "m",
    );
    assert_eq!(
        found,
        [
            "2:11 unknown key `val`; one of for, lifetime, value",
            "2:1 a token without a `value`; say where in the answer it is: `value = \"access_token\"`",
            "4:9 expected a table; write it as [a.b] or { key = value }",
        ]
    );
}

#[test]
fn what_an_api_makes_of_repeats_is_read() {
    let text =
        "idempotency_key = \"X-Key\"\nretry_statuses = [409, 423]\n[items.Search]\nidempotent = true\n";
    let (config, found) = read_text(text, "zoom");
    assert_eq!(found, [""; 0]);
    assert_eq!(config.idempotency_key.as_deref(), Some("X-Key"));
    assert_eq!(config.retry_statuses, [409, 423]);
    assert_eq!(config.overrides.items[0].idempotent, Some(true));
    for (text, said) in [
        (
            "idempotency_key = \"a key\"",
            "1:19 `a key` is no name of a header; write it as the API does: \"Idempotency-Key\"",
        ),
        (
            "retry_statuses = [200]",
            "1:18 expected a list of statuses from 400 to 599; write [409, 423]",
        ),
        (
            "retry_statuses = 409",
            "1:18 expected a list of statuses from 400 to 599; write [409, 423]",
        ),
    ] {
        let (config, found) = read_text(text, "zoom");
        assert_eq!(found, [said]);
        assert!(config.idempotency_key.is_none() && config.retry_statuses.is_empty());
    }
}
