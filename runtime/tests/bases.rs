//! Calls of addresses that no variable stands for, sent elsewhere.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::{Answer, Api, Body, Call, ClientBuilder, Decoded, Operation, Spec, Unexpected};

struct Get;

impl Operation for Get {
    type Output = Body;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "https://api.example.com/v1/users/:id").path(&[("id", Some("me"))]);

    fn output(answer: Answer) -> Decoded<Body> {
        answer.body()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body()
    }
}

fn builder() -> ClientBuilder {
    ClientBuilder::new(Api::new("api"))
}

fn address(builder: ClientBuilder) -> String {
    let client = builder.build().unwrap();
    let [given, saved] = [
        Call::<Get>::new(&client).path(0, "me"),
        Call::<Get>::saved(&client),
    ]
    .map(|call| call.request().unwrap().uri().to_string());
    assert_eq!(given, saved);
    given
}

#[test]
fn calls_go_where_the_client_says() {
    let api = "https://api.example.com";
    assert_eq!(address(builder()), "https://api.example.com/v1/users/me");
    let local = builder().base_url_of(api, "http://localhost:8080/");
    assert_eq!(address(local), "http://localhost:8080/v1/users/me");
    // The last of two for one address counts, and the first of two that fit; none is looked at twice.
    let twice = builder()
        .base_url_of(api, "http://a")
        .base_url_of(api, "http://b");
    assert_eq!(address(twice), "http://b/v1/users/me");
    let both = builder()
        .base_url_of("https://api.example.com/v1", "http://a")
        .base_url_of(api, "http://b")
        .base_url_of("http://a", "http://c");
    assert_eq!(address(both), "http://a/users/me");
}

#[test]
fn a_base_url_that_is_none_is_refused_at_once() {
    let error = builder()
        .base_url_of("https://api.example.com", "http://localhost:port")
        .build()
        .unwrap_err();
    assert!(error.is_build());
    let error = builder()
        .base_url_of("https://{{host}}", "http://h")
        .build()
        .unwrap_err();
    let expected =
        "any call of api was not sent: the base URL `https://{{host}}` holds more than scheme, host and path";
    assert_eq!(error.to_string(), expected);
}
