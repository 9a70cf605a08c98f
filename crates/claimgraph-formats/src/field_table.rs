//! A record as a row of named cells, and back, for formats without nesting. Each format has tables of fields that
//! say which member of the record a cell holds; the fields that several tables share are here.

use crate::field_table::Holds::{Day, Flag, Json, Number, Text, Whole};
use claimgraph::format::read_json;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The type of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// An integer.
    Whole,
    /// A decimal number.
    Number,
    /// A day, as `2024-10-24`.
    Day,
    /// A list or object as JSON.
    Json,
}

/// One cell: its name, and the path of its member, such as `quantity.lower.amount`. A cell without a path is
/// computed from the others for people who look at the file, and readers ignore it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) holds: Holds,
}

pub(crate) const fn field(name: &'static str, path: &'static str, holds: Holds) -> Field {
    Field { name, path, holds }
}

/// The fields of a table, in groups.
pub(crate) type Fields = &'static [&'static [Field]];

/// Returns the fields of all groups, in order.
pub(crate) fn each(fields: Fields) -> impl Iterator<Item = &'static Field> {
    fields.iter().copied().flatten()
}

/// The fields of a period.
pub(crate) const VALID: &[Field] = &[
    field("valid", "", Text),
    field("start_earliest", "valid.start.earliest", Day),
    field("start_latest", "valid.start.latest", Day),
    field("end_earliest", "valid.end.earliest", Day),
    field("end_latest", "valid.end.latest", Day),
    field("aspect", "valid.aspect", Text),
    field("ongoing", "valid.ongoing", Flag),
    field("strict_deadline", "valid.strict_deadline", Day),
    field("valid_words", "valid.words", Text),
];

/// The fields of a quantity.
pub(crate) const QUANTITY: &[Field] = &[
    field("amount", "quantity.central", Number),
    field("precision", "quantity.precision", Text),
    field("lower", "quantity.lower.amount", Number),
    field("lower_strict", "quantity.lower.strict", Flag),
    field("upper", "quantity.upper.amount", Number),
    field("upper_strict", "quantity.upper.strict", Flag),
    field("unit", "quantity.unit", Text),
    field("quantity_words", "quantity.words", Text),
];

/// The fields for the certainty and manner of a claim.
pub(crate) const MANNER: &[Field] = &[
    field("certainty", "certainty", Text),
    field("modality", "modality", Text),
    field("prominence", "prominence", Text),
];

/// The fields for the words of a claim in its document.
pub(crate) const WORDS: &[Field] = &[
    field("span", "span", Json),
    field("words", "words", Text),
    field("cue", "cue.words", Text),
    field("cue_span", "cue.span", Json),
];

/// The fields for the grades that were given to a claim.
pub(crate) const GRADE: &[Field] = &[
    field("reliability", "grade.reliability", Text),
    field("credibility", "grade.credibility", Whole),
    field("likelihood", "grade.likelihood", Text),
];

/// Returns the member at the field's path, as text.
pub(crate) fn cell(record: &Value, field: &Field) -> Option<String> {
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

/// Puts a cell into the record. The error says what was expected.
pub(crate) fn put(
    record: &mut Map<String, Value>,
    field: &Field,
    text: String,
) -> Result<(), String> {
    let value = match field.holds {
        // A decimal is read from text, so that no digit is lost.
        Text | Number | Day => Value::String(text),
        Flag => match text.as_str() {
            "true" | "True" | "TRUE" | "1" => Value::Bool(true),
            "false" | "False" | "FALSE" | "0" => Value::Bool(false),
            _ => return Err("true or false is expected".to_owned()),
        },
        Whole => Value::from(text.parse::<i64>().map_err(|_| "an integer is expected")?),
        Json => {
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
            return Err("it has a value beside it that is not an object".to_owned());
        };
        at = inner;
    }
    Ok(())
}

/// Returns the record. The error has the name of the wrong field, and the reason.
pub(crate) fn record<T: DeserializeOwned>(
    members: Map<String, Value>,
    fields: Fields,
) -> Result<T, (String, String)> {
    read_json(Value::Object(members).to_string().as_bytes()).map_err(|fault| {
        let path = fault.path.unwrap_or_else(|| ".".to_owned());
        let fits = |field: &&Field| !field.path.is_empty() && path.starts_with(field.path);
        let name = each(fields).find(fits).map_or(path.as_str(), |field| field.name);
        (name.to_owned(), fault.problem)
    })
}
