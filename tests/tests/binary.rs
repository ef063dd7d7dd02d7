//! The binary as its users meet it: crates that build, staleness that is named, bad input that is explained,
//! exit codes.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use letterpress_tests::inputs;

const COLLECTION: &str = r#"{"info":{"name":"Shop"},"variable":[{"key":"baseUrl","value":"https://shop.example.com"}],
"item":[{"name":"Goods","item":[{"name":"List goods","request":{"method":"GET","url":{"host":["{{baseUrl}}"],"path":["goods"]}},
"response":[{"name":"Found","code":200,"status":"OK","body":"{\"id\":1}"}]}]}]}"#;

#[test]
fn the_path_of_the_runtime_is_checked() {
    let (folder, collection) = shop_in("runtime");
    let generate = |path: &str| {
        let out = text(&folder.join("client"));
        letterpress(&[
            "generate",
            &text(&collection),
            "--out",
            &out,
            "--runtime-path",
            path,
        ])
    };
    for (path, why) in [
        ("../nowhere", "does not exist"),
        ("..", "holds no crate"),
        (
            &text(&inputs::workspace().join("generator")),
            "holds another crate",
        ),
    ] {
        let refused = generate(path);
        assert_eq!(refused.status.code(), Some(1));
        let shown = said(&refused);
        assert!(
            shown.contains("this is not letterpress-runtime") && shown.contains(why),
            "{shown}"
        );
        assert!(!folder.join("client").exists(), "nothing is written");
    }
    succeeds(&generate(&text(&inputs::workspace().join("runtime"))));
    // What has no meaning for a command is no option of it.
    for command in ["inspect", "serve"] {
        let help = said(&letterpress(&[command, "--help"]));
        assert!(
            help.contains("--keep-credentials") && !help.contains("--runtime-path"),
            "{help}"
        );
    }
}

#[test]
fn quiet_commands_say_nothing_but_errors() {
    let folder = scratch("quiet");
    let collection = folder.join("shop.postman_collection.json");
    let out = text(&folder.join("client"));
    let script = r#""event":[{"listen":"prerequest","script":{"exec":"pm.variables.set('who', 1)"}}]}"#;
    fs::write(
        &collection,
        format!("{},{script}", COLLECTION.strip_suffix('}').unwrap()),
    )
    .unwrap();
    let arguments = ["generate", &text(&collection), "--out", &out];
    let loud = letterpress(&arguments);
    succeeds(&loud);
    assert!(
        said(&loud).contains("PM0107") && said(&loud).contains("1 warning"),
        "{}",
        said(&loud)
    );
    let quiet = letterpress(&[&arguments[..], &["-q"]].concat());
    succeeds(&quiet);
    assert_eq!(said(&quiet), "");
    fs::write(folder.join("letterpress.toml"), "flaten = true").unwrap();
    let wrong = letterpress(&[&arguments[..], &["--quiet"]].concat());
    assert_eq!(wrong.status.code(), Some(1));
    assert!(
        said(&wrong).contains("PM0007") && !said(&wrong).contains("PM0107"),
        "{}",
        said(&wrong)
    );
}

