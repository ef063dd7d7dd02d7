//! What `letterpress.toml` says: that it is done, and that what has no target or no meaning is an error with a way out.

use letterpress::config::{Config, file};
use letterpress::diag::Sink;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};

const COLLECTION: &str = r#"{"info": {"name": "Shop"}, "item": [{"name": "Orders", "item": [{"name": "Create order", "request": {
    "method": "POST", "url": {"raw": "https://a.io/o?state=open", "host": ["https://a.io"], "path": ["o"], "query": [{"key": "state", "value": "open"}]},
    "body": {"mode": "raw", "raw": "{\"total\": 5, \"note\": \"x\"}", "options": {"raw": {"language": "json"}}}},
    "response": [{"name": "OK", "code": 200, "body": "{\"lines\": [{\"price\": 1.5, \"size\": \"big\"}], \"prices\": {\"red\": 1, \"blue\": 2}}"}]}]},
    {"name": "Old", "item": [{"name": "Gone", "request": "https://a.io/gone"}]}]}"#;

/// The generated code, and what was said of the settings.
fn press(settings: &str) -> (String, Vec<String>) {
    press_of(COLLECTION, settings)
}

fn press_of(collection: &str, settings: &str) -> (String, Vec<String>) {
    let (mut config, mut sink) = (Config::default(), Sink::default());
    file::read(
        &mut config,
        "letterpress.toml",
        settings,
        ("shop", &[]),
        &mut sink,
    );
    let read = sink.into_diagnostics();
    let outcome = pipeline::generate(&[Input::new(Source::new("shop.json", collection))], &config);
    let said = read.iter().chain(&outcome.diagnostics);
    let of_settings = said
        .filter(|found| found.place.file == "letterpress.toml")
        .map(|found| {
            let line = found.position.map(|at| at.line).unwrap_or_default();
            format!(
                "{line}: {}; {}",
                found.message,
                found.help.clone().unwrap_or_default()
            )
        });
    let code = outcome
        .files
        .iter()
        .filter(|file| !file.path.contains(".json"))
        .map(|file| file.text.as_str());
    (code.collect(), of_settings.collect())
}

#[track_caller]
fn does(settings: &str, present: &[&str], absent: &[&str]) {
    let (code, said) = press(settings);
    assert_eq!(said, [""; 0], "{settings}");
    for text in present {
        assert!(code.contains(text), "{settings}: no {text} in {code}");
    }
    for text in absent {
        assert!(!code.contains(text), "{settings}: {text}");
    }
}

/// What a body requires is asked for, not made up.
#[test]
fn a_body_that_requires_something_is_made_of_it() {
    let (code, said) = press("[items.\"Create order\"]\nbody.\"note\" = { required = true }\n");
    assert_eq!(said, Vec::<String>::new());
    assert!(
        code.contains("pub fn new(note: impl Into<String>) -> Self"),
        "{code}"
    );
    assert!(
        !code.contains("Default, PartialEq)]\npub struct CreateOrderBody"),
        "{code}"
    );
}

#[test]
fn what_is_said_is_done() {
    does(
        "",
        &["pub prices: Option<Prices>", "fn gone", "pub total: Option<i64>"],
        &[],
    );
    does(
        "[items.\"Create order\"]\nname = \"buy\"",
        &["pub fn buy(", "pub struct BuyBody"],
        &["fn create_order"],
    );
    does("[items.Gone]\nexclude = true", &[], &["fn gone"]);
    does("[folders.Old]\nexclude = true", &[], &["fn gone", "pub mod old"]);
    does(
        "[folders.Old]\nname = \"legacy\"",
        &["pub fn legacy("],
        &["pub fn old("],
    );
    does(
        "flatten = true",
        &["pub fn create_order(", "pub fn gone("],
        &["pub mod old"],
    );
    let of = |what: &str| format!("[items.\"Orders > Create order\"]\n{what}");
    does(
        &of("params.state = { name = \"status\", required = true }"),
        &["status: impl"],
        &["pub fn state("],
    );
    let values = "params.state = { values = [\"open\", \"shut\"], variants = { shut = \"Closed\" } }";
    does(
        &of(values),
        &["Closed \"shut\"", "impl Into<CreateOrderState>"],
        &[],
    );
    let renamed = "body.\"\" = { type_name = \"NewOrder\" }\nbody.note = { name = \"remark\" }";
    does(
        &of(renamed),
        &["pub struct NewOrder", "remark \"note\""],
        &["CreateOrderBody"],
    );
    let typed = "responses.200.\"lines[].price\" = { type = \"::my::Money\", required = true }";
    does(
        &of(typed),
        &["pub price: ::my::Money", "required_plain(price) \"price\""],
        &[],
    );
    let map = "responses.200.prices = { map = true }";
    does(&of(map), &["BTreeMap<String, i64>"], &["pub struct Prices"]);
    does(
        &of("responses.200.prices = { map = false }"),
        &["pub struct Prices"],
        &["BTreeMap<String, i64>"],
    );
}

