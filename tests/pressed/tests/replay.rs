//! Saved responses of pressed clients: each call is answered with its own, in process by its name and over a socket by what
//! it asks, and every answer is what its type says.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_pressed::one_address::{self, rt};
use letterpress_pressed::{placeholders, stand_ins};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

type Tested = Result<(), rt::AnyError>;

#[tokio::test]
async fn calls_of_one_address_have_their_own_answers() -> Tested {
    let client = one_address::Client::builder()
        .transport(one_address::replay())
        .strict(true)
        .build()?;
    let user = one_address::GetUser::saved(&client).await?;
    assert_eq!(user.raw_body(), r#"{"data":{"user":{"id":1,"name":"a"}}}"#);
    let posts = one_address::ListPosts::saved(&client).await?;
    assert_eq!(posts.raw_body(), r#"{"data":{"posts":[{"title":"x"}]}}"#);
    let balance = one_address::GetBalance::saved(&client).await?;
    assert_eq!(balance.result, Some(100));
    let block = one_address::GetBlock::saved(&client).await?;
    assert_eq!(
        block.raw_body(),
        r#"{"jsonrpc":"2.0","result":{"height":5},"id":1}"#
    );
    assert_eq!(
        one_address::GetPrice::saved(&client).await?.value(),
        "<price>1</price>"
    );
    assert_eq!(
        one_address::GetStock::saved(&client).await?.value(),
        "<stock>2</stock>"
    );
    assert_eq!(one_address::Find::saved(&client).await?.found, Some(1));
    assert_eq!(one_address::Remove::saved(&client).await?.removed, Some(true));
    // Whatever is sent, it is still this call.
    let removed = one_address::Remove::saved(&client)
        .header("SOAPAction", "GetPrice")
        .await?;
    assert_eq!(removed.removed, Some(true));
    Ok(())
}

#[tokio::test]
async fn a_call_without_a_saved_response_is_not_answered_with_another() -> Tested {
    let client = one_address::Client::builder()
        .transport(one_address::replay())
        .build()?;
    let error = one_address::NeverAnswered::saved(&client)
        .await
        .map(|_| ())
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("404") && text.contains("no response of `NeverAnswered` was saved"),
        "{text}"
    );
    let chosen = one_address::Find::saved(&client).header("x-mock-response-code", "500");
    let text = chosen.await.map(|_| ()).unwrap_err().to_string();
    assert!(text.contains("it is known what is called"), "{text}");
    Ok(())
}

#[tokio::test]
async fn where_a_saved_redirect_leads_it_is_another_request() -> Tested {
    let client = one_address::Client::builder()
        .transport(one_address::replay())
        .build()?;
    // Not the redirect again, as the operation would answer.
    let moved = one_address::Moved::saved(&client);
    let error = moved.clone().await.map(|_| ()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404), "{error}");
    let error = moved.max_redirects(0).await.map(|_| ()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302), "{error}");
    assert!(error.api().is_some(), "{error}");
    Ok(())
}

#[tokio::test]
async fn answers_are_of_their_types() -> Tested {
    let client = stand_ins::Client::builder()
        .transport(stand_ins::replay())
        .strict(true)
        .build()?;
    let filled = stand_ins::Variables::saved(&client).await?;
    assert_eq!(filled.city.as_deref(), Some("Oslo"));
    // Secret values of the collection are in no output.
    assert_eq!(filled.token.as_deref(), Some("token"));
    assert_eq!(filled.nested.as_deref(), Some("hello you \"two\""));
    assert_eq!(filled.guid.as_deref().map(str::len), Some(36));
    assert!(has(filled.raw_body(), "\"count\":5,"), "{filled:?}");
    for answer in ["Answer 1", "Answer 2"] {
        let call = stand_ins::NoValues::saved(&client).header("x-mock-response-name", answer);
        let values = call.await?;
        let expected = if answer == "Answer 1" {
            (1, "name", 1.5)
        } else {
            (7, "x", 0.5)
        };
        assert_eq!(
            (values.id, values.name.as_deref(), values.rate),
            (Some(expected.0), Some(expected.1), Some(expected.2))
        );
    }
    let made = stand_ins::Placeholders::saved(&client).await?;
    assert_eq!(
        (made.id, made.price, made.ok, made.bare),
        (Some(1), Some(1.5), Some(true), Some(true))
    );
    assert_eq!(stand_ins::Loose::saved(&client).await?.b, [true]);

    let client = placeholders::Client::builder()
        .transport(placeholders::replay())
        .strict(true)
        .build()?;
    placeholders::Get::saved(&client).await?;
    Ok(())
}

