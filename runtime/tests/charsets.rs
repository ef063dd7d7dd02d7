//! Answers in the charset that they declare: text, XML, JSON and bodies without a type.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, Body, Call, ClientBuilder, Decoded, Operation, Response, Spec, Unexpected, Value, http,
};
use std::future::ready;

/// Answers everything with this.
struct Always(u16, &'static str, Vec<u8>);

impl Transport for Always {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        let mut response = http::Response::new(Payload::bytes(self.2.clone()));
        *response.status_mut() = http::StatusCode::from_u16(self.0).unwrap();
        let content_type = http::HeaderValue::from_static(self.1);
        response
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, content_type);
        Box::pin(ready(Ok(response)))
    }
}

macro_rules! operation {
    ($name:ident, $output:ty, $read:expr) => {
        struct $name;

        impl Operation for $name {
            type Output = $output;
            type Error = Unexpected;
            const SPEC: Spec = Spec::new("GET", "http://h/x");

            fn output(answer: Answer) -> Decoded<$output> {
                $read(answer)
            }

            fn error(answer: Answer) -> Decoded<Unexpected> {
                answer.body()
            }
        }
    };
}

operation!(Text, String, Answer::text);
operation!(Json, Value, Answer::json_as);
operation!(Untyped, Body, Answer::body);

async fn send<O: Operation>(
    content_type: &'static str,
    body: impl Into<Vec<u8>>,
) -> Result<Response<O::Output>, letterpress_runtime::Error<O::Error>> {
    let client = ClientBuilder::new(Api::new("api")).transport(Always(200, content_type, body.into()));
    Call::<O>::new(&client.build().unwrap()).send().await
}

#[tokio::test]
async fn text_is_decoded() {
    for (content_type, body) in [
        ("text/plain; charset=iso-8859-1", &b"M\xfcnchen"[..]),
        ("text/plain; charset=windows-1252", b"M\xfcnchen"),
        ("text/plain", b"M\xc3\xbcnchen"),
        ("text/plain; charset=iso-8859-1", b"M\xc3\xbcnchen"),
        (
            "text/plain; charset=utf-16",
            b"\xff\xfeM\x00\xfc\x00n\x00c\x00h\x00e\x00n\x00",
        ),
    ] {
        let answer = send::<Text>(content_type, body).await.unwrap();
        assert_eq!(answer.value(), "München", "{content_type}");
        assert_eq!(answer.raw_body().as_ref(), body, "the bytes stay as they came");
        let untyped = send::<Untyped>(content_type, body).await.unwrap();
        assert_eq!(untyped.text().unwrap(), "München", "{content_type}");
        assert_eq!(
            (untyped.media_type(), untyped.bytes().len()),
            (Some("text/plain"), body.len())
        );
        let quoted: Vec<u8> = match body {
            [0xff, ..] => [b"\xff\xfe\"\x00", body.get(2..).unwrap(), b"\"\x00"].concat(),
            _ => [b"\"", body, b"\""].concat(),
        };
        let json = send::<Json>(content_type, quoted.clone()).await.unwrap();
        assert_eq!(json.value(), "München", "{content_type}");
        let own: String = send::<Untyped>(content_type, quoted)
            .await
            .unwrap()
            .json()
            .unwrap();
        assert_eq!(own, "München", "{content_type}");
    }
    let xml = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>M\xfcnchen</a>";
    let answer = send::<Text>("application/xml", *xml).await.unwrap();
    assert!(answer.value().ends_with("<a>München</a>"));
}

#[tokio::test]
async fn what_cannot_be_read_is_an_error_that_says_so() {
    let error = send::<Text>("text/plain", *b"M\xfcnchen").await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("not UTF-8 (byte 1)"),
        "{error}"
    );
    let untyped = send::<Untyped>("text/plain; charset=klingon", *b"M\xfcnchen")
        .await
        .unwrap();
    assert!(untyped.text().unwrap_err().to_string().contains("`klingon`"));
}

#[tokio::test]
async fn errors_show_their_text() {
    let body = b"M\xfcnchen ist zu".to_vec();
    let client =
        ClientBuilder::new(Api::new("api")).transport(Always(500, "text/plain; charset=latin1", body));
    let error = Call::<Text>::new(&client.build().unwrap())
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().ends_with("München ist zu"), "{error}");
}

#[tokio::test]
async fn problems_are_read_where_they_are_announced() {
    let body = r#"{"type":"https://h/no-money","title":"No money","status":403,"detail":7,"balance":30}"#;
    for (content_type, is_read) in [
        ("application/problem+json", true),
        ("Application/Problem+JSON; charset=utf-8", true),
        ("application/problem+xml", false),
        ("application/json", false),
    ] {
        let client = ClientBuilder::new(Api::new("api")).transport(Always(403, content_type, body.into()));
        let error = Call::<Json>::new(&client.build().unwrap())
            .send()
            .await
            .unwrap_err();
        let problem = error.problem();
        assert_eq!(problem.is_some(), is_read, "{content_type}");
        let Some(problem) = problem else { continue };
        assert_eq!(problem.kind, "https://h/no-money");
        assert_eq!(
            (problem.title.as_deref(), problem.status),
            (Some("No money"), Some(403))
        );
        // A member of another type is none.
        assert_eq!((problem.detail, problem.instance), (None, None));
        assert_eq!(Value::from(problem.extensions).to_string(), r#"{"balance":30}"#);
    }
    let client = ClientBuilder::new(Api::new("api"));
    let client = client
        .transport(Always(400, "application/problem+json", b"{}".to_vec()))
        .build()
        .unwrap();
    let problem = Call::<Json>::new(&client)
        .send()
        .await
        .unwrap_err()
        .problem()
        .unwrap();
    assert_eq!(problem.kind, "about:blank");
}

#[tokio::test]
async fn json_that_is_too_deep_is_json() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(send::<Json>("application/json", nested(127)).await.is_ok());
    for content_type in ["application/json", "text/plain"] {
        let error = send::<Json>(content_type, nested(128))
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains("JSON nested deeper than 127 levels"), "{error}");
        assert!(
            !error.contains("not JSON") && !error.contains("expected JSON"),
            "{error}"
        );
    }
    let untyped = send::<Untyped>("application/json", nested(128)).await.unwrap();
    let error = untyped.json::<Value>().unwrap_err().to_string();
    assert!(error.contains("JSON nested deeper than 127 levels"), "{error}");
}
