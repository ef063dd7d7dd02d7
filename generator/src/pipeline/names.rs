//! The public names of a client, for `letterpress.lock`.
//!
//! In: a collection, with what is locked of it. Out: the lines that would be written, which names only stay because they are locked, and
//! which nothing has any more.

use super::{Input, found, understand, wanted_name};
use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic, Sink};
use crate::ir::Place;
use crate::rust::name::{self, Case};
use crate::rust::{Plan, lines};

/// The public names of a client, as `letterpress.lock` keeps them.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Names {
    /// The module that they are of.
    pub module: String,
    /// The lines as they would be written, sorted.
    pub lines: Vec<String>,
    /// Names that only stay because they are locked, each with what it would be.
    pub held: Vec<(String, String)>,
    /// Locked names that nothing has any more.
    pub gone: Vec<String>,
}

/// The public names of a collection's client.
pub fn names(input: &Input, config: &Config) -> (Option<Names>, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let understood = understand(input, config, &mut sink).map(|(api, config)| {
        let module = name::name(&wanted_name(input, &config), Case::Snake, "api");
        let plan = Plan::new(&api, &module, &config);
        let written = |lines: &[config::lock::Line]| lines.iter().map(|line| line.text(&module)).collect();
        let own = lines::lines(&api, plan.names());
        let mut lines: Vec<String> = written(&own);
        lines.sort();
        let held = if config.lock.lines.is_empty() {
            Vec::new()
        } else {
            let free = Config {
                lock: config::Lock::default(),
                ..config.clone()
            };
            lines::held(plan.names(), Plan::new(&api, &module, &free).names())
        };
        Names {
            lines,
            held,
            gone: plan.gone().to_vec(),
            module,
        }
    });
    (
        understood.filter(|_| !sink.has_errors()),
        found(sink, std::slice::from_ref(input)),
    )
}

/// Names that are to stay and that nothing has: whoever uses them finds them gone.
pub(super) fn report_gone(gone: &[String], sink: &mut Sink) {
    const FEW: usize = 5;
    if gone.is_empty() {
        return;
    }
    let shown: Vec<&str> = gone.iter().take(FEW).map(String::as_str).collect();
    let more = gone.len() - shown.len();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let message = format!(
        "the collection no longer has what was called `{}`{more}",
        shown.join("`, `")
    );
    let help = "`letterpress lock` takes out what is gone; `letterpress diff` says what became of it";
    sink.warn(
        Code::LockedGone,
        &Place::of_file("letterpress.lock"),
        message,
        help,
    );
}
