//! Names that are not the collection's to have.
//!
//! In: nothing. Out: names of modules, functions and types that mean something else where generated code stands.

/// Module names that would be taken for something else as a file name, by rustc, cargo or Windows.
pub const MODULES: &[&str] = &[
    "aux", "bin", "com1", "com2", "com3", "com4", "con", "lib", "lpt1", "lpt2", "lpt3", "lpt4", "main",
    "mod", "nul", "prn", "rt",
];

/// Functions of `Client` and of every handle that are not the collection's.
pub const FUNCTIONS: &[&str] = &["builder", "clone", "environment", "inner", "new"];

/// Types of every module that are not the collection's: those that the output names without a path, and those that
/// documentation would take for a derive.
pub const TYPES: &[&str] = &[
    "API",
    "Box",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Environment",
    "Eq",
    "Err",
    "Hash",
    "Into",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Some",
    "String",
    "Vec",
];
