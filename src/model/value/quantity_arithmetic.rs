//! Sums, differences and quotients of figures. A result is as rough as its parts.

use crate::model::value::amount::Amount;
use crate::model::value::quantity::{Bound, Precision, Quantity};

impl Quantity {
    fn combine(
        &self,
        other: &Quantity,
        op: fn(Amount, Amount) -> Option<Amount>,
        crossed: bool,
    ) -> Option<Quantity> {
        if self.unit != other.unit {
            return None;
        }
        let plain = |q: &Quantity| q.lower.is_none() && q.upper.is_none();
        if let (Some(a), Some(b), true) = (self.central, other.central, plain(self) && plain(other))
        {
            let about = [self.precision, other.precision].contains(&Precision::About);
            let precision = if about { Precision::About } else { Precision::Stated };
            return Some(Self::centred(op(a, b)?, precision, self.unit.clone()));
        }
        let side = |a: Option<Bound>, b: Option<Bound>| {
            let (a, b) = (a?, b?);
            Some(Bound { amount: op(a.amount, b.amount)?, strict: a.strict || b.strict })
        };
        let ((low, high), (other_low, other_high)) = (self.interval(), other.interval());
        let (other_low, other_high) =
            if crossed { (other_high, other_low) } else { (other_low, other_high) };
        let sum = Self {
            lower: side(low, other_low),
            upper: side(high, other_high),
            ..Self::new(self.unit.clone())
        };
        (sum.lower.is_some() || sum.upper.is_some()).then_some(sum)
    }

    /// Returns the sum, as rough as its parts; `None` across units or if nothing is known of it.
    pub fn plus(&self, other: &Quantity) -> Option<Quantity> {
        self.combine(other, Amount::checked_add, false)
    }

    /// Returns the difference, as rough as its parts; `None` across units or if nothing is known of it.
    pub fn minus(&self, other: &Quantity) -> Option<Quantity> {
        self.combine(other, Amount::checked_sub, true)
    }

    /// Returns the figure divided by a positive factor. It is "about" if this figure is, or if the division is
    /// not exact.
    pub fn divided_by(&self, factor: Amount) -> Option<Quantity> {
        if !factor.is_positive() {
            return None;
        }
        let mut exact = true;
        let mut divide = |a: Amount| {
            let (quotient, whole) = a.checked_div(factor)?;
            exact &= whole;
            Some(quotient)
        };
        let mut bound = |b: Bound| Some(Bound { amount: divide(b.amount)?, ..b });
        let (lower, upper) = (self.lower.and_then(&mut bound), self.upper.and_then(&mut bound));
        let central = self.central.and_then(divide);
        let rough = self.precision == Precision::About || !exact;
        let precision = if rough { Precision::About } else { Precision::Stated };
        (central.is_some() || lower.is_some() || upper.is_some()).then(|| Self {
            central,
            precision,
            lower,
            upper,
            ..Self::new(self.unit.clone())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_keep_what_is_known() {
        let three = Quantity::stated(3_000, "soldiers");
        let thousands = Quantity::vague("Thousands", "soldiers");
        assert_eq!(three.plus(&thousands), Some(Quantity::no_less_than(5_000, "soldiers")));
        assert_eq!(
            Quantity::about(10_000, "soldiers").minus(&three),
            Some(Quantity::about(7_000, "soldiers"))
        );
        assert_eq!(three.plus(&Quantity::stated(1, "tanks")), None);
        assert_eq!(
            Quantity::about(10_000, "soldiers").divided_by(2.into()),
            Some(Quantity::about(5_000, "soldiers"))
        );
    }
}
