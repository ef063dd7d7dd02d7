//! `letterpress serve` as any client meets it: answers, a log, errors that were asked for, and an end without loss.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use letterpress_tests::inputs;

/// Asks once, on a connection of its own.
fn ask(address: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Starts the server with these arguments, on the example's collection.
fn start(arguments: &[&str]) -> Child {
    let collection = inputs::workspace().join("collections/zoom.postman_collection.json");
    let mut run = Command::new(env!("CARGO"));
    run.args(["run", "--quiet", "--package", "letterpress", "--features", "cli"]);
    run.args(["--bin", "letterpress", "--", "serve"])
        .args(arguments)
        .arg(collection);
    run.current_dir(inputs::workspace())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn who_else_is_answered_is_said() {
    let mut server = start(&["--address", "0.0.0.0:0"]);
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains(" at http://0.0.0.0:"), "{first}");
    let second = lines.next().unwrap().unwrap();
    assert!(
        second.starts_with("whoever reaches this machine is answered"),
        "{second}"
    );
    let killed = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    assert!(server.wait().unwrap().success());
}

#[test]
fn serves_until_it_is_told_to_stop() {
    let mut server = start(&[
        "--address",
        "127.0.0.1:0",
        "--error-every",
        "2",
        "--error-status",
        "500",
    ]);
    let mut lines = BufReader::new(server.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);

    let first = lines.next().unwrap();
    let address = first.split("http://").nth(1).unwrap().split(';').next().unwrap();
    assert!(first.starts_with("serving 2 saved responses at "), "{first}");
    let answer = ask(address, "/v2/users/me/token?type=zak");
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\"token\": \"string\""),
        "{answer}"
    );
    assert!(ask(address, "/v2/users/me/token").starts_with("HTTP/1.1 500 "));
    let unmatched = ask(address, "/v2/users/me");
    assert!(
        unmatched.starts_with("HTTP/1.1 404 ") && unmatched.contains("the nearest is GET"),
        "{unmatched}"
    );

    let killed = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let rest: Vec<String> = lines.collect();
    assert!(
        rest[0].starts_with("GET /v2/users/me/token?type=zak -> 200 (Get a user token) in "),
        "{rest:?}"
    );
    assert!(
        rest[1].starts_with("GET /v2/users/me/token -> 500 (injected error) in "),
        "{rest:?}"
    );
    assert_eq!(rest.last().unwrap(), "stopped");
    assert!(server.wait().unwrap().success());
}
