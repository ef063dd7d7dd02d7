//! One call of the seed over a real socket, with the default transport: what the server reads, byte for byte,
//! and what the caller gets.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use generated_client::zoom::rt::Retry;
use generated_client::zoom::{Client, GetAUserToken, GetAUserTokenError, GetAUserTokenType};

#[tokio::test]
async fn the_request_is_what_was_asked_for() {
    let (url, server) = answer("200 OK", "application/json", r#"{"token": "abc", "new": 1}"#);
    let client = Client::builder()
        .base_url(format!("{url}/v2"))
        .bearer_token("secret")
        .build()
        .unwrap();
    let call = client.users().token().get_a_user_token("me & you/ü?#");
    let token = call
        .r#type(GetAUserTokenType::Zak)
        .ttl(3600)
        .header("X-Trace", "a b")
        .await
        .unwrap();
    assert_eq!(token.status(), 200);
    assert_eq!(token.token.as_deref(), Some("abc"));
    assert!(token.drift().is_empty());

    let request = server.join().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n");
    let first = "GET /v2/users/me%20&%20you%2F%C3%BC%3F%23/token?type=zak&ttl=3600 HTTP/1.1";
    assert_eq!(lines.next(), Some(first));
    let host = url.strip_prefix("http://").unwrap();
    let mut headers: Vec<&str> = lines.filter(|line| !line.starts_with("user-agent: ")).collect();
    headers.sort_unstable();
    let expected = [
        "accept: */*",
        "authorization: Bearer secret",
        &format!("host: {host}"),
        "x-trace: a b",
    ];
    assert_eq!(headers, expected);
    assert_eq!(body, "");
}

#[tokio::test]
async fn nothing_optional_is_sent_unless_it_is_set() {
    let (url, server) = answer("200 OK", "application/json", "{}");
    let client = Client::builder().base_url(url).build().unwrap();
    let token = client.users().token().get_a_user_token("me").await.unwrap();
    assert_eq!(token.token, None);
    let request = server.join().unwrap();
    assert!(
        request.starts_with("GET /users/me/token HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(!request.contains("authorization"), "{request}");
}

#[tokio::test]
async fn a_saved_call_sends_what_was_saved() {
    let (url, server) = answer("200 OK", "application/json", "{}");
    let client = Client::builder().base_url(url).build().unwrap();
    GetAUserToken::saved(&client).await.unwrap();
    let request = server.join().unwrap();
    let first = "GET /users/quis%20officia%20in%20reprehenderit/token?type=zak&ttl=68423085 HTTP/1.1\r\n";
    assert!(request.starts_with(first), "{request}");
}

#[tokio::test]
async fn a_saved_error_is_typed_and_others_are_kept() {
    let (url, _server) = answer("404 Not Found", "text/plain", "");
    let client = Client::builder()
        .base_url(url)
        .bearer_token("secret")
        .build()
        .unwrap();
    let error = client
        .users()
        .token()
        .get_a_user_token("nobody")
        .await
        .unwrap_err();
    assert!(
        matches!(error.api(), Some(GetAUserTokenError::NotFound(()))),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .starts_with("404 Not Found from GET http://127.0.0.1:"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("secret"));

    // The server answers once; what a second try would get is for the tests of retries.
    let (url, _server) = answer("503 Service Unavailable", "text/html", "<h1>later</h1>");
    let client = Client::builder()
        .base_url(url)
        .retry(Retry::none())
        .build()
        .unwrap();
    let error = client.users().token().get_a_user_token("me").await.unwrap_err();
    assert!(
        matches!(error.api(), Some(GetAUserTokenError::Unexpected(_))),
        "{error}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
}

/// Answers one request on a free port; gives back what was read of it.
fn answer(status: &str, media_type: &str, body: &str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    let server = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            let count = socket.read(&mut buffer).unwrap();
            assert!(count > 0, "the request ends before its head does");
            request.extend_from_slice(buffer.get(..count).unwrap_or_default());
        }
        socket.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(request).unwrap()
    });
    (url, server)
}
