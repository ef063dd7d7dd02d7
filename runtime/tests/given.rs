//! Values that callers give are data: whatever they hold, they never become structure.

use letterpress_runtime::{
    AuthKind, BodySpec, Credential, Entry, FieldSpec, Language, Spec,
    auth::Handshake,
    wire::{
        self, Body, BuildError, FormEntry, FormValue, GivenBody, Mode, Parts, Piece, Settings, Slot, Values,
    },
};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

/// Texts that would be structure somewhere if they were put in as text.
const NASTY: &[&str] = &[
    "plain",
    "a/b",
    "/",
    "../x",
    "a?b=c",
    "a#b",
    "a&b=c",
    "a=b",
    "a+b",
    "a;b",
    "100%",
    "%2F",
    "%2e%2e",
    "a\\b",
    "{{token}}",
    "{{",
    "}}",
    "a b",
    "é€",
    "\"",
    "'",
    "\\\"",
    "*/ //",
    "<a>&amp;",
    "]]>",
    "line\r\nbreak",
    "\u{0}",
    ":id",
    "@host",
    "",
    ".",
    "..",
];

const SECRET: &[(&str, Option<&str>)] = &[("token", Some("s3cr3t"))];

fn build(spec: &Spec, values: &Values) -> Result<Parts, BuildError> {
    build_as(spec, values, Mode::Normal)
}

/// Builds with a variable that the client was given.
fn of_client(spec: &Spec, name: &str, value: &str) -> Result<Parts, BuildError> {
    let given = [(name.to_owned(), value.to_owned())];
    let settings = Settings {
        given: &given,
        ..Settings::NONE
    };
    wire::build(
        spec,
        &Values::default(),
        &settings,
        Mode::Normal,
        &Handshake::default(),
    )
}

fn build_as(spec: &Spec, values: &Values, mode: Mode) -> Result<Parts, BuildError> {
    let settings = Settings {
        defaults: SECRET,
        ..Settings::NONE
    };
    wire::build(spec, values, &settings, mode, &Handshake::default())
}

