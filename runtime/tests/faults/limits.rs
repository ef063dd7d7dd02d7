//! Answers that are too large: what is read of them, and what the error says.

use crate::calls::{Get, Own, Post, builder, builders, send};
use crate::server::{Server, Step, answer};
use letterpress_runtime::{AnyError, Call, WasSent};

#[track_caller]
fn too_large(error: &AnyError, status: u16) {
    let text = error.to_string();
    assert!(error.is_too_large() && !error.is_timeout(), "{text}");
    assert_eq!(error.was_sent(), WasSent::Answered, "{text}");
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(status),
        "{text}"
    );
    assert!(text.contains("/things/7"), "{text}");
}

#[tokio::test]
async fn a_length_above_the_limit_ends_the_call_at_once() {
    // It would take long to read that much; nothing of it ever comes.
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n".to_vec();
    let server = Server::start(vec![Step::Silence(head)]).await;
    for client in builders(&server.url()) {
        let client = client.build().unwrap();
        for error in [
            send::<Get>(&client).await.unwrap_err(),
            send::<Post>(&client).await.unwrap_err(),
        ] {
            too_large(&error, 200);
            assert!(error.body().is_none());
            assert!(error.to_string().contains("67108864 bytes"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_body_without_end_ends_the_call_at_the_limit() {
    for head in ["", "Transfer-Encoding: chunked\r\n"] {
        let chunk = if head.is_empty() { "" } else { "fffffffffff\r\n" };
        let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n{chunk}").into_bytes();
        let server = Server::start(vec![Step::Endless(head)]).await;
        for client in builders(&server.url()) {
            let client = client.body_limit(300_000).build().unwrap();
            too_large(&send::<Get>(&client).await.unwrap_err(), 200);
            too_large(&send::<Post>(&client).await.unwrap_err(), 200);
            // A call's own limit counts, and a stream has none.
            let call = Call::<Own>::saved(&client);
            let error = call.body_limit(1 << 20).0.send().await.unwrap_err();
            assert!(
                error.is_too_large() && error.to_string().contains("1048576 bytes"),
                "{error}"
            );
            let mut raw = call.send_raw().await.unwrap();
            let mut read = 0;
            while read < 2 << 20 {
                read += raw.chunk().await.unwrap().unwrap().len();
            }
        }
    }
}

#[tokio::test]
async fn a_body_of_the_limit_is_read() {
    let text = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{}",
        "x".repeat(100_000)
    );
    let server = Server::start(vec![answer(text)]).await;
    let exactly = builder(&server.url()).body_limit(100_000).build().unwrap();
    assert_eq!(send::<Get>(&exactly).await.unwrap().bytes().len(), 100_000);
    let less = builder(&server.url()).body_limit(99_999).build().unwrap();
    too_large(&send::<Post>(&less).await.unwrap_err(), 200);
}

#[tokio::test]
async fn an_error_is_read_as_far_as_it_is_shown() {
    for head in ["Content-Length: 9999999999\r\n", ""] {
        let head = format!("HTTP/1.1 500 Oh\r\n{head}\r\n").into_bytes();
        let server = Server::start(vec![Step::Endless(head)]).await;
        for client in builders(&server.url()) {
            let client = client.build().unwrap();
            for error in [
                send::<Get>(&client).await.unwrap_err(),
                send::<Post>(&client).await.unwrap_err(),
            ] {
                too_large(&error, 500);
                assert!(error.is_api(), "{error}");
                assert_eq!(error.body().unwrap().len(), 1 << 20);
                assert!(error.to_string().ends_with("(of a longer body)"), "{error}");
            }
        }
    }
}

/// As good as nothing but zeros, as gzip: 159 times as many as there are bytes.
#[cfg(feature = "gzip")]
fn zeros(bytes: usize) -> Vec<u8> {
    // One literal, and then again and again 258 of it, in the codes that deflate has without a table.
    let first = "110".to_owned() + "00110000";
    let bits = first.bytes().chain("1100010100000".bytes().cycle());
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut byte = (0, 0);
    for bit in bits {
        byte = (byte.0 | (bit - b'0') << byte.1, byte.1 + 1);
        if byte.1 == 8 {
            gzip.push(byte.0);
            byte = (0, 0);
        }
        if gzip.len() == bytes {
            break;
        }
    }
    gzip
}

#[cfg(feature = "gzip")]
fn zipped(bytes: usize) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bytes}\r\n\r\n");
    [head.as_bytes(), &zeros(bytes)].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[cfg(feature = "gzip")]
async fn a_bomb_goes_off_within_the_limit() {
    const LIMIT: usize = 1 << 20;
    let server = Server::start(vec![Step::Write(zipped(500_000))]).await;
    let url = server.url();
    let measured = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let client = builder(&url)
            .body_limit(u64::try_from(LIMIT).unwrap())
            .build()
            .unwrap();
        allocation_counter::measure(|| {
            let error = runtime.block_on(send::<Get>(&client)).unwrap_err();
            too_large(&error, 200);
        })
    });
    let measured = measured.join().unwrap();
    // What was read, the piece that it grew from, and the buffers of a connection.
    let most = u64::try_from(2 * LIMIT).unwrap();
    assert!(measured.bytes_max < most, "{measured:?}");
}

#[tokio::test]
#[cfg(feature = "gzip")]
async fn truncated_gzip_is_an_answer_that_broke_off() {
    let server = Server::start(vec![Step::Write(zipped(1000))]).await;
    let client = builder(&server.url()).build().unwrap();
    for error in [
        send::<Get>(&client).await.unwrap_err(),
        send::<Post>(&client).await.unwrap_err(),
    ] {
        assert!(
            error.is_transport() && error.was_sent() == WasSent::Answered,
            "{error}"
        );
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{error}");
    }
}
