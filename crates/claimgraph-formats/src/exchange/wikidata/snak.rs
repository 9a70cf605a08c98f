//! Snaks: a property with a value, an unknown value or no value. The JSON of a snak goes in, its entity, text,
//! quantity or time comes out.

use claimgraph::quantity::Amount;
use claimgraph::time::Aspect;
use claimgraph::{Period, Quantity};
use indexmap::IndexMap;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

const JULIAN: &str = "http://www.wikidata.org/entity/Q1985786";

/// The value of a snak.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Worth {
    Entity(String),
    Text(String),
    Quantity(Box<Quantity>),
    /// There is a value, and it is not known.
    Unknown,
    /// There is no value.
    None,
}

/// A property and its value.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Snak {
    pub(super) property: String,
    pub(super) worth: Worth,
    /// The language of the text.
    pub(super) language: Option<String>,
    /// The kind of loss, if something could not be carried.
    pub(super) note: Option<String>,
    /// The first and last day of a time, if the calendar has them.
    days: Option<(Date, Date)>,
    /// The text of a date that was given in the Julian calendar.
    julian: Option<String>,
}

impl Snak {
    /// Reads a snak. The error says what was expected.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let property =
            value.get("property").and_then(Value::as_str).ok_or("a snak with a property")?;
        let mut snak = Snak {
            property: property.to_owned(),
            worth: Worth::Unknown,
            language: None,
            note: None,
            days: None,
            julian: None,
        };
        match value.get("snaktype").and_then(Value::as_str) {
            Some("somevalue") => return Ok(snak),
            Some("novalue") => {
                snak.worth = Worth::None;
                return Ok(snak);
            }
            Some("value") => {}
            _ => return Err("a snak of the type value, somevalue or novalue".into()),
        }
        let data = value.get("datavalue").ok_or("a snak with a value")?;
        let worth = data.get("value").unwrap_or(&Value::Null);
        let part = |name: &str| worth.get(name).and_then(Value::as_str);
        match data.get("type").and_then(Value::as_str) {
            Some("wikibase-entityid") => {
                let number = worth.get("numeric-id").and_then(Value::as_u64);
                let letter = if part("entity-type") == Some("property") { 'P' } else { 'Q' };
                let id = part("id")
                    .map(str::to_owned)
                    .or(number.map(|number| format!("{letter}{number}")));
                snak.worth = Worth::Entity(id.ok_or("an entity with an id")?);
            }
            Some("string") => snak.worth = Worth::Text(worth.as_str().ok_or("a text")?.to_owned()),
            Some("monolingualtext") => {
                snak.worth = Worth::Text(part("text").ok_or("a text in a language")?.to_owned());
                snak.language = part("language").map(str::to_owned);
            }
            Some("time") => snak.time(worth)?,
            Some("quantity") => snak.quantity(worth)?,
            Some("globecoordinate") => {
                let number = |name: &str| {
                    worth.get(name).filter(|number| number.is_number()).map(Value::to_string)
                };
                let (latitude, longitude) =
                    number("latitude").zip(number("longitude")).ok_or("a coordinate")?;
                snak.worth = Worth::Text(format!("{latitude},{longitude}"));
                let earth = part("globe").is_none_or(|globe| globe.ends_with("/Q2"));
                snak.note = Some(
                    if earth { "precision of a coordinate" } else { "globe of a coordinate" }
                        .to_owned(),
                );
            }
            _ => {
                snak.worth = Worth::Text(worth.to_string());
                snak.note = Some("value of an unknown kind".to_owned());
            }
        }
        Ok(snak)
    }

    /// Returns the entity that is the value.
    pub(super) fn entity(&self) -> Option<&str> {
        match &self.worth {
            Worth::Entity(id) => Some(id),
            _ => None,
        }
    }

    /// Returns the entity or text that names a source.
    pub(super) fn source(&self) -> Option<&str> {
        match &self.worth {
            Worth::Entity(id) | Worth::Text(id) => Some(id),
            _ => None,
        }
    }

    /// Returns the day, if the time is precise to the day.
    pub(super) fn day(&self) -> Option<Date> {
        self.days.filter(|(first, last)| first == last).map(|(first, _)| first)
    }

    fn quantity(&mut self, worth: &Value) -> Result<(), String> {
        let text = |name: &str| {
            worth.get(name).and_then(Value::as_str).map(|number| number.trim_start_matches('+'))
        };
        let given = text("amount").ok_or("a quantity with an amount")?;
        let unit = worth.get("unit").and_then(Value::as_str).unwrap_or("1");
        let unit = unit.rsplit('/').next().filter(|unit| !unit.trim().is_empty()).unwrap_or("1");
        let number = |name: &str| text(name).and_then(|number| number.parse::<Amount>().ok());
        let Ok(amount) = given.parse::<Amount>() else {
            self.worth = Worth::Text(given.to_owned());
            self.note = Some("number that is too long".to_owned());
            return Ok(());
        };
        let quantity = Quantity::stated(amount, unit);
        let bounds = number("lowerBound").zip(number("upperBound"));
        let bounded = match bounds {
            Some((lower, upper)) if lower <= upper => quantity.bounded(lower, upper),
            _ => quantity,
        };
        self.worth = Worth::Quantity(Box::new(bounded));
        Ok(())
    }

    fn time(&mut self, worth: &Value) -> Result<(), String> {
        let given = worth.get("time").and_then(Value::as_str).ok_or("a time")?;
        let precision =
            worth.get("precision").and_then(Value::as_u64).ok_or("a time with a precision")?;
        let julian = worth.get("calendarmodel").and_then(Value::as_str) == Some(JULIAN);
        self.worth = Worth::Text(given.to_owned());
        let exact = Time::read(given, precision);
        match exact {
            Some(time) => {
                let days = time.days(julian);
                self.worth = Worth::Text(time.edtf(if julian { days } else { None }));
                self.days = days;
                self.julian = julian.then(|| format!("{} (Julian calendar)", time.edtf(None)));
                if julian {
                    self.note = Some("Julian calendar of a date".to_owned());
                }
            }
            None => self.note = Some("precision of a time".to_owned()),
        }
        Ok(())
    }
}

