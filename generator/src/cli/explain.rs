//! `letterpress explain CODE`: what a finding means, and what to do about it.

use std::process::ExitCode;

use clap::Args;
use letterpress::config::nearest::nearest;
use letterpress::diag::Code;

/// What to explain.
#[derive(Args)]
pub(super) struct Explain {
    /// The code of a finding, `PM0107`; without one, all codes are listed.
    code: Option<String>,
}

/// Explains.
pub(super) fn run(explain: &Explain) -> ExitCode {
    let Some(asked) = &explain.code else {
        for code in Code::ALL {
            let first = code.explained().split("\n\n").next().unwrap_or_default();
            let first = first.split(". ").next().unwrap_or_default();
            println!("{}  {}", code.as_str(), first.trim_end_matches('.'));
        }
        return ExitCode::SUCCESS;
    };
    if let Some(code) = Code::of_str(asked) {
        let silence = if code.is_error() {
            "It is an error, and cannot be allowed.".to_owned()
        } else {
            format!(
                "`allow = [\"{}\"]` in `letterpress.toml` silences it: for everything, a collection, a folder or an item.",
                code.as_str()
            )
        };
        println!("{}\n\n{}\n\n{silence}", code.as_str(), code.explained());
        return ExitCode::SUCCESS;
    }
    let codes = Code::ALL.iter().map(|code| code.as_str());
    match nearest(asked, codes) {
        Some(code) => eprintln!("no finding has the code {asked}; did you mean {code}?"),
        None => eprintln!("no finding has the code {asked}; `letterpress explain` lists all"),
    }
    ExitCode::FAILURE
}
