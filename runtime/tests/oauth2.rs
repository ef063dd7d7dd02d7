//! Tokens by OAuth 2.0: what each grant sends, what is made of answers, and what errors say and do not say.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_runtime::oauth2::Grant;
use letterpress_runtime::transport::{Payload, Sent, Transport, TransportError};
use letterpress_runtime::wire::{Clock, Sleep};
use letterpress_runtime::{
    Answer, Api, AuthKind, Body, Call, Client, ClientBuilder, Credential, Decoded, Error, OAuth2, Operation,
    Response, Spec, Unexpected, WasSent, http,
};
use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const TOKEN_URL: &str = "https://login.io/token";
const OAUTH2: OAuth2 = OAuth2::new(TOKEN_URL).scope("read write");

struct Get;

impl Operation for Get {
    type Output = Body;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "https://a.io/things").auth(AuthKind::Bearer, &[]);

    fn output(answer: Answer) -> Decoded<Body> {
        answer.body()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// Answers calls with 200, or 401 for tokens that are listed, and token requests by a script.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<Acts>>);

#[derive(Default)]
struct Acts {
    steps: VecDeque<(u16, String)>,
    refused: Vec<String>,
    requests: Vec<(String, http::HeaderMap, String)>,
    calls: Vec<String>,
}

impl Server {
    fn then(self, status: u16, body: impl Into<String>) -> Self {
        self.0.lock().unwrap().steps.push_back((status, body.into()));
        self
    }

    fn gives(self, members: &str) -> Self {
        self.then(200, format!("{{\"token_type\": \"Bearer\", {members}}}"))
    }

    fn refuses(&self, token: &str) {
        self.0.lock().unwrap().refused.push(format!("Bearer {token}"));
    }

    /// The forms of the token requests.
    fn forms(&self) -> Vec<String> {
        let acts = self.0.lock().unwrap();
        acts.requests.iter().map(|(_, _, body)| body.clone()).collect()
    }

    fn headers(&self, at: usize) -> http::HeaderMap {
        self.0.lock().unwrap().requests[at].1.clone()
    }

    fn url(&self, at: usize) -> String {
        self.0.lock().unwrap().requests[at].0.clone()
    }

    fn calls(&self) -> Vec<String> {
        self.0.lock().unwrap().calls.clone()
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Payload>) -> Sent<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = String::from_utf8(body.collect().await?.to_vec()).unwrap();
            let mut acts = self.0.lock().unwrap();
            let (status, answer) = if parts.uri.path() == "/things" {
                let token = parts.headers.get("authorization");
                let token = token.map_or("none", |token| token.to_str().unwrap()).to_owned();
                let is_refused = acts.refused.contains(&token);
                acts.calls.push(token);
                (if is_refused { 401 } else { 200 }, String::from("{}"))
            } else {
                acts.requests.push((parts.uri.to_string(), parts.headers, body));
                acts.steps.pop_front().unwrap()
            };
            if status == 0 {
                return Err(TransportError::connect("nobody is there"));
            }
            let mut response = http::Response::new(Payload::bytes(answer));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            if status == 302 {
                let location = "https://login.io/elsewhere".parse().unwrap();
                response.headers_mut().insert("location", location);
            }
            Ok(response)
        })
    }
}

/// A clock that is ahead at once.
#[derive(Clone, Default)]
struct Ahead(Arc<Mutex<Vec<Duration>>>);

impl Ahead {
    fn passes(&self, seconds: u64) {
        self.0.lock().unwrap().push(Duration::from_secs(seconds));
    }
}

impl Clock for Ahead {
    fn now(&self) -> Duration {
        Duration::from_secs(1_700_000_000) + self.0.lock().unwrap().iter().sum::<Duration>()
    }

    fn sleep(&self, time: Duration) -> Sleep {
        // What is longer is a limit, or one of its parts.
        if time >= Duration::from_secs(15) {
            return Box::pin(std::future::pending());
        }
        self.0.lock().unwrap().push(time);
        Box::pin(ready(()))
    }
}

struct Run {
    client: Client,
    server: Server,
    clock: Ahead,
}

fn run(server: Server, grant: Grant) -> Run {
    run_with(server, |builder| {
        builder.credential(Credential::bearer_from(grant))
    })
}

