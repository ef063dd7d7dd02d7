//! When a call is sent again: every row of the table of faults, for a call that may be made twice and for one that may not, with a clock
//! that nobody waits for.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::spec::Sent as When;
use letterpress_runtime::transport::{Payload, Sent, Transport, TransportError};
use letterpress_runtime::wire::{Clock, Entropy, Sleep};
use letterpress_runtime::{
    Answer, Api, Body, BodySpec, Call, Client, ClientBuilder, Decoded, Entry, Error, FilePart, Language,
    Operation, Response, Retry, Spec, Unexpected, WasSent, http,
};
use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PATH: &str = "https://a.io/things";
const JSON: BodySpec = BodySpec::Raw {
    text: "{}",
    language: Language::Json,
    strip_comments: false,
    json: false,
};

macro_rules! operation {
    ($name:ident, $spec:expr) => {
        struct $name(#[allow(dead_code, reason = "most are sent as they are")] Call<Self>);

        impl letterpress_runtime::codegen::Wrap for $name {
            fn wrap(call: Call<Self>) -> Self {
                Self(call)
            }
        }

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

operation!(Get, Spec::new("GET", PATH));
operation!(Post, Spec::new("POST", PATH).body(JSON));
operation!(
    Keyed,
    Spec::new("POST", PATH)
        .headers(&[Entry::fresh("Idempotency-Key", "1")])
        .body(JSON)
);
operation!(Search, Spec::new("POST", PATH).body(JSON).idempotent(true));
operation!(Toggle, Spec::new("PUT", PATH).body(JSON).idempotent(false));
operation!(
    OwnKey,
    Spec::new("POST", PATH)
        .headers(&[Entry::new(Some("X-Request-Token"), None, When::Fresh)])
        .body(JSON)
);
operation!(
    Dynamic,
    Spec::new("GET", "https://a.io/{{$guid}}").headers(&[Entry::always("X-At", "{{$timestamp}}")])
);
operation!(
    Upload,
    Spec::new("PUT", PATH).body(BodySpec::File {
        src: None,
        content: None
    })
);

const API: Api = Api::new("api").retry_statuses(&[423]);

/// What comes of a send.
#[derive(Clone)]
enum Step {
    Status(u16, Vec<(&'static str, &'static str)>),
    Refused,
    Certificate,
    Broken,
}

fn status(status: u16) -> Step {
    Step::Status(status, Vec::new())
}

/// Does one thing after the other, and then the last for ever; keeps what was sent.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<Acted>>);

/// What is still to come, and what was sent.
type Acted = (VecDeque<Step>, Vec<http::Request<()>>);

impl Transport for Script {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let mut script = self.0.lock().unwrap();
        let mut kept = http::Request::new(());
        *kept.uri_mut() = request.uri().clone();
        *kept.headers_mut() = request.headers().clone();
        script.1.push(kept);
        let step = if script.0.len() > 1 {
            script.0.pop_front()
        } else {
            script.0.front().cloned()
        };
        Box::pin(ready(match step.unwrap() {
            Step::Refused => Err(TransportError::connect("nobody is there")),
            Step::Certificate => Err(TransportError::connect("invalid peer certificate")),
            Step::Broken => Err(TransportError::other("the connection broke")),
            Step::Status(status, headers) => {
                let mut response = http::Response::new(Payload::bytes("{}"));
                *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                for (name, value) in headers {
                    response.headers_mut().append(name, value.parse().unwrap());
                }
                Ok(response)
            }
        }))
    }
}

/// A clock that is ahead at once, and remembers by how much.
#[derive(Clone, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl Clock for Waits {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000) + self.0.lock().unwrap().iter().sum::<Duration>()
    }

    fn sleep(&self, time: Duration) -> Sleep {
        // What is longer than any wait is a limit.
        if time >= Duration::from_secs(100) {
            return Box::pin(std::future::pending());
        }
        self.0.lock().unwrap().push(time);
        Box::pin(ready(()))
    }
}

