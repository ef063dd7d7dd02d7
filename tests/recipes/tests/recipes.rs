//! The blocks of all recipes and of the README, run.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]
#![allow(
    clippy::items_after_statements,
    clippy::redundant_type_annotations,
    reason = "recipes say things where they are needed"
)]

use letterpress_recipes::{bookshop, shop};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// What recipes call `client`.
fn client() -> Result<shop::Client, shop::rt::AnyError> {
    shop::Client::builder()
        .transport(shop::replay())
        .bearer_token("secret")
        .build()
}

/// What the README calls so.
fn bookshop_client() -> Result<bookshop::Client, bookshop::rt::AnyError> {
    bookshop::Client::builder()
        .transport(bookshop::replay())
        .bearer_token("secret")
        .build()
}

fn is_in_build_script(block: &str) {
    // How lines are broken is a matter of taste.
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let script = plain(include_str!("../build.rs"));
    assert!(
        script.contains(&plain(block)),
        "the build script does not hold:\n{block}"
    );
}

include!(concat!(env!("OUT_DIR"), "/recipes.rs"));
