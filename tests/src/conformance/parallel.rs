//! Runs one piece of work per input on all cores, with a progress bar if somebody is watching.
//!
//! Results come back in input order. A panic of the work is caught and becomes its result's error.

use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Calls `work` on every input; `Err` holds the message of a panic.
pub fn map<I: Sync, O: Send>(inputs: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<Result<O, String>> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, Result<O, String>)>> = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(inputs.len().max(1));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, input)) = claim(inputs, &next) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(input)));
                    let result = result.map_err(|panic| panic_message(&*panic));
                    let mut results = results.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    results.push((index, result));
                    show_progress(results.len(), inputs.len());
                }
            });
        }
    });
    let mut results = results
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn claim<'a, I>(inputs: &'a [I], next: &AtomicUsize) -> Option<(usize, &'a I)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    inputs.get(index).map(|input| (index, input))
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panicked: {}", text.unwrap_or_else(|| "no message".to_owned()))
}

/// Draws `[#####.....] 12/200` over itself on a terminal, and nothing anywhere else.
pub fn show_progress(done: usize, all: usize) {
    const WIDTH: usize = 40;
    let mut stderr = std::io::stderr();
    if !stderr.is_terminal() || all == 0 {
        return;
    }
    let filled = done * WIDTH / all;
    let bar = format!("{}{}", "#".repeat(filled), ".".repeat(WIDTH - filled));
    let end = if done == all { "\r\x1b[K" } else { "" };
    // Progress is a courtesy: a terminal that cannot be written to must not fail the run.
    let _ = write!(stderr, "\r[{bar}] {done}/{all}{end}");
    let _ = stderr.flush();
}
