//! Reads JSON of other programs, as whole documents or line by line, and hands its objects to the readers of the
//! formats. Every fault has a place.

use crate::reader_options::Options;
use claimgraph::format::{
    Limits, Lines, ReadError, ReadErrorKind, ReadReport, check_key, clipped, excerpt, read_json,
    read_whole,
};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::{BufRead, Read};

/// The place of a value in an input.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Place {
    /// The line in which its object starts, if that has a line of its own.
    pub(crate) line: Option<u64>,
    /// The path to it, such as `objects[3].created`. It is empty if the line is enough.
    pub(crate) path: String,
}

impl Place {
    /// Returns the place of a field of this value.
    pub(crate) fn at(&self, field: &str) -> Self {
        let bare = self.path.is_empty() || field.is_empty() || field.starts_with('[');
        let dot = if bare { "" } else { "." };
        Self { line: self.line, path: format!("{}{dot}{field}", self.path) }
    }

    pub(crate) fn fault(&self, kind: ReadErrorKind) -> ReadError {
        ReadError::new(kind).in_line(self.line).in_field(self.path.clone())
    }

    pub(crate) fn syntax(&self, problem: impl Into<String>) -> ReadError {
        self.fault(ReadErrorKind::Syntax(problem.into()))
    }

    /// Makes an error for a value of the wrong type.
    pub(crate) fn wrong(&self, expected: &str, found: &Value) -> ReadError {
        let found = match found {
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            other => excerpt(&other.to_string()),
        };
        self.syntax(format!("expected {expected}, found {found}"))
    }

    /// Checks that a text can be a key of a graph.
    pub(crate) fn check_key(&self, key: &str) -> Result<(), ReadError> {
        check_key(key)
            .map_err(|error| self.syntax(format!("{} cannot be a key: {error}", excerpt(key))))
    }
}

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

    /// Returns the object, or an error if the value is not an object.
    pub(crate) fn object(&self) -> Result<&Map<String, Value>, ReadError> {
        self.value.as_object().ok_or_else(|| self.place.wrong("an object", &self.value))
    }

    /// Returns a field that the object must have, as a text.
    pub(crate) fn required(&self, field: &str) -> Result<&str, ReadError> {
        match self.value.get(field) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text),
            Some(other) => Err(self.at(field).wrong("a text that is not empty", other)),
            None => Err(self.at(field).syntax(format!("the object needs \"{field}\""))),
        }
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

