//! Remembers what was made of a text: collections describe the same parameters and answers again and again.
//!
//! In: a text, and how to make something of it. Out: what was made of it, now or before. Each thread remembers for
//! itself, and only so much, so that memory stays bounded whatever the collection.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::thread::LocalKey;

/// How many texts are remembered before all are forgotten.
const MOST: usize = 1024;
/// The longest text that is remembered, in bytes.
const LONGEST: usize = 4096;

/// Results by text.
pub(super) type Memo<T> = RefCell<BTreeMap<String, T>>;

/// What `make` makes of the text, which must depend on nothing else.
pub(super) fn remembered<T: Clone>(
    memo: &'static LocalKey<Memo<T>>,
    text: &str,
    make: impl FnOnce(&str) -> T,
) -> T {
    if text.len() > LONGEST {
        return make(text);
    }
    if let Some(made) = memo.with_borrow(|memo| memo.get(text).cloned()) {
        return made;
    }
    let made = make(text);
    memo.with_borrow_mut(|memo| {
        if memo.len() >= MOST {
            memo.clear();
        }
        memo.insert(text.to_owned(), made.clone());
    });
    made
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_text_is_made_something_of_once_and_memory_is_bounded() {
        thread_local! {
            static MEMO: Memo<usize> = Memo::default();
        }
        let calls = Cell::new(0);
        let length = |text: &str| {
            remembered(&MEMO, text, |text| {
                calls.set(calls.get() + 1);
                text.len()
            })
        };
        assert_eq!((length("abc"), length("abc"), calls.get()), (3, 3, 1));
        let long = "x".repeat(LONGEST + 1);
        assert_eq!((length(&long), length(&long), calls.get()), (4097, 4097, 3));
        for index in 0..MOST * 2 {
            length(&index.to_string());
        }
        assert!(MEMO.with_borrow(BTreeMap::len) <= MOST);
    }
}
