//! JSON in which a part that cannot be taken is marked: a member that stands twice, a record that is not JSON.

use claimgraph::format::clipped;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The only member of the object that stands for such a part. Its value is the problem.
const MARK: &str = "\u{0}problem";

/// Returns the mark of a part that cannot be taken.
pub(super) fn mark(problem: &str) -> Value {
    Value::Object(Map::from_iter([(MARK.to_owned(), problem.into())]))
}

/// Returns the problem, if a value is the mark of a part that cannot be taken.
pub(super) fn problem(value: &Value) -> Option<String> {
    value.as_object()?.get(MARK)?.as_str().map(|problem| clipped(problem, 200))
}

/// Reads a value, with marks for members that stand twice.
///
/// # Errors
/// Returns an error if the text is not JSON.
pub(super) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<Marked>(text).map(|marked| marked.0)
}

struct Marked(Value);

impl<'de> Deserialize<'de> for Marked {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Marked)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Marked(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Marked(value))) = members.next_entry::<String, Marked>()? {
            if object.insert(name.clone(), value).is_some() {
                object.insert(name, mark("stands twice in the object"));
            }
        }
        Ok(Value::Object(object))
    }
}
