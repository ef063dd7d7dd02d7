//! Numbers that items and folders have because their authors sorted them.
//!
//! In: a name as it was written. Out: the name without such a number. What is part of the name stays: `2FA code`, `1-on-1`.

/// A name without the number that it has in a list: `4.1.0: List users` and `2. List users` are `List users`.
pub fn without_number(text: &str) -> &str {
    let text = text.trim();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = text.strip_suffix(rest).unwrap_or_default();
    let name = rest.trim_start_matches([' ', ')', ':', '-', '–', '.']);
    let between = rest.strip_suffix(name).unwrap_or_default();
    let listed = number.contains('.') || between.trim().starts_with([')', ':', '-', '–']);
    let apart = number.ends_with('.') || between.contains(' ');
    let is_listed = number.starts_with(|c: char| c.is_ascii_digit()) && listed && apart;
    if is_listed && name.starts_with(char::is_alphabetic) {
        name
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::without_number;

    #[test]
    fn numbers_of_lists_are_no_part_of_names() {
        for (text, expected) in [
            ("1. Login", "Login"),
            ("1.Login", "Login"),
            ("1) Login", "Login"),
            ("4.1.0: List users", "List users"),
            ("7 - Missing header", "Missing header"),
            ("1.2 Create", "Create"),
            ("2FA code", "2FA code"),
            ("3 legged", "3 legged"),
            ("1-on-1 meetings", "1-on-1 meetings"),
            ("2.0", "2.0"),
            ("1. 2", "1. 2"),
            ("Step 1: x", "Step 1: x"),
        ] {
            assert_eq!(without_number(text), expected, "{text}");
        }
    }
}
