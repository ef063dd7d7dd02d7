//! Where things are in their source, and what their authors said about them.

use std::fmt;
use std::sync::Arc;

/// A place in the source: the file, where in it, and the names on the way there. It is for findings: it identifies
/// nothing, and has no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file name of the source, without folders (so that output never depends on where it was read).
    pub file: String,
    /// Where in the file.
    pub at: Locator,
    /// Names of the folders and the item on the way, outermost first: `["Users", "Create"]`.
    /// Shared, as all that belongs to an item has the same.
    pub breadcrumb: Arc<[String]>,
    /// Which it is of the operations that are called the same all the way, from 0 in the order of the document.
    pub nth: usize,
}

impl Place {
    /// A whole file.
    pub fn of_file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }
}

/// Where in a file something stands, as the front end that read it says: only that front end can tell what it means, by
/// the map that it gives to `diag`. To everybody else it is a text that can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locator(String);

impl Locator {
    /// What a front end writes; empty for the whole file.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// What the front end wrote: for its map alone.
    pub fn token(&self) -> &str {
        &self.0
    }

    /// Whether it is the whole file.
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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

    /// Says this as well, in a paragraph of its own, unless it is said already.
    pub fn also(&mut self, said: &str) {
        if self.text.trim().is_empty() {
            said.clone_into(&mut self.text);
        } else if !self.text.contains(said) {
            self.text.extend(["\n\n", said]);
        }
    }

    /// Whether it begins with the word that Postman's own documentation puts before what must be given.
    pub fn says_required(&self) -> bool {
        let mut rest = self.text.trim_start();
        while let Some(tag) = rest.strip_prefix('<') {
            rest = tag.split_once('>').map_or("", |(_, rest)| rest.trim_start());
        }
        let rest = rest.trim_start_matches(['*', '_', '`', ' ']);
        rest.get(.."(required)".len())
            .is_some_and(|start| start.eq_ignore_ascii_case("(required)"))
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
