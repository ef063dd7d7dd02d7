//! Presses a collection for a test: the one place that calls the generator.
//!
//! In: a path. Out: the generated files and the diagnostics, or what went wrong as text.

use std::io;
use std::path::Path;

/// The output of one collection.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// The name of its module.
    pub module: String,
    /// Declares the module, with its attributes.
    pub index: String,
    /// Relative path and text, in order; paths begin with the module's name.
    pub files: Vec<(String, String)>,
    /// What was said about the input, rendered.
    pub diagnostics: Vec<String>,
}

/// Presses the collection at `path` under the module name that it gets by itself.
pub fn press(path: &Path) -> Result<Pressed, String> {
    press_as(path, &module_name(path))
}
/// TODO
pub fn press_as(path: &Path, module: &str) -> Result<Pressed, String> {
    Err(format!("{} {module}", path.display()))
}

/// The name of the module for a collection's file.
pub fn module_name(path: &Path) -> String {
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let name: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    name.trim_matches('_').to_owned()
}

impl Pressed {
    /// How many functions of operations there are.
    pub fn functions(&self) -> usize {
        let lines = self.files.iter().flat_map(|(_, text)| text.lines());
        lines
            .filter(|line| line.contains("::letterpress_runtime::Operation for "))
            .count()
    }

    /// Checks that every file is Rust.
    pub fn must_parse(&self) -> Result<(), String> {
        for (path, text) in &self.files {
            syn::parse_file(text).map_err(|error| format!("{path} does not parse: {error}"))?;
        }
        Ok(())
    }

    /// Writes all files below `folder`.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, text) in &self.files {
            write_if_changed(&folder.join(path), text)?;
        }
        Ok(())
    }
}

/// Writes a file unless it holds just that; makes its folder.
pub fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// The manifest of a crate that holds generated modules.
pub fn manifest(name: &str) -> String {
    let runtime = crate::inputs::workspace().join("runtime");
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nletterpress-runtime = {{ path = {:?}, default-features = false }}\n",
        runtime.display().to_string()
    )
}