fn given(slot: Slot, value: &str) -> Values {
    let mut values = Values::default();
    values.set(slot, value.to_owned());
    values
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn text(parts: &Parts) -> String {
    match &parts.body {
        Body::Empty => String::new(),
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Body::Pieces(pieces) => pieces
            .iter()
            .map(|piece| match piece {
                Piece::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Piece::File(_) => "<file>".to_owned(),
            })
            .collect(),
    }
}

#[test]
fn a_path_value_is_one_segment() {
    const PATH: &[(&str, Option<&str>)] = &[("id", Some("saved"))];
    let by_argument = Spec::new("GET", "https://api.test/v/:id/end").path(PATH);
    let by_variable = Spec::new("GET", "https://api.test/v/{{id}}/end");
    for value in NASTY {
        for (spec, slot) in [
            (&by_argument, Slot::Path(0)),
            (&by_variable, Slot::Variable("id")),
        ] {
            let built = build(spec, &given(slot, value));
            if matches!(*value, "" | "." | "..") {
                assert!(
                    matches!(built, Err(BuildError::Unsafe { .. })),
                    "{value:?}: {built:?}"
                );
                continue;
            }
            let parts = built.expect("it is data");
            let segments: Vec<&str> = parts.target().split('/').collect();
            assert_eq!(segments.len(), 4, "{value:?}: {}", parts.url);
            assert_eq!(decoded(segments[2]), *value, "{}", parts.url);
            assert!(
                !parts.target().contains(['?', '#', '\\']),
                "{value:?}: {}",
                parts.url
            );
        }
    }
}

#[test]
fn values_that_meet_make_no_dot_segment() {
    let spec = Spec::new("GET", "https://api.test/v/{{a}}{{b}}/end");
    let mut values = given(Slot::Variable("a"), ".");
    values.set(Slot::Variable("b"), ".".to_owned());
    assert!(matches!(build(&spec, &values), Err(BuildError::Unsafe { .. })));
    values.set(Slot::Variable("b"), ".x".to_owned());
    assert_eq!(
        build(&spec, &values).expect("it is a name").target(),
        "/v/..x/end"
    );
}

#[test]
fn a_query_value_is_one_value() {
    const SET: &[Entry] = &[Entry::when_set("q", "saved"), Entry::always("z", "1")];
    const VARIABLE: &[Entry] = &[Entry::always("q", "{{q}}"), Entry::always("z", "1")];
    let by_setter = Spec::new("GET", "https://api.test/v").query(SET);
    let by_variable = Spec::new("GET", "https://api.test/v").query(VARIABLE);
    for value in NASTY {
        for (spec, slot) in [(&by_setter, Slot::Query(0)), (&by_variable, Slot::Variable("q"))] {
            let parts = build(spec, &given(slot, value)).expect("it is data");
            let (path, query) = parts.target().split_once('?').expect("there is a query");
            assert_eq!(path, "/v");
            let entries: Vec<&str> = query.split('&').collect();
            assert_eq!(entries.len(), 2, "{value:?}: {}", parts.url);
            let (key, found) = entries[0].split_once('=').expect("it has a value");
            assert_eq!((key, decoded(found).as_str()), ("q", *value), "{}", parts.url);
            assert_eq!(entries[1], "z=1");
            assert!(!query.contains(['+', '#']), "{value:?}: {}", parts.url);
        }
    }
}

#[test]
fn entries_beside_the_spec_are_data_in_name_and_value() {
    let spec = Spec::new("GET", "https://api.test/v");
    for nasty in NASTY {
        let mut values = Values::default();
        values.query.push(((*nasty).to_owned(), (*nasty).to_owned()));
        let parts = build(&spec, &values).expect("it is data");
        let (_, query) = parts.target().split_once('?').expect("there is a query");
        let (key, value) = query.split_once('=').expect("it has a value");
        assert_eq!(
            (decoded(key).as_str(), decoded(value).as_str()),
            (*nasty, *nasty),
            "{query}"
        );
        assert!(!query.contains('&'), "{query}");
    }
}

#[test]
fn a_variable_in_a_host_chooses_no_other_host() {
    let spec = Spec::new("GET", "https://{{shop}}.api.test/v");
    for value in NASTY {
        match build(&spec, &given(Slot::Variable("shop"), value)) {
            Ok(parts) => {
                assert!(
                    parts.authority().ends_with(".api.test"),
                    "{value:?}: {}",
                    parts.url
                );
                assert_eq!(parts.target(), "/v");
            }
            Err(error) => assert!(
                matches!(error, BuildError::Unsafe { .. } | BuildError::Url(_)),
                "{value:?}: {error}"
            ),
        }
    }
    assert!(build(&spec, &given(Slot::Variable("shop"), "evil.test/")).is_err());
    assert!(build(&spec, &given(Slot::Variable("shop"), "user@evil.test#")).is_err());
}

#[test]
fn a_client_s_host_is_one() {
    let spec = Spec::new("GET", "https://{{host}}/v/x");
    let url = |host: &str| of_client(&spec, "host", host).map(|parts| parts.url);
    assert_eq!(
        url("a.test:8443").ok().as_deref(),
        Some("https://a.test:8443/v/x")
    );
    // Else `v` would be the host.
    for host in ["", "/", "\\", "http://a.test"] {
        assert!(matches!(url(host), Err(BuildError::Unsafe { .. })), "{host:?}");
    }
}

#[test]
fn a_port_is_a_number() {
    let spec = Spec::new("GET", "https://api.test:{{port}}/v");
    let parts = build(&spec, &given(Slot::Variable("port"), "8443")).expect("it is a port");
    assert_eq!(parts.url, "https://api.test:8443/v");
    for value in ["", "80@evil.test", "80/x", "x"] {
        assert!(
            build(&spec, &given(Slot::Variable("port"), value)).is_err(),
            "{value:?}"
        );
    }
}

#[test]
fn a_base_url_is_an_address() {
    let spec = Spec::new("GET", "{{baseUrl}}/users");
    for (base, url) in [
        ("https://api.test", "https://api.test/users"),
        ("https://api.test/v2/", "https://api.test/v2/users"),
        ("localhost:8080", "http://localhost:8080/users"),
    ] {
        let built = of_client(&spec, "baseUrl", base);
        assert_eq!(built.expect("it is an address").url, url);
    }
    let unset = build(&spec, &Values::default());
    assert!(
        matches!(&unset, Err(BuildError::Unset { name, .. }) if name == "baseUrl"),
        "{unset:?}"
    );
    for base in [
        "http://",
        "https:",
        "https://a b",
        "https://a\r\nX: y",
        "https://api.test/#",
        "https://{{token}}",
    ] {
        assert!(
            build(&spec, &given(Slot::Variable("baseUrl"), base)).is_err(),
            "{base:?}"
        );
    }
}

/// A path or another query behind a query would be a part of it.
#[test]
fn a_base_url_with_a_query_is_a_whole_address() {
    const QUERY: &[Entry] = &[Entry::always("limit", "5")];
    let next = "https://api.test/next?page=2";
    for (spec, url) in [
        (Spec::new("GET", "{{next}}"), Some(next)),
        (
            Spec::new("GET", "{{next}}&a=b"),
            Some("https://api.test/next?page=2&a=b"),
        ),
        (Spec::new("GET", "{{next}}/users"), None),
        (Spec::new("GET", "{{next}}users"), None),
        (Spec::new("GET", "{{next}}\\users"), None),
        (Spec::new("GET", "{{next}}").query(QUERY), None),
    ] {
        for built in [
            of_client(&spec, "next", next),
            build(&spec, &given(Slot::Variable("next"), next)),
        ] {
            match url {
                Some(url) => assert_eq!(built.expect("it is an address").url, url),
                None => assert!(matches!(built, Err(BuildError::Unsafe { .. })), "{built:?}"),
            }
        }
    }
}

#[test]
fn a_header_value_is_one_line() {
    const SET: &[Entry] = &[Entry::when_set("X-A", "saved")];
    const VARIABLE: &[Entry] = &[Entry::always("X-A", "{{a}}")];
    let by_setter = Spec::new("GET", "https://api.test/v").headers(SET);
    let by_variable = Spec::new("GET", "https://api.test/v").headers(VARIABLE);
    for value in NASTY {
        for (spec, slot) in [(&by_setter, Slot::Header(0)), (&by_variable, Slot::Variable("a"))] {
            let built = build(spec, &given(slot, value));
            if value.contains(['\r', '\n', '\0', '€']) {
                assert!(built.is_err(), "{value:?}");
            } else {
                let parts = built.expect("it is data");
                assert_eq!(
                    parts.header("x-a").map(wire::Header::text).as_deref(),
                    Some(*value)
                );
            }
        }
    }
}

#[test]
fn a_callers_header_wins() {
    let spec = Spec::new("GET", "https://api.test/v").auth(AuthKind::Bearer, &[]);
    let mut values = Values::default();
    values
        .headers
        .push(("authorization".to_owned(), "mine".to_owned()));
    let credentials = [Credential::bearer("theirs")];
    let settings = Settings {
        credentials: &credentials,
        ..Settings::NONE
    };
    let parts = wire::build(&spec, &values, &settings, Mode::Normal, &Handshake::default());
    let lines = parts.expect("it can be built").headers;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].text(), "mine");
}

