//! The singular of an English word, for naming the type of a list's items: `addresses` is `address`.
//!
//! In: the last word of a key, lower case. Out: its singular, or the word itself where no rule is sure.

/// Words whose plural follows no rule.
const IRREGULAR: &[(&str, &str)] = &[
    ("analyses", "analysis"),
    ("appendices", "appendix"),
    ("avalanches", "avalanche"),
    ("axes", "axis"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("cpus", "cpu"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("diagnoses", "diagnosis"),
    ("echoes", "echo"),
    ("emphases", "emphasis"),
    ("feet", "foot"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("gpus", "gpu"),
    ("halves", "half"),
    ("heroes", "hero"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lenses", "lens"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("niches", "niche"),
    ("parentheses", "parenthesis"),
    ("people", "person"),
    ("phenomena", "phenomenon"),
    ("potatoes", "potato"),
    ("quizzes", "quiz"),
    ("radii", "radius"),
    ("shelves", "shelf"),
    ("skus", "sku"),
    ("synopses", "synopsis"),
    ("syntheses", "synthesis"),
    ("teeth", "tooth"),
    ("theses", "thesis"),
    ("tomatoes", "tomato"),
    ("vcpus", "vcpu"),
    ("vertices", "vertex"),
    ("vetoes", "veto"),
    ("wives", "wife"),
    ("wolves", "wolf"),
    ("women", "woman"),
];

/// Words that look like plurals and are none.
const SINGULAR: &[&str] = &[
    "alias",
    "always",
    "analytics",
    "atlas",
    "aws",
    "bias",
    "canvas",
    "chaos",
    "christmas",
    "cors",
    "css",
    "debris",
    "dns",
    "economics",
    "electronics",
    "ethics",
    "gas",
    "gcs",
    "gps",
    "graphics",
    "gratis",
    "his",
    "https",
    "iaas",
    "ios",
    "iris",
    "js",
    "kubernetes",
    "lens",
    "logistics",
    "macos",
    "mathematics",
    "means",
    "metropolis",
    "mms",
    "news",
    "os",
    "paas",
    "physics",
    "politics",
    "pos",
    "redis",
    "saas",
    "sas",
    "series",
    "sms",
    "species",
    "tennis",
    "texas",
    "this",
    "tls",
    "vis",
    "yes",
];

/// Endings and what they become, the first that fits.
const ENDINGS: &[(&str, &str)] = &[
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("iases", "ias"),
    ("vases", "vas"),
    ("puses", "pus"),
    ("tuses", "tus"),
    ("nuses", "nus"),
    ("ruses", "rus"),
    ("ies", "y"),
    ("ss", "ss"),
    ("us", "us"),
    ("sis", "sis"),
    ("xis", "xis"),
    ("s", ""),
];

/// The singular of a lower-case word.
pub fn singular(word: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    if SINGULAR.contains(&word) {
        return word.to_owned();
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
            ("bonuses", "bonus"),
            ("viruses", "virus"),
            ("campuses", "campus"),
            ("aliases", "alias"),
            ("canvases", "canvas"),
            ("categories", "category"),
            ("boxes", "box"),
            ("indexes", "index"),
            ("indices", "index"),
            ("axes", "axis"),
            ("analyses", "analysis"),
            ("responses", "response"),
            ("databases", "database"),
            ("services", "service"),
            ("caches", "cache"),
            ("batches", "batch"),
            ("sizes", "size"),
            ("quizzes", "quiz"),
            ("topics", "topic"),
            ("metrics", "metric"),
            ("statistics", "statistic"),
            ("apis", "api"),
            ("uris", "uri"),
            ("menus", "menu"),
            ("schemas", "schema"),
            ("photos", "photo"),
            ("children", "child"),
            ("criteria", "criterion"),
            ("ids", "id"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn what_is_one_stays() {
        for word in [
            "status",
            "analysis",
            "axis",
            "basis",
            "class",
            "access",
            "data",
            "metadata",
            "series",
            "species",
            "news",
            "analytics",
            "address",
            "alias",
            "dns",
            "lens",
            "bus",
            "s",
            "is",
        ] {
            assert_eq!(singular(word), word);
        }
    }
}
