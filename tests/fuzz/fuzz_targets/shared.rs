//! Presses bytes, and checks that what comes out is what its name says.

use letterpress::config::Config;
use letterpress::frontend::Source;
use letterpress::pipeline::{self, Input};

/// Presses; gives back how many functions there are, or the refusal.
pub fn press(bytes: &[u8]) -> Result<usize, String> {
    let outcome = pipeline::generate(&[Input::new(Source::new("fuzz.json", bytes))], &Config::default());
    if outcome.has_errors() {
        return Err(format!("{:?}", outcome.diagnostics));
    }
    let mut functions = 0;
    for file in &outcome.files {
        if file.path.ends_with(".rs") {
            syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{} is no Rust: {error}", file.path));
            let operations = file.text.split("\nimpl rt::Operation").skip(1);
            functions += operations.filter(|rest| rest.trim_start().starts_with("for ")).count();
        } else {
            serde_json::from_str::<serde_json::Value>(&file.text)
                .unwrap_or_else(|error| panic!("{} is no JSON: {error}", file.path));
        }
    }
    Ok(functions)
}