#[test]
fn what_has_no_target_or_no_meaning_is_an_error_with_a_way_out() {
    let of = |what: &str| format!("[items.\"Orders > Create order\"]\n{what}");
    for (settings, expected) in [
        (
            "[items.\"Create ordr\"]\nname = \"x\"".to_owned(),
            "1: no item is called `Create ordr`; did you mean",
        ),
        (
            "[folders.Oldd]\nname = \"x\"".to_owned(),
            "1: no folder is called `Oldd`; did you mean",
        ),
        (
            of("params.stat = { required = true }"),
            "2: no parameter is called `stat`; did you mean `state`?",
        ),
        (
            of("params.state = { map = true }"),
            "2: `map` has no meaning here; ",
        ),
        (
            of("body.ttal = { required = true }"),
            "2: no field is called `ttal`; did you mean `total`?",
        ),
        (
            of("body.total = { map = true }"),
            "2: `map` has no meaning here; ",
        ),
        (
            of("body.total = { map = false }"),
            "2: `map` has no meaning here; ",
        ),
        (
            of("body.\"\" = { required = true }"),
            "2: a `name` or `required` has no meaning here; ",
        ),
        (
            of("body.total = { type_name = \"T\" }"),
            "2: no struct or enum here is called `T`; ",
        ),
        (
            of("responses.200.\"lines.price\" = { name = \"x\" }"),
            "2: no step is called `price`; one of []",
        ),
        (
            of("responses.200.\"lines[].pric\" = { name = \"x\" }"),
            "2: no field is called `pric`; did you mean `price`?",
        ),
        (
            of("responses.404.\"\" = { type_name = \"X\" }"),
            "2: no typed body is called `responses.404`; there are body, responses.200",
        ),
        (
            "[items.Gone]\nresponses.299.\"\" = { type_name = \"X\" }".to_owned(),
            "2: no typed body is called `responses.299`; no body of this item has one",
        ),
        (
            of("responses.ok.\"\" = { type_name = \"X\" }"),
            "2: `ok` is no status; ",
        ),
        (
            of("body.total = { type = \"5\" }"),
            "2: `5` is no path of a type; ",
        ),
        (
            of("params.state = { values = [\"a\"], variants = { b = \"B\" } }"),
            "2: no value is called `b`; did you mean `a`?",
        ),
        ("datetime = \"tme\"".to_owned(), "1: unknown value `tme`; "),
        (
            "flaten = true".to_owned(),
            "1: unknown key `flaten`; did you mean `flatten`?",
        ),
    ] {
        let (_, said) = press(&settings);
        assert!(
            said.len() == 1 && said[0].starts_with(expected),
            "{settings}: {said:?}, not {expected}"
        );
    }
}

#[test]
fn documentation_says_the_name_that_is_sent() {
    let collection = r#"{"info": {"name": "Shop"}, "item": [{"name": "Find", "request": {"method": "GET",
        "url": {"raw": "https://a.io/:shop?tag=x", "host": ["https://a.io"], "path": [":shop"],
                "query": [{"key": "tag", "value": "x"}], "variable": [{"key": "shop", "value": "1"}]},
        "header": [{"key": "X-Trace", "value": "", "disabled": true}]}}]}"#;
    let settings = "[items.Find.params]\ntag = { name = \"labels\" }\nshop = { name = \"store\" }\n\
                    X-Trace = { name = \"tracing\" }";
    let (code, said) = press_of(collection, settings);
    assert_eq!(said, [""; 0]);
    for text in [
        "pub fn labels(",
        "query parameter `tag`",
        "Query parameter `tag`.",
        "`store`: path variable `shop`",
        "pub fn tracing(",
        "header `X-Trace`",
    ] {
        assert!(code.contains(text), "no {text} in {code}");
    }
}

/// Two functions, two parameters, two fields and two answers, to be given each other's names.
const DOUBLE: &str = r#"{"info": {"name": "Shop"}, "item": [
    {"name": "List orders", "request": {"method": "GET", "url": {"raw": "https://a.io/o?state=open&page=1", "host": ["https://a.io"],
    "path": ["o"], "query": [{"key": "state", "value": "open"}, {"key": "page", "value": "1"}]}},
    "response": [{"name": "OK", "code": 200, "body": "{\"total\": 1, \"count\": {\"a\": 1}, \"sum\": {\"b\": 1}}"}]},
    {"name": "Find orders", "request": "https://a.io/f"}, {"name": "Items", "item": [{"name": "x", "request": "https://a.io"}]},
    {"name": "Stock", "item": [{"name": "x", "request": "https://a.io"}]}, {"name": "Stock", "item": [{"name": "y", "request": "https://a.io"}]}]}"#;

