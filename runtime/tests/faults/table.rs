//! The table of faults: what a call with the rules of retries makes of each, for `GET`, for `POST`, and for a `POST` with a key, over
//! each transport of ours. A row is a fault that stays; each is met a second time as one that passes.
//!
//! What else may go wrong stands where its own servers and clocks are: waits, budgets and deadlines in `../retries.rs`, redirects in
//! `redirects.rs`, limits in `limits.rs`, tokens in `../tokens.rs` and `../oauth2.rs`, pages in `../pages.rs`, streams in `../streams.rs`.

use crate::calls::{Get, Keyed, Post, builders};
use crate::server::{Server, Step, answer};
use letterpress_runtime::{
    AnyError, Body, Call, Client, ClientBuilder, Operation, TimedOut, Unexpected, WasSent,
};
use std::time::Duration;

/// What the caller is told in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// It is an answer like any other.
    Nothing,
    /// There is no answer: whether the request was sent, and which time was up.
    NoAnswer(WasSent, Option<TimedOut>),
    /// The answer began, and broke off.
    Broken(Option<TimedOut>),
    /// What the API says.
    Status(u16),
    TooLarge,
}
use Told::{Broken, NoAnswer, Nothing, Status, TooLarge};

struct Row {
    fault: &'static str,
    does: Does,
    /// How often a call is sent that may be made twice, and one that may not.
    tries: (u32, u32),
    told: Told,
    limits: fn(ClientBuilder) -> ClientBuilder,
}

/// What is there in place of a server that does right.
enum Does {
    /// A port where nobody is.
    Refuses,
    /// A name that nobody has.
    HasNoName,
    /// A port where TLS ends as it begins.
    #[cfg(feature = "rustls")]
    CutsHandshakes,
    Step(Step),
}

const fn row(fault: &'static str, does: Does, tries: (u32, u32), told: Told) -> Row {
    Row {
        fault,
        does,
        tries,
        told,
        limits: |builder| builder,
    }
}

fn step(step: fn(Vec<u8>) -> Step, bytes: &str) -> Does {
    Does::Step(step(bytes.as_bytes().to_vec()))
}

/// An answer without a body.
fn says(status: u16, header: &str) -> Does {
    Does::Step(answer(format!(
        "HTTP/1.1 {status} Oh\r\n{header}Content-Length: 0\r\n\r\n"
    )))
}

const IF_IDEMPOTENT: (u32, u32) = (3, 1);
const ALWAYS: (u32, u32) = (3, 3);
const NEVER: (u32, u32) = (1, 1);
const MAYBE: Told = NoAnswer(WasSent::Maybe, None);

fn of_connections() -> Vec<Row> {
    const UNSENT: Told = NoAnswer(WasSent::No, None);
    const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Le";
    vec![
        row("refused", Does::Refuses, ALWAYS, UNSENT),
        row("no such host", Does::HasNoName, ALWAYS, UNSENT),
        #[cfg(feature = "rustls")]
        row("handshake cut", Does::CutsHandshakes, ALWAYS, UNSENT),
        row(
            "closed before the head",
            step(Step::Close, ""),
            IF_IDEMPOTENT,
            MAYBE,
        ),
        row(
            "reset before the head",
            step(Step::Reset, ""),
            IF_IDEMPOTENT,
            MAYBE,
        ),
        row(
            "closed in the head",
            step(Step::Close, HALF),
            IF_IDEMPOTENT,
            MAYBE,
        ),
        row("reset in the head", step(Step::Reset, HALF), IF_IDEMPOTENT, MAYBE),
        // Who speaks something else does so the next time, too.
        row("no HTTP", step(Step::Close, "SSH-2.0-a\r\n\r\n"), NEVER, MAYBE),
    ]
}

fn of_bodies() -> Vec<Row> {
    const SHORT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc";
    const EXTRA: &str = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef";
    const GIB: &str = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n";
    const NO_LENGTH: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    vec![
        row(
            "short body",
            step(Step::Close, SHORT),
            IF_IDEMPOTENT,
            Broken(None),
        ),
        row(
            "body reset",
            step(Step::Reset, SHORT),
            IF_IDEMPOTENT,
            Broken(None),
        ),
        row(
            "cut chunk",
            step(Step::Close, CHUNKED),
            IF_IDEMPOTENT,
            Broken(None),
        ),
        row("too small a length", step(Step::Close, EXTRA), NEVER, Nothing),
        row("1 GiB with its length", step(Step::Endless, GIB), NEVER, TooLarge),
        row(
            "1 GiB without its length",
            step(Step::Endless, NO_LENGTH),
            NEVER,
            TooLarge,
        ),
    ]
}

fn of_time() -> Vec<Row> {
    const HALF: &str = "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n";
    let drip = |head: &str, bytes: &str| Does::Step(Step::Drip(head.into(), bytes.into()));
    let rows = [
        // The default: two minutes.
        row(
            "silence",
            step(Step::Silence, ""),
            IF_IDEMPOTENT,
            NoAnswer(WasSent::Maybe, Some(TimedOut::Idle)),
        ),
        Row {
            limits: |builder| builder.try_timeout(Duration::from_secs(50)),
            ..row(
                "head byte by byte",
                drip("", HALF),
                IF_IDEMPOTENT,
                NoAnswer(WasSent::Maybe, Some(TimedOut::Try)),
            )
        },
        row(
            "a body that rests for minutes",
            step(Step::Silence, HALF),
            IF_IDEMPOTENT,
            Broken(Some(TimedOut::Idle)),
        ),
        Row {
            limits: |builder| builder.try_timeout(Duration::from_secs(50)),
            ..row(
                "silence in the body",
                step(Step::Silence, HALF),
                IF_IDEMPOTENT,
                Broken(Some(TimedOut::Try)),
            )
        },
        Row {
            // The time of the call is that of all its tries.
            limits: |builder| builder.timeout(Duration::from_secs(50)),
            ..row(
                "silence, and a deadline",
                step(Step::Silence, ""),
                NEVER,
                NoAnswer(WasSent::Maybe, Some(TimedOut::Call)),
            )
        },
    ];
    rows.into()
}

