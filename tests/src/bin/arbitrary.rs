//! `arbitrary COUNT DIR [FROM] [--descriptions]`: writes collections, or descriptions, that are odd in every way, for the conformance
//! stages to run over.

use std::path::PathBuf;
use std::process::ExitCode;

use letterpress_tests::{arbitrary, descriptions};

/// Choices per collection, and per description.
const LENGTH: [usize; 2] = [2_000, 6_000];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, arguments): (Vec<_>, Vec<_>) =
        arguments.into_iter().partition(|text| text == "--descriptions");
    let number = |index: usize| {
        arguments
            .get(index)
            .map_or(Some(0), |text| text.parse::<u32>().ok())
    };
    let (Some(count), Some(folder), Some(from)) = (number(0), arguments.get(1).map(PathBuf::from), number(2))
    else {
        eprintln!("usage: arbitrary COUNT DIR [FROM] [--descriptions]");
        return ExitCode::from(2);
    };
    let write = |index: u32| {
        let path = folder.join(format!("arbitrary_{index:05}.json"));
        let [of_collection, of_description] = LENGTH;
        let text = if flags.is_empty() {
            arbitrary::numbered(index, of_collection)
        } else {
            descriptions::numbered(index, of_description)
        };
        std::fs::write(path, text)
    };
    let written = std::fs::create_dir_all(&folder).and_then(|()| (from..from + count).try_for_each(write));
    if let Err(error) = written {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
