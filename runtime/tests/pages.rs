//! Lists that come in pages: every style, every way to end, and every way in which a server can lead in circles; with a
//! transport in memory, so that a page costs nothing.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::transport::{Payload, Sent, Transport, TransportError};
use letterpress_runtime::wire::{Clock, Sleep};
use letterpress_runtime::{
    Answer, Api, AuthKind, Call, Client, ClientBuilder, Credential, Decoded, Entry, Error, Lists, Operation,
    PageEntry, Paging, Position, Spec, Unexpected, Value, http, json,
};
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PAGE: PageEntry = PageEntry::Query("page");
const AFTER: PageEntry = PageEntry::Query("after");
const OFFSET: PageEntry = PageEntry::Query("offset");
const LIMIT: PageEntry = PageEntry::Query("limit");

const SPEC: Spec = Spec::new("GET", "https://a.io/things")
    .query(&[
        Entry::when_set("limit", "50"),
        Entry::when_set("page", "7"),
        Entry::when_set("after", "x"),
    ])
    .auth(
        AuthKind::ApiKey,
        &[("key", "api_key"), ("value", "{{key}}"), ("in", "query")],
    );

macro_rules! lists {
    ($name:ident, $spec:expr, $paging:expr) => {
        struct $name;

        impl Operation for $name {
            type Output = Value;
            type Error = Unexpected;
            const SPEC: Spec = $spec;

            fn output(answer: Answer) -> Decoded<Value> {
                answer.json()
            }

            fn error(answer: Answer) -> Decoded<Unexpected> {
                answer.body().map(Unexpected)
            }
        }

        impl Lists for $name {
            type Item = Value;
            const PAGING: Paging = $paging;

            fn items(page: Value) -> Vec<Value> {
                let list = if page.is_array() {
                    Some(&page)
                } else {
                    page.get("items")
                };
                list.and_then(Value::as_array).cloned().unwrap_or_default()
            }
        }
    };
}

lists!(
    ByCursor,
    SPEC,
    Paging::cursor(AFTER, &["next"]).items(&["items"]).more(&["more"])
);
lists!(
    ByLast,
    SPEC,
    Paging::cursor(AFTER, &["items", "[-1]", "id"])
        .items(&["items"])
        .more(&["more"])
);
lists!(
    ByPage,
    SPEC,
    Paging::page_from(PAGE, 1)
        .size(LIMIT)
        .items(&["items"])
        .total(&["total"])
        .pages(&["pages"])
        .more(&["more"])
);
lists!(ByNumber, SPEC, Paging::page(PAGE));
lists!(
    ByOffset,
    SPEC,
    Paging::offset(OFFSET, 0)
        .size(LIMIT)
        .items(&["items"])
        .total(&["total"])
        .last(&["last"])
);
lists!(ByUrl, SPEC, Paging::url(&["next"]).items(&["items"]));
lists!(ByLink, SPEC, Paging::link());
lists!(ByHeader, SPEC, Paging::header(PAGE, "x-next-page"));
lists!(
    ByBody,
    Spec::new("POST", "https://a.io/search"),
    Paging::cursor(PageEntry::Body(&["page", "after"]), &["next"]).items(&["items"])
);

const API: Api = Api::new("api").variables(&[("key", None)]);

type Respond = dyn Fn(&http::Request<Payload>, usize) -> http::Response<Payload> + Send + Sync;

/// Answers by a function of the request and of how many there were before it; keeps what was asked.
#[derive(Clone)]
struct Server {
    asked: Arc<Mutex<Vec<String>>>,
    respond: Arc<Respond>,
}

impl Transport for Server {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let mut asked = self.asked.lock().unwrap();
        let uri = request.uri();
        let query = uri.query().unwrap_or_default();
        let shown = query.split('&').filter(|entry| !entry.starts_with("api_key="));
        assert_eq!(
            query.matches("api_key=k3y").count(),
            usize::from(request.method() == "GET"),
            "{uri}"
        );
        asked.push(shown.collect::<Vec<_>>().join("&"));
        if let Some(body) = request.body().as_bytes().filter(|body| !body.is_empty()) {
            let body = String::from_utf8_lossy(body).into_owned();
            asked.pop();
            asked.push(body);
        }
        let nth = asked.len() - 1;
        drop(asked);
        let response = (self.respond)(&request, nth);
        Box::pin(ready(if response.status() == 444 {
            Err(TransportError::other("the connection broke"))
        } else {
            Ok(response)
        }))
    }
}

/// A clock that nobody waits for.
struct Impatient;

impl Clock for Impatient {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000)
    }

    fn sleep(&self, time: Duration) -> Sleep {
        if time > Duration::from_secs(10) {
            return Box::pin(std::future::pending());
        }
        Box::pin(ready(()))
    }
}

