//! Names that stay: what a rename, an item in front and one more example change of a client whose names are locked, and what the binary
//! says of the file.
//!
//! In: a collection that is edited as its users edit it. Out: the names of its client.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::collections::BTreeSet;
use std::fs;

use letterpress::Input;
use letterpress::config::Config;
use letterpress::diag::Diagnostic;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Names};
use letterpress_tests::inputs;
use serde_json::{Value, json};

fn shop() -> Value {
    let answer = |code: u16, body: &Value| json!({"name": "a", "code": code, "body": body.to_string()});
    let item = |name: &str, method: &str, path: &str, answers: Vec<Value>| json!({"name": name, "request": {"method": method, "url": format!("{{{{baseUrl}}}}/{path}")}, "response": answers});
    let good = json!({"id": 1, "maker": {"name": "x", "country": "y"}});
    json!({"info": {"name": "Shop"}, "variable": [{"key": "baseUrl", "value": "https://shop.example.com"}], "item": [
        {"name": "Goods", "item": [
            item("List goods", "GET", "goods", vec![answer(200, &json!([good]))]),
            item("Get good", "GET", "goods/:id", vec![answer(200, &good), answer(404, &json!({"why": "none"}))]),
            item("Get good", "POST", "goods/find", vec![answer(200, &json!({"found": [{"id": 2, "score": 0.5}]}))]),
        ]},
        {"name": "Makers", "item": [
            item("List", "GET", "makers", vec![answer(200, &json!([{"name": "x", "since": 1900}]))]),
        ]},
    ]})
}

fn input(collection: &Value, lock: Option<&str>) -> Input {
    let input = Input::new(Source::new(
        "shop.postman_collection.json",
        collection.to_string(),
    ));
    match lock {
        Some(lock) => input.lock("letterpress.lock", lock),
        None => input,
    }
}

fn names(collection: &Value, lock: Option<&str>) -> (Names, Vec<Diagnostic>) {
    let (names, found) = pipeline::names(&input(collection, lock), &Config::default());
    (names.unwrap(), found)
}

/// Names and what kind of thing has each.
fn kinds(lines: &[String]) -> BTreeSet<String> {
    let kind = |line: &String| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    lines.iter().map(kind).collect()
}

#[test]
fn a_lock_of_what_is_there_changes_nothing() {
    let mut read = 0;
    for folder in ["names", "response", "body", "tree", "openapi", "v3"] {
        for path in fs::read_dir(inputs::fixtures().join(folder)).unwrap() {
            let path = path.unwrap().path();
            let mut sink = letterpress::diag::Sink::default();
            let Some(input) = letterpress::read(&path, &mut sink) else {
                continue;
            };
            let config = Config::default();
            let plain = pipeline::generate(std::slice::from_ref(&input), &config);
            if plain.has_errors() {
                continue;
            }
            let names = pipeline::names(&input, &config).0.unwrap();
            let locked = input.lock("letterpress.lock", names.lines.join("\n"));
            let again = pipeline::generate(std::slice::from_ref(&locked), &config);
            for (plain, again) in plain.files.iter().zip(&again.files) {
                let mut lines = plain.text.lines().zip(again.text.lines());
                let differing = lines.find(|(plain, again)| plain != again);
                assert_eq!(differing, None, "{}: {}", path.display(), plain.path);
            }
            let codes = |found: &[Diagnostic]| found.iter().map(|found| found.code).collect::<Vec<_>>();
            assert_eq!(
                codes(&plain.diagnostics),
                codes(&again.diagnostics),
                "{}",
                path.display()
            );
            read += 1;
        }
    }
    assert!(read > 20, "only {read} fixtures were read");
}

/// Names that settings give are locked like others, and are not said to be gone, whatever they are of.
#[test]
fn names_of_settings_are_locked() {
    let settings = "[folders.Goods]\nname = \"wares\"\n\n[items.\"Goods > List goods\"]\nname = \"every good\"\n\
                    responses.200.\"[]\" = { type_name = \"Ware\" }\n";
    let with_settings = |lock: Option<&str>| {
        let input = input(&shop(), lock).settings("letterpress.toml", settings);
        let names = pipeline::names(&input, &Config::default()).0;
        let outcome = pipeline::generate(&[input], &Config::default());
        let gone = outcome.diagnostics.into_iter();
        let gone: Vec<String> = gone
            .filter(|found| found.code.as_str() == "PM0017")
            .map(|found| found.message)
            .collect();
        (names.unwrap(), gone)
    };
    let (names, found) = with_settings(None);
    assert!(found.is_empty(), "{found:?}");
    let lines = names.lines.join("\n");
    for name in [
        "shop::wares folder",
        "shop::wares::every_good call",
        "shop::wares::Ware type",
    ] {
        assert!(lines.contains(name), "{lines}");
    }
    let (again, found) = with_settings(Some(&lines));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(again.lines, names.lines);
    // Settings that came later win, and what was locked is gone.
    let (_, found) = {
        let (plain, _) = self::names(&shop(), None);
        with_settings(Some(&plain.lines.join("\n")))
    };
    assert!(!found.is_empty());
}