fn of_answers() -> Vec<Row> {
    [
        (400, "", NEVER),
        (401, "", NEVER),
        (408, "", IF_IDEMPOTENT),
        (409, "", NEVER),
        (409, "X-Should-Retry: true\r\n", IF_IDEMPOTENT),
        (425, "", ALWAYS),
        (429, "", ALWAYS),
        (429, "Retry-After: 2\r\n", ALWAYS),
        (429, "Retry-After: 3600\r\n", NEVER),
        (429, "X-Should-Retry: false\r\n", NEVER),
        (500, "", IF_IDEMPOTENT),
        (501, "", NEVER),
        (502, "", IF_IDEMPOTENT),
        (503, "", IF_IDEMPOTENT),
        (503, "Retry-After: 2\r\n", IF_IDEMPOTENT),
        (503, "X-Should-Retry: false\r\n", NEVER),
        (504, "", IF_IDEMPOTENT),
    ]
    .into_iter()
    .map(|(status, header, tries)| row(header, says(status, header), tries, Status(status)))
    .collect()
}

fn told(error: &AnyError) -> Told {
    let status = error.status().map(|status| status.as_u16());
    match status {
        _ if error.is_too_large() => TooLarge,
        None => NoAnswer(error.was_sent(), error.timed_out()),
        Some(_) if error.is_transport() => Broken(error.timed_out()),
        Some(status) => Status(status),
    }
}

/// Sends one, and says how often that was and what came of it.
async fn ends<O>(client: &Client) -> (u32, Told, String)
where
    O: Operation<Output = Body, Error = Unexpected>,
{
    match Call::<O>::new(client).json(&()).send().await {
        Ok(answer) => (answer.tries(), Nothing, String::new()),
        Err(error) => {
            let error = AnyError::from(error);
            (error.tries(), told(&error), error.to_string())
        }
    }
}

/// Where the fault is met, and whether it passes.
async fn at(does: &Does, passes: bool) -> (String, Option<Server>) {
    match does {
        Does::Refuses => {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            (format!("http://{}", listener.local_addr().unwrap()), None)
        }
        Does::HasNoName => ("http://no-such-host.invalid".to_owned(), None),
        #[cfg(feature = "rustls")]
        Does::CutsHandshakes => {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("https://{}", listener.local_addr().unwrap());
            tokio::spawn(async move {
                loop {
                    drop(listener.accept().await.unwrap());
                }
            });
            (url, None)
        }
        Does::Step(step) => {
            let good = answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            let steps = [Some(step.clone()), passes.then_some(good)];
            let server = Server::start(steps.into_iter().flatten().collect()).await;
            (server.url(), Some(server))
        }
    }
}

async fn holds<O>(row: &Row, kind: &str, tries: u32)
where
    O: Operation<Output = Body, Error = Unexpected>,
{
    for nth in 0..builders("").len() {
        for passes in [false, true] {
            let (url, server) = at(&row.does, passes).await;
            if passes && server.is_none() {
                continue;
            }
            let builder = builders(&url).swap_remove(nth);
            let (sent, told, text) = ends::<O>(&(row.limits)(builder).build().unwrap()).await;
            let shown = format!("{kind} over {nth}, {:?}, passes: {passes}: {text}", row.fault);
            // What passes is good the second time, where there is one.
            let expected = if passes && tries > 1 {
                (2, Nothing)
            } else {
                (tries, row.told)
            };
            assert_eq!((sent, told), expected, "{shown}");
            let asked = server.map(|server| server.asked());
            let asked = asked.map_or(sent, |asked| u32::try_from(asked.len()).unwrap());
            assert_eq!(asked, sent, "what is counted is what came: {shown}");
        }
    }
}

async fn all_hold(rows: Vec<Row>) {
    for row in rows {
        holds::<Get>(&row, "GET", row.tries.0).await;
        holds::<Post>(&row, "POST", row.tries.1).await;
        holds::<Keyed>(&row, "POST with a key", row.tries.0).await;
    }
}

#[tokio::test]
async fn connections_that_fail() {
    all_hold(of_connections()).await;
}

#[tokio::test]
async fn bodies_that_break_off() {
    all_hold(of_bodies()).await;
}

#[tokio::test]
async fn servers_that_take_their_time() {
    all_hold(of_time()).await;
}

#[tokio::test]
async fn answers_that_are_errors() {
    all_hold(of_answers()).await;
}

/// A connection that was good for one call may be gone when the next is sent on it.
#[tokio::test]
async fn a_connection_that_breaks_when_it_is_used_again() {
    for nth in 0..builders("").len() {
        for does in [Step::Close(Vec::new()), Step::Reset(Vec::new())] {
            let ok = answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            let steps = || vec![ok.clone(), does.clone(), ok.clone()];
            let server = Server::start(steps()).await;
            let client = builders(&server.url()).swap_remove(nth).build().unwrap();
            assert_eq!(ends::<Get>(&client).await.0, 1);
            assert_eq!(ends::<Get>(&client).await, (2, Nothing, String::new()));
            let server = Server::start(steps()).await;
            let client = builders(&server.url()).swap_remove(nth).build().unwrap();
            assert_eq!(ends::<Get>(&client).await.0, 1);
            let (tries, told, text) = ends::<Post>(&client).await;
            assert_eq!((tries, told), (1, MAYBE), "{text}");
        }
    }
}
