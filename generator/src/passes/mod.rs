//! The passes over the neutral model, in the order in which they run.
//!
//! In: an [`Api`] as a front end lowered it. Out: the same, better understood. Each pass is one file and knows no other;
//! none of them knows what the collection was written in, or what Rust will be made of it.

pub mod allowed;
pub mod choose_arguments;
pub mod infer_types;
pub mod override_items;
pub mod override_paths;
pub mod override_types;
pub mod written_ids;

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::Api;

/// A pass: changes the model in place, and says what it could not do.
pub type Pass = fn(&mut Api, &Config, &mut Sink);

/// All passes, in order.
pub const PASSES: &[Pass] = &[
    override_items::override_items,
    override_paths::override_paths,
    written_ids::written_ids,
    choose_arguments::choose_arguments,
    infer_types::infer_types,
    override_types::override_types,
];

/// Runs all passes.
pub fn run(api: &mut Api, config: &Config, sink: &mut Sink) {
    for pass in PASSES {
        pass(api, config, sink);
    }
}
