//! The singular of an English word, for naming the type of a list's items: `addresses` is `address`.
//!
//! In: the last word of a key, lower case. Out: its singular, or the word itself where no rule is sure.

/// Words whose plural follows no rule, and words that look like plurals and are none.
const IRREGULAR: &[(&str, &str)] = &[
    ("analyses", "analysis"),
    ("analytics", "analytics"),
    ("axes", "axis"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("criteria", "criterion"),
    ("data", "data"),
    ("feet", "foot"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("metrics", "metric"),
    ("movies", "movie"),
    ("news", "news"),
    ("people", "person"),
    ("series", "series"),
    ("species", "species"),
    ("women", "woman"),
    ("vertices", "vertex"),
];

/// Endings and what they become, the first that fits.
const ENDINGS: &[(&str, &str)] = &[
    ("ics", "ics"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("tuses", "tus"),
    ("nuses", "nus"),
    ("ruses", "rus"),
    ("ies", "y"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
];

/// The singular of a lower-case word.
pub fn singular(word: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    let found = ENDINGS
        .iter()
        .find_map(|(ending, one)| Some((word.strip_suffix(ending)?, *one)));
    match found {
        Some((stem, one)) if stem.chars().count() > 1 => format!("{stem}{one}"),
        Some(_) | None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn follows_the_usual_rules() {
        for (many, one) in [
            ("users", "user"),
            ("addresses", "address"),
            ("statuses", "status"),
            ("categories", "category"),
            ("boxes", "box"),
            ("responses", "response"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("children", "child"),
            ("data", "data"),
            ("class", "class"),
            ("ids", "id"),
            ("s", "s"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
