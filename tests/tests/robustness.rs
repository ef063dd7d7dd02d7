//! Nothing that is read can panic the generator, and whatever it writes is Rust.
//!
//! No test here asserts a time: that it ends is the claim. Full sizes and figures: the binary `hostile`.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use letterpress_tests::{arbitrary, count, hostile, inputs, press};
use proptest::prelude::*;

/// A fraction of the full size, so that a debug build takes seconds.
const FRACTION: usize = 50;

#[test]
fn hostile_inputs_end() {
    for case in hostile::CASES {
        let text = (case.make)((case.full / FRACTION).max(20));
        if let Ok(pressed) = press::press_text("hostile.json", &text) {
            pressed
                .must_parse()
                .unwrap_or_else(|error| panic!("{}: {error}", case.name));
        }
    }
}

#[test]
fn every_prefix_of_a_collection_ends() {
    let text = std::fs::read_to_string(inputs::fixtures().join("names/keywords.json")).unwrap();
    for end in (0..text.len()).step_by(97) {
        if let Some(prefix) = text.get(..end) {
            assert!(press::press_text("prefix.json", prefix).is_err(), "{end} bytes");
        }
    }
}

/// Puts every odd value in the place of every value of the fixtures, one at a time.
#[test]
fn every_value_can_be_of_another_kind() {
    let odd = [
        "null",
        "0",
        "-1.5",
        "true",
        "\"\"",
        "\"{{x}}\"",
        "[]",
        "{}",
        "[null]",
        "{\"a\":[{}]}",
    ];
    for fixture in [
        "format/v2_1.json",
        "format/v1.json",
        "body/formdata.json",
        "auth/aws_v4.json",
        "url/parts.json",
    ] {
        let text = std::fs::read_to_string(inputs::fixtures().join(fixture)).unwrap();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (index, pointer) in pointers(&document, String::new()).into_iter().enumerate() {
            // Two of the odd values each, others at the next place: all of them everywhere would take minutes.
            for value in odd.iter().cycle().skip(index * 2).take(2) {
                let mut changed = document.clone();
                *changed.pointer_mut(&pointer).unwrap() = serde_json::from_str(value).unwrap();
                if let Ok(pressed) = press::press_text("odd.json", &changed.to_string()) {
                    let parsed = pressed.must_parse();
                    assert!(parsed.is_ok(), "{fixture} with {value} at {pointer}: {parsed:?}");
                }
            }
        }
    }
}

fn pointers(value: &serde_json::Value, at: String) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        serde_json::Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                found.extend(pointers(value, format!("{at}/{index}")));
            }
        }
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                found.extend(pointers(value, format!("{at}/{key}")));
            }
        }
        _ => {}
    }
    if !at.is_empty() {
        found.push(at);
    }
    found
}

/// Shrinks by its bytes, and is shown as what they make.
fn arbitrary_collection() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u8>(), 0..1500).prop_map(|bytes| arbitrary::collection(&bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any collection is pressed into Rust, with a function per request.
    #[test]
    fn any_collection_is_pressed(text in arbitrary_collection()) {
        match press::press_text("arbitrary.json", &text) {
            Ok(pressed) => {
                pressed.must_parse().map_err(TestCaseError::fail)?;
                prop_assert_eq!(Some(pressed.functions()), count::requests(&text));
            }
            Err(reason) => prop_assert_eq!(count::requests(&text), Some(0), "{}", reason),
        }
    }

    /// Any bytes at all are an answer or a clear refusal.
    #[test]
    fn any_bytes_are_refused_or_pressed(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = press::press_bytes("bytes.json", &bytes);
    }
}
