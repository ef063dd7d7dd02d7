//! Any collection, made of bytes as choices: pressed into Rust, with a function per request.

#![no_main]

#[allow(dead_code)]
#[path = "../../src/arbitrary.rs"]
mod arbitrary;
#[path = "../../src/count.rs"]
mod count;
mod shared;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = arbitrary::collection(bytes);
    match shared::press(text.as_bytes()) {
        Ok(functions) => assert_eq!(Some(functions), count::requests(&text)),
        Err(reason) => assert_eq!(count::requests(&text), Some(0), "{reason}"),
    }
});