/// What somebody does to a collection.
type Edit = fn(&mut Value);

#[test]
fn what_is_locked_stays() {
    let base = shop();
    let lock = names(&base, None).0;
    let text = lock.lines.join("\n");
    let edits: [(&str, Edit); 6] = [
        ("an item is renamed", |shop| {
            shop["item"][0]["item"][0]["name"] = "All that we have".into();
        }),
        ("a folder is renamed", |shop| {
            shop["item"][0]["name"] = "Wares".into();
        }),
        ("an item of a name comes in front", |shop| {
            let mut item = shop["item"][0]["item"][1].clone();
            item["request"]["url"] = "{{baseUrl}}/v2/goods/:id".into();
            shop["item"][0]["item"].as_array_mut().unwrap().insert(0, item);
        }),
        ("a folder of the same answers comes in front", |shop| {
            let mut folder = shop["item"][0].clone();
            folder["name"] = "Old".into();
            for item in folder["item"].as_array_mut().unwrap() {
                let url = item["request"]["url"].as_str().unwrap().replace("goods", "old");
                item["request"]["url"] = url.into();
            }
            shop["item"].as_array_mut().unwrap().insert(0, folder);
        }),
        ("one more example", |shop| {
            let answers = shop["item"][0]["item"][1]["response"].as_array_mut().unwrap();
            answers.insert(
                0,
                json!({"name": "b", "code": 200, "body": r#"{"id": 2, "maker": null, "price": 3}"#}),
            );
        }),
        ("all is turned around", |shop| {
            shop["item"].as_array_mut().unwrap().reverse();
            shop["item"][1]["item"].as_array_mut().unwrap().reverse();
        }),
    ];
    for (edit, change) in edits {
        let mut edited = base.clone();
        change(&mut edited);
        let (now, found) = names(&edited, Some(&text));
        let (was, is) = (kinds(&lock.lines), kinds(&now.lines));
        let lost: Vec<_> = was.difference(&is).collect();
        assert!(lost.is_empty(), "{edit}: {lost:?}");
        assert!(
            now.gone.is_empty() && found.iter().all(|found| found.code.as_str() != "PM0017"),
            "{edit}"
        );
    }
}

#[test]
fn a_name_that_is_held_is_said_with_what_it_would_be() {
    let mut shop = shop();
    let lock = names(&shop, None).0.lines.join("\n");
    shop["item"][0]["item"][0]["name"] = "All that we have".into();
    let held = names(&shop, Some(&lock)).0.held;
    let function = (
        "goods::list_goods".to_owned(),
        "goods::all_that_we_have".to_owned(),
    );
    assert!(held.contains(&function), "{held:?}");
    // What the settings say wins, and the name in the lock is gone.
    let settings = "[items.\"All that we have\"]\nname = \"everything\"";
    let input = input(&shop, Some(&lock)).settings("letterpress.toml", settings);
    let (names, found) = pipeline::names(&input, &Config::default());
    assert!(kinds(&names.unwrap().lines).contains("shop::goods::everything call"));
    assert!(found.iter().all(|found| !found.code.is_error()), "{found:?}");
}

#[test]
fn an_item_is_known_by_its_id() {
    let mut shop = shop();
    shop["item"][0]["item"][0]["id"] = "11-22".into();
    let lock = names(&shop, None).0.lines.join("\n");
    let item = &mut shop["item"][0]["item"][0];
    item["name"] = "Search".into();
    item["request"] = json!({"method": "POST", "url": "{{baseUrl}}/v2/search"});
    let now = names(&shop, Some(&lock)).0;
    assert!(
        kinds(&now.lines).contains("shop::goods::list_goods call"),
        "{:?}",
        now.lines
    );
}

#[test]
fn a_type_is_pinned_by_its_line() {
    let shop = shop();
    let lock = names(&shop, None).0.lines;
    let by_place = |line: &&String| line.ends_with(" 200 found[]");
    let line = lock.iter().find(by_place).unwrap();
    let (_, place) = line.split_once(' ').unwrap();
    let text = lock
        .join("\n")
        .replace(line, &format!("shop::goods::Finding {place}"));
    let outcome = pipeline::generate(&[input(&shop, Some(&text))], &Config::default());
    let goods = outcome
        .files
        .iter()
        .find(|file| file.path == "shop/goods.rs")
        .unwrap();
    assert!(goods.text.contains("pub struct Finding {"), "{}", goods.text);
    // What is no name of a type, or one of ours, is none here either.
    for (name, code) in [
        ("shop::goods::find-ing", "PM0016"),
        ("shop::goods::Vec", "PM0017"),
    ] {
        let text = text.replace("shop::goods::Finding", name);
        let (_, found) = pipeline::names(&input(&shop, Some(&text)), &Config::default());
        let outcome = pipeline::generate(&[input(&shop, Some(&text))], &Config::default());
        let codes: Vec<_> = outcome
            .diagnostics
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        assert!(codes.contains(&code), "{name}: {codes:?} {found:?}");
    }
}
