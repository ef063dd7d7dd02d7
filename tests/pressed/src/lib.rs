//! The client of every fixture: what this crate claims is that it compiles without a warning.

#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));
