//! What each stage of the pipeline costs: `cargo bench -p letterpress-tests --bench pipeline`.
//!
//! Inputs: 10,000 small items, and a large collection: the file that `LETTERPRESS_BENCH` names, else one made of
//! 1,000 operations with samples. `whole` less the stages before it is what formatting costs, on all cores.

use std::sync::LazyLock;

use divan::Bencher;
use letterpress::config::Config;
use letterpress::diag::Sink;
use letterpress::emit;
use letterpress::frontend::{self, Source};
use letterpress::ir::Api;
use letterpress::passes;
use letterpress::pipeline::{self, Input};
use letterpress_tests::{cost, hostile};

const INPUTS: &[&str] = &["10,000 items", "large"];

static MANY: LazyLock<String> = LazyLock::new(|| hostile::many_items(10_000));
static LARGE: LazyLock<String> = LazyLock::new(|| {
    let named = std::env::var("LETTERPRESS_BENCH")
        .ok()
        .and_then(|path| std::fs::read_to_string(path).ok());
    named.unwrap_or_else(|| cost::collection(1_000))
});

fn main() {
    divan::main();
}

fn text(input: &str) -> &'static str {
    if input == "large" { &LARGE } else { &MANY }
}

fn source(input: &str) -> Source {
    Source::new("bench.json", text(input))
}

fn read(source: &Source) -> Api {
    frontend::read(source, &Config::default(), &mut Sink::default()).unwrap_or_default()
}

/// The JSON parser alone, as a measure for the rest.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn a_json(bencher: Bencher<'_, '_>, input: &str) {
    let text = text(input);
    bencher.bench(|| serde_json::from_str::<serde_json::Value>(text));
}

/// Parse and lower: text to the neutral model.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn b_parse_and_lower(bencher: Bencher<'_, '_>, input: &str) {
    let source = source(input);
    bencher.bench(|| read(&source));
}

/// The passes: samples to types.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn c_infer(bencher: Bencher<'_, '_>, input: &str) {
    let source = source(input);
    bencher.with_inputs(|| read(&source)).bench_values(|mut api| {
        passes::run(&mut api, &Config::default(), &mut Sink::default());
        api
    });
}

/// Everything before tokens: the above, and names, types and documentation decided.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn d_up_to_resolved(bencher: Bencher<'_, '_>, input: &str) {
    let input = Input::new(source(input));
    bencher.bench(|| pipeline::inspect(&input, &Config::default()));
}

/// The tree becomes tokens.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn e_emit(bencher: Bencher<'_, '_>, input: &str) {
    let (found, _) = pipeline::inspect(&Input::new(source(input)), &Config::default());
    let modules = found.map(|(_, modules)| modules).unwrap_or_default();
    bencher.bench(|| {
        modules
            .iter()
            .map(|module| emit::chunks(module).len())
            .sum::<usize>()
    });
}

/// Everything, formatting included.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn f_whole(bencher: Bencher<'_, '_>, input: &str) {
    let input = Input::new(source(input));
    bencher.bench(|| pipeline::generate(std::slice::from_ref(&input), &Config::default()));
}
