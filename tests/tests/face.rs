//! What callers give, what clients are configured with, and what goes out that nobody gave: the kinds of
//! what a saved request must not decide.

use letterpress::config::Config;
use letterpress_tests::press;
use serde_json::{Value, json};

fn press(items: Vec<Value>, variables: Value) -> String {
    let collection = json!({"info": {"name": "Face"}, "item": items, "variable": variables});
    let pressed = press::press_configured("face.json", collection.to_string().as_bytes(), &Config::default());
    pressed.map(|pressed| pressed.text()).unwrap_or_default()
}

fn item(name: &str, method: &str, url: &str) -> Value {
    json!({"name": name, "request": {"method": method, "url": url}})
}

fn with(mut item: Value, key: &str, value: Value) -> Value {
    item["request"][key] = value;
    item
}

/// The arguments of a function, by name.
#[track_caller]
fn arguments(code: &str, function: &str) -> Vec<String> {
    let start = format!("pub fn {function}(");
    let found = code
        .split_once(&start)
        .and_then(|(_, rest)| rest.split_once(" -> "));
    assert!(found.is_some(), "no {function} in {code}");
    let list = found.map(|(list, _)| list).unwrap_or_default();
    let names = list
        .split(',')
        .filter_map(|argument| Some(argument.split_once(':')?.0.trim().to_owned()));
    names.filter(|name| !name.is_empty()).collect()
}

fn base() -> Value {
    json!([{"key": "baseUrl", "value": "https://api.example.com"}])
}

#[test]
fn ids_in_paths_are_arguments_whatever_the_collection_holds() {
    let mut variables = base();
    let list = variables.as_array_mut().unwrap();
    list.push(json!({"key": "orderId", "value": ""}));
    list.push(json!({"key": "userId", "value": "42"}));
    let mut login = item("Create job", "POST", "{{baseUrl}}/jobs");
    login["event"] = json!([{"listen": "test", "script": {"exec": [
        "pm.collectionVariables.set(\"jobId\", pm.response.json().id);",
        "pm.collectionVariables.set(\"statusUrl\", pm.response.json().url);",
    ]}}]);
    let items = vec![
        item("Delete order", "DELETE", "{{baseUrl}}/orders/{{orderId}}"),
        item("Get user", "GET", "{{baseUrl}}/users/{{userId}}"),
        item(
            "Get posts",
            "GET",
            "{{baseUrl}}/users/{{userId}}/posts/{{postId}}",
        ),
        login,
        item("Get job", "GET", "{{baseUrl}}/jobs/{{jobId}}"),
        item("Get status", "GET", "{{statusUrl}}"),
    ];
    let code = press(items, variables);
    assert_eq!(arguments(&code, "delete_order"), ["order_id"]);
    assert_eq!(arguments(&code, "get_user"), ["user_id"]);
    assert_eq!(arguments(&code, "get_posts"), ["user_id", "post_id"]);
    assert_eq!(arguments(&code, "get_job"), ["job_id"]);
    assert_eq!(arguments(&code, "get_status"), ["status_url"]);
    assert!(code.contains(".setters(&[\"base_url\"])"), "{code}");
}

#[test]
fn what_nearly_all_paths_share_is_a_setting() {
    let mut variables = base();
    variables
        .as_array_mut()
        .unwrap()
        .push(json!({"key": "apiVersion", "value": "v2"}));
    let items = ["users", "orders", "jobs", "files"].map(|thing| {
        item(
            &format!("Get {thing}"),
            "GET",
            &format!("{{{{baseUrl}}}}/{{{{apiVersion}}}}/{thing}/:id"),
        )
    });
    let code = press(items.to_vec(), variables);
    assert_eq!(arguments(&code, "get_users"), ["id"]);
    assert!(
        code.contains(".setters(&[\"base_url\", \"api_version\"])"),
        "{code}"
    );
}

