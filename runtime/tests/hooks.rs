//! What a program hears of its calls, what it adds to them and how it holds them back; and what its own tests of that stand on: faults
//! on purpose, a clock that nobody waits for, and chance from a seed.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::replay::{Fault, Replay};
use letterpress_runtime::testing::{TestClock, TestEntropy};
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::wire::Clock;
use letterpress_runtime::{
    Answer, Api, AuthKind, Body, Call, Client, ClientBuilder, Credential, Decoded, Entry, Operation, Spec,
    TimedOut, Unexpected, WasSent, http,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

macro_rules! operation {
    ($name:ident, $method:literal) => {
        struct $name;

        impl Operation for $name {
            type Output = Body;
            type Error = Unexpected;
            const SPEC: Spec = Spec::new($method, "https://a.io/things")
                .name("A thing")
                .headers(&[Entry::always("X-Kind", "saved")])
                .auth(AuthKind::Bearer, &[("token", "{{token}}")]);

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

const API: Api = Api::new("api").variables(&[("token", None)]);
const SAVED: &str = r#"{"examples": [
    {"item": "A thing", "name": "Found", "id": "r1", "method": "GET", "url": "https://a.io/things", "status": 200, "body": "{\"id\": 7}"},
    {"item": "A thing", "name": "Made", "id": "r2", "method": "POST", "url": "https://a.io/things", "status": 200, "body": "{\"id\": 7}"}
]}"#;

fn replay() -> Replay {
    Replay::from_json(SAVED).unwrap()
}

fn builder() -> ClientBuilder {
    ClientBuilder::new(API).credential(Credential::bearer("s3cr3t"))
}

/// Answers 200, and keeps what was sent.
#[derive(Clone, Default)]
struct Ok200(Arc<Mutex<Vec<http::HeaderMap>>>);

impl Transport for Ok200 {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        self.0.lock().unwrap().push(request.headers().clone());
        Box::pin(std::future::ready(Ok(http::Response::new(Payload::bytes("{}")))))
    }
}

/// Fails so often before it answers.
fn failing(fault: Fault) -> (Client, TestClock) {
    let clock = TestClock::new();
    let transport = replay().fault(fault);
    let client = builder()
        .transport(transport)
        .clock(clock.clone())
        .entropy(TestEntropy::new(1));
    (client.build().unwrap(), clock)
}

#[tokio::test]
async fn a_test_of_retries_is_three_lines() {
    let unavailable = Fault::status(http::StatusCode::SERVICE_UNAVAILABLE).header("Retry-After", "2");
    let (client, clock) = failing(unavailable.times(2));
    assert_eq!(Call::<Get>::new(&client).send().await.unwrap().bytes().len(), 9);
    // Twice two seconds, and up to a tenth more.
    assert!(
        (4_000..=4_400).contains(&clock.elapsed().as_millis()),
        "{:?}",
        clock.elapsed()
    );
}

#[tokio::test]
async fn faults_come_in_their_order_and_say_what_they_are() {
    for (fault, of_get, of_post, sent) in [
        (Fault::refused(), 3, 3, WasSent::No),
        (Fault::broken(), 3, 1, WasSent::Maybe),
        (Fault::cut_off(), 3, 1, WasSent::Answered),
        (
            Fault::status(http::StatusCode::TOO_MANY_REQUESTS),
            3,
            3,
            WasSent::Answered,
        ),
        (
            Fault::status(http::StatusCode::BAD_GATEWAY),
            3,
            1,
            WasSent::Answered,
        ),
        (
            Fault::status(http::StatusCode::FORBIDDEN),
            1,
            1,
            WasSent::Answered,
        ),
    ] {
        let (client, _) = failing(fault.clone().times(9));
        let error = Call::<Get>::new(&client).send().await.unwrap_err();
        assert_eq!((error.tries(), error.was_sent()), (of_get, sent), "{fault:?}");
        let (client, _) = failing(fault.clone().times(9));
        let error = Call::<Post>::new(&client).send().await.unwrap_err();
        assert_eq!((error.tries(), error.was_sent()), (of_post, sent), "{fault:?}");
    }
}

#[tokio::test]
async fn time_passes_when_nobody_is_waited_for() {
    // A try that is too late is one of three, and the waits in between are of the same time.
    let clock = TestClock::new();
    let late = replay().fault(Fault::late(Duration::from_secs(60)).times(9));
    let client = ClientBuilder::new(API)
        .module(module_path!())
        .transport(late)
        .clock(clock.clone());
    let client = client
        .entropy(TestEntropy::new(1))
        .try_timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let error = Call::<Get>::new(&client).send().await.unwrap_err();
    assert_eq!((error.timed_out(), error.tries()), (Some(TimedOut::Try), 3));
    assert!(
        (15_200..16_000).contains(&clock.elapsed().as_millis()),
        "{:?}",
        clock.elapsed()
    );
    // Sleeps end in their order, whoever began first.
    let clock = TestClock::new();
    let order = Mutex::new(Vec::new());
    let sleep = async |seconds| {
        clock.sleep(Duration::from_secs(seconds)).await;
        order.lock().unwrap().push(seconds);
    };
    tokio::join!(sleep(9), sleep(1), async {
        sleep(3).await;
        sleep(2).await;
    });
    assert_eq!(*order.lock().unwrap(), [1, 3, 2, 9]);
    assert_eq!(clock.elapsed(), Duration::from_secs(9));
}

#[tokio::test]
async fn every_try_is_heard_of() {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let hook = Arc::clone(&heard);
    let transport = replay()
        .fault(Fault::broken())
        .fault(Fault::status(http::StatusCode::BAD_GATEWAY));
    let client = builder()
        .transport(transport)
        .clock(TestClock::new())
        .entropy(TestEntropy::new(1));
    let client = client.on_try(move |one| {
        let status = one.status().map_or(0, |status| status.as_u16());
        let failed = one
            .error()
            .is_some_and(|error| !error.to_string().contains("s3cr3t"));
        let again = one.next_in().is_some();
        let (operation, number) = (one.operation(), one.number());
        hook.lock().unwrap().push(format!(
            "{operation} {} {number} {status} {failed} {again}",
            one.method()
        ));
    });
    let client = client.build().unwrap();
    Call::<Get>::new(&client).send().await.unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(
        *heard,
        [
            "A thing GET 1 0 true true",
            "A thing GET 2 502 false true",
            "A thing GET 3 200 false false"
        ]
    );
}

#[tokio::test]
async fn requests_are_seen_before_they_are_made() {
    let transport = Ok200::default();
    let count = AtomicUsize::new(0);
    let client = builder().transport(transport.clone()).on_request(move |request| {
        assert_eq!(
            (request.operation(), request.template()),
            ("A thing", "https://a.io/things")
        );
        request.header(
            "traceparent",
            format!("00-{}", count.fetch_add(1, Ordering::Relaxed)),
        );
        request.header("x-kind", "hooked");
    });
    let client = client.build().unwrap();
    for _ in 0..2 {
        Call::<Get>::new(&client).send().await.unwrap();
    }
    let sent = transport.0.lock().unwrap();
    let of = |nth: usize, name: &str| {
        sent[nth]
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (of(0, "traceparent"), of(1, "traceparent")),
        (vec!["00-0".to_owned()], vec!["00-1".to_owned()])
    );
    assert_eq!(of(0, "x-kind"), ["hooked"]);
    assert_eq!(of(0, "authorization"), ["Bearer s3cr3t"]);
}

/// Answers after a second, and counts how many are there at once.
#[derive(Clone)]
struct Slow(TestClock, Arc<Mutex<(usize, usize)>>);

impl Transport for Slow {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        Box::pin(async move {
            {
                let mut state = self.1.lock().unwrap();
                state.0 += 1;
                state.1 = state.1.max(state.0);
            }
            self.0.sleep(Duration::from_secs(1)).await;
            self.1.lock().unwrap().0 -= 1;
            Ok(http::Response::new(Payload::bytes("{}")))
        })
    }
}

