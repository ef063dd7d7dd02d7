//! What a call costs beside the same by hand, in one run: `cargo bench -p letterpress-runtime --bench call`.
//!
//! Printed are the best of many rounds, per call: over a transport in memory, which is all that this crate does by itself, and
//! over a connection to this machine beside `reqwest` and `serde_json` by hand, for answers of several sizes.
//! `-- memory N` makes N calls over memory and nothing else, `-- ours N` and `-- hand N` N calls one after another over a connection,
//! for a profiler: `valgrind --tool=callgrind --separate-threads=yes`.

use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, AuthKind, Call, Client, ClientBuilder, Credential, Decoded, Entry, Operation, Spec,
    Unexpected, http, received,
};
use serde::Deserialize;
use std::error::Error;
use std::future::ready;
use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

#[allow(dead_code, reason = "only read by the decoders")]
#[derive(Default)]
struct User {
    id: Option<i64>,
    name: Option<String>,
    tags: Vec<String>,
}

received!(User { 0 id "id", 1 name "name", 2 list(tags) "tags" });

#[allow(dead_code, reason = "only read by the decoders")]
#[derive(Deserialize)]
struct DerivedUser {
    id: Option<i64>,
    name: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

struct Get;

impl Operation for Get {
    type Output = User;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "{{baseUrl}}/users/:id")
        .path(&[("id", None)])
        .headers(&[Entry::always("Accept", "application/json")])
        .auth(AuthKind::Bearer, &[("token", "{{token}}")]);

    fn output(answer: Answer) -> Decoded<User> {
        answer.json()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body()
    }
}

const API: Api = Api::new("api").variables(&[("baseUrl", Some("https://api.example.com")), ("token", None)]);

/// Answers at once.
struct Always(String);

impl Transport for Always {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        Box::pin(ready(Ok(http::Response::new(Payload::bytes(self.0.clone())))))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let client = ClientBuilder::new(API)
        .credential(Credential::bearer("s3cr3t"))
        .transport(Always(answer(1)))
        .build()?;
    if let Some(at) = args.iter().position(|arg| arg == "memory") {
        let calls = args
            .get(at + 1)
            .and_then(|calls| calls.parse().ok())
            .unwrap_or(1_000);
        in_memory(&client, calls);
        return Ok(());
    }
    // Reqwest by hand has no TLS of its own here.
    #[cfg(feature = "rustls")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for (name, is_ours) in [("ours", true), ("hand", false)] {
        if let Some(at) = args.iter().position(|arg| arg == name) {
            let calls = args
                .get(at + 1)
                .and_then(|calls| calls.parse().ok())
                .unwrap_or(1_000);
            let pair = Pair::new(answer(1))?;
            runtime.block_on(pair.calls(calls, 1, is_ours));
            return Ok(());
        }
    }
    let best = best(9, 20_000, |calls| in_memory(&client, calls));
    println!("in memory: {best:.2} µs");
    for (size, calls, at_once) in [
        (1, 2_000, 1),
        (8_000, 500, 1),
        (125_000, 60, 1),
        (1, 6_400, 64),
        (125_000, 128, 64),
    ] {
        let text = answer(size);
        let length = text.len();
        let pair = Pair::new(text)?;
        // By turns, so that both see the same machine.
        let (mut first, mut second) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..9 {
            first = first.min(once(calls, |calls| {
                runtime.block_on(pair.calls(calls, at_once, true));
            }));
            second = second.min(once(calls, |calls| {
                runtime.block_on(pair.calls(calls, at_once, false));
            }));
        }
        let ratio = first / second;
        println!(
            "over loopback, {length} bytes, {at_once} at once: ours {first:.1} µs, by hand {second:.1} µs, ratio {ratio:.2}"
        );
    }
    Ok(())
}

/// The same call, ours and by hand, of a server of its own.
struct Pair {
    url: String,
    ours: Client,
    by_hand: reqwest::Client,
}

impl Pair {
    fn new(text: String) -> Result<Self, Box<dyn Error>> {
        let url = format!("http://{}", serve(text)?);
        let ours = ClientBuilder::new(API)
            .variable("baseUrl", &url)
            .credential(Credential::bearer("s3cr3t"))
            .build()?;
        Ok(Self {
            url,
            ours,
            by_hand: reqwest::Client::new(),
        })
    }

    /// So many calls, so many of them at once.
    async fn calls(&self, calls: usize, at_once: usize, is_ours: bool) {
        let mut rest = calls;
        while rest > 0 {
            if at_once == 1 {
                assert!(self.call(is_ours).await, "it is answered");
                rest -= 1;
                continue;
            }
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..at_once.min(rest) {
                let pair = Self {
                    url: self.url.clone(),
                    ours: self.ours.clone(),
                    by_hand: self.by_hand.clone(),
                };
                tasks.spawn(async move { pair.call(is_ours).await });
            }
            rest -= tasks.len();
            while let Some(answered) = tasks.join_next().await {
                assert!(answered.is_ok_and(|answered| answered), "it is answered");
            }
        }
    }

    async fn call(&self, is_ours: bool) -> bool {
        if is_ours {
            Call::<Get>::new(&self.ours).path(0, "7").send().await.is_ok()
        } else {
            by_hand(&self.by_hand, &self.url).await
        }
    }
}

/// JSON with as many tags as asked for.
fn answer(tags: usize) -> String {
    let tags = vec![r#""swift""#; tags].join(",");
    format!(r#"{{"id":7,"name":"Ida","tags":[{tags}]}}"#)
}

fn in_memory(client: &Client, calls: usize) {
    for _ in 0..calls {
        let call = Call::<Get>::new(client).path(0, "7");
        let mut sending = pin!(call.send());
        let answer = sending.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(black_box(answer), Poll::Ready(Ok(_))), "it is answered");
    }
}

async fn by_hand(client: &reqwest::Client, url: &str) -> bool {
    let request = client
        .get(format!("{url}/users/{}", 7))
        .header("accept", "application/json")
        .bearer_auth("s3cr3t");
    let Ok(response) = request.send().await else {
        return false;
    };
    let bytes = response.bytes().await.unwrap_or_default();
    black_box(serde_json::from_slice::<DerivedUser>(&bytes)).is_ok()
}

/// The best of several rounds, in microseconds per call.
fn best(rounds: usize, calls: usize, mut run: impl FnMut(usize)) -> f64 {
    (0..rounds)
        .map(|_| once(calls, &mut run))
        .fold(f64::INFINITY, f64::min)
}

fn once(calls: usize, mut run: impl FnMut(usize)) -> f64 {
    let start = Instant::now();
    run(calls);
    #[expect(clippy::cast_precision_loss, reason = "there are not that many calls")]
    let calls = calls as f64;
    start.elapsed().as_secs_f64() * 1e6 / calls
}

/// A server that gives one answer to everything, on threads of its own; its address.
fn serve(text: String) -> std::io::Result<std::net::SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let text = text.clone();
            std::thread::spawn(move || talk(stream, &text));
        }
    });
    Ok(address)
}

fn talk(stream: TcpStream, text: &str) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        text.len()
    );
    let answer = [head.as_bytes(), text.as_bytes()].concat();
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        if line == "\r\n" {
            stream.write_all(&answer)?;
        }
        line.clear();
    }
    Ok(())
}