#[test]
fn folders_that_the_collection_calls_alike_get_one_name() {
    let item = r#"{"name": "a", "request": "https://a.io"}"#;
    for (below, help) in [
        (item, "write `/ > a`, or the way there: `Folder > Item`"),
        ("", "number them: `a#1`, `a#2`"),
    ] {
        let text = format!(
            r#"{{"info": {{"name": "x"}}, "item": [{item}, {item}, {{"name": "f", "item": [{below}]}}]}}"#
        );
        let said = press_of(&text, "[items.a]\nname = \"b\"").1;
        assert_eq!(said.len(), 1);
        assert!(
            said[0].contains("items are called `a`; ") && said[0].ends_with(help),
            "{said:?}"
        );
    }
    let (code, said) = press_of(DOUBLE, "[folders.Stock]\nname = \"store\"");
    assert_eq!(said, [""; 0]);
    assert!(
        code.contains("pub fn store(") && !code.contains("store_2"),
        "{code}"
    );
}

#[test]
fn a_name_that_is_not_free_is_an_error() {
    let clash = |settings: &str, expected: &str| {
        let said: Vec<String> = press_of(DOUBLE, settings).1;
        let help = "choose a name that is free, or give the other one another name too";
        assert_eq!(said, [format!("{expected}; {help}")], "{settings}");
    };
    let item = "[items.\"List orders\"]\n";
    // Whether the other one comes before or after.
    clash(
        &format!("{item}name = \"find_orders\""),
        "1: the function cannot be called `find_orders`: that is the name of `Find orders`",
    );
    clash(
        "[items.\"Find orders\"]\nname = \"list_orders\"",
        "1: the function cannot be called `list_orders`: that is the name of `List orders`",
    );
    clash(
        &format!("{item}name = \"items\""),
        "1: the function cannot be called `items`: that is the name of the folder `Items`",
    );
    clash(
        "[items.\"Find orders\"]\nname = \"builder\"",
        "1: the function cannot be called `builder`: that is the name of letterpress",
    );
    clash(
        "[folders.Items]\nname = \"list_orders\"",
        "1: the function cannot be called `list_orders`: that is the name of something else there",
    );
    clash(
        "[folders.Items]\nname = \"stock\"",
        "1: the folder cannot be called `stock`: that is the name of the folder `Stock`",
    );
    clash(
        "[folders.Stock]\nname = \"items\"",
        "1: the folder cannot be called `items`: that is the name of the folder `Items`",
    );
    clash(
        "[folders.Items]\nname = \"both\"\n[folders.Stock]\nname = \"both\"",
        "1: the folder cannot be called `both`: that is the name of the folder `Stock`",
    );
    clash(
        &format!("{item}params.state = {{ name = \"page\" }}"),
        "2: the parameter cannot be called `page`: that is the name of another parameter",
    );
    clash(
        &format!("{item}params.state = {{ name = \"send\" }}"),
        "2: the setter cannot be called `send`: that is the name of letterpress",
    );
    clash(
        &format!("{item}responses.200.\"total\" = {{ name = \"count\" }}"),
        "2: the field cannot be called `count`: that is the name of another field",
    );
    clash(
        &format!("{item}responses.200.\"sum\" = {{ name = \"total\" }}"),
        "2: the field cannot be called `total`: that is the name of another field",
    );
    clash(
        &format!(
            "{item}responses.200.\"count\" = {{ type_name = \"Same\" }}\nresponses.200.\"sum\" = {{ type_name = \"Same\" }}"
        ),
        "3: the type cannot be called `Same`: that is the name of something else there",
    );
    clash(
        &format!("{item}params.state = {{ values = [\"a\", \"b\"], variants = {{ b = \"A\" }} }}"),
        "2: the variant cannot be called `A`: that is the name of another variant",
    );
}

