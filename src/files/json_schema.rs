//! The JSON Schema (2020-12) of the native records, made from their types. Programs call it to check files from
//! elsewhere.

use crate::model::document::Span;
use crate::model::record::Record;
use crate::model::time::day::Day;
use crate::model::time::period::{Aspect, Period};
use crate::model::value::amount::Amount;
use crate::model::value::grade::Credibility;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Returns the JSON Schema (2020-12) of one line of the native format, with a line feed at its end. The repository has
/// it as `docs/claimgraph.schema.json`.
///
/// The schema says less than the reader checks. It does not say that a record comes after those that it names, nor
/// which kinds a relation takes.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&claimgraph::record::json_schema()).unwrap();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["$defs"]["Day"]["pattern"], "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$");
/// ```
pub fn json_schema() -> String {
    let mut schema =
        SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Record>();
    schema.insert("title".to_owned(), "A line of claimgraph's JSON Lines".into());
    // A schema of plain values always serialises.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Gives types the schema that stands beside their name.
macro_rules! schemas {
    ($($name:ident: $schema:tt)+) => {
        $(impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        })+
    };
}

schemas! {
    Day: {
        "type": "string",
        "description": "A day of the calendar, such as 2024-10-24; years from -9999 to 9999.",
        "pattern": "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    }
    Amount: {
        "description": "An exact decimal number: an integer of 64 bits, or any as text, with at most 18 decimals.",
        "anyOf": [
            {"type": "integer", "minimum": i64::MIN, "maximum": u64::MAX},
            {"type": "string", "pattern": "^[+-]?[0-9]+([.][0-9]+)?$"}
        ]
    }
    Span: {
        "type": "array",
        "description": "The first byte of a stretch of a document, and the byte after its last.",
        "items": {"type": "integer", "minimum": 0},
        "minItems": 2,
        "maxItems": 2
    }
    Credibility: {
        "type": "integer",
        "description": "How credible an item is, from 1 (confirmed) to 5 (improbable); 6 cannot be judged.",
        "minimum": 1,
        "maximum": 6
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let day = generator.subschema_for::<Option<Day>>();
        let aspect = generator.subschema_for::<Aspect>();
        let window = json_schema!({
            "type": "object",
            "properties": {"earliest": day, "latest": day},
            "additionalProperties": false
        });
        json_schema!({
            "description": "When something holds: EDTF text, or four days.",
            "anyOf": [
                {"type": "string", "pattern": "^[0-9XYEST?~%:.,/{}\\[\\] Z+-]+$"},
                {
                    "type": "object",
                    "properties": {
                        "start": window,
                        "end": window,
                        "aspect": aspect,
                        "ongoing": {"type": "boolean"},
                        "strict_deadline": day,
                        "words": {"type": ["string", "null"]}
                    },
                    "additionalProperties": false
                }
            ]
        })
    }
}
