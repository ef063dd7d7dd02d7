//! The clients that the recipes of `docs/recipes` use, and a type of one's own.

include!(concat!(env!("OUT_DIR"), "/letterpress.rs"));

/// An amount of money, as the shop writes it: `12.50 EUR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// Hundredths.
    pub cents: i64,
    /// `EUR`
    pub currency: String,
}

impl<'de> serde::Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parse = || {
            let (amount, currency) = text.split_once(' ')?;
            let (whole, cents) = amount.split_once('.')?;
            Some(Self {
                cents: whole.parse::<i64>().ok()? * 100 + cents.parse::<i64>().ok()?,
                currency: currency.to_owned(),
            })
        };
        parse().ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no amount of money")))
    }
}
