//! Any collection, made of bytes as choices: pressed into Rust, with a function per request.

#![no_main]

use letterpress_tests::{arbitrary, count, press};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = arbitrary::collection(bytes);
    match press::press_text("fuzz.json", &text) {
        Ok(pressed) => {
            pressed.must_parse().expect("the output is Rust");
            assert_eq!(Some(pressed.functions()), count::requests(&text));
        }
        Err(reason) => assert_eq!(count::requests(&text), Some(0), "{reason}"),
    }
});
