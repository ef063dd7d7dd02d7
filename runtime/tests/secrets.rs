//! What a client keeps secret is in no text that it makes: not in errors, not in `Debug`, not in the cURL line.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::transport::{Payload, Sent, Transport, TransportError};
use letterpress_runtime::{
    Answer, Api, AuthKind, Body, BodySpec, Call, Client, ClientBuilder, Credential, Decoded, Entry, Error,
    Language, Operation, Response, Spec, Unexpected,
};
use std::future::ready;
use std::time::Duration;

const SECRET: &str = "s3cr3t/t0ken+x";
const ENCODED: &str = "s3cr3t%2Ft0ken";

/// Echoes the whole request as an error, or fails and says what it was asked.
struct Telltale {
    answers: bool,
}

impl Transport for Telltale {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let values = request
            .headers()
            .values()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let told = format!("{} {}", request.uri(), values.collect::<Vec<_>>().join(" "));
        assert!(told.contains("s3cr3t"), "{told}");
        Box::pin(ready(if self.answers {
            let mut response = http::Response::new(Payload::bytes(told));
            *response.status_mut() = http::StatusCode::BAD_REQUEST;
            Ok(response)
        } else {
            Err(TransportError::other(told))
        }))
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
    InPath,
    Spec::new("GET", "https://h/bot{{token}}/me").name("In path")
);
operation!(
    InHeader,
    Spec::new("GET", "https://h/").headers(&[Entry::always("X-Mine", "{{token}}")])
);
operation!(
    InQuery,
    Spec::new("GET", "https://h/").query(&[Entry::always("key", "{{token}}")])
);
operation!(Bearer, Spec::new("GET", "https://h/").auth(AuthKind::Bearer, &[]));
operation!(
    KeyInQuery,
    Spec::new("GET", "https://h/").auth(AuthKind::ApiKey, &[("key", "api_key"), ("in", "query")])
);

fn client(answers: bool) -> Client {
    ClientBuilder::new(Api::new("Test").variables(&[("token", None)]).secrets(&["token"]))
        .transport(Telltale { answers })
        .variable("token", SECRET)
        .credential(Credential::bearer(SECRET))
        .credential(Credential::api_key(SECRET))
        .build()
        .unwrap()
}

async fn texts<O>() -> Vec<String>
where
    O: Operation<Output = Body, Error = Unexpected>,
{
    let mut texts = Vec::new();
    for answers in [true, false] {
        let call = Call::<O>::saved(&client(answers)).set_timeout(Duration::from_secs(1));
        let outcome: Result<Response<Body>, Error<Unexpected>> = call.send().await;
        let error = outcome.unwrap_err();
        texts.extend([
            error.to_string(),
            format!("{error:?}"),
            call.curl(),
            format!("{call:?}"),
        ]);
        let request = call.request().unwrap();
        texts.push(format!("{:?} {:?}", request.headers(), request.extensions()));
        texts.push(format!("{:?}", letterpress_runtime::AnyError::from(error)));
    }
    texts
}

#[tokio::test]
async fn no_text_holds_a_secret() {
    let texts = [
        texts::<InPath>().await,
        texts::<InHeader>().await,
        texts::<InQuery>().await,
        texts::<Bearer>().await,
        texts::<KeyInQuery>().await,
    ];
    for text in texts.concat() {
        assert!(!text.contains("s3cr3t"), "{text}");
        assert!(!text.contains(SECRET) && !text.contains(ENCODED), "{text}");
    }
}

#[tokio::test]
async fn a_setting_without_a_value_is_named() {
    let api = Api::new("Test")
        .variables(&[("token", None)])
        .setters(&["my_token"]);
    let client = ClientBuilder::new(api)
        .transport(Telltale { answers: true })
        .build()
        .unwrap();
    let error = Call::<InPath>::new(&client).send().await.unwrap_err();
    assert!(error.is_build());
    assert!(
        error
            .to_string()
            .starts_with("In path was not sent: `token` has no value, but the URL needs it"),
        "{error}"
    );
    assert!(
        error.to_string().contains("build the client with `my_token(…)`"),
        "{error}"
    );
    assert!(
        Call::<InPath>::new(&client)
            .curl()
            .starts_with("# In path was not sent: `token`")
    );
}

/// Answers with this, whatever it is asked.
struct Says(&'static str);

impl Transport for Says {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        let mut response = http::Response::new(Payload::bytes(self.0));
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        Box::pin(ready(Ok(response)))
    }
}

operation!(
    Given,
    Spec::new("POST", "https://h/reset/:resetToken/:id")
        .path(&[("resetToken", None), ("id", None)])
        .query(&[
            Entry::when_set("access_token", ""),
            Entry::when_set("pageToken", "")
        ])
        .body(BodySpec::Raw {
            text: "{}",
            language: Language::Json,
            strip_comments: false,
            json: true,
        })
);

#[tokio::test]
async fn what_is_given_under_a_promising_name_is_not_shown() {
    let echo = "p4th-s3cr3t qu3ry-s3cr3t h3ad-s3cr3t b0dy \\\"s3cr3t 0ther \
                xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx \
                p4th-s3cr3t p4th-s3cr3t p4th-s3cr3t";
    let client = ClientBuilder::new(Api::new("Test"))
        .transport(Says(echo))
        .build()
        .unwrap();
    let call = Call::<Given>::new(&client)
        .path(0, "p4th-s3cr3t")
        .path(1, "7")
        .set_query(0, "qu3ry-s3cr3t")
        .set_query(1, "next-page")
        .add_header("X-Auth-Token", "Token h3ad-s3cr3t")
        .json(&serde_json::json!({"user": [{"password": "b0dy \"s3cr3t", "name": "0ther", "token": true}]}));
    let curl = call.curl();
    assert!(!curl.contains("s3cr3t"), "{curl}");
    for shown in [
        "https://h/reset/${RESET_TOKEN}/7?access_token=${ACCESS_TOKEN}&pageToken=next-page",
        "X-Auth-Token: Token ${X_AUTH_TOKEN}",
        "\"${PASSWORD}\"",
        "0ther",
        ":true",
    ] {
        assert!(curl.contains(shown), "{curl}");
    }
    let error = call.send().await.unwrap_err().to_string();
    assert!(!error.contains("s3cr3t") && !error.contains("p4th"), "{error}");
    assert!(
        error.starts_with("400 Bad Request from POST https://h/reset/…/7: … … …"),
        "{error}"
    );
}