#[test]
fn a_stale_crate_is_named_and_a_fresh_one_passes() {
    let (folder, collection) = shop_in("stale");
    let out = folder.join("shop-client");
    succeeds(&letterpress(&[
        "generate",
        &text(&collection),
        "--out",
        &text(&out),
    ]));
    for file in ["Cargo.toml", "README.md", "src/lib.rs"] {
        assert!(out.join(file).is_file(), "{file} is missing");
    }
    succeeds(&letterpress(&["check", &text(&collection), "--out", &text(&out)]));

    let changed = rust_files(&out).pop().unwrap();
    let source = fs::read_to_string(&changed).unwrap();
    fs::write(&changed, source.clone() + "\n// by hand\n").unwrap();
    let stale = letterpress(&["check", &text(&collection), "--out", &text(&out)]);
    assert_eq!(stale.status.code(), Some(1));
    let shown = said(&stale);
    let name = format!("{}:", inputs::file_name(&changed));
    assert!(
        shown.contains(&name) && shown.contains("\n  - // by hand\n"),
        "{shown}"
    );

    fs::remove_file(&changed).unwrap();
    let missing = letterpress(&["check", &text(&collection), "--out", &text(&out)]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        said(&missing).contains(&inputs::file_name(&changed)),
        "{}",
        said(&missing)
    );

    succeeds(&letterpress(&[
        "generate",
        &text(&collection),
        "--out",
        &text(&out),
    ]));
    assert_eq!(fs::read_to_string(&changed).unwrap(), source);
    succeeds(&letterpress(&["check", &text(&collection), "--out", &text(&out)]));
}

/// What is finished is not made again, and never taken for what it is not.
#[test]
fn a_second_run_makes_what_a_first_would() {
    let folder = scratch("again");
    let collection = folder.join("shop.postman_collection.json");
    let (kept, fresh) = (folder.join("kept"), folder.join("fresh"));
    let second =
        r#"{"name":"Users","item":[{"name":"List users","request":"https://shop.example.com/users"}]}"#;
    let with_users = format!("{},{second}]}}", COLLECTION.strip_suffix("]}").unwrap());
    let touch = |file: &str| {
        let path = kept.join(file);
        fs::write(&path, fs::read_to_string(&path).unwrap() + "// mine\n").unwrap();
    };
    for (text_of_collection, arguments, touched) in [
        (COLLECTION, &[][..], None),
        (COLLECTION, &[][..], Some("src/goods.rs")),
        (&with_users, &[][..], None),
        (&with_users.replace("List goods", "List all goods"), &[][..], None),
        (COLLECTION, &["--docs", "brief"][..], None),
        (COLLECTION, &["--flatten"][..], Some("src/lib.rs")),
        (COLLECTION, &[][..], Some("target/letterpress")),
    ] {
        fs::write(&collection, text_of_collection).unwrap();
        match touched {
            Some(file) if file.starts_with("src/") => touch(file),
            Some(folder) => fs::remove_dir_all(kept.join(folder)).unwrap(),
            None => {}
        }
        let _ = fs::remove_dir_all(&fresh);
        for out in [&kept, &fresh] {
            let base = ["generate", &text(&collection), "--out", &text(out)];
            succeeds(&letterpress(&[&base[..], arguments].concat()));
        }
        let read = |out: &Path| -> Vec<(PathBuf, String)> {
            let files = rust_files(out).into_iter();
            let files = files.map(|path| (path.clone(), fs::read_to_string(path).unwrap()));
            files
                .map(|(path, text)| (path.strip_prefix(out).unwrap().to_owned(), text))
                .collect()
        };
        assert_eq!(read(&kept), read(&fresh), "{arguments:?} {touched:?}");
    }
}

#[test]
fn how_lines_end_is_no_difference() {
    let (folder, collection) = shop_in("crlf");
    let out = folder.join("shop-client");
    let (collection, out_text) = (text(&collection), text(&out));
    let run = |command: &str| letterpress(&[command, &collection, "--out", &out_text]);
    succeeds(&run("generate"));
    let attributes = fs::read_to_string(out.join(".gitattributes")).unwrap();
    assert!(attributes.contains("\n/src/** text eol=lf\n"), "{attributes}");
    let files = [
        ".gitattributes",
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/replay.json",
    ];
    for file in files {
        let lines = fs::read_to_string(out.join(file)).unwrap().replace('\n', "\r\n");
        fs::write(out.join(file), lines).unwrap();
    }
    succeeds(&run("check"));
    // Nor is it a reason to write anything, or to take the files for somebody else's.
    succeeds(&run("generate"));
    let lib = fs::read_to_string(out.join("src/lib.rs")).unwrap();
    assert!(lib.contains("\r\n"));

    fs::write(out.join("src/lib.rs"), lib.replace("Shop", "Shoq")).unwrap();
    let stale = run("check");
    assert_eq!(stale.status.code(), Some(1));
    let shown = said(&stale);
    assert!(
        shown.contains("stale: src/lib.rs:") && !shown.contains("stale: src/lib.rs:1\n"),
        "{shown}"
    );
    assert_eq!(shown.matches("stale: ").count(), 1, "{shown}");
}

