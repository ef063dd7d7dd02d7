//! What is finished is taken as it is; what is not is made anew, and nothing else.

use letterpress::config::Config;
use letterpress::frontend::Source;
use letterpress::output::File;
use letterpress::pipeline::{self, Input};

/// Two folders with an item each; the first has this description.
fn input(description: &str) -> Input {
    let request = r#"{"method": "GET", "url": "https://api.example.com/x"}"#;
    let text = format!(
        r#"{{"info": {{"name": "Two"}}, "item": [
            {{"name": "One", "item": [{{"name": "a", "description": "{description}", "request": {request}}}]}},
            {{"name": "Other", "item": [{{"name": "b", "request": {request}}}]}}
        ]}}"#
    );
    Input::new(Source::new("two.json", text))
}

#[test]
fn only_what_changed_is_made_again() {
    let config = Config::default();
    let before = pipeline::generate(&[input("Old.")], &config).files;
    let finished = |path: &str, made_of: u64| {
        let is_it = |file: &&File| file.path == path && file.made_of == Some(made_of);
        before.iter().find(is_it).map(|_| format!("finished {path}"))
    };
    let after = pipeline::generate_unfinished(&[input("New.")], &config, &finished).files;
    let same = pipeline::generate_unfinished(&[input("Old.")], &config, &finished).files;
    let text = |files: &[File], path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| file.text.clone()).unwrap_or_default()
    };
    for path in ["two/mod.rs", "two/one.rs", "two/other.rs"] {
        assert_eq!(text(&same, path), format!("finished {path}"));
    }
    assert!(text(&after, "two/one.rs").contains("/// New."));
    assert_eq!(text(&after, "two/other.rs"), "finished two/other.rs");
    assert_eq!(text(&after, "letterpress.rs"), text(&before, "letterpress.rs"));
}

#[test]
fn settings_that_change_a_file_are_part_of_what_it_is_made_of() {
    let digests = |config: &Config, name: &str| {
        let mut input = input("Old.");
        name.clone_into(&mut input.source.file);
        let files = pipeline::generate(&[input], config).files;
        files.into_iter().map(|file| file.made_of).collect::<Vec<_>>()
    };
    let plain = digests(&Config::default(), "two.json");
    assert_eq!(digests(&Config::default(), "two.json"), plain);
    let flat = Config {
        flatten: true,
        ..Config::default()
    };
    assert_ne!(digests(&flat, "two.json"), plain);
    let renamed = digests(&Config::default(), "three.json");
    assert!(
        renamed
            .iter()
            .zip(&plain)
            .skip(1)
            .all(|(one, other)| one != other)
    );
}
