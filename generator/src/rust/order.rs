//! The order of the document, in which names are given: what stands first keeps its name.
//!
//! In: a folder, whose operations and sub-folders the neutral model keeps apart. Out: both as they stand in the source.

use crate::ir;

/// What a folder holds.
pub enum Child<'a> {
    /// A folder.
    Folder(&'a ir::Folder),
    /// An operation.
    Operation(&'a ir::Operation),
}

/// Folders and operations as they stand in the document, which their pointers tell.
pub fn in_document_order(folder: &ir::Folder) -> Vec<Child<'_>> {
    let operations = folder
        .operations
        .iter()
        .map(|operation| (&operation.place, Child::Operation(operation)));
    let folders = folder
        .folders
        .iter()
        .map(|folder| (&folder.place, Child::Folder(folder)));
    let mut children: Vec<_> = operations.chain(folders).collect();
    children.sort_by_key(|(place, _)| position(&place.pointer));
    children.into_iter().map(|(_, child)| child).collect()
}

/// The index that a pointer ends with: `/item/3` is 3.
fn position(pointer: &str) -> usize {
    let last = pointer.rsplit('/').find_map(|part| part.parse().ok());
    last.unwrap_or(usize::MAX)
}

/// Whether there is no operation in a folder nor below it.
pub fn is_empty(folder: &ir::Folder) -> bool {
    folder.operations.is_empty() && folder.folders.iter().all(is_empty)
}