/// Returns the items of a list, or a single value as a list of one. Null is an empty list.
pub(crate) fn many(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        None | Some(Value::Null) => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

/// Returns the objects of a list, each with its place.
pub(crate) fn numbered(list: &[Value], path: &str, limits: Limits) -> Result<Vec<Item>, ReadError> {
    let limit = limits.records;
    if list.len() as u64 > limit {
        return Err(ReadError::new(ReadErrorKind::Limit { what: "records", limit }));
    }
    let item = |(index, value): (usize, &Value)| {
        Item::new(value.clone(), None, format!("{path}[{index}]"))
    };
    Ok(list.iter().enumerate().map(item).collect())
}

/// Reads an input that is one document. If a fault has a field, it gets the line and column of the field.
pub(crate) fn document(
    input: &mut dyn Read,
    options: &Options,
    read: fn(Value, &Options) -> Result<ReadReport, ReadError>,
) -> Result<ReadReport, ReadError> {
    let bytes = read_whole(input, options.limits.document_bytes)?;
    read(parse(&bytes, 1)?, options).map_err(|error| {
        match error.field().and_then(|field| locate(&bytes, field)) {
            Some((line, column)) => error.in_line(line).in_column(column),
            None => error,
        }
    })
}

/// Parses the bytes as JSON; `first` is the line on which they start.
fn parse(bytes: &[u8], first: u64) -> Result<Value, ReadError> {
    read_json(bytes).map_err(|fault| {
        let line = first.saturating_add(fault.line.saturating_sub(1));
        ReadError::at(line, ReadErrorKind::Syntax(clipped(&fault.problem, 120)))
            .in_column(fault.column)
    })
}

/// Hands out the objects of an input one by one. The input has one object a line, with or without the commas and
/// brackets of a list that was written line by line; or it is one list, or one object over several lines.
pub(crate) fn each(
    input: &mut dyn BufRead,
    limits: Limits,
    take: &mut dyn FnMut(Item) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut items = 0u64;
    let mut counted = |item: Item| {
        items += 1;
        if items > limits.records {
            let kind = ReadErrorKind::Limit { what: "records", limit: limits.records };
            return Err(item.place.fault(kind));
        }
        take(item)
    };
    let mut lines = Lines::new(input, limits);
    loop {
        let over = match lines.advance() {
            Ok(true) => None,
            Ok(false) => return Ok(()),
            Err(error) => Some(error),
        };
        let line = lines.number();
        let text = lines.bytes().trim_ascii();
        let text = text.strip_suffix(b",").unwrap_or(text).trim_ascii();
        let first = line == 1 && matches!(text.first(), Some(b'{' | b'['));
        if let Some(error) = over {
            // The document is longer than a line: the rest of the input belongs to it.
            let is_long = first && matches!(error.kind(), ReadErrorKind::Limit { .. });
            return if is_long { whole_document(lines, limits, &mut counted) } else { Err(error) };
        }
        if text.is_empty() || text == b"[" || text == b"]" {
            continue;
        }
        match serde_json::from_slice::<Value>(text) {
            Ok(value) if value.is_object() => {
                counted(Item::new(value, Some(line), String::new()))?;
            }
            Err(error) if first && error.is_eof() => {
                return whole_document(lines, limits, &mut counted);
            }
            Ok(Value::Array(list)) if first => {
                for (index, value) in list.into_iter().enumerate() {
                    counted(Item::new(value, Some(line), format!("[{index}]")))?;
                }
            }
            Ok(value) => {
                return Item::new(value, Some(line), String::new()).object().map(drop);
            }
            Err(_) => return parse(text, line).map(drop),
        }
    }
}

/// Hands out the objects of a document of several lines.
fn whole_document(
    lines: Lines<'_>,
    limits: Limits,
    take: &mut dyn FnMut(Item) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let (mut start, rest) = lines.into_rest();
    let left = limits.document_bytes.saturating_sub(start.len() as u64);
    start.append(&mut read_whole(rest, left)?);
    let value = parse(&start, 1)?;
    let place = |path: &str| locate(&start, path).map(|(line, _)| line);
    match value {
        Value::Array(list) => list.into_iter().enumerate().try_for_each(|(index, value)| {
            let path = format!("[{index}]");
            // Finding the line of each object would read the document once for each.
            take(Item::new(value, None, path.clone())).map_err(|error| {
                if error.line().is_none() { error.in_line(place(&path)) } else { error }
            })
        }),
        value => take(Item::new(value, None, String::new())),
    }
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

    #[test]
    fn a_path_leads_to_a_line_and_a_column() {
        let text = b"{\"a\": [1, {\"b\\\"\": \"]}\"}],\n \"c\": {\"d\":\n  [[7, 8]]}}";
        assert_eq!(locate(text, "a[1]"), Some((1, 11)));
        assert_eq!(locate(text, "a[1].b\""), Some((1, 19)));
        assert_eq!(locate(text, "c.d[0][1]"), Some((3, 8)));
        assert_eq!(locate(text, "c.e"), None);
    }

    #[test]
    fn lines_lists_and_documents_hold_the_same_objects() {
        let texts = [
            "{\"a\":1}\n{\"a\":2}",
            "[\n{\"a\":1},\n{\"a\":2}\n]",
            "[{\"a\":1},{\"a\":2}]",
            "[{\"a\":\n1},\n{\"a\":2}]",
        ];
        for text in texts {
            let mut found = Vec::new();
            each(&mut text.as_bytes(), Limits::default(), &mut |item| {
                found.extend(item.value.get("a").and_then(Value::as_u64));
                Ok(())
            })
            .unwrap();
            assert_eq!(found, [1, 2], "{text}");
        }
    }
}
