//! `cost [OPERATIONS] [--release]`: builds a generated crate and its twin on serde's derive, and prints what
//! either costs. `cost docs COLLECTION|ITEMS… [--release]`: builds each collection, or one of that many items, with all
//! documentation, with some and with none. `cost weight [--release]`: builds a program with a build script, and one with the same
//! call by hand, from nothing. `cost growth NUMBER…`: generates and builds clients of so many operations. `cost stages COLLECTION|ITEMS`: what each stage of
//! the generator costs. `cost peers DESCRIPTION…`: what clients cost beside those of other generators, where these are on the `PATH`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use letterpress_tests::cost::docs::Input;
use letterpress_tests::{cost, hostile, inputs};

const USAGE: &str = "usage: cost [OPERATIONS] [--release]\n       cost docs COLLECTION|ITEMS... [--release]\n       \
                     cost weight [--release]\n       cost growth NUMBER...\n       \
                     cost stages COLLECTION|ITEMS\n       cost peers DESCRIPTION...";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, words): (Vec<&str>, Vec<&str>) = arguments
        .iter()
        .map(String::as_str)
        .partition(|argument| argument.starts_with('-'));
    let work = inputs::workspace().join("target/cost");
    let release = flags == ["--release"];
    let outcome = match words[..] {
        _ if !release && !flags.is_empty() => Err(USAGE.to_owned()),
        ["docs", ref named @ ..] if !named.is_empty() => {
            let named: Result<Vec<Input>, String> = named.iter().map(|named| input(named)).collect();
            named.and_then(|inputs| cost::docs::compare(&inputs, &work, release))
        }
        ["weight"] => cost::weight::compare(&work, release),
        ["growth", ref sizes @ ..] if !sizes.is_empty() => {
            let sizes: Result<Vec<usize>, _> = sizes.iter().map(|size| size.parse()).collect();
            sizes.map_or_else(
                |_| Err(USAGE.to_owned()),
                |sizes| cost::growth::table(&sizes, &work),
            )
        }
        ["stages", named] => {
            input(named).and_then(|input| cost::stages::table(&input.name, &input.bytes, &work))
        }
        ["peers", ref named @ ..] if !named.is_empty() => {
            let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
            cost::peers::table(&named, &work)
        }
        // By the program itself.
        ["crate-of", description, folder] => {
            cost::peers::generate(Path::new(description), Path::new(folder)).map(|()| String::new())
        }
        ["growth-of", kind, size, folder] => match size.parse() {
            Ok(size) => cost::growth::generate(kind, size, Path::new(folder)),
            Err(_) => Err(USAGE.to_owned()),
        },
        [] => cost::compare(400, &work, release),
        [number] => match number.parse() {
            Ok(operations) => cost::compare(operations, &work, release),
            Err(_) => Err(USAGE.to_owned()),
        },
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// A collection's file, or a collection of so many items.
fn input(named: &str) -> Result<Input, String> {
    if let Ok(items) = named.parse() {
        return Ok(Input {
            name: format!("{items}_items.json"),
            bytes: hostile::many_items(items).into_bytes(),
        });
    }
    let path = Path::new(named);
    let bytes = std::fs::read(path).map_err(|error| format!("{named}: {error}"))?;
    Ok(Input {
        name: inputs::file_name(path),
        bytes,
    })
}
