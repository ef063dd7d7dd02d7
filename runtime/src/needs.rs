//! Features that generated code asks for when it is compiled: an error then beats one of the first call.
//!
//! In: names of features of this crate. Out: nothing, or a panic that the compiler reports.

/// Panics, in a constant, unless all of these features are on.
pub(crate) const fn check(features: &[&str]) {
    let mut index = 0;
    while index < features.len() {
        check_one(features[index]);
        index += 1;
    }
}

/// The message of a panic in a constant must be a literal: hence one line per feature.
macro_rules! check_one {
    ($($feature:literal),+) => {
        const fn check_one(feature: &str) {
            $(if is_same(feature, $feature) {
                return assert!(
                    cfg!(feature = $feature),
                    concat!(
                        "the collection's authentication takes the feature `",
                        $feature,
                        "` of letterpress-runtime: enable it in Cargo.toml"
                    )
                );
            })+
            panic!("the code was generated for another version of letterpress-runtime")
        }
    };
}

check_one!(
    "asap",
    "awsv4",
    "digest",
    "edgegrid",
    "hawk",
    "jwt",
    "ntlm",
    "oauth1",
    "private-keys"
);

/// Texts cannot be compared in constants, but their bytes can.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

#[cfg(test)]
mod tests {
    #[test]
    #[should_panic(expected = "another version")]
    fn what_is_not_known_is_refused() {
        super::check(&["no such feature"]);
    }

    #[cfg(feature = "digest")]
    #[test]
    fn what_is_on_is_accepted() {
        super::check(&["digest"]);
    }

    #[cfg(not(feature = "digest"))]
    #[test]
    #[should_panic(expected = "the feature `digest` of letterpress-runtime")]
    fn what_is_off_is_refused() {
        super::check(&["digest"]);
    }
}
