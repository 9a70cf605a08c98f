//! Reads the records of the native format that STIX objects carry in an extension.

use crate::exchange::json_input::Item;
use crate::exchange::stix::extension;
use claimgraph::format::{
    Limits, Losses, ReadError, ReadErrorKind, ReadReport, clipped, read_json,
};
use claimgraph::record::*;
use serde_json::{Map, Value};

/// Returns the graph of the records in the extensions, or `None` if the objects have no such extension.
pub(super) fn native(objects: &[Item], limits: Limits) -> Result<Option<ReadReport>, ReadError> {
    let (extension, mut losses) = (extension(), Losses::default());
    let mut records: Vec<(Record, &Item)> = Vec::new();
    let mut any = false;
    for object in objects {
        let carried = object.value.get("extensions").and_then(|all| all.get(&extension));
        let id = object.value.get("id").and_then(Value::as_str).unwrap_or_default();
        let Some(Value::Object(carried)) = carried else {
            if id != extension && object.value.get("type").and_then(Value::as_str) != Some("report")
            {
                losses.note("object without a record", id);
            }
            continue;
        };
        any = true;
        for (name, value) in carried.iter().filter(|(name, _)| *name != "extension_type") {
            let field = format!("extensions.{extension}.{name}");
            let text = Value::Object(Map::from_iter([(name.clone(), value.clone())])).to_string();
            let record = read_json(text.as_bytes())
                .map_err(|fault| object.at(&field).syntax(clipped(&fault.problem, 120)))?;
            records.push((record, object));
        }
    }
    if !any {
        return Ok(None);
    }
    // A bundle is a set: header, batches, entities, affiliations, claims and the rest are put in this order. Within each
    // of these, the order is that of the file.
    records.sort_by_key(|(record, _)| match record {
        Record::Claimgraph(_) => 0,
        Record::Batch(_) => 1,
        Record::Entity(entity) if entity.document.is_none() => 2,
        Record::Entity(_) => 3,
        Record::Affiliation(_) => 4,
        Record::Claim(_) => 5,
        Record::Link(_) | Record::Derivation(_) | Record::Lineage(_) | Record::Review(_) => 6,
    });
    let mut loader = Loader::new().limits(limits);
    for (record, object) in records {
        loader
            .push(record)
            .map_err(|error| object.at("extensions").fault(ReadErrorKind::Refused(error)))?;
    }
    Ok(Some(ReadReport::new(loader.finish(), losses)))
}