#[test]
fn json_stays_json() {
    let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::Raw {
        text: "{\"a\": \"x{{a}}y\", // \"not\" a string\n \"b\": {{b}}, /* {{a}} */ \"token\": \"{{token}}\"}",
        language: Language::Json,
        strip_comments: true,
        json: false,
    });
    for value in NASTY {
        let mut values = given(Slot::Variable("a"), value);
        values.set(Slot::Variable("b"), (*value).to_owned());
        let parts = build_as(&spec, &values, Mode::Saved).expect("it is data");
        let json: serde_json::Value = serde_json::from_str(&text(&parts)).unwrap_or_else(|error| {
            panic!("{value:?} broke the JSON: {error}: {}", text(&parts));
        });
        assert_eq!(json["a"], format!("x{value}y"));
        assert_eq!(json["b"], *value);
        assert_eq!(
            json["token"], "s3cr3t",
            "the collection's own variables are put in as text"
        );
    }
    let mut values = given(Slot::Variable("a"), "");
    for (value, expected) in [
        ("5", "5"),
        ("true", "true"),
        ("[1, 2]", "[1, 2]"),
        ("\"q\"", "\"q\""),
    ] {
        values.set(Slot::Variable("b"), value.to_owned());
        let body = text(&build_as(&spec, &values, Mode::Saved).expect("it is JSON"));
        assert!(body.contains(&format!("\"b\": {expected},")), "{body}");
    }
}

