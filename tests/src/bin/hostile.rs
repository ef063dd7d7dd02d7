//! `hostile [CASE]`: presses every hostile input at full size, each in a process of its own, and prints
//! seconds and peak memory. Exit code 1 if one of them ends by a signal or a panic.

use std::process::{Command, ExitCode};
use std::time::Instant;

use letterpress_tests::conformance::generate::peak_memory;
use letterpress_tests::hostile::CASES;
use letterpress_tests::press;

fn main() -> ExitCode {
    match std::env::args().nth(1) {
        Some(name) => press_one(&name),
        None => press_all(),
    }
}

fn press_all() -> ExitCode {
    let Ok(program) = std::env::current_exe() else {
        eprintln!("cannot find this program");
        return ExitCode::FAILURE;
    };
    let mut failed = 0;
    for case in CASES {
        let status = Command::new(&program).arg(case.name).status();
        if !status.is_ok_and(|status| status.success()) {
            println!("{}: FAILED", case.name);
            failed += 1;
        }
    }
    println!(
        "hostile: {} inputs, {} passed, {failed} failed",
        CASES.len(),
        CASES.len() - failed
    );
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn press_one(name: &str) -> ExitCode {
    let Some(case) = CASES.iter().find(|case| case.name == name) else {
        eprintln!("no such input: {name}");
        return ExitCode::from(2);
    };
    let text = (case.make)(case.full);
    let started = Instant::now();
    let outcome = match press::press_text("hostile.json", &text) {
        Ok(pressed) => format!("{} functions", pressed.functions()),
        Err(reason) => format!("refused: {}", reason.chars().take(100).collect::<String>()),
    };
    let seconds = started.elapsed().as_secs_f64();
    let megabytes = text.len() / 1_000_000;
    println!(
        "{name} ({}, {megabytes} MB): {outcome}, {seconds:.2} s, peak {}",
        case.full,
        peak_memory()
    );
    ExitCode::SUCCESS
}
