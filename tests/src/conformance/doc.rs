//! Stages `doc` and `doctest`: documentation builds with every lint of rustdoc denied, and examples work.

use super::batch::{self, Check};
use super::{Options, Report};

const DOC: Check<'_> = Check {
    stage: "doc",
    arguments: &[
        "doc",
        "--workspace",
        "--no-deps",
        "--keep-going",
        "--message-format=json",
    ],
    rustdoc_flags: "-D warnings -D rustdoc::all",
    attributes: "",
};

/// Runs stage `doc`: documentation builds, and its examples compile (and, since they are at hand, run).
pub fn run(options: &Options) -> Report {
    let stage = DOC.stage;
    batch::run(options, &[DOC, Check { stage, ..EXAMPLES }])
}

const EXAMPLES: Check<'_> = Check {
    stage: "doctest",
    arguments: &["test", "--doc", "--workspace", "--no-fail-fast"],
    rustdoc_flags: "",
    attributes: "",
};

/// Runs stage `doctest`: the examples pass.
pub fn run_examples(options: &Options) -> Report {
    batch::run(options, &[EXAMPLES])
}
