//! What generated code says in one line instead of twenty: its client, its operations, its types.
//!
//! Everything a macro writes is `#[inline]` and calls into this crate, so that a program pays for the calls that it
//! makes and not for those that exist. The macros are for generated code; their grammar may change with the generator.

mod call;
mod client;
mod lists;
mod open_enum;
mod types;
mod union;
