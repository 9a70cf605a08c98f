//! A record as a row of named cells, and back, for formats without nesting. Each format has tables of fields that
//! say which member of the record a cell holds; the fields that several tables share are here.

use claimgraph::format::read_json;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The type of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Holds {
    Text,
    /// The key of an entity.
    Entity,
    /// The id of a claim.
    #[cfg_attr(not(feature = "tables"), expect(dead_code, reason = "only tables refer to claims"))]
    Claim,
    /// The key of a batch.
    #[cfg_attr(not(feature = "tables"), expect(dead_code, reason = "only tables refer to batches"))]
    Batch,
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

/// The fields of a table, in groups.
pub(crate) type Fields = &'static [&'static [Field]];

/// Makes a group of fields: `name: Type`, or `name = "path": Type` if the path is not the name.
macro_rules! fields {
    ($($name:ident $(= $path:literal)?: $holds:ident),* $(,)?) => {
        &[$(crate::field_table::Field {
            name: stringify!($name),
            path: crate::field_table::first(&[$($path,)? stringify!($name)]),
            holds: crate::field_table::Holds::$holds,
        }),*]
    };
}
pub(crate) use fields;

pub(crate) const fn first(paths: &[&'static str]) -> &'static str {
    match paths {
        [first, ..] => first,
        [] => "",
    }
}

/// Returns the fields of all groups, in order.
pub(crate) fn each(fields: Fields) -> impl Iterator<Item = &'static Field> {
    fields.iter().copied().flatten()
}

/// The fields of a period.
pub(crate) const VALID: &[Field] = fields! {
    valid = "": Text,
    start_earliest = "valid.start.earliest": Day,
    start_latest = "valid.start.latest": Day,
    end_earliest = "valid.end.earliest": Day,
    end_latest = "valid.end.latest": Day,
    aspect = "valid.aspect": Text,
    ongoing = "valid.ongoing": Flag,
    strict_deadline = "valid.strict_deadline": Day,
    valid_words = "valid.words": Text,
};

/// The fields of a quantity.
pub(crate) const QUANTITY: &[Field] = fields! {
    amount = "quantity.central": Number,
    precision = "quantity.precision": Text,
    lower = "quantity.lower.amount": Number,
    lower_strict = "quantity.lower.strict": Flag,
    upper = "quantity.upper.amount": Number,
    upper_strict = "quantity.upper.strict": Flag,
    unit = "quantity.unit": Text,
    quantity_words = "quantity.words": Text,
};

/// The fields for the certainty and manner of a claim.
pub(crate) const MANNER: &[Field] = fields! { certainty: Text, modality: Text, prominence: Text };

/// The fields for the words of a claim in its document.
pub(crate) const WORDS: &[Field] = fields! {
    span: Json,
    words: Text,
    cue = "cue.words": Text,
    cue_span = "cue.span": Json,
    quotes: Json,
};

/// The fields for the grades that were given to a claim.
pub(crate) const GRADE: &[Field] = fields! {
    reliability = "grade.reliability": Text,
    credibility = "grade.credibility": Whole,
    likelihood = "grade.likelihood": Text,
};

/// Returns the cells of a record, each with its field. Those without a path are computed by name.
pub(crate) fn cells(
    record: &Value,
    fields: Fields,
    computed: impl Fn(&str) -> Option<String>,
) -> impl Iterator<Item = (&'static Field, Option<String>)> {
    each(fields).map(move |field| match field.path {
        "" => (field, computed(field.name)),
        _ => (field, cell(record, field)),
    })
}

/// Returns the member at the field's path, as text.
fn cell(record: &Value, field: &Field) -> Option<String> {
    match field.path.split('.').try_fold(record, |at, step| at.get(step))? {
        Value::Null => None,
        // Two cells may have one path: one for the plain form of a member, one for its object.
        Value::String(_) if field.holds == Holds::Json => None,
        Value::Object(_) if field.holds != Holds::Json => None,
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
        Holds::Text | Holds::Entity | Holds::Claim | Holds::Batch | Holds::Number | Holds::Day => {
            Value::String(text)
        }
        Holds::Flag => match text.as_str() {
            "true" | "True" | "TRUE" | "1" => Value::Bool(true),
            "false" | "False" | "FALSE" | "0" => Value::Bool(false),
            _ => return Err("expected true or false".to_owned()),
        },
        Holds::Whole => {
            let number = text.parse::<i64>().map(Value::from);
            number
                .or_else(|_| text.parse::<u64>().map(Value::from))
                .map_err(|_| "expected an integer")?
        }
        Holds::Json => {
            serde_json::from_str(&text).map_err(|error| format!("expected JSON: {error}"))?
        }
    };
    let (inner, last) = field.path.rsplit_once('.').unwrap_or(("", field.path));
    let mut at = record;
    for step in inner.split('.').filter(|step| !step.is_empty()) {
        let member = at.entry(step).or_insert_with(|| Value::Object(Map::new()));
        at = member.as_object_mut().ok_or("a value beside it is not an object")?;
    }
    at.insert(last.to_owned(), value);
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
