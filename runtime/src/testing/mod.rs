//! What tests of a program's own use of a client stand on, beside `replay`: time that passes when nobody
//! is waited for, and chance that is the same in every run.
//!
//! In: nothing. Out: a [`TestClock`] and [`TestEntropy`], for `clock(…)` and `entropy(…)` of a client's builder.

mod clock;
mod entropy;

pub use clock::TestClock;
pub use entropy::TestEntropy;
