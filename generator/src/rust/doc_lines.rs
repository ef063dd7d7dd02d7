//! What documentation is made of, wherever it comes to stand.

/// Lines of documentation, clean Markdown without comment markers.
pub type DocLines = Vec<String>;
