//! Lists and objects in an address or a header, as styles of OpenAPI say.
//!
//! In: values and names that a caller gives, and what stands before, between and after them. Out: text for a slot; in a path it is
//! encoded, as what stands between values must not stand in one.

use std::fmt::Display;

use super::encode::{GIVEN_PATH, encode};

/// What of a path's piece is encoded beside what ends it: that which styles put between pieces.
const BETWEEN: &[(char, &str)] = &[(',', "%2C"), ('=', "%3D"), ('.', "%2E")];

/// Several values as one segment of a path, with this before the first and between them.
pub(crate) fn path_list(lead: &str, between: &str, values: impl IntoIterator<Item = impl Display>) -> String {
    let pieces: Vec<String> = values.into_iter().map(|value| piece(&value, between)).collect();
    if pieces.is_empty() {
        return String::new();
    }
    format!("{lead}{}", pieces.join(between))
}

/// The members of an object as one segment of a path.
pub(crate) fn path_members(
    lead: &str,
    between: &str,
    equals: &str,
    members: impl IntoIterator<Item = (impl Display, impl Display)>,
) -> String {
    let within = format!("{between}{equals}");
    let pieces: Vec<String> = members
        .into_iter()
        .map(|(name, value)| format!("{}{equals}{}", piece(&name, &within), piece(&value, &within)))
        .collect();
    if pieces.is_empty() {
        return String::new();
    }
    format!("{lead}{}", pieces.join(between))
}

/// A value in which nothing stands that stands between values.
fn piece(value: &impl Display, between: &str) -> String {
    let mut text = encode(&value.to_string(), GIVEN_PATH);
    for (mark, encoded) in BETWEEN {
        if between.contains(*mark) {
            text = text.replace(*mark, encoded);
        }
    }
    text
}

/// Several values as one header, in which nothing is encoded.
pub(crate) fn header_list(values: impl IntoIterator<Item = impl Display>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    values.join(",")
}

/// The members of an object as one header.
pub(crate) fn header_members(
    equals: &str,
    members: impl IntoIterator<Item = (impl Display, impl Display)>,
) -> String {
    let members = members.into_iter();
    header_list(members.map(|(name, value)| format!("{name}{equals}{value}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of the table of styles that have a list or an object in a path or a header.
    #[test]
    fn values_stand_as_their_style_says() {
        let list = ["blue", "black", "brown"];
        let object = [("R", 100), ("G", 200), ("B", 150)];
        for (lead, between, expected) in [
            ("", "", "blue"),
            (".", "", ".blue"),
            (";color=", "", ";color=blue"),
        ] {
            assert_eq!(path_list(lead, between, ["blue"]), expected);
        }
        for (lead, between, expected) in [
            ("", ",", "blue,black,brown"),
            (".", ",", ".blue,black,brown"),
            (".", ".", ".blue.black.brown"),
            (";color=", ",", ";color=blue,black,brown"),
            (";color=", ";color=", ";color=blue;color=black;color=brown"),
        ] {
            assert_eq!(path_list(lead, between, list), expected);
        }
        for (lead, between, equals, expected) in [
            ("", ",", ",", "R,100,G,200,B,150"),
            ("", ",", "=", "R=100,G=200,B=150"),
            (".", ",", ",", ".R,100,G,200,B,150"),
            (".", ".", "=", ".R=100.G=200.B=150"),
            (";color=", ",", ",", ";color=R,100,G,200,B,150"),
            (";", ";", "=", ";R=100;G=200;B=150"),
        ] {
            assert_eq!(path_members(lead, between, equals, object), expected);
        }
        assert_eq!(header_list(list), "blue,black,brown");
        assert_eq!(header_members(",", object), "R,100,G,200,B,150");
        assert_eq!(header_members("=", object), "R=100,G=200,B=150");
        assert_eq!(path_list("", ",", ["a,b", "c/d", "e;f"]), "a%2Cb,c%2Fd,e%3Bf");
        assert_eq!(path_members(".", ".", "=", [("a.b", "c=d")]), ".a%2Eb=c%3Dd");
        assert_eq!(path_list(".", ",", [""; 0]), "");
    }
}
