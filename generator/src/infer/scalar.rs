//! The type of a value that is written as text: in a query, in a form.
//!
//! In: `68423085`, `true`, `1.5`, `<integer>`. Out: a type whose values are written back as exactly that text, so what changes when
//! it is read as a number stays text: `007`, `+49…`, `1.0`, `1e3`, digits beyond `i64`.

use super::placeholder::{Placeholder, placeholder};
use crate::ir::Type;

/// The type of a text.
pub fn scalar(text: &str) -> Type {
    if matches!(text, "true" | "false") {
        return Type::Bool;
    }
    if let Some(placeholder) = placeholder(text) {
        return of_placeholder(placeholder);
    }
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    if !plain {
        return Type::String;
    }
    if text.parse::<i64>().is_ok_and(|int| int.to_string() == text) {
        return Type::I64;
    }
    let float = text.contains('.') && text.parse::<f64>().is_ok_and(|float| float.to_string() == text);
    if float { Type::F64 } else { Type::String }
}

/// The type that fits values of either; text fits all.
pub fn join(a: Type, b: Type) -> Type {
    match (a, b) {
        (a, b) if a == b => a,
        (Type::I64 | Type::F64, Type::I64 | Type::F64) => Type::F64,
        (
            Type::Value
            | Type::Bool
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::Number
            | Type::String
            | Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Named(_)
            | Type::File
            | Type::FileOrText
            | Type::External(_),
            _,
        ) => Type::String,
    }
}

fn of_placeholder(placeholder: Placeholder) -> Type {
    match placeholder {
        Placeholder::Bool => Type::Bool,
        Placeholder::Integer => Type::I64,
        Placeholder::Number => Type::F64,
        Placeholder::Text
        | Placeholder::DateTime
        | Placeholder::List
        | Placeholder::Object
        | Placeholder::Any => Type::String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_back_the_same_is_typed() {
        for (text, ty) in [
            ("68423085", Type::I64),
            ("-5", Type::I64),
            ("0", Type::I64),
            ("9223372036854775807", Type::I64),
            ("true", Type::Bool),
            ("1.5", Type::F64),
            ("-0.25", Type::F64),
            ("<integer>", Type::I64),
            ("<number>", Type::F64),
            ("<boolean>", Type::Bool),
            ("<string>", Type::String),
        ] {
            assert_eq!(scalar(text), ty, "{text}");
        }
    }

    #[test]
    fn what_is_not_stays_text() {
        for text in [
            "",
            "007",
            "+49",
            "+5",
            "1.0",
            "1.50",
            "1e3",
            "-0",
            "9223372036854775808",
            "99999999999999999999999",
            "True",
            "1.2.3",
            ".5",
            "5.",
            "-",
            "NaN",
            "inf",
            "{{x}}",
            "1,5",
            "2024-01-31",
            " 5",
            "0x10",
        ] {
            assert_eq!(scalar(text), Type::String, "{text}");
        }
    }
}
