//! Presses every collection beside this crate into a module of its own.

fn main() -> Result<(), letterpress::Error> {
    letterpress::Generator::new()
        .collections_in("../collections")
        .doc_tests("generated_client")
        .build()?;
    Ok(())
}
