//! Decodes a list of 1 MB with `received!` types and with the same types derived by `serde`, in one run, and prints the
//! best of many times of each: `cargo bench -p letterpress-runtime --bench decode`.

use letterpress_runtime::codegen::Decode;
use letterpress_runtime::{Value, received};
use serde::Deserialize;
use std::hint::black_box;
use std::time::Instant;

/// The same two structs, with or without a derive.
macro_rules! structs {
    ($item:ident, $owner:ident $(, $derive:ident)?) => {
        #[allow(dead_code, reason = "only read by the decoders")]
        #[derive(Default $(, $derive)?)]
        struct $item {
            id: Option<i64>,
            name: Option<String>,
            ok: Option<bool>,
            price: Option<f64>,
            tags: Vec<String>,
            next: Option<String>,
            created_at: Option<String>,
            owner: Option<$owner>,
        }

        #[allow(dead_code, reason = "only read by the decoders")]
        #[derive(Default $(, $derive)?)]
        struct $owner {
            id: Option<i64>,
            email: Option<String>,
            city: Option<String>,
            zip: Option<i64>,
        }
    };
}

structs!(Item, Owner);
structs!(DerivedItem, DerivedOwner, Deserialize);

received!(Item {
    0 id "id", 1 name "name", 2 ok "ok", 3 price "price", 4 list(tags) "tags", 5 next "next",
    6 created_at "created_at", 7 owner "owner",
});
received!(Owner { 0 id "id", 1 email "email", 2 city "city", 3 zip "zip" });

const ITEM: &str = r#"{"id":123456,"name":"A name of some length","ok":true,"price":12.75,"tags":["one","two","three"],
"next":null,"created_at":"2024-01-01T00:00:00Z","owner":{"id":7,"email":"someone@example.org","city":"Bergen","zip":5003}}"#;

fn main() {
    let Ok(Value::Object(item)) = serde_json::from_str(ITEM) else {
        return;
    };
    let reversed: serde_json::Map<String, Value> = item.clone().into_iter().rev().collect();
    let mut shuffled: Vec<(String, Value)> = item.clone().into_iter().collect();
    shuffled.sort_by_key(|(key, _)| key.bytes().rev().collect::<Vec<_>>());
    for (order, item) in [
        ("in the order of the sample", item),
        ("from back to front", reversed),
        ("in any order", shuffled.into_iter().collect()),
    ] {
        let list = Value::from(vec![Value::Object(item); 1_000_000 / ITEM.len()]).to_string();
        let ours = best(|| {
            let mut json = serde_json::Deserializer::from_str(&list);
            Vec::<Item>::decode(&mut json).map_or(0, |list| list.len())
        });
        let derived = best(|| serde_json::from_str::<Vec<DerivedItem>>(&list).map_or(0, |list| list.len()));
        println!(
            "decode {} bytes, keys {order}: ours {ours:.2} ms, derive {derived:.2} ms, ratio {:.2}",
            list.len(),
            ours / derived
        );
    }
}

/// The shortest of many times, in milliseconds.
fn best(mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..100 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1_000.0
}