/// No chance: the shortest wait.
struct Least;

impl Entropy for Least {
    fn next_u64(&self) -> u64 {
        0
    }
}

struct Run {
    client: Client,
    script: Script,
    waits: Waits,
}

fn run(steps: &[Step]) -> Run {
    run_with(steps, |builder| builder)
}

fn run_with(steps: &[Step], set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Run {
    let (script, waits) = (Script::default(), Waits::default());
    script.0.lock().unwrap().0.extend(steps.iter().cloned());
    let builder = ClientBuilder::new(API)
        .transport(script.clone())
        .clock(waits.clone())
        .entropy(Least);
    Run {
        client: set(builder).build().unwrap(),
        script,
        waits,
    }
}

impl Run {
    async fn call<O>(&self) -> Result<Response<Body>, Error<Unexpected>>
    where
        O: Operation<Output = Body, Error = Unexpected>,
    {
        Call::<O>::new(&self.client).json(&()).send().await
    }

    fn sends(&self) -> usize {
        self.script.0.lock().unwrap().1.len()
    }

    /// In milliseconds.
    fn waits(&self) -> Vec<u128> {
        self.waits
            .0
            .lock()
            .unwrap()
            .iter()
            .map(Duration::as_millis)
            .collect()
    }
}

#[tokio::test]
async fn only_what_may_be_made_twice_is_sent_again() {
    for (step, of_get, of_post, sent) in [
        (Step::Refused, 3, 3, WasSent::No),
        (Step::Certificate, 1, 1, WasSent::No),
        (Step::Broken, 3, 1, WasSent::Maybe),
        (status(408), 3, 1, WasSent::Answered),
        (status(425), 3, 3, WasSent::Answered),
        (status(429), 3, 3, WasSent::Answered),
        (status(500), 3, 1, WasSent::Answered),
        (status(502), 3, 1, WasSent::Answered),
        (status(503), 3, 1, WasSent::Answered),
        (status(504), 3, 1, WasSent::Answered),
        (status(400), 1, 1, WasSent::Answered),
        (status(401), 1, 1, WasSent::Answered),
        (status(409), 1, 1, WasSent::Answered),
        (status(501), 1, 1, WasSent::Answered),
        (
            Step::Status(503, vec![("retry-after", "1")]),
            3,
            1,
            WasSent::Answered,
        ),
        (
            Step::Status(503, vec![("x-should-retry", "false")]),
            1,
            1,
            WasSent::Answered,
        ),
        (
            Step::Status(409, vec![("stripe-should-retry", "true")]),
            3,
            1,
            WasSent::Answered,
        ),
        (
            Step::Status(429, vec![("x-should-retry", "false")]),
            1,
            1,
            WasSent::Answered,
        ),
    ] {
        let get = run(std::slice::from_ref(&step));
        let error = get.call::<Get>().await.unwrap_err();
        assert_eq!((get.sends(), error.was_sent()), (of_get, sent), "GET {error}");
        assert_eq!(error.tries() as usize, of_get, "GET {error}");
        let post = run(std::slice::from_ref(&step));
        let error = post.call::<Post>().await.unwrap_err();
        assert_eq!((post.sends(), error.was_sent()), (of_post, sent), "POST {error}");
        // With a key the server knows the call.
        let keyed = run(&[step]);
        _ = keyed.call::<Keyed>().await.unwrap_err();
        assert_eq!(keyed.sends(), of_get, "POST with a key");
    }
}

/// What `letterpress.toml` says of an API.
#[tokio::test]
async fn an_api_may_have_rules_of_its_own() {
    let sends = |step: Step| async move {
        let runs = [run(std::slice::from_ref(&step)), run(std::slice::from_ref(&step))];
        _ = runs[0].call::<Search>().await.unwrap_err();
        _ = runs[1].call::<Toggle>().await.unwrap_err();
        [runs[0].sends(), runs[1].sends()]
    };
    assert_eq!(sends(status(503)).await, [3, 1]);
    assert_eq!(sends(Step::Broken).await, [3, 1]);
    assert_eq!(sends(status(423)).await, [3, 1]);
    assert_eq!(sends(status(429)).await, [3, 3]);
    assert_eq!(sends(status(409)).await, [1, 1]);
    // The caller's word is the last.
    let toggles = run(&[status(503)]);
    let call = Call::<Toggle>::new(&toggles.client).json(&());
    _ = call.idempotent().0.send().await.unwrap_err();
    assert_eq!(toggles.sends(), 3);
}

#[tokio::test]
async fn a_key_is_sent_in_the_header_that_the_api_has_for_it() {
    let run = run(&[status(503), status(200)]);
    assert!(run.call::<OwnKey>().await.is_ok());
    let call = Call::<OwnKey>::new(&run.client).json(&());
    call.idempotency_key("k1").0.send().await.unwrap();
    // What is saved has none.
    Call::<OwnKey>::saved(&run.client).send().await.unwrap();
    let sent = std::mem::take(&mut run.script.0.lock().unwrap().1);
    let keys: Vec<_> = sent
        .iter()
        .map(|sent| sent.headers().get("x-request-token"))
        .collect();
    assert_eq!(keys[0].unwrap().len(), 36);
    assert_eq!(keys[0], keys[1]);
    assert_eq!((keys[2].unwrap().to_str().unwrap(), keys[3]), ("k1", None));
    assert!(
        sent.iter()
            .all(|sent| !sent.headers().contains_key("idempotency-key"))
    );
}

#[tokio::test]
async fn a_call_that_succeeds_at_last_is_a_success() {
    let run = run(&[Step::Refused, status(503), status(200)]);
    assert!(run.call::<Get>().await.is_ok());
    assert_eq!(run.sends(), 3);
    // By halves of 200 milliseconds, and of 2 seconds as the server has too much to do.
    assert_eq!(run.waits(), [100, 1_000]);
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    for (headers, wait) in [
        (vec![], 500),
        (vec![("retry-after", "2")], 2_000),
        (vec![("retry-after", "1.5")], 1_500),
        (vec![("retry-after", "0")], 500),
        (vec![("retry-after", "-1")], 500),
        (vec![("retry-after", "inf")], 500),
        (vec![("retry-after", "1e400")], 500),
        (
            vec![("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"), DATE],
            3_000,
        ),
        (
            vec![("retry-after", "Sunday, 06-Nov-94 08:49:40 GMT"), DATE],
            3_000,
        ),
        (vec![("retry-after", "Sun Nov  6 08:49:40 1994"), DATE], 3_000),
        (vec![("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT"), DATE], 500),
        (vec![("retry-after-ms", "70")], 70),
        (vec![("x-ms-retry-after-ms", "80")], 80),
        (vec![("ratelimit", "\"a\";r=0;t=3")], 3_000),
        (vec![("x-ratelimit-reset", "4")], 4_000),
    ] {
        let shown = format!("{headers:?}");
        let run = run(&[Step::Status(429, headers), status(200)]);
        assert!(run.call::<Post>().await.is_ok(), "{shown}");
        assert_eq!(run.waits(), [wait], "{shown}");
    }
    // Nobody waits for an hour: the caller is told.
    let long = run(&[Step::Status(429, vec![("retry-after", "3600")])]);
    let error = long.call::<Get>().await.unwrap_err();
    assert_eq!(
        (long.sends(), error.retry_after()),
        (1, Some(Duration::from_secs(3_600)))
    );
    let patient = run_with(
        &[Step::Status(429, vec![("retry-after", "90")]), status(200)],
        |builder| builder.retry(Retry::default().longest_wait(Duration::from_secs(95))),
    );
    assert!(patient.call::<Get>().await.is_ok());
    assert_eq!(patient.waits(), [90_000]);
}

#[tokio::test]
async fn nobody_is_asked_for_ever() {
    for (code, most) in [(500, 35), (503, 100)] {
        let run = run(&[status(code)]);
        for _ in 0..100 {
            _ = run.call::<Get>().await.unwrap_err();
        }
        assert_eq!(run.sends(), 100 + most, "{code}");
    }
}

#[tokio::test]
async fn the_time_of_the_whole_call_bounds_its_waits() {
    let run = run_with(&[Step::Status(503, vec![("retry-after", "9")])], |builder| {
        builder.timeout(Duration::from_secs(120))
    });
    let call = Call::<Get>::new(&run.client);
    let error = call
        .set_timeout(Duration::from_secs(100))
        .send()
        .await
        .unwrap_err();
    assert_eq!((run.sends(), error.timed_out()), (3, None));
    // Of what is left, no wait may take all: the error is what came, at once.
    let short = run_with(&[Step::Status(503, vec![("retry-after", "9")])], |builder| {
        builder.timeout(Duration::from_secs(5))
    });
    let error = short.call::<Get>().await.unwrap_err();
    assert_eq!(
        (short.sends(), error.status().map(|status| status.as_u16())),
        (1, Some(503))
    );
}

#[tokio::test]
async fn who_says_so_sends_once_or_more_often() {
    let none = run_with(&[Step::Refused], |builder| builder.retry(Retry::none()));
    assert_eq!(none.call::<Get>().await.unwrap_err().tries(), 1);
    let more = run_with(&[status(429)], |builder| builder.retry(Retry::tries(5)));
    assert_eq!(more.call::<Post>().await.unwrap_err().tries(), 5);
    // What is saved is sent as it is: once.
    let saved = run(&[Step::Refused]);
    assert_eq!(
        Call::<Get>::saved(&saved.client)
            .send()
            .await
            .unwrap_err()
            .tries(),
        1
    );
    let raw = run(&[status(503), status(200)]);
    let response = Call::<Get>::new(&raw.client).send_raw().await.unwrap();
    assert_eq!((response.status().as_u16(), raw.sends()), (200, 2));
    let not_made = run(&[status(200)]);
    let error = Call::<Get>::new(&not_made.client)
        .add_header("X\n", "1")
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.tries(), not_made.sends()), (0, 0));
}

