//! The amount and the time of an edge, taken part by part. A value that cannot be used stays a role.

use crate::exchange::ftm::fragment::Entity;
use crate::exchange::ftm::schema::is_currency;
use crate::exchange::json_input::day_of;
use claimgraph::quantity::Amount;
use claimgraph::{Period, Quantity};
use indexmap::IndexSet;
use std::borrow::Cow;

/// The values that are taken, each with its property.
type Taken<'e> = IndexSet<(&'static str, &'e str)>;

/// Returns the amount of a payment: in euros, in dollars, or in its own currency.
pub(super) fn amount<'e>(entity: &'e Entity, taken: &mut Taken<'e>) -> Option<Quantity> {
    entity.is_a("Value").then_some(())?;
    let plain = |property: &str| {
        let given = entity.single(property)?;
        let amount: Amount = given.parse().ok()?;
        (amount.plain() == given).then_some((amount, given))
    };
    for (property, unit) in [("amountEur", "EUR"), ("amountUsd", "USD")] {
        if let Some((amount, given)) = plain(property) {
            taken.insert((property, given));
            return Some(Quantity::stated(amount, unit));
        }
    }
    let currency = entity.single("currency").filter(|currency| is_currency(currency))?;
    let (amount, given) = plain("amount")?;
    taken.extend([("amount", given), ("currency", currency)]);
    Some(Quantity::stated(amount, currency))
}

/// Returns a date as EDTF: a day, a month or a year. A time of day gives its day.
fn date(text: &str) -> Option<Cow<'_, str>> {
    let plain = matches!(text.len(), 4 | 7 | 10) && !text.starts_with('-');
    if plain && text.parse::<Period>().is_ok() {
        return Some(Cow::Borrowed(text));
    }
    let day = day_of(text).filter(|day| day.year() >= 0)?;
    Some(Cow::Owned(day.to_string()))
}

/// Returns the period of an edge: from its start to its end, or else its dates.
pub(super) fn period<'e>(entity: &'e Entity, taken: &mut Taken<'e>) -> Option<Period> {
    let one = |property: &str| {
        let given = entity.single(property)?;
        Some((given, date(given)?))
    };
    let (start, end) = (one("startDate"), one("endDate"));
    let span = |start: &str, end: &str| format!("{start}/{end}").parse::<Period>().ok();
    match (start, end) {
        (Some((start, from)), Some((end, to))) => {
            taken.insert(("startDate", start));
            let period = span(&from, &to).inspect(|_| _ = taken.insert(("endDate", end)));
            period.or_else(|| span(&from, ""))
        }
        (Some((start, from)), None) => {
            taken.insert(("startDate", start));
            span(&from, "")
        }
        (None, Some((end, to))) => {
            taken.insert(("endDate", end));
            span("", &to)
        }
        (None, None) => {
            let dates: Vec<_> =
                entity.all("date").filter_map(|given| Some((given, date(given)?))).collect();
            let period: Period = match dates.as_slice() {
                [] => return None,
                [(_, one)] => one.parse().ok()?,
                several => {
                    let texts: IndexSet<&str> = several.iter().map(|(_, date)| &**date).collect();
                    let texts: Vec<&str> = texts.into_iter().collect();
                    format!("{{{}}}", texts.join(",")).parse().ok()?
                }
            };
            taken.extend(dates.iter().map(|(given, _)| ("date", *given)));
            Some(period)
        }
    }
}
