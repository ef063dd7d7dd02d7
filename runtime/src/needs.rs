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
#[expect(
    clippy::assertions_on_constants,
    clippy::panic,
    reason = "constant in one build, not the same in all; the compiler panics, not the program"
)]
const fn check_one(feature: &str) {
    match feature.as_bytes() {
        b"asap" => assert!(
            cfg!(feature = "asap"),
            "the collection's authentication takes the feature `asap` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"awsv4" => assert!(
            cfg!(feature = "awsv4"),
            "the collection's authentication takes the feature `awsv4` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"digest" => assert!(
            cfg!(feature = "digest"),
            "the collection's authentication takes the feature `digest` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"edgegrid" => assert!(
            cfg!(feature = "edgegrid"),
            "the collection's authentication takes the feature `edgegrid` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"hawk" => assert!(
            cfg!(feature = "hawk"),
            "the collection's authentication takes the feature `hawk` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"jwt" => assert!(
            cfg!(feature = "jwt"),
            "the collection's authentication takes the feature `jwt` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"ntlm" => assert!(
            cfg!(feature = "ntlm"),
            "the collection's authentication takes the feature `ntlm` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"oauth1" => assert!(
            cfg!(feature = "oauth1"),
            "the collection's authentication takes the feature `oauth1` of letterpress-runtime: enable it in Cargo.toml"
        ),
        b"private-keys" => assert!(
            cfg!(feature = "private-keys"),
            "the collection's authentication takes the feature `private-keys` of letterpress-runtime: enable it in Cargo.toml"
        ),
        _ => panic!("the code was generated for another version of letterpress-runtime"),
    }
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