async fn nine_at_once(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (usize, Duration) {
    let clock = TestClock::new();
    let slow = Slow(clock.clone(), Arc::default());
    let client = set(builder().transport(slow.clone()).clock(clock.clone()))
        .build()
        .unwrap();
    let call = Call::<Get>::new(&client);
    let send = async || call.send().await.map(|_| ()).unwrap();
    tokio::join!(
        send(),
        send(),
        send(),
        send(),
        send(),
        send(),
        send(),
        send(),
        send()
    );
    let most = slow.1.lock().unwrap().1;
    (most, clock.elapsed())
}

#[tokio::test]
async fn calls_wait_for_their_turn() {
    let seconds = Duration::from_secs;
    assert_eq!(nine_at_once(|builder| builder).await, (9, seconds(1)));
    assert_eq!(
        nine_at_once(|builder| builder.max_concurrent(3)).await,
        (3, seconds(3))
    );
    let limited = |builder: ClientBuilder| builder.rate_limit(3, seconds(3));
    // Three at once, then one a second.
    assert_eq!(nine_at_once(limited).await, (3, seconds(7)));
}

#[tokio::test]
async fn a_wait_for_a_turn_counts() {
    let clock = TestClock::new();
    let slow = Slow(clock.clone(), Arc::default());
    let builder = builder().transport(slow).clock(clock.clone()).max_concurrent(1);
    let client = builder.timeout(Duration::from_millis(1_500)).build().unwrap();
    let call = Call::<Get>::new(&client);
    let (first, second) = tokio::join!(call.send(), call.send());
    assert!(first.is_ok());
    let error = second.unwrap_err();
    assert_eq!(error.timed_out(), Some(TimedOut::Call));
}
