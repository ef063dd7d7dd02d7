//! Bodies that say the same, of every kind, and where others differ.

use super::*;
use http::{HeaderMap, HeaderValue, header};
use serde_json::json;

/// Where a sent body differs from a saved one, in a collection where `v` is 5.
fn differs(saved: &Value, content_type: &'static str, sent: &str) -> Option<String> {
    let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(content_type))]);
    let asked = Asked {
        operation: None,
        method: "POST",
        path: "/",
        query: "",
        headers: &headers,
        body: sent.as_bytes(),
    };
    let variables = Variables {
        given: &[],
        called: None,
        saved: &[("v".to_owned(), "5".to_owned())],
    };
    SavedBody::read(Some(saved)).differs(&asked, &variables)
}

fn same(saved: &Value, sent: &str) {
    assert_eq!(
        differs(saved, "application/json", sent),
        None,
        "{saved} and {sent}"
    );
}

fn other(saved: &Value, sent: &str, place: &str) {
    let found = differs(saved, "application/json", sent);
    assert_eq!(found.as_deref(), Some(place), "{saved} and {sent}");
}

#[test]
fn json_is_compared_as_data() {
    same(
        &json!("{\"m\":\"{{v}}\", \"n\": {{v}}, \"x\": {{none}}, \"y\": \"{{$guid}}\"}"),
        r#"{"n":5.0,"m":"5","x":[1],"y":"a"}"#,
    );
    same(&json!("{\n // note\n \"a\": [1, 2,], }"), r#"{"a":[1,2]}"#);
    same(&json!("{\"token\": \"[removed]\"}"), r#"{"token":"secret"}"#);
    other(&json!(r#"{"a":{"b":[1,2]}}"#), r#"{"a":{"b":[1,3]}}"#, "`/a/b/1`");
    other(
        &json!(r#"{"a":1}"#),
        r#"{"a":1,"b":2}"#,
        "it has members that were not saved",
    );
    other(&json!(r#"{"a":{},"b":2}"#), r#"{"a":{}}"#, "`/b`");
    other(&json!(r#"{"a":"{{v}}"}"#), r#"{"a":"6"}"#, "`/a`");
    other(&json!("{}"), "not JSON", "the text is another");
    same(&json!("<a>{{v}}</a> "), "<a>5</a>");
    other(&json!("<a>1</a>"), "<a>2</a>", "the text is another");
    same(&json!(""), " ");
    other(&json!(""), "{}", "no body was saved");
    same(&json!({"file": true}), "whatever");
}

#[test]
fn forms_are_compared_by_field() {
    let form = json!({"urlencoded": [["action", "list {{v}}"], ["a", "1"], ["a", "2"]]});
    same(&form, "a=2&a=1&action=list+5");
    other(&form, "a=2&a=1&action=list+6", "the field `action`");
    other(&form, "a=2&action=list%205", "the field `a`");
    other(
        &form,
        "a=2&a=1&action=list+5&b=",
        "there are fields that were not saved",
    );

    let parts = json!({"formdata": [["a", "{{v}}"], ["f", null]]});
    let kind = "multipart/form-data; boundary=b";
    let body = |a: &str, file: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"f\"{file}\r\n\r\nx\r\n\
             --b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{a}\r\n--b--\r\n"
        )
    };
    let file = "; filename=\"x\"";
    assert_eq!(differs(&parts, kind, &body("5", file)), None);
    assert_eq!(
        differs(&parts, kind, &body("6", file)).as_deref(),
        Some("the field `a`")
    );
    assert_eq!(
        differs(&parts, kind, &body("5", "")).as_deref(),
        Some("the field `f`")
    );
    other(&parts, "a=5", "it is no form in parts");
}

#[test]
fn graphql_is_compared_by_document_name_and_variables() {
    let saved = json!({"graphql": ["query Q { a(x: 1), b }", null, "{\"id\": {{v}}}"]});
    same(
        &saved,
        r#"{"query": "query Q {\n a(x:1)\n b }", "operationName": "Q", "variables": {"id": 5}}"#,
    );
    other(
        &saved,
        r#"{"query": "query Q { a(x: 1) b }", "variables": {"id": 6}}"#,
        "`variables/id`",
    );
    other(&saved, r#"{"query": "query Q { a }"}"#, "the GraphQL document");
    other(&saved, "query Q", "it is no JSON");
    let named = json!({"graphql": ["query Q { a }", "Q", ""]});
    same(
        &named,
        r#"{"query": "query Q { a }", "operationName": "Q", "variables": {}}"#,
    );
    other(
        &named,
        r#"{"query": "query Q { a }", "operationName": "R"}"#,
        "`operationName`",
    );
}
