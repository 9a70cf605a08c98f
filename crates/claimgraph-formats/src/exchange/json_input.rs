//! Reads JSON of other programs as a whole document, and hands its objects to the readers of the formats. Every fault
//! has a place.

use crate::exchange::exact_number::quoted;
use crate::exchange::place::Place;
use crate::exchange::whole_value::WholeValue;
use crate::reader_options::Options;
use claimgraph::format::{
    Limits, ReadError, ReadErrorKind, ReadReport, clipped, parse_day, read_json, read_whole,
};
use jiff::civil::Date;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::Read;

/// One object of an input, and its place.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Item {
    pub(crate) value: Value,
    pub(crate) place: Place,
}

impl Item {
    pub(crate) fn new(value: Value, line: Option<u64>, path: String) -> Self {
        Self { value, place: Place { line, path } }
    }

    /// Returns the place of a field of the object.
    pub(crate) fn at(&self, field: &str) -> Place {
        self.place.at(field)
    }
}

/// Returns a scalar as text; `None` for null, lists and objects.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Returns a member that is a text and not blank.
pub(crate) fn text_in<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    object.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}

/// Returns a member that is an integer, as a number or as a text.
pub(crate) fn whole_in(object: &Map<String, Value>, name: &str) -> Option<i64> {
    scalar(object.get(name)?)?.parse().ok()
}

/// Returns the items of a list, or a single value as a list of one. Null is an empty list.
pub(crate) fn many(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        None | Some(Value::Null) => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

/// Returns the day of a date that may have a time of day: `2024-10-24` or `2024-10-24T12:00:00Z`.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    let text = text.trim();
    let length = if text.starts_with('-') { 11 } else { 10 };
    let (day, time) = text.split_at_checked(length)?;
    let has_time = time.is_empty() || time.starts_with(['T', 't', ' ']);
    parse_day(day).filter(|_| has_time)
}

/// Returns the objects of a list, each with its place.
pub(crate) fn numbered(
    list: Vec<Value>,
    path: &str,
    limits: Limits,
) -> Result<Vec<Item>, ReadError> {
    let limit = limits.records;
    if list.len() as u64 > limit {
        return Err(ReadError::new(ReadErrorKind::Limit { what: "records", limit }));
    }
    let item = |(index, value): (usize, Value)| Item::new(value, None, format!("{path}[{index}]"));
    Ok(list.into_iter().enumerate().map(item).collect())
}

/// Reads an input that is one document. If a fault has a field, it gets the line and column of the field.
pub(crate) fn document(
    input: &mut dyn Read,
    options: &Options,
    read: fn(Value, &Options) -> Result<ReadReport, ReadError>,
) -> Result<ReadReport, ReadError> {
    let bytes = read_whole(input, options.limits.document_bytes)?;
    read(parse(&bytes, (1, 1))?, options).map_err(|error| {
        match error.field().and_then(|field| locate(&bytes, field)) {
            Some((line, column)) => error.in_line(line).in_column(column),
            None => error,
        }
    })
}

/// Parses the bytes as JSON; `first` is the line and column at which they start. Numbers of any length keep their
/// digits, and a member that comes again has another name.
pub(crate) fn parse(bytes: &[u8], first: (u64, u64)) -> Result<Value, ReadError> {
    let quoted = quoted(bytes);
    if quoted.is_some() {
        // The places of faults are those before the quotes.
        json::<IgnoredAny>(bytes, first)?;
    }
    json::<WholeValue>(quoted.as_deref().unwrap_or(bytes), first).map(|whole| whole.0)
}

fn json<'b, T: serde::Deserialize<'b>>(
    bytes: &'b [u8],
    (line, column): (u64, u64),
) -> Result<T, ReadError> {
    read_json(bytes).map_err(|fault| {
        let before = if fault.line <= 1 { column.saturating_sub(1) } else { 0 };
        let line = line.saturating_add(fault.line.saturating_sub(1));
        ReadError::at(line, ReadErrorKind::Syntax(clipped(&fault.problem, 120)))
            .in_column(fault.column.saturating_add(before))
    })
}

/// Returns the line and column, counted from 1, of the value under a path such as `objects[3].created`.
fn locate(bytes: &[u8], path: &str) -> Option<(u64, u64)> {
    let whole = std::str::from_utf8(bytes).ok()?;
    let mut at = whole.trim_start();
    for step in path.split('.').flat_map(|part| part.split_inclusive(']')) {
        let (key, index) = step.split_once('[').unwrap_or((step, ""));
        if !key.is_empty() {
            let members: HashMap<String, &RawValue> = serde_json::from_str(at).ok()?;
            at = members.get(key)?.get();
        }
        if let Some(index) = index.strip_suffix(']') {
            let items: Vec<&RawValue> = serde_json::from_str(at).ok()?;
            at = items.get(index.parse::<usize>().ok()?)?.get();
        }
    }
    // Each part borrows from the whole, so its address gives its place.
    let before = bytes.get(..at.as_ptr().addr() - whole.as_ptr().addr())?;
    let line = before.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
    let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() as u64 + 1;
    Some((line, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_path_leads_to_a_line_and_a_column() {
        let text = b"{\"a\": [1, {\"b\\\"\": \"]}\"}],\n \"c\": {\"d\":\n  [[7, 8]]}}";
        assert_eq!(locate(text, "a[1]"), Some((1, 11)));
        assert_eq!(locate(text, "a[1].b\""), Some((1, 19)));
        assert_eq!(locate(text, "c.d[0][1]"), Some((3, 8)));
        assert_eq!(locate(text, "c.e"), None);
    }

    #[test]
    fn a_time_of_day_gives_its_day() {
        for text in ["2024-10-24", "2024-10-24T12:00:00Z", " 2024-10-24 12:00 "] {
            assert_eq!(day_of(text), Some(date(2024, 10, 24)), "{text}");
        }
        assert_eq!(day_of("-0043-03-13T00:00:00Z"), Some(date(-43, 3, 13)));
        for text in [
            "2024-10",
            "2024-10-245",
            "2024-10-24x",
            "24.10.2024",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
        ] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }
}
