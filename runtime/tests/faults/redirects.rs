//! Where calls are sent on, and what they take along: secrets never, wherever they stand.

use crate::calls::{
    API, AsAuthorsWant, Basic, Bearer, Cookie, Delete, Fast, Form, Get, Guid, KeyInHeader, KeyInQuery, Own,
    Plain, Post, SecretBody, SecretSetting, Setter, SignedUpload, Stays, Upload, builder, client, send,
};
use crate::server::{Server, Step, answer};
use letterpress_runtime::transport::Reqwest;
use letterpress_runtime::{
    AnyError, Body, Call, Client, ClientBuilder, Credential, FilePart, Operation, Unexpected, WasSent,
};
use std::collections::HashSet;

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

fn moved(status: u16, location: &str) -> Step {
    answer(format!(
        "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 4\r\n\r\ngone"
    ))
}

/// Which transport.
#[derive(Clone, Copy, Debug)]
enum Over {
    Pool,
    #[cfg(feature = "exact")]
    Exact,
}

const BOTH: &[Over] = &[
    Over::Pool,
    #[cfg(feature = "exact")]
    Over::Exact,
];

/// A client with a credential of every kind.
fn keyed(url: &str, over: Over) -> Client {
    let client = match over {
        Over::Pool => builder(url),
        #[cfg(feature = "exact")]
        Over::Exact => builder(url).transport(letterpress_runtime::transport::Exact::new()),
    };
    client
        .credential(Credential::bearer("s3cr3t-bearer"))
        .credential(Credential::basic("ann", "s3cr3t"))
        .credential(Credential::api_key("s3cr3t-key"))
        .build()
        .unwrap()
}

/// `ann:s3cr3t` in base64 begins so; so does every other secret here.
fn tells(request: &str) -> bool {
    request.contains("s3cr3t") || request.contains("YW5uOnMzY3Iz")
}

async fn ok<O: Operation<Output = Body, Error = Unexpected>>(
    client: &Client,
    call: impl Fn(Call<O>) -> Call<O>,
) {
    let answer = call(Call::<O>::saved(client)).send().await.unwrap();
    assert_eq!(answer.bytes().as_ref(), b"ok");
}

/// A call whose secret goes to the same origin, and to no other port, host or back from there.
async fn keeps_its_secret<O: Operation<Output = Body, Error = Unexpected>>(
    call: impl Fn(Call<O>) -> Call<O>,
) {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start(vec![answer(OK)]).await;
        let home = Server::start(vec![moved(status, "/home"), answer(OK)]).await;
        ok(&keyed(&home.url(), Over::Pool), &call).await;
        let asked = home.asked();
        assert_eq!(asked.len(), 2);
        assert!(asked.iter().all(|request| tells(request)), "{asked:?}");
        assert!(asked[1].starts_with("GET /home"), "{asked:?}");

        for to in [
            format!("{}/x", other.url()),
            format!("http://localhost:{}/x?y", other.port),
        ] {
            for &over in BOTH {
                let home = Server::start(vec![moved(status, &to)]).await;
                ok(&keyed(&home.url(), over), &call).await;
                let (asked, told) = (home.asked(), other.asked());
                assert!(tells(&asked[0]), "{asked:?}");
                assert!(!told.iter().any(|request| tells(request)), "{told:?}");
            }
        }
    }
    // What left once does not come back: the way home is the other's choice.
    let home = Server::start(vec![answer(OK)]).await;
    let other = Server::start(vec![moved(302, &format!("{}/delete-all", home.url()))]).await;
    let first = Server::start(vec![moved(302, &other.url())]).await;
    ok(&keyed(&first.url(), Over::Pool), &call).await;
    assert!(!tells(&home.asked()[0]), "{:?}", home.asked());
}

#[tokio::test]
async fn secrets_of_every_kind_stay_at_home() {
    keeps_its_secret::<Bearer>(|call| call).await;
    keeps_its_secret::<Basic>(|call| call).await;
    keeps_its_secret::<KeyInHeader>(|call| call).await;
    keeps_its_secret::<KeyInQuery>(|call| call).await;
    keeps_its_secret::<Cookie>(|call| call).await;
    keeps_its_secret::<SecretSetting>(|call| call).await;
    // A name that promises nothing, set for one call.
    keeps_its_secret::<Setter>(|call| call.set_header(0, "s3cr3t")).await;
    keeps_its_secret::<Get>(|call| call.add_header("X-Anything", "s3cr3t")).await;
}