#[test]
fn xml_stays_xml() {
    let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::Raw {
        text: "<a b=\"{{a}}\">{{a}}</a>",
        language: Language::Xml,
        strip_comments: false,
        json: false,
    });
    for value in NASTY {
        let body =
            text(&build_as(&spec, &given(Slot::Variable("a"), value), Mode::Saved).expect("it is data"));
        assert_eq!(body.matches('<').count(), 2, "{body}");
        assert_eq!(body.matches('"').count(), 2, "{body}");
    }
}

#[test]
fn graphql_stays_a_string() {
    let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::GraphQl {
        query: Some("{ user(name: \"{{a}}\", id: {{b}}) { id } }"),
        operation_name: None,
        variables: None,
        saved_text: None,
    });
    for value in NASTY {
        let mut values = given(Slot::Variable("a"), value);
        values.set(Slot::Variable("b"), (*value).to_owned());
        let body = text(&build(&spec, &values).expect("it is data"));
        let json: serde_json::Value = serde_json::from_str(&body).expect("it is JSON");
        let query = json["query"].as_str().expect("the query is text");
        let ends = query.replace("\\\\", "").replace("\\\"", "");
        assert!(
            ends.matches('"').count().is_multiple_of(2) && query.ends_with(") { id } }"),
            "{value:?}: {query}"
        );
    }
}

#[test]
fn form_values_are_data() {
    const FIELDS: &[FieldSpec] = &[FieldSpec::text("a", "saved"), FieldSpec::text("b", "saved")];
    for value in NASTY {
        let entry = |key: &str| FormEntry {
            key: key.to_owned(),
            value: FormValue::Text((*value).to_owned()),
        };
        let values = || Values {
            body: GivenBody::Form(vec![entry("a"), entry("b")]),
            ..Values::default()
        };
        let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::UrlEncoded(FIELDS));
        let body = text(&build(&spec, &values()).expect("it is data"));
        let entries: Vec<(&str, String)> = body
            .split('&')
            .filter_map(|entry| entry.split_once('='))
            .map(|(key, value)| (key, decoded(value)))
            .collect();
        assert_eq!(
            entries,
            [("a", (*value).to_owned()), ("b", (*value).to_owned())],
            "{body}"
        );

        let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::FormData(FIELDS));
        let body = text(&build(&spec, &values()).expect("it is data"));
        assert_eq!(body.matches("Content-Disposition").count(), 2, "{body}");
        assert!(
            body.contains(&format!("name=\"a\"\r\n\r\n{value}\r\n--")),
            "{body}"
        );
    }
}

#[test]
fn names_in_a_multipart_body_stay_in_their_quotes() {
    const FIELDS: &[FieldSpec] = &[FieldSpec::text("{{name}}", "1")];
    let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::FormData(FIELDS));
    let name = "a\"; filename=\"x\r\nX-Evil: 1";
    let parts = build_as(&spec, &given(Slot::Variable("name"), name), Mode::Saved).expect("it is data");
    let expected = "name=\"a%22; filename=%22x%0D%0AX-Evil: 1\"\r\n\r\n1";
    assert!(text(&parts).contains(expected), "{}", text(&parts));
}

#[test]
fn variables_that_double_each_other_end() {
    const BILLION: &[(&str, Option<&str>)] = &[
        ("a", Some("{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}")),
        ("b", Some("{{c}}{{c}}{{c}}{{c}}{{c}}{{c}}{{c}}{{c}}")),
        ("c", Some("{{d}}{{d}}{{d}}{{d}}{{d}}{{d}}{{d}}{{d}}")),
        ("d", Some("{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}")),
    ];
    let spec = Spec::new("GET", "https://api.test/{{a}}");
    let settings = Settings {
        defaults: BILLION,
        ..Settings::NONE
    };
    let built = wire::build(
        &spec,
        &Values::default(),
        &settings,
        Mode::Saved,
        &Handshake::default(),
    );
    assert!(matches!(built, Err(BuildError::TooLarge)), "{built:?}");
}

