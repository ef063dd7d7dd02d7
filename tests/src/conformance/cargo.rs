//! Runs cargo on generated crates and reads what the compiler says about them.
//!
//! In: a folder with a workspace, and arguments. Out: messages, each with the generated file that it is
//! about, if any. It knows nothing of collections.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a cargo run said.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Whether cargo was content.
    pub success: bool,
    /// Errors and warnings of the compiler.
    pub messages: Vec<Message>,
    /// Everything else that was printed, for failures that the messages do not explain.
    pub output: String,
}

/// An error or a warning.
#[derive(Debug)]
pub struct Message {
    /// The file it is about, relative to the workspace, and the line.
    pub place: Option<(String, usize)>,
    /// As the compiler shows it.
    pub rendered: String,
}

/// Runs `cargo ARGUMENTS` in `folder`; `rustdoc_flags` are in force for this run only.
pub fn run(folder: &Path, arguments: &[&str], rustdoc_flags: &str) -> Outcome {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTDOCFLAGS", rustdoc_flags);
    for inherited in ["RUSTFLAGS", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME"] {
        command.env_remove(inherited);
    }
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            return Outcome {
                output: format!("cannot run cargo: {error}"),
                ..Outcome::default()
            };
        }
    };
    let mut outcome = Outcome {
        success: output.status.success(),
        ..Outcome::default()
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match serde_json::from_str::<Value>(line) {
            Ok(json) => outcome.messages.extend(message(&json)),
            Err(_) => outcome.output.extend([line, "\n"]),
        }
    }
    outcome.output.push_str(&String::from_utf8_lossy(&output.stderr));
    outcome
}

fn message(json: &Value) -> Option<Message> {
    let message = json
        .get("message")
        .filter(|_| json["reason"] == "compiler-message")?;
    if !matches!(
        message["level"].as_str(),
        Some("error" | "warning" | "error: internal compiler error")
    ) {
        return None;
    }
    let rendered = message["rendered"].as_str().unwrap_or_default().to_owned();
    let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut spans: Vec<&Value> = spans.iter().collect();
    spans.sort_by_key(|span| span["is_primary"] != true);
    let place = spans.into_iter().find_map(generated_place);
    Some(Message { place, rendered })
}

/// The file and line of a span, or of the macro call that it comes from, if that is one of the workspace's.
fn generated_place(span: &Value) -> Option<(String, usize)> {
    let file = span["file_name"].as_str()?;
    if file.starts_with("batch_") {
        let line = span["line_start"]
            .as_u64()
            .and_then(|line| usize::try_from(line).ok());
        return Some((file.to_owned(), line.unwrap_or_default()));
    }
    generated_place(span.get("expansion")?.get("span")?)
}
