//! Stage `compile`: the output of every collection compiles with warnings denied.

use super::batch::{self, Check};
use super::{Options, Report};

/// Runs the stage.
pub fn run(options: &Options) -> Report {
    let command = match (options.clippy, options.build) {
        (true, _) => "clippy",
        (false, true) => "build",
        (false, false) => "check",
    };
    let arguments = [command, "--workspace", "--keep-going", "--message-format=json"];
    let check = Check {
        stage: "compile",
        arguments: &arguments,
        rustdoc_flags: "",
        attributes: "#![deny(warnings)]",
    };
    batch::run(options, &[check])
}
