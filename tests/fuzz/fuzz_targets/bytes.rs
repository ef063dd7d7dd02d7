//! Any bytes, as the text of a file: pressed into Rust, or refused.

#![no_main]

use letterpress_tests::press;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pressed) = press::press_bytes("fuzz.json", bytes) {
        pressed.must_parse().expect("the output is Rust");
    }
});
