//! Identity: small numbers, given once in the order of the document.
//!
//! In: a tree as a front end built it. Out: the same, numbered. Whatever refers to an operation or a folder does so by
//! number, and what is sorted is sorted by number: where something stands in its source is for findings alone. A number
//! is never given twice, nor changed by a pass; one that leaves something out leaves a gap.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Child, Folder};

/// Identity of an [`Operation`](super::Operation). Numbers follow the order of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// Identity of a [`Folder`]. The root is the first; numbers follow the order of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderId(pub usize);

impl Folder {
    /// Numbers this folder, and every folder and operation below it, in the order of the document.
    pub fn number(&mut self) {
        self.number_from(&mut Next::default());
    }

    fn number_from(&mut self, next: &mut Next) {
        self.id = FolderId(next.folder);
        next.folder += 1;
        for child in &mut self.children {
            match child {
                Child::Folder(folder) => folder.number_from(next),
                Child::Operation(operation) => {
                    operation.id = OperationId(next.operation);
                    next.operation += 1;
                    let nth = next.alike.entry(operation.place.breadcrumb.clone()).or_default();
                    operation.place.nth = *nth;
                    *nth += 1;
                }
            }
        }
    }
}

/// The numbers that are given next.
#[derive(Default)]
struct Next {
    folder: usize,
    operation: usize,
    /// How many operations were called so, all the way.
    alike: BTreeMap<Arc<[String]>, usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Operation;

    #[test]
    fn numbers_follow_the_document() {
        let folder = |children| Child::Folder(Folder::of(children));
        let operation = || Child::from(Operation::default());
        let mut root = Folder::of(vec![
            folder(vec![operation(), folder(vec![operation()]), operation()]),
            operation(),
            folder(Vec::new()),
        ]);
        root.number();
        let mut operations = Vec::new();
        root.visit(&mut |operation| operations.push(operation.id.0));
        assert_eq!(operations, [0, 1, 2, 3]);
        let folders: Vec<_> = root.folders().map(|folder| folder.id.0).collect();
        assert_eq!((root.id.0, folders), (0, vec![1, 3]));
    }
}
