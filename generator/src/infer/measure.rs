//! Numbers that may have a fraction, although the samples show whole ones.
//!
//! In: the key of a number, and the texts of all samples of an API. Out: whether it is a measure rather than a count or an
//! identity: by its last word (`unitPrice`, `net_weight`), or because the same key has a fraction somewhere else in the API.
//! Only what is received is typed so: who sends an integer may be bound to send one.

use std::collections::BTreeSet;

use super::lexical::number;
use super::subject::words_of;

/// Last words of the keys of measures, in the singular. Measured: in 28 collections' samples such keys show a fraction 8 times,
/// all others 30 times in 312; in the schemas of `OpenAPI` documents they are `number` 32 times in 89, all others 236 times in 1391.
/// That payment APIs count an `amount` in cents does no harm: a whole number loses nothing as a fraction.
const MEASURES: &[&str] = &[
    "altitude",
    "amount",
    "balance",
    "coordinate",
    "cost",
    "discount",
    "distance",
    "fee",
    "lat",
    "latitude",
    "lng",
    "lon",
    "long",
    "longitude",
    "percent",
    "percentage",
    "price",
    "probability",
    "rate",
    "ratio",
    "salary",
    "score",
    "subtotal",
    "tax",
    "temperature",
    "vat",
    "weight",
];

/// Last words of the keys of what is counted or numbered: a fraction somewhere else says nothing of these.
const COUNTED: &[&str] = &[
    "code", "count", "gid", "guid", "id", "index", "number", "page", "port", "status", "uid", "uuid",
    "version", "year",
];

/// Keys beside a `total` that make it a count of pages or rows.
const PAGING: &[&str] = &["count", "cursor", "limit", "next", "offset", "page", "size"];

/// Keys that have a fraction somewhere in an API.
#[derive(Clone, Debug, Default)]
pub struct Fractions(BTreeSet<String>);

impl Fractions {
    /// Notes the keys that have one in a sample, in whatever depth of lists.
    pub fn note(&mut self, sample: &str) {
        let mut key = None;
        let mut rest = sample;
        while let Some(at) = rest.find([
            '"', '{', '}', ',', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
        ]) {
            rest = rest.get(at..).unwrap_or_default();
            let length = match rest.chars().next() {
                Some('"') => {
                    let (text, length) = quoted(rest);
                    let is_key = rest
                        .get(length..)
                        .is_some_and(|after| after.trim_start().starts_with(':'));
                    if is_key {
                        key = Some(text);
                    }
                    length
                }
                Some('{' | '}') => {
                    key = None;
                    1
                }
                Some(',') | None => 1,
                Some(_) => {
                    let ends = |c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
                    let word = rest
                        .get(..rest.find(ends).unwrap_or(rest.len()))
                        .unwrap_or_default();
                    let is_fraction = word.contains('.') && number(word).is_some();
                    if let Some(key) = key.filter(|_| is_fraction) {
                        self.0.insert(key.to_owned());
                    }
                    word.len().max(1)
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// Whether the number of a key may have a fraction.
    pub fn may_have_one(&self, key: &str) -> bool {
        let words = words_of(key);
        let Some(last) = words.last().map(String::as_str) else {
            return false;
        };
        MEASURES.contains(&last) || self.0.contains(key) && !COUNTED.contains(&last)
    }

    /// Whether a total among these keys is a sum of measures, which `below` has, rather than a count of rows.
    pub fn is_sum<'k>(
        &self,
        key: &str,
        beside: impl Iterator<Item = &'k str>,
        mut below: impl Iterator<Item = &'k str>,
    ) -> bool {
        let is_paging = |key: &str| {
            words_of(key)
                .last()
                .is_some_and(|last| PAGING.contains(&last.as_str()))
        };
        words_of(key).last().is_some_and(|last| last == "total")
            && !beside.into_iter().any(is_paging)
            && below.any(|key| self.may_have_one(key))
    }
}

/// The text of a string, and how long it is with its quotes.
fn quoted(rest: &str) -> (&str, usize) {
    let mut escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (rest.get(1..at).unwrap_or_default(), at + 1),
            _ => {}
        }
    }
    ("", rest.len())
}

#[cfg(test)]
mod tests {
    use super::Fractions;

    #[test]
    fn measures_are_told_by_their_last_word() {
        let none = Fractions::default();
        for key in [
            "price",
            "unitPrice",
            "net_weight",
            "Prices",
            "exchange-rate",
            "lat",
            "accountBalance",
            "tax.amount",
        ] {
            assert!(none.may_have_one(key), "{key}");
        }
        for key in [
            "id",
            "priceId",
            "count",
            "rateLimit",
            "amountOfItems",
            "total",
            "weighting",
            "",
            "latest",
        ] {
            assert!(!none.may_have_one(key), "{key}");
        }
    }

    #[test]
    fn a_fraction_elsewhere_tells_too_unless_it_is_a_number_of_something() {
        let mut fractions = Fractions::default();
        fractions.note(r#"{"volume": 1.5, "deep": {"points": [[1, 2.5]]}, "text": "3.5", "id": 1.5, "version": 2.0, "at": [0.5]}"#);
        for key in ["volume", "points", "at"] {
            assert!(fractions.may_have_one(key), "{key}");
        }
        for key in ["deep", "text", "id", "version", "other"] {
            assert!(!fractions.may_have_one(key), "{key}");
        }
    }

    #[test]
    fn a_total_is_a_sum_where_measures_are_summed_and_no_page_is_told() {
        let none = Fractions::default();
        let is_sum =
            |beside: &[&str]| none.is_sum("total", beside.iter().copied(), ["qty", "price"].into_iter());
        assert!(is_sum(&["id", "total", "lines"]));
        assert!(!is_sum(&["total", "limit", "items"]));
        assert!(!none.is_sum("total", ["total"].into_iter(), ["id"].into_iter()));
        assert!(!none.is_sum("sum", ["sum"].into_iter(), ["price"].into_iter()));
    }
}