/// Values that are made up are made once for a call, so that a server sees the same request.
#[tokio::test]
async fn the_same_request_is_sent_again() {
    let run = run_with(&[status(503), status(200)], |builder| {
        builder.entropy(letterpress_runtime::wire::SystemEntropy)
    });
    assert!(run.call::<Dynamic>().await.is_ok());
    let sent = std::mem::take(&mut run.script.0.lock().unwrap().1);
    let [first, second] = sent.as_slice() else {
        unreachable!("it is sent twice")
    };
    assert_eq!((first.uri(), first.headers()), (second.uri(), second.headers()));
    let keyed = run_keyed().await;
    let keys: Vec<_> = keyed
        .iter()
        .map(|request| request.headers()["idempotency-key"].clone())
        .collect();
    assert_eq!(keys[0], keys[1]);
}

async fn run_keyed() -> Vec<http::Request<()>> {
    let run = run(&[status(500), status(200)]);
    assert!(run.call::<Keyed>().await.is_ok());
    std::mem::take(&mut run.script.0.lock().unwrap().1)
}

/// A stream is gone when it was read.
#[tokio::test]
async fn a_body_that_is_read_once_is_sent_once() {
    let run = run(&[Step::Refused]);
    let reader = FilePart::reader(&b"12"[..]);
    let call = Call::<Upload>::new(&run.client).file(reader);
    // Nobody read it, as nobody was there.
    assert_eq!(call.send().await.unwrap_err().tries(), 3);
}
