//! `arbitrary COUNT DIR [FROM]`: writes collections that are odd in every way, for the conformance stages to run over.

use std::path::PathBuf;
use std::process::ExitCode;

use letterpress_tests::arbitrary;

/// Choices per collection.
const LENGTH: usize = 2_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| {
        arguments
            .get(index)
            .map_or(Some(0), |text| text.parse::<u32>().ok())
    };
    let (Some(count), Some(folder), Some(from)) = (number(0), arguments.get(1).map(PathBuf::from), number(2))
    else {
        eprintln!("usage: arbitrary COUNT DIR [FROM]");
        return ExitCode::from(2);
    };
    let write = |index: u32| {
        let path = folder.join(format!("arbitrary_{index:05}.json"));
        std::fs::write(path, arbitrary::numbered(index, LENGTH))
    };
    let written = std::fs::create_dir_all(&folder).and_then(|()| (from..from + count).try_for_each(write));
    if let Err(error) = written {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