#[tokio::test]
async fn headers_of_the_client_stay_at_home() {
    let other = Server::start(vec![answer(OK)]).await;
    let home = Server::start(vec![moved(302, &other.url())]).await;
    let client = builder(&home.url())
        .header("X-Anything", "s3cr3t")
        .header("Accept-Language", "de");
    let client = client.build().unwrap();
    send::<Plain>(&client).await.unwrap();
    let (asked, told) = (home.asked()[0].to_lowercase(), other.asked()[0].to_lowercase());
    assert!(tells(&asked), "{asked}");
    assert!(!told.contains("x-anything") && !tells(&told), "{told}");
    // What the collection says to everybody, and what HTTP knows to be harmless, is sent.
    for line in [
        "x-version: 2",
        "accept: text/plain",
        "accept-language: de",
        "user-agent: letterpress",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert!(
        told.contains(&format!("host: 127.0.0.1:{}", other.port)),
        "{told}"
    );
    assert!(told.contains(&format!("referer: {}/\r\n", home.url())), "{told}");
}

#[tokio::test]
async fn methods_and_bodies_go_as_in_browsers() {
    for (status, line, has_body) in [
        (301, "GET /home", false),
        (302, "GET /home", false),
        (303, "GET /home", false),
        (307, "POST /home", true),
        (308, "POST /home", true),
    ] {
        for &over in BOTH {
            let home = Server::start(vec![moved(status, "/home"), answer(OK)]).await;
            send::<Post>(&keyed(&home.url(), over)).await.unwrap();
            let last = home.asked()[1].clone();
            assert!(last.starts_with(line), "{last}");
            assert_eq!(last.ends_with("{\"name\":\"Ann\"}"), has_body, "{last}");
            assert_eq!(last.to_lowercase().contains("content-type"), has_body, "{last}");
            // A body without a secret may go elsewhere.
            let other = Server::start(vec![answer(OK)]).await;
            let home = Server::start(vec![moved(status, &format!("{}/home", other.url()))]).await;
            send::<Post>(&keyed(&home.url(), over)).await.unwrap();
            assert_eq!(other.asked()[0].ends_with("{\"name\":\"Ann\"}"), has_body);
        }
    }
    let home = Server::start(vec![moved(302, "/home"), answer(OK)]).await;
    send::<Delete>(&client(&home.url())).await.unwrap();
    assert!(home.asked()[1].starts_with("DELETE /home"), "{:?}", home.asked());
}

#[track_caller]
fn stopped(error: &AnyError, status: u16, why: &str) {
    let text = error.to_string();
    assert!(
        error.is_redirect() && !error.is_api() && !error.is_transport(),
        "{text}"
    );
    assert_eq!(error.was_sent(), WasSent::Answered, "{text}");
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(status),
        "{text}"
    );
    assert!(text.contains(why) && !tells(&text), "{text}");
}

