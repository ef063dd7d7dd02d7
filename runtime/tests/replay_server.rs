//! The replay server and clients that are slow, greedy, broken or sly: it stays up, says why, and answers the next one.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use letterpress_runtime::replay::{Limits, Replay, Server};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

const EXAMPLES: &str = r#"{"examples": [
    {"item": "Get\nit", "name": "Found", "method": "GET", "url": "{{baseUrl}}/things/:id", "status": 200,
     "headers": [["X-Split", "a{{two}}"], ["X-Where", "{{one}}"]], "body": "found"},
    {"item": "Continue", "name": "Not yet", "method": "GET", "url": "{{baseUrl}}/continue", "status": 100, "body": "x"},
    {"item": "Empty", "name": "Gone", "method": "DELETE", "url": "{{baseUrl}}/things/:id", "status": 204, "body": "unsent"},
    {"item": "Post", "name": "Posted", "method": "POST", "url": "{{baseUrl}}/things", "status": 201, "body": "posted",
     "request_body": "abc"}
], "variables": [["one", "here"], ["two", "\r\nSet-Cookie: x=y"]]}"#;

type Lines = Arc<Mutex<Vec<String>>>;

async fn start(limits: Limits) -> (Server, Lines) {
    let lines = Lines::default();
    let log = Arc::clone(&lines);
    let server = Replay::from_json(EXAMPLES)
        .unwrap()
        .limits(limits)
        .serve("127.0.0.1:0", move |exchange| {
            log.lock().unwrap().push(exchange.to_string());
        });
    (server.await.unwrap(), lines)
}

/// Sends bytes, and reads until the server closes.
async fn talk(address: SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // It may close before it has read all.
    let _ = stream.write_all(sent).await;
    rest(&mut stream).await
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let end = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer));
    let _ = end.await.expect("it is closed in time");
    String::from_utf8(answer).unwrap()
}

const GET: &str = "GET /things/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/// That an ordinary request is answered.
async fn works(address: SocketAddr) {
    let answer = talk(address, GET.as_bytes()).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nfound"),
        "{answer}"
    );
}

