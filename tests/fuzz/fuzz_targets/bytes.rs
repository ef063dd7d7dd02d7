//! Any bytes, as the text of a file: pressed into Rust, or refused.

#![no_main]

mod shared;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = shared::press(bytes);
});
