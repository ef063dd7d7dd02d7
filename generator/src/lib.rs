//! letterpress presses a Postman collection or an OpenAPI description into a Rust client crate: a typed, documented function for
//! every item of the collection, or operation of the description.
//!
//! # Three ways in
//!
//! **A build script.** [`Generator`] writes modules into `OUT_DIR`, and again when a collection changes:
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), letterpress::Error> {
//!     letterpress::Generator::new().collections_in("collections").build()?;
//!     Ok(())
//! }
//! ```
//!
//! ```ignore
//! // src/lib.rs
//! include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));
//! ```
//!
//! The crate needs `letterpress` as a build-dependency and `letterpress-runtime` as a dependency. A build script shows every finding as a warning of cargo,
//! and fails with all errors at once.
//!
//! **The binary**, `cargo install letterpress --features cli`: `letterpress init` begins a crate, `letterpress generate shop.json --out shop` writes a whole one to
//! check in, `check`, `diff` and `lock` keep it, `serve` answers from the saved responses. `letterpress help` lists the rest.
//!
//! **This library**, where neither fits: [`Generator::generate`] gives the files, [`Generator::generate_to_string`] one text.
//!
//! # Settings
//!
//! | Here | In `letterpress.toml` | |
//! |---|---|---|
//! | [`Generator::collection`], [`Generator::collections_in`] | | what is pressed: files, v3 folders, repositories |
//! | [`Generator::module`] | `[collection.NAME] module = "…"` | the name of a client's module |
//! | [`Generator::inline`] | | the client where the file is included, for a crate of one client |
//! | [`Generator::flatten`] | `flatten = true` | every function on `Client` |
//! | [`Generator::docs`] | `docs = "brief"` | how much documentation there is |
//! | [`Generator::doc_tests`] | | examples that are compiled and run |
//! | [`Generator::datetime`] | `datetime = "jiff"` | the type of dates with times |
//! | [`Generator::allow`] | `allow = ["PM0107"]` | warnings that are not shown |
//! | | `[items."Users > Create"]` | names, types, presence of one item |
//!
//! ```no_run
//! use letterpress::Generator;
//! use letterpress::config::{DateTime, DocsLevel};
//!
//! # fn main() -> Result<(), letterpress::Error> {
//! Generator::new()
//!     .collection("collections/shop.json")
//!     .module("shop")
//!     .collection("collections/billing.yaml") // a description; YAML takes the feature `yaml`
//!     .docs(DocsLevel::Brief)
//!     .datetime(DateTime::Jiff)
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Errors and findings
//!
//! Only input that is no collection or description at all, and settings that make no sense, are errors. Everything else becomes the nearest usable thing and
//! a [`Diagnostic`] with a stable code, a place (line and column) and what to do; `letterpress explain CODE` says more. No input panics.
//!
//! # Features
//!
//! - `yaml`: reads YAML, which Postman's format v3 and most descriptions are. Off by default: whoever has none does not wait for its parser.
//! - `cli`: the binary; no build script needs it.
//!
//! What is not listed below is for the binary and for letterpress's own tests, and may change in any release.

#![allow(unreachable_pub, reason = "a room says `pub` for what other rooms use")]

pub mod config;
pub mod diag;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod frontend;
mod generator;
#[doc(hidden)]
pub mod infer;
mod inputs;
#[doc(hidden)]
pub mod ir;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod package;
mod parallel;
#[doc(hidden)]
pub mod passes;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod rust;
#[doc(hidden)]
pub mod secrets;

pub use config::Config;
pub use diag::Diagnostic;
pub use generator::{Error, Generator};
pub use inputs::read;
pub use pipeline::{Input, Outcome};
