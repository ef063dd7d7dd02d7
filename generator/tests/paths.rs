//! Ids that are written into paths: that they are found, and that `path = "…"` makes arguments of them.

use letterpress::config::{Config, file};
use letterpress::diag::{Code, Sink};
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};
use serde_json::json;

/// A collection of one item for each path.
fn collection(paths: &[&str]) -> String {
    let item = |(index, path): (usize, &&str)| json!({"name": format!("Item {index}"), "request": {"method": "DELETE", "url": format!("{{{{baseUrl}}}}{path}")}});
    let items: Vec<_> = paths.iter().enumerate().map(item).collect();
    json!({
        "info": {"name": "Paths"},
        "item": items,
        "variable": [{"key": "baseUrl", "value": "https://api.example.com"}],
    })
    .to_string()
}

/// The generated code, the findings about ids, and those about the settings.
fn press(paths: &[&str], settings: &str) -> (String, Vec<String>, Vec<String>) {
    let (mut config, mut sink) = (Config::default(), Sink::default());
    let of = ("paths", [].as_slice());
    file::read(&mut config, "letterpress.toml", settings, of, &mut sink);
    let outcome = pipeline::generate(
        &[Input::new(Source::new("paths.json", collection(paths)))],
        &config,
    );
    let code = outcome.files.iter().map(|file| file.text.as_str()).collect();
    let found = sink.into_diagnostics().into_iter().chain(outcome.diagnostics);
    let (ids, others): (Vec<_>, Vec<_>) = found.partition(|found| found.code == Code::IdInPath);
    let said = |found: &letterpress::diag::Diagnostic| {
        format!("{}; {}", found.message, found.help.as_deref().unwrap_or_default())
    };
    (
        code,
        ids.iter().map(said).collect(),
        others.iter().map(said).collect(),
    )
}

#[test]
fn what_looks_like_an_id_is_found_with_the_line_that_makes_it_an_argument() {
    for (path, offered) in [
        (
            "/v1/playlists/7aBcD3fGh1JkLmN0pQrStU/items",
            "/v1/playlists/:playlist_id/items",
        ),
        ("/orders/42", "/orders/:order_id"),
        (
            "/people/07e92ea7-d655-4f88-925c-4aeefcee80f6",
            "/people/:people_id",
        ),
        ("/categories/5f1d7e3a9b0c4d2e8f6a1b2c", "/categories/:category_id"),
        ("/users/1/posts/2", "/users/:user_id/posts/:post_id"),
        ("/users/1/2", "/users/:user_id/:id"),
    ] {
        let (_, ids, _) = press(&[path], "");
        let [said] = ids.as_slice() else {
            panic!("{path}: {ids:?}")
        };
        assert!(said.contains(&format!("`path = \"{offered}\"`")), "{said}");
        let settings = format!("[items.\"Item 0\"]\npath = \"{offered}\"\n");
        let (code, ids, others) = press(&[path], &settings);
        assert_eq!((ids, others), (Vec::new(), Vec::new()), "{settings}");
        for name in offered.split('/').filter_map(|segment| segment.strip_prefix(':')) {
            assert!(
                code.contains(&format!("{name}: impl ::core::fmt::Display")),
                "{name} is no argument: {code}"
            );
        }
    }
}

#[test]
fn what_is_of_the_api_is_no_id() {
    let of_all = ["/2010/accounts/:id", "/2010/calls", "/2010/messages", "/2010/x"];
    for paths in [
        of_all.as_slice(),
        &["/v1/users"],
        &["/api/1.0/users"],
        &["/users/:id"],
        &["/users/{{id}}"],
        &["/files/report-2024-quarter-01.json"],
        &["/users/me"],
        &["/42"],
    ] {
        let (_, ids, others) = press(paths, "");
        assert_eq!((ids, others), (Vec::new(), Vec::new()), "{paths:?}");
    }
}

#[test]
fn the_written_id_is_the_example_and_goes_out_in_saved_calls() {
    let settings = "[items.\"Item 0\"]\npath = \"/users/{user}/files/:file\"\n";
    let (code, _, others) = press(&["/users/a%20b/files/{{file}}"], settings);
    assert_eq!(others, [""; 0]);
    assert!(
        code.contains(r#"&[("user", Some("a%20b")), ("file", Some("{{file}}"))]"#),
        "{code}"
    );
    assert!(code.contains("{{baseUrl}}/users/:user/files/:file"), "{code}");
}

#[test]
fn parameters_can_be_called_otherwise() {
    let settings = "[items.\"Item 0\"]\npath = \"/users/:account/posts/:id\"\n";
    let (code, _, others) = press(&["/users/:id/posts/:post"], settings);
    assert_eq!(others, [""; 0]);
    assert!(code.contains("/users/:account/posts/:id"), "{code}");
}

#[test]
fn a_path_that_is_not_the_items_own_is_an_error() {
    for (path, message) in [
        (
            "/orders",
            "the path has 1 segment, and the item's has 2 segments; its path is `/orders/42`",
        ),
        ("/order/:id", "`order` is `orders` in the item's path"),
        ("/orders/:id?all=true", "is more than a path"),
        ("https://other.example.com/orders/:id", "is more than a path"),
        ("/orders/:1", "`:1` is no parameter"),
        ("/orders/:", "`:` is no parameter"),
        ("/orders/43", "`43` is `42` in the item's path"),
    ] {
        let settings = format!("[items.\"Item 0\"]\npath = \"{path}\"\n");
        let (_, _, others) = press(&["/orders/42"], &settings);
        assert!(
            others.iter().any(|said| said.contains(message)),
            "{path}: {others:?}"
        );
    }
    let settings = "[items.\"Item 0\"]\npath = \"/:a/:a\"\n";
    let (_, _, others) = press(&["/1/2"], settings);
    assert!(
        others
            .iter()
            .any(|said| said.contains("the path has two parameters `:a`")),
        "{others:?}"
    );
}
