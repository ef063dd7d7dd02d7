//! The client of every fixture: what this crate claims is that it compiles without a warning.

#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));

pub mod inline {
    #![doc = include_str!(concat!(env!("OUT_DIR"), "/inline/letterpress.md"))]

    include!(concat!(env!("OUT_DIR"), "/inline/letterpress.rs"));
}

pub mod model {
    //! A client of a model that was made by hand.

    include!(concat!(env!("OUT_DIR"), "/model/letterpress.rs"));
}
