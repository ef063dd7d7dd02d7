//! The passes over the neutral model, in the order in which they run.
//!
//! In: an [`Api`] as a front end lowered it. Out: the same, better understood. Each pass is one file and knows no other;
//! none of them knows what the collection was written in, or what Rust will be made of it.

pub mod allowed;
pub mod box_large;
pub mod choose_arguments;
pub mod examples;
pub mod find_pages;
pub mod infer_types;
pub mod override_items;
pub mod override_paths;
pub mod override_types;
pub mod repeats;
pub mod tokens;
pub mod undeclared;
pub mod written_ids;

use crate::config::Config;
use crate::diag::Sink;
use crate::ir::Api;

/// A pass: changes the model in place, and says what it could not do.
pub type Pass = fn(&mut Api, &Config, &mut Sink);

/// Which models a pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// All.
    Any,
    /// Those that are declared.
    Declared,
    /// Those of samples: what is declared need not be found out.
    Samples,
}

/// All passes, in order, each with the models that it is for.
pub const PASSES: &[(Pass, For)] = &[
    (override_items::override_items, For::Any),
    (override_paths::override_paths, For::Samples),
    (written_ids::written_ids, For::Samples),
    (choose_arguments::choose_arguments, For::Samples),
    (repeats::say_repeats, For::Any),
    (infer_types::infer_types, For::Samples),
    (override_types::override_types, For::Any),
    (undeclared::take_undeclared, For::Declared),
    (box_large::box_large, For::Any),
    (examples::examples, For::Declared),
    (find_pages::find_pages, For::Any),
    (tokens::find_tokens, For::Any),
];

/// Runs all passes.
pub fn run(api: &mut Api, config: &Config, sink: &mut Sink) {
    for (pass, models) in PASSES {
        match models {
            For::Samples if api.is_declared => {}
            For::Declared if !api.is_declared => {}
            For::Any | For::Declared | For::Samples => pass(api, config, sink),
        }
    }
}