#[test]
fn files_for_git_of_the_users_own_stay() {
    let (folder, collection) = shop_in("git");
    let out = folder.join("shop-client");
    fs::create_dir_all(&out).unwrap();
    let own = "* text=auto\n";
    fs::write(out.join(".gitattributes"), own).unwrap();
    let (collection, out_text) = (text(&collection), text(&out));
    let run = |command: &str, more: &[&str]| {
        letterpress(&[&[command, &collection, "--out", &out_text], more].concat())
    };
    let generated = run("generate", &[]);
    succeeds(&generated);
    let shown = said(&generated);
    assert!(
        shown.contains(".gitattributes is not written by letterpress, and stays as it is"),
        "{shown}"
    );
    assert_eq!(fs::read_to_string(out.join(".gitattributes")).unwrap(), own);
    succeeds(&run("check", &[]));
    succeeds(&run("generate", &["--force"]));
    assert!(
        fs::read_to_string(out.join(".gitattributes"))
            .unwrap()
            .contains("eol=lf")
    );
    succeeds(&run("check", &[]));
}

#[test]
fn what_somebody_else_wrote_is_not_replaced() {
    let (folder, collection) = shop_in("foreign");
    let out = folder.join("by-hand");
    fs::create_dir_all(out.join("src")).unwrap();
    fs::write(out.join("src/lib.rs"), "// mine\n").unwrap();
    let (collection, out_text) = (text(&collection), text(&out));
    let generate = ["generate", &collection, "--out", &out_text];
    let refused = letterpress(&generate);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("in its way: src/lib.rs"),
        "{}",
        said(&refused)
    );
    assert_eq!(fs::read_to_string(out.join("src/lib.rs")).unwrap(), "// mine\n");
    assert!(!out.join("Cargo.toml").exists());
    succeeds(&letterpress(&[&generate[..], &["--force"]].concat()));
    succeeds(&letterpress(&generate));
}

#[test]
fn a_crate_of_another_collection_is_not_replaced() {
    let folder = scratch("other");
    let (shop, market) = (folder.join("shop.json"), folder.join("market.json"));
    fs::write(&shop, COLLECTION).unwrap();
    fs::write(&market, COLLECTION.replace("Goods", "Wares")).unwrap();
    let (shop, market, out) = (text(&shop), text(&market), text(&folder.join("client")));
    succeeds(&letterpress(&["generate", &shop, "--out", &out]));
    let other = ["generate", &market, "--out", &out];
    let refused = letterpress(&other);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("made from shop.json, not from") && said(&refused).contains("`--force`"),
        "{}",
        said(&refused)
    );
    // Not a file was written or removed.
    succeeds(&letterpress(&["check", &shop, "--out", &out]));
    succeeds(&letterpress(&[&other[..], &["--force"]].concat()));
    succeeds(&letterpress(&other));
    succeeds(&letterpress(&["check", &market, "--out", &out]));
}