#[test]
fn items_in_the_root_and_of_one_name_can_be_named() {
    let item = |path: &str| format!(r#"{{"name": "Get", "request": "https://a.io/{path}"}}"#);
    let folder = format!(r#"{{"name": "Get", "item": [{}]}}"#, item("inner"));
    let text = format!(
        r#"{{"info": {{"name": "x"}}, "item": [{folder}, {}, {}]}}"#,
        item("first"),
        item("second")
    );
    let settings = "[items.\"Get > Get\"]\nname = \"deep\"\n[items.\"/ > Get#1\"]\nname = \"one\"\n\
        [items.\"/ > Get#2\"]\nname = \"two\"\n[folders.\"/ > Get\"]\nname = \"folder\"";
    let (code, said) = press_of(&text, settings);
    assert_eq!(said, [""; 0]);
    for (function, path) in [("deep", "inner"), ("one", "first"), ("two", "second")] {
        let call = code
            .split(&format!("pub fn {function}("))
            .nth(1)
            .unwrap_or_default();
        let ty = call
            .split("-> ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .unwrap_or_default();
        let spec = code
            .split(&format!("impl rt::Operation for {ty} "))
            .nth(1)
            .unwrap_or_default();
        let spec = spec.split('}').next().unwrap_or_default();
        assert!(
            spec.contains(&format!("https://a.io/{path}")),
            "{function}: {spec}"
        );
    }
    assert!(code.contains("pub fn folder(&self)"));
    let said = press_of(&text, "[items.\"Get#3\"]\nname = \"three\"").1;
    assert!(said[0].starts_with("1: no item is called `Get#3`"), "{said:?}");
}

/// What pages may be said of, and what not.
#[test]
fn pages_are_said_of_items_and_of_collections() {
    const PAGED: &str = r#"{"info": {"name": "Shop"}, "item": [{"name": "List", "request": {"method": "GET", "url": {
        "raw": "https://a.io/o?page=1&limit=2", "host": ["https://a.io"], "path": ["o"],
        "query": [{"key": "page", "value": "1"}, {"key": "limit", "value": "2"}]}},
        "response": [{"name": "OK", "code": 200, "body": "[{\"id\": 1}]"}]}]}"#;
    const LIST: &str = r#"{"info": {"name": "Shop"}, "item": [
        {"name": "List", "request": {"method": "GET", "url": {"raw": "https://a.io/o?token=", "host": ["https://a.io"], "path": ["o"],
            "query": [{"key": "token", "value": "", "disabled": true}]}},
            "response": [{"name": "OK", "code": 200, "body": "{\"data\": {\"all\": [{\"id\": 1}]}, \"n\": \"x\"}"}]},
        {"name": "Other", "request": {"method": "GET", "url": "https://a.io/p"},
            "response": [{"name": "OK", "code": 200, "body": "[{\"id\": 1}]"}]}]}"#;
    let how = r#"{ style = "cursor", send = "token", next = "n", items = "data.all" }"#;
    let constant = r#"rt::Paging::cursor(rt::PageEntry::Query("token"), &["n"])"#;
    for settings in [format!("[items.List]\npages = {how}"), format!("pages = {how}")] {
        let (code, said) = press_of(LIST, &settings);
        assert_eq!(said, [""; 0], "{settings}");
        assert!(
            code.contains(constant) && code.contains("rt::lists!(List)"),
            "{code}"
        );
        assert!(!code.contains("rt::lists!(Other)"), "{code}");
    }
    let (code, said) = press_of(LIST, "[items.Other]\npages = { style = \"link\" }");
    assert_eq!(said, [""; 0]);
    assert!(
        code.contains("rt::Paging::link()") && code.contains("rt::lists!(Other)"),
        "{code}"
    );
    for (pages, message) in [
        ("true", "2: expected false or a table; write `false`, or"),
        (
            "{ send = \"a\" }",
            "2: `pages` needs a `style`; one of cursor, header, link, offset, page, url",
        ),
        (
            "{ style = \"pages\" }",
            "2: unknown value `pages`; one of cursor, header",
        ),
        ("{ style = \"page\" }", "2: `pages` of this style need `send`;"),
        (
            "{ style = \"url\", next = \"\" }",
            "2: `pages` of this style need `next`;",
        ),
        (
            "{ style = \"link\", itmes = \"a\" }",
            "2: unknown key `itmes`; did you mean `items`?",
        ),
        (
            "{ style = \"link\", items = \"data.al\" }",
            "2: the answer has no member `al` to list; there is all",
        ),
        (
            "{ style = \"link\", items = \"data\" }",
            "2: `data` of the answer is no list;",
        ),
        (
            "{ style = \"page\", send = \"a\", first = \"x\" }",
            "2: expected a number;",
        ),
    ] {
        let (_, said) = press_of(LIST, &format!("[items.List]\npages = {pages}"));
        assert!(
            said.iter().any(|said| said.starts_with(message)),
            "{pages}: {said:?}"
        );
    }
    // A list that is none of pages.
    assert!(press_of(PAGED, "").0.contains("rt::lists!(List)"));
    assert!(
        !press_of(PAGED, "[items.List]\npages = false")
            .0
            .contains("rt::lists!")
    );
    assert!(!press_of(PAGED, "pages = false").0.contains("rt::lists!"));
}
