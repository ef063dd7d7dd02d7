//! Lists of the fixture `lists`: what is found in a collection is asked for as its server expects.

use letterpress_pressed::lists::{self, SearchBody};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{AnyError, Position};
use std::future::ready;
use std::sync::{Arc, Mutex};

/// Answers with one after the other, and keeps what was asked.
#[derive(Clone)]
struct Answers(Arc<Mutex<(Vec<&'static str>, Vec<String>)>>);

impl Transport for Answers {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let mut state = self.0.lock().unwrap();
        let body = String::from_utf8_lossy(request.body().as_bytes().unwrap_or_default()).into_owned();
        let path = request.uri().path_and_query().map_or("", |path| path.as_str());
        state.1.push(format!("{path}{body}"));
        let answer = state.0.remove(0);
        Box::pin(ready(Ok(http::Response::new(Payload::bytes(answer)))))
    }
}

fn client(answers: &[&'static str]) -> Result<(lists::Client, Answers), AnyError> {
    let answers = Answers(Arc::new(Mutex::new((answers.to_vec(), Vec::new()))));
    let client = lists::Client::builder().transport(answers.clone()).build()?;
    Ok((client, answers))
}

impl Answers {
    fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().1.clone()
    }
}

#[tokio::test]
async fn what_is_listed_is_typed() -> Result<(), AnyError> {
    let (client, answers) = client(&[
        r#"{"users": [{"id": 1, "name": "Ada"}], "next_page_token": "b2"}"#,
        r#"{"users": [{"id": 2, "name": "Bo"}], "next_page_token": ""}"#,
    ])?;
    let mut users = client.list_users().page_size(1).items();
    let mut names = Vec::new();
    while let Some(user) = users.next().await {
        names.extend(user?.name);
    }
    assert_eq!(names, ["Ada", "Bo"]);
    assert_eq!(
        answers.asked(),
        ["/users?page_size=1", "/users?page_token=b2&page_size=1"]
    );
    Ok(())
}

#[tokio::test]
async fn each_style_is_asked_for_as_the_collection_shows() -> Result<(), AnyError> {
    let (client, answers) = client(&[
        r#"{"result": {"orders": [{"number": 1}]}}"#,
        r#"{"result": {"orders": [{"number": 2}]}}"#,
        r#"{"result": {}}"#,
        r#"{"shops": [{"name": "a"}], "total": 2}"#,
        r#"{"shops": [{"name": "b"}], "total": 2}"#,
        r#"{"data": [{"id": "x"}], "links": {"next": "/parcels?page=9"}}"#,
        r#"{"data": [], "links": {"next": null}}"#,
        r#"{"data": [{"id": "ch_1"}, {"id": "ch_2"}], "has_more": true}"#,
        r#"{"data": [{"id": "ch_3"}], "has_more": false}"#,
        r#"{"hits": [{"id": 1}], "after": "q"}"#,
        r#"{"hits": [{"id": 2}]}"#,
    ])?;
    assert_eq!(client.list_orders().items().all().await?.len(), 2);
    assert_eq!(client.list_shops().items().all().await?.len(), 2);
    assert_eq!(client.list_parcels().items().all().await?.len(), 1);
    let mut charges = client.list_charges().items();
    assert_eq!(
        charges
            .next()
            .await
            .transpose()?
            .and_then(|charge| charge.id)
            .as_deref(),
        Some("ch_1")
    );
    // Another run of the program goes on in the middle of the page.
    let position: Position = charges
        .position()
        .map(|position| position.to_string())
        .unwrap_or_default()
        .parse()
        .unwrap();
    assert_eq!(position.to_string(), "1 start");
    assert_eq!(charges.all().await?.len(), 2);
    let body = SearchBody {
        term: Some("x".into()),
        ..SearchBody::default()
    };
    assert_eq!(client.search(&body).items().all().await?.len(), 2);
    assert_eq!(
        answers.asked(),
        [
            "/orders",
            "/orders?page=1",
            "/orders?page=2",
            "/shops",
            "/shops?offset=1",
            "/parcels",
            "/parcels?page=9",
            "/charges",
            "/charges?starting_after=ch_2",
            r#"/search{"term":"x"}"#,
            r#"/search{"term":"x","after":"q"}"#,
        ]
    );
    Ok(())
}
