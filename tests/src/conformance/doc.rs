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

/// Runs stage `doc`: documentation builds, and its examples compile.
pub fn run(options: &Options) -> Report {
    let examples = Check {
        rustdoc_flags: "--no-run",
        ..EXAMPLES
    };
    batch::run(
        options,
        &[
            DOC,
            Check {
                stage: DOC.stage,
                ..examples
            },
        ],
    )
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
