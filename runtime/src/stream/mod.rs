//! Answers that come bit by bit: server-sent events, and JSON by lines.
//!
//! In: a call of any operation. Out: [`Events`] or [`Lines`], one after the other as they come, bounded in size. What is in them
//! is for the caller to say: `event.json::<T>()`.

#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod events;
mod lines;
mod open;
mod parser;
mod split;

pub use events::{Event, Events};
pub use lines::{Line, Lines};
