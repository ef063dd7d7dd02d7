//! Connections that are not made, break, or carry what is no HTTP.

use crate::calls::{Get, Post, Upload, builder, builders, send};
use crate::server::{Server, Step, answer};
use letterpress_runtime::transport::Reqwest;
use letterpress_runtime::{AnyError, Call, ClientBuilder, FilePart, TimedOut, WasSent};
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// What an error must say.
struct Says {
    sent: WasSent,
    status: Option<u16>,
    timed_out: Option<TimedOut>,
    is_connect: bool,
}

const MAYBE: Says = Says {
    sent: WasSent::Maybe,
    status: None,
    timed_out: None,
    is_connect: false,
};

const BROKEN: Says = Says {
    sent: WasSent::Answered,
    status: Some(200),
    ..MAYBE
};

const UNSENT: Says = Says {
    sent: WasSent::No,
    is_connect: true,
    ..MAYBE
};

#[track_caller]
fn check(error: &AnyError, method: &str, url: &str, says: &Says) {
    let text = error.to_string();
    assert_eq!(error.was_sent(), says.sent, "{text}");
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        says.status,
        "{text}"
    );
    assert_eq!(error.timed_out(), says.timed_out, "{text}");
    assert_eq!(error.is_timeout(), says.timed_out.is_some(), "{text}");
    assert_eq!(error.is_connect(), says.is_connect, "{text}");
    assert!(error.is_transport() && error.body().is_none(), "{text}");
    assert!(text.contains(&format!("{method} {url}/things/7: ")), "{text}");
    assert!(!format!("{text} {error:?}").contains("qu3ry"), "{text}");
}

/// Sends both calls over both transports.
async fn both(url: &str, set: impl Fn(ClientBuilder) -> ClientBuilder, says: &Says) {
    for client in builders(url) {
        let client = set(client).build().unwrap();
        check(&send::<Get>(&client).await.unwrap_err(), "GET", url, says);
        check(&send::<Post>(&client).await.unwrap_err(), "POST", url, says);
    }
}

async fn meets(step: Step, says: &Says) {
    let server = Server::start(vec![step]).await;
    both(&server.url(), |client| client, says).await;
    assert_eq!(
        server.asked().len(),
        2 * builders("").len(),
        "nothing is sent a second time"
    );
}

#[tokio::test]
async fn refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    both(&url, |client| client, &UNSENT).await;
}

#[tokio::test]
async fn no_such_host() {
    both("http://no-such-host.invalid", |client| client, &UNSENT).await;
}

#[tokio::test]
#[cfg(feature = "rustls")]
async fn handshake_cut() {
    // It is no TLS that the server speaks.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            drop(listener.accept().await.unwrap());
        }
    });
    both(&url, |client| client, &UNSENT).await;
}

#[tokio::test]
#[cfg(feature = "rustls")]
async fn no_handshake_in_time() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let says = Says {
        timed_out: Some(TimedOut::Connect),
        ..UNSENT
    };
    // Transports have clocks of their own.
    let soon = Duration::from_millis(50);
    let client = builder(&url).connect_timeout(soon).build().unwrap();
    check(&send::<Get>(&client).await.unwrap_err(), "GET", &url, &says);
    check(&send::<Post>(&client).await.unwrap_err(), "POST", &url, &says);
    // A transport of one's own has a time of its own.
    let own = || builder(&url).transport(std::sync::Arc::new(Reqwest::connecting_within(soon).unwrap()));
    let refused = own().connect_timeout(soon).build();
    assert!(refused.unwrap_err().to_string().contains("`connect_timeout`"));
    check(
        &send::<Get>(&own().build().unwrap()).await.unwrap_err(),
        "GET",
        &url,
        &says,
    );
    #[cfg(feature = "exact")]
    {
        let exact = letterpress_runtime::transport::Exact::new().connect_timeout(soon);
        let client = builder(&url).transport(exact).build().unwrap();
        check(&send::<Get>(&client).await.unwrap_err(), "GET", &url, &says);
    }
}

#[tokio::test]
async fn closed_before_the_head() {
    meets(Step::Close(Vec::new()), &MAYBE).await;
}

#[tokio::test]
async fn closed_in_the_head() {
    meets(Step::Close(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()), &MAYBE).await;
}

#[tokio::test]
async fn reset_in_the_head() {
    meets(Step::Reset(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()), &MAYBE).await;
}

#[tokio::test]
async fn garbage() {
    meets(
        Step::Close(b"\x16\x03\x01 what is this?\r\n\r\n".to_vec()),
        &MAYBE,
    )
    .await;
}

