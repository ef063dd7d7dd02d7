//! Calls from code that is not asynchronous, through the default transport.

#![expect(clippy::unwrap_used, reason = "a test")]

use letterpress_runtime::{
    Answer, Api, Call, Client, ClientBuilder, Decoded, Operation, Spec, Unexpected, Value,
};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

struct Get;

impl Operation for Get {
    type Output = Value;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "{{base}}/x").name("Get");

    fn output(answer: Answer) -> Decoded<Value> {
        answer.json()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// Answers requests on one connection after the other.
fn client() -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            thread::spawn(move || {
                let mut buffer = [0; 4096];
                while socket.read(&mut buffer).is_ok_and(|read| read > 0) {
                    socket
                        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue")
                        .unwrap();
                }
            });
        }
    });
    ClientBuilder::new(Api::new("Test").variables(&[("base", None)]))
        .variable("base", base)
        .build()
        .unwrap()
}

#[test]
fn calls_are_sent_one_after_the_other_and_from_many_threads() {
    let client = client();
    for _ in 0..3 {
        assert_eq!(
            Call::<Get>::new(&client).send_blocking().unwrap().into_inner(),
            Value::Bool(true)
        );
    }
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || Call::<Get>::new(&client).send_blocking().is_ok())
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
}

#[tokio::test]
async fn asynchronous_code_is_not_blocked() {
    let client = client();
    let error = Call::<Get>::new(&client).send_blocking().unwrap_err();
    assert!(error.is_build(), "{error:?}");
    assert!(Call::<Get>::new(&client).send().await.is_ok());
    drop(client);
}
