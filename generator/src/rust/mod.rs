//! Decides every identifier, type, derive and line of documentation.

pub(crate) mod docs;
