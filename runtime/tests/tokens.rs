//! Tokens of sources: fetched once for all calls, before they expire and after one is refused, by a clock that nobody waits for.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::transport::{Payload, Sent, Transport, TransportError};
use letterpress_runtime::wire::{Clock, Sleep};
use letterpress_runtime::{
    Answer, Api, AuthKind, Body, BodySpec, Call, Client, ClientBuilder, Credential, Decoded, Entry, Error,
    FilePart, Operation, Response, Retry, Spec, TimedOut, Token, TokenSource, Unexpected, WasSent, http,
};
use std::collections::VecDeque;
use std::future::{pending, poll_fn, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

const PATH: &str = "https://a.io/things";

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

operation!(Get, Spec::new("GET", PATH).auth(AuthKind::Bearer, &[]));
operation!(
    OAuth,
    Spec::new("GET", PATH).auth(
        AuthKind::OAuth2,
        &[("addTokenTo", "queryParams"), ("accessToken", "{{old}}")]
    )
);
operation!(Open, Spec::new("GET", PATH));
operation!(
    ByHeader,
    Spec::new("GET", PATH).headers(&[Entry::always("X-Session", "s={{session}}")])
);
operation!(
    Upload,
    Spec::new("PUT", PATH)
        .auth(AuthKind::Bearer, &[])
        .body(BodySpec::File {
            src: None,
            content: None
        })
);

const API: Api = Api::new("api")
    .variables(&[("session", None)])
    .setters(&["session"])
    .call_variables(&["old"])
    .required(&["session"]);
const PLAIN: Api = Api::new("api");

/// Answers with what is said to be the token that it takes; keeps what was sent.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Acts>>);

#[derive(Default)]
struct Acts {
    steps: VecDeque<(u16, Vec<(&'static str, &'static str)>)>,
    sent: Vec<(String, http::HeaderMap)>,
}

impl Server {
    fn then(self, status: u16, headers: &[(&'static str, &'static str)]) -> Self {
        self.0.lock().unwrap().steps.push_back((status, headers.to_vec()));
        self
    }

    fn sends(&self) -> usize {
        self.0.lock().unwrap().sent.len()
    }

    /// The tokens that came, in their order.
    fn tokens(&self) -> Vec<String> {
        let acts = self.0.lock().unwrap();
        let token = |(_, headers): &(String, http::HeaderMap)| {
            let value = headers.get("authorization").map(|value| value.to_str().unwrap());
            value.unwrap_or("none").replace("Bearer ", "")
        };
        acts.sent.iter().map(token).collect()
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        let mut acts = self.0.lock().unwrap();
        acts.sent
            .push((request.uri().to_string(), request.headers().clone()));
        let (status, headers) = acts.steps.pop_front().unwrap_or_else(|| (200, Vec::new()));
        let mut response = http::Response::new(Payload::bytes("{}"));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            response.headers_mut().append(name, value.parse().unwrap());
        }
        Box::pin(async move {
            let (parts, mut body) = request.into_parts();
            drop(parts);
            while let Some(chunk) = body.chunk().await? {
                drop(chunk);
            }
            Ok::<_, TransportError>(response)
        })
    }
}

/// A clock that stands still until it is told; whoever waits until then goes on.
#[derive(Clone, Default)]
struct Still(Arc<Mutex<(Duration, Vec<Waker>)>>);

impl Still {
    fn passes(&self, seconds: u64) {
        let mut time = self.0.lock().unwrap();
        time.0 += Duration::from_secs(seconds);
        time.1.drain(..).for_each(Waker::wake);
    }
}

impl Clock for Still {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000) + self.0.lock().unwrap().0
    }

    fn sleep(&self, time: Duration) -> Sleep {
        let (clock, until) = (self.clone(), self.now() + time);
        Box::pin(poll_fn(move |cx| {
            if clock.now() >= until {
                return Poll::Ready(());
            }
            clock.0.lock().unwrap().1.push(cx.waker().clone());
            Poll::Pending
        }))
    }
}

/// Gives `t1`, `t2`, …, or fails where it is told to.
#[derive(Clone, Default)]
struct Mint {
    asked: Arc<AtomicUsize>,
    fails: Arc<Mutex<VecDeque<&'static str>>>,
    lifetime: Option<u64>,
}

impl Mint {
    fn of(lifetime: u64) -> Self {
        Self {
            lifetime: Some(lifetime),
            ..Self::default()
        }
    }

