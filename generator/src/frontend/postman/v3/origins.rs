//! Where elements of the converted collection come from.
//!
//! In: their pointers, and the nodes that they were made of. Out: a list for the sink.

use super::node::Node;
use crate::diag::Origin;

/// The list on its way.
#[derive(Default)]
pub(super) struct Origins(Vec<Origin>);

impl Origins {
    /// What is below `pointer` comes from what is below `own` in the node.
    pub(super) fn add(&mut self, pointer: &str, node: &Node<'_>, own: &str) {
        self.0.push(Origin {
            pointer: pointer.to_owned(),
            file: node.file.clone(),
            at: format!("{}{own}", node.pointer),
        });
    }

    pub(super) fn into_list(self) -> Vec<Origin> {
        self.0
    }
}