#[tokio::test]
async fn sly_requests_get_a_status_and_nothing_else() {
    let (server, lines) = start(Limits::default()).await;
    let address = server.address();
    for (request, status) in [
        (
            "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        (
            "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        (
            "GET http://evil.io/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        (
            "GET file:///etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        (
            "GET //things//1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        ("GET /a%00b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        (
            "GET /a%0d%0aSet-Cookie:%20x=y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        (
            "CONNECT a.io:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            404,
        ),
        ("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
        ("GET /a\u{0}b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (
            "GET /things/1 HTTP/1.1\r\nHost: x\r\nX: a\rSet-Cookie: x=y\r\n\r\n",
            400,
        ),
        (
            "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            400,
        ),
        (
            "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            400,
        ),
        (
            "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551616\r\n\r\n",
            413,
        ),
        (
            "POST /things HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n",
            413,
        ),
        (
            "POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            400,
        ),
        ("GET / HTTP/2.0\r\n\r\n", 505),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}", 400),
    ] {
        let answer = talk(address, request.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{request:?}: {answer}"
        );
        let head = answer.split("\r\n\r\n").next().unwrap();
        assert!(
            !head.contains("Set-Cookie") && !head.contains("set-cookie"),
            "{request:?}: {answer}"
        );
        assert!(
            !answer.contains('\0') && !answer.contains("root:"),
            "{request:?}: {answer}"
        );
        assert_eq!(
            answer.matches("connection: close").count(),
            1,
            "{request:?}: {answer}"
        );
    }
    works(address).await;
    let lines = lines.lock().unwrap();
    assert!(lines.iter().all(|line| !line.contains('\n')), "{lines:?}");
    assert!(
        lines.last().unwrap().contains("-> 200 (Get\\nit) in "),
        "{lines:?}"
    );
}

#[tokio::test]
async fn headers_of_answers_are_one_line_each() {
    let (server, _) = start(Limits::default()).await;
    let answer = talk(server.address(), GET.as_bytes()).await;
    assert!(
        answer.contains("\r\nx-where: here\r\n") && !answer.contains("x-split"),
        "{answer}"
    );
    assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
}

#[tokio::test]
async fn answers_without_a_body_have_none() {
    let (server, _) = start(Limits::default()).await;
    let ask = |method: &'static str, path: &'static str| {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let address = server.address();
        async move { talk(address, request.as_bytes()).await }
    };
    let head = ask("HEAD", "/things/1").await;
    assert!(
        head.contains("content-length: 5\r\n") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    let none = ask("HEAD", "/nothing").await;
    assert!(
        none.starts_with("HTTP/1.1 404") && none.ends_with("\r\n\r\n"),
        "{none}"
    );
    let gone = ask("DELETE", "/things/1").await;
    assert!(
        !gone.contains("content-length") && gone.ends_with("\r\n\r\n"),
        "{gone}"
    );
    // A client would wait for the answer after this one.
    let not_yet = ask("GET", "/continue").await;
    assert!(
        not_yet.starts_with("HTTP/1.1 500 ") && not_yet.contains("status 100"),
        "{not_yet}"
    );
}

#[tokio::test]
async fn requests_in_a_row_are_answered_in_order() {
    let (server, _) = start(Limits::default()).await;
    let row = "GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200) + GET;
    let answer = talk(server.address(), row.as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1 200 OK\r\n").count(), 201);
    // HTTP/1.0 closes after the first, unless it asks not to.
    let old = talk(
        server.address(),
        b"GET /things/1 HTTP/1.0\r\n\r\nGET /things/1 HTTP/1.0\r\n\r\n",
    )
    .await;
    assert_eq!(old.matches("HTTP/1.1 200 OK\r\n").count(), 1, "{old}");
    let kept = "GET /things/1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    let old = talk(
        server.address(),
        format!("{kept}{kept}GET /things/1 HTTP/1.0\r\n\r\n").as_bytes(),
    )
    .await;
    assert_eq!(old.matches("HTTP/1.1 200 OK\r\n").count(), 3, "{old}");
}

#[tokio::test]
async fn half_closed_clients_are_answered_and_cut_ones_are_not() {
    let (server, _) = start(Limits::default()).await;
    let half = |sent: &'static str| {
        let address = server.address();
        async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(sent.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            rest(&mut stream).await
        }
    };
    let answer = half("GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer.ends_with("found"), "{answer}");
    assert_eq!(half("GET /thin").await, "");
    assert_eq!(
        half("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc").await,
        ""
    );
    assert_eq!(half("").await, "");
    works(server.address()).await;
}

#[tokio::test]
async fn bodies_are_waited_for_when_the_client_waits() {
    let (server, _) = start(Limits::default()).await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = "POST /things HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n\
                x-mock-match-request-body: true\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    timeout(Duration::from_secs(5), stream.read_exact(&mut go_on))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    for piece in ["1\r\na", "\r\n2;x\r\nb", "c\r\n0\r\n", "Trailer: x\r\n\r\n"] {
        stream.write_all(piece.as_bytes()).await.unwrap();
        sleep(Duration::from_millis(10)).await;
    }
    let answer = rest(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 201 ") && answer.ends_with("posted"),
        "{answer}"
    );
}

#[tokio::test]
async fn slow_clients_do_not_stay() {
    let short = Duration::from_millis(300);
    let (server, lines) = start(Limits::default().request(short).idle(short)).await;
    let address = server.address();
    let start = Instant::now();
    // One byte now and then is not a request that comes along.
    let drip = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        for byte in GET.bytes().cycle() {
            if stream.write_all(&[byte]).await.is_err() || start.elapsed() > short * 2 {
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        rest(&mut stream).await
    };
    let idle = async { rest(&mut TcpStream::connect(address).await.unwrap()).await };
    let body = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc";
        stream.write_all(head.as_bytes()).await.unwrap();
        rest(&mut stream).await
    };
    let (drip, idle, body) = tokio::join!(drip, idle, body);
    assert!(drip.starts_with("HTTP/1.1 408 "), "{drip}");
    assert_eq!(idle, "");
    assert!(body.starts_with("HTTP/1.1 408 "), "{body}");
    works(address).await;
    assert!(
        lines
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.contains("did not come in time"))
    );
}

