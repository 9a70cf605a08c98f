//! When a claim was said, in records: one plain day as text, any other period as an object.

use crate::model::time::period::Period;
use serde::{Serialize, Serializer};
use std::borrow::Borrow;

/// Writes a period that is one plain day as `2024-10-24`. A reader of periods takes both forms.
pub(crate) fn serialize<P: Borrow<Period>, S: Serializer>(
    said: &Option<P>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let said = said.as_ref().map(Borrow::borrow);
    match said.and_then(Period::single_day) {
        Some(day) => day.serialize(to),
        None => said.serialize(to),
    }
}
