//! Exact decimal numbers, for quantities and factors. There are no floats, so not-a-number cannot be written.

use serde::de::{Error as _, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// An exact decimal: `coefficient / 10^scale`, scale 0 to 18.
///
/// It is made from integers and from text. Equal numbers are equal values, however they were written.
///
/// ```
/// use claimgraph::quantity::Amount;
/// let half: Amount = "0.50".parse().unwrap();
/// assert_eq!(half.to_string(), "0.5");
/// assert!(half < Amount::from(1));
/// assert_eq!(Amount::from(1_000_000).to_string(), "1,000,000");
/// assert!("NaN".parse::<Amount>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Amount {
    coefficient: i128,
    scale: u8,
}

const MAX_SCALE: u8 = 18;

fn power(scale: u8) -> i128 {
    10i128.pow(u32::from(scale.min(MAX_SCALE)))
}

impl Amount {
    /// Zero.
    pub const ZERO: Amount = Amount { coefficient: 0, scale: 0 };

    /// Returns `coefficient / 10^scale`, or `None` for a scale over 18.
    pub fn new(coefficient: i128, scale: u8) -> Option<Self> {
        (scale <= MAX_SCALE).then(|| Self { coefficient, scale }.shortest())
    }

    fn shortest(mut self) -> Self {
        while self.scale > 0 && self.coefficient % 10 == 0 {
            self.coefficient /= 10;
            self.scale -= 1;
        }
        self
    }

    /// Returns whether it is less than 0.
    pub fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// Returns whether it is greater than 0.
    pub fn is_positive(self) -> bool {
        self.coefficient > 0
    }

    /// Returns the number as an integer and the power of ten it is divided by.
    pub fn parts(self) -> (i128, u8) {
        (self.coefficient, self.scale)
    }

    /// Returns the exact sum, or `None` if it does not fit.
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        let scale = self.scale.max(other.scale);
        let left = self.coefficient.checked_mul(power(scale - self.scale))?;
        let right = other.coefficient.checked_mul(power(scale - other.scale))?;
        Amount::new(left.checked_add(right)?, scale)
    }

    /// Returns the exact difference, or `None` if it does not fit.
    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        let negated = Amount { coefficient: other.coefficient.checked_neg()?, ..other };
        self.checked_add(negated)
    }

    /// Returns the exact product, or `None` if it does not fit.
    pub fn checked_mul(self, other: Amount) -> Option<Amount> {
        let coefficient = self.coefficient.checked_mul(other.coefficient)?;
        let product = Amount { coefficient, scale: self.scale.checked_add(other.scale)? };
        Some(product.shortest()).filter(|product| product.scale <= MAX_SCALE)
    }

    /// Returns the quotient, cut to at most six decimals, and whether it is exact; `None` for a division by 0 or if it
    /// does not fit.
    pub fn checked_div(self, other: Amount) -> Option<(Amount, bool)> {
        const DECIMALS: u8 = 6;
        let above =
            self.coefficient.checked_mul(power(other.scale))?.checked_mul(power(DECIMALS))?;
        let below = other.coefficient.checked_mul(power(self.scale))?;
        let quotient = above.checked_div(below)?;
        let exact = above.checked_rem(below)? == 0;
        Some((Amount::new(quotient, DECIMALS)?, exact))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        let whole = |a: &Amount| a.coefficient.div_euclid(power(a.scale));
        let rest =
            |a: &Amount| a.coefficient.rem_euclid(power(a.scale)) * power(MAX_SCALE - a.scale);
        whole(self).cmp(&whole(other)).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! from_integers {
    ($($int:ty),+) => {
        $(impl From<$int> for Amount {
            fn from(number: $int) -> Self {
                Self { coefficient: i128::from(number), scale: 0 }
            }
        })+
    };
}
from_integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

/// A text that is not a decimal number of at most 18 decimals.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "\"{text}\" is not a decimal number; expected digits such as 3000 or -2.5, with at most 18 decimals"
)]
pub struct AmountError {
    text: String,
}

