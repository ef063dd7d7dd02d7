//! Names that the collection does not have are refused when the client is made.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::{Api, ClientBuilder};

const API: Api = Api::new("api")
    .variables(&[("baseUrl", Some("https://api.example.com/v1")), ("tenant", None)])
    .setters(&["base_url", "tenant"])
    .call_variables(&["userId"]);

fn builder(api: Api) -> ClientBuilder {
    ClientBuilder::new(api)
}

#[track_caller]
fn refused(builder: ClientBuilder, expected: &str) {
    let error = builder.build().unwrap_err();
    assert!(error.is_build());
    assert_eq!(
        error.to_string(),
        format!("any call of api was not sent: {expected}")
    );
}

#[test]
fn variables_are_those_of_the_collection() {
    for name in ["baseUrl", "tenant", "userId", "$guid"] {
        assert!(builder(API).variable(name, "x").build().is_ok(), "{name}");
    }
    let near = "the collection has no variable `base_url`: did you mean `baseUrl`?";
    refused(
        builder(API).variable("tenant", "x").variable("base_url", "x"),
        near,
    );
    let near = "the collection has no variable `usreid`: did you mean `userId`?";
    refused(builder(API).variable("usreid", "x"), near);
    let far = "the collection has no variable `colour`: it has `baseUrl`, `tenant`, `userId`";
    refused(builder(API).variable("colour", "x"), far);
    let none = "the collection has no variable `colour`: it has none";
    refused(builder(Api::new("api")).variable("colour", "x"), none);
    assert!(
        builder(API.any_variables())
            .variable("colour", "x")
            .build()
            .is_ok()
    );
}

#[test]
fn base_urls_are_those_of_calls() {
    let api = API.hosts(&[
        "{{baseUrl}}",
        "https://files.example.com:443",
        "upload.example.com",
    ]);
    for of in [
        "https://api.example.com",
        "https://api.example.com/v1/users",
        "https://FILES.example.com/",
        "http://upload.example.com",
        "upload.example.com",
    ] {
        let moved = builder(api).base_url_of(of, "http://localhost:8080");
        assert!(moved.build().is_ok(), "{of}");
    }
    let typo = builder(api).base_url_of("https://api.exmaple.com/v1", "http://localhost:8080");
    let near =
        "no call's address begins with `https://api.exmaple.com`: did you mean `https://api.example.com`?";
    refused(typo, near);
    let scheme = builder(api).base_url_of("https://upload.example.com", "http://localhost:8080");
    let near = "no call's address begins with `https://upload.example.com`: did you mean `http://upload.example.com`?";
    refused(scheme, near);
    let far = "no call's address begins with `b.io`: there are calls of `https://api.example.com`, \
               `https://files.example.com:443`, `http://upload.example.com`";
    refused(builder(api).base_url_of("b.io", "http://localhost:8080"), far);
}

#[test]
fn hosts_without_a_value_may_be_any() {
    let api = API.hosts(&["https://{{tenant}}.example.com"]);
    let moved = |builder: ClientBuilder| builder.base_url_of("https://b.io", "http://localhost:8080");
    assert!(moved(builder(api)).build().is_ok());
    assert!(moved(builder(API)).build().is_ok());
    let far = "no call's address begins with `https://b.io`: there are calls of `https://acme.example.com`";
    refused(moved(builder(api).variable("tenant", "acme")), far);
    // What is secret in an address of one's own is not repeated.
    let api = API.hosts(&["{{baseUrl}}"]);
    let own = builder(api).variable("baseUrl", "https://user:s3cr3t@own.example.com/k3y");
    let far = "no call's address begins with `https://b.io`: there are calls of `https://own.example.com`";
    refused(moved(own), far);
}

#[test]
fn what_every_call_needs_is_needed_to_build() {
    let api = API.required(&["tenant"]);
    let unset = "`tenant` has no value, but every call needs it: build the client with `tenant(…)`";
    refused(builder(api), unset);
    refused(builder(api).variable("tenant", ""), unset);
    assert!(builder(api).variable("tenant", "t5").build().is_ok());
    assert!(builder(api).variables(&[("tenant", "t5")]).build().is_ok());
    assert!(builder(API).build().is_ok());
}