    fn fails(self, why: &'static str) -> Self {
        self.fails.lock().unwrap().push_back(why);
        self
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn source(&self) -> impl TokenSource + use<> {
        let mint = self.clone();
        move || {
            let mint = mint.clone();
            async move {
                let number = mint.asked.fetch_add(1, Ordering::SeqCst) + 1;
                // Others come to wait for it.
                tokio::task::yield_now().await;
                if let Some(why) = mint
                    .fails
                    .lock()
                    .unwrap()
                    .pop_front()
                    .filter(|why| !why.is_empty())
                {
                    return Err(why.into());
                }
                let token = Token::new(format!("secret-t{number}"));
                Ok(match mint.lifetime {
                    Some(lifetime) => token.expires_in(Duration::from_secs(lifetime)),
                    None => token,
                })
            }
        }
    }
}

struct Run {
    client: Client,
    server: Server,
    clock: Still,
}

fn run(server: Server, source: impl TokenSource) -> Run {
    run_with(server, |builder| {
        builder.credential(Credential::bearer_from(source))
    })
}

fn run_with(server: Server, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Run {
    let clock = Still::default();
    let builder = ClientBuilder::new(PLAIN)
        .transport(server.clone())
        .clock(clock.clone());
    Run {
        client: set(builder).build().unwrap(),
        server,
        clock,
    }
}

impl Run {
    async fn call<O>(&self) -> Result<Response<Body>, Error<Unexpected>>
    where
        O: Operation<Output = Body, Error = Unexpected>,
    {
        Call::<O>::new(&self.client).send().await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_calls_at_expiry_make_one_token_request() {
    let mint = Mint::of(3600);
    let run = run(Server::default(), mint.source());
    for round in 1..=3 {
        let calls: Vec<_> = (0..50)
            .map(|_| tokio::spawn(Call::<Get>::new(&run.client).send()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(mint.asked(), round);
        run.clock.passes(3601);
    }
    assert_eq!(run.server.sends(), 150);
    // A client that is made of this one has the same token.
    let other = run.client.to_builder().build().unwrap();
    Call::<Get>::new(&run.client).send().await.unwrap();
    Call::<Get>::new(&other).send().await.unwrap();
    assert_eq!(mint.asked(), 4);
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_no_token_along() {
    let mint = Mint::default();
    let run = run(Server::default(), mint.source());
    {
        let mut call = pin!(Call::<Get>::new(&run.client).send());
        assert!(poll_once(call.as_mut()).is_pending());
    }
    assert_eq!(mint.asked(), 1);
    assert_eq!(run.server.sends(), 0);
    run.call::<Get>().await.unwrap();
    assert_eq!(mint.asked(), 1);
}

fn poll_once<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Where nothing runs tasks, whoever waits next goes on with the fetch.
#[test]
fn without_a_runtime_the_next_caller_goes_on() {
    let (asked, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let source = {
        let (asked, gate) = (Arc::clone(&asked), Arc::clone(&gate));
        move || {
            asked.fetch_add(1, Ordering::SeqCst);
            let gate = Arc::clone(&gate);
            poll_fn(move |_| match gate.load(Ordering::SeqCst) {
                0 => Poll::Pending,
                _ => Poll::Ready(Ok(Token::new("secret-t"))),
            })
        }
    };
    let run = run(Server::default(), source);
    {
        let mut call = pin!(Call::<Get>::new(&run.client).send());
        assert!(poll_once(call.as_mut()).is_pending());
    }
    gate.store(1, Ordering::SeqCst);
    let mut call = pin!(Call::<Get>::new(&run.client).send());
    assert!(poll_once(call.as_mut()).is_ready());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(run.server.tokens(), ["secret-t"]);
}

#[tokio::test]
async fn a_refused_token_is_fetched_anew_once() {
    let refused = Server::default().then(200, &[]).then(401, &[]);
    let mint = Mint::default();
    let calls = run(refused, mint.source());
    calls.call::<Get>().await.unwrap();
    calls.call::<Get>().await.unwrap();
    assert_eq!(calls.server.tokens(), ["secret-t1", "secret-t1", "secret-t2"]);
    assert_eq!(mint.asked(), 2);

    // One that is refused at once, too, is not the token's fault: for a while no other is fetched.
    let mut server = Server::default();
    for _ in 0..4 {
        server = server.then(401, &[]);
    }
    let mint = Mint::default();
    let calls = run(server, mint.source());
    for sends in [2, 3, 4] {
        let error = calls.call::<Get>().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.is_api()), (401, true));
        assert_eq!(calls.server.sends(), sends);
        assert_eq!(mint.asked(), 2);
    }
    calls.server.clone().then(401, &[]);
    calls.clock.passes(61);
    calls.call::<Get>().await.unwrap();
    assert_eq!(mint.asked(), 3);

    // 403 says so by name.
    for (header, asked) in [
        ("Bearer error=\"invalid_token\"", 2),
        ("Bearer error=\"insufficient_scope\"", 1),
    ] {
        let mint = Mint::default();
        let calls = run(
            Server::default().then(403, &[("www-authenticate", header)]),
            mint.source(),
        );
        assert_eq!(calls.call::<Get>().await.is_ok(), asked == 2);
        assert_eq!(mint.asked(), asked);
    }
}

/// The try that was refused is one of the call's, like any other.
#[tokio::test]
async fn a_try_that_is_refused_is_heard_of() {
    let (heard, mint) = (Arc::new(Mutex::new(Vec::new())), Mint::default());
    let hook = Arc::clone(&heard);
    let server = Server::default().then(401, &[]).then(503, &[]);
    let calls = run_with(server, |builder| {
        builder
            .credential(Credential::bearer_from(mint.source()))
            .on_try(move |one| {
                let status = one.status().map(|status| status.as_u16());
                let is_at_once = one.next_in().map(|wait| wait.is_zero());
                hook.lock().unwrap().push((one.number(), status, is_at_once));
            })
    });
    // The wait after the 503 is over once the clock has moved.
    let wait = async {
        while calls.server.sends() < 3 {
            if calls.server.sends() == 2 {
                calls.clock.passes(1);
            }
            tokio::task::yield_now().await;
        }
    };
    let (answer, ()) = tokio::join!(calls.call::<Get>(), wait);
    let answer = answer.unwrap();
    assert_eq!(
        *heard.lock().unwrap(),
        [
            (1, Some(401), Some(true)),
            (2, Some(503), Some(false)),
            (3, Some(200), None)
        ]
    );
    assert_eq!(answer.tries(), 3);
}

#[tokio::test]
async fn what_is_sent_once_is_not_sent_again_but_the_next_call_has_another_token() {
    let mint = Mint::default();
    let calls = run_with(Server::default().then(401, &[]), |builder| {
        builder
            .retry(Retry::none())
            .credential(Credential::bearer_from(mint.source()))
    });
    assert_eq!(calls.call::<Get>().await.unwrap_err().tries(), 1);
    calls.call::<Get>().await.unwrap();
    assert_eq!(calls.server.tokens(), ["secret-t1", "secret-t2"]);

    let mint = Mint::default();
    let calls = run(Server::default().then(401, &[]), mint.source());
    let call = Call::<Upload>::new(&calls.client);
    let call = call.file(FilePart::reader(std::io::Cursor::new(b"once".to_vec())));
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(calls.server.sends(), 1);

    let calls = run(Server::default().then(401, &[]), Mint::default().source());
    let saved = Call::<Get>::saved(&calls.client).send().await;
    assert_eq!(saved.unwrap_err().tries(), 1);
}

#[tokio::test]
async fn a_token_is_fetched_before_it_expires_and_kept_if_that_fails() {
    let mint = Mint::of(1000).fails("").fails("the vault is shut");
    let calls = run(Server::default(), mint.source());
    calls.call::<Get>().await.unwrap();
    calls.clock.passes(899);
    calls.call::<Get>().await.unwrap();
    assert_eq!(mint.asked(), 1);
    // A tenth before the end: nobody waits for that, whatever comes of it.
    calls.clock.passes(2);
    calls.call::<Get>().await.unwrap();
    settle().await;
    assert_eq!(mint.asked(), 2);
    calls.call::<Get>().await.unwrap();
    settle().await;
    assert_eq!(mint.asked(), 2, "it pauses");
    calls.clock.passes(10);
    calls.call::<Get>().await.unwrap();
    settle().await;
    assert_eq!(mint.asked(), 3);
    calls.call::<Get>().await.unwrap();
    let tokens = calls.server.tokens();
    assert_eq!(tokens.iter().filter(|token| *token == "secret-t1").count(), 5);
    assert_eq!(tokens.last().unwrap(), "secret-t3");

    // Short ones live half their lives.
    let mint = Mint::of(4);
    let calls = run(Server::default(), mint.source());
    for (seconds, asked) in [(0, 1), (1, 1), (1, 2)] {
        calls.clock.passes(seconds);
        calls.call::<Get>().await.unwrap();
        settle().await;
        assert_eq!(mint.asked(), asked);
    }
}

async fn settle() {
    for _ in 0..5 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    for (source, says) in [
        (Mint::default().fails("the vault is shut"), "the vault is shut"),
        (Mint::default().fails("no\nlines"), "no\nlines"),
    ] {
        let calls = run(Server::default(), source.source());
        let error = calls.call::<Get>().await.unwrap_err();
        assert!(error.is_token() && !error.is_api() && !error.is_transport());
        assert_eq!((error.was_sent(), error.tries()), (WasSent::No, 0));
        assert!(
            error
                .to_string()
                .contains(&format!("was not sent: its token could not be had: {says}"))
        );
        assert_eq!(calls.server.sends(), 0);
        // The next asks again.
        calls.call::<Get>().await.unwrap();
    }
    let panics = || async {
        assert!(std::env::var("NOBODY_SETS_THIS").is_ok(), "no");
        Ok(Token::new("t"))
    };
    let calls = run(Server::default(), panics);
    let error = calls.call::<Get>().await.unwrap_err();
    assert!(error.to_string().ends_with("its source panicked"), "{error}");

    let calls = run(Server::default(), || async { Ok(Token::new("")) });
    let error = calls.call::<Get>().await.unwrap_err();
    assert!(error.to_string().ends_with("gave an empty one"), "{error}");
}

#[tokio::test]
async fn a_failure_after_a_refusal_tells_of_the_answer() {
    let mint = Mint::default().fails("").fails("the vault is shut");
    let calls = run(Server::default().then(401, &[]), mint.source());
    let error = calls.call::<Get>().await.unwrap_err();
    assert!(error.is_token());
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!((error.was_sent(), error.tries()), (WasSent::Answered, 1));
    // Others go on with the token that was refused to one of them.
    calls.call::<Get>().await.unwrap();
    assert_eq!(calls.server.tokens(), ["secret-t1", "secret-t1"]);
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let calls = run(Server::default(), pending);
    let clock = calls.clock.clone();
    let passes = async {
        settle().await;
        clock.passes(60);
    };
    let (result, ()) = tokio::join!(calls.call::<Get>(), passes);
    let error = result.unwrap_err();
    assert!(error.to_string().ends_with("none within 60s"), "{error}");

    let calls = run_with(Server::default(), |builder| {
        builder
            .timeout(Duration::from_secs(5))
            .credential(Credential::bearer_from(pending))
    });
    let clock = calls.clock.clone();
    let passes = async {
        settle().await;
        clock.passes(5);
    };
    let (result, ()) = tokio::join!(calls.call::<Get>(), passes);
    let error = result.unwrap_err();
    assert_eq!(error.timed_out(), Some(TimedOut::Call));
    assert_eq!(error.was_sent(), WasSent::No);
    assert!(error.to_string().contains("its token did not come"), "{error}");
}

/// A source whose client asks for the token that it gives would wait for itself.
#[tokio::test]
async fn a_source_sends_without_the_token_that_it_gives() {
    struct Login;
    impl TokenSource for Login {
        fn token<'a>(
            &'a self,
            asking: &'a letterpress_runtime::Asking,
        ) -> letterpress_runtime::TokenFuture<'a> {
            Box::pin(async move {
                Call::<Get>::new(asking.client()).send().await?;
                Ok(Token::new("secret-of-login"))
            })
        }
    }
    let calls = run(Server::default(), Login);
    calls.call::<Get>().await.unwrap();
    assert_eq!(calls.server.tokens(), ["none", "secret-of-login"]);

    let own: Arc<Mutex<Option<Client>>> = Arc::default();
    let source = {
        let own = Arc::clone(&own);
        move || {
            let client = own.lock().unwrap().clone().unwrap();
            async move {
                Call::<Get>::new(&client).send().await?;
                Ok(Token::new("t"))
            }
        }
    };
    let calls = run(Server::default(), source);
    *own.lock().unwrap() = Some(calls.client.clone());
    let error = calls.call::<Get>().await.unwrap_err();
    assert!(
        error.to_string().contains("waits for the token that it gives"),
        "{error}"
    );
    own.lock().unwrap().take();
}

#[tokio::test]
async fn only_calls_that_take_a_token_ask_for_one() {
    let mint = Mint::default();
    let calls = run(Server::default(), mint.source());
    calls.call::<Open>().await.unwrap();
    calls.call::<ByHeader>().await.unwrap();
    assert_eq!(mint.asked(), 0);
    calls.call::<OAuth>().await.unwrap();
    let url = calls.server.0.lock().unwrap().sent.last().unwrap().0.clone();
    assert!(url.ends_with("?access_token=secret-t1"), "{url}");
    assert_eq!(mint.asked(), 1);
    // What is set for the call, or afterwards, counts.
    let call = Call::<OAuth>::new(&calls.client).set_variable("old", "other");
    call.send().await.unwrap();
    let url = calls.server.0.lock().unwrap().sent.last().unwrap().0.clone();
    assert!(url.ends_with("?access_token=other"), "{url}");
    let fixed = calls.client.to_builder().credential(Credential::bearer("fixed"));
    Call::<Get>::new(&fixed.build().unwrap()).send().await.unwrap();
    assert_eq!(calls.server.tokens().last().unwrap(), "fixed");
}

#[tokio::test]
async fn a_variable_may_be_a_token() {
    let mint = Mint::default();
    let server = Server::default();
    let builder = || ClientBuilder::new(API).transport(server.clone());
    assert!(builder().build().is_err());
    let client = builder().variable_from("session", mint.source()).build().unwrap();
    let call = Call::<ByHeader>::new(&client);
    assert!(call.curl().contains("X-Session: s=${SESSION}"), "{}", call.curl());
    assert!(
        call.request()
            .unwrap_err()
            .to_string()
            .contains("fetched only where a call is sent")
    );
    call.send().await.unwrap();
    let header = |name: &str| server.0.lock().unwrap().sent.last().unwrap().1.get(name).cloned();
    let value = header("x-session").unwrap();
    assert_eq!(value, "s=secret-t1");
    assert!(value.is_sensitive());
    assert_eq!(call.request().unwrap().headers()["x-session"], "s=secret-t1");
    let error = builder()
        .variable_from("sesion", mint.source())
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("did you mean `session`?"), "{error}");
}

#[tokio::test]
async fn a_token_stays_at_its_origin_and_is_never_shown() {
    let away = Server::default()
        .then(302, &[("location", "https://b.io/x")])
        .then(401, &[]);
    let mint = Mint::default();
    let calls = run(away, mint.source());
    let error = calls.call::<Get>().await.unwrap_err();
    assert_eq!(calls.server.tokens(), ["secret-t1", "none"]);
    assert_eq!(mint.asked(), 1);
    let tells = |text: String| assert!(!text.contains("secret-t"), "{text}");
    tells(format!("{error} {error:?}"));
    let call = Call::<Get>::new(&calls.client);
    tells(call.curl());
    assert!(call.curl().contains("${TOKEN}"), "{}", call.curl());
    tells(format!(
        "{:?} {call:?} {:?}",
        calls.client,
        call.request().unwrap()
    ));
    tells(format!("{:?}", Token::new("secret-t")));
    tells(format!("{:?}", Credential::bearer_from(mint.source())));

    let leaks = Server::default().then(302, &[("location", "https://b.io/?t=secret-t1")]);
    let error = run(leaks, Mint::default().source())
        .call::<Get>()
        .await
        .unwrap_err();
    assert!(error.is_redirect());
    tells(error.to_string());
}

/// Closures that are asynchronous, and futures that are there already.
#[cfg(feature = "blocking")]
#[test]
fn calls_that_are_not_asynchronous_have_tokens() {
    let mint = Mint::of(100);
    let calls = run(Server::default().then(200, &[]).then(401, &[]), mint.source());
    let send = || Call::<Get>::new(&calls.client).send_blocking();
    send().unwrap();
    // One that is refused is fetched anew, one that has expired too, and what is fetched is for all threads.
    assert_eq!(send().unwrap().tries(), 2);
    calls.clock.passes(200);
    std::thread::scope(|scope| {
        let sent: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        for sent in sent {
            sent.join().unwrap().unwrap();
        }
    });
    assert_eq!(mint.asked(), 3);
    // Without one, nothing is sent.
    let calls = run(Server::default(), Mint::of(100).fails("closed").source());
    let error = Call::<Get>::new(&calls.client).send_blocking().unwrap_err();
    assert!(error.is_token() && calls.server.sends() == 0, "{error}");
}

#[tokio::test]
async fn closures_are_sources() {
    let calls = run(Server::default(), async || Ok(Token::new("secret-a")));
    calls.call::<Get>().await.unwrap();
    let calls = run(Server::default(), || ready(Ok(Token::new("secret-b"))));
    calls.call::<Get>().await.unwrap();
    let path = String::from("nowhere");
    let calls = run(Server::default(), move || {
        let path = path.clone();
        async move { Ok(Token::new(tokio::fs::read_to_string(path).await?)) }
    });
    assert!(calls.call::<Get>().await.unwrap_err().is_token());
}