impl FromStr for Amount {
    type Err = AmountError;

    /// Reads `3000`, `-2.5` or `+7`: without exponent and without grouping.
    fn from_str(text: &str) -> Result<Self, AmountError> {
        parse(text).ok_or_else(|| AmountError { text: crate::model::text::excerpt(text) })
    }
}

fn parse(text: &str) -> Option<Amount> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let scale = u8::try_from(fraction.len()).ok().filter(|&s| s <= MAX_SCALE)?;
    let mut coefficient: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let digit = i128::from(digit - b'0');
        // Downwards for a negative number: the least has no positive counterpart.
        coefficient =
            coefficient.checked_mul(10)?.checked_add(if negative { -digit } else { digit })?;
    }
    Amount::new(coefficient, scale)
}

impl Amount {
    fn write(self, f: &mut dyn fmt::Write, grouped: bool) -> fmt::Result {
        let magnitude = self.coefficient.unsigned_abs();
        let unit = power(self.scale).unsigned_abs();
        if self.is_negative() {
            f.write_char('-')?;
        }
        let whole = (magnitude / unit).to_string();
        for (i, digit) in whole.chars().enumerate() {
            if grouped && i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_char(',')?;
            }
            f.write_char(digit)?;
        }
        if self.scale > 0 {
            write!(f, ".{:0width$}", magnitude % unit, width = usize::from(self.scale))?;
        }
        Ok(())
    }

    /// Returns its digits without commas: `-1234.5`.
    pub fn plain(self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = self.write(&mut text, false);
        text
    }
}

/// Writes the digits with commas between groups of three.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, true)
    }
}

/// Writes an integer of 64 bits as a number, everything else as its digits in a text.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.coefficient) {
            Ok(number) if self.scale == 0 => serializer.serialize_i64(number),
            _ => serializer.serialize_str(&self.plain()),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Amount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer, or a decimal number written as text")
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Amount, E> {
                Ok(number.into())
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Amount, E> {
                Ok(number.into())
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Amount, E> {
                text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_any(Digits).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap_or(Amount::ZERO)
    }

    #[test]
    fn numbers_of_any_scale_compare_by_value() {
        let sorted = [
            "-2.5",
            "-2.4",
            "-0.000000000000000001",
            "0",
            "0.1",
            "0.11",
            "2",
            "170141183460469231731687303715884105727",
        ];
        for pair in sorted.windows(2) {
            if let [a, b] = pair {
                assert!(amount(a) < amount(b), "{a} {b}");
            }
        }
        assert_eq!(amount("1.50"), amount("1.5"));
    }

    #[test]
    fn what_is_not_a_plain_decimal_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1e5",
            "1,000",
            "NaN",
            "inf",
            "0.0000000000000000001",
            "٣",
            "1".repeat(40).as_str(),
        ] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }

    #[test]
    fn arithmetic_says_when_it_does_not_fit() {
        let max = Amount::from(i128::MAX);
        assert_eq!(max.checked_add(Amount::from(1)), None);
        assert_eq!(max.checked_mul(max), None);
        assert_eq!(Amount::from(1).checked_div(Amount::ZERO), None);
        assert_eq!(
            Amount::from(10_000).checked_div(Amount::from(2)),
            Some((Amount::from(5_000), true))
        );
        assert_eq!(Amount::from(1).checked_div(Amount::from(3)).map(|d| d.1), Some(false));
        assert_eq!(amount("0.1").checked_sub(amount("0.3")), Some(amount("-0.2")));
    }

    #[test]
    fn the_wire_keeps_every_digit() {
        for text in ["3000", "-2.5", "9223372036854775808", "0.000000000000000001"] {
            let wire = serde_json::to_string(&amount(text)).unwrap_or_default();
            assert_eq!(serde_json::from_str::<Amount>(&wire).ok(), Some(amount(text)), "{wire}");
        }
        assert!(serde_json::from_str::<Amount>("1.5").is_err(), "a float is not an amount");
    }
}