#[tokio::test]
async fn what_nobody_may_follow_is_an_error() {
    // A secret in a body, or in the address that the server makes of it, and a body that is gone.
    for &over in BOTH {
        let other = Server::start(vec![answer(OK)]).await;
        let home = Server::start(vec![moved(307, &other.url())]).await;
        let client = &keyed(&home.url(), over);
        stopped(&send::<SecretBody>(client).await.unwrap_err(), 307, "in the body");
        let given = Call::<Post>::new(client).text(r#"{"password":"hunter2"}"#);
        stopped(
            &AnyError::from(given.send().await.unwrap_err()),
            307,
            "in the body",
        );

        let home = Server::start(vec![moved(307, &other.url())]).await;
        let client = &keyed(&home.url(), over);
        let file = FilePart::bytes(b"key = s3cr3t-key".to_vec());
        let error = Call::<SignedUpload>::new(client)
            .file(file)
            .send()
            .await
            .unwrap_err();
        stopped(&error.into(), 307, "in the body");

        let home = Server::start(vec![moved(302, &format!("{}/?who=s3cr3t-key", other.url()))]).await;
        let client = &keyed(&home.url(), over);
        stopped(&send::<KeyInQuery>(client).await.unwrap_err(), 302, "in the URL");

        let home = Server::start(vec![moved(307, "/home"), answer(OK)]).await;
        let client = &keyed(&home.url(), over);
        let file = FilePart::reader(std::io::Cursor::new(b"once".to_vec()));
        let error = Call::<Upload>::new(client).file(file).send().await.unwrap_err();
        stopped(&error.into(), 307, "a stream");
        assert_eq!(home.asked().len(), 1);
        assert!(other.asked().is_empty(), "{:?}", other.asked());
    }
    let home = Server::start(vec![moved(302, "ftp://127.0.0.1/x")]).await;
    stopped(
        &send::<Get>(&client(&home.url())).await.unwrap_err(),
        302,
        "`ftp`",
    );
}

#[tokio::test]
async fn loops_end() {
    let home = Server::start(vec![moved(302, "/again")]).await;
    stopped(
        &send::<Get>(&client(&home.url())).await.unwrap_err(),
        302,
        "more than 10",
    );
    assert_eq!(home.asked().len(), 11);
    let few = builder(&home.url()).max_redirects(2).build().unwrap();
    stopped(&send::<Post>(&few).await.unwrap_err(), 302, "more than 2");
    assert_eq!(home.asked().len(), 14);
    // A call may say otherwise.
    let error = Call::<Own>::saved(&few)
        .max_redirects(1)
        .0
        .send()
        .await
        .unwrap_err();
    stopped(&error.into(), 302, "more than 1");
}

#[tokio::test]
async fn a_redirect_can_be_the_answer() {
    let home = Server::start(vec![moved(302, "/home")]).await;
    let none = builder(&home.url()).max_redirects(0).build().unwrap();
    for error in [
        send::<Stays>(&client(&home.url())).await.unwrap_err(),
        send::<Get>(&none).await.unwrap_err(),
        Call::<Own>::saved(&client(&home.url()))
            .max_redirects(0)
            .0
            .send()
            .await
            .unwrap_err()
            .into(),
    ] {
        assert!(error.is_api() && !error.is_redirect(), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
        assert_eq!(error.body().unwrap().as_ref(), b"gone");
    }
    // What leads nowhere is one always.
    for text in [
        "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nLocation: /x\r\n\r\n",
    ] {
        let home = Server::start(vec![answer(text)]).await;
        assert!(send::<Get>(&client(&home.url())).await.unwrap_err().is_api());
        assert_eq!(home.asked().len(), 1);
    }
}

#[tokio::test]
async fn authors_have_their_way() {
    let other = Server::start(vec![answer(OK)]).await;
    let home = Server::start(vec![moved(302, &other.url())]).await;
    send::<AsAuthorsWant>(&keyed(&home.url(), Over::Pool))
        .await
        .unwrap();
    let told = other.asked()[0].to_lowercase();
    // The method, `Authorization` and the body, no other credential, and no word of where it came from.
    assert!(told.starts_with("post / "), "{told}");
    assert!(told.contains("authorization: bearer s3cr3t-bearer\r\n"), "{told}");
    assert!(
        !told.contains("s3cr3t-too") && !told.contains("referer"),
        "{told}"
    );
    assert!(told.ends_with("{\"name\":\"ann\"}"), "{told}");
    let home = Server::start(vec![moved(302, "/again")]).await;
    stopped(
        &send::<AsAuthorsWant>(&keyed(&home.url(), Over::Pool))
            .await
            .unwrap_err(),
        302,
        "more than 2",
    );
}

#[tokio::test]
async fn what_is_made_up_is_made_up_once() {
    let home = Server::start(vec![moved(302, "/home"), answer(OK)]).await;
    send::<Guid>(&client(&home.url())).await.unwrap();
    let lines = |request: &str| -> Vec<String> {
        let lines = request.lines().map(str::to_lowercase);
        lines.filter(|line| line.starts_with("x-")).collect()
    };
    let asked = home.asked();
    assert_eq!(lines(&asked[0]), lines(&asked[1]));
    let ids: HashSet<_> = lines(&asked[0])
        .iter()
        .map(|line| line.split(' ').next_back().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 2, "each place has its own: {asked:?}");
}

#[tokio::test]
async fn a_body_that_is_sent_again_is_the_same() {
    let home = Server::start(vec![moved(307, "/home"), answer(OK)]).await;
    send::<Form>(&client(&home.url())).await.unwrap();
    let bodies = home.asked();
    let bodies: Vec<_> = bodies
        .iter()
        .map(|asked| asked.split_once("\r\n\r\n").unwrap().1)
        .collect();
    assert!(bodies[0].contains("name=\"id\""), "{bodies:?}");
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
#[cfg(feature = "digest")]
async fn a_challenge_is_answered_by_the_same_call_with_a_new_signature() {
    let who = "HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm=\"r\", qop=\"auth\", nonce=\"n\"\r\nContent-Length: 0\r\n\r\n";
    let home = Server::start(vec![answer(who), moved(302, "/home"), answer(who), answer(OK)]).await;
    let client = builder(&home.url())
        .credential(Credential::digest("ann", "s3cr3t"))
        .build()
        .unwrap();
    send::<crate::calls::Digested>(&client).await.unwrap();
    let asked = home.asked();
    let line = |name: &str| -> Vec<Option<String>> {
        let line = |request: &String| {
            let mut lines = request.lines().map(str::to_owned);
            lines.find(|line| line.to_lowercase().starts_with(name))
        };
        asked.iter().map(line).collect()
    };
    let ids: HashSet<_> = line("x-request-id: ").into_iter().collect();
    assert_eq!((asked.len(), ids.len()), (4, 1), "{asked:?}");
    // Each address is asked without a proof, and then with its own.
    let proofs = line("authorization: ");
    assert!(
        proofs[0].is_none() && proofs[2].is_none() && proofs[1].is_some(),
        "{proofs:?}"
    );
    assert!(
        proofs[3].as_ref().unwrap().contains("uri=\"/home\""),
        "{proofs:?}"
    );
}

#[tokio::test]
#[cfg(feature = "replay")]
async fn saved_redirects_are_followed() {
    let replay = letterpress_runtime::replay::Replay::from_json(
        r#"{"examples": [
            {"item": "a", "name": "a", "method": "GET", "url": "http://h/things/7", "status": 302, "headers": [["Location", "/home"]], "body": ""},
            {"item": "b", "name": "b", "method": "GET", "url": "http://h/home", "status": 200, "body": "ok"}
        ]}"#,
    );
    let client = builder("http://h").transport(replay.unwrap()).build().unwrap();
    assert_eq!(send::<Get>(&client).await.unwrap().bytes().as_ref(), b"ok");
    let error = Call::<Own>::saved(&client)
        .max_redirects(0)
        .0
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
}

#[tokio::test]
async fn errors_tell_where_it_went_wrong() {
    let other = Server::start(vec![answer("HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n")]).await;
    let home = Server::start(vec![moved(302, &format!("{}/there", other.url()))]).await;
    let error = send::<Bearer>(&keyed(&home.url(), Over::Pool))
        .await
        .unwrap_err()
        .to_string();
    let (from, to) = (home.url(), other.url());
    let says = format!(
        "401 Unauthorized from GET {to}/there (redirected from {from}, where its credentials stayed)"
    );
    assert!(error.starts_with(&says), "{error}");
    // The first answer may mean that all was done; nobody may send it again on the word of the second.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/x", gone.local_addr().unwrap());
    drop(gone);
    let home = Server::start(vec![moved(303, &url)]).await;
    let error = send::<Post>(&client(&home.url())).await.unwrap_err();
    assert!(
        error.is_connect() && error.was_sent() == WasSent::Maybe,
        "{error}"
    );
}

#[tokio::test]
async fn a_client_of_ones_own_follows_by_itself_or_not_at_all() {
    let home = Server::start(vec![moved(302, "/home"), answer(OK)]).await;
    #[cfg(feature = "rustls")]
    rustls::crypto::ring::default_provider()
        .install_default()
        .unwrap();
    let none = letterpress_runtime::reqwest::Client::builder()
        .redirect(letterpress_runtime::reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let own = builder(&home.url()).reqwest(none).build().unwrap();
    assert!(send::<Get>(&own).await.unwrap_err().is_api());
    assert_eq!(home.asked().len(), 1);
    // A transport around ours is followed for.
    let home = Server::start(vec![moved(302, "/home"), answer(OK)]).await;
    let ours = ClientBuilder::new(API)
        .variable("baseUrl", home.url())
        .clock(Fast);
    let ours = ours
        .transport(std::sync::Arc::new(Reqwest::new().unwrap()))
        .build()
        .unwrap();
    send::<Get>(&ours).await.unwrap();
    assert_eq!(home.asked().len(), 2);
}
