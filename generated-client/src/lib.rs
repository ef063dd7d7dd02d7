//! Clients pressed from the collections in `../collections`, a module each.

include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));
