//! letterpress presses a Postman collection into a Rust client crate.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "rooms are being furnished; removed before release"
)]

pub mod config;
pub mod diag;
pub mod emit;
pub mod frontend;
pub mod infer;
pub mod ir;
pub mod output;
pub mod passes;
pub mod rust;
pub mod secrets;
