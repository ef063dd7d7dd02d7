//! How an operation proves who calls it.

use super::{Place, Scheme, Template};

/// Which credentials calls of an operation take, inheritance already resolved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// Sets of schemes, of which any one is enough, the preferred first; all schemes of a set are used together. None if
    /// nothing is asked for.
    pub alternatives: Vec<Vec<SchemeUse>>,
    /// Whether calls that prove nothing are answered too.
    pub anonymous: bool,
}

impl Security {
    /// This scheme, and nothing else.
    pub fn of(scheme: SchemeUse) -> Self {
        Self {
            alternatives: vec![vec![scheme]],
            anonymous: false,
        }
    }

    /// Every scheme in use, of whichever alternative.
    pub fn uses(&self) -> impl Iterator<Item = &SchemeUse> {
        self.alternatives.iter().flatten()
    }

    /// Whether each way to be answered has a scheme of which this is true.
    pub fn always(&self, is_it: impl Fn(&SchemeUse) -> bool) -> bool {
        let has_it = |set: &Vec<SchemeUse>| set.iter().any(&is_it);
        !self.anonymous && !self.alternatives.is_empty() && self.alternatives.iter().all(has_it)
    }
}

/// A scheme of authentication as one operation uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeUse {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// The scheme's parameters by name, in document order, the last of equal names only.
    /// A literal secret has been removed; `{{variables}}` stay.
    pub params: Vec<(String, Template)>,
    /// Where it was written (the item, or the folder or collection it is inherited from).
    pub place: Place,
}

/// A kind of credential that a client can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The scheme it is for.
    pub scheme: &'static Scheme,
    /// Where the scheme is first used.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(name: &str) -> SchemeUse {
        SchemeUse {
            scheme: Scheme::named(name).unwrap(),
            params: Vec::new(),
            place: Place::default(),
        }
    }

    #[test]
    fn a_way_around_a_scheme_is_one() {
        let is_basic = |used: &SchemeUse| used.scheme.name == "Basic";
        assert!(!Security::default().always(is_basic));
        let mut security = Security::of(scheme("Basic"));
        assert!(security.always(is_basic));
        security
            .alternatives
            .push(vec![scheme("ApiKey"), scheme("Basic")]);
        assert!(security.always(is_basic));
        assert_eq!(security.uses().count(), 3);
        security.alternatives.push(vec![scheme("Bearer")]);
        assert!(!security.always(is_basic));
        let anonymous = Security {
            anonymous: true,
            ..Security::of(scheme("Basic"))
        };
        assert!(!anonymous.always(is_basic));
    }
}
