//! What each stage of the pipeline costs: `cargo bench -p letterpress-tests --bench pipeline`.
//!
//! Inputs: 10,000 items as large as the seed's, and a large collection: the file that `LETTERPRESS_BENCH` names, else one
//! of 1,000 operations with samples, none alike. A name with `up_to` holds the stages before it. The last shows growth.

use std::sync::LazyLock;

use divan::Bencher;
use letterpress::config::Config;
use letterpress::diag::Sink;
use letterpress::emit::{self, Chunk};
use letterpress::frontend::{self, Source};
use letterpress::ir::Api;
use letterpress::output::render::{self, Draft, Part, Parts};
use letterpress::passes;
use letterpress::pipeline::{self, Input};
use letterpress::rust::tree::Module;
use letterpress_tests::cost;

const INPUTS: &[&str] = &["10,000 items", "large"];

static MANY: LazyLock<String> = LazyLock::new(|| cost::seed_sized(10_000));
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

fn modules(input: &str) -> Vec<Module> {
    let (found, _) = pipeline::inspect(&Input::new(source(input)), &Config::default());
    found.map(|(_, modules)| modules).unwrap_or_default()
}

/// The JSON parser alone.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn a_parse(bencher: Bencher<'_, '_>, input: &str) {
    let text = text(input);
    bencher.bench(|| serde_json::from_str::<serde_json::Value>(text));
}

/// Text to the neutral model.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn b_up_to_lower(bencher: Bencher<'_, '_>, input: &str) {
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

/// Names, types and documentation decided, on one core, and all before it.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn d_up_to_resolve(bencher: Bencher<'_, '_>, input: &str) {
    let input = Input::new(source(input));
    bencher.bench(|| pipeline::inspect(&input, &Config::default()));
}

/// The tree becomes tokens, on one core.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn e_emit(bencher: Bencher<'_, '_>, input: &str) {
    let modules = modules(input);
    bencher.bench(|| {
        modules
            .iter()
            .map(|module| emit::chunks(module).len())
            .sum::<usize>()
    });
}

/// The tree becomes text, on all cores: emitted, laid out, formatted.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn f_emit_and_render(bencher: Bencher<'_, '_>, input: &str) {
    let modules = modules(input);
    let part = |Chunk { tokens, setting }| Part {
        tokens,
        apart: setting.stands_apart(),
    };
    bencher.bench(|| {
        render::files(&modules, |module| {
            Draft::Rust(Parts {
                path: String::new(),
                digest: 0,
                mark: String::new(),
                docs: emit::head(module),
                lints: &[],
                line_break: emit::LINE_BREAK,
                chunks: emit::chunks(module).into_iter().map(part).collect(),
            })
        })
    });
}

/// Everything, on all cores.
#[divan::bench(args = INPUTS, sample_count = 5)]
fn g_whole(bencher: Bencher<'_, '_>, input: &str) {
    let input = Input::new(source(input));
    bencher.bench(|| pipeline::generate(std::slice::from_ref(&input), &Config::default()));
}

/// Everything, for more and more items.
#[divan::bench(args = [1_000, 10_000, 40_000], sample_count = 3)]
fn h_growth(bencher: Bencher<'_, '_>, items: usize) {
    let input = Input::new(Source::new("bench.json", cost::seed_sized(items)));
    bencher.bench(|| pipeline::generate(std::slice::from_ref(&input), &Config::default()));
}
