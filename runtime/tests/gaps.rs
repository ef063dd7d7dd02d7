//! What an error says of a request that was sent without what the collection has in it: which setting would put it there.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::http;
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, AuthKind, Body, Call, Client, ClientBuilder, Credential, Decoded, Entry, Operation, Spec,
    Unexpected,
};
use std::future::ready;

/// Answers everything with this status.
struct Always(u16);

impl Transport for Always {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        let mut response = http::Response::new(Payload::bytes("no"));
        *response.status_mut() = http::StatusCode::from_u16(self.0).unwrap();
        Box::pin(ready(Ok(response)))
    }
}

macro_rules! operation {
    ($name:ident, $spec:expr) => {
        struct $name;

        impl Operation for $name {
            type Output = Body;
            type Error = Unexpected;
            const SPEC: Spec = $spec;

            fn output(answer: Answer) -> Decoded<Body> {
                answer.body()
            }

            fn error(answer: Answer) -> Decoded<Unexpected> {
                answer.body()
            }
        }
    };
}

operation!(
    Bearer,
    Spec::new("GET", "http://h/x").auth(AuthKind::Bearer, &[("token", "{{token}}")])
);
operation!(
    NoParams,
    Spec::new("GET", "http://h/x").auth(AuthKind::Basic, &[])
);
operation!(
    Key,
    Spec::new("GET", "http://h/x").auth(AuthKind::ApiKey, &[("key", "X-Key")])
);
operation!(
    Header,
    Spec::new("GET", "http://h/x").headers(&[Entry::always("X-Api-Key", "{{apiKey}}")])
);

const API: Api = Api::new("api")
    .variables(&[("token", None), ("apiKey", None)])
    .setters(&["token", "api_key"]);

fn builder(status: u16) -> ClientBuilder {
    ClientBuilder::new(API).transport(Always(status))
}

async fn says<O: Operation>(client: ClientBuilder, expected: &str) {
    said::<O>(Call::new(&client.build().unwrap()), expected).await;
}

async fn said<O: Operation>(call: Call<O>, expected: &str) {
    let said = call.send().await.map_err(|error| error.to_string()).map(drop);
    assert_eq!(said, Err(expected.to_owned()));
}

#[tokio::test]
async fn an_error_names_the_credential_that_was_not_set() {
    let bearer = "from GET http://h/x: no (the client was built without `bearer_token`)";
    says::<Bearer>(builder(401), &format!("401 Unauthorized {bearer}")).await;
    says::<Bearer>(builder(403), &format!("403 Forbidden {bearer}")).await;
    says::<Bearer>(builder(404), "404 Not Found from GET http://h/x: no").await;
    let client: Client = builder(401).build().unwrap();
    said::<Bearer>(Call::saved(&client), &format!("401 Unauthorized {bearer}")).await;
    let basic = "401 Unauthorized from GET http://h/x: no (the client was built without `basic_auth`)";
    says::<NoParams>(builder(401), basic).await;
    let key = "401 Unauthorized from GET http://h/x: no (the client was built without `api_key`)";
    says::<Key>(builder(401), key).await;
}

#[tokio::test]
async fn an_error_names_the_variable_that_was_not_set() {
    let expected = "401 Unauthorized from GET http://h/x: no \
                    (`X-Api-Key` was left out, as the client was built without `api_key`, the variable `apiKey`)";
    says::<Header>(builder(401), expected).await;
    let expected = "401 Unauthorized from GET http://h/x: no \
                    (`X-Api-Key` was left out, as the variable `apiKey` is not set)";
    let api = Api::new("api").call_variables(&["apiKey"]);
    let client = ClientBuilder::new(api).transport(Always(401));
    says::<Header>(client, expected).await;
}

#[tokio::test]
async fn nothing_is_said_where_nothing_was_left_out() {
    let plain = "401 Unauthorized from GET http://h/x: no";
    says::<Bearer>(builder(401).credential(Credential::bearer("t")), plain).await;
    says::<Bearer>(builder(401).credential(Credential::oauth2("t")), plain).await;
    says::<Bearer>(builder(401).variable("token", "t"), plain).await;
    says::<Bearer>(builder(401).header("authorization", "own"), plain).await;
    says::<NoParams>(builder(401).credential(Credential::basic("u", "")), plain).await;
    says::<Key>(builder(401).header("x-key", "own"), plain).await;
    says::<Header>(builder(401).variable("apiKey", "k"), plain).await;
    says::<Header>(builder(401).header("x-api-key", "k"), plain).await;
}
