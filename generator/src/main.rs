//! The `letterpress` binary: a crate to check in, and what there is to know of a collection.
//!
//! In: arguments. Out: an exit code: 0, 1 with errors (or differences, for `check`), 2 for wrong usage.

mod cli;

/// Texts and tokens are many small allocations: by the system's allocator they are a quarter of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