#[tokio::test]
async fn variables_are_those_of_the_test_then_of_the_client() -> Tested {
    let count = |client: stand_ins::Client| async move {
        let answer = stand_ins::Variables::saved(&client).await?;
        Ok::<_, rt::AnyError>((has(answer.raw_body(), "\"count\":7,"), answer.city.clone()))
    };
    let client = stand_ins::Client::builder()
        .variable("count", "7")
        .variable("city", "c");
    assert_eq!(
        count(client.transport(stand_ins::replay()).build()?).await?,
        (true, Some("c".to_owned()))
    );
    let replay = stand_ins::replay()
        .variable("city", "t")
        .variables(&[("count", "7")]);
    let client = stand_ins::Client::builder()
        .variable("city", "c")
        .transport(replay);
    assert_eq!(count(client.build()?).await?, (true, Some("t".to_owned())));
    Ok(())
}

fn has(body: &rt::Bytes, text: &str) -> bool {
    body.windows(text.len()).any(|window| window == text.as_bytes())
}

/// What the server answers to a `POST` of this body, as JSON or text.
async fn post(address: std::net::SocketAddr, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[tokio::test]
async fn calls_of_one_address_are_told_apart_over_a_socket() {
    let server = one_address::replay().serve("127.0.0.1:0", |_| {}).await.unwrap();
    let address = server.address();
    let soap = |call: &str| {
        format!("<s:Envelope xmlns:s=\"x\"><s:Body><m:{call} xmlns:m=\"urn:shop\"/></s:Body></s:Envelope>")
    };
    for (path, body, expected) in [
        (
            "/graphql",
            r#"{"query":"{ user { name } }"}"#.to_owned(),
            "\"user\"",
        ),
        (
            "/graphql",
            r#"{"query":"query Posts { posts { title } }","operationName":"Posts"}"#.to_owned(),
            "\"posts\"",
        ),
        (
            "/graphql",
            r#"{"query":"query Posts { other }"}"#.to_owned(),
            "\"posts\"",
        ),
        (
            "/graphql",
            r#"{"query":"{ other }"}"#.to_owned(),
            "`Get user`: its GraphQL operation is `query { user }`; `List posts`: its GraphQL operation is `Posts`",
        ),
        (
            "/rpc",
            r#"{"jsonrpc":"2.0","method":"getBlock","params":[1],"id":9}"#.to_owned(),
            "\"height\"",
        ),
        (
            "/rpc",
            r#"{"jsonrpc":"2.0","method":"getBalance","id":9}"#.to_owned(),
            "100",
        ),
        (
            "/rpc",
            r#"{"jsonrpc":"2.0","method":"none","id":9}"#.to_owned(),
            "its JSON-RPC method is `getBlock`",
        ),
        ("/soap", soap("GetStock"), "<stock>2</stock>"),
        ("/soap", soap("GetPrice"), "<price>1</price>"),
        ("/soap", soap("GetName"), "its SOAP call is `GetPrice`"),
    ] {
        let answer = post(address, path, "", &body).await;
        assert!(answer.contains(expected), "{body}: {answer}");
    }
}

#[tokio::test]
async fn bodies_of_every_kind_are_compared_over_a_socket() {
    let server = one_address::replay().serve("127.0.0.1:0", |_| {}).await.unwrap();
    let address = server.address();
    let compare = "x-mock-match-request-body: true\r\n";
    let form = |headers: &str, body: &'static str| {
        let headers = format!("{compare}{headers}");
        async move { post(address, "/form", &headers, body).await }
    };
    assert_eq!(form("", "action=remove&tenant=t+5").await, r#"{"removed":true}"#);
    assert_eq!(form("", "tenant=t%205&action=find").await, r#"{"found":1}"#);
    let kind = "Content-Type: multipart/form-data; boundary=b\r\n";
    let parts = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nt 5\r\n--b--\r\n";
    assert_eq!(form(kind, parts).await, r#"{"uploaded":"yes"}"#);
    let none = form("", "action=find&tenant=zzz").await;
    for reason in [
        "`Find`: the body differs (the field `tenant`)",
        "`Remove`: the body differs (the field `action`)",
        "`Upload`: the body differs (it is no form in parts)",
    ] {
        assert!(none.contains(reason), "{none}");
    }
    assert!(!none.contains("zzz"), "{none}");
    let graphql = r#"{"query":"query Posts {\n  posts { title } }"}"#;
    assert!(
        post(address, "/graphql", compare, graphql)
            .await
            .contains("\"posts\"")
    );
    let graphql = r#"{"query":"query Posts { posts { body } }"}"#;
    let other = post(address, "/graphql", compare, graphql).await;
    assert!(
        other.contains("`List posts`: the body differs (the GraphQL document)"),
        "{other}"
    );
    // Not asked to compare, the first of the likest answers.
    assert_eq!(
        post(address, "/form", "", "action=remove&tenant=t+5").await,
        r#"{"removed":true}"#
    );
}
