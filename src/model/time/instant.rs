//! Instants in records, as text: `2024-10-24T15:30:00Z`.

use jiff::Timestamp;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serializer};
use std::borrow::Cow;

/// Writes the instant in UTC.
pub(crate) fn serialize<S: Serializer>(
    instant: &Option<Timestamp>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => to.collect_str(instant),
        None => to.serialize_none(),
    }
}

/// Reads an instant with its zone: `Z` or an offset.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Timestamp>, D::Error> {
    let read = |text: Cow<'_, str>| {
        let expected = "an instant such as 2024-10-24T15:30:00Z";
        text.parse().map_err(|_| D::Error::invalid_value(Unexpected::Str(&text), &expected))
    };
    Option::<Cow<'de, str>>::deserialize(from)?.map(read).transpose()
}
