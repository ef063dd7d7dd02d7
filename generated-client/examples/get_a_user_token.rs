//! The main job: makes one call of the Zoom client and shows all there is to see of it.
//!
//! Without anything set up, the collection's own saved responses answer, from a server on a free port of this
//! machine: `cargo run -p generated-client --example get_a_user_token`. With `ZOOM_ACCESS_TOKEN` set and `--live`
//! the real API answers: `cargo run -p generated-client --example get_a_user_token -- --live`.

use std::env;
use std::error::Error;

use generated_client::zoom::{self, Client, GetAUserTokenError, GetAUserTokenType};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if env::args().any(|argument| argument == "--live") {
        let token =
            env::var("ZOOM_ACCESS_TOKEN").map_err(|_| "set ZOOM_ACCESS_TOKEN to call the real API")?;
        let client = Client::builder().bearer_token(token).build()?;
        return show_token(&client).await;
    }
    let server = zoom::replay()
        .serve("127.0.0.1:0", |exchange| eprintln!("server: {exchange}"))
        .await?;
    println!("The saved responses are served at {}\n", server.url());
    let client = Client::builder()
        .base_url(server.url())
        .bearer_token("any token will do")
        .build()?;
    show_token(&client).await?;
    println!();
    show_missing_user(&client).await?;
    server.stop().await;
    Ok(())
}

/// A call that succeeds: what is sent, and what comes back.
async fn show_token(client: &Client) -> Result<(), Box<dyn Error>> {
    let call = client
        .users()
        .token()
        .get_a_user_token("me")
        .r#type(GetAUserTokenType::Zak)
        .ttl(3600);
    let request = call.request()?;
    println!("{} {}", request.method(), request.uri());
    println!("{}\n", call.curl());

    let token = call.await?;
    println!("{}", token.status());
    for (name, value) in token.headers() {
        println!("{name}: {}", value.to_str().unwrap_or("(binary)"));
    }
    println!("{:#}\n", serde_json::from_slice::<Value>(token.raw_body())?);
    println!("token = {:?}", token.token);
    Ok(())
}

/// A call that fails: the saved 404 is an error with a type.
async fn show_missing_user(client: &Client) -> Result<(), Box<dyn Error>> {
    let call = client
        .users()
        .token()
        .get_a_user_token("nobody")
        .header("x-mock-response-code", "404");
    let error = match call.await {
        Ok(token) => return Err(format!("expected an error, got {token:?}").into()),
        Err(error) => error,
    };
    println!("{error}");
    match error.api() {
        Some(GetAUserTokenError::NotFound(())) => println!("typed: GetAUserTokenError::NotFound"),
        Some(other) => println!("typed: {other:?}"),
        None => return Err(error.into()),
    }
    Ok(())
}
