//! What each stage of the generator costs, beside the floor of any: the file parsed by `serde_json`, and the bytes written.
//!
//! In: a collection. Out: a row for each stage with its CPU and wall seconds.

use std::fs;
use std::path::Path;
use std::time::Instant;

use letterpress::config::{Config, RuntimeSource};
use letterpress::diag::Sink;
use letterpress::frontend::{self, Source};
use letterpress::output::disk;
use letterpress::pipeline::{self, Input};
use letterpress::{emit, passes};

use crate::inputs::workspace;

/// The rows, each measured by itself; the whole is measured again, as it runs, on all threads that there are.
pub fn table(file: &str, bytes: &[u8], work: &Path) -> Result<String, String> {
    let config = Config {
        runtime: RuntimeSource::Path(workspace().join("runtime").display().to_string()),
        ..Config::default()
    };
    let mut rows = Rows::default();
    let parsed: Result<serde_json::Value, _> =
        rows.measure("floor: serde_json", || serde_json::from_slice(bytes));
    drop(parsed.map_err(|error| format!("{file}: {error}"))?);
    let source = Source::new(file, bytes);
    let mut sink = Sink::default();
    let api = rows.measure("read", || frontend::read(&source, &config, &mut sink));
    let mut api = api.ok_or_else(|| format!("{file} cannot be read"))?;
    rows.measure("passes", || passes::run(&mut api, &config, &mut sink));
    drop(api);
    let input = Input::new(source);
    let (modules, _) = rows.measure("read, passes, names and docs", || {
        pipeline::inspect(&input, &config)
    });
    let (_, modules) = modules.ok_or_else(|| format!("{file} cannot be inspected"))?;
    rows.measure("tokens", || {
        for module in &modules {
            emit::chunks(module);
        }
    });
    drop(modules);
    let folder = work.join("stages");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    let outcome = rows.measure("all, to text", || {
        pipeline::generate_crate(&input, &config, Some("stages"))
    });
    let written = rows.measure("write", || disk::write(&folder, &outcome.files));
    written.map_err(|error| error.to_string())?;
    let text: String = outcome.files.iter().map(|file| file.text.as_str()).collect();
    let written = rows.measure("floor: one file written", || fs::write(folder.join("all"), &text));
    written.map_err(|error| error.to_string())?;
    let sizes = (bytes.len() / 1000, text.len() / 1000);
    Ok(format!("{}\n{} kB to {} kB", rows.0.join("\n"), sizes.0, sizes.1))
}

#[derive(Default)]
struct Rows(Vec<String>);

impl Rows {
    fn measure<T>(&mut self, what: &str, run: impl FnOnce() -> T) -> T {
        let (start, before) = (Instant::now(), super::own_seconds());
        let result = run();
        let (wall, cpu) = (start.elapsed().as_secs_f64(), super::own_seconds() - before);
        self.0.push(format!("{what:<32} {cpu:5.2} CPU s {wall:6.3} s"));
        result
    }
}
