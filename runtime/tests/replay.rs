//! Saved responses as a transport and as a server: which one answers, what is explained, what goes wrong on purpose.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use http::{Request, StatusCode};
use letterpress_runtime::AnyError;
use letterpress_runtime::replay::{Faults, Replay};
use letterpress_runtime::transport::{Payload, Timeout, Transport};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const EXAMPLES: &str = r#"{"examples": [
    {"item": "Get token", "name": "Found", "id": "r1", "method": "GET", "url": "{{baseUrl}}/users/:userId/token",
     "path": [["userId", "me"]], "query": [["type", "zak"]], "status": 200, "reason": "OK",
     "headers": [["Content-Type", "application/json"], ["Content-Encoding", "gzip"]], "body": "{\"token\":\"t\"}"},
    {"item": "Get token", "name": "No such user", "method": "GET", "url": "{{baseUrl}}/users/:userId/token",
     "path": [["userId", "nobody"]], "status": 404, "reason": "Not Found", "body": ""},
    {"item": "Get token", "name": "By query", "method": "GET", "url": "{{baseUrl}}/users/:userId/token",
     "query": [["type", "token"], ["page", "{{page}}"]], "status": 200, "body": "by query"},
    {"item": "List", "name": "Listed", "method": "GET", "url": "{{baseUrl}}/users/all/token", "status": 200, "body": "all"},
    {"item": "Report", "name": "Made", "method": "POST", "url": "https://a.io/reports/r-{{id}}.json", "status": 201,
     "request_body": "{\"a\": 1}", "request_headers": [["X-Tenant", "one"]], "body": "made"},
    {"item": "Moved", "name": "Before", "method": "POST", "url": "{{baseUrl}}/old/place", "status": 200, "body": "moved",
     "item_request": {"method": "PUT", "url": "{{baseUrl}}/users/:userId/place", "path": [["userId", "me"]]}},
    {"item": "Stayed", "name": "There", "method": "PUT", "url": "{{baseUrl}}/users/there/place", "status": 200, "body": "there"}
]}"#;

fn replay() -> Replay {
    Replay::from_json(EXAMPLES).unwrap()
}

async fn ask(replay: &Replay, request: http::request::Builder, body: &'static str) -> (StatusCode, String) {
    let answer = replay
        .send(request.body(Payload::bytes(body)).unwrap())
        .await
        .unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn get(target: &str) -> (u16, String) {
    let (status, body) = ask(&replay(), Request::get(format!("http://h{target}")), "").await;
    (status.as_u16(), body)
}

fn is(status: u16, body: &str) -> (u16, String) {
    (status, body.to_owned())
}

#[tokio::test]
async fn the_closest_example_answers() {
    assert_eq!(
        get("/users/you/token?type=zak").await,
        is(200, "{\"token\":\"t\"}")
    );
    assert_eq!(
        get("/v2/users/you/token?type=zak").await,
        is(200, "{\"token\":\"t\"}"),
        "below a base path"
    );
    assert_eq!(
        get("/users/nobody/token").await,
        is(404, ""),
        "the saved value of a path variable"
    );
    assert_eq!(
        get("/users//token?type=zak").await.0,
        200,
        "a variable without a value"
    );
    assert_eq!(
        get("/users/all/token").await,
        is(200, "all"),
        "a literal before a variable"
    );
    assert_eq!(
        get("/USERS/all/token/").await,
        is(200, "all"),
        "case and a trailing slash matter less"
    );
    assert_eq!(
        get("/users/you/token?page=7&type=token").await,
        is(200, "by query"),
        "a variable in a query"
    );
}

#[tokio::test]
async fn what_an_item_answered_elsewhere_it_answers_at_its_own_address() {
    let put = |target: &'static str| async move { ask(&replay(), Request::put(target), "").await.1 };
    assert_eq!(put("http://h/users/7/place").await, "moved");
    assert_eq!(put("http://h/users/there/place").await, "there");
    let (_, body) = ask(&replay(), Request::post("http://h/old/place"), "").await;
    assert_eq!(body, "moved");
    // Method and address belong together.
    let (status, body) = ask(&replay(), Request::put("http://h/old/place"), "").await;
    assert_eq!(status, 404);
    assert!(
        body.contains("the path is answered for POST, not for PUT"),
        "{body}"
    );
}

#[tokio::test]
async fn headers_choose() {
    let chosen = |name: &'static str, value: &'static str| async move {
        let request = Request::get("http://h/users/you/token?type=zak").header(name, value);
        let (status, body) = ask(&replay(), request, "").await;
        (status.as_u16(), body)
    };
    assert_eq!(chosen("x-mock-response-code", "404").await, is(404, ""));
    assert_eq!(
        chosen("x-mock-response-name", "By query").await,
        is(200, "by query")
    );
    assert_eq!(
        chosen("x-mock-response-id", "r1").await,
        is(200, "{\"token\":\"t\"}")
    );
    let (status, body) = chosen("x-mock-response-code", "500").await;
    assert_eq!(status, 404);
    assert!(
        body.contains(
            "the path fits, but no saved response of it has what `x-mock-response-code: 500` asks for; \
             there is 200 `Found`, 404 `No such user`, 200 `By query`"
        ),
        "{body}"
    );
}

/// A status or name that only other items have must not make the path look wrong.
#[tokio::test]
async fn what_could_have_been_chosen_is_said() {
    let post = |name, value| Request::post("http://a.io/reports/r-7.json").header(name, value);
    for (name, value) in [
        ("x-mock-response-code", "404"),
        ("x-mock-response-name", "Listed"),
        ("x-mock-response-id", "r1"),
    ] {
        let (status, body) = ask(&replay(), post(name, value), "").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let expected =
            format!("no saved response of it has what `{name}: {value}` asks for; there is 201 `Made`");
        assert!(body.contains(&expected), "{body}");
    }
    let both = post("x-mock-response-code", "201").header("x-mock-response-name", "made");
    let (_, body) = ask(&replay(), both, "").await;
    assert!(
        body.contains("what `x-mock-response-name: made` and `x-mock-response-code: 201` asks for"),
        "{body}"
    );
    let elsewhere = Request::get("http://h/users/you/tokens").header("x-mock-response-code", "500");
    let (_, body) = ask(&replay(), elsewhere, "").await;
    assert!(
        body.contains("the nearest is GET /users/*/token of `Get token`"),
        "{body}"
    );
}

#[tokio::test]
async fn content_is_compared_if_asked_to() {
    let post = || Request::post("http://a.io/reports/r-7.json").header("x-mock-match-request-body", "true");
    assert_eq!(
        ask(&replay(), post(), "{ \"a\":1 }").await,
        (StatusCode::CREATED, "made".to_owned())
    );
    let (status, body) = ask(&replay(), post(), "{\"a\":2}").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("`Made`: the body differs (`/a`)"), "{body}");
    let tenant = |value| {
        post()
            .header("x-mock-match-request-headers", "X-Tenant")
            .header("x-tenant", value)
    };
    assert_eq!(
        ask(&replay(), tenant("one"), "{\"a\":1}").await.0,
        StatusCode::CREATED
    );
    let (status, body) = ask(&replay(), tenant("two"), "{\"a\":1}").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("`Made`: the header `x-tenant` differs"), "{body}");
}

