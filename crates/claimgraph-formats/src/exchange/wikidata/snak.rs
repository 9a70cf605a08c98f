//! Snaks: a property with a value, an unknown value or no value. The JSON of a snak goes in, its entity, text,
//! quantity or time comes out.

use crate::exchange::json_input::{scalar, whole_in};
use crate::exchange::wikidata::wikibase_time::WikibaseTime;
use claimgraph::Quantity;
use claimgraph::quantity::Amount;
use jiff::civil::Date;
use serde_json::{Map, Value};

const JULIAN: &str = "http://www.wikidata.org/entity/Q1985786";

/// The members of a snak and its value that repeat what others say, or say how the file is written.
const REPEATED: [&str; 4] = ["hash", "datatype", "numeric-id", "entity-type"];

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
    /// The things that could not be carried: the kind of loss, and the member.
    pub(super) notes: Vec<(&'static str, String)>,
    /// The first and last day of a time, if the calendar has them.
    pub(super) days: Option<(Date, Date)>,
    /// The text of a date that was given in the Julian calendar.
    pub(super) julian: Option<String>,
}

impl Snak {
    /// Reads a snak. The error says what was expected.
    pub(super) fn read(value: &Value) -> Result<Self, &'static str> {
        let object = value.as_object().ok_or("a snak")?;
        let property =
            object.get("property").and_then(Value::as_str).ok_or("a snak with a property")?;
        let mut snak = Snak {
            property: property.trim().to_owned(),
            worth: Worth::Unknown,
            language: None,
            notes: Vec::new(),
            days: None,
            julian: None,
        };
        snak.others(object, &["property", "snaktype", "datavalue"], "");
        match object.get("snaktype").and_then(Value::as_str) {
            Some("value") => {}
            Some(other @ ("somevalue" | "novalue")) => {
                if object.get("datavalue").is_some_and(|data| !data.is_null()) {
                    snak.note("value of a snak that has none", "datavalue");
                }
                snak.worth = if other == "novalue" { Worth::None } else { Worth::Unknown };
                return Ok(snak);
            }
            _ => return Err("a snak of the type value, somevalue or novalue"),
        }
        let data =
            object.get("datavalue").and_then(Value::as_object).ok_or("a snak with a value")?;
        snak.others(data, &["value", "type"], "datavalue.");
        snak.value(data)?;
        Ok(snak)
    }

    fn value(&mut self, data: &Map<String, Value>) -> Result<(), &'static str> {
        let worth = data.get("value").unwrap_or(&Value::Null);
        let none = Map::new();
        let parts = worth.as_object().unwrap_or(&none);
        let part = |name: &str| parts.get(name).and_then(Value::as_str);
        let read: &[&str] = match data.get("type").and_then(Value::as_str) {
            Some("wikibase-entityid") => {
                let number = parts.get("numeric-id").and_then(scalar);
                let letter = if part("entity-type") == Some("property") { 'P' } else { 'Q' };
                let id = part("id").map(str::to_owned);
                let id = id.or(number.map(|number| format!("{letter}{number}")));
                self.worth = Worth::Entity(id.ok_or("an entity with an id")?);
                &["id"]
            }
            Some("string") => {
                self.worth = Worth::Text(worth.as_str().ok_or("a text")?.to_owned());
                &[]
            }
            Some("monolingualtext") => {
                self.worth = Worth::Text(part("text").ok_or("a text in a language")?.to_owned());
                self.language = part("language").map(str::to_owned);
                &["text", "language"]
            }
            Some("time") => {
                self.time(parts)?;
                &["time", "precision", "calendarmodel", "timezone", "before", "after"]
            }
            Some("quantity") => {
                self.quantity(parts)?;
                &["amount", "unit", "lowerBound", "upperBound"]
            }
            Some("globecoordinate") => {
                let number = |name: &str| parts.get(name).and_then(scalar);
                let (latitude, longitude) =
                    number("latitude").zip(number("longitude")).ok_or("a coordinate")?;
                self.worth = Worth::Text(format!("{latitude},{longitude}"));
                if !part("globe").is_none_or(|globe| globe.ends_with("/Q2")) {
                    self.note("globe of a coordinate", "datavalue.value.globe");
                }
                if parts.get("precision").is_some_and(|precision| !precision.is_null()) {
                    self.note("precision of a coordinate", "datavalue.value.precision");
                }
                &["latitude", "longitude", "globe", "precision"]
            }
            _ => {
                self.worth = Worth::Text(worth.to_string());
                self.note("value of an unknown kind", "datavalue");
                return Ok(());
            }
        };
        self.others(parts, read, "datavalue.value.");
        Ok(())
    }

    fn note(&mut self, what: &'static str, field: impl Into<String>) {
        self.notes.push((what, field.into()));
    }

    /// Notes the members that are not read and not null.
    fn others(&mut self, object: &Map<String, Value>, read: &[&str], before: &str) {
        let is_read = |name: &str| read.contains(&name) || REPEATED.contains(&name);
        for (name, _) in object.iter().filter(|(name, value)| !is_read(name) && !value.is_null()) {
            self.note("member that is not understood", format!("{before}{name}"));
        }
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

    fn quantity(&mut self, parts: &Map<String, Value>) -> Result<(), &'static str> {
        let text = |name: &str| {
            let number = parts.get(name).and_then(scalar)?;
            Some(number.trim().trim_start_matches('+').to_owned())
        };
        let given = text("amount").ok_or("a quantity with an amount")?;
        let unit = parts.get("unit").and_then(Value::as_str).unwrap_or("1");
        let unit = unit.rsplit('/').next().filter(|unit| !unit.trim().is_empty()).unwrap_or("1");
        let number = |name: &str| text(name).and_then(|number| number.parse::<Amount>().ok());
        let Ok(amount) = given.parse::<Amount>() else {
            self.worth = Worth::Text(given);
            self.note("number that is too long", "datavalue.value.amount");
            return Ok(());
        };
        let quantity = Quantity::stated(amount, unit);
        let bounds = number("lowerBound").zip(number("upperBound"));
        let bounds = bounds.filter(|(lower, upper)| lower <= upper);
        let has = |name: &str| parts.get(name).is_some_and(|bound| !bound.is_null());
        if bounds.is_none() && (has("lowerBound") || has("upperBound")) {
            self.note("bounds of a quantity", "datavalue.value");
        }
        let bounded = match bounds {
            Some((lower, upper)) => quantity.bounded(lower, upper),
            None => quantity,
        };
        self.worth = Worth::Quantity(Box::new(bounded));
        Ok(())
    }

    fn time(&mut self, parts: &Map<String, Value>) -> Result<(), &'static str> {
        let given = parts.get("time").and_then(Value::as_str).ok_or("a time")?;
        let precision = whole_in(parts, "precision").ok_or("a time with a precision")?;
        let julian = parts.get("calendarmodel").and_then(Value::as_str) == Some(JULIAN);
        self.worth = Worth::Text(given.to_owned());
        match WikibaseTime::read(given, precision) {
            Some(time) => {
                let days = time.days(julian);
                self.worth = Worth::Text(time.edtf(if julian { days } else { None }));
                self.days = days;
                self.julian = julian.then(|| format!("{} (Julian calendar)", time.edtf(None)));
                if julian {
                    self.note("Julian calendar of a date", "datavalue.value.calendarmodel");
                }
            }
            None => self.note("precision of a time", "datavalue.value"),
        }
        for name in ["timezone", "before", "after"] {
            if whole_in(parts, name).unwrap_or(0) != 0 {
                self.note("time zone or range of a time", format!("datavalue.value.{name}"));
            }
        }
        Ok(())
    }
}
