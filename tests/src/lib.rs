//! Shared code of the tests: where inputs are, how they are pressed, how requests are counted, and the
//! conformance stages that the binary runs.
//!
//! In: folders of collections. Out: reports. It knows nothing of how the generator works inside.

pub mod arbitrary;
pub mod conformance;
pub mod cost;
pub mod count;
pub mod descriptions;
pub mod hostile;
pub mod inputs;
pub mod outline;
pub mod press;
pub mod wire;