fn answer(value: &Value) -> http::Response<Payload> {
    http::Response::new(Payload::bytes(value.to_string()))
}

fn status(status: u16) -> http::Response<Payload> {
    let mut response = answer(&json!({}));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    response
}

fn serving(
    respond: impl Fn(&http::Request<Payload>, usize) -> http::Response<Payload> + Send + Sync + 'static,
) -> (Client, Server) {
    let server = Server {
        asked: Arc::default(),
        respond: Arc::new(respond),
    };
    let builder = ClientBuilder::new(API)
        .transport(server.clone())
        .clock(Impatient)
        .variable("key", "k3y");
    let client = builder.credential(Credential::api_key("k3y")).build().unwrap();
    (client, server)
}

/// Answers with one after the other, and with the last for ever.
fn pages(pages: &[Value]) -> (Client, Server) {
    let pages = pages.to_vec();
    serving(move |_, nth| answer(pages.get(nth).or(pages.last()).unwrap()))
}

async fn all<O>(client: &Client) -> Result<Vec<Value>, Error<Unexpected>>
where
    O: Lists<Item = Value, Error = Unexpected>,
{
    Call::<O>::new(client).list_items().all().await
}

impl Server {
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn a_list_ends_where_its_server_says_so() {
    let one = json!({"id": 1});
    for (end, asked) in [
        (json!({"items": [2], "next": null}), 2),
        (json!({"items": [2], "next": ""}), 2),
        (json!({"items": [2], "next": 0}), 2),
        (json!({"items": [2], "next": false}), 2),
        (json!({"items": [2]}), 2),
        (json!({"items": [2], "next": "b", "more": false}), 2),
    ] {
        let (client, server) = pages(&[json!({"items": [one], "next": "a&b"}), end.clone()]);
        assert_eq!(all::<ByCursor>(&client).await.unwrap().len(), 2, "{end}");
        assert_eq!(server.asked().len(), asked, "{end}");
        assert_eq!(server.asked()[1], "after=a%26b");
    }
}

#[tokio::test]
async fn pages_end_by_the_best_sign_that_there_is() {
    for (list, asked) in [
        // A sign of more is all that counts.
        (
            vec![
                json!({"items": [1], "more": true}),
                json!({"items": [2], "more": false}),
            ],
            vec!["", "page=2"],
        ),
        (
            vec![
                json!({"items": [1], "pages": 2}),
                json!({"items": [2], "pages": 2}),
            ],
            vec!["", "page=2"],
        ),
        (
            vec![
                json!({"items": [1], "total": 2}),
                json!({"items": [2], "total": 2}),
            ],
            vec!["", "page=2"],
        ),
        // It shrinks while it is read.
        (
            vec![
                json!({"items": [1], "total": 9}),
                json!({"items": [2], "total": 1}),
            ],
            vec!["", "page=2"],
        ),
        // It says nothing.
        (
            vec![json!({"items": [1]}), json!({"items": [2]}), json!({})],
            vec!["", "page=2", "page=3"],
        ),
    ] {
        let (client, server) = pages(&list);
        assert_eq!(
            all::<ByPage>(&client).await.unwrap(),
            [json!(1), json!(2)],
            "{list:?}"
        );
        assert_eq!(server.asked(), asked, "{list:?}");
    }
    // A short page is the last only where its size was asked for, and nothing better was ever said.
    let short = [json!({"items": [1, 2]}), json!({"items": [3]})];
    let (client, server) = pages(&short);
    let call = Call::<ByPage>::new(&client).set_query(0, 2);
    assert_eq!(call.list_items().all().await.unwrap().len(), 3);
    assert_eq!(server.asked(), ["limit=2", "limit=2&page=2"]);
    // Where it begins is the caller's choice, and what came before is not counted.
    let (client, server) = pages(&[json!({"items": [1], "total": 5}), json!({"items": []})]);
    let call = Call::<ByPage>::new(&client).set_query(1, 4);
    assert_eq!(call.list_items().all().await.unwrap().len(), 1);
    assert_eq!(server.asked(), ["page=4", "page=5"]);
}

#[tokio::test]
async fn every_style_asks_in_its_own_way() {
    // Where nobody says whether pages begin with 0 or with 1, the server shows it.
    let (client, server) = pages(&[json!([1]), json!([1]), json!([2]), json!([])]);
    assert_eq!(all::<ByNumber>(&client).await.unwrap(), [json!(1), json!(2)]);
    assert_eq!(server.asked(), ["", "page=1", "page=2", "page=3"]);
    let (client, server) = pages(&[json!([1]), json!([1]), json!([2]), json!([])]);
    let second = Call::<ByNumber>::new(&client)
        .list_items()
        .resume("second".parse().unwrap());
    assert_eq!(second.all().await.unwrap(), [json!(2)]);
    assert_eq!(server.asked(), ["", "page=1", "page=2", "page=3"]);
    let (client, server) = pages(&[json!([1]), json!([2]), json!([])]);
    assert_eq!(all::<ByNumber>(&client).await.unwrap().len(), 2);
    assert_eq!(server.asked(), ["", "page=1", "page=2"]);

    let (client, server) = pages(&[json!({"items": [1, 2]}), json!({"items": [3, 4], "last": true})]);
    assert_eq!(all::<ByOffset>(&client).await.unwrap().len(), 4);
    assert_eq!(server.asked(), ["", "offset=2"]);

    let more = |id: u32, more: bool| json!({"items": [{"id": 0}, {"id": id}], "more": more});
    let (client, server) = pages(&[more(7, true), more(9, false)]);
    assert_eq!(all::<ByLast>(&client).await.unwrap().len(), 4);
    assert_eq!(server.asked(), ["", "after=7"]);

    let next = |next: &str| json!({"items": [1], "next": next});
    let (client, server) = pages(&[
        next("https://a.io/other?c=1&api_key=k3y"),
        next("http://a.io/x?c=2"),
        next("?c=3"),
        json!({}),
    ]);
    assert_eq!(all::<ByUrl>(&client).await.unwrap().len(), 3);
    assert_eq!(server.asked(), ["", "c=1", "c=2", "c=3"]);

    // What is taken for a cursor is an URL.
    let (client, server) = pages(&[next("https://a.io/things?token=t"), json!({})]);
    assert_eq!(all::<ByCursor>(&client).await.unwrap().len(), 1);
    assert_eq!(server.asked(), ["", "token=t"]);

    let (client, server) = server_of_headers(
        "link",
        &[r#"</things?page=2>; rel="next""#, r#"<x>; rel="first""#],
    );
    assert_eq!(all::<ByLink>(&client).await.unwrap().len(), 2);
    assert_eq!(server.asked(), ["", "page=2"]);
    // It is believed where pages are numbered, too.
    let (client, server) = server_of_headers(
        "link",
        &[r#"</things?page=2>; rel="next""#, r#"<x>; rel="first""#],
    );
    assert_eq!(all::<ByNumber>(&client).await.unwrap().len(), 2);
    assert_eq!(server.asked(), ["", "page=1"]);

    let (client, server) = server_of_headers("x-next-page", &["2", ""]);
    assert_eq!(all::<ByHeader>(&client).await.unwrap().len(), 2);
    assert_eq!(server.asked(), ["", "page=2"]);

    let (client, server) = pages(&[json!({"items": [1], "next": "n"}), json!({"items": [2]})]);
    let call = Call::<ByBody>::new(&client).json(&json!({"q": "x", "page": {"size": 5}}));
    assert_eq!(call.list_items().all().await.unwrap().len(), 2);
    let second = r#"{"q":"x","page":{"size":5,"after":"n"}}"#;
    assert_eq!(server.asked(), [r#"{"q":"x","page":{"size":5}}"#, second]);
}

fn server_of_headers(name: &'static str, values: &[&str]) -> (Client, Server) {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    serving(move |_, nth| {
        let mut response = answer(&json!([nth]));
        response.headers_mut().insert(name, values[nth].parse().unwrap());
        response
    })
}

#[tokio::test]
async fn a_server_that_leads_in_circles_is_an_error() {
    let next = |item: u32, next: &str| json!({"items": [item], "next": next});
    // The same cursor, and one that comes back; the pages themselves are given.
    for (list, given) in [
        (vec![next(1, "a")], 2),
        (vec![next(1, "a"), next(2, "b"), next(3, "a")], 3),
    ] {
        let (client, _) = pages(&list);
        let mut items = Call::<ByCursor>::new(&client).list_items();
        for _ in 0..given {
            items.next().await.unwrap().unwrap();
        }
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_paging() && error.status().is_some(), "{error}");
        assert!(items.next().await.is_none());
    }
    // A number that is not looked at.
    let (client, server) = pages(&[json!({"items": [{"id": 1}]})]);
    let error = all::<ByPage>(&client).await.unwrap_err();
    assert!(error.is_paging(), "{error}");
    assert_eq!(server.asked().len(), 2);
    // More of nothing.
    for page in [json!({"items": [], "more": true}), json!({"more": true})] {
        let (client, _) = pages(std::slice::from_ref(&page));
        assert!(all::<ByPage>(&client).await.unwrap_err().is_paging());
        assert!(all::<ByCursor>(&client).await.unwrap_err().is_paging());
    }
    // Ever new places with nothing there.
    let (client, server) = serving(|_, nth| answer(&json!({"items": [], "next": nth + 1})));
    assert!(all::<ByCursor>(&client).await.unwrap_err().is_paging());
    assert!(server.asked().len() < 200);
    // One handle for a whole list is no circle where the caller says so.
    let (client, _) = pages(&[next(1, "h"), next(2, "h"), next(3, "h"), json!({"items": []})]);
    let items = Call::<ByCursor>::new(&client).list_items().repeat_cursors();
    assert_eq!(items.all().await.unwrap().len(), 3);
}

#[tokio::test]
async fn nothing_is_sent_to_another_origin() {
    for url in [
        "https://b.io/x",
        "https://a.io:444/x",
        "//b.io/x",
        "https://a.io.b.io/x",
        "ftp://a.io/x",
    ] {
        let (client, server) = pages(&[json!({"items": [1], "next": url})]);
        let error = all::<ByUrl>(&client).await.unwrap_err();
        assert!(error.is_paging() && !error.to_string().contains("k3y"), "{error}");
        assert_eq!(server.asked().len(), 1);
        // Nor by a position that somebody made up.
        let position: Position = format!("url:{url}").parse().unwrap();
        let mut pages = Call::<ByUrl>::new(&client).list_pages().resume(position);
        assert!(pages.next().await.unwrap().is_err());
        assert_eq!(server.asked().len(), 1);
    }
}

#[tokio::test]
async fn an_error_is_no_end_and_a_position_goes_on() {
    let (client, server) = serving(|_, nth| match nth {
        2 => status(404),
        _ => answer(&json!({"items": [nth, nth + 10], "next": format!("c{nth}")})),
    });
    let call = Call::<ByCursor>::new(&client);
    let mut items = call.list_items();
    let mut found = Vec::new();
    for _ in 0..4 {
        found.push(items.next().await.unwrap().unwrap());
    }
    assert_eq!(found, [0, 10, 1, 11]);
    assert_eq!(items.next().await.unwrap().unwrap_err().status().unwrap(), 404);
    assert_eq!(items.next().await.unwrap().unwrap(), 3);
    assert_eq!(server.asked()[1..], ["after=c0", "after=c1", "after=c1"]);
    // In the middle of the page that began at `c1`.
    let kept = items.position().unwrap().to_string();
    assert_eq!(kept, "1 cursor:c1");
    let mut tomorrow = call.list_items().resume(kept.parse().unwrap());
    assert_eq!(tomorrow.next().await.unwrap().unwrap(), 14);
    assert_eq!(server.asked()[4], "after=c1");
    // A position of another style is refused, not sent.
    let wrong = call.list_pages().resume("page:3".parse().unwrap()).next().await;
    assert!(wrong.unwrap().unwrap_err().is_build());
    assert_eq!(server.asked().len(), 5);
}

#[tokio::test]
async fn each_page_is_sent_again_by_itself() {
    let (client, server) = serving(|request, nth| {
        let is_second = request.uri().query().unwrap_or_default().contains("c=2");
        match (nth, is_second) {
            (1 | 2, true) => status(444),
            (_, true) => answer(&json!({"items": [2]})),
            (_, false) => answer(&json!({"items": [1], "next": "/other?c=2"})),
        }
    });
    let call = Call::<ByUrl>::new(&client);
    assert_eq!(call.list_items().all().await.unwrap().len(), 2);
    // The same URL each time.
    assert_eq!(server.asked(), ["", "c=2", "c=2", "c=2"]);
}

#[tokio::test]
async fn no_page_is_asked_for_that_nobody_wants() {
    let (client, server) = serving(|_, nth| answer(&json!({"items": [nth, nth], "next": nth + 1})));
    let call = Call::<ByCursor>::new(&client);
    assert_eq!(call.list_items().at_most(4).all().await.unwrap().len(), 4);
    assert_eq!(server.asked().len(), 2);
    drop((call.list_items(), call.list_pages()));
    assert!(call.list_items().at_most(0).next().await.is_none());
    assert_eq!(server.asked().len(), 2);
    // Many items, of which nothing stays but a few bytes for each page.
    let mut items = call.list_items().at_most(20_000);
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!(count, 20_000);
}

#[cfg(feature = "blocking")]
#[test]
fn code_that_is_not_asynchronous_has_iterators() {
    let call = || {
        let (client, _) = pages(&[json!({"items": [1], "next": "a"}), json!({"items": [2]})]);
        Call::<ByCursor>::new(&client)
    };
    let items: Result<Vec<Value>, _> = call().list_items().blocking().collect();
    assert_eq!(items.unwrap(), [json!(1), json!(2)]);
    assert_eq!(call().list_pages().blocking().count(), 2);
    assert_eq!(call().list_items().all_blocking().unwrap().len(), 2);
}
