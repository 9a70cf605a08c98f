//! A record as a row of named cells, and back: for formats that know no nesting. Which member of the record
//! a cell is, is written in a table of fields.

use crate::files::jsonl::{from_json, problem};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// An integer.
    Whole,
    /// A decimal number.
    Number,
    /// A day, as `2024-10-24`.
    #[cfg_attr(not(feature = "datapackage"), allow(dead_code))]
    Day,
    /// A list or object as JSON.
    Json,
}

/// One cell: its name, and the path of the member it is, such as `quantity.lower.amount`. A cell without a
/// path is worked out from the others, for whoever looks at the file, and passed over on reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    pub(super) holds: Holds,
}

pub(super) const fn field(name: &'static str, path: &'static str, holds: Holds) -> Field {
    Field { name, path, holds }
}

/// The member at the field's path, as text.
pub(super) fn cell(record: &Value, field: &Field) -> Option<String> {
    let mut at = record;
    for step in field.path.split('.').filter(|step| !step.is_empty()) {
        at = at.get(step)?;
    }
    match at {
        _ if field.path.is_empty() => None,
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Puts a cell into the record. `Err` says what was expected.
pub(super) fn put(
    record: &mut Map<String, Value>,
    field: &Field,
    text: String,
) -> Result<(), String> {
    let value = match field.holds {
        // A decimal is read from text, so that no digit is lost.
        Holds::Text | Holds::Number | Holds::Day => Value::String(text),
        Holds::Flag => match text.as_str() {
            "true" | "True" | "TRUE" | "1" => Value::Bool(true),
            "false" | "False" | "FALSE" | "0" => Value::Bool(false),
            _ => return Err("true or false is expected".to_owned()),
        },
        Holds::Whole => {
            Value::from(text.parse::<i64>().map_err(|_| "an integer is expected".to_owned())?)
        }
        Holds::Json => {
            serde_json::from_str(&text).map_err(|error| format!("JSON is expected: {error}"))?
        }
    };
    let mut at = record;
    let mut steps = field.path.split('.').peekable();
    while let Some(step) = steps.next() {
        if steps.peek().is_none() {
            at.insert(step.to_owned(), value);
            return Ok(());
        }
        let inner = at.entry(step).or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(inner) = inner else {
            return Err("it has a value beside it that is no object".to_owned());
        };
        at = inner;
    }
    Ok(())
}

/// The record itself. `Err` has the path of the member that is wrong, and why.
pub(super) fn record<T: DeserializeOwned>(
    members: Map<String, Value>,
) -> Result<T, (String, String)> {
    let text = Value::Object(members).to_string();
    from_json(text.as_bytes())
        .map_err(|(path, error)| (path.unwrap_or_else(|| ".".to_owned()), problem(&error)))
}

/// What the member at the path is called among the fields.
pub(super) fn name_of<'n>(fields: impl IntoIterator<Item = &'n Field>, path: &'n str) -> &'n str {
    let fits = |field: &&Field| !field.path.is_empty() && path.starts_with(field.path);
    fields.into_iter().find(fits).map_or(path, |field| field.name)
}
