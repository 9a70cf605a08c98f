//! JSON in which a member that stands twice in an object is marked, so that neither of its values is taken.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The only member of the object that stands for the values of a member that stands twice.
const TWICE: &str = "\u{0}twice";

/// Reads a value, with marks for members that stand twice.
///
/// # Errors
/// Returns an error if the text is not JSON.
pub(super) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<Marked>(text).map(|marked| marked.0)
}

/// Returns whether a value is the mark of a member that stands twice.
pub(super) fn stands_twice(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.contains_key(TWICE))
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
                let mark = Map::from_iter([(TWICE.to_owned(), Value::Bool(true))]);
                object.insert(name, Value::Object(mark));
            }
        }
        Ok(Value::Object(object))
    }
}
