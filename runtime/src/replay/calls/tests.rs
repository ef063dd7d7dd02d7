//! Calls that are told apart by what they call, whatever shape the text is in.

use super::{CallName, Document, plain_document, xml};
use http::{HeaderName, HeaderValue};

fn call(headers: &[(&'static str, &'static str)], body: &str) -> Option<CallName> {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    CallName::of_request(&headers.collect(), body.as_bytes())
}

fn distance(sent: &str, saved: &str) -> Result<usize, String> {
    let document = |text| CallName::GraphQl(Document::read(text, None).expect(text));
    document(sent).distance(&document(saved))
}

#[test]
fn graphql_is_told_apart_by_name_and_fields() {
    for (sent, saved, expected) in [
        ("{ a(x: 1) { b } }", "# c\nquery {\n  a(x:1) {b,} }", Some(1)),
        ("{ a{b} }", "{a { b }}", Some(0)),
        (
            "{ a(id: 1) { b } }",
            "{ other: a(id: 2, s: \"}\") { c } }",
            Some(1),
        ),
        (
            "query Q { a { b } }",
            "query Q($x: [Int!] = [{y: 1}]) @d { a { c } }",
            Some(1),
        ),
        ("query Q { a }", "query Q { z }", Some(2)),
        ("query Q { a }", "{ a }", Some(1)),
        ("query Q { a }", "query R { a }", None),
        ("{ a }", "{ b }", None),
        ("{ a }", "mutation { a }", None),
        (
            "fragment F on T { x } { ...F a }",
            "{ a ... on Q { b } }",
            Some(1),
        ),
    ] {
        assert_eq!(distance(sent, saved).ok(), expected, "{sent} and {saved}");
    }
    assert_eq!(
        distance("{ a }", "{ b, c }").unwrap_err(),
        "its GraphQL operation is `query { b c }`"
    );
    let two = "query A { a } query B { b }";
    let named = |name| Document::read(two, name).map(|document| document.shown());
    assert_eq!(named(None).as_deref(), Some("`A`"));
    assert_eq!(named(Some("B")).as_deref(), Some("`B`"));
    assert_eq!(named(Some("C")), None);
    for text in [
        "",
        "a",
        "{",
        "\"",
        "\"\"\"",
        "...",
        "}}{{((",
        "query",
        "fragment F on T { x }",
    ] {
        let _ = Document::read(text, None);
        let _ = plain_document(text);
    }
    assert_eq!(Document::read("fragment F on T { x }", None), None);
}

#[test]
fn methods_and_actions_are_read() {
    let rpc = |methods: &[&str]| {
        Some(CallName::JsonRpc(
            methods.iter().map(|name| (*name).to_owned()).collect(),
        ))
    };
    assert_eq!(call(&[], r#"{"jsonrpc": "2.0", "method": "a"}"#), rpc(&["a"]));
    assert_eq!(
        call(&[], r#"{"method": "a", "params": [], "id": 1}"#),
        rpc(&["a"])
    );
    assert_eq!(
        call(
            &[],
            r#"[{"jsonrpc": "2.0", "method": "a"}, {"jsonrpc": "2.0", "method": "b"}]"#
        ),
        rpc(&["a", "b"])
    );
    for other in [
        r#"{"method": "a"}"#,
        "{}",
        "[]",
        "[1]",
        "{",
        "",
        r#"{"query": "shoes"}"#,
    ] {
        assert_eq!(call(&[], other), None, "{other}");
    }
    let soap = |action: Option<&str>, element: Option<&str>| {
        let (action, element) = (action.map(str::to_owned), element.map(str::to_owned));
        Some(CallName::Soap { action, element })
    };
    let envelope = "<?xml version=\"1.0\"?><!-- <x> --><s:Envelope xmlns:s='a'><s:Header><h/></s:Header>\
                    <s:Body>\n<m:GetPrice id='1'/></s:Body></s:Envelope>";
    assert_eq!(call(&[], envelope), soap(None, Some("GetPrice")));
    assert_eq!(
        call(&[("soapaction", "\"urn:a\"")], envelope),
        soap(Some("urn:a"), Some("GetPrice"))
    );
    assert_eq!(
        call(
            &[
                ("soapaction", "\"\""),
                ("content-type", "application/soap+xml; action=\"urn:b\"")
            ],
            envelope
        ),
        soap(Some("urn:b"), Some("GetPrice"))
    );
    assert_eq!(call(&[("soapaction", "x")], "<a/>"), soap(Some("x"), None));
    assert_eq!(call(&[], "<a/>"), None);
    let other = soap(None, Some("GetName")).and_then(|saved| call(&[], envelope)?.distance(&saved).err());
    assert_eq!(other.as_deref(), Some("its SOAP call is `GetName`"));
    assert_eq!(
        call(&[], "<methodCall><methodName> a.b </methodName></methodCall>"),
        Some(CallName::XmlRpc("a.b".to_owned()))
    );
    assert_eq!(
        call(&[("content-type", "application/graphql")], "query Q { a }").map(|call| call.shown()),
        Some("its GraphQL operation is `Q`".to_owned())
    );
    for text in [
        "<",
        "<!--",
        "<![CDATA[",
        "<Envelope",
        "<Envelope><Body",
        "<methodCall>",
        "<>",
        "</a>",
    ] {
        let _ = xml::read(text);
    }
}
