//! How an operation lists: how the next page is asked for, and what says that there is none.

/// What is known of the pages of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pages {
    /// What the next page is asked for by.
    pub style: PageStyle,
    /// Keys down from the answer to the list; none if it is the answer.
    pub items: Vec<String>,
    /// What says how many there are on a page.
    pub size: Option<PageEntry>,
    /// Where the answer says whether there is more.
    pub more: Option<Vec<String>>,
    /// Where it says whether this is the last page.
    pub last: Option<Vec<String>>,
    /// Where it says how many items there are in all.
    pub total: Option<Vec<String>>,
    /// Where it says how many pages there are.
    pub pages: Option<Vec<String>>,
}

impl Pages {
    /// Nothing but the style is known.
    pub fn new(style: PageStyle) -> Self {
        Self {
            style,
            items: Vec::new(),
            size: None,
            more: None,
            last: None,
            total: None,
            pages: None,
        }
    }
}

/// Where the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageEntry {
    /// The query entry of this name.
    Query(String),
    /// Keys down in the JSON of the body.
    Body(Vec<String>),
}

/// What the next page is asked for by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageStyle {
    /// A text that the answer holds at this path, where `[-1]` is the last of a list.
    Cursor {
        /// Where it goes.
        send: PageEntry,
        /// Where it is.
        next: Vec<String>,
    },
    /// A text in a header of the answer.
    Header {
        /// Where it goes.
        send: PageEntry,
        /// The header.
        name: String,
    },
    /// The page's number.
    Page {
        /// Where it goes.
        send: PageEntry,
        /// That of the first, if it is known.
        first: Option<u64>,
    },
    /// How many came before.
    Offset {
        /// Where it goes.
        send: PageEntry,
        /// What the first item is called.
        first: u64,
    },
    /// An URL that the answer holds at this path.
    Url {
        /// Where it is.
        next: Vec<String>,
    },
    /// The header `Link`.
    Link,
}

/// A path as people write it: `data[-1].id`.
pub fn written(path: &[String]) -> String {
    path.join(".").replace(".[-1]", "[-1]")
}
