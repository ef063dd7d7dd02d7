//! What single elements of a collection become in the neutral model, rule by rule.

#![expect(clippy::unwrap_used, reason = "what fails in a test's helper fails the test")]

use letterpress::config::Config;
use letterpress::diag::{Code, Sink};
use letterpress::frontend::{self, Source};
use letterpress::ir::{
    Api, Body, Entry, FieldContent, GraphQlVariables, Operation, ParamPlace, Presence, Redirects, Sent,
};
use letterpress::passes::choose_arguments::choose_arguments;

fn api(text: &str) -> (Api, Vec<Code>) {
    let mut sink = Sink::default();
    let config = Config::default();
    let mut api = frontend::read(&Source::new("it.json", text), &config, &mut sink).unwrap();
    choose_arguments(&mut api, &config, &mut sink);
    (
        api,
        sink.into_diagnostics()
            .into_iter()
            .map(|found| found.code)
            .collect(),
    )
}

/// The operation that an API begins with.
fn first(api: &Api) -> &Operation {
    api.root.operations().next().unwrap()
}

/// The operation of a request, in a collection that defines `base` and `v`.
fn operation(request: &str) -> Operation {
    let text = format!(
        r#"{{"info": {{}}, "variable": [{{"key": "base", "value": "https://a.io"}}, {{"key": "v", "value": "1"}}],
            "item": [{{"name": "x", "request": {request}}}]}}"#
    );
    first(&api(&text).0).clone()
}

/// `key=value` with how it is sent: `!` always, `*` afresh, `~` when set, nothing for saved.
fn entries(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        let mark = match entry.sent {
            Sent::Always => "!",
            Sent::Saved => "",
            Sent::Fresh => "*",
            Sent::WhenSet => "~",
            Sent::WhenGiven => "{",
        };
        let value = entry
            .value
            .as_ref()
            .map(|value| format!("={value}"))
            .unwrap_or_default();
        format!("{mark}{}{value}", entry.key.as_deref().unwrap_or("-"))
    };
    entries.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Parameters by what they fill, required ones with a `!`.