#[test]
fn a_folder_that_is_gone_leaves_no_file() {
    let (folder, collection) = shop_in("gone");
    let out = folder.join("shop-client");
    succeeds(&letterpress(&[
        "generate",
        &text(&collection),
        "--out",
        &text(&out),
    ]));
    assert!(
        rust_files(&out)
            .iter()
            .any(|path| inputs::file_name(path) == "goods.rs")
    );
    fs::write(out.join("src/by_hand.rs"), "//! Written by hand.\n").unwrap();
    fs::write(&collection, COLLECTION.replace("Goods", "Wares")).unwrap();
    succeeds(&letterpress(&[
        "generate",
        &text(&collection),
        "--out",
        &text(&out),
    ]));
    let names: Vec<String> = rust_files(&out)
        .iter()
        .map(|path| inputs::file_name(path))
        .collect();
    assert!(!names.contains(&"goods.rs".to_owned()), "{names:?}");
    assert!(
        names.contains(&"by_hand.rs".to_owned()),
        "a file that is not generated was removed"
    );
}

#[test]
fn inspect_says_what_was_understood() {
    let collection = inputs::fixtures().join("auth/inheritance.json");
    let shown = letterpress(&["inspect", &text(&collection)]);
    succeeds(&shown);
    for word in ["6 ", "Inherits folder", "inherits_folder", "baseUrl"] {
        assert!(
            said(&shown).contains(word),
            "`{word}` is not in\n{}",
            said(&shown)
        );
    }
}

#[test]
fn errors_of_inspect_are_no_part_of_what_it_shows() {
    let (folder, collection) = shop_in("inspect");
    fs::write(folder.join("letterpress.toml"), "flaten = true").unwrap();
    let shown = letterpress(&["inspect", &text(&collection)]);
    assert_eq!(shown.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&shown.stderr);
    assert!(errors.contains("did you mean `flatten`?"), "{errors}");
    assert!(!String::from_utf8_lossy(&shown.stdout).contains("PM0007"));
}

