//! What the generator writes for its first item, by hand: the contract between the two crates, compiled and called
//! over a real socket.

#![expect(clippy::unwrap_used, reason = "a test")]

#[allow(dead_code, missing_docs, unreachable_pub)]
mod zoom;

use letterpress_runtime::{AnyError, Retry};
use std::error::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use zoom::users::token::{GetAUserToken, GetAUserTokenError, GetAUserTokenType};
use zoom::{Client, ClientBuilder};

/// Answers every connection with this text, and gives the heads of the requests that it read.
async fn serve(answer: &'static str) -> Result<(String, tokio::task::JoinHandle<String>), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/v2", listener.local_addr()?);
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(socket.read_u8().await.unwrap());
        }
        socket.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(head).unwrap()
    });
    Ok((url, served))
}

fn client(url: &str) -> Result<Client, AnyError> {
    Client::builder()
        .base_url(url)
        .bearer_token("s3cr3t-t0ken")
        .build()
}

#[tokio::test]
async fn a_call_is_answered() -> Result<(), Box<dyn Error>> {
    let (url, served) = serve(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"token\":\"abc\"}",
    )
    .await?;
    let token = client(&url)?
        .users()
        .token()
        .get_a_user_token("me@x.org/..")
        .r#type(GetAUserTokenType::Zak)
        .header("X-Extra", "1")
        .ttl(3600)
        .await?;
    assert_eq!(token.status(), 200);
    assert_eq!(token.token.as_deref(), Some("abc"));
    assert!(token.drift().is_empty());
    let head = served.await?;
    assert!(
        head.starts_with("GET /v2/users/me@x.org%2F../token?type=zak&ttl=3600 HTTP/1.1\r\n"),
        "{head}"
    );
    let lower = head.to_lowercase();
    assert!(
        lower.contains("\r\nauthorization: bearer s3cr3t-t0ken\r\n"),
        "{head}"
    );
    assert!(lower.contains("\r\nx-extra: 1\r\n"), "{head}");
    Ok(())
}

#[tokio::test]
async fn a_saved_error_is_typed() -> Result<(), Box<dyn Error>> {
    let (url, _served) = serve("HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\n{\"code\":1001}").await?;
    let error = client(&url)?
        .users()
        .token()
        .get_a_user_token("nobody")
        .await
        .unwrap_err();
    assert!(matches!(error.api(), Some(GetAUserTokenError::NotFound(()))));
    assert!(error.is_api());
    assert_eq!(error.body().map(AsRef::as_ref), Some(&b"{\"code\":1001}"[..]));
    assert_eq!(
        error.to_string(),
        format!("404 Not Found from GET {url}/users/nobody/token: {{\"code\":1001}}")
    );
    let any = AnyError::from(error);
    assert!(any.api::<GetAUserTokenError>().is_some());
    Ok(())
}

#[tokio::test]
async fn a_status_that_nobody_saved_is_unexpected() -> Result<(), Box<dyn Error>> {
    let (url, _served) = serve("HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\n{\"}").await?;
    let error = client(&url)?
        .users()
        .token()
        .get_a_user_token("me")
        .retry(Retry::none())
        .await
        .unwrap_err();
    match error.into_api()? {
        GetAUserTokenError::Unexpected(response) => assert_eq!(response.text()?, "{\"}"),
        other => panic!("{other}"),
    }
    Ok(())
}

#[tokio::test]
async fn nobody_there_is_a_transport_error() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let error = client(&url)?
        .users()
        .token()
        .get_a_user_token("me")
        .await
        .unwrap_err();
    assert!(
        error.is_transport() && error.is_connect() && !error.is_timeout(),
        "{error:?}"
    );
    let expected = format!("no answer from GET {url}/users/me/token: ");
    assert!(error.to_string().starts_with(&expected), "{error}");
    Ok(())
}

#[test]
fn nothing_given_is_shown() -> Result<(), AnyError> {
    let client = client("https://example.org")?;
    let call = GetAUserToken::saved(&client).header("Cookie", "s3cr3t-cookie");
    let request = call.request()?;
    let shown = format!(
        "{client:?} {call:?} {request:?} {} {:?}",
        call.curl(),
        Client::builder()
    );
    assert!(!shown.contains("s3cr3t"), "{shown}");
    Ok(())
}

#[test]
fn clients_and_calls_go_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send + 'static>(_: &T) {}
    shared::<Client>();
    shared::<ClientBuilder>();
    shared::<GetAUserToken>();
    shared::<AnyError>();
    shared::<letterpress_runtime::Error<GetAUserTokenError>>();
    let client = client("https://example.org").unwrap();
    let call = GetAUserToken::saved(&client);
    sent(&call.send());
    sent(&call.send_raw());
    sent(&call.send_as::<letterpress_runtime::Value>());
    sent(&call.into_future());
}
