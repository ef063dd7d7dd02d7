//! Presses the collections of the recipes, and makes a test of each block of Rust in them.
//!
//! In: `docs/recipes`. Out: the clients, and `recipes.rs`, in which each block is a function that may use `client`. Blocks that are tagged
//! `build` are code of build scripts: this one holds them, and a test compares.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

const RECIPES: &str = "../../docs/recipes";

fn main() -> Result<(), Box<dyn Error>> {
    several()?;
    println!("cargo::rerun-if-changed={RECIPES}");
    let mut tests = String::new();
    let mut names: Vec<PathBuf> = fs::read_dir(RECIPES)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    names.sort();
    for path in names {
        tests.push_str(&tests_of(&path)?);
    }
    fs::write(Path::new(&std::env::var("OUT_DIR")?).join("recipes.rs"), tests)?;
    Ok(())
}

fn several() -> Result<(), letterpress::Error> {
    letterpress::Generator::new()
        .collections_in("../../docs/recipes/collections")
        .build()?;
    Ok(())
}

#[allow(dead_code, reason = "the recipe of a single collection, compiled only")]
fn single() -> Result<(), letterpress::Error> {
    letterpress::Generator::new()
        .collection("../../docs/recipes/collections/shop.postman_collection.json")
        .build()?;
    Ok(())
}

/// A test for each block of a recipe.
fn tests_of(path: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let name = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default()
        .replace('-', "_");
    let mut tests = String::new();
    for (index, block) in text.split("\n```rust").skip(1).enumerate() {
        let (tag, block) = block.split_once('\n').ok_or("a block without lines")?;
        let (block, _) = block.split_once("\n```").ok_or("a block without an end")?;
        let name = format!("{name}_{}", index + 1);
        tests.push_str(&match tag {
            "" => format!(
                "#[tokio::test]\nasync fn {name}() -> Outcome {{\n    let client = client()?;\n    let _ = &client;\n    {{\n{block}\n    }}\n    Ok(())\n}}\n"
            ),
            ",blocking" => format!("#[test]\nfn {name}() -> Outcome {{\n{block}\n    Ok(())\n}}\n"),
            ",build" => format!("#[test]\nfn {name}() {{\n    is_in_build_script({block:?});\n}}\n"),
            other => return Err(format!("{}: a block is tagged `{other}`", path.display()).into()),
        });
    }
    Ok(tests)
}
