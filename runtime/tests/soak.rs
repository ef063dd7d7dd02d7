//! A hundred thousand calls against a server that fails one in ten of them in every way that it can: none is lost, none is made twice
//! that may not be, and memory stays where it is.
//!
//! `cargo test --release -p letterpress-runtime --test soak -- --ignored --nocapture` prints the figures; `SOAK_CALLS` makes them fewer.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::{
    Answer, Api, Body, BodySpec, Call, Client, ClientBuilder, Decoded, Entry, Language, Operation, Spec,
    Unexpected,
};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
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
const KEYED: &[Entry] = &[Entry::when_set("X-Id", ""), Entry::fresh("Idempotency-Key", "1")];
const JSON: BodySpec = BodySpec::Raw {
    text: "{}",
    language: Language::Json,
    strip_comments: false,
    json: true,
};

operation!(Get, Spec::new("GET", "{{base}}/things").headers(ID));
operation!(Post, Spec::new("POST", "{{base}}/things").headers(ID).body(JSON));
operation!(
    Keyed,
    Spec::new("POST", "{{base}}/things").headers(KEYED).body(JSON)
);

const API: Api = Api::new("api").variables(&[("base", None)]);

const AT_ONCE: usize = 64;

/// A server that says nothing is waited for so long.
const PATIENCE: Duration = Duration::from_millis(500);

/// What becomes of a request, once it was read.
#[derive(Clone, Copy)]
enum Then {
    /// It is answered, and the connection stays.
    Stays,
    Closes,
    Resets,
    /// Nothing more comes.
    Hangs,
}
use Then::{Closes, Hangs, Resets, Stays};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":7}";

/// What is answered, what becomes of the connection, and whether the work was done.
type Fault = (&'static str, Then, bool);

/// The faults of a server that is reached.
const FAULTS: &[Fault] = &[
    ("", Closes, false),
    ("", Closes, true),
    ("", Resets, true),
    ("HTTP/1.1 200 OK\r\nConte", Closes, true),
    ("HTTP/1.1 200 OK\r\nConte", Resets, true),
    (
        "HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n{\"id\"",
        Closes,
        true,
    ),
    (
        "HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n{\"id\"",
        Resets,
        true,
    ),
    (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"id\"",
        Closes,
        true,
    ),
    (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":7} and more",
        Closes,
        true,
    ),
    ("", Hangs, true),
    ("HTTP/1.1 200 OK\r\nConte", Hangs, true),
    (
        "HTTP/1.1 200 OK\r\nContent-Length: 80\r\n\r\n{\"id\"",
        Hangs,
        true,
    ),
    ("HTTP/1.1 408 No\r\nContent-Length: 0\r\n\r\n", Stays, false),
    ("HTTP/1.1 425 No\r\nContent-Length: 0\r\n\r\n", Stays, false),
    (
        "HTTP/1.1 429 No\r\nRetry-After-Ms: 1\r\nContent-Length: 0\r\n\r\n",
        Stays,
        false,
    ),
    (
        "HTTP/1.1 429 No\r\nRateLimit: \"a\";r=0;t=1\r\nContent-Length: 0\r\n\r\n",
        Stays,
        false,
    ),
    ("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", Stays, true),
    ("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n", Stays, true),
    ("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", Stays, false),
    (
        "HTTP/1.1 503 No\r\nRetry-After: 0.1\r\nContent-Length: 0\r\n\r\n",
        Stays,
        true,
    ),
    ("HTTP/1.1 504 No\r\nContent-Length: 0\r\n\r\n", Stays, true),
    (
        "HTTP/1.1 307 On\r\nLocation: /things\r\nContent-Length: 0\r\n\r\n",
        Stays,
        false,
    ),
];

fn fault(nth: u64) -> Fault {
    if nth.is_multiple_of(10) {
        FAULTS[usize::try_from(nth / 10).unwrap() % FAULTS.len()]
    } else {
        (OK, Stays, true)
    }
}

/// What the server knows of a call.
#[derive(Clone, Default)]
struct Work {
    times: u8,
    key: u64,
    has_two_keys: bool,
}

/// A place for each call from the beginning, so that what is remembered is no memory that grows.
struct Seen {
    requests: AtomicU64,
    work: Mutex<Vec<Work>>,
}

impl Seen {
    fn note(&self, head: &str, is_done: bool) {
        let id: usize = header(head, "x-id:").unwrap().parse().unwrap();
        let work = &mut self.work.lock().unwrap()[id];
        work.times = work.times.saturating_add(u8::from(is_done));
        if let Some(key) = header(head, "idempotency-key:") {
            let key = u64::from_str_radix(key.get(..8).unwrap(), 16).unwrap() + 1;
            work.has_two_keys |= work.key != 0 && work.key != key;
            work.key = key;
        }
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines();
    lines.find_map(|line| line.strip_prefix(name)).map(str::trim)
}

/// Reads on until there is this much; whether it came.
async fn fill(stream: &mut TcpStream, buffer: &mut Vec<u8>, most: usize) -> bool {
    while buffer.len() < most {
        let mut more = [0; 4096];
        match stream.read(&mut more).await {
            Ok(count) if count > 0 => buffer.extend_from_slice(&more[..count]),
            Ok(_) | Err(_) => return false,
        }
    }
    true
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>) {
    let mut buffer = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            let more = buffer.len() + 1;
            if !fill(&mut stream, &mut buffer, more).await {
                return;
            }
        };
        let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
        let length: usize = header(&head, "content-length:").map_or(0, |length| length.parse().unwrap());
        if !fill(&mut stream, &mut buffer, end + length).await {
            return;
        }
        buffer.drain(..end + length);
        let (bytes, then, is_done) = fault(seen.requests.fetch_add(1, Ordering::Relaxed));
        seen.note(&head, is_done);
        if stream.write_all(bytes.as_bytes()).await.is_err() {
            return;
        }
        match then {
            Stays => {}
            Closes => return,
            Resets => return stream.set_zero_linger().unwrap_or(()),
            // Until the client has enough of it.
            Hangs => {
                let more = buffer.len() + 1;
                _ = fill(&mut stream, &mut buffer, more).await;
                return;
            }
        }
    }
}