fn params(operation: &Operation) -> String {
    let one = |param: &letterpress::ir::Param| {
        let place = match &param.place {
            ParamPlace::Path(index) => format!("p{index}"),
            ParamPlace::Query(index) => format!("q{index}"),
            ParamPlace::Header(index) => format!("h{index}"),
            ParamPlace::Variable(_) => "v".to_owned(),
        };
        let required = if param.presence == Presence::Required {
            "!"
        } else {
            ""
        };
        format!("{place}:{}{required}", param.name)
    };
    operation.params.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn addresses_are_put_together_as_postman_does() {
    for (url, base, query) in [
        (r#""{{base}}/a?x=1&&y&z=#f""#, "{{base}}/a", "x=1 - y z="),
        (r#""a.io?""#, "a.io", "?"),
        (
            r#"" https://{{h?}}/{{p#}}?{{q&}}={{r=}}""#,
            "https://{{h?}}/{{p#}}",
            "{{q&}}={{r=}}",
        ),
        (
            r#"{"protocol": "https", "host": ["a", "io"], "port": 8080, "path": ["x", "", 5]}"#,
            "https://a.io:8080/x//5",
            "",
        ),
        (r#"{"host": "{{base}}", "path": "/x/y/"}"#, "{{base}}/x/y/", ""),
        (r#"{"host": ["{{base}}"], "path": []}"#, "{{base}}/", ""),
        (r#"{"host": ["{{base}}"], "port": ""}"#, "{{base}}:", ""),
        (
            r#"{"protocol": "http://", "auth": {"user": "{{u}}", "password": "{{p}}"}, "host": "a"}"#,
            "http://{{u}}:{{p}}@a",
            "",
        ),
        (
            r#"{"raw": "https://other.io/y?z=1", "host": "a", "path": ["x"]}"#,
            "a/x",
            "",
        ),
        (
            r#"{"host": "a", "path": [{"value": "x"}, null]}"#,
            "a/[object Object]/",
            "",
        ),
        (
            r#"{"host": "a", "query": [{"key": "n", "value": 5}, {"key": null, "value": "v"}, {"key": "e", "value": ""}]}"#,
            "a",
            "n -=v e=",
        ),
        (r#"{"host": "a", "query": [{"key": ""}]}"#, "a", "?"),
        (
            r#"{"host": "a", "query": [{"key": "", "disabled": true}, {"key": "b", "value": "1", "disabled": true}]}"#,
            "a",
            "~- ~b=1",
        ),
        (r#"{"host": "a", "query": "x=1&y"}"#, "a", "x=1 y"),
        (r#"{"host": "a", "query": {"x": "1"}}"#, "a", "x=1"),
        ("null", "", ""),
    ] {
        let operation = operation(&format!(r#"{{"url": {url}}}"#));
        assert_eq!(operation.url.base, base, "{url}");
        let mark = if operation.url.bare_question_mark { "?" } else { "" };
        assert_eq!(format!("{}{mark}", entries(&operation.url.query)), query, "{url}");
    }
}

#[test]
fn variables_of_the_path_are_arguments_in_order() {
    let url = r#"{"host": "{{base}}", "path": ["{{a}}", ":id", "{{v}}", "x-{{b}}", ":id.json", ":no:", "y:z", ":gone", "{{$guid}}", "{{a}}"],
        "variable": [{"key": "id", "value": "1"}, {"id": "id", "value": "2"}, {"key": "gone", "value": 7}]}"#;
    let operation = operation(&format!(r#"{{"url": {url}}}"#));
    assert_eq!(params(&operation), "v:a! p0:id! v:v! v:b! p1:gone!");
    let saved: Vec<_> = operation
        .url
        .path_variables
        .iter()
        .map(|variable| variable.saved.as_deref())
        .collect();
    assert_eq!(saved, [Some("2"), None]);
}

#[test]
fn entries_are_sent_and_set_by_what_they_hold() {
    let query = r#"{"key": "a", "value": "1"}, {"key": "b", "value": "{{v}}"}, {"key": "c", "value": "{{v}},{{$guid}}"},
        {"key": "d", "value": "{{open}}"}, {"key": "e", "value": "x{{v}}"}, {"key": "f", "disabled": true},
        {"key": "g", "value": "2", "description": {"content": "**(Required)** it"}}"#;
    let header = r#"{"key": "A", "value": "1"}, {"key": "B", "value": "{{v}}"}, {"key": "C", "value": "{{open}}"},
        {"key": "D", "value": ""}, {"key": "E", "value": "<string>", "description": "<p>(required) it</p>"},
        {"key": "F", "value": "1", "disabled": true}, {"key": "", "value": "1"}, {"key": "G", "value": null}, {"key": "H", "value": "{{id}}"}"#;
    let operation = operation(&format!(
        r#"{{"url": {{"host": "{{{{base}}}}", "path": "{{{{id}}}}", "query": [{query}]}}, "header": [{header}]}}"#
    ));
    assert_eq!(
        entries(&operation.url.query),
        "a=1 !b={{v}} !c={{v}},{{$guid}} d={{open}} e=x{{v}} ~f g=2"
    );
    assert_eq!(
        entries(&operation.headers),
        "!A=1 !B={{v}} C={{open}} D= E=<string> ~F=1 !G=null !H={{id}}"
    );
    let expected = "v:id! q0:a q1:b q2:c q3:d q4:e q5:f q6:g! h2:C h3:D h4:E! h5:F";
    assert_eq!(params(&operation), expected);
}

#[test]
fn only_headers_that_can_be_sent_to_a_use_are_set() {
    let set = |header: &str, body: &str| {
        let request = format!(r#"{{"url": "https://a.io", "header": [{header}], "body": {body}}}"#);
        let operation = operation(&request);
        let names = operation.params.iter().map(|param| param.name.clone());
        (names.collect::<Vec<_>>().join(" "), operation.headers.len())
    };
    let off = |name: &str| format!(r#"{{"key": "{name}", "value": "x", "disabled": true}}"#);
    let on = |name: &str| format!(r#"{{"key": "{name}", "value": ""}}"#);
    let is = |names: &str, all: usize| (names.to_owned(), all);
    // The same header twice, by whatever spelling; but what is switched on is the collection's wish.
    assert_eq!(set(&[off("X-A"), off("x-a")].join(","), "null"), is("X-A", 2));
    assert_eq!(set(&[off("x-a"), on("X-A")].join(","), "null"), is("X-A", 2));
    assert_eq!(set(&[on("X-A"), on("X-A")].join(","), "null"), is("X-A X-A", 2));
    // A form brings its own type.
    let form = r#"{"mode": "formdata", "formdata": [{"key": "a", "value": "b"}]}"#;
    assert_eq!(
        set(&[off("content-type"), off("x-a")].join(","), form),
        is("x-a", 2)
    );
    assert_eq!(set(&off("content-type"), "null"), is("content-type", 1));
    // No HTTP client can send these.
    assert_eq!(
        set(&[off("x a"), on("ä"), on("x:"), off("{{n}} x")].join(","), "null"),
        is("{{n}} x n", 4)
    );
}

#[test]
fn variables_are_settings_where_only_a_client_can_know_them() {
    let text = r#"{"info": {}, "variable": [{"key": "x", "value": "{{inner}}"}, {"key": "off", "disabled": true}, {"id": "no"}],
        "auth": {"type": "basic", "basic": {"username": "{{user}}", "password": "{{pass}}"}},
        "item": [
            {"request": {"url": "{{base}}/{{id}}", "header": [{"key": "X-Api-Key", "value": "{{k}}"}]}},
            {"request": {"url": "https://{{sub}}.a.io:{{port}}/{{off}}?q={{w}}"}},
            {"request": {"url": "{{scheme}}://a.io"}}]}"#;
    let (api, _) = api(text);
    let settings: Vec<_> = api
        .variables
        .iter()
        .map(|setting| format!("{}:{:?}", setting.name, setting.kind))
        .collect();
    let expected =
        "x:Text user:Text pass:Secret base:BaseUrl k:Secret sub:Text port:Text scheme:Text inner:Text";
    assert_eq!(settings.join(" "), expected);
    assert_eq!(params(api.root.operations().nth(1).unwrap()), "v:off! q0:q");
}

#[test]
fn values_of_variables_are_cast_to_their_type() {
    let text = r#"{"info": {}, "item": [{"request": "u"}], "variable": [
        {"key": "a", "value": 42}, {"key": "b", "value": null}, {"key": "c"}, {"key": "d", "value": {"x": 1}},
        {"key": "e", "value": [1, [2]]}, {"key": "f", "value": "007", "type": "number"},
        {"key": "g", "value": "false", "type": "boolean"}, {"key": "h", "value": "1"}, {"key": "h", "value": "2"},
        {"key": "h", "value": "3", "disabled": true}]}"#;
    let defaults: Vec<_> = api(text)
        .0
        .variables
        .into_iter()
        .map(|setting| setting.default.unwrap())
        .collect();
    assert_eq!(
        defaults,
        ["42", "null", "", "[object Object]", "1,2", "7", "true", "2"]
    );
}

#[test]
fn authentication_and_behavior_are_inherited() {
    let bearer = |token: &str| {
        format!(r#""auth": {{"type": "bearer", "bearer": [{{"key": "token", "value": "{{{{{token}}}}}"}}]}}"#)
    };
    let text = format!(
        r#"{{"info": {{}}, {}, "protocolProfileBehavior": {{"disableBodyPruning": true}}, "item": [
            {{"request": {{"url": "u", "auth": null}}}},
            {{"request": {{"url": "u", "auth": {{"type": "noauth"}}}}}},
            {{"request": {{"url": "u", "auth": {{"type": "mystery"}}}}}},
            {{"name": "f", {}, "protocolProfileBehavior": {{"disabledSystemHeaders": {{"accept": true, "host": false}}}}, "item": [
                {{"request": "u", "protocolProfileBehavior": {{"disableBodyPruning": false, "disableUrlEncoding": true}}}}]}}]}}"#,
        bearer("outer"),
        bearer("inner")
    );
    let (api, codes) = api(&text);
    let token = |operation: &Operation| {
        operation
            .security
            .uses()
            .next()
            .map(|auth| auth.params[0].1.clone())
    };
    let tokens: Vec<_> = api.root.operations().map(token).collect();
    assert_eq!(tokens, [Some("{{outer}}".to_owned()), None, None]);
    let inner = api.root.folders().next().unwrap().operations().next().unwrap();
    assert_eq!(token(inner).as_deref(), Some("{{inner}}"));
    assert!(first(&api).behavior.keep_body);
    assert!(!inner.behavior.keep_body && inner.behavior.raw_url);
    assert_eq!(inner.behavior.omitted_headers, ["accept"]);
    assert_eq!((codes, api.credentials.len()), (vec![Code::UnknownAuth], 1));
}

#[test]
fn switches_of_redirects_are_those_of_the_innermost_level() {
    let text = r#"{"info": {}, "protocolProfileBehavior": {"maxRedirects": 3, "followAuthorizationHeader": true}, "item": [
        {"request": "u"},
        {"request": "u", "protocolProfileBehavior": {"followRedirects": false}},
        {"request": "u", "protocolProfileBehavior": {"maxRedirects": "7", "followAuthorizationHeader": false}},
        {"request": "u", "protocolProfileBehavior": {"maxRedirects": -1, "followRedirects": null}},
        {"name": "f", "protocolProfileBehavior": {"followRedirects": false, "followOriginalHttpMethod": true}, "item": [
            {"request": "u", "protocolProfileBehavior": {"followRedirects": true, "removeRefererHeaderOnRedirect": true}}]}]}"#;
    let (api, codes) = api(text);
    let redirects: Vec<_> = api
        .root
        .operations()
        .map(|operation| operation.behavior.redirects)
        .collect();
    let most: Vec<_> = redirects.iter().map(|redirects| redirects.most).collect();
    assert_eq!(most, [Some(3), Some(0), Some(7), Some(0)]);
    let keeps: Vec<_> = redirects
        .iter()
        .map(|redirects| redirects.keep_authorization)
        .collect();
    assert_eq!(keeps, [true, true, false, true]);
    let inner = api.root.folders().next().unwrap().operations().next().unwrap();
    let inner = inner.behavior.redirects;
    let expected = Redirects {
        most: Some(3),
        keep_method: true,
        keep_authorization: true,
        drop_referer: true,
    };
    assert_eq!((inner, codes), (expected, vec![]));
}

#[test]
fn bodies_are_what_postman_takes_them_for() {
    let none = [
        "null",
        "{}",
        r#"{"mode": "raw", "raw": ""}"#,
        r#"{"mode": "raw", "raw": 0}"#,
        r#"{"mode": "urlencoded"}"#,
        r#"{"mode": "raw", "raw": true}"#,
        r#"{"mode": "raw", "raw": []}"#,
        r#"{"mode": "urlencoded", "urlencoded": ""}"#,
        r#"{"mode": "formdata", "formdata": "a=b"}"#,
        r#"{"mode": "raw", "raw": "x", "disabled": true}"#,
    ];
    for body in none {
        assert!(
            matches!(
                operation(&format!(r#"{{"url": "u", "body": {body}}}"#)).body,
                Body::None
            ),
            "{body}"
        );
    }
    for (body, header, expected) in [
        (r#""text""#, "", "text Text false"),
        (r#"{"mode": "RAW", "raw": {"a": 1}}"#, "", r#"{"a":1} Text false"#),
        (r#"{"mode": "other", "raw": "x"}"#, "", "x Text false"),
        (
            r#"{"mode": "raw", "raw": "x", "options": {"raw": {"language": "json"}}}"#,
            "text/plain",
            "x Json true",
        ),
        (
            r#"{"mode": "raw", "raw": "x", "options": {"raw": {"language": "text"}}}"#,
            "application/json",
            "x Text false",
        ),
        (
            r#"{"mode": "raw", "raw": "x"}"#,
            "application/vnd.a+json; v=1",
            "x Text true",
        ),
    ] {
        let header = format!(r#"[{{"key": "content-type", "value": "{header}"}}]"#);
        let Body::Raw(raw) =
            operation(&format!(r#"{{"url": "u", "header": {header}, "body": {body}}}"#)).body
        else {
            panic!("{body} is not raw");
        };
        assert_eq!(
            format!("{} {:?} {}", raw.text, raw.language, raw.strip_comments),
            expected,
            "{body}"
        );
    }
}

#[test]
fn form_fields_are_what_postman_sends() {
    let list = r#"[{"key": "a", "value": "1"}, {"key": "b"}, {"value": true}, {"key": null, "value": {"x": 1}}, {"key": "f", "type": "file", "src": ["p", "q"]},
        {"key": "g", "type": "file", "value": "aGk=", "fileName": "n"}, {"key": "h", "type": "file", "src": null}, {"key": "i", "type": "text", "src": "p", "contentType": "x/y"}]"#;
    let fields = |mode: &str, list: &str| {
        let operation = operation(&format!(
            r#"{{"url": "u", "body": {{"mode": "{mode}", "{mode}": {list}}}}}"#
        ));
        let (Body::UrlEncoded { fields, .. } | Body::FormData { fields, .. }) = operation.body else {
            panic!("{mode} is no form");
        };
        let one = |field: letterpress::ir::Field| {
            let key = field.key.unwrap_or_else(|| "-".to_owned());
            match field.content {
                FieldContent::Text(text) => format!("{key}={text}"),
                FieldContent::Files { src, .. } => format!("{key}<{}", src.join(",")),
                FieldContent::Inline { base64, file_name } => {
                    format!("{key}#{base64}/{}", file_name.unwrap_or_default())
                }
            }
        };
        fields.into_iter().map(one).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(fields("urlencoded", list), "a=1 b= -=true null= f= g=aGk= h= i=");
    assert_eq!(fields("urlencoded", r#""x=1&y""#), "x=1 y=");
    assert_eq!(
        fields("formdata", list),
        r#"a=1 b= =true ={"x":1} f<p,q g#aGk=/n h< i="#
    );
}

#[test]
fn graphql_keeps_members_that_are_text() {
    let graphql = |members: &str| {
        let operation = operation(&format!(
            r#"{{"url": "u", "body": {{"mode": "graphql", "graphql": {members}}}}}"#
        ));
        let Body::GraphQl(graphql) = operation.body else {
            panic!("{members} is no GraphQL")
        };
        graphql
    };
    let text = graphql(r#"{"query": "{{q}}", "variables": "{\"a\": 1}"}"#);
    assert_eq!((text.query.as_deref(), text.saved_text), (Some("{{q}}"), None));
    assert_eq!(text.variables, GraphQlVariables::Text("{\"a\": 1}".to_owned()));
    let null = graphql(r#"{"query": "q", "variables": null}"#);
    assert_eq!(
        null.saved_text.as_deref(),
        Some(r#"{"query":"q","variables":null}"#)
    );
    assert_eq!(graphql(r#"{"query": "q", "variables": ""}"#).saved_text, None);
}

#[test]
fn saved_answers_are_grouped_by_their_status() {
    let (api, codes) = api(r#"{"name": "x", "request": "u", "response": [
        {"code": 404, "body": null}, {"code": "201", "body": "x"}, {"code": 200}, {"code": 404, "body": {"a": 1}},
        {"status": "Created"}, {"status": "422 Unprocessable"}, {"name": "Error 503"}, {"code": 0}]}"#);
    let operation = first(&api);
    let statuses = |outcomes: &[letterpress::ir::Outcome]| -> Vec<(u16, usize)> {
        outcomes
            .iter()
            .map(|outcome| (outcome.status.to_string().parse().unwrap(), outcome.samples.len()))
            .collect()
    };
    assert_eq!(statuses(&operation.results), [(200, 1), (201, 2)]);
    assert_eq!(
        statuses(&operation.errors),
        [(404, 2), (422, 1), (500, 1), (503, 1)]
    );
    assert_eq!(operation.errors[0].samples[1].body, r#"{"a":1}"#);
    assert_eq!(codes, [Code::UnknownStatus; 4]);
}

#[test]
fn an_answer_of_which_only_the_name_was_saved_says_nothing() {
    let text = r#"{"info": {}, "item": [{"name": "x", "request": "https://a.io", "response": [
        {"name": "Logged in", "code": null, "body": null},
        {"name": "Listed", "body": "{}"},
        {"name": "Refused", "code": 401, "body": null}
    ]}]}"#;
    let (api, codes) = api(text);
    let operation = first(&api);
    let samples = operation.results.iter().chain(&operation.errors);
    let names: Vec<_> = samples
        .flat_map(|outcome| outcome.samples.iter().map(|sample| sample.name.as_str()))
        .collect();
    assert_eq!(names, ["Listed", "Refused"]);
    assert_eq!(codes, [Code::UnknownStatus, Code::UnknownStatus]);
}

#[test]
fn methods_are_upper_case_and_get_by_default() {
    for (method, expected) in [
        ("null", "GET"),
        (r#""""#, "GET"),
        (r#""patch""#, "PATCH"),
        (r#""{{m}}""#, "{{M}}"),
    ] {
        assert_eq!(
            operation(&format!(r#"{{"url": "u", "method": {method}}}"#)).method,
            expected
        );
    }
}
