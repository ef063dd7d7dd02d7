//! What makes a crate of a generated module: manifest, README and the rest.
