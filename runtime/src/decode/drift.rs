//! Where an answer was not what the collection's samples had shown.

use serde_json::Value;
use std::fmt;

/// A place in an answer that did not fit its type, and was left out for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Where: `items[3].price`; empty for the whole body.
    pub path: String,
    /// What the type wants: `a number`.
    pub expected: String,
    /// What stands there, a bounded piece of it: `"n/a"`.
    pub found: String,
    /// The value that came, whole; `None` where nothing came. A number that 64 bits cannot hold is a text of its digits.
    pub value: Option<Value>,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            expected,
            found,
            ..
        } = self;
        match path.as_str() {
            "" => write!(f, "expected {expected}, found {found}"),
            path => write!(f, "{path}: expected {expected}, found {found}"),
        }
    }
}

/// What of an answer did not fit, as `on_drift` hears of it.
#[derive(Clone, Copy, Debug)]
pub struct DriftReport<'a> {
    operation: &'a str,
    status: u16,
    drifts: &'a [Drift],
}

impl<'a> DriftReport<'a> {
    pub(crate) fn new(operation: &'a str, status: u16, drifts: &'a [Drift]) -> Self {
        Self {
            operation,
            status,
            drifts,
        }
    }

    /// Tells a subscriber of `tracing`: the places, and at level `trace` what came.
    #[cfg(feature = "tracing")]
    pub(crate) fn trace(&self) {
        let Self {
            operation, status, ..
        } = *self;
        let paths: Vec<&str> = self.drifts.iter().map(|drift| drift.path.as_str()).collect();
        tracing::warn!(target: "letterpress_runtime", operation, status, ?paths, "an answer did not fit its type");
        for Drift { path, value, .. } in self.drifts {
            let value = value
                .as_ref()
                .map_or_else(|| "nothing".to_owned(), Value::to_string);
            tracing::trace!(target: "letterpress_runtime", operation, path, value, "did not fit");
        }
    }

    #[cfg(not(feature = "tracing"))]
    #[expect(clippy::unused_self, reason = "there is nobody to tell")]
    pub(crate) fn trace(&self) {}

    /// The name of the operation, as the collection has it.
    pub fn operation(&self) -> &'a str {
        self.operation
    }

    /// The status of the answer.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// What did not fit, one entry for each place; there is at least one. They hold values of the answer.
    pub fn drifts(&self) -> &'a [Drift] {
        self.drifts
    }
}

/// Names the places, and no value.
impl fmt::Display for DriftReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer {} of {:?} drifted", self.status, self.operation)?;
        for (at, drift) in self.drifts.iter().enumerate() {
            let path = if drift.path.is_empty() {
                "the body"
            } else {
                &drift.path
            };
            write!(
                f,
                "{} {path} (not {})",
                if at == 0 { ":" } else { "," },
                drift.expected
            )?;
        }
        Ok(())
    }
}
