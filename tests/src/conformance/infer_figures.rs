//! The figures of the stage `infer`, and how a report tells them.
//!
//! In: counts and offenders of one collection after the other. Out: their sums as facts of a [`Report`], and whether a collection
//! fails: if a sample of its own does not fit its type, or one that was left out cannot be decoded at all.

use std::collections::BTreeMap;

use super::Report;

/// A count of those that passed, and of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Passed.
    pub passed: usize,
    /// All.
    pub all: usize,
}

/// The figures of one collection, or of several.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Left-out samples that were decoded at all.
    pub decoded: Share,
    /// Left-out samples that were decoded without drift.
    pub clean: Share,
    /// Saved JSON answers that fit their own type.
    pub answers: Share,
    /// Raw JSON bodies that fit their own type.
    pub bodies: Share,
    /// Leaf fields that are not of type `Value`, nor lists or maps of it.
    pub leaves: Share,
    /// Saved JSON answers whose type is known.
    pub typed: Share,
    /// Leaf fields of type `Value`, by the reason why, and the collection.
    pub vague: BTreeMap<(&'static str, String), usize>,
    /// What did not pass, one line each: the figure's name, the place, the reason.
    pub offenders: Vec<(&'static str, String)>,
}

impl Share {
    pub(super) fn count(&mut self, passed: bool) {
        self.all += 1;
        self.passed += usize::from(passed);
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.all += other.all;
    }

    /// `191 of 205 (93.2 %)`.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub fn text(self) -> String {
        let percent = 100.0 * self.passed as f64 / self.all.max(1) as f64;
        format!("{} of {} ({percent:.1} %)", self.passed, self.all)
    }
}

impl Figures {
    /// Adds the figures of another collection.
    pub fn add(&mut self, other: Self) {
        self.decoded.add(other.decoded);
        self.clean.add(other.clean);
        self.answers.add(other.answers);
        self.bodies.add(other.bodies);
        self.leaves.add(other.leaves);
        self.typed.add(other.typed);
        self.offenders.extend(other.offenders);
        for (key, count) in other.vague {
            *self.vague.entry(key).or_default() += count;
        }
    }

    /// Why a collection fails: samples that do not fit their own type, or cannot be decoded at all.
    pub(super) fn failure(&self) -> Option<String> {
        let own = self
            .offenders
            .iter()
            .filter(|(figure, _)| matches!(*figure, "self" | "body"));
        let own: Vec<&str> = own.map(|(_, line)| line.as_str()).collect();
        let lost = self.decoded.all - self.decoded.passed;
        let lost = (lost > 0).then(|| format!("{lost} left-out samples cannot be decoded at all"));
        let reasons: Vec<&str> = own.into_iter().chain(lost.as_deref()).collect();
        (!reasons.is_empty()).then(|| reasons.join("\n"))
    }

    /// Puts the figures into a report, and the worst offenders.
    pub(super) fn tell(&self, report: &mut Report) {
        report.fact("leave-one-out, decoded at all", self.decoded.text());
        report.fact("leave-one-out, without drift", self.clean.text());
        report.fact("self, saved JSON answers", self.answers.text());
        report.fact("self, raw JSON bodies", self.bodies.text());
        report.fact(
            "specificity, leaf fields that are not a Value, nor a list or map of it",
            self.leaves.text(),
        );
        report.fact("specificity, saved JSON answers with a type", self.typed.text());
        for (figure, line) in &self.offenders {
            if matches!(*figure, "leave-one-out" | "untyped") {
                report.fact(figure, line);
            }
        }
        for (reason, count) in self.vague_by(|(reason, _)| (*reason).to_owned()) {
            report.fact("fields of type Value, by reason", format!("{count}: {reason}"));
        }
        for (collection, count) in self
            .vague_by(|(_, collection)| collection.clone())
            .into_iter()
            .take(10)
        {
            report.fact(
                "fields of type Value, by collection",
                format!("{count}: {collection}"),
            );
        }
    }

    /// How many leaf fields say nothing, most first.
    fn vague_by(&self, group: impl Fn(&(&'static str, String)) -> String) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (key, count) in &self.vague {
            *counts.entry(group(key)).or_default() += count;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }
}
