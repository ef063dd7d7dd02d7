//! Where things are in their source, and what their authors said about them.

use std::sync::Arc;

/// A place in the source: the file, a JSON pointer into it, and the names on the way there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file name of the source, without folders (so that output never depends on where it was read).
    pub file: String,
    /// RFC 6901 pointer to the element, empty for the whole document.
    pub pointer: String,
    /// Names of the folders and the item on the way, outermost first: `["Users", "Create"]`.
    /// Shared, as all that belongs to an item has the same.
    pub breadcrumb: Arc<[String]>,
}

/// What an author wrote about an element, as written (Markdown, HTML or both); the `rust` room cleans it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The description's text; empty if there was none.
    pub text: String,
}

/// What tools write where nothing was said.
const NOTHING: [&str; 3] = ["description", "null", "undefined"];

impl Docs {
    /// Documentation made of this text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let says_nothing = |word: &str| text.trim().eq_ignore_ascii_case(word);
        if NOTHING.iter().any(|word| says_nothing(word)) {
            return Self::default();
        }
        Self { text }
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn what_tools_write_for_nothing_is_nothing() {
        for text in ["Description", " undefined\n", "null", ""] {
            assert!(Docs::new(text).is_empty(), "{text}");
        }
        assert_eq!(Docs::new("Description of it").text, "Description of it");
    }
}
