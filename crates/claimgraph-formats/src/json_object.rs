//! Finishes JSON objects for the writers of JSON.

use serde_json::Value;

/// Returns an object without its members that are null or an empty list.
pub(crate) fn pruned(mut object: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.retain(|_, value| !value.is_null() && !value.as_array().is_some_and(Vec::is_empty));
    }
    object
}