fn run_with(server: Server, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Run {
    const API: Api = Api::new("api").variables(&[("login", Some("https://login.io"))]);
    let clock = Ahead::default();
    let builder = ClientBuilder::new(API)
        .transport(server.clone())
        .clock(clock.clone());
    Run {
        client: set(builder).build().unwrap(),
        server,
        clock,
    }
}

impl Run {
    async fn call(&self) -> Result<Response<Body>, Error<Unexpected>> {
        Call::<Get>::new(&self.client).send().await
    }

    async fn error(&self) -> Error<Unexpected> {
        self.call().await.unwrap_err()
    }
}

#[tokio::test]
async fn client_credentials_are_sent_in_a_header_or_in_the_body() {
    let server = Server::default().gives(r#""access_token": "t1", "expires_in": "3600""#);
    let calls = run(
        server.gives(r#""access_token": "t2""#),
        OAUTH2.client_credentials("i d", "se:cret"),
    );
    calls.call().await.unwrap();
    assert_eq!(
        calls.server.forms(),
        ["grant_type=client_credentials&scope=read%20write"]
    );
    let headers = calls.server.headers(0);
    assert_eq!(headers["authorization"], "Basic aSUyMGQ6c2UlM0FjcmV0");
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    // The text of a number is one.
    calls.clock.passes(3301);
    calls.call().await.unwrap();
    tokio::task::yield_now().await;
    calls.call().await.unwrap();
    assert_eq!(calls.server.calls(), ["Bearer t1", "Bearer t1", "Bearer t2"]);

    let server = Server::default().then(200, "access_token=t1&token_type=bearer&scope=a%2Cb");
    let grant = OAUTH2
        .client_credentials("id", "secret")
        .in_body(true)
        .scope("")
        .param("audience", "{{x}}");
    let calls = run(server, grant);
    calls.call().await.unwrap();
    let form = "grant_type=client_credentials&audience=%7B%7Bx%7D%7D&client_id=id&client_secret=secret";
    assert_eq!(calls.server.forms(), [form]);
    assert!(calls.server.headers(0).get("authorization").is_none());
    assert_eq!(calls.server.calls(), ["Bearer t1"]);
}

#[tokio::test]
async fn a_token_to_refresh_with_is_kept_replaced_and_told_of() {
    let server = Server::default()
        .gives(r#""access_token": "t1", "refresh_token": "r2", "expires_in": 60"#)
        .gives(r#""access_token": "t2", "expires_in": 60"#)
        .gives(r#""access_token": "t3", "refresh_token": "r3""#)
        .then(
            400,
            r#"{"error": "invalid_grant", "error_description": "r3 is secret"}"#,
        );
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let grant = {
        let told = Arc::clone(&told);
        let grant = OAUTH2.refresh_token("id", "", "r1");
        grant.on_new_tokens(move |tokens| {
            told.lock()
                .unwrap()
                .push(tokens.refresh_token().unwrap().to_owned());
        })
    };
    let calls = run(server, grant);
    for _ in 0..3 {
        calls.call().await.unwrap();
        calls.clock.passes(61);
    }
    assert_eq!(
        calls.server.forms(),
        [
            "grant_type=refresh_token&refresh_token=r1&client_id=id",
            "grant_type=refresh_token&refresh_token=r2&client_id=id",
            "grant_type=refresh_token&refresh_token=r2&client_id=id",
        ]
    );
    assert_eq!(*told.lock().unwrap(), ["r2", "r2", "r3"]);
    // What is used up is not tried again.
    for _ in 0..3 {
        let error = calls.error().await;
        assert!(error.is_token() && error.was_sent() == WasSent::No);
        let text = format!("{error} {error:?}");
        assert!(
            text.contains("400 Bad Request from POST https://login.io/token: invalid_grant"),
            "{text}"
        );
        assert!(!text.contains("r3") && !text.contains("secret"), "{text}");
    }
    assert_eq!(calls.server.forms().len(), 4);
}

#[tokio::test]
async fn a_password_is_sent_again_when_what_it_gave_is_used_up() {
    let server = Server::default()
        .gives(r#""access_token": "t1", "refresh_token": "r1""#)
        .then(400, r#"{"error": "invalid_grant"}"#)
        .gives(r#""access_token": "t2""#);
    let calls = run(server, OAUTH2.password("id", "s", "ada", "p&w"));
    calls.call().await.unwrap();
    calls.server.refuses("t1");
    calls.call().await.unwrap();
    let password = "grant_type=password&username=ada&password=p%26w&scope=read%20write";
    let refresh = "grant_type=refresh_token&refresh_token=r1";
    assert_eq!(calls.server.forms(), [password, refresh, password]);
    assert_eq!(calls.server.calls(), ["Bearer t1", "Bearer t1", "Bearer t2"]);
    // One that is wrong stays so: accounts are locked for less.
    let calls = run(
        Server::default().then(400, r#"{"error": "invalid_grant"}"#),
        OAUTH2.password("id", "s", "ada", "wrong"),
    );
    for _ in 0..3 {
        assert!(calls.error().await.is_token());
    }
    assert_eq!(calls.server.forms().len(), 1);
}

#[tokio::test]
async fn what_is_no_token_is_an_error_that_shows_nothing() {
    for (status, body, says) in [
        (
            500,
            "<html>secret</html>",
            "500 Internal Server Error from POST https://login.io/token",
        ),
        (
            200,
            "<html>secret</html>",
            "200 OK from POST https://login.io/token, which is no token",
        ),
        (
            302,
            "",
            "302 Found from POST https://login.io/token, which is no token",
        ),
        (
            200,
            r#"{"token": "secret"}"#,
            "https://login.io/token has no `access_token`",
        ),
        (
            200,
            r#"{"access_token": "secret", "token_type": "DPoP"}"#,
            "of the type `DPoP`",
        ),
        (
            401,
            r#"{"error": "invalid_client"}"#,
            "login.io/token: invalid_client",
        ),
        (
            400,
            r#"{"error": "a secret, in words"}"#,
            "400 Bad Request from POST https://login.io/token, which",
        ),
    ] {
        let mut server = Server::default();
        for _ in 0..3 {
            server = server.then(status, body);
        }
        let calls = run(server, OAUTH2.client_credentials("id", "secret"));
        let error = calls.error().await;
        assert!(error.is_token() && error.was_sent() == WasSent::No, "{error}");
        let text = format!("{error} {error:?}");
        assert!(text.contains(says), "{text}");
        assert!(!text.contains("secret"), "{text}");
        assert!(calls.server.calls().is_empty());
        // Nothing was sent anywhere else.
        assert!((0..calls.server.forms().len()).all(|at| calls.server.url(at) == TOKEN_URL));
    }
}

#[tokio::test]
async fn token_requests_are_tried_again_where_that_does_no_harm() {
    let token = r#"{"access_token": "t"}"#;
    let twice = Server::default().then(0, "").then(429, "").then(200, token);
    let calls = run(twice, OAUTH2.refresh_token("id", "", "r"));
    calls.call().await.unwrap();
    assert_eq!(calls.server.forms().len(), 3);
    let busy = || Server::default().then(503, "").then(200, token);
    let calls = run(busy(), OAUTH2.client_credentials("id", "s"));
    calls.call().await.unwrap();
    // Who knows whether it is used up now.
    let calls = run(busy(), OAUTH2.refresh_token("id", "", "r"));
    assert!(calls.error().await.is_token());
    assert_eq!(calls.server.forms().len(), 1);
}

#[tokio::test]
async fn token_requests_go_where_the_client_is_told_and_take_nothing_else_along() {
    const IN_VARIABLE: OAuth2 = OAuth2::new("{{login}}/token").params(&[("resource", "{{login}}/api")]);
    let token = || Server::default().gives(r#""access_token": "t""#);
    let calls = run_with(token(), |builder| {
        builder
            .header("X-Key", "key")
            .credential(Credential::basic("ada", "pw"))
            .variable("login", "https://login.test")
            .credential(Credential::bearer_from(IN_VARIABLE.client_credentials("id", "s")))
    });
    calls.call().await.unwrap();
    assert_eq!(calls.server.url(0), "https://login.test/token");
    assert!(calls.server.forms()[0].contains("resource=https%3A%2F%2Flogin.test%2Fapi"));
    assert!(calls.server.headers(0).get("x-key").is_none());
    let grant = OAUTH2
        .client_credentials("id", "s")
        .token_url("https://other.io/token");
    let calls = run(token(), grant);
    calls.call().await.unwrap();
    assert_eq!(calls.server.url(0), "https://other.io/token");
    // What is given is never filled in.
    let grant = OAUTH2
        .client_credentials("id", "s")
        .token_url("https://other.io/{{login}}");
    assert!(run(token(), grant).error().await.is_token());
    let grant = OAuth2::new("{{nobody}}/token").client_credentials("id", "s");
    let calls = run(token(), grant);
    assert!(calls.error().await.to_string().contains("nobody"));
    assert!(calls.server.forms().is_empty());
}

#[tokio::test]
async fn a_device_waits_for_its_user() {
    const DEVICE: OAuth2 = OAuth2::new(TOKEN_URL).device_url("https://login.io/device");
    let code = r#"{"device_code": "dc", "user_code": "AB-CD", "verification_uri": "https://login.io/go", "interval": 3}"#;
    let server = Server::default()
        .then(200, code)
        .then(400, r#"{"error": "authorization_pending"}"#)
        .then(400, r#"{"error": "slow_down"}"#)
        .gives(r#""access_token": "t1", "refresh_token": "r1""#);
    let shown: Arc<Mutex<String>> = Arc::default();
    let grant = {
        let shown = Arc::clone(&shown);
        DEVICE.device("id", move |device| {
            *shown.lock().unwrap() = format!("{} {}", device.verification_uri(), device.user_code());
        })
    };
    let calls = run(server, grant);
    calls.call().await.unwrap();
    assert_eq!(*shown.lock().unwrap(), "https://login.io/go AB-CD");
    let waits: Vec<u64> = calls
        .clock
        .0
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_secs)
        .collect();
    assert_eq!(waits, [3, 3, 8]);
    assert!(calls.server.forms()[1].ends_with("device_code&device_code=dc&client_id=id"));
    let server = Server::default()
        .then(200, code)
        .then(400, r#"{"error": "access_denied"}"#);
    let calls = run(server, DEVICE.device("id", |_| {}));
    for _ in 0..2 {
        assert!(calls.error().await.to_string().contains("access_denied"));
    }
    assert_eq!(calls.server.forms().len(), 2);
}

#[cfg(feature = "oauth2-login")]
#[tokio::test]
async fn a_person_logs_in_with_a_code() {
    const LOGIN: OAuth2 = OAUTH2.auth_url("https://login.io/authorize?tenant=1");
    let login = LOGIN.log_in("i d", "http://127.0.0.1:8976/cb");
    let url = login.url().unwrap();
    let start = "https://login.io/authorize?tenant=1&response_type=code&client_id=i%20d\
                 &redirect_uri=http%3A%2F%2F127.0.0.1%3A8976%2Fcb&state=";
    assert!(url.starts_with(start), "{url}");
    assert!(url.contains("&code_challenge_method=S256&scope=read%20write"));
    let entry = |url: &str, name: &str| {
        let rest = url.split(&format!("&{name}=")).nth(1).unwrap();
        rest.split('&').next().unwrap().to_owned()
    };
    assert_ne!(
        url,
        LOGIN.log_in("i d", "http://127.0.0.1:8976/cb").url().unwrap()
    );
    let (state, challenge) = (entry(&url, "state"), entry(&url, "code_challenge"));
    assert!(!format!("{login:?}").contains(&state));
    let server = Server::default()
        .gives(r#""access_token": "t1", "refresh_token": "r1", "expires_in": 60"#)
        .gives(r#""access_token": "t2""#);
    let came = format!("/cb?code=c%2B1&state={state}");
    let calls = run(server, login.finish(&came).unwrap());
    calls.call().await.unwrap();
    calls.clock.passes(61);
    calls.call().await.unwrap();
    let form = &calls.server.forms()[0];
    assert!(
        form.starts_with("grant_type=authorization_code&code=c%2B1&redirect_uri=http"),
        "{form}"
    );
    assert_eq!(challenge.len(), 43);
    assert_eq!(entry(form, "code_verifier").len(), 64);
    assert_eq!(
        calls.server.forms()[1],
        "grant_type=refresh_token&refresh_token=r1&client_id=i%20d"
    );
    for (query, why) in [
        ("code=c&state=other".to_owned(), "state"),
        ("code=c".to_owned(), "state"),
    ] {
        let error = LOGIN.log_in("id", "x").finish(&query).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let login = LOGIN.log_in("id", "x");
    let state = entry(&login.url().unwrap(), "state");
    let error = login
        .finish(&format!("error=access_denied&state={state}"))
        .unwrap_err();
    assert!(error.to_string().contains("access_denied"));
    assert!(
        OAUTH2
            .log_in("id", "x")
            .url()
            .unwrap_err()
            .to_string()
            .contains("auth_url")
    );
}

#[cfg(feature = "jwt")]
#[tokio::test]
async fn an_assertion_is_signed_for_each_request() {
    let server = Server::default()
        .gives(r#""access_token": "t1", "expires_in": 60"#)
        .gives(r#""access_token": "t2""#);
    let claims = letterpress_runtime::json!({"iss": "me", "sub": "me"});
    let calls = run(server, OAUTH2.jwt_bearer("HS256", "key", claims));
    calls.call().await.unwrap();
    calls.clock.passes(61);
    calls.call().await.unwrap();
    let forms = calls.server.forms();
    let start = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=ey";
    assert!(forms.iter().all(|form| form.starts_with(start)), "{forms:?}");
    assert_ne!(forms[0], forms[1]);
    let payload = forms[0].split('.').nth(1).unwrap().to_owned();
    let payload = base64_decoded(&payload);
    assert_eq!(
        payload,
        r#"{"iss":"me","sub":"me","iat":1700000000,"exp":1700000300,"aud":"https://login.io/token"}"#
    );
}

#[cfg(feature = "jwt")]
fn base64_decoded(text: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}
