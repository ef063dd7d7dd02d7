//! What only a terminal shows: colours, and that long work goes on.
//!
//! In: texts, and how long something takes. Out: the same texts in colours, where somebody sees them: not where the output is read by a
//! program, where `NO_COLOR` is set, or where `--color never` was said. Progress goes to standard error and is wiped out when the work is done.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use clap::ValueEnum;

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What was said on the command line.
static COLOR: AtomicU8 = AtomicU8::new(Color::Auto as u8);

/// Says when there are colours.
pub(super) fn set_color(color: Color) {
    COLOR.store(color as u8, Ordering::Relaxed);
}

/// Where something is shown.
#[derive(Clone, Copy)]
pub(super) enum To {
    Out,
    Err,
}

impl To {
    fn is_terminal(self) -> bool {
        match self {
            Self::Out => io::stdout().is_terminal(),
            Self::Err => io::stderr().is_terminal(),
        }
    }

    fn has_colors(self) -> bool {
        match COLOR.load(Ordering::Relaxed) {
            color if color == Color::Always as u8 => true,
            color if color == Color::Never as u8 => false,
            _ => {
                let forbids = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                self.is_terminal() && !forbids("NO_COLOR") && !is_dumb
            }
        }
    }
}

/// How a word is shown.
#[derive(Clone, Copy)]
pub(super) enum Style {
    Error,
    Warning,
    Good,
}

/// A text in a colour, where there are colours.
pub(super) fn paint(to: To, style: Style, text: &str) -> String {
    if !to.has_colors() {
        return text.to_owned();
    }
    let code = match style {
        Style::Error => "1;31",
        Style::Warning => "1;33",
        Style::Good => "1;32",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// A finding with the word that says how bad it is in a colour.
pub(super) fn finding(text: &str) -> String {
    for (word, style) in [("error[", Style::Error), ("warning[", Style::Warning)] {
        if let Some((before, rest)) = text.split_once(word)
            && let Some((code, after)) = rest.split_once(']')
            && !before.contains('\n')
        {
            let shown = paint(To::Err, style, &format!("{word}{code}]"));
            return format!("{before}{shown}{after}");
        }
    }
    text.to_owned()
}

/// Work that may take long; ends when it is dropped.
pub(super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Says after half a second what is being done, and for how long.
    pub(super) fn start(what: String) -> Self {
        const FIRST: Duration = Duration::from_millis(500);
        const NEXT: Duration = Duration::from_secs(1);
        if !To::Err.is_terminal() {
            return Self(None);
        }
        let (end, ended) = mpsc::channel();
        let shower = thread::spawn(move || {
            let began = Instant::now();
            let mut wait = FIRST;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                eprint!("\r{what} … {} s", began.elapsed().as_secs());
                let _ = io::stderr().flush();
                wait = NEXT;
            }
            if wait == NEXT {
                // Back to the beginning, and the line is empty.
                eprint!("\r\u{1b}[K");
                let _ = io::stderr().flush();
            }
        });
        Self(Some((end, shower)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, shower)) = self.0.take() {
            let _ = end.send(());
            let _ = shower.join();
        }
    }
}
