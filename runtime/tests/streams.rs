//! Answers that come bit by bit: events and lines, over a transport in memory whose bodies come in pieces.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use http_body::{Body as HttpBody, Frame};
use letterpress_runtime::transport::{Payload, Sent, Transport, TransportError};
use letterpress_runtime::wire::{Clock, Sleep};
use letterpress_runtime::{
    Answer, Api, Body, Bytes, Call, Client, ClientBuilder, Decoded, Operation, Spec, Unexpected, http,
};
use serde::Deserialize;
use std::collections::VecDeque;
use std::future::ready;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

macro_rules! operation {
    ($name:ident, $method:literal) => {
        struct $name;

        impl Operation for $name {
            type Output = Body;
            type Error = Unexpected;
            const SPEC: Spec = Spec::new($method, "https://a.io/stream");

            fn output(answer: Answer) -> Decoded<Body> {
                answer.body()
            }

            fn error(answer: Answer) -> Decoded<Unexpected> {
                answer.body().map(Unexpected)
            }
        }
    };
}

operation!(Get, "GET");
operation!(Post, "POST");

#[derive(Clone)]
enum Step {
    Stream(u16, &'static str, &'static [&'static str], End),
    Refused,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Whole,
    Broken,
}

use End::{Broken, Whole};

struct Pieces(VecDeque<&'static str>, End);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(match self.0.pop_front() {
            Some(piece) => Some(Ok(Frame::data(Bytes::from_static(piece.as_bytes())))),
            None if self.1 == Broken => Some(Err(std::io::Error::other("broke"))),
            None => None,
        })
    }
}

/// What is still to come, and what was asked: `Accept` and `Last-Event-ID`.
type State = (VecDeque<Step>, Vec<(String, String)>);

#[derive(Clone, Default)]
struct Server(Arc<Mutex<State>>);

impl Transport for Server {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let mut state = self.0.lock().unwrap();
        let header = |name| {
            let value = request.headers().get(name).map(|value| value.to_str().unwrap());
            value.unwrap_or_default().to_owned()
        };
        state.1.push((header("accept"), header("last-event-id")));
        Box::pin(ready(match state.0.pop_front().unwrap() {
            Step::Refused => Err(TransportError::connect("nobody is there")),
            Step::Stream(status, media_type, pieces, end) => {
                let body = Payload::stream(Pieces(pieces.iter().copied().collect(), end));
                let response = http::Response::builder()
                    .status(status)
                    .header("content-type", media_type);
                Ok(response.body(body).unwrap())
            }
        }))
    }
}

/// A clock that nobody waits for, and which remembers.
#[derive(Clone, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl Clock for Waits {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000)
    }

    fn sleep(&self, time: Duration) -> Sleep {
        self.0.lock().unwrap().push(time);
        Box::pin(ready(()))
    }
}

fn client(steps: &[Step]) -> (Client, Server, Waits) {
    let (server, waits) = (Server::default(), Waits::default());
    server.0.lock().unwrap().0.extend(steps.iter().cloned());
    let builder = ClientBuilder::new(Api::new("api")).retry(letterpress_runtime::Retry::none());
    let client = builder
        .transport(server.clone())
        .clock(waits.clone())
        .build()
        .unwrap();
    (client, server, waits)
}

const SSE: &str = "text/event-stream; charset=utf-8";

#[derive(Debug, Deserialize, PartialEq)]
struct Delta {
    text: String,
}

#[tokio::test]
async fn events_are_typed_and_a_bad_one_ends_nothing() {
    let pieces = &[
        "data: {\"te",
        "xt\": \"a\"}\n\nid: 7\ndata: nonsense\n\n: ping\n\ndata: {\"text\": \"b\"}\n",
        "\ndata: [DONE]\n\ndata: x\n\n",
    ];
    for is_post in [false, true] {
        let (client, server, _) = client(&[Step::Stream(200, SSE, pieces, Whole)]);
        let events = if is_post {
            Call::<Post>::new(&client).events().await
        } else {
            Call::<Get>::new(&client).events().await
        };
        let mut events = events.unwrap().until("[DONE]");
        let mut texts = Vec::new();
        let mut bad = 0;
        while let Some(event) = events.next().await {
            match event.unwrap().json::<Delta>() {
                Ok(delta) => texts.push(delta.text),
                Err(error) => {
                    assert!(error.is_decode());
                    bad += 1;
                }
            }
        }
        assert_eq!((texts, bad), (vec!["a".to_owned(), "b".to_owned()], 1));
        assert!(events.next().await.is_none());
        assert_eq!(
            server.0.lock().unwrap().1,
            [("text/event-stream".to_owned(), String::new())]
        );
    }
}

#[tokio::test]
async fn what_is_no_stream_is_an_error() {
    let (client, _, _) = client(&[
        Step::Stream(200, "application/json", &["{}"], Whole),
        Step::Stream(503, "application/json", &["{\"a\"", ": 1}"], Whole),
        Step::Stream(204, SSE, &[], Whole),
        Step::Stream(200, SSE, &["data: a\n\ndata: b"], Broken),
        Step::Stream(200, SSE, &["data: unfinished"], Whole),
    ]);
    let call = Call::<Get>::new(&client);
    let error = call.events().await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("text/event-stream"),
        "{error}"
    );
    let error = call.events().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(&error.body().unwrap()[..], br#"{"a": 1}"#);
    assert!(call.events().await.unwrap().next().await.is_none());
    let mut events = call.events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "a");
    assert!(events.next().await.unwrap().unwrap_err().is_transport());
    assert!(events.next().await.is_none());
    assert!(call.events().await.unwrap().next().await.is_none());
}

