//! Documentation: what authors wrote, as rustdoc can show it.
//!
//! In: descriptions, names and samples of the model. Out: finished lines for doc comments.
//! It knows nothing of Rust's syntax and prints nothing; the `emit` room puts the lines into attributes.

mod blocks;
mod builder;
mod clean;
mod curl;
mod entity;
mod escape;
mod example;
mod html;
mod inline;
mod json;
mod level;
mod memo;
mod module;
mod page;
mod pages;
mod write;

pub(crate) use clean::{clean, code, escaped};
pub(crate) use page::{sample_title, title};
pub(crate) use pages::Pages;

#[cfg(test)]
mod tests;