#[test]
fn headers_that_name_a_call_are_not_sent_unless_set() {
    let headers = json!([
        {"key": "Accept", "value": "application/json"},
        {"key": "X-Api-Version", "value": "2024-01-01"},
        {"key": "Idempotency-Key", "value": "Lorem nisi dolor"},
        {"key": "X-Request-Id", "value": "07e92ea7-d655-4f88-925c-4aeefcee80f6"},
        {"key": "X-Correlation-ID", "value": "abc"},
        {"key": "If-Match", "value": "\"5\""},
        {"key": "X-Timestamp", "value": "1700000000"},
        {"key": "X-Customer", "value": "<string>"},
        {"key": "X-Note", "value": "consectetur dolor"},
    ]);
    let pay = with(item("Pay", "POST", "{{baseUrl}}/payments"), "header", headers);
    let code = press(vec![pay, item("List", "GET", "{{baseUrl}}/payments")], base());
    for sent in [
        r#"rt::Entry::always("Accept", "application/json")"#,
        r#"rt::Entry::always("X-Api-Version", "2024-01-01")"#,
        r#"rt::Entry::fresh("Idempotency-Key", "Lorem nisi dolor")"#,
        r#"rt::Entry::saved("X-Request-Id", "#,
        r#"rt::Entry::saved("X-Correlation-ID", "abc")"#,
        r#"rt::Entry::saved("If-Match", "#,
        r#"rt::Entry::saved("X-Timestamp", "1700000000")"#,
        r#"rt::Entry::saved("X-Customer", "<string>")"#,
        r#"rt::Entry::saved("X-Note", "consectetur dolor")"#,
        "Sends the headers `Accept: application/json` and `X-Api-Version: 2024-01-01`, and a new `Idempotency-Key` for",
    ] {
        assert!(code.contains(sent), "{sent}: {code}");
    }
    for setter in [
        "idempotency_key",
        "x_request_id",
        "x_correlation_id",
        "if_match",
        "x_timestamp",
        "x_customer",
        "x_note",
    ] {
        assert!(code.contains(&format!("pub fn {setter}(self")), "{setter}");
    }
}

#[test]
fn bodies_are_arguments_whatever_is_in_them() {
    let raw = |text: &str, language: &str| json!({"mode": "raw", "raw": text, "options": {"raw": {"language": language}}});
    let post = |name: &str, body: Value| with(item(name, "POST", "{{baseUrl}}/things"), "body", body);
    let items = vec![
        post("Valid", raw("{\"a\": 1}", "json")),
        post("Broken", raw("{\"a\": oops", "json")),
        post("Xml", raw("<a>{{b}}</a>", "xml")),
        post("Variable", raw("{{payload}}", "json")),
        post("File", json!({"mode": "file", "file": {"src": "a.bin"}})),
        post(
            "Form",
            json!({"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}]}),
        ),
        with(
            item("Read", "GET", "{{baseUrl}}/things"),
            "body",
            raw("{\"a\": 1}", "json"),
        ),
    ];
    let code = press(items, base());
    for function in ["valid", "broken", "xml", "variable", "file", "form"] {
        assert_eq!(arguments(&code, function).len(), 1, "{function}");
    }
    // `GET` has no body.
    assert_eq!(arguments(&code, "read"), [""; 0]);
}

#[test]
fn a_repeated_key_is_one_setter_that_takes_many() {
    let items = vec![
        item("Find", "GET", "{{baseUrl}}/orders?id=1&id=2&id=3&page=1"),
        item("Search", "GET", "{{baseUrl}}/orders?tags[]=a&sort=up"),
    ];
    let code = press(items, base());
    let many = "impl IntoIterator<Item = impl ::core::fmt::Display>";
    assert!(code.contains(&format!("id: {many}")), "{code}");
    assert!(code.contains(&format!("tags: {many}")), "{code}");
    assert!(!code.contains("id_2"), "{code}");
    assert!(!code.contains(&format!("page: {many}")), "{code}");
}

#[test]
fn what_most_bodies_share_is_a_setting_and_what_one_has_is_none() {
    let post = |name: &str, body: Value| {
        let body = json!({"mode": "raw", "raw": body.to_string(), "options": {"raw": {"language": "json"}}});
        with(item(name, "POST", "{{baseUrl}}/link"), "body", body)
    };
    let with_client =
        |more: &str| json!({"client_id": "{{clientId}}", "secret": "{{clientSecret}}", more: "x"});
    let items = vec![
        post("Create", with_client("a")),
        post("Exchange", with_client("b")),
        post("Revoke", with_client("c")),
        post("Login", json!({"user": "ada", "password": "{{password}}"})),
    ];
    let code = press(items, base());
    assert!(
        code.contains(".setters(&[\"base_url\", \"client_id\", \"client_secret\"])"),
        "{code}"
    );
    assert!(
        code.contains(".fills(&[(\"client_id\", \"clientId\"), (\"secret\", \"clientSecret\")])"),
        "{code}"
    );
    assert!(
        code.contains(
            "Where the body leaves out `client_id` and `secret`, settings of the client fill them in."
        ),
        "{code}"
    );
    assert!(!code.contains("pub fn password("), "{code}");
}