#[tokio::test]
async fn a_stream_is_asked_for_again_where_that_does_no_harm() {
    let (client, server, waits) = client(&[
        Step::Stream(200, SSE, &["retry: 10\nid: 1\ndata: a\n\ndata: lost"], Broken),
        Step::Refused,
        Step::Refused,
        Step::Stream(200, SSE, &["id: 2\ndata: b\n\n"], Whole),
        Step::Stream(204, SSE, &[], Whole),
    ]);
    let mut events = Call::<Get>::new(&client).events().await.unwrap().reconnect();
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(event.map_or_else(
            |error| format!("{}", error.is_connect()),
            |event| event.data().to_owned(),
        ));
    }
    assert_eq!(seen, ["a", "true", "true", "b"]);
    let ids: Vec<String> = server
        .0
        .lock()
        .unwrap()
        .1
        .iter()
        .map(|(_, id)| id.clone())
        .collect();
    assert_eq!(ids, ["", "1", "1", "1", "2"]);
    // Twice as long each time that it fails.
    let waits: Vec<u128> = waits
        .0
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_millis)
        .filter(|wait| *wait < 1_000)
        .collect();
    assert_eq!(waits, [10, 20, 40, 10]);
}

#[tokio::test]
async fn a_stream_of_post_is_never_asked_for_again_and_an_error_ends_one_of_get() {
    let (client, server, _) = client(&[Step::Stream(200, SSE, &["data: a\n\n"], Broken)]);
    let mut events = Call::<Post>::new(&client).events().await.unwrap().reconnect();
    assert!(events.next().await.unwrap().is_ok());
    assert!(events.next().await.unwrap().is_err());
    assert!(events.next().await.is_none());
    assert_eq!(server.0.lock().unwrap().1.len(), 1);

    for (status, media_type) in [(500, SSE), (200, "text/html")] {
        let (client, server, _) = self::client(&[
            Step::Stream(200, SSE, &["data: a\n\n"], Whole),
            Step::Stream(status, media_type, &[], Whole),
        ]);
        let mut events = Call::<Get>::new(&client).events().await.unwrap().reconnect();
        assert!(events.next().await.unwrap().is_ok());
        assert!(events.next().await.unwrap().is_err());
        assert!(events.next().await.is_none());
        assert_eq!(server.0.lock().unwrap().1.len(), 2);
    }
}

#[tokio::test]
async fn lines_are_read_one_by_one() {
    let ndjson = &[
        "{\"text\": \"a\"}\r\n\n{\"te",
        "xt\": \"b\"}\nnonsense\n{\"text\": \"c\"}",
    ];
    let sequence = &[
        "\u{1e}{\"text\": \"a\"}\n\u{1e}{\"text\": \"b\"}\n\u{1e}nonsense\n",
        "\u{1e}{\"text\": \"c\"}\n",
    ];
    for pieces in [&ndjson[..], sequence] {
        let (client, _, _) = client(&[Step::Stream(
            200,
            "application/x-ndjson",
            Box::leak(pieces.into()),
            Whole,
        )]);
        let mut lines = Call::<Post>::new(&client).lines().await.unwrap();
        let mut texts = Vec::new();
        while let Some(line) = lines.next().await {
            texts.push(
                line.unwrap()
                    .json::<Delta>()
                    .map_or_else(|_| "?".to_owned(), |delta| delta.text),
            );
        }
        assert_eq!(texts, ["a", "b", "?", "c"]);
    }
    let (client, _, _) = client(&[
        Step::Stream(404, "text/plain", &["no"], Whole),
        Step::Stream(200, "", &["1\n2\n3"], Broken),
    ]);
    let call = Call::<Get>::new(&client);
    assert_eq!(call.lines().await.unwrap_err().status().unwrap(), 404);
    let mut lines = call.lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().text(), "1");
    assert_eq!(lines.next().await.unwrap().unwrap().json::<u8>().unwrap(), 2);
    // Half a line is none.
    assert!(lines.next().await.unwrap().unwrap_err().is_transport());
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_file_is_read_as_it_comes_and_an_error_is_one() {
    let (client, server, _) = client(&[
        Step::Stream(200, "application/pdf", &["%PDF", "-1.7"], Whole),
        Step::Stream(404, "text/plain", &["no such ", "file"], Whole),
        Step::Stream(200, "application/pdf", &["%PDF"], Broken),
    ]);
    let call = Call::<Get>::new(&client);
    let mut file = call.download().await.unwrap();
    assert_eq!(file.headers()["content-type"], "application/pdf");
    let mut chunks = Vec::new();
    while let Some(chunk) = file.chunk().await.unwrap() {
        chunks.push(String::from_utf8(chunk.to_vec()).unwrap());
    }
    assert_eq!(chunks, ["%PDF", "-1.7"]);
    let error = call.download().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(&error.body().unwrap()[..], b"no such file");
    let mut file = call.download().await.unwrap();
    assert!(file.chunk().await.unwrap().is_some());
    assert!(file.chunk().await.is_err());
    assert_eq!(server.0.lock().unwrap().1.len(), 3);
}

#[cfg(feature = "blocking")]
#[test]
fn code_that_is_not_asynchronous_has_iterators() {
    let (client, _, _) = client(&[
        Step::Stream(200, SSE, &["data: 1\n\ndata: 2\n\ndata: end\n\n"], Whole),
        Step::Stream(200, "", &["1\n2\n"], Whole),
    ]);
    let call = Call::<Get>::new(&client);
    let events = call.events_blocking(|events| events.until("end")).unwrap();
    let data: Vec<u8> = events.map(|event| event.unwrap().json().unwrap()).collect();
    assert_eq!(data, [1, 2]);
    let lines: Vec<u8> = call
        .lines_blocking()
        .unwrap()
        .map(|line| line.unwrap().json().unwrap())
        .collect();
    assert_eq!(lines, [1, 2]);
}