#[tokio::test]
async fn short_body() {
    meets(
        Step::Close(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".to_vec()),
        &BROKEN,
    )
    .await;
}

#[tokio::test]
async fn reset_in_the_body() {
    meets(
        Step::Reset(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".to_vec()),
        &BROKEN,
    )
    .await;
}

#[tokio::test]
async fn cut_chunk() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for body in [&b"9\r\nabc"[..], b"3\r\nabc\r\n", b"x\r\nabc"] {
        meets(Step::Close([head, body].concat()), &BROKEN).await;
    }
}

#[tokio::test]
async fn too_small_a_length() {
    let extra = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef";
    let server = Server::start(vec![answer(extra)]).await;
    let client = builder(&server.url()).build().unwrap();
    for _ in 0..2 {
        // What is too much is no part of the next answer either.
        assert_eq!(send::<Get>(&client).await.unwrap().bytes().as_ref(), b"abc");
        assert_eq!(send::<Post>(&client).await.unwrap().bytes().as_ref(), b"abc");
    }
}

#[tokio::test]
async fn silence() {
    let idle = Says {
        timed_out: Some(TimedOut::Idle),
        ..MAYBE
    };
    // The default; two minutes of a fast clock.
    meets(Step::Silence(Vec::new()), &idle).await;
    let in_body = Says {
        sent: WasSent::Answered,
        status: Some(200),
        ..idle
    };
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".to_vec();
    meets(Step::Silence(half.clone()), &in_body).await;
    for (timed_out, set) in [
        (
            TimedOut::Try,
            ClientBuilder::try_timeout as fn(ClientBuilder, Duration) -> ClientBuilder,
        ),
        (TimedOut::Call, ClientBuilder::timeout),
    ] {
        let timed_out = Some(timed_out);
        let server = Server::start(vec![Step::Silence(half.clone())]).await;
        let minute = |client: ClientBuilder| set(client.no_idle_timeout(), Duration::from_secs(60));
        both(&server.url(), minute, &Says { timed_out, ..in_body }).await;
    }
}

#[tokio::test]
async fn slow_head() {
    let drip = || {
        Step::Drip(
            Vec::new(),
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec(),
        )
    };
    let says = Says {
        timed_out: Some(TimedOut::Try),
        ..MAYBE
    };
    let server = Server::start(vec![drip()]).await;
    both(
        &server.url(),
        |client| client.try_timeout(Duration::from_secs(50)),
        &says,
    )
    .await;
}

#[tokio::test]
async fn a_slow_body_that_moves_is_read() {
    // Far longer in all than there may be between two bytes.
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n".to_vec();
    let server = Server::start(vec![Step::Drip(head, vec![b'x'; 60])]).await;
    for client in builders(&server.url()) {
        let client = client.idle_timeout(Duration::from_secs(400)).build().unwrap();
        assert_eq!(send::<Get>(&client).await.unwrap().bytes().len(), 60);
        let mut raw = Call::<Post>::saved(&client).send_raw().await.unwrap();
        let mut read = 0;
        while let Some(chunk) = raw.chunk().await.unwrap() {
            read += chunk.len();
        }
        assert_eq!(read, 60);
    }
}

#[tokio::test]
async fn a_raw_body_that_stops_is_an_error_of_its_call() {
    let half = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".to_vec();
    let server = Server::start(vec![Step::Silence(half)]).await;
    let url = server.url();
    for client in builders(&url) {
        // The time of the whole call ends with the head: what is read later is read by somebody else.
        let client = client.timeout(Duration::from_secs(60)).build().unwrap();
        let raw = Call::<Get>::saved(&client).send_raw().await.unwrap();
        let error = AnyError::from(raw.bytes().await.unwrap_err());
        let text = error.to_string();
        assert_eq!(error.timed_out(), Some(TimedOut::Idle), "{text}");
        assert_eq!(error.was_sent(), WasSent::Answered, "{text}");
        assert!(
            text.contains(&format!("GET {url}/things/7: nothing was")),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_slow_upload_that_moves_is_sent() {
    let server = Server::start(vec![answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]).await;
    for client in builders(&server.url()) {
        let client = client.idle_timeout(Duration::from_secs(400)).build().unwrap();
        let (mut writer, reader) = tokio::io::duplex(64);
        let pieces = tokio::spawn(async move {
            // Longer in all than there may be between two of them.
            for _ in 0..20 {
                writer.write_all(b"piece ").await.unwrap();
                tokio::time::sleep(Duration::from_millis(40)).await;
            }
        });
        let call = Call::<Upload>::new(&client).file(FilePart::reader(reader));
        call.send().await.unwrap();
        pieces.await.unwrap();
    }
    let asked = server.asked();
    assert!(!asked.is_empty());
    assert!(
        asked
            .iter()
            .all(|request| request.matches("piece ").count() == 20),
        "{asked:?}"
    );
}

#[tokio::test]
async fn an_upload_that_stops_ends() {
    let server = Server::start(vec![answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]).await;
    for client in builders(&server.url()) {
        let client = client.build().unwrap();
        let (_writer, reader) = tokio::io::duplex(64);
        let call = Call::<Upload>::new(&client).file(FilePart::reader(reader));
        let error = call.send().await.unwrap_err();
        assert_eq!(error.timed_out(), Some(TimedOut::Idle), "{error}");
        assert_eq!(error.was_sent(), WasSent::Maybe, "{error}");
    }
}