/// KiB that the process holds.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    number.unwrap_or_default()
}

/// How a call ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Nothing,
    Answered,
    /// After so many tries.
    Failed(u32),
}

async fn send<O>(client: &Client, id: u64) -> End
where
    O: Operation<Output = Body, Error = Unexpected>,
{
    let sent = Call::<O>::new(client).set_header(0, id).json(&()).send().await;
    match sent {
        Ok(body) => {
            assert_eq!(body.bytes().as_ref(), br#"{"id":7}"#);
            End::Answered
        }
        Err(error) => End::Failed(error.tries()),
    }
}

/// Sends as many at once as there may be; how each ended.
async fn send_all(client: &Client, calls: u64) -> (Vec<End>, Vec<u64>) {
    let next = Arc::new(AtomicU64::new(0));
    let ends = Arc::new(Mutex::new(vec![End::Nothing; usize::try_from(calls).unwrap()]));
    let mut tasks = Vec::new();
    for _ in 0..AT_ONCE {
        let (client, next, ends) = (client.clone(), Arc::clone(&next), Arc::clone(&ends));
        tasks.push(tokio::spawn(async move {
            loop {
                let id = next.fetch_add(1, Ordering::Relaxed);
                if id >= calls {
                    return;
                }
                let end = match id % 3 {
                    0 => send::<Get>(&client, id).await,
                    1 => send::<Post>(&client, id).await,
                    _ => send::<Keyed>(&client, id).await,
                };
                ends.lock().unwrap()[usize::try_from(id).unwrap()] = end;
            }
        }));
    }
    let mut memories = Vec::new();
    while tasks.iter().any(|task| !task.is_finished()) {
        tokio::time::sleep(Duration::from_millis(50)).await;
        // Once for each tenth.
        let tenths = next.load(Ordering::Relaxed).min(calls) * 10 / calls;
        if tenths > memories.len() as u64 {
            memories.push(memory());
        }
    }
    for task in tasks {
        task.await.unwrap();
    }
    (
        Arc::try_unwrap(ends).ok().unwrap().into_inner().unwrap(),
        memories,
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it takes a minute"]
async fn a_hundred_thousand_calls() {
    let calls: u64 = std::env::var("SOAK_CALLS").map_or(100_000, |calls| calls.parse().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Seen {
        requests: AtomicU64::new(1),
        work: Mutex::new(vec![Work::default(); usize::try_from(calls).unwrap()]),
    });
    let of_server = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&of_server)));
        }
    });
    let builder = ClientBuilder::new(API).variable("base", base);
    let client = builder.try_timeout(PATIENCE).build().unwrap();
    let start = Instant::now();
    let (ends, memories) = send_all(&client, calls).await;
    let took = start.elapsed();
    let work = seen.work.lock().unwrap();
    println!(
        "{calls} calls in {took:?}, {AT_ONCE} at once, {} requests, one in ten of them failed in {} ways",
        seen.requests.load(Ordering::Relaxed) - 1,
        FAULTS.len(),
    );
    for (kind, name) in ["GET", "POST", "POST with a key"].iter().enumerate() {
        let of_kind = || ends.iter().zip(&*work).skip(kind).step_by(3);
        println!(
            "{name}: {} answered, {:?} errors after 1, 2, 3 tries; done more than once {}, answered and not done {}, two keys {}",
            of_kind().filter(|(end, _)| **end == End::Answered).count(),
            [1, 2, 3].map(|tries| of_kind().filter(|(end, _)| **end == End::Failed(tries)).count()),
            of_kind().filter(|(_, work)| work.times > 1).count(),
            of_kind()
                .filter(|(end, work)| **end == End::Answered && work.times == 0)
                .count(),
            of_kind().filter(|(_, work)| work.has_two_keys).count(),
        );
        assert!(of_kind().all(|(end, _)| *end != End::Nothing), "a call is lost");
        let is_lost = |(end, work): (&End, &Work)| *end == End::Answered && work.times == 0;
        assert!(!of_kind().any(is_lost), "what was answered was not done");
        assert!(
            !of_kind().any(|(_, work)| work.has_two_keys),
            "a call has one key"
        );
    }
    let mut posts = work.iter().skip(1).step_by(3);
    assert!(
        posts.all(|work| work.times <= 1),
        "what may not be was done twice"
    );
    println!("KiB after each tenth: {memories:?}");
    // Buffers of the first calls are there after the first tenth.
    let (first, last) = (memories.first().unwrap(), memories.last().unwrap());
    assert!(*last < first + first / 4, "{memories:?}");
}
