//! Tokens that are fetched when they are needed, in place of texts that somebody has to keep fresh.
//!
//! In: a source, which gives a token whenever it is asked. Out: for every send of a call the token that is valid now: one that is
//! kept as long as it is, fetched by one caller for all, before it expires and after a server has refused it. Which calls take one
//! is not known here, and nothing here is sent but by a source.

mod asking;
mod carried;
mod flight;
mod held;
mod slot;
mod source;
mod token;

pub use slot::Slot;
pub use token::{Asking, Token, TokenFuture, TokenSource};

pub(crate) use carried::Carried;
pub(crate) use flight::{Refused, Waiting};
pub(crate) use held::Held;
pub(crate) use source::{Answer, Asked, Final, Source};