#[tokio::test]
async fn heads_and_bodies_are_bounded() {
    let (server, _) = start(Limits::default().head(1_000).body(2_000)).await;
    let address = server.address();
    let long = format!(
        "GET /things/1 HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "a".repeat(1_000_000)
    );
    assert!(talk(address, long.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    let endless = "GET /".to_owned() + &"a".repeat(1_000_000);
    assert!(
        talk(address, endless.as_bytes())
            .await
            .starts_with("HTTP/1.1 431 ")
    );
    let many = format!(
        "GET /things/1 HTTP/1.1\r\nHost: x\r\n{}\r\n",
        "a:b\r\n".repeat(150)
    );
    assert!(talk(address, many.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    let post = "POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    let body = format!("{post}Content-Length: 3000\r\n\r\n{}", "a".repeat(3_000));
    assert!(talk(address, body.as_bytes()).await.starts_with("HTTP/1.1 413 "));
    let chunks = format!(
        "{post}Transfer-Encoding: chunked\r\n\r\n{}",
        "a\r\naaaaaaaaaa\r\n".repeat(10_000)
    );
    assert!(
        talk(address, chunks.as_bytes())
            .await
            .starts_with("HTTP/1.1 413 ")
    );
    let fits = format!("{post}Content-Length: 2000\r\n\r\n{}", "a".repeat(2_000));
    assert!(talk(address, fits.as_bytes()).await.starts_with("HTTP/1.1 201 "));
}

#[tokio::test]
async fn ten_thousand_connections_are_too_many() {
    let (server, lines) = start(Limits::default().connections(100)).await;
    let address = server.address();
    let mut open = Vec::new();
    // Where the system has not so many sockets, as many as it has.
    while open.len() < 10_000 {
        match timeout(Duration::from_secs(5), TcpStream::connect(address)).await {
            Ok(Ok(stream)) => open.push(stream),
            Ok(Err(_)) | Err(_) => break,
        }
    }
    assert!(open.len() > 200, "only {} connections", open.len());
    let last = rest(open.last_mut().unwrap()).await;
    assert!(last.starts_with("HTTP/1.1 503 "), "{last}");
    // The first are still served.
    open[0].write_all(GET.as_bytes()).await.unwrap();
    assert!(rest(&mut open[0]).await.ends_with("found"));
    drop(open);
    // Those that are gone leave room, in a moment.
    let mut answer = String::new();
    for _ in 0..100 {
        answer = talk(address, GET.as_bytes()).await;
        if answer.ends_with("found") {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert!(answer.ends_with("found"), "{answer}");
    assert!(
        lines
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.contains("too many connections"))
    );
}

#[tokio::test]
async fn only_this_machine_is_served_unless_somebody_says_so() {
    let replay = || Replay::from_json(EXAMPLES).unwrap();
    for open in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let error = replay().serve(open, |_| {}).await.unwrap_err();
        assert!(
            error.to_string().contains("`serve` answers this one only"),
            "{error}"
        );
    }
    for own in ["127.0.0.1:0", "localhost:0"] {
        assert!(replay().serve(own, |_| {}).await.is_ok(), "{own}");
    }
    let server = replay().serve_network("0.0.0.0:0", |_| {}).await.unwrap();
    works(SocketAddr::from(([127, 0, 0, 1], server.address().port()))).await;
}
