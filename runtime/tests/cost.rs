//! What a bare call costs: allocations of one call over a transport in memory. A caller who sets no timeout, no limit
//! and no redirect of their own pays nothing for there being some.

use letterpress_runtime::transport::{Payload, Sent, Transport};
use letterpress_runtime::{
    Answer, Api, AuthKind, Body, Call, ClientBuilder, Credential, Decoded, Entry, Operation, Spec,
    Unexpected, http,
};
use std::future::ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Always;

impl Transport for Always {
    fn send(&self, _: http::Request<Payload>) -> Sent<'_> {
        Box::pin(ready(Ok(http::Response::new(Payload::bytes(r#"{"id":7}"#)))))
    }
}

struct Get;

impl Operation for Get {
    type Output = Body;
    type Error = Unexpected;
    const SPEC: Spec = Spec::new("GET", "{{baseUrl}}/users/:id")
        .path(&[("id", None)])
        .headers(&[Entry::always("Accept", "application/json")])
        .auth(AuthKind::Bearer, &[("token", "{{token}}")]);

    fn output(answer: Answer) -> Decoded<Body> {
        answer.body()
    }

    fn error(answer: Answer) -> Decoded<Unexpected> {
        answer.body()
    }
}

const API: Api = Api::new("api").variables(&[("baseUrl", Some("https://api.example.com")), ("token", None)]);

/// The allocations of a call, which were 93 before there were limits; the toolchain's own may differ by a few.
const MOST: u64 = 70;

#[test]
fn a_bare_call_allocates_no_more_than_it_did() {
    let client = ClientBuilder::new(API)
        .credential(Credential::bearer("s3cr3t"))
        .transport(Always)
        .build()
        .unwrap();
    let call = || {
        let call = Call::<Get>::new(&client).path(0, "7");
        let mut sending = pin!(call.send());
        let mut cx = Context::from_waker(Waker::noop());
        let Poll::Ready(answer) = sending.as_mut().poll(&mut cx) else {
            unreachable!("it is answered at once");
        };
        assert_eq!(answer.unwrap().bytes().len(), 8);
    };
    // What is made once is made by now.
    call();
    let cost = allocation_counter::measure(call);
    assert!(cost.count_total <= MOST, "{cost:?}");
}
