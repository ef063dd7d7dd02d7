//! Any answer is read, by types of every kind: nothing panics; what fits is what a strict client takes, and the other way round; and
//! what was read is read again as it was written.

#![no_main]

use letterpress_runtime::codegen::Decode;
use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, Call, ClientBuilder, Decoded, Number, Operation, Spec, Unexpected, Value, open_enum,
    received, sent, sent_union, union,
};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Thing {
    a: Option<i64>,
    b: Option<f64>,
    c: Option<String>,
    d: Vec<Thing>,
    e: Option<BTreeMap<String, Thing>>,
    f: Option<Box<Either>>,
    g: Vec<Event>,
    h: Option<bool>,
    i: Option<Kind>,
    j: Option<Value>,
    k: Option<Strict>,
    l: Vec<Option<u64>>,
    m: Option<Number>,
}

received!(Thing {
    0 a "a", 1 b "b", 2 c "c", 3 list(d) "d", 4 e "e", 5 f "f", 6 list(g) "g", 7 h "h", 8 i "i", 9 j "j", 10 k "k",
    11 list(l) "l", 12 m "m",
});
sent!(Thing {
    0 a "a", 1 b "b", 2 c "c", 3 list(d) "d", 4 e "e", 5 f "f", 6 list(g) "g", 7 h "h", 8 i "i", 9 j "j", 10 k "k",
    11 list(l) "l", 12 m "m",
});

open_enum! {
    enum Kind {
        Small = "small",
        Large = "large",
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Strict {
    a: i64,
    b: String,
    c: Option<bool>,
}

received!(Strict requires ["a", "b"] { 0 required(a) "a", 1 required(b) "b", 2 c "c" });
sent!(Strict { 0 required(a) "a", 1 required(b) "b", 2 c "c" });

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Number(i64),
    Text(String),
    List(Vec<Either>),
    Object(Thing),
    Other(Value),
}

union!(Either { Number(i64) Number, Text(String) Text, List(Vec<Either>) List, Object(Thing) Object });
sent_union!(Either {
    Number,
    Text,
    List,
    Object
});

#[derive(Clone, Debug, PartialEq)]
enum Event {
    A(Thing),
    B(Strict),
    Other(Value),
}

union!(Event by "c" { A(Thing) Object tagged ["a"], B(Strict) Object requires ["a", "b"] });
sent_union!(Event { A, B });

struct Canned(Vec<u8>);

impl Transport for Canned {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        Box::pin(ready(Ok(http::Response::new(Payload::bytes(self.0.clone())))))
    }
}

struct Get<T>(std::marker::PhantomData<fn() -> T>);

impl<T: Decode + 'static> Operation for Get<T> {
    type Output = T;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "http://h/things");

    fn output(answer: Answer) -> Decoded<T> {
        answer.json()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body().map(Unexpected)
    }
}

/// The value, and how much of it did not fit.
fn read<T: Decode + 'static>(body: &[u8], strict: bool) -> Option<(T, usize)> {
    let client = ClientBuilder::new(Api::new("Fuzz"))
        .transport(Canned(body.to_vec()))
        .strict(strict);
    let client = client.on_drift(|_| {}).build().expect("nothing is missing");
    let call = pin!(Call::<Get<T>>::new(&client).send());
    match call.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.ok().map(|answer| {
            let drift = answer.drift().len();
            (answer.into_inner(), drift)
        }),
        Poll::Pending => panic!("a canned answer is not waited for"),
    }
}

fn check<T: Decode + PartialEq + serde::Serialize + 'static>(body: &[u8]) {
    let tolerant = read::<T>(body, false);
    let strict = read::<T>(body, true);
    match (tolerant, strict) {
        (Some((value, 0)), Some((same, 0))) => {
            assert!(value == same);
            let written = serde_json::to_vec(&value).expect("what was read can be written");
            let (again, drift) = read::<T>(&written, true).expect("what was written can be read");
            assert!(again == value && drift == 0);
        }
        (Some((_, 1..)) | None, None) => {}
        _ => panic!("a strict client takes what fits, and nothing else"),
    }
}

fuzz_target!(|body: &[u8]| {
    check::<Thing>(body);
    check::<Vec<Either>>(body);
});
