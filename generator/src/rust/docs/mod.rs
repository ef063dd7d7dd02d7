//! Documentation: what authors wrote, as rustdoc can show it.
//!
//! In: descriptions, names and samples of the model. Out: finished lines for doc comments.
//! It knows nothing of Rust's syntax and prints nothing; the `emit` room puts the lines into attributes.

mod about;
mod blocks;
mod body;
mod brief;
mod builder;
mod clean;
mod curl;
mod entity;
mod escape;
mod example;
mod home;
mod html;
mod inline;
mod json;
mod level;
mod memo;
mod module;
mod outcomes;
mod page;
mod pages;
mod params;
mod request;
mod runnable;
mod section;
mod sent;
mod subject;
mod titles;
mod write;
mod written;

pub(crate) use about::{about, is_note, without_required};
pub(crate) use brief::brief;
pub(crate) use clean::{clean, clean_inner, code, escaped, list_item};
pub(crate) use example::example;
pub(crate) use home::Setters;
pub(crate) use module::{first_names, first_steps, split_details};
pub(crate) use pages::Pages;
pub(crate) use runnable::effort;
pub(crate) use section::first_paragraph;
pub(crate) use titles::{reason, titles};

#[cfg(test)]
mod tests;
