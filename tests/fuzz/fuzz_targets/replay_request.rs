//! Any bytes, as what a client sends to the replay server: a request, the wish for more, or a refusal.

#![no_main]

use letterpress_runtime::replay::Limits;
use letterpress_runtime::replay::parsing::parse;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let read = parse(bytes, &limits);
    if let Ok(Some((head, body, length))) = read {
        // What is read does not depend on what came behind it, nor on how it arrived.
        let request = &bytes[..length];
        assert_eq!(parse(request, &limits), Ok(Some((head, body, length))));
        assert_eq!(parse(&request[..length - 1], &limits), Ok(None));
    }
});
