//! Presses the collections of the recipes, and makes a test of each block of Rust in them.
//!
//! In: `docs/recipes` and the README. Out: the clients, and `recipes.rs`, in which each block is a function that may use `client`, or a
//! module if it has functions itself. Blocks that are tagged `no_run` are compiled only. Those that are tagged `build` are code of build
//! scripts: this one holds them, and a test compares; `lib` is a `src/lib.rs`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

const RECIPES: &str = "../../docs/recipes";
const README: &str = "../../README.md";

fn main() -> Result<(), Box<dyn Error>> {
    several()?;
    inline()?;
    println!("cargo::rerun-if-changed={RECIPES}");
    println!("cargo::rerun-if-changed={README}");
    let mut tests = String::new();
    let mut names: Vec<PathBuf> = fs::read_dir(RECIPES)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    names.sort();
    names.push(README.into());
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

/// The client of one collection, as a crate of its own includes it.
fn inline() -> Result<(), Box<dyn Error>> {
    let generator = letterpress::Generator::new()
        .collection("../../docs/recipes/collections/bookshop.postman_collection.json")
        .inline(true);
    let out = Path::new(&std::env::var("OUT_DIR")?).join("inline");
    for file in generator.generate()?.files {
        let path = out.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&out))?;
        fs::write(path, file.text)?;
    }
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
    let name = name.to_lowercase();
    let mut tests = String::new();
    let blocks = text.split("```rust").zip(text.split("```rust").skip(1));
    for (index, (before, block)) in blocks.enumerate() {
        let (tag, block) = block.split_once('\n').ok_or("a block without lines")?;
        let (block, _) = block.split_once("```").ok_or("a block without an end")?;
        // One of a list is indented.
        let indent = before.rsplit('\n').next().unwrap_or_default();
        let block = block.replace(&format!("\n{indent}"), "\n");
        let name = format!("{name}_{}", index + 1);
        let has_functions = block.lines().any(|line| line.starts_with("#[tokio::test]"));
        tests.push_str(&match tag {
            "" if has_functions => format!("mod {name} {{\nuse super::bookshop;\n{block}\n}}\n"),
            "" => of_block("#[tokio::test]", &name, &block),
            ",no_run" if block.contains("fn main()") => {
                format!("#[allow(dead_code)]\nmod {name} {{\n{block}\n}}\n")
            }
            ",no_run" => of_block("#[allow(dead_code)]", &name, &block),
            ",blocking" => format!("#[test]\nfn {name}() -> Outcome {{\n{block}\n    Ok(())\n}}\n"),
            ",build" => format!("#[test]\nfn {name}() {{\n    is_in_build_script({block:?});\n}}\n"),
            ",lib" => format!(
                "#[allow(dead_code, unused_imports, unreachable_pub)]\nmod {name} {{\n{}\n}}\n",
                block.replace("\"/letterpress", "\"/inline/letterpress")
            ),
            other => return Err(format!("{}: a block is tagged `{other}`", path.display()).into()),
        });
    }
    Ok(tests)
}

fn of_block(attribute: &str, name: &str, block: &str) -> String {
    // What `client` is.
    let client = if name.starts_with("readme") {
        "bookshop_client"
    } else {
        "client"
    };
    format!(
        "{attribute}\nasync fn {name}() -> Outcome {{\n    let client = {client}()?;\n    let _ = &client;\n    {{\n{block}\n    }}\n    Ok(())\n}}\n"
    )
}