#[tokio::test]
async fn a_mismatch_is_explained() {
    let (status, body) = get("/users/you/tokens").await;
    assert_eq!(status, 404);
    assert!(
        body.contains("the nearest is GET /users/*/token of `Get token`"),
        "{body}"
    );
    let (_, body) = ask(&replay(), Request::delete("http://h/users/you/token"), "").await;
    assert!(body.contains("answered for GET, not for DELETE"), "{body}");
    let (status, _) = get("/x/reports/r-7.json").await;
    assert_eq!(status, 404, "nothing may stand before the path of a literal host");
}

#[tokio::test]
async fn faults_are_injected() {
    let failing = replay().faults(Faults::none().error(StatusCode::SERVICE_UNAVAILABLE, 2));
    let ask = || ask(&failing, Request::get("http://h/users/all/token"), "");
    assert_eq!(ask().await.0, StatusCode::OK);
    assert_eq!(ask().await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ask().await.0, StatusCode::OK);

    let late = replay().faults(Faults::none().latency(Duration::from_secs(3600)));
    let mut request = Request::get("http://h/users/all/token")
        .body(Payload::empty())
        .unwrap();
    request.extensions_mut().insert(Timeout(Duration::from_millis(1)));
    assert!(
        late.send(request)
            .await
            .unwrap_err()
            .to_string()
            .contains("too late")
    );
}

#[test]
fn unreadable_examples_are_an_error() {
    assert!(Replay::from_json("{").is_err());
    assert!(Replay::from_json("{}").is_err());
    let error = Replay::from_json(r#"{"examples": [{"status": 42}]}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the saved responses cannot be read: examples[0]: `status` is no HTTP status"
    );
}

/// Sends bytes, and reads until the server closes.
async fn talk(address: std::net::SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_server_answers_over_a_socket() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let server = replay()
        .serve("127.0.0.1:0", move |exchange| {
            log.lock().unwrap().push(exchange.to_string());
        })
        .await;
    let server = server.unwrap();
    let address = server.address();

    // Two requests on one connection, the first with a chunked body.
    let answer = talk(
        address,
        b"POST /reports/r-1.json HTTP/1.1\r\nHost: a.io\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n\
          GET /users/you/token?type=zak HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(
        answer.await,
        "HTTP/1.1 201 Created\r\ncontent-length: 4\r\nconnection: keep-alive\r\n\r\nmade\
         HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\nconnection: close\r\n\r\n{\"token\":\"t\"}"
    );
    let answer = talk(address, b"HEAD http://h/users/all/token HTTP/1.0\r\n\r\n").await;
    assert_eq!(
        answer,
        "HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\n"
    );
    let answer = talk(address, b"no HTTP at all\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");

    let lines = lines.lock().unwrap().clone();
    assert!(
        lines[0].starts_with("POST /reports/r-1.json -> 201 (Report) in "),
        "{lines:?}"
    );
    assert!(
        lines[3].starts_with("? ? -> 400 (this is not an HTTP/1.1 request) in "),
        "{lines:?}"
    );

    // An idle connection does not keep it from stopping.
    let _idle = TcpStream::connect(address).await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), server.stop())
        .await
        .unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_server_that_cannot_start_is_an_error_like_any_other() {
    async fn start(address: &str) -> Result<(), AnyError> {
        let server = replay().serve(address, |_| {}).await?;
        server.stop().await;
        Ok(())
    }
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = start(&address).await.unwrap_err();
    assert!(!error.is_transport() && !error.is_build(), "{error:?}");
    let why = std::net::TcpListener::bind(&address).unwrap_err();
    assert_eq!(error.to_string(), why.to_string());
    start("127.0.0.1:0").await.unwrap();
}