/// A time of Wikibase: year, month and day, as far as its precision says.
#[derive(Clone, Copy)]
struct Time {
    year: i32,
    month: i8,
    day: i8,
    precision: u64,
}

impl Time {
    /// Reads a time with the precision of a century, decade, year, month or day. Returns `None` for any other
    /// precision, and for times outside the calendar.
    fn read(given: &str, precision: u64) -> Option<Self> {
        let (sign, rest) = match given.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, given.strip_prefix('+').unwrap_or(given)),
        };
        let mut parts = rest.split('T').next()?.splitn(3, '-');
        let year: i32 = parts.next()?.parse().ok()?;
        let month: i8 = parts.next()?.parse().ok()?;
        let day: i8 = parts.next()?.parse().ok()?;
        // Wikibase has no year 0: 1 BCE is -1, which is 0000 in ISO 8601.
        let year = if sign < 0 { 1 - year } else { year };
        let known = (7..=11).contains(&precision) && (-9_999..=9_999).contains(&year);
        let fits = match precision {
            11 => (1..=12).contains(&month) && (1..=31).contains(&day),
            10 => (1..=12).contains(&month),
            7 | 8 => year >= 0,
            _ => true,
        };
        (known && fits).then_some(Self { year, month, day, precision })
    }

    fn days(self, julian: bool) -> Option<(Date, Date)> {
        let year = i16::try_from(self.year).ok()?;
        match self.precision {
            11 if julian => gregorian(year, self.month, self.day).map(|day| (day, day)),
            11 => Date::new(year, self.month, self.day).ok().map(|day| (day, day)),
            10 => Date::new(year, self.month, 1).ok().map(|day| (day, day.last_of_month())),
            precision => {
                // A century is written as its last year: 1900 or 1850 for the 19th.
                let (first, last) = match precision {
                    9 => (year, year),
                    8 => (year - year % 10, year - year % 10 + 9),
                    _ => {
                        let first = (year - 1).max(0) / 100 * 100;
                        (first + 1, first + 100)
                    }
                };
                Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
            }
        }
    }

    /// Returns the time in EDTF. A Julian day becomes the Gregorian one.
    fn edtf(self, gregorian: Option<(Date, Date)>) -> String {
        let sign = if self.year < 0 { "-" } else { "" };
        let year = format!("{sign}{:04}", self.year.abs());
        match (self.precision, gregorian) {
            (11, Some((day, _))) => day.to_string(),
            (11, None) => format!("{year}-{:02}-{:02}", self.month, self.day),
            (10, _) => format!("{year}-{:02}", self.month),
            (8, _) => format!("{:03}X", self.year / 10),
            (7, _) => match self.days(false) {
                Some((first, last)) => format!("{:04}/{:04}", first.year(), last.year()),
                None => year,
            },
            _ => year,
        }
    }
}