#[test]
fn nothing_secret_is_shown() {
    const PARAMS: &[(&str, &str)] = &[("token", "{{token}}")];
    let spec = Spec::new("GET", "https://api.test/v").auth(AuthKind::Bearer, PARAMS);
    let parts = build(&spec, &Values::default()).expect("it can be built");
    assert!(!format!("{parts:?}").contains("s3cr3t"), "{parts:?}");
}

proptest! {
    #[test]
    fn any_path_value_is_one_segment(value in "\\PC{1,12}") {
        const PATH: &[(&str, Option<&str>)] = &[("id", None)];
        let spec = Spec::new("GET", "https://api.test/v/:id/end").path(PATH);
        prop_assume!(!matches!(value.as_str(), "." | ".."));
        let parts = build(&spec, &given(Slot::Path(0), &value)).expect("it is data");
        let segments: Vec<&str> = parts.target().split('/').collect();
        prop_assert_eq!(segments.len(), 4);
        prop_assert_eq!(decoded(segments[2]), value);
    }

    #[test]
    fn any_query_value_is_one_value(value in any::<String>()) {
        const QUERY: &[Entry] = &[Entry::when_set("q", "")];
        let spec = Spec::new("GET", "https://api.test/v").query(QUERY);
        let parts = build(&spec, &given(Slot::Query(0), &value)).expect("it is data");
        let (_, query) = parts.target().split_once("?q=").expect("there is a query");
        prop_assert!(!query.contains(['&', '#', '+', ' ']));
        prop_assert_eq!(decoded(query), value);
    }

    #[test]
    fn any_text_stays_in_its_json_string(value in any::<String>()) {
        let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::Raw {
            text: "{\"a\": \"{{a}}\"}",
            language: Language::Json,
            strip_comments: true,
            json: false,
        });
        let parts = build_as(&spec, &given(Slot::Variable("a"), &value), Mode::Saved).expect("it is data");
        let json: serde_json::Value = serde_json::from_str(&text(&parts)).expect("it is JSON");
        prop_assert_eq!(json["a"].as_str(), Some(value.as_str()));
    }

    #[test]
    fn any_form_value_is_one_value(key in any::<String>(), value in any::<String>()) {
        let spec = Spec::new("POST", "https://api.test/v").body(BodySpec::UrlEncoded(&[]));
        let entry = FormEntry { key: key.clone(), value: FormValue::Text(value.clone()) };
        let values = Values { body: GivenBody::Form(vec![entry]), ..Values::default() };
        let body = text(&build(&spec, &values).expect("it is data"));
        let (found_key, found) = body.split_once('=').expect("it is an entry");
        prop_assert_eq!((decoded(found_key), decoded(found)), (key, value));
    }
}

#[test]
fn percent_escapes_in_hosts_stand_for_characters_of_hosts() {
    let url = |url: &'static str| {
        let spec = Spec::new("GET", url);
        let handshake = Handshake::default();
        let parts = wire::build(
            &spec,
            &Values::default(),
            &Settings::NONE,
            Mode::Saved,
            &handshake,
        );
        parts.map(|parts| parts.url)
    };
    for (text, sent) in [
        ("http://a%2Eb.example/x", "http://a.b.example/x"),
        ("http://%41b.example:80/", "http://ab.example:80/"),
        ("http://m%C3%BCnchen.example/", "http://xn--mnchen-3ya.example/"),
        ("http://%31%32%37.1/", "http://127.0.0.1/"),
    ] {
        assert_eq!(url(text).as_deref(), Ok(sent), "{text}");
    }
    // What ends a host does not hide in one, nor what nobody can read.
    for text in [
        "http://a%2Fb/",
        "http://a%40b/",
        "http://a%3A80/",
        "http://a%23/",
        "http://a%00/",
        "http://a%20b/",
        "http://a%2541/",
        "http://a%FF/",
        "http://a%/",
        "http://%/",
    ] {
        assert!(
            matches!(url(text), Err(BuildError::Url(_))),
            "{text}: {:?}",
            url(text)
        );
    }
}
