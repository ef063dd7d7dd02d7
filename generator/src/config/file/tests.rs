//! What is read of `letterpress.toml`, and what is said of what is not.

use super::*;

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
