//! What a stage found: counts, facts worth printing, and a reason per failure.

use serde_json::{Value, json};

/// The result of one stage.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The stage's name.
    pub stage: &'static str,
    /// Collections looked at.
    pub collections: usize,
    /// Requests in them.
    pub items: usize,
    /// Whatever else is worth knowing, in order: name and value.
    pub facts: Vec<(String, String)>,
    /// What failed; at most one per collection, or per item where the stage counts those.
    pub failures: Vec<Failure>,
    /// How many items passed, where a stage counts items instead of collections.
    pub passed_items: Option<usize>,
}

/// One collection that failed, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The collection's file name.
    pub collection: String,
    /// The reason, perhaps of several lines.
    pub reason: String,
}

impl Report {
    /// How many collections passed, or items where the stage counts those.
    pub fn passed(&self) -> usize {
        self.passed_items
            .unwrap_or_else(|| self.collections.saturating_sub(self.failures.len()))
    }

    /// Adds a fact.
    pub fn fact(&mut self, name: &str, value: impl ToString) {
        self.facts.push((name.to_owned(), value.to_string()));
    }

    /// The report as people read it, closing line last.
    pub fn text(&self) -> String {
        let failures = self.failures.iter().map(|Failure { collection, reason }| {
            format!("FAILED {collection}: {}\n", reason.replace('\n', "\n    "))
        });
        let facts = self
            .facts
            .iter()
            .map(|(name, value)| format!("{name}: {value}\n"));
        failures.chain(facts).chain([self.closing_line()]).collect()
    }

    /// `STAGE: N collections, M items, K passed, F failed`.
    pub fn closing_line(&self) -> String {
        format!(
            "{}: {} collections, {} items, {} passed, {} failed",
            self.stage,
            self.collections,
            self.items,
            self.passed(),
            self.failures.len()
        )
    }

    /// The report as programs read it.
    pub fn json(&self) -> Value {
        let facts: serde_json::Map<String, Value> = self
            .facts
            .iter()
            .map(|(name, value)| (name.clone(), json!(value)))
            .collect();
        let failures: Vec<Value> = self
            .failures
            .iter()
            .map(|failure| json!({"collection": failure.collection, "reason": failure.reason}))
            .collect();
        json!({
            "stage": self.stage,
            "collections": self.collections,
            "items": self.items,
            "passed": self.passed(),
            "failed": self.failures.len(),
            "facts": facts,
            "failures": failures,
        })
    }
}
