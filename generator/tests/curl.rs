//! cURL commands of items whose `protocolProfileBehavior` switches something: shown unless it is not certain what is sent.

use letterpress::config::Config;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};

/// The generated code for one item with these switches.
fn press(method: &str, path: &str, switches: &str) -> String {
    let collection = format!(
        r#"{{"info": {{"name": "Shop"}}, "item": [{{"name": "Find", "protocolProfileBehavior": {switches}, "request": {{
            "method": "{method}", "url": "https://a.io/{path}", "body": {{"mode": "raw", "raw": "{{\"a\": 1}}",
            "options": {{"raw": {{"language": "json"}}}}}}}}}}]}}"#
    );
    code_of(&collection)
}

fn code_of(collection: &str) -> String {
    let input = Input::new(Source::new("shop.json", collection));
    let files = pipeline::generate(&[input], &Config::default()).files;
    let code = files.into_iter().filter(|file| !file.path.contains(".json"));
    code.map(|file| file.text).collect()
}

#[test]
fn switches_that_change_nothing_hide_no_command() {
    for switches in [
        "{}",
        r#"{"disableBodyPruning": true}"#,
        r#"{"disableUrlEncoding": true, "followRedirects": false, "disabledSystemHeaders": {"user-agent": true}}"#,
    ] {
        let code = press("POST", "goods", switches);
        for line in [
            "curl 'https://a.io/goods'",
            "--header 'Content-Type: application/json'",
        ] {
            assert!(code.contains(line), "{switches}: no {line} in {code}");
        }
    }
}

#[test]
fn what_switches_change_is_in_the_command() {
    let code = press("GET", "goods", r#"{"disableBodyPruning": true}"#);
    for line in ["curl 'https://a.io/goods'", "--request GET", "--data-raw '{"] {
        assert!(code.contains(line), "no {line} in {code}");
    }
    let code = press(
        "POST",
        "goods",
        r#"{"disabledSystemHeaders": {"content-type": true}}"#,
    );
    assert!(code.contains("--header 'Content-Type:'"), "{code}");
}

#[test]
fn addresses_that_are_sent_unencoded_are_not_shown() {
    assert!(press("POST", "a b", "{}").contains("curl 'https://a.io/a%20b'"));
    assert!(!press("POST", "a b", r#"{"disableUrlEncoding": true}"#).contains("curl 'https"));
}

#[test]
fn the_type_of_a_body_stands_before_the_credential() {
    let collection = r#"{"info": {"name": "Shop"}, "auth": {"type": "bearer"}, "item": [{"name": "Find", "request": {
        "method": "POST", "url": "https://a.io/goods", "body": {"mode": "raw", "raw": "[1]",
        "options": {"raw": {"language": "json"}}}}}]}"#;
    let code = code_of(collection);
    let places =
        ["--header 'Content-Type", "--header \"Authorization", "--data-raw"].map(|line| code.find(line));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?} in {code}"
    );
}
