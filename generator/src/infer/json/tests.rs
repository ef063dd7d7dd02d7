//! How leniently samples are read, and what is refused.

use super::*;

fn json(text: &str) -> Json {
    read(text).unwrap_or_else(|| panic!("{text} is not read")).json
}

fn lenient(text: &str, same_as: &str) {
    let reading = read(text).unwrap_or_else(|| panic!("{text} is not read"));
    assert!(!reading.exact, "{text} is no JSON proper");
    assert_eq!(reading.json, json(same_as), "{text}");
}

#[test]
fn json_proper_is_exact() {
    for text in [
        r#"{"a": [1, -2.5, 18446744073709551615, true, null, "x\u00e9\ud83d\ude00\n"], "b": {}}"#,
        "[]",
        "5",
        "\"text\"",
        "null",
    ] {
        let reading = read(text).unwrap();
        assert!(reading.exact, "{text}");
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(reading.json, Json::from(&value), "{text}");
    }
}

#[test]
fn leniency_has_no_limits_but_sense() {
    lenient("{\"a\": 1, // one\n /* two */ \"b\": 2,}", r#"{"a":1,"b":2}"#);
    lenient("{\"a\": \"x\"\n \"b\": 2}", r#"{"a":"x","b":2}"#);
    lenient(r#"[{"a":1}, ...]"#, r#"[{"a":1}]"#);
    lenient("{'a': True}", r#"{"a":true}"#);
    lenient("[\"a\u{a0}\nb\"]", "[\"a\u{a0}\\nb\"]");
    assert_eq!(json(r#"{"a":1,"b":2,"a":3}"#), json(r#"{"a":3,"b":2}"#));
}

#[test]
fn stand_ins_are_no_text() {
    let unknown = |text| match json(text) {
        Json::Object(members) => members.into_iter().map(|(_, value)| value).collect::<Vec<_>>(),
        other => vec![other],
    };
    assert_eq!(
        unknown(r#"{"a": {{a}}, "b": {{b}}.00, "c": enter_number}"#),
        vec![Json::Unknown; 3]
    );
    assert_eq!(
        unknown(r#"{"a": <boolean>}"#),
        [Json::Placeholder(Placeholder::Bool)]
    );
    assert_eq!(
        unknown(r#"{"a": <true\false>}"#),
        [Json::Placeholder(Placeholder::Bool)]
    );
    assert_eq!(
        unknown(r#"{"a": true/false}"#),
        [Json::Placeholder(Placeholder::Bool)]
    );
    assert_eq!(unknown("{\"a\": 1/* one */}"), [Json::Number(Number::I64(1))]);
    assert_eq!(unknown("{{{a}}: 1}"), [Json::Number(Number::I64(1))]);
    assert_eq!(unknown(r#"{"a": "{{a}}"}"#), [Json::String("{{a}}".into())]);
    assert_eq!(json("{ {{members}} }"), Json::Object(Vec::new()));
    assert_eq!(json("{\"a\": [{{items}}]}"), json("{\"a\": [{{ other }}]}"));
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        " ",
        "{",
        "{'{}",
        "query { a(first: 3) { b } }",
        "<a>x</a>",
        "hello world",
        "{\"a\": 1} {",
        "{a: 1}",
        "{\"a\" 1}",
        "[\"unclosed]",
        "PK\u{3}\u{4}",
        "1 2",
        "{{body}}",
        "Unauthorized",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn nesting_is_bounded() {
    assert!(read(&"[".repeat(1_000_000)).is_none());
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert!(read(&deep).is_some());
}
