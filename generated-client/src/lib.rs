//! Clients pressed from the collections beside this crate.