/// Returns the Gregorian day of a day in the Julian calendar. The calendars differ by one day for each leap year
/// of a century that only the Julian calendar has.
fn gregorian(year: i16, month: i8, day: i8) -> Option<Date> {
    let century = i32::from(if month <= 2 { year - 1 } else { year }).div_euclid(100);
    let apart = century - century.div_euclid(4) - 2;
    // Only the Julian calendar has 29 February in every year that ends a century.
    let same = Date::new(year, month, day).ok().or_else(|| {
        ((month, day) == (2, 29)).then(|| Date::new(year, 2, 28).ok()?.checked_add(1.day()).ok())?
    })?;
    same.checked_add(apart.days()).ok()
}

/// Returns the period of a statement, by its start (P580), end (P582) or point in time (P585), and the snaks that
/// the period could not take.
pub(super) fn period(times: &IndexMap<String, Vec<Snak>>) -> (Option<Period>, Vec<&Snak>) {
    let one = |property: &str| match times.get(property).map(Vec::as_slice) {
        Some([snak]) => snak.days.map(|days| (snak, days)),
        _ => None,
    };
    let stretch = |(first, last): (Date, Date)| Period::within(first..=last);
    let (start, end, point) = (one("P580"), one("P582"), one("P585"));
    let (period, used): (Option<Period>, Vec<&Snak>) = match (start, end, point) {
        (Some((a, start)), Some((b, end)), _) => {
            (Some(Period::from_to(stretch(start), stretch(end))), vec![a, b])
        }
        (Some((a, start)), None, _) if !times.contains_key("P582") => {
            let (first, last) = (Some(start.0), Some(start.1));
            (Some(Period::from_days([first, last, last, None], Aspect::State)), vec![a])
        }
        (None, Some((b, end)), _) if !times.contains_key("P580") => {
            let (first, last) = (Some(end.0), Some(end.1));
            (Some(Period::from_days([None, last, first, last], Aspect::State)), vec![b])
        }
        (None, None, Some((c, point))) if times.len() == 1 => {
            (Some(stretch(point).lasting()), vec![c])
        }
        _ => (None, Vec::new()),
    };
    let period = period.filter(|period| !period.is_inverted());
    let used = if period.is_some() { used } else { Vec::new() };
    let words: Vec<&str> = used.iter().filter_map(|snak| snak.julian.as_deref()).collect();
    let period = period
        .map(|period| if words.is_empty() { period } else { period.in_words(words.join(" to ")) });
    let left =
        times.values().flatten().filter(|snak| !used.iter().any(|used| std::ptr::eq(*used, *snak)));
    (period, left.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_julian_day_is_the_gregorian_day_of_its_time() {
        assert_eq!(gregorian(1917, 10, 25), Some(date(1917, 11, 7)));
        assert_eq!(gregorian(1900, 2, 29), Some(date(1900, 3, 13)));
        assert_eq!(gregorian(1900, 2, 28), Some(date(1900, 3, 12)));
        assert_eq!(gregorian(1582, 10, 5), Some(date(1582, 10, 15)));
        assert_eq!(gregorian(1564, 2, 15), Some(date(1564, 2, 25)));
    }

    #[test]
    fn times_are_read_as_precisely_as_they_are_given() {
        let edtf =
            |given: &str, precision| Time::read(given, precision).map(|time| time.edtf(None));
        assert_eq!(edtf("+1952-10-07T00:00:00Z", 11).as_deref(), Some("1952-10-07"));
        assert_eq!(edtf("+1952-10-00T00:00:00Z", 10).as_deref(), Some("1952-10"));
        assert_eq!(edtf("+1952-00-00T00:00:00Z", 9).as_deref(), Some("1952"));
        assert_eq!(edtf("+1952-00-00T00:00:00Z", 8).as_deref(), Some("195X"));
        assert_eq!(edtf("+1900-00-00T00:00:00Z", 7).as_deref(), Some("1801/1900"));
        assert_eq!(edtf("-0044-03-15T00:00:00Z", 11).as_deref(), Some("-0043-03-15"));
        assert_eq!(edtf("-13798000000-00-00T00:00:00Z", 3), None);
    }
}
