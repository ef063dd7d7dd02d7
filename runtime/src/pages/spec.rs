//! What a collection, or its user, says of the pages of one operation; constants in generated code.
//!
//! In: nothing. Out: what the pager goes by. Paths are keys down from the whole body; `[-1]` is the last of a list.

/// How an operation lists.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(super) style: Style,
    /// Where the list is.
    pub(super) items: Path,
    /// What says how many there are on a page.
    pub(super) size: Option<PageEntry>,
    /// Whether there is more.
    pub(super) more: Option<Path>,
    /// Whether this is the last one.
    pub(super) last: Option<Path>,
    /// How many there are in all.
    pub(super) total: Option<Path>,
    /// How many pages there are.
    pub(super) pages: Option<Path>,
}

pub(super) type Path = &'static [&'static str];

/// Where the next page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageEntry {
    /// In a query entry of this name.
    Query(&'static str),
    /// At this path of a JSON body, or of the variables of a GraphQL query.
    Body(&'static [&'static str]),
}

/// What the next page is asked for by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Style {
    /// By a text that the answer holds.
    Cursor { send: PageEntry, next: Path },
    /// By a text in a header of the answer.
    Header { send: PageEntry, name: &'static str },
    /// By its number.
    Page { send: PageEntry, first: Option<u64> },
    /// By how many came before.
    Offset { send: PageEntry, first: u64 },
    /// By an URL that the answer holds.
    Url { next: Path },
    /// By the URL in the header `Link` (RFC 8288).
    Link,
}

impl Paging {
    const fn new(style: Style) -> Self {
        Self {
            style,
            items: &[],
            size: None,
            more: None,
            last: None,
            total: None,
            pages: None,
        }
    }

    /// The answer holds, at this path, the text by which the next page is asked for.
    pub const fn cursor(send: PageEntry, next: &'static [&'static str]) -> Self {
        Self::new(Style::Cursor { send, next })
    }

    /// A header of the answer is the text by which the next page is asked for.
    pub const fn header(send: PageEntry, name: &'static str) -> Self {
        Self::new(Style::Header { send, name })
    }

    /// Pages have numbers, from 0 or from 1: which, is found out by what the server gives for 1.
    pub const fn page(send: PageEntry) -> Self {
        Self::new(Style::Page { send, first: None })
    }

    /// Pages have numbers, from this one.
    pub const fn page_from(send: PageEntry, first: u64) -> Self {
        let first = Some(first);
        Self::new(Style::Page { send, first })
    }

    /// A page begins behind so many items, counted from this number.
    pub const fn offset(send: PageEntry, first: u64) -> Self {
        Self::new(Style::Offset { send, first })
    }

    /// The answer holds, at this path, the URL of the next page.
    pub const fn url(next: &'static [&'static str]) -> Self {
        Self::new(Style::Url { next })
    }

    /// The header `Link` of the answer holds the URL of the next page.
    pub const fn link() -> Self {
        Self::new(Style::Link)
    }

    /// The list is at this path of the answer; else it is the answer.
    #[must_use]
    pub const fn items(mut self, path: &'static [&'static str]) -> Self {
        self.items = path;
        self
    }

    /// This says how many there are on a page.
    #[must_use]
    pub const fn size(mut self, entry: PageEntry) -> Self {
        self.size = Some(entry);
        self
    }

    /// At this path the answer says whether there is more.
    #[must_use]
    pub const fn more(mut self, path: &'static [&'static str]) -> Self {
        self.more = Some(path);
        self
    }

    /// At this path the answer says whether this page is the last.
    #[must_use]
    pub const fn last(mut self, path: &'static [&'static str]) -> Self {
        self.last = Some(path);
        self
    }

    /// At this path the answer says how many items there are in all.
    #[must_use]
    pub const fn total(mut self, path: &'static [&'static str]) -> Self {
        self.total = Some(path);
        self
    }

    /// At this path the answer says how many pages there are.
    #[must_use]
    pub const fn pages(mut self, path: &'static [&'static str]) -> Self {
        self.pages = Some(path);
        self
    }
}
