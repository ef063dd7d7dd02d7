//! `conformance same A B` compares what two forms of a collection give; `conformance STAGE DIR [--json OUT] [--clippy] [--build] [--work DIR] [--wire DIR [--in-process]]`: checks one
//! claim on every collection under a folder. Exit codes: 0 all passed, 1 some failed, 2 usage.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use letterpress_tests::conformance::{Options, Stage, changes, run, same, schema};
use letterpress_tests::inputs;

const USAGE: &str =
    "usage: conformance STAGE DIR [--json OUT] [--clippy] [--build] [--work DIR] [--wire DIR [--in-process]]
       conformance same A B [--json OUT]
       conformance schema DIR --cases FILE [--json OUT]
       conformance changes DIR [--seed N] [--edits N] [--json OUT]
stages: generate  functions = requests, deterministic
        compile   the output compiles without a warning (--clippy: and clippy's default lints)
        doc       rustdoc with every lint denied; the examples compile
        doctest   the examples pass
        wire      saved calls make the requests recorded in --wire DIR
                  (--in-process: of the engine alone, without building clients)
        infer     samples decode into the types that they and others give
        secrets   no credential comes through from any place, and nothing else is taken out
        face      no id is a setting, and no sample goes out that nobody gave
        fmt       cargo fmt --check finds nothing to do
        same      a collection gives the same client in both formats: two of them, or folders of as many by name
        changes   after edits, `letterpress diff` says what a judge says who compares both crates
        schema    declared types take the cases of JSON that their schemas allow";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (stage, options, json) = match parse(&arguments) {
        Ok(parsed) => parsed,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let report = match stage {
        Wanted::Stage(stage) => run(stage, &options),
        Wanted::Same(pairs) => same::run(&pairs),
        Wanted::Changes(seed, edits) => changes::run(&options.collections, &options.work, seed, edits),
        Wanted::Schema(folder, cases) => match schema::run(&folder, &cases) {
            Ok(report) => report,
            Err(problem) => {
                eprintln!("{problem}");
                return ExitCode::from(2);
            }
        },
    };
    println!("{}", report.text());
    if let Some(path) = json
        && let Err(error) = std::fs::write(&path, format!("{:#}\n", report.json()))
    {
        eprintln!("{}: {error}", path.display());
        return ExitCode::from(2);
    }
    if report.failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What is asked for.
enum Wanted {
    Stage(Stage),
    /// Pairs of forms.
    Same(Vec<(PathBuf, PathBuf)>),
    /// A seed, and how many edits.
    Changes(u64, usize),
    /// Descriptions, and cases of JSON.
    Schema(PathBuf, PathBuf),
}

fn parse(arguments: &[String]) -> Result<(Wanted, Options, Option<PathBuf>), String> {
    let mut positional = Vec::new();
    let (mut json, mut recordings, mut cases) = (None, None, None);
    let mut work = inputs::workspace().join("target/conformance");
    let (mut clippy, mut build, mut in_process) = (false, false, false);
    let (mut seed, mut edits) = (1, 100);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--json" => json = Some(PathBuf::from(rest.next().ok_or("--json needs a file")?)),
            "--work" => work = PathBuf::from(rest.next().ok_or("--work needs a folder")?),
            "--cases" => cases = Some(PathBuf::from(rest.next().ok_or("--cases needs a file")?)),
            "--wire" => recordings = Some(PathBuf::from(rest.next().ok_or("--wire needs a folder")?)),
            "--seed" => seed = number(rest.next(), "--seed")?,
            "--edits" => edits = number(rest.next(), "--edits")?,
            "--in-process" => in_process = true,
            "--clippy" => clippy = true,
            "--build" => build = true,
            flag if flag.starts_with('-') => return Err(format!("unknown flag {flag}")),
            value => positional.push(value),
        }
    }
    if let ["same", a, b] = positional[..] {
        let pairs = same::pairs(Path::new(a), Path::new(b)).map_err(|error| format!("{a}, {b}: {error}"))?;
        return Ok((Wanted::Same(pairs), Options::default(), json));
    }
    if let ["changes", dir] = positional[..] {
        let collections = inputs::collections(Path::new(dir)).map_err(|error| format!("{dir}: {error}"))?;
        let options = Options {
            collections,
            work,
            ..Options::default()
        };
        let edits = usize::try_from(edits).unwrap_or(usize::MAX);
        return Ok((Wanted::Changes(seed, edits), options, json));
    }
    if let ["schema", dir] = positional[..] {
        let cases = cases.ok_or("schema needs --cases FILE")?;
        return Ok((
            Wanted::Schema(PathBuf::from(dir), cases),
            Options::default(),
            json,
        ));
    }
    let [stage, dir] = positional[..] else {
        return Err("a stage and a folder are needed".to_owned());
    };
    let stage = Stage::named(stage).ok_or_else(|| format!("unknown stage {stage}"))?;
    let collections = inputs::collections(Path::new(dir)).map_err(|error| format!("{dir}: {error}"))?;
    if stage == Stage::Wire && recordings.is_none() {
        return Err("wire needs --wire DIR".to_owned());
    }
    if collections.is_empty() {
        return Err(format!("{dir}: no collection in it"));
    }
    Ok((
        Wanted::Stage(stage),
        Options {
            collections,
            work,
            clippy,
            build,
            recordings,
            in_process,
        },
        json,
    ))
}

fn number(text: Option<&String>, flag: &str) -> Result<u64, String> {
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| format!("{flag} needs a number"))
}
