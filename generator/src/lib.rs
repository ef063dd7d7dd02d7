//! letterpress presses a Postman collection or an OpenAPI description into a Rust client crate.
//!
//! From a build script, [`Generator`] writes modules into `OUT_DIR`; the `letterpress` binary (feature `cli`) writes
//! a crate to check in. Both are shells around [`pipeline::generate`], which is a pure function. Descriptions in YAML take the
//! feature `yaml`.

#![allow(unreachable_pub, reason = "a room says `pub` for what other rooms use")]

pub mod config;
pub mod diag;
pub mod emit;
pub mod frontend;
mod generator;
pub mod infer;
mod inputs;
pub mod ir;
pub mod output;
pub mod package;
pub mod passes;
pub mod pipeline;
pub mod rust;
pub mod secrets;

pub use config::Config;
pub use diag::Diagnostic;
pub use generator::{Error, Generator};
pub use inputs::read;
pub use pipeline::{Input, Outcome};
