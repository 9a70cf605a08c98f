//! Reads JSON of other programs as a whole document, and hands its objects to the readers of the formats. Every fault
//! has a place.

use crate::exchange::exact_number::quoted;
use crate::exchange::json_stream;
use crate::exchange::place::Place;
use crate::exchange::whole_value::{AnyValue, Members, WholeValue};
use crate::reader_options::Options;
use claimgraph::format::{
    ReadError, ReadErrorKind, ReadReport, clipped, parse_day, read_json, read_whole,
};
use jiff::civil::Date;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
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

/// Reads an input that is one document. `read` is given its text, which is JSON. If a fault has a field, it gets the
/// line and column of the field.
pub(crate) fn document(
    input: &mut dyn Read,
    options: &Options,
    read: fn(&str, &Options) -> Result<ReadReport, ReadError>,
) -> Result<ReadReport, ReadError> {
    let bytes = read_whole(input, options.limits.document_bytes)?;
    let text = checked(&bytes)?;
    read(text, options).map_err(|error| match error.field().and_then(|field| locate(text, field)) {
        Some((line, column)) => error.in_line(line).in_column(column),
        None => error,
    })
}

/// Returns the bytes as the text of a JSON value, without keeping the value.
fn checked(bytes: &[u8]) -> Result<&str, ReadError> {
    match quoted(bytes) {
        None => json::<AnyValue>(bytes, (1, 1)).map(drop)?,
        Some(quoted) => {
            // The places of faults are those before the quotes.
            json::<IgnoredAny>(bytes, (1, 1))?;
            json::<AnyValue>(&quoted, (1, 1)).map(drop)?;
        }
    }
    // Outside of texts, which were read, JSON has ASCII only.
    let no_text = |_| ReadError::new(ReadErrorKind::Syntax("expected UTF-8".to_owned()));
    std::str::from_utf8(bytes).map_err(no_text)
}

/// Returns the value of a part of a checked text.
pub(crate) fn value_of(part: &str) -> Value {
    parse(part.as_bytes(), (1, 1)).unwrap_or_default()
}

/// Returns the members of a part of a checked text, each as text; `None` if the part is not an object.
pub(crate) fn members_of(part: &str) -> Option<BTreeMap<String, &str>> {
    part.starts_with('{').then(|| serde_json::from_str(part).ok()).flatten().map(|Members(all)| all)
}

/// Returns the items of a list in a checked text, or a single value as a list of one. Null is an empty list.
pub(crate) fn items_of(part: &str) -> Items<'_> {
    match part.strip_prefix('[') {
        Some(rest) => Items(rest),
        None if part == "null" => Items(""),
        None => Items(part),
    }
}

/// The items of a list in a checked text, found one by one.
#[derive(Clone)]
pub(crate) struct Items<'t>(&'t str);

impl<'t> Iterator for Items<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.0.trim_start_matches([' ', '\t', '\r', '\n', ',']);
        if rest.is_empty() || rest.starts_with(']') {
            return None;
        }
        let mut state = json_stream::Value::default();
        let end = rest.bytes().position(|byte| state.ends_before(byte)).unwrap_or(rest.len());
        let (item, rest) = rest.split_at_checked(end)?;
        self.0 = rest;
        Some(item)
    }
}

/// Finds the lines of the parts of a text. Parts that come in order are found in one walk over it.
#[derive(Clone)]
pub(crate) struct Lines<'t> {
    whole: &'t str,
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(whole: &'t str) -> Self {
        Self { whole, at: 0, line: 1 }
    }

    /// Returns the line, counted from 1, in which a part starts that borrows from the text.
    pub(crate) fn line(&mut self, part: &str) -> u64 {
        let at = part.as_ptr().addr().saturating_sub(self.whole.as_ptr().addr());
        let feeds = |from: usize, to: usize| {
            let passed = self.whole.as_bytes().get(from..to).unwrap_or_default();
            passed.iter().filter(|&&byte| byte == b'\n').count() as u64
        };
        self.line = (self.line + feeds(self.at, at)).saturating_sub(feeds(at, self.at));
        self.at = at;
        self.line
    }
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
fn locate(whole: &str, path: &str) -> Option<(u64, u64)> {
    let mut at = whole.trim();
    for step in path.split('.').flat_map(|part| part.split_inclusive(']')) {
        let (key, index) = step.split_once('[').unwrap_or((step, ""));
        if !key.is_empty() {
            at = members_of(at)?.get(key)?;
        }
        if let Some(index) = index.strip_suffix(']') {
            at = items_of(at).nth(index.parse::<usize>().ok()?)?;
        }
    }
    // Each part borrows from the whole, so its address gives its place.
    let before = whole.get(..at.as_ptr().addr() - whole.as_ptr().addr())?;
    let line = before.bytes().filter(|&byte| byte == b'\n').count() as u64 + 1;
    let column = before.bytes().rev().take_while(|&byte| byte != b'\n').count() as u64 + 1;
    Some((line, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_path_leads_to_a_line_and_a_column() {
        let text = "{\"a\": [1, {\"b\\\"\": \"]}\"}],\n \"c\": {\"d\":\n  [[7, 8]]}}";
        assert_eq!(locate(text, "a[1]"), Some((1, 11)));
        assert_eq!(locate(text, "a[1].b\""), Some((1, 19)));
        assert_eq!(locate(text, "c.d[0][1]"), Some((3, 8)));
        assert_eq!(locate(text, "c.e"), None);
    }

    #[test]
    fn parts_of_a_text_are_found_with_their_lines() {
        let text = "{\"a\":\n [1 ,\n\"],\\\"\",[{}, 2],null],\"a\":3, \"b\": null}";
        let members = members_of(text).unwrap();
        assert_eq!(members.keys().collect::<Vec<_>>(), ["a", "a (again)", "b"]);
        let mut lines = Lines::of(text);
        let items: Vec<(&str, u64)> =
            items_of(members["a"]).map(|item| (item, lines.line(item))).collect();
        assert_eq!(items, [("1", 2), ("\"],\\\"\"", 3), ("[{}, 2]", 3), ("null", 3)]);
        assert_eq!(lines.line(members["a"]), 2, "a part before the last one");
        assert_eq!(items_of(members["a (again)"]).collect::<Vec<_>>(), ["3"]);
        assert_eq!(items_of(members["b"]).count(), 0);
        assert!(members_of("[]").is_none());
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
