//! A JSON value with all of its members: if an object has a member twice, the first keeps its name, and the others get
//! another one, so that no reader drops them without a word. The value is read, or checked only, or split into its
//! members.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::fmt;

/// The end of the name of a member that comes again.
const AGAIN: &str = " (again)";

/// A value that is read with all of its members.
pub(crate) struct WholeValue(pub(crate) Value);

impl<'de> Deserialize<'de> for WholeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WholeVisitor).map(WholeValue)
    }
}

struct WholeVisitor;

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(WholeValue(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, WholeValue(value))) = members.next_entry::<String, _>()? {
            put(&mut object, name, value);
        }
        Ok(Value::Object(object))
    }
}

/// Puts a member into an object, under another name if its own is taken.
fn put(object: &mut Map<String, Value>, name: String, value: Value) {
    if !object.contains_key(&name) {
        object.insert(name, value);
        return;
    }
    let again = name + AGAIN;
    match object.get_mut(&again) {
        // All that come again are in one list.
        Some(Value::Array(list)) => list.push(value),
        _ => drop(object.insert(again, Value::Array(vec![value]))),
    }
}

/// A value that is checked and not kept.
pub(crate) struct AnyValue;

impl<'de> Deserialize<'de> for AnyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor)
    }
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = AnyValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<AnyValue, E> {
        Ok(AnyValue)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<AnyValue, E> {
        Ok(AnyValue)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<AnyValue, E> {
        Ok(AnyValue)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<AnyValue, E> {
        Ok(AnyValue)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<AnyValue, E> {
        Ok(AnyValue)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<AnyValue, E> {
        Ok(AnyValue)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<AnyValue, A::Error> {
        while items.next_element::<AnyValue>()?.is_some() {}
        Ok(AnyValue)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<AnyValue, A::Error> {
        while members.next_entry::<AnyValue, AnyValue>()?.is_some() {}
        Ok(AnyValue)
    }
}

/// The members of an object, each as text. A member that comes again has the name that it has in [`WholeValue`].
pub(crate) struct Members<'b>(pub(crate) BTreeMap<String, &'b str>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Members<'de>, A::Error> {
        let mut all = BTreeMap::new();
        while let Some((name, value)) = members.next_entry::<String, &RawValue>()? {
            let name = if all.contains_key(&name) { name + AGAIN } else { name };
            all.entry(name).or_insert(value.get());
        }
        Ok(Members(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_comes_again_keeps_its_value_under_another_name() {
        let read =
            |text: &str| serde_json::from_str::<WholeValue>(text).map(|whole| whole.0.to_string());
        let twice = r#"{"a":1,"b":{"c":null,"c":[2.5]},"a":"x","a":-3}"#;
        let kept = r#"{"a":1,"a (again)":["x",-3],"b":{"c":null,"c (again)":[[2.5]]}}"#;
        assert_eq!(read(twice).unwrap(), kept);
        let same = r#"[true,null,18446744073709551615,{"a":[{}]}]"#;
        assert_eq!(read(same).unwrap(), same);
        assert!(read(&"[".repeat(1_000)).is_err());
    }
}
