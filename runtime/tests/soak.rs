//! A hundred thousand calls against a server that fails one in ten of them in every way that it can: none is lost, none is made twice
//! that may not be, and memory stays where it is.
//!
//! `cargo test --release -p letterpress-runtime --test soak -- --ignored --nocapture` prints the figures.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::{
    Answer, Api, Body, BodySpec, Call, ClientBuilder, Decoded, Entry, Language, Operation, Spec, Unexpected,
};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

macro_rules! operation {
    ($name:ident, $spec:expr) => {
        struct $name;

        impl Operation for $name {
            type Output = Body;
            type Error = Unexpected;
            const SPEC: Spec = $spec;

            fn output(answer: Answer) -> Decoded<Body> {
                answer.body()
            }

            fn error(answer: Answer) -> Decoded<Unexpected> {
                answer.body().map(Unexpected)
            }
        }
    };
}

const ID: &[Entry] = &[Entry::when_set("X-Id", "")];

operation!(Get, Spec::new("GET", "{{base}}/things").headers(ID));
operation!(
    Post,
    Spec::new("POST", "{{base}}/things")
        .headers(ID)
        .body(BodySpec::Raw {
            text: "{}",
            language: Language::Json,
            strip_comments: false,
            json: true,
        })
);

const API: Api = Api::new("api").variables(&[("base", None)]);

const CALLS: u64 = 100_000;
const AT_ONCE: usize = 64;

#[derive(Default)]
struct Seen {
    requests: AtomicU64,
    /// How often a call of `POST` was done, by its id.
    done: Mutex<HashMap<String, u32>>,
}

/// What is answered to a request; nothing is a connection that is closed.
fn answer(nth: u64) -> (Option<&'static [u8]>, bool, bool) {
    const OK: &[u8] =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":7}";
    if !nth.is_multiple_of(10) {
        return (Some(OK), true, true);
    }
    // The bytes, whether the connection stays, and whether the work was done.
    match nth / 10 % 8 {
        0 => (None, false, false),
        1 => (None, false, true),
        2 => (Some(b"HTTP/1.1 200 OK\r\nConte"), false, true),
        3 => (
            Some(b"HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n{\"id\""),
            false,
            true,
        ),
        4 => (Some(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"), true, false),
        5 => (
            Some(b"HTTP/1.1 429 No\r\nRetry-After-Ms: 1\r\nContent-Length: 0\r\n\r\n"),
            true,
            false,
        ),
        6 => (Some(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"), true, true),
        _ => (
            Some(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"id\""),
            false,
            true,
        ),
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>) {
    let mut buffer = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            let mut more = [0; 4096];
            match stream.read(&mut more).await {
                Ok(count) if count > 0 => buffer.extend_from_slice(&more[..count]),
                Ok(_) | Err(_) => return,
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
        let header = |name: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(name));
            line.map(|line| line.trim().to_owned())
        };
        let length: usize = header("content-length:").map_or(0, |length| length.parse().unwrap());
        while buffer.len() < end + length {
            let mut more = [0; 4096];
            match stream.read(&mut more).await {
                Ok(count) if count > 0 => buffer.extend_from_slice(&more[..count]),
                Ok(_) | Err(_) => return,
            }
        }
        buffer.drain(..end + length);
        let (bytes, stays, is_done) = answer(seen.requests.fetch_add(1, Ordering::Relaxed));
        if is_done && head.starts_with("post") {
            *seen
                .done
                .lock()
                .unwrap()
                .entry(header("x-id:").unwrap())
                .or_default() += 1;
        }
        if let Some(bytes) = bytes
            && stream.write_all(bytes).await.is_err()
        {
            return;
        }
        if !stays {
            return;
        }
    }
}

/// KiB that the process holds.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it takes a minute"]
async fn a_hundred_thousand_calls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Seen::default());
    let of_server = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&of_server)));
        }
    });
    let client = ClientBuilder::new(API).variable("base", base).build().unwrap();
    let (next, ended) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new([const { AtomicUsize::new(0) }; 4]),
    );
    let (start, mut memories) = (Instant::now(), Vec::new());
    let mut tasks = Vec::new();
    for _ in 0..AT_ONCE {
        let (client, next, ended) = (client.clone(), Arc::clone(&next), Arc::clone(&ended));
        tasks.push(tokio::spawn(async move {
            loop {
                let id = next.fetch_add(1, Ordering::Relaxed);
                if id >= CALLS {
                    return;
                }
                let is_ok = if id.is_multiple_of(2) {
                    Call::<Get>::new(&client).set_header(0, id).send().await.is_ok()
                } else {
                    Call::<Post>::new(&client)
                        .set_header(0, id)
                        .json(&())
                        .send()
                        .await
                        .is_ok()
                };
                let kind = usize::from(!id.is_multiple_of(2)) * 2 + usize::from(is_ok);
                ended[kind].fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    let mut at = 0;
    while at < CALLS {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let now = next.load(Ordering::Relaxed).min(CALLS);
        if now >= at + CALLS / 5 || now == CALLS {
            memories.push(memory());
            at = now;
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    let ended: Vec<usize> = ended.iter().map(|count| count.load(Ordering::Relaxed)).collect();
    let done = seen.done.lock().unwrap();
    let twice = done.values().filter(|count| **count > 1).count();
    println!(
        "{CALLS} calls in {:?}: GET {} ok, {} errors; POST {} ok, {} errors; {} requests; POST done twice: {twice}; KiB {memories:?}",
        start.elapsed(),
        ended[1],
        ended[0],
        ended[3],
        ended[2],
        seen.requests.load(Ordering::Relaxed),
    );
    assert_eq!(ended.iter().sum::<usize>() as u64, CALLS);
    assert_eq!(twice, 0);
    let (first, last) = (memories.first().unwrap(), memories.last().unwrap());
    assert!(*last < first + first / 2, "{memories:?}");
}
