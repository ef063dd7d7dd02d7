//! What the call of an operation that lists has beside the rest.

/// Pages and items of a call, and how they are asked for.
#[macro_export]
macro_rules! lists {
    ($call:ident) => {
        impl $call {
            /// What is listed, one after the other: page after page is asked for, each when the one before is used up.
            #[inline]
            pub fn items(&self) -> $crate::Items<Self> {
                self.0.list_items()
            }

            /// The pages of the list, one after the other, each with its status, its headers and what drifted in it.
            #[inline]
            pub fn pages(&self) -> $crate::Pages<Self> {
                self.0.list_pages()
            }
        }
    };
}
