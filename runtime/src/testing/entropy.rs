//! Chance that is the same in every run.
//!
//! In: a seed. Out: the numbers of `SplitMix64`, for jitter, nonces and dynamic variables in tests.

use crate::wire::Entropy;
use std::sync::atomic::{AtomicU64, Ordering};

/// Chance from a seed: the same numbers in every run. For tests only, as whoever knows the seed knows all nonces.
#[derive(Debug)]
pub struct TestEntropy(AtomicU64);

impl TestEntropy {
    /// Chance from this seed.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Entropy for TestEntropy {
    fn next_u64(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_seed() {
        let numbers = |seed| {
            let entropy = TestEntropy::new(seed);
            [entropy.next_u64(), entropy.next_u64()]
        };
        // Those of the reference implementation.
        assert_eq!(numbers(0), [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
        assert_ne!(numbers(1), numbers(0));
    }
}
