//! `cost [OPERATIONS] [--release]`: builds a generated crate and its twin on serde's derive, and prints what
//! either costs.

use std::process::ExitCode;

use letterpress_tests::{cost, inputs};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let release = arguments.iter().any(|argument| argument == "--release");
    let number = arguments.iter().find(|argument| !argument.starts_with('-'));
    let Ok(operations) = number.map_or(Ok(400), |number| number.parse()) else {
        eprintln!("usage: cost [OPERATIONS] [--release]");
        return ExitCode::from(2);
    };
    match cost::compare(operations, &inputs::workspace().join("target/cost"), release) {
        Ok(comparison) => {
            println!("{comparison}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
