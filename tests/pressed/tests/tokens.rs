//! Clients that fetch their tokens by an item of their collection, or by what it says of OAuth 2.0.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_pressed::{grants, items};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{AnyError, http};
use std::sync::{Arc, Mutex};

/// Gives `t1`, `t2`, … to those who log in, refuses what it is told to, and keeps what was sent.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Acts>>);

#[derive(Default)]
struct Acts {
    tokens: usize,
    refused: Vec<String>,
    /// Method, path, token, session and body.
    requests: Vec<String>,
}

impl Server {
    fn requests(&self) -> Vec<String> {
        self.0.lock().unwrap().requests.clone()
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = String::from_utf8(body.collect().await?.to_vec()).unwrap();
            let header = |name: &str| {
                let value = parts.headers.get(name).map(|value| value.to_str().unwrap());
                value.unwrap_or("-").to_owned()
            };
            let mut acts = self.0.lock().unwrap();
            let (path, token) = (parts.uri.path(), header("authorization"));
            let line = format!(
                "{} {path} {token} {} {body}",
                parts.method,
                header("x-session-token")
            );
            acts.requests.push(line.trim().to_owned());
            let mut response = http::Response::new(Payload::bytes("{}"));
            if acts.refused.contains(&token) {
                *response.status_mut() = http::StatusCode::UNAUTHORIZED;
            } else if ["/login", "/refresh", "/token"].contains(&path) {
                acts.tokens += 1;
                let number = acts.tokens;
                let answer = match path {
                    "/login" => format!(r#"{{"data": {{"access_token": "t{number}", "expires_in": 3600}}}}"#),
                    _ => format!(r#"{{"access_token": "t{number}"}}"#),
                };
                *response.body_mut() = Payload::bytes(answer);
                let session = format!("s{number}").parse().unwrap();
                response.headers_mut().insert("x-session", session);
            }
            Ok(response)
        })
    }
}

#[tokio::test]
async fn an_item_is_a_credential() -> Result<(), AnyError> {
    let server = Server::default();
    let log_in = |client: &items::Client| {
        client.auth().log_in(&items::LogInBody {
            user: Some("ada".into()),
            password: Some("pw".into()),
        })
    };
    let client = items::Client::builder()
        .transport(server.clone())
        .access_token_from(log_in)
        .session_from(log_in)
        .build()?;
    client.orders().get_an_order(7).await?;
    client.orders().get_an_order(8).await?;
    let login = r#"{"user":"ada","password":"pw"}"#;
    let requests = server.requests();
    // Each is fetched once, the session first: it is met first.
    assert_eq!(requests.iter().filter(|line| line.ends_with(login)).count(), 2);
    assert!(requests[0].starts_with("POST /login - "), "{requests:#?}");
    assert_eq!(requests.len(), 4);
    let (first, second) = (requests[2].clone(), requests[3].clone());
    assert_eq!(first.replace("/7", "/8"), second);
    assert!(first.starts_with("GET /orders/7 Bearer t"), "{first}");
    assert!(
        ["s1", "s2"].iter().any(|session| first.ends_with(session)),
        "{first}"
    );

    // One that is refused is fetched anew.
    let token = first.split(' ').nth(3).unwrap().to_owned();
    server.0.lock().unwrap().refused.push(format!("Bearer {token}"));
    client.orders().get_an_order(9).await?;
    let last = server.requests().last().unwrap().clone();
    assert!(
        last.starts_with("GET /orders/9 Bearer t") && !last.contains(&token),
        "{last}"
    );
    Ok(())
}

/// Any item that gives the token will do, and one that takes it sends itself without.
#[tokio::test]
async fn another_item_gives_the_same_token() -> Result<(), AnyError> {
    let server = Server::default();
    let client = items::Client::builder()
        .transport(server.clone())
        .session("fixed")
        .access_token_from(|client| client.auth().refresh())
        .build()?;
    client.orders().cancel_an_order(1).await?;
    let requests = server.requests();
    assert_eq!(requests, ["POST /refresh - -", "DELETE /orders/1 Bearer t1 -"]);
    Ok(())
}

#[tokio::test]
async fn an_item_that_gives_nothing_is_an_error_of_the_call() -> Result<(), AnyError> {
    let server = Server::default();
    server.0.lock().unwrap().refused.push("-".to_owned());
    let client = items::Client::builder()
        .transport(server.clone())
        .session("fixed")
        .access_token_from(|client| client.auth().refresh())
        .build()?;
    let error = client.orders().cancel_an_order(1).await.unwrap_err();
    assert!(error.is_token());
    let text = error.to_string();
    assert!(
        text.contains("Cancel an order was not sent: its token could not be had: 401"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_client_fetches_tokens_as_its_collection_says() -> Result<(), AnyError> {
    let server = Server::default();
    let client = grants::Client::builder()
        .transport(server.clone())
        .oauth2_client_credentials("id", "secret")
        .build()?;
    client.list_orders().await?;
    client.list_orders().await?;
    let form = "grant_type=client_credentials&scope=orders%3Aread%20orders%3Awrite&client_id=id&client_secret=secret";
    let requests = server.requests();
    assert_eq!(
        requests,
        [
            format!("POST /token - - {form}"),
            "GET /orders Bearer t1 -".to_owned(),
            "GET /orders Bearer t1 -".to_owned(),
        ]
    );
    // What it says can be said otherwise.
    let server = Server::default();
    let grant = grants::OAUTH2
        .client_credentials("id", "secret")
        .scope("orders:read")
        .in_body(false);
    let client = grants::Client::builder()
        .transport(server.clone())
        .bearer_token_from(grant)
        .build()?;
    client.list_orders().await?;
    assert!(server.requests()[0].starts_with("POST /token Basic "));
    Ok(())
}