#[test]
fn without_saved_responses_there_is_nothing_to_serve() {
    let folder = scratch("serve");
    let collection = folder.join("shop.postman_collection.json");
    let (items, _) = COLLECTION.split_once(",\n\"response\"").unwrap();
    fs::write(&collection, format!("{items}}}]}}]}}")).unwrap();
    let refused = letterpress(&["serve", &text(&collection), "--address", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("no item has a saved response"),
        "{}",
        said(&refused)
    );
}

#[test]
fn wrong_use_is_explained() {
    assert_eq!(letterpress(&[]).status.code(), Some(2));
    assert_eq!(letterpress(&["press"]).status.code(), Some(2));
    assert_eq!(letterpress(&["generate", "x.json"]).status.code(), Some(2));
    let nothing = letterpress(&["generate"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(
        said(&nothing).contains("does not say what it was made of"),
        "{}",
        said(&nothing)
    );
    let named = letterpress(&["generate", "x.json", "--out", "x", "--name", "9 lives"]);
    assert_eq!(named.status.code(), Some(2));
    assert!(said(&named).contains("begins with a letter"), "{}", said(&named));
    for (name, why) in [
        ("async", "is a word of Rust"),
        ("_", "is a word of Rust"),
        ("letterpress-runtime", "needs another one of this name"),
    ] {
        let named = letterpress(&["generate", "x.json", "--out", "x", "--name", name]);
        assert_eq!(named.status.code(), Some(2), "{name}");
        assert!(said(&named).contains(why), "{}", said(&named));
    }
}

#[test]
fn bad_input_is_explained() {
    let folder = scratch("bad");
    let cases = [
        ("missing.json", None, "missing.json"),
        ("empty.json", Some(""), "empty"),
        ("cut.json", Some("{\n  \"info\": {\n    \"name\": oops"), "3:13"),
        ("list.json", Some("[1, 2]"), "no Postman collection"),
        (
            "other.json",
            Some("{\"openapi\": \"3.0.0\"}"),
            "the description has no operations",
        ),
        (
            "no_items.json",
            Some("{\"info\": {\"name\": \"x\"}, \"item\": []}"),
            "no items",
        ),
    ];
    for (name, content, expected) in cases {
        let path = folder.join(name);
        if let Some(content) = content {
            fs::write(&path, content).unwrap();
        }
        refused(&folder, &path, expected);
    }
    let inner = folder.join("a_folder");
    fs::create_dir_all(&inner).unwrap();
    refused(&folder, &inner, "a_folder");
}

fn refused(folder: &Path, path: &Path, expected: &str) {
    let out = folder.join("out");
    let outcome = letterpress(&["generate", &text(path), "--out", &text(&out)]);
    let said = said(&outcome);
    assert_eq!(outcome.status.code(), Some(1), "{said}");
    assert!(
        said.contains(&inputs::file_name(path)),
        "the file is not named in\n{said}"
    );
    assert!(
        said.to_lowercase().contains(&expected.to_lowercase()),
        "`{expected}` is not in\n{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
    assert!(!out.exists(), "something was written");
}

fn letterpress(arguments: &[&str]) -> Output {
    letterpress_in(&inputs::workspace(), arguments)
}

/// The same, from a directory of its own.
fn letterpress_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command
        .arg("run")
        .arg("--manifest-path")
        .arg(inputs::workspace().join("Cargo.toml"));
    command.args([
        "--quiet",
        "--package",
        "letterpress",
        "--features",
        "cli",
        "--bin",
        "letterpress",
        "--",
    ]);
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn succeeds(output: &Output) {
    assert!(output.status.success(), "{}", said(output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder of a test's own, and the collection in it.
fn shop_in(name: &str) -> (PathBuf, PathBuf) {
    let folder = scratch(name);
    let collection = folder.join("shop.postman_collection.json");
    fs::write(&collection, COLLECTION).unwrap();
    (folder, collection)
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("binary").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// What changed for callers has a verdict, in words, in JSON and by the exit code; at a revision of git, too.
#[test]
fn a_difference_has_a_verdict() {
    let folder = scratch("diff");
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    let more = r#""item":[{"name":"Add goods","request":{"method":"POST","url":"{{baseUrl}}/goods"}},{"name":"List goods""#;
    fs::write(&old, COLLECTION).unwrap();
    fs::write(
        &new,
        COLLECTION.replacen(r#""item":[{"name":"List goods""#, more, 1),
    )
    .unwrap();
    let (old, new) = (text(&old), text(&new));
    for (from, to, code, words) in [
        (&old, &old, 0, "nothing changed"),
        (&old, &new, 4, "minor  function goods::Goods::add_goods is new"),
        (&new, &old, 5, "major  function goods::Goods::add_goods is gone"),
    ] {
        let found = letterpress(&["diff", from, to, "--exit-code"]);
        assert_eq!(found.status.code(), Some(code), "{}", said(&found));
        assert!(said(&found).contains(words), "{}", said(&found));
    }
    let json = letterpress(&["diff", &old, &new, "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["verdict"], "minor");
    let markdown = said(&letterpress(&["diff", &new, &old, "--markdown"]));
    assert!(markdown.contains("### May break callers"), "{markdown}");
    let nowhere = letterpress(&["diff", "nowhere.json", &new]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(
        said(&nowhere).contains("there is no such file"),
        "{}",
        said(&nowhere)
    );
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", said(&output));
    };
    git(&["init", "-q", "."]);
    git(&["add", "old.json"]);
    git(&[
        "-c",
        "user.email=a@example.com",
        "-c",
        "user.name=a",
        "commit",
        "-q",
        "-m",
        "one",
    ]);
    fs::copy(&new, &old).unwrap();
    let found = letterpress_in(&folder, &["diff", "HEAD", "--", "old.json"]);
    assert!(
        said(&found).contains("minor: 0 may break callers"),
        "{}",
        said(&found)
    );
    let found = letterpress_in(&folder, &["diff", "HEAD:old.json", "old.json"]);
    assert!(
        said(&found).contains("minor: 0 may break callers"),
        "{}",
        said(&found)
    );
}

/// Each finding is explained, and a code that is none is told what it may have meant.
#[test]
fn findings_are_explained() {
    let known = letterpress(&["explain", "pm0107"]);
    succeeds(&known);
    assert!(
        said(&known).contains("Generated functions run no scripts"),
        "{}",
        said(&known)
    );
    let unknown = letterpress(&["explain", "PMO107"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        said(&unknown).contains("did you mean PM0107?"),
        "{}",
        said(&unknown)
    );
    assert!(said(&letterpress(&["explain"])).contains("OA0001"));
}

/// A crate is made that one would have written by hand, and nothing is written over.
#[test]
fn a_crate_is_begun() {
    let (folder, collection) = shop_in("init");
    let dir = text(&folder.join("Shop Client"));
    let workspace = text(&inputs::workspace());
    let init = [
        "init",
        &dir,
        "--collection",
        &text(&collection),
        "--workspace",
        &workspace,
    ];
    succeeds(&letterpress(&init));
    let file = |name: &str| fs::read_to_string(Path::new(&dir).join(name)).unwrap();
    assert!(file("Cargo.toml").contains("name = \"shop-client\""));
    assert!(file("build.rs").contains("collections_in"));
    assert_eq!(file("collections/shop.postman_collection.json"), COLLECTION);
    let again = letterpress(&init);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        said(&again).contains("Cargo.toml is there already"),
        "{}",
        said(&again)
    );
}

/// What the collection's authentication needs of the runtime is switched on, or the first build would fail.
#[test]
fn a_crate_is_begun_with_the_features_that_it_needs() {
    let folder = scratch("init-features");
    let collection = folder.join("shop.postman_collection.json");
    let digest = COLLECTION.replacen('{', r#"{"auth": {"type": "digest"}, "#, 1);
    fs::write(&collection, digest).unwrap();
    let dir = text(&folder.join("shop"));
    succeeds(&letterpress(&["init", &dir, "--collection", &text(&collection)]));
    let manifest = fs::read_to_string(Path::new(&dir).join("Cargo.toml")).unwrap();
    let runtime = format!(
        "letterpress-runtime = {{ version = \"{}\", features = [\"digest\"] }}",
        env!("CARGO_PKG_VERSION")
    );
    assert!(manifest.contains(&runtime), "{manifest}");
}

/// A crate with the client checked in is what `check` takes for up to date, keeps its collection to itself, and has its CI.
#[test]
fn a_crate_is_begun_with_its_client_checked_in() {
    let (folder, collection) = shop_in("init-checked-in");
    let dir = text(&folder.join("shop"));
    let workspace = text(&inputs::workspace());
    let init = [
        "init",
        &dir,
        "--checked-in",
        "--ci",
        "--collection",
        &text(&collection),
        "--workspace",
        &workspace,
    ];
    succeeds(&letterpress(&init));
    let file = |name: &str| fs::read_to_string(Path::new(&dir).join(name)).unwrap();
    assert!(file("src/lib.rs").contains("@generated"));
    assert!(
        file("Cargo.toml").contains("exclude = [\"/collections\"]"),
        "{}",
        file("Cargo.toml")
    );
    assert!(file(".github/workflows/client.yml").contains("run: letterpress check --semver"));
    succeeds(&letterpress(&["check", "--out", &dir]));
    fs::remove_file(&collection).unwrap();
    succeeds(&letterpress(&["check", "--out", &dir, "--semver"]));
    succeeds(&letterpress(&["generate", "--out", &dir]));
    assert!(
        file("Cargo.toml").contains("exclude = [\"/collections\"]"),
        "{}",
        file("Cargo.toml")
    );
    let again = letterpress(&init);
    assert_eq!(again.status.code(), Some(1));
}

/// Findings as JSON, a line for each, and what shells and manuals read.
#[test]
fn other_programs_are_served() {
    let found = letterpress(&["inspect", "nowhere.json", "--message-format", "json"]);
    let line: serde_json::Value = serde_json::from_slice(&found.stderr).unwrap();
    assert_eq!(
        (&line["code"], &line["severity"]),
        (&"PM0001".into(), &"error".into())
    );
    assert!(said(&letterpress(&["completions", "bash"])).contains("_letterpress"));
    let published = inputs::workspace().join("docs/letterpress.schema.json");
    let published = fs::read_to_string(published).unwrap();
    assert_eq!(said(&letterpress(&["schema"])), published);
    let folder = scratch("man");
    succeeds(&letterpress(&["man", &text(&folder)]));
    assert!(folder.join("letterpress-diff.1").exists());
}

/// Names are written down, kept, and said to be out of date; those of other collections in the file stay.
#[test]
fn names_are_locked() {
    let (folder, collection) = shop_in("lock");
    let lock = folder.join("letterpress.lock");
    let other = "market::list call GET /list List";
    fs::write(&lock, format!("{other}\n")).unwrap();
    let (collection_text, out) = (text(&collection), text(&folder.join("client")));
    let run = |command: &str| letterpress(&[command, &collection_text, "--out", &out]);
    let locked = letterpress(&["lock", &collection_text]);
    succeeds(&locked);
    let written = fs::read_to_string(&lock).unwrap();
    assert!(
        written.contains("shop::goods::list_goods call GET /goods \"Goods > List goods\""),
        "{written}"
    );
    assert!(written.contains(other), "{written}");
    succeeds(&run("generate"));
    succeeds(&run("check"));

    let renamed = COLLECTION.replace("List goods", "All that we have");
    fs::write(&collection, &renamed).unwrap();
    succeeds(&run("generate"));
    let goods = fs::read_to_string(folder.join("client/src/goods.rs")).unwrap();
    assert!(goods.contains("pub fn list_goods("), "{goods}");
    let stale = run("check");
    assert_eq!(stale.status.code(), Some(1));
    assert!(
        said(&stale).contains("goods::list_goods is known by another name or path now"),
        "{}",
        said(&stale)
    );
    succeeds(&letterpress(&["lock", &collection_text]));
    succeeds(&run("check"));

    // What is gone is said before it is taken out.
    let added = COLLECTION
        .replace(r#""path":["goods"]"#, r#""path":["wares"]"#)
        .replace("List goods", "Wares");
    fs::write(&collection, added).unwrap();
    let gone = run("generate");
    succeeds(&gone);
    assert!(
        said(&gone).contains("PM0017") && said(&gone).contains("goods::list_goods"),
        "{}",
        said(&gone)
    );
    let locked = letterpress(&["lock", &collection_text]);
    assert!(
        said(&locked).contains("gone: shop::goods::list_goods"),
        "{}",
        said(&locked)
    );

    fs::write(&lock, "shop::goods oops\n").unwrap();
    let wrong = run("generate");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(
        said(&wrong).contains("PM0016") && said(&wrong).contains("letterpress.lock:1"),
        "{}",
        said(&wrong)
    );
}

/// A crate says what it was made of, keeps the version that its user gave it, and which one is due.
#[test]
fn a_crate_remembers_how_it_was_made() {
    let (folder, collection) = shop_in("remembered");
    let out = folder.join("client");
    let out_text = text(&out);
    succeeds(&letterpress(&[
        "generate",
        &text(&collection),
        "--out",
        &out_text,
        "--docs",
        "brief",
        "--name",
        "our-shop",
    ]));
    let manifest = out.join("Cargo.toml");
    let written = fs::read_to_string(&manifest).unwrap();
    let memory = "[package.metadata.letterpress]\ncollection = \"../shop.postman_collection.json\"\narguments = [\"--name\", \"our-shop\", \"--docs\", \"brief\"]\n";
    assert!(written.ends_with(memory), "{written}");
    let own = written.replace(
        "version = \"0.1.0\"\nedition",
        "version = \"1.4.2\"\nlicense = \"MIT\"\nedition",
    );
    fs::write(&manifest, &own).unwrap();

    succeeds(&letterpress(&["check", "--out", &out_text]));
    succeeds(&letterpress_in(&out, &["check"]));
    succeeds(&letterpress_in(&out, &["generate"]));
    let kept = fs::read_to_string(&manifest).unwrap();
    assert!(
        kept.contains("version = \"1.4.2\"") && kept.contains("license = \"MIT\""),
        "{kept}"
    );
    // Another copy of the collection is the same collection.
    let copy = folder.join("copy");
    fs::create_dir_all(&copy).unwrap();
    let copy = copy.join("shop.postman_collection.json");
    fs::write(&copy, COLLECTION).unwrap();
    succeeds(&letterpress(&[
        "check",
        &text(&copy),
        "--out",
        &out_text,
        "--docs",
        "brief",
        "--name",
        "our-shop",
    ]));

    fs::write(&collection, COLLECTION.replace("List goods", "All goods")).unwrap();
    let stale = letterpress_in(&out, &["check", "--semver"]);
    assert_eq!(stale.status.code(), Some(1));
    for words in [
        "major  function goods::Goods::list_goods is gone",
        "the version is 1.4.2; the next one must be 2.0.0 at least",
    ] {
        assert!(said(&stale).contains(words), "{}", said(&stale));
    }
    let nowhere = letterpress_in(&folder, &["check"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(said(&nowhere).contains("Cargo.toml"), "{}", said(&nowhere));
    let without = letterpress(&["check", "--out", &out_text, "--docs", "brief"]);
    assert_eq!(without.status.code(), Some(2));
}

/// A crate is pressed again when its collection, or what lies beside it, changes.
#[test]
fn changes_are_watched() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let (folder, collection) = shop_in("watch");
    let out = folder.join("client");
    let mut watch = Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--package",
            "letterpress",
            "--features",
            "cli",
            "--bin",
            "letterpress",
            "--",
            "watch",
            "-q",
        ])
        .args([&text(&collection), "--out", &text(&out), "--interval", "50"])
        .current_dir(inputs::workspace())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = std::sync::mpsc::channel();
    let stdout = BufReader::new(watch.stdout.take().unwrap());
    std::thread::spawn(move || stdout.lines().try_for_each(|line| sender.send(line.unwrap())));
    let next = || lines.recv_timeout(std::time::Duration::from_secs(100)).unwrap();
    assert!(next().contains("pressed; waiting for changes"));
    fs::write(&collection, COLLECTION.replace("List goods", "List all goods")).unwrap();
    assert!(next().contains("pressed; waiting for changes"));
    let goods = || fs::read_to_string(out.join("src/goods.rs")).unwrap();
    assert!(goods().contains("fn list_all_goods"));
    fs::write(folder.join("letterpress.toml"), "flaten = true").unwrap();
    assert!(next().contains("not as it should be; waiting for changes"));
    fs::write(
        folder.join("letterpress.toml"),
        "[items.\"List all goods\"]\nname = \"every\"",
    )
    .unwrap();
    assert!(next().contains("pressed; waiting for changes"));
    assert!(goods().contains("fn every("));
    watch.kill().unwrap();
    watch.wait().unwrap();
}

/// There are colours where they are asked for, and nowhere else unless somebody sees them.
#[test]
fn colors_are_for_people() {
    let plain = said(&letterpress(&["inspect", "nowhere.json"]));
    assert!(
        plain.contains("error[PM0001]") && !plain.contains('\u{1b}'),
        "{plain}"
    );
    let colored = said(&letterpress(&["inspect", "nowhere.json", "--color", "always"]));
    assert!(
        colored.contains("\u{1b}[1;31merror[PM0001]\u{1b}[0m"),
        "{colored}"
    );
}
