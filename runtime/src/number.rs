//! A number with all of its digits, for those that no 64 bits hold.
//!
//! In: a JSON number of any length, or one of Rust's integers. Out: the same digits, wherever it is written.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// A JSON number as it is written: `123456789012345678901234567890`, `10.00`, `1e400`.
///
/// Generated types have it where a saved number is too large for 64 bits. Numbers are equal if they are written alike.
///
/// ```
/// use letterpress_runtime::Number;
///
/// let wei: Number = "115792089237316195423570985008687907853269984665640564039457".parse()?;
/// assert_eq!(Number::from(12_u64).parse::<u64>(), Ok(12));
/// assert!(wei.parse::<u64>().is_err());
/// assert!("1 000".parse::<Number>().is_err());
/// # Ok::<(), letterpress_runtime::NotANumber>(())
/// ```
///
/// Only `serde_json` and letterpress can read and write it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// The digits, as JSON has them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as another type.
    ///
    /// # Errors
    ///
    /// Those of the type: it may hold no fractions, no exponents, or not so many digits.
    pub fn parse<T: FromStr>(&self) -> Result<T, T::Err> {
        self.0.parse()
    }
}

/// A text is no JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON number")
    }
}

impl std::error::Error for NotANumber {}

impl FromStr for Number {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        if crate::decode::is_number(text) {
            Ok(Self(text.into()))
        } else {
            Err(NotANumber)
        }
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {
        $(impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self(integer.to_string().into())
            }
        })*
    };
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.to_string()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        raw.get().trim().parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_digit_comes_back() {
        for text in [
            "0",
            "-1",
            "123456789012345678901234567890",
            "10.00",
            "1e400",
            "-0.0",
        ] {
            let number: Number = serde_json::from_str(text).unwrap();
            assert_eq!(number.as_str(), text);
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
            assert_eq!(
                serde_json::to_string(&[Some(number)]).unwrap(),
                format!("[{text}]")
            );
        }
        assert_eq!(Number::from(u128::MAX).parse(), Ok(u128::MAX));
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in ["\"1\"", "null", "[]", "{}", "true"] {
            assert!(serde_json::from_str::<Number>(text).is_err(), "{text}");
        }
        for text in ["", "1 ", "01", "+1", "1.", ".5", "0x1", "NaN", "∞"] {
            assert_eq!(text.parse::<Number>(), Err(NotANumber), "{text}");
        }
        assert!(serde_json::from_value::<Number>(json!("x")).is_err());
    }
}
